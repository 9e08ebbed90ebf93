//! The levels of sub-paragraphs by the sequence of their labels: (a), (i), (ii), (b) are two levels.
//!
//! Labels are those of the languages: (a) and (i), a) and i), 1. and a., (أ) and ’1‘, (一) and ㈠.

use super::passage::Passage;

/// The characters around a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Brackets,
    Bracket,
    Quotes,
    Stop,
    Dash,
    Enclosed,
    Alone,
}

/// The numerals of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numerals {
    Figures,
    Small,
    Capitals,
    SmallRoman,
    Roman,
    Cyrillic,
    Arabic,
    Chinese,
    Bullet,
}

/// A reading of a label: its style, and its position in the sequence.
type Meaning = ((Form, Numerals), usize);

/// The order of Arabic labels.
const ABJAD: &str = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ";
const CYRILLIC: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
const CHINESE: &str = "一二三四五六七八九";
const BULLETS: &str = "•–—-▪●○■□➢✓·*";

/// Whether a number is the label of a sub-paragraph rather than the number of a paragraph: (a), b), ’1‘.
pub(super) fn is_label(label: &str) -> bool {
    meanings(label).iter().any(|((form, numerals), _)| match form {
        Form::Brackets | Form::Bracket => *numerals != Numerals::Figures,
        Form::Quotes | Form::Enclosed => true,
        Form::Stop | Form::Dash | Form::Alone => false,
    })
}

/// Nests the sub-paragraphs of one list below those before them, according to their labels.
pub(super) fn nested(items: Vec<Passage>) -> Vec<Passage> {
    let labels: Vec<Vec<Meaning>> =
        items.iter().map(|item| item.label.as_deref().map(meanings).unwrap_or_default()).collect();
    let mut open: Vec<Meaning> = Vec::new();
    // How many of them are not in a list that is already below an item.
    let mut own = 0;
    let mut out: Vec<Passage> = Vec::with_capacity(items.len());
    for (index, mut item) in items.into_iter().enumerate() {
        let next = labels.get(index + 1).map_or(&[][..], Vec::as_slice);
        let (depth, meaning) = place(&labels[index], next, &open, own);
        open.truncate(depth);
        open.extend(meaning);
        own = open.len();
        item.items = nested(std::mem::take(&mut item.items));
        // A list that is already below it may continue too.
        open.extend(last_labels(&item.items));
        put(&mut out, depth, item);
    }
    out
}

/// Returns the depth of each label of a flat list, from 0.
pub(crate) fn depths(labels: &[&str]) -> Vec<usize> {
    let labels: Vec<Vec<Meaning>> = labels.iter().map(|label| meanings(label)).collect();
    let mut open: Vec<Meaning> = Vec::new();
    let mut depth_of = |index: usize| {
        let next = labels.get(index + 1).map_or(&[][..], Vec::as_slice);
        let (depth, meaning) = place(&labels[index], next, &open, open.len());
        open.truncate(depth);
        open.extend(meaning);
        depth
    };
    (0..labels.len()).map(&mut depth_of).collect()
}

/// Whether a text is a label or a number in one of the forms of the languages.
pub(crate) fn is_designation(text: &str) -> bool {
    !meanings(text).is_empty()
}

/// Whether two labels are the same letter or number, whatever is around it: `a.` and `(a)`.
pub(crate) fn are_alike(label: &str, other: &str) -> bool {
    let others = meanings(other);
    meanings(label)
        .iter()
        .any(|((_, numerals), number)| others.iter().any(|((_, same), equal)| same == numerals && equal == number))
}

/// Returns the number that a label is, without brackets around it: 12 for `12.`, `12)` and `12 -`.
pub(crate) fn numeral(label: &str) -> Option<usize> {
    let figures = meanings(label).into_iter().find(|((_, numerals), _)| *numerals == Numerals::Figures);
    figures
        .filter(|((form, _), _)| matches!(form, Form::Stop | Form::Bracket | Form::Dash | Form::Alone))
        .map(|(_, n)| n)
}

/// The last label of each level.
fn last_labels(items: &[Passage]) -> Vec<Meaning> {
    let Some((last, before)) = items.split_last() else { return Vec::new() };
    let all = last.label.as_deref().map(meanings).unwrap_or_default();
    let previous = before.last().and_then(|item| item.label.as_deref()).map(meanings).unwrap_or_default();
    let follows = |(style, number): &&Meaning| previous.iter().any(|(other, n)| other == style && n + 1 == *number);
    let meaning = all.iter().find(follows).or(all.iter().min_by_key(|(_, number)| *number));
    meaning.map_or(Vec::new(), |meaning| [vec![*meaning], last_labels(&last.items)].concat())
}

/// Adds an item at that depth below the last one.
fn put(list: &mut Vec<Passage>, depth: usize, item: Passage) {
    match list.last_mut() {
        Some(last) if depth > 0 => put(last.below(), depth - 1, item),
        _ => list.push(item),
    }
}

/// Returns the depth of a label below the open ones, and its reading.
/// A list below an item continues only if none of the outer levels does.
fn place(label: &[Meaning], next: &[Meaning], open: &[Meaning], own: usize) -> (usize, Option<Meaning>) {
    let depths = || (0..own).rev().chain((own..open.len()).rev());
    let continuation =
        |meaning: &&Meaning| next.iter().any(|(style, number)| *style == meaning.0 && *number == meaning.1 + 1);
    let first = label.iter().filter(|(style, number)| *number == 1 && open.iter().all(|(other, _)| other != style));
    // "(i)" after "(h)" is the letter, unless "(ii)" follows.
    let begins = first.clone().find(continuation).filter(|_| !open.is_empty());
    let continues = depths().find_map(|depth| {
        let found = label.iter().find(|(style, number)| *style == open[depth].0 && *number == open[depth].1 + 1);
        found.map(|meaning| (depth, *meaning))
    });
    if let Some((depth, meaning)) = continues
        && (begins.is_none() || continuation(&&meaning))
    {
        return (depth, Some(meaning));
    }
    if let Some(meaning) = begins.or(first.clone().next()) {
        return (open.len(), Some(*meaning));
    }
    let same = depths().find_map(|depth| {
        let found = label.iter().find(|(style, _)| *style == open[depth].0);
        found.map(|meaning| (depth, Some(*meaning)))
    });
    let least = label.iter().min_by_key(|(_, number)| *number).copied();
    same.unwrap_or((open.len().saturating_sub(1), least))
}

/// Returns the possible readings of a label.
fn meanings(label: &str) -> Vec<Meaning> {
    let label = label.trim();
    let between = |open: &[char], close: &[char]| label.strip_prefix(open).and_then(|label| label.strip_suffix(close));
    let (form, inner) = if let Some(inner) = between(&['(', '（', '['], &[')', '）', ']']) {
        (Form::Brackets, inner)
    } else if let Some(inner) = label.strip_suffix([')', '）']) {
        (Form::Bracket, inner)
    } else if let Some(inner) = between(&['‘', '’', '\'', '"', '“', '”'], &['‘', '’', '\'', '"', '“', '”'])
    {
        (Form::Quotes, inner)
    } else if let Some(inner) = label.strip_suffix(['.', '．', '、']) {
        (Form::Stop, inner)
    } else if let Some(inner) = label.strip_suffix(['-', '–']).filter(|inner| !inner.is_empty()) {
        (Form::Dash, inner)
    } else {
        (Form::Alone, label)
    };
    let inner: String =
        inner.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{640}' | '\u{200e}' | '\u{200f}')).collect();
    let mut chars = inner.chars();
    let (Some(c), rest) = (chars.next(), chars.as_str()) else { return Vec::new() };
    if rest.is_empty() && form == Form::Alone {
        // ㈩ is followed by (十一).
        let rows = [
            ('㈠', 10, (Form::Brackets, Numerals::Chinese)),
            ('①', 20, (Form::Enclosed, Numerals::Figures)),
            ('⑴', 20, (Form::Brackets, Numerals::Figures)),
            ('⒈', 20, (Form::Stop, Numerals::Figures)),
        ];
        let enclosed = rows.into_iter().find_map(|(one, count, style)| {
            let at = u32::from(c).checked_sub(u32::from(one)).filter(|at| *at < count)?;
            Some((style, at as usize + 1))
        });
        if let Some(meaning) = enclosed {
            return vec![meaning];
        }
        if BULLETS.contains(c) {
            return vec![((Form::Alone, Numerals::Bullet), 1)];
        }
    }
    let mut found = Vec::new();
    let mut add = |numerals, number: Option<usize>| found.extend(number.map(|number| ((form, numerals), number)));
    add(Numerals::Figures, figures(&inner));
    let latin: String = inner.chars().map(latin_alike).collect();
    add(Numerals::Small, letters(&latin, 'a'));
    add(Numerals::Capitals, letters(&latin, 'A'));
    add(Numerals::SmallRoman, roman(&latin).filter(|_| latin.starts_with(|c: char| c.is_ascii_lowercase())));
    add(
        Numerals::Roman,
        roman(&latin.to_ascii_lowercase()).filter(|_| latin.starts_with(|c: char| c.is_ascii_uppercase())),
    );
    add(Numerals::Chinese, chinese(&inner));
    if rest.is_empty() {
        add(Numerals::Cyrillic, position(CYRILLIC, c));
        add(Numerals::Arabic, position(ABJAD, if matches!(c, 'أ' | 'إ' | 'آ') { 'ا' } else { c }));
    }
    found
}

fn position(alphabet: &str, c: char) -> Option<usize> {
    alphabet.chars().position(|letter| letter == c).map(|at| at + 1)
}

/// Replaces Cyrillic letters that are typed instead of the Latin ones they resemble.
fn latin_alike(c: char) -> char {
    match c {
        'а' => 'a',
        'с' => 'c',
        'е' => 'e',
        'о' => 'o',
        'р' => 'p',
        'х' => 'x',
        'і' => 'i',
        c => c,
    }
}

/// 12, ١٢, １２.
fn figures(text: &str) -> Option<usize> {
    let digit = |c: char| {
        let zero =
            ['0', '\u{660}', '\u{6f0}', '\u{ff10}'].into_iter().find(|zero| (*zero..).take(10).any(|d| d == c))?;
        Some((u32::from(c) - u32::from(zero)) as usize)
    };
    (1..=3).contains(&text.chars().count()).then_some(())?;
    text.chars().try_fold(0, |number, c| Some(number * 10 + digit(c)?))
}

/// a, b, … z, aa, bb.
fn letters(text: &str, first: char) -> Option<usize> {
    let c = text.chars().next()?;
    let at = u32::from(c).checked_sub(u32::from(first)).filter(|at| *at < 26)? as usize;
    let length = text.chars().count();
    (length <= 3 && text.chars().all(|other| other == c)).then_some((length - 1) * 26 + at + 1)
}

fn roman(text: &str) -> Option<usize> {
    (1..=60).find(|number| crate::prepare::roman(*number) == text)
}

/// 一, 十, 十一, 二十, 二十一.
fn chinese(text: &str) -> Option<usize> {
    let unit = |text: &str| match text {
        "" => Some(0),
        text => position(CHINESE, text.chars().next()?).filter(|_| text.chars().count() == 1),
    };
    match text.split_once('十') {
        Some((tens, units)) => Some(unit(tens)?.max(1) * 10 + unit(units)?),
        None => unit(text).filter(|number| *number > 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The labels, each with as many slashes before it as its depth.
    fn levels(labels: &str) -> String {
        let item = |label: &str| Passage { label: Some(label.to_owned()), text: "x".into(), ..Passage::default() };
        fn reported(items: &[Passage], depth: usize, out: &mut Vec<String>) {
            for item in items {
                out.push("/".repeat(depth) + item.label.as_deref().unwrap());
                reported(&item.items, depth + 1, out);
            }
        }
        let mut out = Vec::new();
        reported(&nested(labels.split(' ').map(item).collect()), 0, &mut out);
        out.join(" ")
    }

    #[test]
    fn labels_of_six_languages_give_their_levels() {
        for nested in [
            "(a) /(i) /(ii) (b) /(i) //a. //b. ///i. /(ii) (c)",
            "a) /i) /ii) /iii) b) c)",
            "1. /(a) /(b) //(i) //(ii) ///a. 2. /(a)",
            "(أ) /’1‘ /’2‘ (ب) (ج)",
            "(أ) (ب) (ج) (د) (هـ) (و)",
            "(a) /㈠ /㈡ (b) /㈠ //①",
            "(一) /1. /2. (二) (十) (十一)",
            "㈠ ㈡ ㈢",
            "(a) /㈠ /㈡ /㈢ /㈣ /㈤ /㈥ /㈦ /㈧ /㈨ /㈩ /(十一) /(十二) (b)",
            "а) b) c) /i) /ii) d)",
            "а) б) /i) /ii) в) г)",
            "(a) /• /• (b)",
            "I. /A. /B. //1. II.",
        ] {
            assert_eq!(levels(&nested.replace('/', "")), nested);
        }
    }

    #[test]
    fn flat_lists_have_the_same_depths() {
        assert_eq!(depths(&["(a)", "(i)", "(ii)", "(b)", "a.", "(c)"]), [0, 1, 1, 0, 1, 0]);
        assert_eq!(depths(&["(h)", "(i)", "(j)"]), [0, 0, 0]);
        assert_eq!(
            ["12.", "3)", "4 -", "(5)", "a.", "IV."].map(numeral),
            [Some(12), Some(3), Some(4), None, None, None]
        );
    }

    #[test]
    fn letters_that_are_also_numerals_are_distinguished_by_what_follows() {
        for nested in [
            "(a) (b) (c) (d) (e) (f) (g) (h) (i) (j)",
            "(a) (b) (c) (d) (e) (f) (g) (h) /(i) /(ii) (i) (j)",
            "(u) (v) (w) (x) (y) (z) (aa) (bb)",
            "(c) (d)",
            "(i) (ii) (iii) (iv) (v)",
        ] {
            assert_eq!(levels(&nested.replace('/', "")), nested);
        }
        assert_eq!(levels("(a) ? (b)"), "(a) ? (b)", "text that is not a label stays in place");
    }

    #[test]
    fn a_list_goes_on_behind_its_end() {
        let item =
            |label: &str, items: Vec<Passage>| Passage { label: Some(label.into()), items, ..Passage::default() };
        let list = vec![
            item("(a)", ["㈨", "㈩"].map(|label| item(label, Vec::new())).into()),
            item("(十一)", Vec::new()),
            item("(b)", Vec::new()),
        ];
        let nested = nested(list);
        assert_eq!(nested.iter().map(|item| item.items.len()).collect::<Vec<_>>(), [3, 0]);
    }

    #[test]
    fn numbers_of_paragraphs_are_not_labels() {
        assert!(["(a)", "b)", "’1‘", "㈠", "(أ)", "(iv)", "（一）"].iter().all(|label| is_label(label)));
        assert!(["1.", "2 -", "B.", "(3)", "IV", "一、", ""].iter().all(|label| !is_label(label)));
    }
}
