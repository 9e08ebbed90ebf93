//! Checks of adjustments: lines that do not match the text, and adjustments that have no effect or are visible.

use super::{Abilities, Findings};
use crate::diagnostic::{Diagnostic, shortened};
use crate::model::{Adjustment, Block, Document, Item, Keep, Language, PageBreak, Path};
use crate::prepare::{Mismatch, mismatches, prepare};

/// Tracking outside this range, in points, is visible.
const USUAL_TRACKING: (f64, f64) = (-0.2, 0.3);
/// A pitch of the body outside this range, in parts of the default one, is visible.
const USUAL_PITCH: (f64, f64) = (10.5 / 12.0, 14.0 / 12.0);
/// Less than this above a block, in points, sets it over the lines before it.
const LEAST_ABOVE: f64 = -12.0;
/// Large headings have pitches of 13.5 and 15 points, where the body has one of 12.
const LARGEST_PITCH: f64 = 18.0 / 12.0;

/// The default pitch of the body, in points.
fn usual_pitch(language: Language) -> f64 {
    match language {
        Language::Zh => 14.0,
        Language::Ar => 18.0,
        _ => 12.0,
    }
}

pub(super) fn check(findings: &mut Findings) {
    let document = &findings.reading.document;
    lines(document, findings);
    surplus(document, findings);
    let layout = &document.layout;
    excess(document, &Path::from("layout"), layout.tracking, layout.pitch, USUAL_PITCH.1, findings);
    for (index, part) in document.parts.iter().enumerate() {
        let at = Path::from("parts").index(index);
        adjusted(document, &at, &part.layout, What::Head, index == 0, findings);
    }
    for (at, body) in document.bodies() {
        blocks(document, body, &at, at.is("body"), findings);
    }
}

/// Reports blocks that cannot be set in the requested number of lines.
pub(super) fn reached(abilities: &Abilities, findings: &mut Findings) {
    // Counting lines requires preparing and composing the document, so do it only if a block requests a number.
    let document = &findings.reading.document;
    let in_parts = document.parts.iter().any(|part| part.layout.lines.is_some());
    if !in_parts && !document.bodies().iter().any(|(_, body)| asks_for_lines(body)) {
        return;
    }
    for (at, message) in (abilities.unreached)(document) {
        let hint = "choose another number of lines, or set “tracking” instead";
        findings.add(at.field("layout").field("lines"), Diagnostic::warning("layout-unreached", message).hint(hint));
    }
}

/// Reports lines of the session block or the title that do not match its words.
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
                (given.index(number), format!("{what} has no words left for this line"))
            }
            Mismatch::Line(number, rest) => {
                let rest = shortened(&rest);
                (given.index(number), format!("this line does not match {what}, which continues with “{rest}”"))
            }
            Mismatch::Missing(rest) => {
                (given.clone(), format!("these lines leave out words of {what}: “{}”", shortened(&rest)))
            }
        };
        let hint = format!("list all lines of {what} in order, or remove “{field}”");
        findings.add(path, Diagnostic::error("layout-lines", message).hint(hint));
    }
}

/// Reports adjustments of paragraphs, lines and notes that the document does not have.
fn surplus(document: &Document, findings: &mut Findings) {
    let layout = &document.layout;
    let lists = [&layout.opening_above, &layout.opening_tracking, &layout.session_tracking];
    if layout.notes.is_empty() && lists.iter().all(|list| list.is_empty()) {
        return;
    }
    let Ok(prepared) = prepare(document) else { return };
    let opening = (prepared.opening.len(), "paragraph", "between the session block and the body");
    let session = (prepared.session.iter().map(Vec::len).sum(), "line", "in the session block");
    let at = Path::from("layout");
    let fields = ["opening_above", "opening_tracking", "session_tracking"];
    for ((field, list), (count, what, place)) in fields.iter().zip(lists).zip([opening, opening, session]) {
        if list.len() > count {
            let message = match count {
                0 => format!("this number has no effect: there is no {what} {place}"),
                1 => format!("this number has no effect: there is one {what} {place}"),
                _ => format!("this number has no effect: there are {count} {what}s {place}"),
            };
            findings.add(at.field(*field).index(count), idle(message));
        }
    }
    let marks: Vec<&str> = prepared.notes.iter().map(|note| note.mark.as_str()).collect();
    for (mark, own) in &layout.notes {
        let at = at.field("notes").field(mark.clone());
        if !marks.contains(&mark.as_str()) {
            let message = format!("this has no effect: the pages have no footnote with the mark “{mark}”");
            let hint = match marks.is_empty() {
                true => "remove it".to_owned(),
                false => format!("the printed marks are {}", marks.join(", ")),
            };
            findings.add(at, idle(message).hint(hint));
            continue;
        }
        let others = [
            ("pitch", own.pitch.is_some()),
            ("lines", own.lines.is_some()),
            ("page_break", own.page_break.is_some()),
            ("keep", own.keep.is_some()),
            ("above", own.above.is_some()),
        ];
        for (field, _) in others.iter().filter(|(_, is_set)| *is_set) {
            let message = format!("“{field}” has no effect here: footnotes have only “tracking” and “line_ends”");
            findings.add(at.field(*field), idle(message));
        }
    }
}

fn idle(message: String) -> Diagnostic {
    Diagnostic::advice("layout-no-effect", message).hint("remove it")
}

/// The kind of element that an adjustment belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Text,
    /// A heading, including that of an annex or a part.
    Head,
    /// An annex that begins a page.
    Annex,
    Signature,
    Table,
    /// A figure.
    Set,
}

/// Whether any block or item requests a number of lines.
fn asks_for_lines(blocks: &[Block]) -> bool {
    fn in_items(items: &[Item]) -> bool {
        items.iter().any(|item| item.layout.lines.is_some() || in_items(&item.items))
    }
    blocks.iter().any(|block| {
        block.layout().lines.is_some()
            || block.passage().is_some_and(|passage| in_items(&passage.items))
            || matches!(block, Block::Annex(annex) if asks_for_lines(&annex.body))
    })
}

fn blocks(document: &Document, list: &[Block], at: &Path, first: bool, findings: &mut Findings) {
    for (index, block) in list.iter().enumerate() {
        let at = at.index(index);
        let what = match block {
            Block::Annex(annex) if annex.new_page.unwrap_or(true) => What::Annex,
            Block::Heading(_) | Block::Annex(_) => What::Head,
            Block::Signature(_) => What::Signature,
            Block::Table(_) => What::Table,
            Block::Figure(_) => What::Set,
            _ => What::Text,
        };
        adjusted(document, &at, block.layout(), what, first && index == 0, findings);
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
    excess(document, &at.field("layout"), layout.tracking, layout.pitch, highest, findings);
    if let Some(above) = layout.above.filter(|above| *above < LEAST_ABOVE) {
        let message = format!("{above} points above sets this over the lines before it");
        let hint = format!("keep it from {LEAST_ABOVE} points up");
        findings.add(at.field("layout").field("above"), Diagnostic::advice("layout-excess", message).hint(hint));
    }
    let usual = |given: Option<f64>, header: Option<f64>, usual: f64| {
        what == What::Text && given.is_some_and(|given| given == header.unwrap_or(usual))
    };
    let set = "it does not apply to figures";
    let cells = "it does not apply to tables and figures";
    let lined = layout.lines.is_some() || !layout.line_ends.is_empty();
    let always = "this is the default";
    let reasons = [
        ("tracking", what == What::Set && layout.tracking.is_some(), set),
        ("pitch", what == What::Set && layout.pitch.is_some(), set),
        ("lines", matches!(what, What::Set | What::Table) && lined, cells),
        ("lines", what == What::Signature && lined, "a signature keeps its own lines"),
        ("tracking", usual(layout.tracking, document.layout.tracking, 0.0), "the document has this tracking anyway"),
        (
            "pitch",
            usual(layout.pitch, document.layout.pitch, usual_pitch(document.language)),
            "the document has this pitch anyway",
        ),
        ("page_break", first && layout.page_break == Some(PageBreak::Before), "page 1 begins here anyway"),
        ("page_break", what == What::Annex && layout.page_break.is_some(), "the annex begins a page anyway"),
        ("keep", matches!(what, What::Head | What::Annex) && layout.keep.is_some(), always),
        ("keep", what == What::Signature && layout.keep == Some(Keep::Together), always),
    ];
    for (field, _, why) in reasons.iter().filter(|(_, applies, _)| *applies) {
        let message = format!("“{field}” has no effect here: {why}");
        findings.add(at.field("layout").field(*field), idle(message));
    }
}

fn tenths(points: f64) -> f64 {
    (points * 10.0).round() / 10.0
}

/// Reports tracking and pitch that readers notice.
fn excess(
    document: &Document,
    at: &Path,
    tracking: Option<f64>,
    pitch: Option<f64>,
    highest: f64,
    findings: &mut Findings,
) {
    let usual = usual_pitch(document.language);
    let ranges = [
        ("tracking", tracking, USUAL_TRACKING.0, USUAL_TRACKING.1),
        ("pitch", pitch, tenths(USUAL_PITCH.0 * usual), tenths(highest * usual)),
    ];
    for (field, given, least, most) in ranges {
        if let Some(given) = given.filter(|given| *given < least || *given > most) {
            let message = format!("a {field} of {given} points is visible to readers");
            let hint = format!("keep it from {least} to {most}; adjust other paragraphs or the foot of page 1 as well");
            findings.add(at.field(field), Diagnostic::advice("layout-excess", message).hint(hint));
        }
    }
}
