//! How paragraphs end.

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, Prose, operative, preambular};
use crate::diagnostic::Severity;
use crate::model::{Block, Kind, Language};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "preamble-ending",
        severity: Severity::Warning,
        asks: "End every preambular paragraph with a comma, including the last one.",
        source: "Editorial Manual, Resolutions; every genuine resolution.",
        breaks: "body: [preambular: '*Recalling* the past.']",
        keeps: "body: [preambular: '*Recalling* the past,']",
        languages: Languages::Alphabetic,
        needs: Needs::Text,
        check: preamble,
    },
    Rule {
        code: "operative-ending",
        severity: Severity::Warning,
        asks: "End an operative paragraph with a semicolon, or with a colon before sub-paragraphs.",
        source: "Editorial Manual, Resolutions; every genuine resolution.",
        breaks: "body: [operative: '*Notes* the past,', operative: '*Decides* to remain seized of the matter.']",
        keeps: "body: [operative: '*Notes* the past;', operative: '*Decides* to remain seized of the matter.']",
        languages: Languages::Alphabetic,
        needs: Needs::Document,
        check: operative_ending,
    },
    Rule {
        code: "operative-last",
        severity: Severity::Warning,
        asks: "End the last operative paragraph with a full stop.",
        source: "Editorial Manual, Resolutions; every genuine resolution.",
        breaks: "body: [operative: '*Decides* to remain seized of the matter;']",
        keeps: "body: [operative: '*Decides* to remain seized of the matter.']",
        languages: Languages::Alphabetic,
        needs: Needs::Document,
        check: operative_last,
    },
    Rule {
        code: "paragraph-ending",
        severity: Severity::Warning,
        asks: "End a paragraph of running text with a full stop, or with a colon if it introduces something.",
        source: "Every genuine letter, note and decision.",
        breaks: "symbol: A/84/12\nkind: letter\ndistribution: general\n-sponsors\nbody: [paragraph: I have the honour to transmit herewith the summary of the meeting on tides]",
        keeps: "symbol: A/84/12\nkind: letter\ndistribution: general\n-sponsors\nbody: [paragraph: I have the honour to transmit herewith the summary of the meeting on tides.]",
        languages: Languages::Alphabetic,
        needs: Needs::Text,
        check: paragraph,
    },
];

/// Quotation marks and brackets that may follow the final mark of a paragraph.
const CLOSING: [char; 7] = ['”', '’', '»', ')', ']', '"', '*'];

/// Returns the final mark of a text.
pub(super) fn last_mark(text: &str) -> Option<char> {
    let text = text.trim_end();
    let mark = text.chars().next_back()?;
    // “… Elections,” ends with a comma.
    let inner = text.trim_end_matches(CLOSING).chars().next_back()?;
    if CLOSING.contains(&mark) && matches!(inner, '.' | ',' | ';' | ':') && mark != ')' {
        Some(inner)
    } else {
        Some(mark)
    }
}

/// Reports that a text does not end with the wanted mark; if it ends with another mark, that can be fixed.
pub(super) fn wants(sink: &mut RuleSink, prose: &Prose, wanted: char, message: &str) {
    let text = prose.plain.trim_end();
    let end = prose.end();
    let name = match wanted {
        ',' => "a comma",
        ';' => "a semicolon",
        ':' => "a colon",
        _ => "a full stop",
    };
    match text.chars().next_back() {
        Some(mark @ ('.' | ',' | ';' | ':')) if !text.ends_with("..") => {
            let at = text.len() - mark.len_utf8();
            sink.fixed(
                prose,
                at..text.len(),
                message,
                format!("end it with {name}, not with “{mark}”"),
                &wanted.to_string(),
            );
        }
        _ => sink.words(prose, end, message, format!("end it with {name}")),
    }
}

fn preamble(manuscript: &Manuscript, sink: &mut RuleSink) {
    for section in manuscript.sections.iter().filter(|section| !section.annex) {
        for (path, passage) in section.passages(preambular) {
            let Some(prose) = manuscript.at(path.field("text")) else { continue };
            if passage.items.is_empty() && last_mark(&prose.plain) != Some(',') {
                wants(sink, prose, ',', "the preambular paragraph does not end with a comma");
            } else if !passage.items.is_empty() && !leads_on(manuscript, last_mark(&prose.plain)) {
                wants(sink, prose, ':', "the preambular paragraph does not introduce its sub-paragraphs with a colon");
            }
        }
    }
}

/// Whether an operative paragraph has opening words, unlike sentences of a declaration or of rules.
fn acts(prose: &Prose) -> bool {
    prose.opening().is_some()
}

/// Whether no operative paragraph continues the text after a block.
fn is_last(blocks: &[Block], index: usize) -> bool {
    blocks[index + 1..]
        .iter()
        .find(|block| !matches!(block, Block::Heading(_)))
        .is_none_or(|block| operative(block).is_none())
}

fn operative_ending(manuscript: &Manuscript, sink: &mut RuleSink) {
    for section in manuscript.sections.iter().filter(|section| !section.annex) {
        for (index, (path, block)) in section.blocks().enumerate() {
            let (Some(passage), Some(prose)) = (operative(block), manuscript.at(path.field("text"))) else {
                continue;
            };
            if !acts(prose) {
                continue;
            }
            let mark = last_mark(&prose.plain);
            if !passage.items.is_empty() {
                if !leads_on(manuscript, mark) {
                    wants(sink, prose, ':', "the paragraph does not introduce its sub-paragraphs with a colon");
                }
            } else if !is_last(section.blocks, index)
                && mark != Some(';')
                && !leads(section.blocks, index, mark)
                && !prose.plain.ends_with("; and")
            {
                wants(sink, prose, ';', "the operative paragraph does not end with a semicolon");
            }
        }
    }
}

/// Whether a paragraph may introduce its sub-paragraphs with a mark; in English a comma may not.
fn leads_on(manuscript: &Manuscript, mark: Option<char>) -> bool {
    matches!(mark, Some(':' | '—')) || mark == Some(',') && manuscript.document.language != Language::En
}

/// Whether a paragraph ends with a colon and introduces a block of another kind.
fn leads(blocks: &[Block], index: usize, mark: Option<char>) -> bool {
    mark == Some(':') && blocks.get(index + 1).is_some_and(|block| operative(block).is_none())
}

fn operative_last(manuscript: &Manuscript, sink: &mut RuleSink) {
    for section in manuscript.sections.iter().filter(|section| !section.annex) {
        for (index, (path, block)) in section.blocks().enumerate() {
            let (Some(passage), Some(prose)) = (operative(block), manuscript.at(path.field("text"))) else {
                continue;
            };
            if !acts(prose) || !passage.items.is_empty() || !is_last(section.blocks, index) {
                continue;
            }
            let more = section.blocks[index + 1..].iter().any(|block| operative(block).is_some());
            let mark = last_mark(&prose.plain);
            let fits = match mark {
                Some('.') => true,
                Some(':') => leads(section.blocks, index, mark),
                Some(';') => more,
                _ => false,
            };
            if !fits {
                wants(sink, prose, '.', "the last operative paragraph does not end with a full stop");
            }
        }
    }
}

fn paragraph(manuscript: &Manuscript, sink: &mut RuleSink) {
    const SHORTEST: usize = 40;
    // The lines of an agenda are not sentences.
    if manuscript.document.kind == Kind::Agenda {
        return;
    }
    let acts = manuscript.document.kind.acts();
    for section in &manuscript.sections {
        for (path, passage) in section.passages(Block::passage) {
            let block = path.entry("body").and_then(|(_, index)| section.blocks.get(index));
            let running = matches!(block, Some(Block::Paragraph(_) | Block::Numbered(_)));
            let Some(prose) = manuscript.at(path.field("text")) else { continue };
            // Addresses, names and formulas on lines of their own have no full stop.
            if !running || acts && section.annex || !passage.items.is_empty() || prose.plain.chars().count() < SHORTEST
            {
                continue;
            }
            let ends = prose.plain.trim_end_matches(CLOSING).ends_with(['.', ':', '?', '!', ';', ',', '…', '—']);
            if !ends
                && !prose.bold
                && prose.plain.contains(' ')
                && prose.opening().is_none_or(|italic| italic.len() < prose.plain.len())
            {
                wants(sink, prose, '.', "the paragraph does not end with a full stop");
            }
        }
    }
}
