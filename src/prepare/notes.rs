//! Turns inline text into runs, and numbers footnotes in the order of their first reference.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::links::{Leads, Own, links_of};
use super::prepared::{Note, Run, Runs};
use super::words::Words;
use crate::model::{Change, Document, Inline, Language, Named, Path, Text};

/// The footnotes met so far.
pub(super) struct Notes<'d> {
    texts: &'d Named<Text>,
    /// The footnotes of the current part, and the index of the part.
    of_part: Option<(usize, &'d Named<Text>)>,
    /// The notes of the current table.
    of_table: Option<&'d Named<Text>>,
    language: Language,
    leads: Leads<'d>,
    words: &'d Words,
    own: Own,
    /// Marks in the source, of the document or of a part, with the index of their note in `notes`.
    met: FxHashMap<(Option<usize>, &'d str), usize>,
    notes: Vec<Note>,
    /// Their paths in the model.
    paths: Vec<Path>,
    numbers: usize,
}

impl<'d> Notes<'d> {
    /// Creates the notes of a document.
    pub fn new(document: &'d Document, words: &'d Words) -> Self {
        let Document { footnotes: texts, language, .. } = document;
        let (own, leads) = (Own::of(document), Leads::of(document));
        let (met, notes, paths) = (FxHashMap::default(), Vec::new(), Vec::new());
        let (of_part, of_table, language) = (None, None, *language);
        Self { texts, of_part, of_table, language, leads, words, own, met, notes, paths, numbers: 0 }
    }

    /// Begins a part. Its marks refer to its own notes first, then to those of the document.
    pub fn begin(&mut self, part: usize, texts: &'d Named<Text>) {
        self.of_part = Some((part, texts));
    }

    /// Begins a table, whose marks refer to its own notes first; none, after it.
    pub fn table(&mut self, texts: Option<&'d Named<Text>>) {
        self.of_table = texts;
    }

    /// Returns the runs of a text.
    pub fn runs(&mut self, text: &Text) -> Runs {
        self.runs_of(text.pieces())
    }

    /// Returns the runs of pieces of a text.
    pub fn runs_of(&mut self, pieces: &[Inline]) -> Runs {
        let dated: Vec<Cow<str>> =
            pieces.iter().map(|piece| self.words.dates_joined(piece.text().unwrap_or_default())).collect();
        let said: Vec<_> = pieces.iter().map(Inline::change).zip(dated.iter().map(Cow::as_ref)).collect();
        let links = links_of(&said, self.leads);
        let mut runs = Runs::with_capacity(pieces.len());
        let mut at = 0;
        for (piece, text) in pieces.iter().zip(&dated) {
            match *piece {
                Inline::Note { ref mark, change } => self.reference(mark, change, &mut runs),
                Inline::Text { italic, bold, raised, change, ref address, .. } => {
                    let from = at;
                    at += text.len();
                    for (stretch, link) in cut(text, from, &links, address.as_deref()) {
                        let link = link.filter(|address| !self.own.is_at(address)).map(str::to_owned);
                        runs.push(Run::Text { text: stretch.to_owned(), italic, bold, raised, change, link });
                    }
                }
            }
        }
        runs
    }

    /// Returns a reference to the note of that mark. A mark without a text is printed as it
    /// is: `check` refuses such documents.
    fn reference(&mut self, mark: &str, change: Option<Change>, runs: &mut Runs) {
        if let Some(Run::Note { change: before, .. } | Run::Text { raised: true, italic: true, change: before, .. }) =
            runs.last()
        {
            let (text, change) = (", ".into(), change.filter(|_| *before == change));
            runs.push(Run::Text { text, italic: false, bold: false, raised: true, change, link: None });
        }
        if self.of_table.is_some_and(|texts| texts.contains_key(mark)) {
            let text = mark.to_owned();
            runs.push(Run::Text { text, italic: true, bold: false, raised: true, change, link: None });
            return;
        }
        let own = self.of_part.and_then(|(part, texts)| Some((Some(part), texts.get_key_value(mark)?)));
        let given = own.or_else(|| Some((None, self.texts.get_key_value(mark)?)));
        let Some((part, (mark, text))) = given else {
            let text = format!("[^{mark}]");
            runs.push(Run::Text { text, italic: false, bold: false, raised: false, change, link: None });
            return;
        };
        if let Some(&note) = self.met.get(&(part, mark.as_str())) {
            runs.push(Run::Note { note, again: true, change });
            return;
        }
        let starred = mark.chars().all(|c| c == '*');
        if !starred {
            self.numbers += 1;
        }
        let note = self.notes.len();
        self.met.insert((part, mark), note);
        self.notes
            .push(Note { mark: if starred { mark.clone() } else { self.numbers.to_string() }, runs: Runs::new() });
        let holder = part.map_or_else(Path::default, |part| Path::from("parts").index(part));
        self.paths.push(holder.field("footnotes").field(mark.clone()));
        let mut text = self.runs_of(text.pieces());
        // In Arabic, a note in Latin letters keeps its full stop on the correct side.
        let arabic =
            |run: &Run| matches!(run, Run::Text { text, .. } if text.contains(|c| matches!(c, '\u{600}'..='\u{6ff}')));
        if self.language == Language::Ar && !text.iter().any(arabic) {
            text.push(Run::text("\u{200e}"));
        }
        self.notes[note].runs = text;
        runs.push(Run::Note { note, again: false, change });
    }

    /// Returns the notes, and their paths in the model.
    pub fn finish(self) -> (Vec<Note>, Vec<Path>) {
        (self.notes, self.paths)
    }
}

/// Splits a text, which begins at `from` in the whole text, where links begin and end.
pub(crate) fn cut<'t>(
    text: &'t str,
    from: usize,
    links: &'t [(std::ops::Range<usize>, String)],
    address: Option<&'t str>,
) -> Vec<(&'t str, Option<&'t str>)> {
    if address.is_some() {
        return vec![(text, address)];
    }
    let mut stretches = Vec::new();
    let mut done = 0;
    let first = links.partition_point(|(range, _)| range.end <= from);
    for (range, to) in links[first..].iter().take_while(|(range, _)| range.start < from + text.len()) {
        let start = range.start.saturating_sub(from).max(done);
        let end = range.end.saturating_sub(from).min(text.len());
        if start >= end {
            continue;
        }
        stretches.push((&text[done..start], None));
        stretches.push((&text[start..end], Some(to.as_str())));
        done = end;
    }
    stretches.push((&text[done..], None));
    stretches.retain(|(stretch, _)| !stretch.is_empty());
    stretches
}
