//! Repeated openings: "Recalling", "Recalling also", "Recalling further".

use super::openings::head;
use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, Prose, operative, preambular};
use crate::diagnostic::Severity;
use crate::model::symbol::Organ;
use crate::model::{Block, Passage};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "preamble-repeated",
        severity: Severity::Warning,
        asks: "Add “also” to a preambular opening that repeats the one before it, and “further” to the next; the Security Council repeats its openings.",
        source: "Editorial Manual, Resolutions; genuine resolutions of the General Assembly.",
        breaks: "body: [preambular: '*Recalling* the past,', preambular: '*Recalling* the tides,']",
        keeps: "body: [preambular: '*Recalling* the past,', preambular: '*Recalling also* the tides,']",
        languages: Languages::English,
        needs: Needs::Document,
        check: preamble,
    },
    Rule {
        code: "operative-repeated",
        severity: Severity::Hint,
        asks: "Add “also” to an operative opening that repeats the one before it, and “further” to the next, where both ask the same of the same addressee.",
        source: "Editorial Manual, Resolutions; many genuine resolutions repeat a verb when they turn to somebody else.",
        breaks: "body: [operative: '*Requests* a report;', operative: '*Requests* another.']",
        keeps: "body: [operative: '*Requests* a report;', operative: '*Also requests* another.']",
        languages: Languages::English,
        needs: Needs::Document,
        check: operative_repeated,
    },
    Rule {
        code: "also-without-first",
        severity: Severity::Warning,
        asks: "Use “also” and “further” in an opening only if the paragraph before begins with the same verb, and “further” only after “also”.",
        source: "Editorial Manual, Resolutions; genuine resolutions of the General Assembly.",
        breaks: "body: [operative: '*Notes* the past;', operative: '*Also requests* a report.']",
        keeps: "body: [operative: '*Requests* the past;', operative: '*Also requests* a report.']",
        languages: Languages::English,
        needs: Needs::Document,
        check: also,
    },
    Rule {
        code: "also-place",
        severity: Severity::Warning,
        asks: "Put “also” and “further” after the word in the preamble, “Recalling also”, and before it in operative paragraphs, “Also recalls”.",
        source: "Editorial Manual, Resolutions; genuine resolutions of the General Assembly.",
        breaks: "body: [operative: '*Recalls* the past;', operative: '*Recalls also* the tides.']",
        keeps: "body: [operative: '*Recalls* the past;', operative: '*Also recalls* the tides.']",
        languages: Languages::English,
        needs: Needs::Text,
        check: also_place,
    },
];

/// Whether a row of paragraphs continues after such a block: running text, a quotation or a table.
fn interrupts(block: &Block) -> bool {
    matches!(block, Block::Paragraph(_) | Block::Numbered(_) | Block::Quote(_) | Block::Table(_) | Block::Figure(_))
}

/// Returns the paragraphs of a kind, in rows not interrupted by a heading or a paragraph of another kind.
fn rows<'m, 'd>(manuscript: &'m Manuscript<'d>, kind: fn(&Block) -> Option<&Passage>) -> Vec<Vec<&'m Prose<'d>>> {
    let mut rows = vec![Vec::new()];
    for section in manuscript.sections.iter().filter(|section| !section.annex) {
        for (path, block) in section.blocks() {
            if kind(block).is_some() {
                let prose = manuscript.at(path.field("text"));
                if let Some(row) = rows.last_mut() {
                    row.extend(prose);
                }
            } else if !interrupts(block) && rows.last().is_some_and(|row| !row.is_empty()) {
                rows.push(Vec::new());
            }
        }
    }
    rows
}

/// The Security Council repeats its openings.
fn silent(manuscript: &Manuscript) -> bool {
    manuscript.organ() == Some(Organ::SecurityCouncil)
}

fn opening<'p>(prose: &'p Prose) -> Option<&'p str> {
    prose.opening().map(|words| words.trim_end_matches([' ', ',']))
}

fn repeated(manuscript: &Manuscript, sink: &mut RuleSink, kind: fn(&Block) -> Option<&Passage>, hint: &str) {
    if silent(manuscript) {
        return;
    }
    for row in rows(manuscript, kind) {
        for pair in row.windows(2) {
            if let (Some(before), Some(again)) = (opening(pair[0]), opening(pair[1]))
                && before == again
            {
                let message = format!("“{again}” opens two paragraphs in a row");
                sink.words(pair[1], 0..again.len(), message, hint);
            }
        }
    }
}

fn preamble(manuscript: &Manuscript, sink: &mut RuleSink) {
    repeated(manuscript, sink, preambular, "write “also” after it, and “further” the third time");
}

fn operative_repeated(manuscript: &Manuscript, sink: &mut RuleSink) {
    repeated(manuscript, sink, operative, "write “Also” before it, and “Further” the third time, if the same is asked");
}

fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|other| other.eq_ignore_ascii_case(word))
}

fn also(manuscript: &Manuscript, sink: &mut RuleSink) {
    if silent(manuscript) {
        return;
    }
    for kind in [preambular as fn(&Block) -> Option<&Passage>, operative] {
        for row in rows(manuscript, kind) {
            let openings: Vec<(&Prose, &str)> =
                row.iter().filter_map(|prose| Some((*prose, opening(prose)?))).collect();
            for (index, (prose, words)) in openings.iter().enumerate() {
                let (also, further) = (has(words, "also"), has(words, "further"));
                // Inside an opening, “further” qualifies something else.
                let edge = |word: &str| {
                    let small = words.to_lowercase();
                    small.starts_with(&format!("{word} ")) || small.ends_with(&format!(" {word}"))
                };
                if !also && !edge("further") {
                    continue;
                }
                let verb = head(words).map(|(verb, _)| verb);
                let before = index.checked_sub(1).map(|before| openings[before].1);
                let same = before.is_some_and(|before| head(before).map(|(verb, _)| verb) == verb);
                let adverb = if also { "also" } else { "further" };
                if !same {
                    let message =
                        format!("“{words}” has “{adverb}”, but the paragraph before does not begin with the same word");
                    sink.words(
                        prose,
                        0..words.len(),
                        message,
                        format!("remove “{adverb}”, or move the paragraph after one that begins with that word"),
                    );
                } else if further && !also && before.is_some_and(|before| !has(before, "also")) {
                    let message = format!("“{words}” has “further”, but the paragraph before has no “also”");
                    sink.words(prose, 0..words.len(), message, "write “also” the second time and “further” the third");
                } else if also && before.is_some_and(|before| has(before, "also") && before.eq_ignore_ascii_case(words))
                {
                    sink.words(
                        prose,
                        0..words.len(),
                        format!("“{words}” opens two paragraphs in a row"),
                        "write “further” the third time",
                    );
                }
            }
        }
    }
}

fn also_place(manuscript: &Manuscript, sink: &mut RuleSink) {
    if silent(manuscript) {
        return;
    }
    for (kind, first) in [(preambular as fn(&Block) -> Option<&Passage>, false), (operative, true)] {
        for prose in rows(manuscript, kind).into_iter().flatten() {
            let Some(words) = opening(prose) else { continue };
            let begins = ["Also ", "Further "].iter().any(|adverb| words.starts_with(adverb));
            let within = !begins && (has(words, "also") || has(words, "further"));
            if first && within || !first && begins {
                let hint = if first {
                    "write “Also” or “Further” before the verb"
                } else {
                    "write “also” or “further” after the word"
                };
                sink.words(prose, 0..words.len(), format!("misplaced adverb in “{words}”"), hint);
            }
        }
    }
}
