//! The enacting words: "*The General Assembly*,".

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, enacting, operative, preambular};
use crate::diagnostic::{Edit, Severity};
use crate::model::symbol::Organ;
use crate::model::{Block, Kind, Path};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "enacting-missing",
        severity: Severity::Warning,
        asks: "Begin a resolution with the enacting words, the name of the organ.",
        source: "Every genuine resolution.",
        breaks: "body: [preambular: '*Recalling* the past,', operative: '*Decides* to remain seized of the matter.']",
        keeps: "body: [enacting: '*The General Assembly*,', preambular: '*Recalling* the past,', operative: '*Decides* to remain seized of the matter.']",
        languages: Languages::All,
        needs: Needs::Document,
        check: missing,
    },
    Rule {
        code: "enacting-organ",
        severity: Severity::Warning,
        asks: "The enacting words must name the organ that acts; in drafts before a Main Committee it is the General Assembly.",
        source: "Every genuine resolution.",
        breaks: "body: [enacting: '*The Security Council*,', operative: '*Decides* to remain seized of the matter.']",
        keeps: "body: [enacting: '*The General Assembly*,', operative: '*Decides* to remain seized of the matter.']",
        languages: Languages::English,
        needs: Needs::Document,
        check: organ,
    },
    Rule {
        code: "enacting-form",
        severity: Severity::Warning,
        asks: "Set the enacting words in italics, followed by a comma in roman.",
        source: "Editorial Manual, Resolutions; genuine resolutions.",
        breaks: "body: [enacting: 'The General Assembly,', operative: '*Decides* to remain seized of the matter.']",
        keeps: "body: [enacting: '*The General Assembly*,', operative: '*Decides* to remain seized of the matter.']",
        languages: Languages::English,
        needs: Needs::Text,
        check: form,
    },
    Rule {
        code: "enacting-place",
        severity: Severity::Warning,
        asks: "Put the enacting words first, then the preambular paragraphs, then the operative ones.",
        source: "Editorial Manual, Resolutions; every genuine resolution.",
        breaks: "body: [enacting: '*The General Assembly*,', operative: '*Decides* to remain seized of the matter.', preambular: '*Recalling* the past,']",
        keeps: "body: [enacting: '*The General Assembly*,', preambular: '*Recalling* the past,', operative: '*Decides* to remain seized of the matter.']",
        languages: Languages::All,
        needs: Needs::Document,
        check: place,
    },
];

fn missing(manuscript: &Manuscript, sink: &mut RuleSink) {
    /// The longest name of an organ with its comma, in bytes.
    const LONGEST: usize = 60;
    let document = manuscript.document;
    if !matches!(document.kind, Kind::Resolution | Kind::DraftResolution) {
        return;
    }
    for section in manuscript.sections.iter().filter(|section| !section.annex) {
        let acts = section.passages(preambular).chain(section.passages(operative)).next().is_some();
        let named = section.passages(enacting).next().is_some();
        // In some documents they are an ordinary paragraph.
        let written = section.passages(Block::passage).any(|(_, passage)| passage.text.written().starts_with("*The "));
        let plain = section.passages(Block::passage).next().filter(|(_, passage)| {
            let text = passage.text.written();
            text.starts_with("The ") && text.ends_with(',') && text.len() <= LONGEST
        });
        if let Some((path, _)) = plain.filter(|_| acts && !named) {
            sink.value(
                &path,
                "the enacting words are an ordinary paragraph",
                "use an “enacting” block, in italics: “*The General Assembly*,”",
            );
        } else if acts && !named && !written {
            sink.value(
                Path::from("body").index(0),
                "the enacting words are missing",
                "begin the body with the name of the organ: “*The General Assembly*,”",
            );
        }
    }
}

fn organ(manuscript: &Manuscript, sink: &mut RuleSink) {
    let Some(symbol) = manuscript.symbol else { return };
    let main = symbol.subsidiary.as_deref().is_none_or(|part| part.starts_with("C.") || part == "BUR");
    let (wanted, right) = match symbol.acting() {
        Organ::HumanRightsCouncil => ("Human Rights Council", true),
        Organ::GeneralAssembly if main => ("General Assembly", true),
        Organ::SecurityCouncil => ("Security Council", true),
        Organ::EconomicAndSocialCouncil if symbol.subsidiary.is_none() => ("Economic and Social Council", true),
        Organ::TrusteeshipCouncil => ("Trusteeship Council", true),
        // A subsidiary organ acts itself or proposes a text to the Assembly.
        Organ::GeneralAssembly => ("Security Council", false),
        _ => return,
    };
    let section = manuscript.sections.first().into_iter();
    for (path, _) in section.flat_map(|section| section.passages(enacting)) {
        let Some(prose) = manuscript.at(path.field("text")) else { continue };
        if prose.plain.contains(wanted) != right {
            let message = format!("the enacting words do not match the organ of {symbol}");
            let hint = if right { format!("write “*The {wanted}*,”") } else { "name the organ that acts".into() };
            sink.value(&prose.path, message, hint);
        }
    }
}

fn form(manuscript: &Manuscript, sink: &mut RuleSink) {
    for section in &manuscript.sections {
        for (path, passage) in section.passages(enacting) {
            let Some(prose) = manuscript.at(path.field("text")) else { continue };
            let text = prose.plain.trim_end();
            // A colon introduces a list.
            let led = text.ends_with(':') && !passage.items.is_empty();
            if prose.plain.starts_with(['“', '„', '‘', '«']) {
                let hint = "remove them; the quotes around a text in YAML are straight, \" or '";
                sink.value(&prose.path, "the enacting words are in quotation marks", hint);
            } else if prose.opening().is_none() {
                sink.value(
                    &prose.path,
                    "the enacting words are not in italics",
                    "put asterisks around them: “*The General Assembly*,”",
                );
            } else if text.ends_with(':') && !led {
                let at = text.len() - 1..text.len();
                sink.fixed(prose, at, "colon after the enacting words", "use a comma", ",");
            } else if !text.ends_with(',') && !led {
                let finding = "no comma after the enacting words";
                let (span, written) = sink.written(&prose.path);
                // After the last character that is not a quotation mark of the syntax.
                let end = written.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')).len();
                let edits = if written[..end].ends_with('*') {
                    vec![Edit { span: span.start + end..span.start + end, text: ",".into() }]
                } else {
                    sink.words(prose, 0..text.len(), finding, "add a comma after them");
                    continue;
                };
                sink.source(&prose.path, span, finding, "add a comma after them", edits);
            } else if prose.italics.first().is_some_and(|italic| prose.plain[italic.clone()].ends_with([',', ':'])) {
                sink.value(
                    &prose.path,
                    "the comma after the enacting words is in italics",
                    "move it after the closing asterisk",
                );
            }
        }
    }
}

fn place(manuscript: &Manuscript, sink: &mut RuleSink) {
    for section in manuscript.sections.iter().filter(|section| !section.annex) {
        let mut acted: Option<&str> = None;
        let mut enacted = false;
        for (path, block) in section.blocks() {
            if enacting(block).is_some() {
                if enacted && acted.is_none() {
                    sink.value(&path, "the enacting words are repeated", "keep them at the beginning only");
                } else if acted.is_some() && !enacted {
                    sink.value(&path, "the enacting words come after other paragraphs", "move them to the beginning");
                }
                // Each part of a text has enacting words of its own.
                acted = None;
                enacted = true;
            } else if operative(block).is_some() {
                acted = Some("operative");
            } else if preambular(block).is_some() {
                if acted == Some("operative") {
                    sink.value(
                        &path,
                        "preambular paragraph after an operative one",
                        "move it before the operative paragraphs, or make it operative",
                    );
                } else {
                    acted = acted.or(Some("preambular"));
                }
            }
        }
    }
}
