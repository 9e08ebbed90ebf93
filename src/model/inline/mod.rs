//! Inline text: the small Markdown of docs/model.md#inline-text, read into flat pieces, or written from them.

mod markup;
mod pieces;
mod written;

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Document;
use super::limits::LONGEST_TEXT;
pub(crate) use pieces::{joined, restyled};
use written::Writer;

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
    /// Creates a text that is printed as it is, without markup.
    pub fn verbatim(text: &str) -> Self {
        Self::from(vec![Inline::plain(text)])
    }

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

    /// Returns the text as it reads once its changes are made: without markup, footnote references and what is struck.
    pub fn resulting(&self) -> String {
        let stays = |piece: &&Inline| piece.change() != Some(Change::Struck);
        let text: String = self.pieces.iter().filter(stays).filter_map(Inline::text).collect();
        // A word that is struck leaves the spaces on both sides.
        joined([Inline::plain(text)]).iter().filter_map(Inline::text).collect()
    }

    /// Returns the marks of the footnote references, in order, with their ranges in the text with its markup.
    pub fn notes(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let marks = self.pieces.iter().filter_map(|piece| match piece {
            Inline::Note { mark, .. } => Some(mark.as_str()),
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
        let (pieces, references, oddities) = markup::read(&written);
        Self { written, pieces, references, oddities }
    }
}

impl From<Vec<Inline>> for Text {
    /// Creates a text of pieces, joined, without styles that the markup cannot express.
    fn from(pieces: Vec<Inline>) -> Self {
        let mut writer = Writer::default();
        let pieces = joined(joined(pieces).into_iter().map(written::expressible));
        for (index, piece) in pieces.iter().enumerate() {
            writer.push(piece.clone(), pieces.get(index + 1).and_then(Inline::change));
        }
        writer.finish()
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

impl Eq for Text {}

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
        /// Between `~~` or `++`.
        change: Option<Change>,
        /// The address of a `[text](address)`.
        address: Option<String>,
    },
    /// A footnote reference, `[^mark]`.
    Note {
        /// The mark.
        mark: String,
        /// Between `~~` or `++`.
        change: Option<Change>,
    },
}

impl Inline {
    /// Creates text without a style.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), italic: false, bold: false, raised: false, change: None, address: None }
    }

    /// Creates a footnote reference.
    pub fn note(mark: impl Into<String>) -> Self {
        Self::Note { mark: mark.into(), change: None }
    }

    /// Whether it is text without a style.
    pub fn is_plain(&self) -> bool {
        matches!(self, Self::Text { italic: false, bold: false, raised: false, change: None, address: None, .. })
    }

    /// Returns text of the same style; a footnote reference is returned as it is.
    pub fn with_text(&self, text: impl Into<String>) -> Self {
        match self {
            &Self::Text { italic, bold, raised, change, ref address, .. } => {
                Self::Text { text: text.into(), italic, bold, raised, change, address: address.clone() }
            }
            Self::Note { .. } => self.clone(),
        }
    }

    /// Returns the same, struck or inserted or neither.
    pub fn with_change(mut self, to: Option<Change>) -> Self {
        match &mut self {
            Self::Text { change, .. } | Self::Note { change, .. } => *change = to,
        }
        self
    }

    /// Whether both are text of one style.
    pub fn has_style_of(&self, other: &Self) -> bool {
        self.text().is_some() && self.with_text("") == other.with_text("")
    }

    /// Returns the characters, if it is text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text { text, .. } => Some(text),
            Self::Note { .. } => None,
        }
    }

    /// Returns whether it is struck or inserted.
    pub fn change(&self) -> Option<Change> {
        match self {
            Self::Text { change, .. } | Self::Note { change, .. } => *change,
        }
    }
}

/// A change to a text that its pages show, as in an amendment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Between `~~`: deleted text, struck through.
    Struck,
    /// Between `++`: new text, underlined.
    Inserted,
}

impl Change {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Struck, Self::Inserted];

    /// Returns the markup on either side of the text.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Struck => "~~",
            Self::Inserted => "++",
        }
    }
}

/// A problem of a text; ranges are bytes of the text with its markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Oddity {
    /// A `*`, `**`, `~~` or `++` that is never closed and is printed verbatim.
    Unclosed(Range<usize>),
    /// A `*` or `**` between the letters of a word, which begins no emphasis and is printed verbatim.
    WithinWord(Range<usize>),
    /// A link to an address other than http, https or mailto.
    Address(Range<usize>, String),
}

impl Document {
    /// Returns the marks of the footnotes that it refers to.
    pub fn marks(&self) -> BTreeSet<String> {
        let text = serde_json::to_string(self).unwrap_or_default();
        written_marks(&text).map(str::to_owned).collect()
    }
}

/// Returns everything in a text that is written as a footnote reference, between `[^` and `]`.
pub(crate) fn written_marks(text: &str) -> impl Iterator<Item = &str> {
    text.split("[^").skip(1).filter_map(|rest| rest.split_once(']')).map(|(mark, _)| mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        Text::from(source)
            .pieces()
            .iter()
            .map(|piece| match piece {
                Inline::Text { text, italic, bold, raised, change, address } => format!(
                    "{}{}{}{}{}{text}|",
                    change.map(|change| &change.sign()[1..]).unwrap_or_default(),
                    if *raised { "R" } else { "" },
                    if *bold { "B" } else { "" },
                    if *italic { "I" } else { "" },
                    address.as_ref().map(|a| format!("<{a}>")).unwrap_or_default(),
                ),
                Inline::Note { mark, change } => {
                    format!("{}^{mark}|", change.map(|change| &change.sign()[1..]).unwrap_or_default())
                }
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
    fn changes_are_struck_or_inserted() {
        assert_eq!(shown("the ~~old~~ ++new++ text"), "the |~old| |+new| text|");
        assert_eq!(
            shown("~~*Notes* the~~ ++*Welcomes* its++ report"),
            "~I Notes|".replace(' ', "") + "~ the| |+IWelcomes|+ its| report|"
        );
        assert_eq!(shown("resolution++s++ ~~1^er^~~[^1]"), "resolution|+s| |~1|~Rer|^1|");
        assert_eq!(shown("~~old[^1]~~ new++[^2]++ ++a[^3] b++"), "~old|~^1| new|+^2| |+a|+^3|+ b|");
        assert_eq!(
            shown("~~see [*the* page](https://un.org) 2~~."),
            "~see |~I<https://un.org>the|~<https://un.org> page|~ 2|.|"
        );
        assert_eq!(shown("*a ~~b* c~~"), "Ia |~Ib|~ c|", "they overlap");
        assert_eq!(shown("~~a ++b++ c~~"), "~a b c|", "what is struck was never inserted");
        assert_eq!(Text::from("a ~~word~~ ++text++ of[^1] it").resulting(), "a text of it");
        assert_eq!(Text::from("a ~~word~~ of it").resulting(), "a of it");
        assert_eq!(Text::from("~~open").oddities(), [Oddity::Unclosed(0..2)]);
        assert_eq!(Text::from("C++11 and C++, 1++2").oddities(), []);
        assert_eq!(shown("C++11 and C++ are"), "C++11 and C++ are|");
        assert_eq!(Text::from("C++11 and C++ are").oddities(), []);
        assert_eq!(Text::from("in C++, and C++.").oddities(), []);
        assert_eq!(shown("Fiji++,++ Chad++, Mali,++ and"), "Fiji|+,| Chad|+, Mali,| and|");
        assert_eq!(shown(r"tides++\, and shores++ of"), "tides|+, and shores| of|");
        // It can be meant either way.
        assert_eq!(Text::from("tides++, and shores++ of").oddities(), [Oddity::Unclosed(5..7)]);
        assert_eq!(shown("tides~~, and shores~~ of"), "tides|~, and shores| of|");
        assert_eq!(shown("1++2++ L.++3++ x++y++"), "1|+2| L.|+3| x|+y|");
        assert_eq!(shown(r"H++\2++O"), "H|+2|O|");
    }

    #[test]
    fn text_without_markup_is_printed_verbatim() {
        for text in [
            "C++ and D++",
            "C++, and C++",
            "(C++), C++-like C++.",
            "C++’s C++; C++",
            "~~~a~~~",
            "+++a+++",
            "~~ a ~~",
            "a ++ b",
            "1 + 1 ~ 2",
            "C++11",
            "2 * 3",
            "5*3*2",
            "a*",
            "[3](a)",
            "[^ ]",
            "#import \"x\"",
            "$x$ @a <b>",
            "****",
            "a^b",
            "^ ^",
            "2^(3)^",
        ] {
            assert_eq!(shown(text), format!("{text}|"), "{text}");
        }
        assert_eq!(shown(r"\*not\* \[^1]"), "*not* [^1]|");
        assert_eq!(Text::from("*open").oddities(), [Oddity::Unclosed(0..1)]);
        assert_eq!(Text::from("un*real*ly").oddities(), [Oddity::WithinWord(2..3)]);
        assert_eq!(Text::from("*un*real, 5*3*2, Chair*, a\\*b").oddities(), []);
        assert!(matches!(Text::from("[x](javascript:y)").oddities(), [Oddity::Address(..)]));
    }

    #[test]
    fn white_space_is_folded_and_no_break_space_kept() {
        assert_eq!(shown(" a \n b\t *c* \u{a0}d "), "a b |Ic| \u{a0}d|");
        assert_eq!(Text::from("*a* b[^1] c").plain(), "a b c");
        assert_eq!(Text::from("a[^1] b[^*]").notes().collect::<Vec<_>>(), [("1", 1..5), ("*", 7..11)]);
    }

    /// Texts of pieces of every kind next to each other.
    #[test]
    fn what_is_written_of_pieces_reads_back() {
        let words = [
            "a",
            " b ",
            "\u{a0}c",
            "*",
            "+",
            "~~",
            "[^1]",
            "](x:y",
            "^2^",
            "d)",
            "\\",
            "大",
            "11",
            "\\3",
            "word that is longer",
        ];
        let mut kinds: Vec<Inline> = Vec::new();
        for (index, text) in words.into_iter().cycle().take(words.len() * 16).enumerate() {
            let style = index / words.len();
            let change = [None, Some(Change::Struck), None, Some(Change::Inserted)][(style + index) % 4];
            let address = (style & 8 > 0).then(|| "https://un.org/a_(b)".replace(['(', ')'], ""));
            let [italic, bold, raised] = [1, 2, 4].map(|bit| style & bit > 0);
            kinds.push(Inline::Text { text: text.into(), italic, bold, raised, change, address });
        }
        for change in [None, Some(Change::Struck), Some(Change::Inserted)] {
            kinds.extend(["1", "*", "a b", "]"].map(|mark| Inline::note(mark).with_change(change)));
        }
        let three = kinds.iter().flat_map(|a| kinds.iter().map(move |b| (a, b)));
        for (index, (a, b)) in three.enumerate() {
            let third = &kinds[index * 7 % kinds.len()];
            let pieces = vec![a.clone(), b.clone(), third.clone()];
            let said = |pieces: &[Inline]| {
                let piece = |piece: &Inline| match piece {
                    Inline::Text { text, .. } => text.replace(' ', ""),
                    Inline::Note { mark, .. } => format!("[^{mark}]").replace(' ', ""),
                };
                pieces.iter().map(piece).collect::<String>()
            };
            let text = Text::from(pieces.clone());
            let back = Text::from(text.written());
            assert_eq!(said(text.pieces()), said(&pieces), "{pieces:?}");
            assert_eq!(text.pieces(), back.pieces(), "{pieces:?}: {text}");
            assert!(text.notes().eq(back.notes()) && back.oddities().is_empty(), "{pieces:?}: {text}");
        }
    }

    #[test]
    fn styles_are_written_where_they_can_be_read() {
        let written = |styled: &[(&str, &str)]| {
            let piece = |(style, text): &(&str, &str)| Inline::Text {
                text: (*text).into(),
                italic: style.contains('i'),
                bold: style.contains('b'),
                raised: style.contains('r'),
                change: Change::ALL.into_iter().find(|change| style.contains(&change.sign()[1..])),
                address: style.contains('a').then(|| "https://un.org".into()),
            };
            Text::from(styled.iter().map(piece).collect::<Vec<_>>()).written().to_owned()
        };
        assert_eq!(written(&[("i", "Recalling "), ("", " its")]), "*Recalling* its");
        assert_eq!(written(&[("", "1"), ("r", "er"), ("", " [x] 2*3")]), r"1^er^ \[x\] 2\*3");
        assert_eq!(written(&[("", "G(1e"), ("b", "C"), ("", ")"), ("i", "x"), ("", "y")]), "G(1eC)*x*y");
        assert_eq!(written(&[("i", "a)"), ("b", "b"), ("bi", "c")]), "*a)***b**c");
        assert_eq!(written(&[("ai", "a"), ("a", " b")]), "[*a*](https://un.org) [b](https://un.org)");
        assert_eq!(written(&[("i", "\u{a0}a"), ("i", "b")]), "\u{a0}ab");
        assert_eq!(written(&[("i", "a\u{a0}"), ("i", "b")]), "*a\u{a0}b*");
        assert_eq!(written(&[("r", "more than a dozen")]), "more than a dozen");
        assert_eq!(written(&[("~", "old "), ("+", "new"), ("", " word")]), "~~old~~ ++new++ word");
        assert_eq!(written(&[("~i", "Notes"), ("~", " the report")]), "~~*Notes* the report~~");
        assert_eq!(
            written(&[("", "word"), ("+", "s"), ("", " and C++ of 1 + 1 ~ 2~")]),
            r"word++s++ and C\+\+ of 1 + 1 ~ 2\~"
        );
        assert_eq!(written(&[("", "H"), ("+", "2"), ("", "O")]), r"H++\2++O");
        assert_eq!(written(&[("+a", "b"), ("~r", "er")]), "++[b](https://un.org)++~~^er^~~");
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
