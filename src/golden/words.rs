//! Texts as words and marks, the units of differences.

use std::sync::Arc;

use super::layout::Style;
use crate::model::Change;

/// A word, a number or a punctuation mark.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Token {
    /// Its characters.
    pub text: String,
    /// The footnote that it refers to; the same for all if only the printed marks are known.
    pub note: Option<usize>,
    /// The space before it.
    pub space: Space,
    /// Its style.
    pub looks: Looks,
    /// The line of its part on which it is printed.
    pub line: usize,
    /// Where it ends in its text, in characters; a footnote mark counts as one.
    pub end: usize,
}

/// The style of a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Looks {
    pub italic: bool,
    pub bold: bool,
    pub raised: bool,
    pub change: Option<Change>,
    pub link: Option<String>,
    /// The type in which it is printed.
    pub style: Option<Arc<Style>>,
}

/// The space between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Space {
    #[default]
    None,
    Plain,
    NoBreak,
}

/// A part of a document and its text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Passage {
    pub name: Arc<str>,
    pub tokens: Vec<Token>,
    /// The page on which it begins, if it is printed.
    pub page: Option<usize>,
}

impl Passage {
    /// Returns its words, with its punctuation marks.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().map(|token| token.text.as_str())
    }
}

impl Token {
    /// Returns what identifies the word: the characters, or the footnote.
    pub fn key(&self) -> (Option<usize>, &str) {
        (self.note, if self.note.is_some() { "" } else { &self.text })
    }

    /// Returns whether it is a punctuation mark.
    pub fn punctuates(&self) -> bool {
        self.note.is_none() && !self.text.chars().any(char::is_alphanumeric)
    }

    /// Returns whether it is a number.
    pub fn counts(&self) -> bool {
        let digits = self.text.chars().any(|c| c.is_numeric());
        self.note.is_none() && digits && !self.text.chars().any(char::is_alphabetic)
    }
}

/// A text of one style, or a reference to a footnote.
pub(crate) struct Piece<'p> {
    pub text: &'p str,
    pub note: Option<usize>,
    pub looks: Looks,
    pub line: usize,
}

/// Splits a text in pieces into words. A word continues from one piece into the next, unless one of them
/// is raised.
pub(crate) fn tokens<'p>(pieces: impl IntoIterator<Item = Piece<'p>>) -> Vec<Token> {
    let mut list: Vec<Token> = Vec::new();
    let mut space = Space::None;
    let mut open = false;
    let mut at = 0;
    for piece in pieces {
        if let Some(note) = piece.note {
            at += 1;
            let text = piece.text.trim().to_owned();
            list.push(Token { text, note: Some(note), space, looks: piece.looks, line: piece.line, end: at });
            (space, open) = (Space::None, false);
            continue;
        }
        let raised = |token: &Token| token.looks.raised || token.note.is_some();
        if list.last().is_some_and(|last| raised(last) != piece.looks.raised) {
            open = false;
        }
        let chars: Vec<char> = piece.text.chars().collect();
        for (index, &c) in chars.iter().enumerate() {
            at += 1;
            if c.is_whitespace() {
                let here = if matches!(c, '\u{a0}' | '\u{202f}') { Space::NoBreak } else { Space::Plain };
                space = if space == Space::NoBreak { space } else { here };
                open = false;
            } else if invisible(c) {
                continue;
            } else {
                let before = index.checked_sub(1).map(|before| chars[before]);
                let joins = joins(before, c, chars.get(index + 1).copied());
                let stands_alone = ideograph(c) || !(c.is_alphanumeric() || joins || combining(c));
                match list.last_mut() {
                    Some(last) if open && !stands_alone => {
                        last.text.push(c);
                        last.end = at;
                    }
                    _ => {
                        let (looks, line) = (piece.looks.clone(), piece.line);
                        list.push(Token { text: c.to_string(), note: None, space, looks, line, end: at });
                        space = Space::None;
                    }
                }
                open = !stands_alone;
            }
        }
    }
    list
}

/// Returns whether a mark joins the letters around it into one word: "self-determination", "A/77/L.107",
/// "1,000", "Council’s".
fn joins(before: Option<char>, c: char, after: Option<char>) -> bool {
    let both = |is: fn(char) -> bool| before.is_some_and(is) && after.is_some_and(is);
    match c {
        '-' | '\u{2011}' | '/' | '\'' | '’' | '.' | '_' | '@' => both(char::is_alphanumeric),
        ',' => both(|c| c.is_ascii_digit()),
        _ => false,
    }
}

pub(crate) fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}')
}

/// Returns whether a character is a word by itself: in Chinese, Japanese.
pub(crate) fn ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Joins words again, as quoted in messages.
pub(super) fn quoted(tokens: &[Token]) -> String {
    /// Longer texts are quoted with their beginning and end.
    const LONGEST: usize = 90;
    const END: usize = 30;
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        if index > 0 && token.space != Space::None {
            text.push(' ');
        }
        text.push_str(&token.text);
    }
    let length = text.chars().count();
    if length <= LONGEST {
        return text;
    }
    let beginning: String = text.chars().take(LONGEST - END).collect();
    let end: String = text.chars().skip(length - END).collect();
    format!("{beginning} … {end}")
}

/// Returns the name of a punctuation mark with its article.
pub(super) fn punctuation(mark: &str) -> Option<&'static str> {
    Some(match mark {
        "," | "،" | "，" | "、" => "a comma",
        ";" | "؛" | "；" => "a semicolon",
        ":" | "：" => "a colon",
        "." | "。" => "a full stop",
        "-" | "\u{2011}" => "a hyphen",
        "–" => "an en dash",
        "—" => "an em dash",
        "(" | "（" => "an opening parenthesis",
        ")" | "）" => "a closing parenthesis",
        "“" | "«" => "an opening quotation mark",
        "”" | "»" => "a closing quotation mark",
        "?" | "؟" | "？" => "a question mark",
        _ => return None,
    })
}
