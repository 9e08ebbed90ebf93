//! Every note begins on the page of its mark, wherever that is, in every language.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use crate::diagnostic::Source;
use crate::prepare::{Block, Prepared, Run};
use crate::typeset::{Lines, Press, read_back};
use crate::{Format, Job, Rendition, render};

const LANGUAGES: [(&str, &str); 6] = [
    ("en", "the tide tables of harbours and the observations of gauges in concern "),
    ("fr", "les annuaires des marées des ports et les observations des marégraphes "),
    ("es", "las tablas de mareas de los puertos y las observaciones de los mareógrafos "),
    ("ru", "таблицы приливов в гаванях и наблюдения за уровнем моря на побережье "),
    ("zh", "各港潮汐表及各国沿海验潮站的观测数据，"),
    ("ar", "جداول المد والجزر في الموانئ وأرصاد محطات قياس منسوب البحر "),
];
const PLACES: usize = 14;

/// A document with random parts that may have a mark, and with texts and
/// notes of many lengths.
struct Draft {
    state: usize,
    words: &'static str,
    notes: Vec<String>,
}

impl Draft {
    fn below(&mut self, end: usize) -> usize {
        self.state = (self.state * 1_103_515_245 + 12_345) % 2_147_483_648;
        (self.state >> 8) % end
    }

    fn text(&mut self, most: usize) -> String {
        let many = self.below(most) + 1;
        let characters: Vec<char> = self.words.chars().cycle().take(many).collect();
        characters.into_iter().collect::<String>().trim().to_owned()
    }

    fn mark(&mut self) -> String {
        let long = if self.below(8) == 0 { 1500 } else { 300 };
        let note = self.text(long);
        self.notes.push(format!("{note}."));
        format!("[^{}]", self.notes.len())
    }

    /// Creates a text with a mark, in the middle or at the end.
    fn marked(&mut self, most: usize) -> String {
        let (one, other) = (self.text(most), self.text(most));
        let mark = self.mark();
        match self.below(3) {
            0 => format!("{one}{mark}"),
            1 => format!("{one}{mark} {other}"),
            _ => format!("{one} {other}{mark}{}", self.mark()),
        }
    }

    fn block(&mut self, place: usize) -> String {
        match place {
            0 => format!("- heading: {{level: 2, number: I, text: '{}'}}\n", self.marked(60)),
            1 => format!("- heading: {{level: 3, text: '{}'}}\n", self.marked(60)),
            2 => format!("- heading: {{level: 4, text: '{}'}}\n", self.marked(60)),
            3 => format!("- paragraph: '{}'\n", self.marked(900)),
            4 => format!("- numbered: '{}'\n", self.marked(900)),
            5 => format!(
                "- numbered: {{text: '{}:', items: ['{};', '{}.']}}\n",
                self.text(90),
                self.marked(300),
                self.marked(300)
            ),
            6 => format!("- quote: '{}'\n", self.marked(900)),
            7 => format!("- table: {{title: '{}', header: [[A, B]], rows: {}}}\n", self.marked(60), self.rows(false)),
            8 => format!("- table: {{header: [[A, 'B{}']], rows: {}}}\n", self.mark(), self.rows(false)),
            9 => format!("- table: {{title: T, header: [[A, B]], rows: {}}}\n", self.rows(true)),
            10 => format!("- figure: {{title: '{}', image: f.svg, description: D}}\n", self.marked(60)),
            11 => format!("- annex: {{title: '{}', new_page: false, body: [paragraph: x]}}\n", self.marked(60)),
            12 => format!("- signature: {{text: '{}', lines: ['{}']}}\n", self.marked(20), self.marked(20)),
            _ => format!("- table: {{header: [[A, B]], rows: {}}}\n", self.spanned()),
        }
    }

    fn rows(&mut self, marked: bool) -> String {
        let rows: Vec<String> = (0..self.below(30) + 2)
            .map(|_| {
                let text = self.text(60);
                let mark = if marked && self.below(4) == 0 { self.mark() } else { String::new() };
                format!("['{text}', '1{mark}']")
            })
            .collect();
        format!("[{}]", rows.join(", "))
    }

    fn spanned(&mut self) -> String {
        let rows: Vec<String> = (0..self.below(15) + 2)
            .map(|_| format!("[{{text: '{}', rows: 2}}, '1'], ['2{}']", self.text(60), self.mark()))
            .collect();
        format!("[{}]", rows.join(", "))
    }
}

fn draft(language: usize, place: usize, seed: usize) -> String {
    let (code, words) = LANGUAGES[language];
    let mut draft = Draft { state: seed, words, notes: Vec::new() };
    let mut body = String::new();
    for _ in 0..8 {
        let before = draft.text(1400);
        body += &format!("- numbered: '{before}.'\n");
        if draft.below(3) == 0 {
            body += &format!("- heading: {{level: 2, text: '{}'}}\n", draft.text(40));
        }
        body += &draft.block(place);
    }
    let notes: String = (1..).zip(&draft.notes).map(|(mark, note)| format!("  '{mark}': '{note}'\n")).collect();
    format!(
        "symbol: A/86/903\nkind: report\nlanguage: {code}\ndate: 2031-10-27\ntitle: T\nbody:\n{body}footnotes:\n{notes}"
    )
}

fn rendered(press: &Press, yaml: &str, lines: Lines) -> Rendition {
    let source = Source::new("draft.yaml", yaml);
    let picture = |_: &str| {
        Ok(br#"<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><path d="M0 0h90v60H0z"/></svg>"#
            .to_vec())
    };
    let job = Job { lines, picture: &picture, ..Job::new(&source, Format::Yaml) };
    render(press, &job).unwrap_or_else(|findings| panic!("{}\n{yaml}", findings[0]))
}

/// Returns the violations, found from the texts alone: marks are small and raised, and the texts of notes
/// have the names of their parts.
fn parted(rendition: &Rendition) -> Vec<String> {
    let mut marks: Vec<(usize, String)> = Vec::new();
    let mut notes: BTreeMap<usize, usize> = BTreeMap::new();
    for piece in read_back(&rendition.pages).into_iter().flat_map(|page| page.texts) {
        if let Some(note) = piece.part.strip_prefix("note/") {
            notes.entry(note.parse().unwrap()).or_insert(piece.page);
        } else if piece.part.starts_with("body/") && piece.size < 7.0 {
            marks.push((piece.page, piece.text.chars().filter(char::is_ascii_digit).collect()));
        }
    }
    let of = |note: usize| &rendition.prepared.notes[note].mark;
    let alone = notes.iter().filter(|(note, page)| !marks.contains(&(**page, of(**note).clone())));
    let parted = alone.map(|(note, page)| format!("note {} begins on page {page}", of(*note)));
    let lost = (0..rendition.prepared.notes.len()).filter(|note| !notes.contains_key(note));
    parted.chain(lost.map(|note| format!("note {} is not printed", of(note)))).collect()
}

fn sweep(lines: Lines, seeds: std::ops::Range<usize>, languages: &[usize]) {
    let press = Press::new([]).unwrap();
    let mut wrong = Vec::new();
    for language in languages {
        for place in 0..PLACES {
            for seed in seeds.clone() {
                let rendition = rendered(&press, &draft(*language, place, seed * PLACES + place), lines);
                let parted = parted(&rendition);
                if !parted.is_empty() {
                    wrong.push(format!("{} {place} {seed}: {}", LANGUAGES[*language].0, parted.join(", ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} documents:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn notes_share_the_pages_of_their_marks() {
    sweep(Lines::Official, 1..2, &[0, 1, 2, 3, 4, 5]);
}

#[test]
fn where_the_engine_ends_the_lines_too() {
    sweep(Lines::Engine, 4..5, &[0]);
}

#[test]
#[ignore = "takes minutes"]
fn notes_share_the_pages_of_their_marks_in_many_documents() {
    sweep(Lines::Official, 5..8, &[0, 1, 2, 3, 4, 5]);
}

/// With such a note, a heading has no room for the text after it.
#[test]
fn a_heading_with_a_long_note_stays_with_it() {
    let press = Press::new([]).unwrap();
    for (code, words) in LANGUAGES {
        for lines in (30..62).step_by(4) {
            let note: String = words.chars().cycle().take(lines * if code == "zh" { 40 } else { 88 }).collect();
            let text: String = words.chars().cycle().take(600).collect();
            let yaml = format!(
                "symbol: A/86/903\nkind: report\nlanguage: {code}\ndate: 2031-10-27\ntitle: T\nbody:\n\
                 - table: {{rows: [[A]]}}\n- paragraph: '{text}.'\n- heading: {{level: 2, text: 'A[^1]'}}\n\
                 - paragraph: '{text}.'\nfootnotes: {{1: '{note}'}}\n"
            );
            assert_eq!(parted(&rendered(&press, &yaml, Lines::Official)), [""; 0], "{code}, {lines} lines");
        }
    }
}

/// Every character of the body is printed once where paragraphs and tables continue on other pages.
#[test]
fn nothing_is_lost_where_a_page_is_begun() {
    fn letters(runs: &[Run]) -> String {
        let texts = runs.iter().filter_map(|run| match run {
            Run::Text { text, raised: false, .. } => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }
    fn said(prepared: &Prepared) -> String {
        let texts = prepared.body.iter().map(|block| match block {
            Block::Paragraph { label, runs, .. } => {
                label.as_ref().map(ToString::to_string).unwrap_or_default() + &letters(runs)
            }
            _ => String::new(),
        });
        texts.collect::<String>().replace(char::is_whitespace, "")
    }
    let press = Press::new([]).unwrap();
    for language in [0, 4] {
        for seed in 1..4 {
            let rendition = rendered(&press, &draft(language, 4, seed), Lines::Official);
            let pieces = read_back(&rendition.pages).into_iter().flat_map(|page| page.texts);
            let body = pieces.filter(|piece| {
                let block = piece.part.strip_prefix("body/").and_then(|index| index.parse::<usize>().ok());
                let block = block.map(|index| &rendition.prepared.body[index]);
                piece.size > 7.0 && matches!(block, Some(Block::Paragraph { .. }))
            });
            let printed: String = body.map(|piece| piece.text.replace(char::is_whitespace, "")).collect();
            assert!(printed == said(&rendition.prepared), "{language} {seed}");
        }
    }
}
