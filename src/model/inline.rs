//! Inline text: the small Markdown of docs/model.md#inline-text, read into flat pieces.

use std::fmt;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::limits::LONGEST_TEXT;

/// Inline text, parsed once, when it is read. In files it is a string with markup, which is kept as it was written.
#[derive(Clone, Default)]
pub struct Text {
    written: String,
    pieces: Vec<Inline>,
    /// The ranges of the footnote references in `written`.
    references: Vec<Range<usize>>,
    oddities: Vec<Oddity>,
}

impl Text {
    /// Returns the text with its markup.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Returns the pieces. White space is folded to single spaces, as in Markdown; no-break spaces are kept.
    pub fn pieces(&self) -> &[Inline] {
        &self.pieces
    }

    /// Returns the text without markup and footnote references.
    pub fn plain(&self) -> String {
        self.pieces.iter().filter_map(Inline::text).collect()
    }

    /// Returns the marks of the footnote references, in order, with their ranges in the text with its markup.
    pub fn notes(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let marks = self.pieces.iter().filter_map(|piece| match piece {
            Inline::Note(mark) => Some(mark.as_str()),
            Inline::Text { .. } => None,
        });
        marks.zip(self.references.iter().cloned())
    }

    /// Returns the problems of the text; ranges are bytes of the text with its markup.
    pub fn oddities(&self) -> &[Oddity] {
        &self.oddities
    }
}

impl From<String> for Text {
    fn from(written: String) -> Self {
        if written.len() > LONGEST_TEXT {
            // `check` refuses it.
            let pieces = vec![Inline::plain(written.as_str())];
            return Self { written, pieces, ..Self::default() };
        }
        let mut reader = Reader { source: &written, ..Reader::default() };
        reader.read(0..written.len(), None, true);
        let (pieces, references, oddities) = reader.finish();
        Self { written, pieces, references, oddities }
    }
}

impl From<&str> for Text {
    fn from(written: &str) -> Self {
        Self::from(written.to_owned())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, written: &&str) -> bool {
        self.written == *written
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written.fmt(f)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.written.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Self::from)
    }
}

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

/// A piece of inline text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text in one style.
    Text {
        /// The characters, without markup.
        text: String,
        /// Between `*`.
        italic: bool,
        /// Between `**`.
        bold: bool,
        /// Between `^`: 1^er^.
        raised: bool,
        /// The address of a `[text](address)`.
        address: Option<String>,
    },
    /// A footnote reference, `[^mark]`.
    Note(String),
}

impl Inline {
    /// Creates text without a style.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), italic: false, bold: false, raised: false, address: None }
    }

    /// Whether it is text without a style.
    pub fn is_plain(&self) -> bool {
        matches!(self, Self::Text { italic: false, bold: false, raised: false, address: None, .. })
    }

    /// Returns the characters, if it is text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text { text, .. } => Some(text),
            Self::Note(_) => None,
        }
    }
}

/// A problem of a text; ranges are bytes of the text with its markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Oddity {
    /// A `*` or `**` that is never closed and is printed verbatim.
    Unclosed(Range<usize>),
    /// A link to an address other than http, https or mailto.
    Address(Range<usize>, String),
}

/// Returns a text without markup and footnote references.
pub fn plain(source: &str) -> String {
    Text::from(source).plain()
}

/// Returns everything in a text that is written as a footnote reference, between `[^` and `]`.
pub(crate) fn written_marks(text: &str) -> impl Iterator<Item = &str> {
    text.split("[^").skip(1).filter_map(|rest| rest.split_once(']')).map(|(mark, _)| mark)
}

enum Token {
    Text(String, Option<String>),
    Raised(String, Option<String>),
    Emphasis { bold: bool, span: Range<usize>, paired: bool },
    Note(String, Range<usize>),
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    /// The open `*` and the open `**`: indices of their tokens.
    open: [Option<usize>; 2],
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
                '*' => next = self.emphasis(at, end, address),
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
                    let plain = |c: char| !matches!(c, '\\' | '*' | '^' | '[' | ' ' | '\n' | '\t' | '\r');
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
        let (mut from, mut left) = (at, row);
        while left > 0 {
            // "***" closes the last opened first; when opening, it opens bold first.
            let bold = match (left, self.open) {
                (1, _) => false,
                (2, _) => true,
                (_, [Some(italic), Some(strong)]) => strong > italic,
                (_, [Some(_), None]) => false,
                _ => true,
            };
            let size = 1 + usize::from(bold);
            let span = from..from + size;
            let slot = usize::from(bold);
            match self.open[slot] {
                Some(opener) if closes => {
                    if let Token::Emphasis { paired, .. } = &mut self.tokens[opener] {
                        *paired = true;
                    }
                    self.open[slot] = None;
                    self.tokens.push(Token::Emphasis { bold, span, paired: true });
                }
                None if opens => {
                    self.open[slot] = Some(self.tokens.len());
                    self.tokens.push(Token::Emphasis { bold, span, paired: false });
                }
                _ => self.push(&rest[..size], address),
            }
            from += size;
            left -= size;
        }
        at + row
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
        let mut style = [false; 2];
        for token in self.tokens {
            match token {
                Token::Text(text, address) => pieces.push(&text, style, false, address),
                Token::Raised(text, address) => pieces.push(&text, style, true, address),
                Token::Note(mark, span) => {
                    references.push(span);
                    pieces.note(mark);
                }
                Token::Emphasis { bold, paired: true, .. } => {
                    style[usize::from(bold)] ^= true;
                }
                Token::Emphasis { bold, span, .. } => {
                    pieces.push(if bold { "**" } else { "*" }, style, false, None);
                    oddities.push(Oddity::Unclosed(span));
                }
            }
        }
        (pieces.trimmed(), references, oddities)
    }
}

/// The pieces so far, with spaces folded and neighbours of one style joined.
#[derive(Default)]
struct Pieces {
    list: Vec<Inline>,
    after_space: bool,
}

impl Pieces {
    fn push(&mut self, more: &str, [italic, bold]: [bool; 2], raised: bool, address: Option<String>) {
        let mut folded = String::with_capacity(more.len());
        self.after_space |= self.list.is_empty();
        for c in more.chars() {
            if c != ' ' || !self.after_space {
                folded.push(c);
            }
            self.after_space = c == ' ';
        }
        if folded.is_empty() {
            return;
        }
        match self.list.last_mut() {
            Some(Inline::Text { text, italic: i, bold: b, raised: r, address: a })
                if (*i, *b, *r) == (italic, bold, raised) && *a == address =>
            {
                text.push_str(&folded);
            }
            _ => self.list.push(Inline::Text { text: folded, italic, bold, raised, address }),
        }
    }

    fn note(&mut self, mark: String) {
        self.list.push(Inline::Note(mark));
        self.after_space = false;
    }

    fn trimmed(mut self) -> Vec<Inline> {
        if let Some(Inline::Text { text, .. }) = self.list.last_mut() {
            text.truncate(text.trim_end_matches(' ').len());
            if text.is_empty() {
                self.list.pop();
            }
        }
        self.list
    }
}

/// Returns the mark of a `[^mark]` at the beginning of `rest`.
fn note(rest: &str) -> Option<&str> {
    const LONGEST: usize = 40;
    let near = rest.get(2..)?;
    let end = near.bytes().take(LONGEST + 1).position(|byte| byte == b']')?;
    let mark = near.get(..end)?;
    let fits = |c: char| !c.is_whitespace() && c != '[';
    (!mark.is_empty() && mark.chars().all(fits)).then_some(mark)
}

/// Returns the text of a `^text^` at the beginning of `rest`: a few letters and digits.
fn raised(rest: &str) -> Option<&str> {
    const LONGEST: usize = 12;
    let end = rest[1..].char_indices().take(LONGEST + 1).find(|(_, c)| *c == '^')?.0;
    let text = &rest[1..=end];
    (!text.is_empty() && text.chars().all(char::is_alphanumeric)).then_some(text)
}

/// Returns text and address of a `[text](address)` at the beginning of `rest`. An address must
/// have a scheme: "article [3](a)" is printed verbatim.
fn link(rest: &str) -> Option<(&str, &str)> {
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

fn allowed(address: &str) -> bool {
    ["http:", "https:", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        Text::from(source)
            .pieces()
            .iter()
            .map(|piece| match piece {
                Inline::Text { text, italic, bold, raised, address } => format!(
                    "{}{}{}{}{text}|",
                    if *raised { "R" } else { "" },
                    if *bold { "B" } else { "" },
                    if *italic { "I" } else { "" },
                    address.as_ref().map(|a| format!("<{a}>")).unwrap_or_default(),
                ),
                Inline::Note(mark) => format!("^{mark}|"),
            })
            .collect()
    }

    #[test]
    fn emphasis_notes_and_links() {
        assert_eq!(shown("*Recalling* its resolution,[^1] and"), "IRecalling| its resolution,|^1| and|");
        assert_eq!(shown("(*Signed*) **A. B**"), "(|ISigned|) |BA. B|");
        assert_eq!(shown("***both*** *i **bi** i*"), "BIboth| |Ii |BIbi|I i|");
        assert_eq!(shown("see [*the* page](https://un.org)."), "see |I<https://un.org>the|<https://un.org> page|.|");
        assert_eq!(shown("大会*决定*如下，و*إذ*"), "大会|I决定|如下，و|Iإذ|");
        assert_eq!(shown("China[^*]"), "China|^*|");
        assert_eq!(shown("le 1^er^ mai, n^o^\u{a0}2"), "le 1|Rer| mai, n|Ro|\u{a0}2|");
        assert_eq!(shown("word [^1] next[^2]"), "word |^1| next|^2|");
    }

    #[test]
    fn text_without_markup_is_printed_verbatim() {
        for text in
            ["2 * 3", "5*3*2", "a*", "[3](a)", "[^ ]", "#import \"x\"", "$x$ @a <b>", "****", "a^b", "^ ^", "2^(3)^"]
        {
            assert_eq!(shown(text), format!("{text}|"), "{text}");
        }
        assert_eq!(shown(r"\*not\* \[^1]"), "*not* [^1]|");
        assert_eq!(Text::from("*open").oddities(), [Oddity::Unclosed(0..1)]);
        assert!(matches!(Text::from("[x](javascript:y)").oddities(), [Oddity::Address(..)]));
    }

    #[test]
    fn white_space_is_folded_and_no_break_space_kept() {
        assert_eq!(shown(" a \n b\t *c* \u{a0}d "), "a b |Ic| \u{a0}d|");
        assert_eq!(plain("*a* b[^1] c"), "a b c");
        assert_eq!(Text::from("a[^1] b[^*]").notes().collect::<Vec<_>>(), [("1", 1..5), ("*", 7..11)]);
    }

    #[test]
    fn texts_are_strings_in_files() {
        let text = Text::from(" *a*  b[^1]\n\\* c ");
        assert_eq!(serde_json::to_value(&text).unwrap(), text.written());
        assert_eq!(serde_json::from_value::<Text>(text.written().into()).unwrap(), text);
        assert_eq!((text.plain().as_str(), text.notes().count()), ("a b * c", 1));
        let long = "*".repeat(LONGEST_TEXT + 1);
        assert_eq!(Text::from(long.as_str()).pieces(), [Inline::plain(long)], "what is refused is not parsed");
    }
}
