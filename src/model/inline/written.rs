//! Writes pieces of inline text with their markup.

use std::ops::Range;

use super::markup::{is_literal, link, note, raised};
use super::pieces::Pieces;
use super::{Change, Inline, Text};

/// What is written so far, and what is read from it.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    pieces: Pieces,
    references: Vec<Range<usize>>,
    /// How many asterisks at its end close emphasis.
    closing: usize,
    /// The change that is open.
    change: Option<Change>,
}

impl Writer {
    /// Writes a joined piece, without emphasis where no marks of it can stand; the next one is part of that change.
    pub fn push(&mut self, piece: Inline, next: Option<Change>) {
        let (text, italic, bold, is_raised, change, address) = match &piece {
            Inline::Text { text, italic, bold, raised, change, address } => {
                (text, *italic, *bold, *raised, *change, address)
            }
            Inline::Note { mark, change } => {
                self.begin(*change);
                let from = self.text.len();
                self.text += &format!("[^{mark}]");
                self.references.push(from..self.text.len());
                self.closing = 0;
                self.end(*change, next);
                return self.pieces.push(piece);
            }
        };
        let before = self.text.chars().next_back();
        let begins = self.begin(change);
        let row = if is_raised { 0 } else { usize::from(italic) + 2 * usize::from(bold) };
        let blank = |c: char| c.is_whitespace();
        let bare = text.starts_with(blank) || text.ends_with(blank);
        let row = if !bare && (address.is_some() || self.can_open(row)) { row } else { 0 };
        let marks = if is_raised { "^" } else { &"***"[..row] };
        let words = format!("{marks}{}{marks}", escaped(text));
        let words = address.as_ref().map_or_else(|| words.clone(), |to| format!("[{words}]({to})"));
        // Here the signs alone would not begin a change.
        if begins && change == Some(Change::Inserted) && is_literal(before, words.chars().next()) {
            self.text.push('\\');
        }
        self.text += &words;
        self.closing = if address.is_some() { 0 } else { row };
        let (text, address) = (text.clone(), address.clone());
        let (italic, bold) = (italic && row > 0, bold && row > 0);
        self.pieces.push(Inline::Text { text, italic, bold, raised: is_raised, change, address });
        self.end(change, next);
    }

    /// Begins a change, unless it is open. Returns whether it was not.
    fn begin(&mut self, change: Option<Change>) -> bool {
        let begins = self.change.is_none();
        if begins {
            self.sign(change);
        }
        begins
    }

    /// Ends a change, unless the next piece is part of it.
    fn end(&mut self, change: Option<Change>, next: Option<Change>) {
        self.change = change.filter(|_| next == change);
        if self.change.is_none() {
            self.sign(change);
        }
    }

    /// Writes what begins or ends a change.
    fn sign(&mut self, change: Option<Change>) {
        if let Some(change) = change {
            self.text += change.sign();
            self.closing = 0;
        }
    }

    /// Whether so many asterisks open emphasis next: not within a Latin word, and not after others that they
    /// would be read together with.
    fn can_open(&self, row: usize) -> bool {
        let before = &self.text[..self.text.len() - self.closing];
        (self.closing == 0 || self.closing + row == 3) && !before.ends_with(|c: char| c.is_ascii_alphanumeric())
    }

    pub fn finish(self) -> Text {
        let Self { text, pieces, references, .. } = self;
        Text { written: text, pieces: pieces.finish(), references, oddities: Vec::new() }
    }
}

/// Returns a piece as text of those styles that there is markup for, apart from its neighbours.
pub(super) fn expressible(piece: Inline) -> Inline {
    match piece {
        Inline::Note { mark, change } => {
            let written = format!("[^{mark}]");
            if note(&written) == Some(&mark) {
                Inline::Note { mark, change }
            } else {
                Inline::plain(written).with_change(change)
            }
        }
        Inline::Text { text, italic, bold, raised: is_raised, change, address } => {
            let linked = |to: &String| {
                link(&format!("[***{}***]({to})", escaped(&text))).is_some_and(|(_, address)| address == to)
            };
            let address = address.filter(linked);
            let is_raised = is_raised && address.is_none() && raised(&format!("^{text}^")) == Some(&text);
            let (italic, bold) = (italic && !is_raised, bold && !is_raised);
            Inline::Text { text, italic, bold, raised: is_raised, change, address }
        }
    }
}

/// Puts a backslash before what would be markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // At the edges, it may meet the same sign of a neighbour.
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let beside = [before, rest.peek().copied()];
        let doubled = || beside.iter().any(|beside| beside.is_none_or(|beside| beside == c));
        if matches!(c, '\\' | '*' | '[' | ']' | '^') || matches!(c, '~' | '+') && doubled() {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}
