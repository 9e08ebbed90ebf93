//! Words and their differences.

use crate::golden::text::{Care, of_passage};
use crate::golden::words::{Looks, Passage, Piece, tokens};

fn passage(text: &str) -> Passage {
    let piece = Piece { text, note: None, looks: Looks::default(), line: 0 };
    Passage { name: "text".into(), tokens: tokens([piece]), page: None }
}

fn words(text: &str) -> Vec<String> {
    passage(text).tokens.into_iter().map(|token| token.text).collect()
}

fn reported(before: &str, after: &str) -> Vec<String> {
    of_passage(&passage(before), &passage(after), Care::All).iter().map(|it| it.message.clone()).collect()
}

#[test]
fn words_are_those_of_the_profession() {
    assert_eq!(
        words("A/RES/77/1, 1,000 and (a) self-determination"),
        ["A/RES/77/1", ",", "1,000", "and", "(", "a", ")", "self-determination"]
    );
    assert_eq!(words("the Council’s “work”."), ["the", "Council’s", "“", "work", "”", "."]);
    assert_eq!(words("大会，回顾"), ["大", "会", "，", "回", "顾"]);
    assert_eq!(words("إن الجمعية العامة،"), ["إن", "الجمعية", "العامة", "،"]);
}

#[test]
fn differences_are_reported_in_words() {
    assert_eq!(reported("peace and security", "peace, and security"), ["a comma was added after “peace”"]);
    assert_eq!(reported("in 10 States", "in 12 States"), ["“10” became “12”"]);
    assert_eq!(reported("大会回顾", "大会重申"), ["“回顾” became “重申”"]);
    assert_eq!(reported("all States", "States"), ["“all” was removed at the beginning"]);
    assert_eq!(reported("2\u{a0}December", "2 December"), ["a no-break space before “December” became a space"]);
    assert_eq!(reported("the same", "the same"), Vec::<String>::new());
}
