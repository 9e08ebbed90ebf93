//! Prepares the blocks of a body: labels, numbers, runs.

use std::collections::BTreeMap;

use super::designation::Designation;
use super::notes::Notes;
use super::prepared::{Block, Role, Run, Runs};
use super::tables::{figure, table};
use super::words::{Words, fill, roman as numeral};
use crate::model::{self, Adjustment, Document, Heading, Inline, Item, Number, Passage, Path, Text};

/// The next numbers of the body's paragraphs; each annex has its own.
#[derive(Default)]
struct Count {
    operative: usize,
    numbered: usize,
}

/// The blocks of a body.
#[derive(Default)]
pub(super) struct Body {
    pub blocks: Vec<Block>,
    /// The adjustments of the blocks, by index.
    pub adjusted: BTreeMap<usize, Adjustment>,
    /// Their paths in the model.
    pub paths: Vec<Path>,
}

impl Body {
    fn push(&mut self, path: &Path, layout: &Adjustment, block: Block) {
        if !layout.is_empty() {
            self.adjusted.insert(self.blocks.len(), layout.clone());
        }
        self.blocks.push(block);
        self.paths.push(path.clone());
    }

    /// Inserts a block without adjustments before another.
    fn insert(&mut self, at: usize, block: Block) {
        let later = self.adjusted.split_off(&at);
        self.adjusted.extend(later.into_iter().map(|(number, layout)| (number + 1, layout)));
        self.blocks.insert(at, block);
        self.paths.insert(at, Path::default());
    }
}

/// The closing lines of an adopted text.
pub(super) struct Closing {
    /// Those of the document.
    pub all: Vec<Text>,
    /// Those of each part.
    pub parts: Vec<Vec<Text>>,
}

/// Prepares the blocks of a document: its body, and its parts one after the other, each with its closing
/// lines, and the closing lines of the document at the end.
pub(super) fn body<'d>(document: &'d Document, closing: &Closing, words: &Words, notes: &mut Notes<'d>) -> Body {
    let mut out = Body::default();
    section(
        &document.body,
        &Path::from("body"),
        if document.parts.is_empty() { &closing.all } else { &[] },
        words,
        notes,
        &mut out,
    );
    for (index, (part, own)) in document.parts.iter().zip(&closing.parts).enumerate() {
        let at = Path::from("parts").index(index);
        notes.begin(index, &part.footnotes);
        let mut heads = part.letter.iter().chain(&part.title).map(|text| notes.runs(text));
        if let Some(heading) = heads.next() {
            let block = Block::Part { heading, title: heads.next(), depth: 0, level: PART_LEVEL };
            out.push(&at, &part.layout, block);
        }
        let all = closing.all.iter().filter(|_| index + 1 == document.parts.len());
        let lines: Vec<Text> = own.iter().chain(all).cloned().collect();
        section(&part.body, &at.field("body"), &lines, words, notes, &mut out);
    }
    for block in &mut out.blocks {
        if let Block::Annex { new_page, level, .. } = block {
            *level = if *new_page || document.kind.is_adopted() { 2 } else { 3 };
        }
    }
    out
}

/// The level of the letter and the title of a part: 12 points, like the title of the document. In the UN's
/// files they start at the same position (two tabs, where number and title have one each).
const PART_LEVEL: u8 = 2;

/// Prepares blocks, with the closing lines of an adopted text before its annexes.
fn section<'d>(
    blocks: &'d [model::Block],
    at: &Path,
    closing: &[Text],
    words: &Words,
    notes: &mut Notes<'d>,
    out: &mut Body,
) {
    let first = out.blocks.len();
    all(blocks, at, words, notes, out);
    if !closing.is_empty() {
        let lines = closing.iter().map(|line| notes.runs_of(&words.ordinals_raised(line.pieces()))).collect();
        let annexes = out.blocks[first..].iter().position(|block| matches!(block, Block::Annex { .. }));
        out.insert(annexes.map_or(out.blocks.len(), |at| first + at), Block::Closing { lines });
    }
}

fn all<'d>(blocks: &'d [model::Block], at: &Path, words: &Words, notes: &mut Notes<'d>, out: &mut Body) {
    let mut count = Count::default();
    let numerals = blocks.iter().filter(|block| match block {
        model::Block::Heading(heading) => begun(&heading.text).is_some_and(|(first, _)| roman(first)),
        _ => false,
    });
    let series = numerals.count() > 1;
    for (index, block) in blocks.iter().enumerate() {
        let at = &at.index(index);
        match block {
            model::Block::Enacting(p) => passage(p, at, Role::Enacting, None, words, notes, out),
            model::Block::Preambular(p) => passage(p, at, Role::Preambular, None, words, notes, out),
            model::Block::Operative(p) => {
                let number = numbered(&p.number, &mut count.operative, words);
                passage(p, at, Role::Operative, number, words, notes, out);
            }
            model::Block::Paragraph(p) => passage(p, at, Role::Paragraph, None, words, notes, out),
            model::Block::Numbered(p) => {
                let number = numbered(&p.number, &mut count.numbered, words);
                passage(p, at, Role::Numbered, number, words, notes, out);
            }
            model::Block::Quote(p) => passage(p, at, Role::Quote, None, words, notes, out),
            model::Block::Heading(h) => out.push(at, &h.layout, heading(h, series, words, notes)),
            model::Block::Annex(annex) => {
                let usual = || match &annex.number {
                    Some(number) => Designation::new(&words.numbered(&words.annex, number)).runs().clone(),
                    None => vec![Run::text(&words.annex)],
                };
                let heading = annex.heading.as_ref().map(|heading| notes.runs_of(heading.pieces()));
                let block = Block::Annex {
                    heading: heading.unwrap_or_else(usual),
                    depth: 0,
                    title: annex.title.as_ref().map(|title| notes.runs_of(title.pieces())),
                    new_page: annex.new_page.unwrap_or(true),
                    level: 0,
                };
                out.push(at, &annex.layout, block);
                all(&annex.body, &at.field("body"), words, notes, out);
            }
            model::Block::Signature(signature) => {
                let first = std::iter::once(&signature.text);
                let lines = first.chain(&signature.lines).map(|line| notes.runs_of(line.pieces())).collect();
                out.push(at, &signature.layout, Block::Signature { lines });
            }
            model::Block::Table(t) => out.push(at, &t.layout, table(t, words, notes)),
            model::Block::Figure(f) => out.push(at, &f.layout, figure(f, words, notes)),
            model::Block::Vote(v) => vote(v, at, words, notes, out),
        }
    }
}

/// Prepares a heading. A designation, either given or at the beginning of the text
/// ("VIII. Cooperation"), goes before the text; a bare Roman numeral at the beginning, if it is one of a
/// series, goes above it (measured: A/C.2/80/L.42, A/C.5/80/L.19).
fn heading(heading: &model::Heading, series: bool, words: &Words, notes: &mut Notes) -> Block {
    let Heading { level, number, text, .. } = heading;
    let split = begun(text).filter(|(first, rest)| {
        number.is_none() && designates(first, series) && rest.starts_with(|c: char| c.is_uppercase())
    });
    let runs = match split {
        None => notes.runs_of(text.pieces()),
        Some((_, rest)) => {
            let begin = Inline::plain(rest);
            notes.runs_of(&[&[begin], &text.pieces()[1..]].concat())
        }
    };
    Block::Heading {
        level: *level,
        depth: 0,
        number: split
            .map(|(first, _)| first.to_owned())
            .or(number.as_ref().map(|number| stopped(number, words)))
            .map(|number| Designation::new(&number)),
        stacked: split.is_some_and(|(first, _)| !first.ends_with('.')),
        runs,
    }
}

/// Returns the first word of a text and what follows it, up to where the style changes.
fn begun(text: &Text) -> Option<(&str, &str)> {
    text.pieces().first().filter(|first| first.is_plain())?.text()?.split_once(' ')
}

/// Whether a word is a designation: "IV." "B." "3." or, in a series, "IV".
fn designates(word: &str, series: bool) -> bool {
    let letter = |text: &str| text.len() == 1 && text.starts_with(|c: char| c.is_ascii_uppercase());
    let figures = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    (series && roman(word)) || word.strip_suffix('.').is_some_and(|bare| roman(bare) || letter(bare) || figures(bare))
}

/// Whether a word is a Roman numeral below 400.
fn roman(word: &str) -> bool {
    !word.is_empty()
        && word.chars().all(|c| "IVXLC".contains(c))
        && (1..400).any(|number| numeral(number).to_uppercase() == word)
}

/// Returns what is printed as the number of a paragraph; the count continues from a number that is set.
pub(crate) fn numbered(number: &Number, count: &mut usize, words: &Words) -> Option<String> {
    match number {
        Number::Unnumbered => None,
        Number::Set(label) => {
            // The next one continues from a number that was set.
            if let Ok(value) = label.trim_end_matches(|c: char| !c.is_ascii_digit()).parse::<u16>() {
                *count = value.into();
            }
            Some(stopped(label, words))
        }
        Number::Next => {
            *count += 1;
            Some(fill(&words.number, &count.to_string()))
        }
    }
}

/// Returns a number with its full stop, unless punctuation follows already.
pub(crate) fn stopped(number: &str, words: &Words) -> String {
    if number.ends_with(char::is_alphanumeric) { fill(&words.number, number) } else { number.to_owned() }
}

fn passage(
    passage: &Passage,
    at: &Path,
    role: Role,
    label: Option<String>,
    words: &Words,
    notes: &mut Notes,
    out: &mut Body,
) {
    let runs = notes.runs_of(passage.text.pieces());
    let label = label.as_deref().map(Designation::new);
    out.push(at, &passage.layout, Block::Paragraph { role, level: 0, label, runs });
    items(&passage.items, at, 1, words, notes, out);
    continued(&passage.continuation, at, 0, notes, out);
}

fn items(list: &[Item], at: &Path, level: u8, words: &Words, notes: &mut Notes, out: &mut Body) {
    for (index, item) in list.iter().enumerate() {
        let at = &at.field("items").index(index);
        let label = item.label.as_deref().map(Designation::new);
        let label = label.unwrap_or_else(|| Designation::new(&words.label(level, index)));
        let runs = notes.runs_of(item.text.pieces());
        out.push(at, &item.layout, Block::Paragraph { role: Role::Item, level, label: Some(label), runs });
        items(&item.items, at, level + 1, words, notes, out);
        continued(&item.continuation, at, level, notes, out);
    }
}

fn continued(texts: &[Text], at: &Path, level: u8, notes: &mut Notes, out: &mut Body) {
    for (index, text) in texts.iter().enumerate() {
        let runs = notes.runs_of(text.pieces());
        let block = Block::Paragraph { role: Role::Continued, level, label: None, runs };
        out.push(&at.field("continue").index(index), &Adjustment::default(), block);
    }
}

fn vote(vote: &model::Vote, at: &Path, words: &Words, notes: &mut Notes, out: &mut Body) {
    let mut layout = vote.layout.clone();
    let mut push = |role, runs| {
        out.push(at, &layout, Block::Paragraph { role, level: 0, label: None, runs });
        // The page begins with the first of them.
        layout.page_break = None;
    };
    if let Some(text) = &vote.text {
        push(Role::Paragraph, notes.runs_of(text.pieces()));
    }
    let groups = [&vote.in_favour, &vote.against, &vote.abstaining];
    for (heading, states) in words.votes.iter().zip(groups) {
        if states.is_empty() {
            continue;
        }
        let mut runs: Runs = vec![Run::slanted(format!("{heading}{}", words.colon))];
        runs.push(Run::text(&words.gap));
        for (index, state) in states.iter().enumerate() {
            if index > 0 {
                runs.push(Run::text(&words.comma));
            }
            runs.extend(notes.runs_of(state.pieces()));
        }
        push(Role::Voters, runs);
    }
}
