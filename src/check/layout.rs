//! What is adjusted by hand: lines that are not those of the document, adjustments that do nothing or show.

use super::{Abilities, Findings};
use crate::diagnostic::{Diagnostic, shortened};
use crate::model::{Adjustment, Block, Document, Item, Keep, Language, PageBreak, Path};
use crate::prepare::{Mismatch, mismatches, prepare};

/// Beyond that, in points, tracking is seen.
const USUAL_TRACKING: (f64, f64) = (-0.2, 0.3);
/// Beyond that, in points, the pitch of text in 10 points is seen.
const USUAL_PITCH: (f64, f64) = (10.5, 14.0);
/// Large headings have pitches of 13.5 and 15 points.
const LARGEST_PITCH: f64 = 18.0;
/// The pitch of the body.
const PITCH: f64 = 12.0;

pub(super) fn check(findings: &mut Findings) {
    let document = &findings.reading.document;
    lines(document, findings);
    let layout = &document.layout;
    excess(&Path::from("layout"), layout.tracking, layout.pitch, USUAL_PITCH.1, findings);
    for (index, part) in document.parts.iter().enumerate() {
        let at = Path::from("parts").index(index);
        adjusted(document, &at, &part.layout, What::Head, index == 0, findings);
    }
    for (at, body) in document.bodies() {
        blocks(document, body, &at, at.is("body"), findings);
    }
}

/// Blocks that cannot be set in the number of lines that is asked for.
pub(super) fn reached(abilities: &Abilities, findings: &mut Findings) {
    for (at, message) in (abilities.unreached)(&findings.reading.document) {
        let hint = "ask for another number of lines, or give the tracking";
        findings.add(at.field("layout").field("lines"), Diagnostic::warning("layout-unreached", message).hint(hint));
    }
}

/// Lines that are given for the session block and the title are those of their words.
fn lines(document: &Document, findings: &mut Findings) {
    if document.layout.session_lines.is_empty() && document.layout.title_lines.is_empty() {
        return;
    }
    let Ok(prepared) = prepare(document) else { return };
    let all = mismatches(document, &prepared.session, &prepared.opening);
    for (found, (field, what)) in
        all.into_iter().zip([("session_lines", "the session block"), ("title_lines", "the title")])
    {
        let Some(mismatch) = found else { continue };
        let given = Path::from("layout").field(field);
        let (path, message) = match mismatch {
            Mismatch::Line(number, rest) if rest.is_empty() => {
                (given.index(number), format!("{what} has no more words for this line"))
            }
            Mismatch::Line(number, rest) => {
                let rest = shortened(&rest);
                (given.index(number), format!("{what} does not go on with this line, but with “{rest}”"))
            }
            Mismatch::Missing(rest) => {
                (given.clone(), format!("{what} has more words than these lines: “{}”", shortened(&rest)))
            }
        };
        let hint = format!("write all lines of {what} as they are set, one after the other, or leave “{field}” out");
        findings.add(path, Diagnostic::error("layout-lines", message).hint(hint));
    }
}

/// What an adjustment belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Text,
    /// A heading, or that of an annex or a part.
    Head,
    /// An annex that begins a page by itself.
    Annex,
    Signature,
    /// A table or figure.
    Set,
}

fn blocks(document: &Document, list: &[Block], at: &Path, first: bool, findings: &mut Findings) {
    for (index, block) in list.iter().enumerate() {
        let at = at.index(index);
        let (layout, what) = match block {
            Block::Heading(heading) => (&heading.layout, What::Head),
            Block::Annex(annex) if annex.new_page.unwrap_or(true) => (&annex.layout, What::Annex),
            Block::Annex(annex) => (&annex.layout, What::Head),
            Block::Signature(signature) => (&signature.layout, What::Signature),
            Block::Table(table) => (&table.layout, What::Set),
            Block::Figure(figure) => (&figure.layout, What::Set),
            Block::Vote(vote) => (&vote.layout, What::Text),
            Block::Enacting(passage)
            | Block::Preambular(passage)
            | Block::Operative(passage)
            | Block::Paragraph(passage)
            | Block::Numbered(passage)
            | Block::Quote(passage) => (&passage.layout, What::Text),
        };
        adjusted(document, &at, layout, what, first && index == 0, findings);
        if let Block::Annex(annex) = block {
            blocks(document, &annex.body, &at.field("body"), false, findings);
        }
        block.passage().into_iter().for_each(|passage| items(document, &passage.items, &at, findings));
    }
}

fn items(document: &Document, list: &[Item], at: &Path, findings: &mut Findings) {
    for (index, item) in list.iter().enumerate() {
        let at = at.field("items").index(index);
        adjusted(document, &at, &item.layout, What::Text, false, findings);
        items(document, &item.items, &at, findings);
    }
}

fn adjusted(document: &Document, at: &Path, layout: &Adjustment, what: What, first: bool, findings: &mut Findings) {
    if layout.is_empty() {
        return;
    }
    let highest = if matches!(what, What::Head | What::Annex) { LARGEST_PITCH } else { USUAL_PITCH.1 };
    excess(&at.field("layout"), layout.tracking, layout.pitch, highest, findings);
    let usual = |given: Option<f64>, header: Option<f64>, usual: f64| {
        what == What::Text && given.is_some_and(|given| given == header.unwrap_or(usual))
    };
    let by_engine = matches!(document.language, Language::Zh | Language::Ar);
    let engine = "the lines of this language are ended by another program";
    let set = "tables and figures are set as they are";
    let lined = layout.lines.is_some() || !layout.line_ends.is_empty();
    let always = "it is always kept so";
    let reasons = [
        ("tracking", what == What::Set && layout.tracking.is_some(), set),
        ("pitch", what == What::Set && layout.pitch.is_some(), set),
        ("lines", what == What::Set && lined, set),
        ("lines", what != What::Set && by_engine && lined, engine),
        ("lines", what == What::Signature && lined, "the lines of a signature are those that it has"),
        ("tracking", usual(layout.tracking, document.layout.tracking, 0.0), "that is the usual tracking"),
        ("pitch", usual(layout.pitch, document.layout.pitch, PITCH), "that is the usual pitch"),
        ("page_break", first && layout.page_break == Some(PageBreak::Before), "page 1 begins with it"),
        ("page_break", what == What::Annex && layout.page_break.is_some(), "the annex begins a page by itself"),
        ("keep", matches!(what, What::Head | What::Annex) && layout.keep.is_some(), always),
        ("keep", what == What::Signature && layout.keep == Some(Keep::Together), always),
    ];
    for (field, _, why) in reasons.iter().filter(|(_, applies, _)| *applies) {
        let message = format!("“{field}” has no effect here: {why}");
        let path = at.field("layout").field(*field);
        findings.add(path, Diagnostic::advice("layout-no-effect", message).hint("leave it out"));
    }
}

/// Tracking and pitch of which readers see that they were adjusted.
fn excess(at: &Path, tracking: Option<f64>, pitch: Option<f64>, highest: f64, findings: &mut Findings) {
    let ranges = [("tracking", tracking, USUAL_TRACKING.0, USUAL_TRACKING.1), ("pitch", pitch, USUAL_PITCH.0, highest)];
    for (field, given, least, most) in ranges {
        if let Some(given) = given.filter(|given| *given < least || *given > most) {
            let message = format!("a {field} of {given} points is seen on the page");
            let hint = format!("keep it from {least} to {most}, and adjust other paragraphs or the foot of page 1 too");
            findings.add(at.field(field), Diagnostic::advice("layout-excess", message).hint(hint));
        }
    }
}
