//! A document as an editor reads it: its texts without markup, and its paragraphs by kind.

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::steps;
use super::texts::{Text, texts};
use crate::model::Inline;
use crate::model::fields::{self, Field, header};
use crate::model::symbol::Organ;
use crate::model::{Block, Date, Document, Item, Passage, Path, Symbol};

/// A document prepared for the editorial rules.
pub(crate) struct Manuscript<'d> {
    pub document: &'d Document,
    /// The first of its symbols, if it is well-formed.
    pub symbol: Option<&'d Symbol>,
    /// All printed texts, footnotes last.
    pub prose: Vec<Prose<'d>>,
    /// The body, and the body of every annex, in the order of the document.
    pub sections: Vec<Section<'d>>,
    /// Its running text, one line per text: headings, body and footnotes, without designations.
    pub text: String,
    /// The offset of each line of `text`, with the index of its prose.
    lines: Vec<(usize, usize)>,
    /// The resolutions it cites.
    pub cited: OnceCell<Vec<Cited>>,
    /// Its words, each at its first occurrence.
    pub words: OnceCell<Vec<Range<usize>>>,
    by_path: FxHashMap<Path, usize>,
}

/// A printed text without its markup.
pub(crate) struct Prose<'d> {
    /// Its path in the model.
    pub path: Path,
    /// The text with its markup.
    pub raw: &'d str,
    /// The text without markup and footnote marks, white space folded to single spaces.
    pub plain: String,
    /// The italic ranges, in bytes of `plain`.
    pub italics: Vec<Range<usize>>,
    /// What is struck or inserted, in bytes of `plain`.
    changes: Vec<Range<usize>>,
    /// The footnote marks with their offsets in `plain`.
    pub notes: Vec<(usize, String)>,
    /// The mark, if it is a footnote itself.
    pub footnote: Option<&'d str>,
    /// Whether it is a designation: a number, a label, a job number.
    pub designation: bool,
    /// Whether it is the text of a heading.
    pub heading: bool,
    /// Whether all of it is bold.
    pub bold: bool,
    /// Whether it is a cell of a table.
    pub cell: bool,
    /// Its quotation marks, each with how many quotations are open after it.
    quotes: OnceCell<Vec<(usize, i32)>>,
}

/// A cited resolution.
pub(crate) struct Cited {
    /// The index of its prose in the manuscript.
    pub index: usize,
    pub range: Range<usize>,
    pub number: String,
    pub session: Option<i32>,
    pub year: Option<i32>,
    pub date: Option<Date>,
    /// Whether the text attributes it to a body other than the General Assembly or the Security Council.
    pub council: bool,
    /// Whether its paragraph mentions other bodies, whose resolutions may not be named as such.
    pub among_others: bool,
}

/// How far around a position a rule looks, in bytes.
const FARTHEST: usize = 1_000;

/// Returns the end of a text, at most `most` bytes.
pub(super) fn tail(text: &str, most: usize) -> &str {
    let from = (text.len().saturating_sub(most)..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[from..]
}

/// Returns the beginning of a text, at most `most` bytes.
pub(super) fn front(text: &str, most: usize) -> &str {
    let to = (0..=text.len().min(most)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..to]
}

/// A list of blocks: the body of the document or of an annex.
pub(crate) struct Section<'d> {
    /// Its path: `body`, `body[7].body`.
    pub path: Path,
    pub blocks: &'d [Block],
    /// Whether it is the body of an annex.
    pub annex: bool,
}

impl<'d> Manuscript<'d> {
    pub fn new(document: &'d Document) -> Self {
        let prose: Vec<Prose> = texts(document).into_iter().filter(|text| text.printed).map(Prose::new).collect();
        let by_path = prose.iter().enumerate().map(|(index, prose)| (prose.path.clone(), index)).collect();
        let mut sections = Vec::new();
        section("body".into(), &document.body, false, &mut sections);
        let symbol = document.symbol.first().filter(|symbol| symbol.error().is_none());
        let mut text = String::with_capacity(prose.iter().map(|prose| prose.plain.len() + 1).sum());
        let mut lines = Vec::with_capacity(prose.len());
        for (index, prose) in prose.iter().enumerate().filter(|(_, prose)| prose.runs()) {
            lines.push((text.len(), index));
            text.push_str(&prose.plain);
            text.push('\n');
        }
        Self { document, symbol, prose, sections, text, lines, cited: OnceCell::new(), words: OnceCell::new(), by_path }
    }

    /// Returns the prose that contains a range of `text`, and the range within the prose.
    pub fn within(&self, range: Range<usize>) -> Option<(&Prose<'d>, Range<usize>)> {
        let line = self.lines.partition_point(|(start, _)| *start <= range.start).checked_sub(1)?;
        let (start, index) = self.lines[line];
        let prose = &self.prose[index];
        // A match may include the end of the line.
        let end = range.end - usize::from(self.text[..range.end].ends_with('\n'));
        (end - start <= prose.plain.len()).then(|| (prose, range.start - start..end - start))
    }

    /// Returns the index of a prose.
    pub fn index(&self, prose: &Prose) -> usize {
        self.by_path.get(&prose.path).copied().unwrap_or(0)
    }

    /// Returns the organ whose conventions the document follows.
    pub fn organ(&self) -> Option<Organ> {
        self.symbol.map(Symbol::acting)
    }

    /// Returns the text at a path.
    pub fn at(&self, path: impl Into<Path>) -> Option<&Prose<'d>> {
        self.by_path.get(&path.into()).map(|index| &self.prose[*index])
    }

    /// Returns the texts of the body, including annexes: paragraphs, items, headings, cells.
    pub fn body(&self) -> impl Iterator<Item = &Prose<'d>> {
        self.prose.iter().filter(|prose| prose.is_in_body() && !prose.designation)
    }

    /// Returns the texts of the footnotes.
    pub fn footnotes(&self) -> impl Iterator<Item = &Prose<'d>> {
        self.prose.iter().filter(|prose| prose.footnote.is_some())
    }
}

impl<'d> Section<'d> {
    /// Returns the blocks with their paths.
    pub fn blocks(&self) -> impl Iterator<Item = (Path, &'d Block)> {
        self.blocks.iter().enumerate().map(|(index, block)| (self.path.index(index), block))
    }

    /// Returns the paragraphs of a kind with their paths.
    pub fn passages(&self, kind: fn(&Block) -> Option<&Passage>) -> impl Iterator<Item = (Path, &'d Passage)> {
        self.blocks().filter_map(move |(path, block)| kind(block).map(|passage| (path, passage)))
    }

    /// Returns every list of sub-paragraphs, with the path of its parent and its level, from 1.
    pub fn lists(&self) -> Vec<(Path, &'d [Item], usize)> {
        let mut lists = Vec::new();
        for (path, passage) in self.passages(Block::passage) {
            nested(path, &passage.items, 1, &mut lists);
        }
        lists
    }
}

pub(crate) fn preambular(block: &Block) -> Option<&Passage> {
    if let Block::Preambular(passage) = block { Some(passage) } else { None }
}

pub(crate) fn operative(block: &Block) -> Option<&Passage> {
    if let Block::Operative(passage) = block { Some(passage) } else { None }
}

pub(crate) fn enacting(block: &Block) -> Option<&Passage> {
    if let Block::Enacting(passage) = block { Some(passage) } else { None }
}

fn section<'d>(path: Path, blocks: &'d [Block], annex: bool, out: &mut Vec<Section<'d>>) {
    out.push(Section { path: path.clone(), blocks, annex });
    for (index, block) in blocks.iter().enumerate() {
        if let Block::Annex(inner) = block {
            section(path.index(index).field("body"), &inner.body, true, out);
        }
    }
}

fn nested<'d>(path: Path, items: &'d [Item], level: usize, out: &mut Vec<(Path, &'d [Item], usize)>) {
    if items.is_empty() {
        return;
    }
    out.push((path.clone(), items, level));
    for (index, item) in items.iter().enumerate() {
        nested(path.field("items").index(index), &item.items, level + 1, out);
    }
}

impl<'d> Prose<'d> {
    fn new(text: Text<'d>) -> Self {
        let mut prose = Self {
            path: text.path,
            raw: text.text,
            plain: String::with_capacity(text.text.len()),
            italics: Vec::new(),
            changes: Vec::new(),
            notes: Vec::new(),
            footnote: text.footnote,
            designation: text.plain,
            heading: text.heading,
            bold: !text.plain,
            cell: text.optional,
            quotes: OnceCell::new(),
        };
        if text.plain {
            prose.plain.push_str(text.text);
            return prose;
        }
        for piece in text.inline.pieces() {
            match piece {
                Inline::Note { mark, .. } => prose.notes.push((prose.plain.len(), mark.clone())),
                Inline::Text { text, italic, bold, change, .. } => {
                    prose.bold &= bold;
                    let from = prose.plain.len();
                    prose.plain.push_str(text);
                    prose.changes.extend(change.map(|_| from..prose.plain.len()));
                    match prose.italics.last_mut() {
                        _ if !italic => {}
                        Some(last) if last.end == from => last.end = prose.plain.len(),
                        _ => prose.italics.push(from..prose.plain.len()),
                    }
                }
            }
        }
        prose
    }

    /// Whether it is running text, not a number, a code or the name of a session.
    fn runs(&self) -> bool {
        let is = |field: &&Field| field.text == fields::TextKind::Prose && self.path.root() == Some(field.name);
        let in_header = || header::ALL.iter().any(|field| is(&field));
        !self.designation && (self.footnote.is_some() || self.is_in_body() || in_header())
    }

    /// Whether it is part of the body, annexes included.
    pub fn is_in_body(&self) -> bool {
        self.path.root() == Some(header::body.name)
    }

    /// Whether it is part of the body, annexes excluded.
    pub fn is_in_main_body(&self) -> bool {
        self.is_in_body() && self.path.places_in(header::body.name).len() == 1
    }

    /// Returns the text before an offset in `plain`, as far as rules look.
    pub fn before(&self, at: usize) -> &str {
        let before = tail(&self.plain[..at], FARTHEST);
        steps::take(before.len());
        before
    }

    /// Returns the text after an offset in `plain`, as far as rules look.
    pub fn after(&self, at: usize) -> &str {
        let after = front(&self.plain[at..], FARTHEST);
        steps::take(after.len());
        after
    }

    /// Whether a quotation is open at an offset in `plain`.
    pub fn is_quoted(&self, at: usize) -> bool {
        let open = self.quotes.get_or_init(|| {
            let signs = self.plain.char_indices().filter(|(_, c)| matches!(c, '“' | '”'));
            let mut open = 0;
            signs
                .map(|(at, c)| {
                    (at, {
                        open += if c == '“' { 1 } else { -1 };
                        open
                    })
                })
                .collect()
        });
        let signs = open.partition_point(|(sign, _)| *sign < at);
        signs.checked_sub(1).is_some_and(|last| open[last].1 > 0)
    }

    /// Whether a range of bytes is within a web address, which is no English: the address goes on after it.
    pub fn is_in_address(&self, range: &Range<usize>) -> bool {
        let blank = |c: char| c.is_whitespace();
        let head = self.before(range.start).rsplit(blank).next().unwrap_or_default();
        let begins = head.contains("://") || head.trim_start_matches(['(', '[', '“', '<']).starts_with("www.");
        let goes_on = |c: char| c.is_alphanumeric() || "/-_?=&#%~".contains(c);
        begins && !self.plain[range.clone()].contains(blank) && self.after(range.end).starts_with(goes_on)
    }

    /// Whether a range of bytes meets a change, apart from a space between them. Nobody reads what stands there as one
    /// text.
    pub fn is_changed(&self, range: &Range<usize>) -> bool {
        self.changes.iter().any(|change| change.start <= range.end + 1 && range.start <= change.end + 1)
    }

    /// Whether any of a range of bytes is in italics.
    pub fn is_italic(&self, range: &Range<usize>) -> bool {
        self.italics.iter().any(|italic| italic.start < range.end && range.start < italic.end)
    }

    /// Returns the italics at the beginning: the opening words of a paragraph.
    pub fn opening(&self) -> Option<&str> {
        self.italics.first().filter(|range| range.start == 0).map(|range| &self.plain[range.clone()])
    }

    /// Returns the range of the last word, with the punctuation that follows it.
    pub fn end(&self) -> Range<usize> {
        let text = self.plain.trim_end();
        let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
        text.len() - word.len()..text.len()
    }
}
