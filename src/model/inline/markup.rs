//! Reads the markup of inline text.

use std::ops::Range;

use super::pieces::Pieces;
use super::{Change, Inline, Oddity};

enum Token {
    Text(String, Option<String>),
    Raised(String, Option<String>),
    Sign { sign: Sign, span: Range<usize>, paired: bool },
    Note(String, Range<usize>),
}

/// What begins and ends a style.
#[derive(Clone, Copy)]
enum Sign {
    Italic,
    Bold,
    Struck,
    Inserted,
}

impl Sign {
    const COUNT: usize = 4;

    fn written(self) -> &'static str {
        match self {
            Self::Italic => "*",
            Self::Bold => "**",
            Self::Struck => Change::Struck.sign(),
            Self::Inserted => Change::Inserted.sign(),
        }
    }
}

/// Returns the pieces of a text, the ranges of its footnote references, and its problems.
pub(super) fn read(source: &str) -> (Vec<Inline>, Vec<Range<usize>>, Vec<Oddity>) {
    let mut reader = Reader { source, ..Reader::default() };
    reader.read(0..source.len(), None, true);
    reader.finish()
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    /// The open signs: indices of their tokens.
    open: [Option<usize>; Sign::COUNT],
    oddities: Vec<Oddity>,
}

impl Reader<'_> {
    fn read(&mut self, range: Range<usize>, address: Option<&str>, links: bool) {
        let end = range.end;
        let mut at = range.start;
        while let Some(c) = self.source[at..end].chars().next() {
            let rest = &self.source[at..end];
            let mut next = at + c.len_utf8();
            match c {
                '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                    self.push(&rest[1..2], address);
                    next = at + 2;
                }
                // H++\2++O: where the signs alone are part of a word, this begins what is inserted.
                '\\' if self.source[..at].ends_with(Sign::Inserted.written()) && rest[1..].starts_with(begins_none) => {
                }
                '*' => next = self.emphasis(at, end, address),
                '~' | '+' => next = self.change(c, at, end, address),
                '^' => match raised(rest) {
                    Some(text) => {
                        next = at + text.len() + 2;
                        self.tokens.push(Token::Raised(text.to_owned(), address.map(str::to_owned)));
                    }
                    None => self.push("^", address),
                },
                '[' if rest.starts_with("[^") => match note(rest) {
                    Some(mark) => {
                        next = at + mark.len() + 3;
                        self.tokens.push(Token::Note(mark.to_owned(), at..next));
                    }
                    None => self.push("[", address),
                },
                '[' if links => match link(rest) {
                    Some((text, target)) => {
                        next = at + text.len() + target.len() + 4;
                        if !allowed(target) {
                            self.oddities.push(Oddity::Address(at..next, target.to_owned()));
                        }
                        self.read(at + 1..at + 1 + text.len(), Some(target), false);
                    }
                    None => self.push("[", address),
                },
                ' ' | '\n' | '\t' | '\r' => self.push(" ", address),
                _ => {
                    // Take everything up to the next character that may be markup.
                    let plain = |c: char| !matches!(c, '\\' | '*' | '~' | '+' | '^' | '[' | ' ' | '\n' | '\t' | '\r');
                    let run = rest.find(|c| !plain(c)).unwrap_or(rest.len()).max(c.len_utf8());
                    self.push(&rest[..run], address);
                    next = at + run;
                }
            }
            at = next;
        }
    }

    /// Reads a run of asterisks and returns the offset after it.
    fn emphasis(&mut self, at: usize, end: usize, address: Option<&str>) -> usize {
        let rest = &self.source[at..end];
        let row = rest.len() - rest.trim_start_matches('*').len();
        let blank = |c: char| c.is_whitespace();
        // 5*3*2 is not emphasis; in scripts that do not separate words with spaces, emphasis may begin anywhere.
        let within = self.source[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let opens = !within && !rest[row..].is_empty() && !rest[row..].starts_with(blank);
        let closes = at > 0 && !self.source[..at].ends_with(blank);
        if row > 3 {
            self.push(&rest[..row], address);
            return at + row;
        }
        let slot = if row == 2 { Sign::Bold } else { Sign::Italic } as usize;
        let word = self.source[..at].ends_with(|c: char| c.is_ascii_alphabetic());
        // One report is enough for both ends.
        let reported = matches!(self.oddities.last(), Some(Oddity::WithinWord(_)));
        if word && rest[row..].starts_with(char::is_alphabetic) && self.open[slot].is_none() && !reported {
            self.oddities.push(Oddity::WithinWord(at..at + row));
        }
        let (mut from, mut left) = (at, row);
        while left > 0 {
            // "***" closes the last opened first; when opening, it opens bold first.
            let bold = match (left, self.open) {
                (1, _) => false,
                (2, _) => true,
                (_, [Some(italic), Some(strong), ..]) => strong > italic,
                (_, [Some(_), None, ..]) => false,
                _ => true,
            };
            let sign = if bold { Sign::Bold } else { Sign::Italic };
            let size = sign.written().len();
            self.sign(sign, from, (opens, closes), address);
            from += size;
            left -= size;
        }
        at + row
    }

    /// Reads a run of `~` or `+` and returns the offset after it. Two of them begin or end a change, also within words,
    /// but not at its inner side before or after white space.
    fn change(&mut self, c: char, at: usize, end: usize, address: Option<&str>) -> usize {
        let rest = &self.source[at..end];
        let row = rest.len() - rest.trim_start_matches(c).len();
        let sign = if c == '~' { Sign::Struck } else { Sign::Inserted };
        if row != sign.written().len() {
            self.push(&rest[..row], address);
            return at + row;
        }
        let blank = [' ', '\n', '\t', '\r'];
        let (before, after) = (&self.source[..at], &rest[row..]);
        let mut literal = c == '+' && is_literal(before.chars().next_back(), after.chars().next());
        if literal
            && after.starts_with(is_sign)
            && let Some((inner, _)) = after.split_once(sign.written())
        {
            // In Fiji++,++ the comma is inserted; C++, and C++ are words.
            literal = !inner.ends_with(is_sign);
            // After a longer word, it may have been meant to begin one.
            let word = last_word(before);
            if literal && self.open[sign as usize].is_none() && word.len() > 2 && word != last_word(inner) {
                self.oddities.push(Oddity::Unclosed(at..at + row));
            }
        }
        let opens = !literal && !after.is_empty() && !after.starts_with(blank);
        let closes = !before.ends_with(blank);
        self.sign(sign, at, (opens, closes), address);
        at + row
    }

    /// Takes a sign: it closes what is open, or opens, or is printed verbatim.
    fn sign(&mut self, sign: Sign, at: usize, (opens, closes): (bool, bool), address: Option<&str>) {
        let span = at..at + sign.written().len();
        let slot = sign as usize;
        match self.open[slot] {
            Some(opener) if closes => {
                if let Token::Sign { paired, .. } = &mut self.tokens[opener] {
                    *paired = true;
                }
                self.open[slot] = None;
                self.tokens.push(Token::Sign { sign, span, paired: true });
            }
            None if opens => {
                self.open[slot] = Some(self.tokens.len());
                self.tokens.push(Token::Sign { sign, span, paired: false });
            }
            _ => self.push(sign.written(), address),
        }
    }

    fn push(&mut self, piece: &str, address: Option<&str>) {
        if let Some(Token::Text(text, to)) = self.tokens.last_mut()
            && to.as_deref() == address
        {
            text.push_str(piece);
        } else {
            self.tokens.push(Token::Text(piece.to_owned(), address.map(str::to_owned)));
        }
    }

    fn finish(self) -> (Vec<Inline>, Vec<Range<usize>>, Vec<Oddity>) {
        let mut oddities = self.oddities;
        let mut references = Vec::new();
        let mut pieces = Pieces::default();
        let mut style = [false; Sign::COUNT];
        for token in self.tokens {
            let [italic, bold, struck, inserted] = style;
            // What is struck was never inserted.
            let change = struck.then_some(Change::Struck).or(inserted.then_some(Change::Inserted));
            match token {
                Token::Text(text, address) => {
                    pieces.push(Inline::Text { text, italic, bold, raised: false, change, address });
                }
                Token::Raised(text, address) => {
                    pieces.push(Inline::Text { text, italic, bold, raised: true, change, address });
                }
                Token::Note(mark, span) => {
                    references.push(span);
                    pieces.push(Inline::Note { mark, change });
                }
                Token::Sign { sign, paired: true, .. } => style[sign as usize] ^= true,
                Token::Sign { sign, span, .. } => {
                    let text = sign.written().to_owned();
                    pieces.push(Inline::Text { text, italic, bold, raised: false, change, address: None });
                    // C++11 has no markup.
                    let within = self.source[..span.start].ends_with(char::is_alphanumeric);
                    if !(within && matches!(sign, Sign::Inserted)) {
                        oddities.push(Oddity::Unclosed(span));
                    }
                }
            }
        }
        (pieces.finish(), references, oddities)
    }
}

/// Returns the mark of a `[^mark]` at the beginning of `rest`.
pub(super) fn note(rest: &str) -> Option<&str> {
    const LONGEST: usize = 40;
    let near = rest.get(2..)?;
    let end = near.bytes().take(LONGEST + 1).position(|byte| byte == b']')?;
    let mark = near.get(..end)?;
    let fits = |c: char| !c.is_whitespace() && c != '[';
    (!mark.is_empty() && mark.chars().all(fits)).then_some(mark)
}

/// Returns the text of a `^text^` at the beginning of `rest`: a few letters and digits.
pub(super) fn raised(rest: &str) -> Option<&str> {
    const LONGEST: usize = 12;
    let end = rest[1..].char_indices().take(LONGEST + 1).find(|(_, c)| *c == '^')?.0;
    let text = &rest[1..=end];
    (!text.is_empty() && text.chars().all(char::is_alphanumeric)).then_some(text)
}

/// Returns text and address of a `[text](address)` at the beginning of `rest`. An address must
/// have a scheme: "article [3](a)" is printed verbatim.
pub(super) fn link(rest: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 4096;
    let mut near = rest.len().min(LONGEST);
    while !rest.is_char_boundary(near) {
        near -= 1;
    }
    let close = rest[..near].find("](")?;
    let end = close + 2 + rest[close + 2..near].find(')')?;
    let (text, address) = (&rest[1..close], &rest[close + 2..end]);
    let scheme = address.split_once(':')?.0;
    let named = !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric());
    (named && !text.is_empty() && !text.contains('\n') && !address.contains(char::is_whitespace))
        .then_some((text, address))
}

/// Whether `++` between two characters belongs to the word before it: C++11, C++, and C++.
pub(super) fn is_literal(before: Option<char>, after: Option<char>) -> bool {
    let within = before.zip(after).is_some_and(|(before, after)| before.is_alphabetic() && after.is_ascii_digit());
    within || before.is_some_and(char::is_alphanumeric) && after.is_some_and(is_sign)
}

/// Whether a character is punctuation that is not markup.
fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !matches!(c, '\\' | '*' | '^' | '~' | '[')
}

/// Returns the word at the end of a text; empty, if it ends otherwise.
fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

/// Whether a backslash before a character has no other meaning than to begin an insertion.
fn begins_none(c: char) -> bool {
    c.is_ascii_digit() || !c.is_ascii() && is_sign(c)
}

fn allowed(address: &str) -> bool {
    ["http:", "https:", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}
