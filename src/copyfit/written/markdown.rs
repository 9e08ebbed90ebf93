//! Writes adjustments in Markdown: those of the header in the front matter, others in braces after the text.

use super::{Change, tree};
use crate::diagnostic::Edit;
use crate::model::{Block, Document, Layout, Path};
use crate::read::Reading;

pub(super) fn edits(reading: &Reading, layout: Option<&Layout>, changes: &[Change]) -> Option<Vec<Edit>> {
    let header = layout.map(|layout| header(reading, layout));
    header.into_iter().chain(changes.iter().map(|change| block(reading, change))).collect()
}

fn header(reading: &Reading, layout: &Layout) -> Option<Edit> {
    const FENCE: &str = "---";
    let source = &reading.source.text;
    let end = source.match_indices("\n---").map(|(at, _)| at + 1).find(|at| *at > FENCE.len())?;
    let text = if layout.is_empty() { String::new() } else { tree::written(layout)? };
    let mut span = end..end;
    if !reading.document.layout.is_empty() {
        let value = reading.places.of(&Path::from("layout"));
        let start = source[..value.start].rfind("layout:").filter(|at| source[..*at].ends_with('\n'))?;
        span = start..source[value.end..].find('\n').map_or(end, |at| value.end + at + 1);
    }
    Some(Edit { span, text })
}

fn block(reading: &Reading, change: &Change) -> Option<Edit> {
    let source = &reading.source.text;
    let path = &change.path;
    if source[..reading.places.of(path).start].matches("\n```").count() % 2 == 1 {
        return tree::block(reading, change);
    }
    let short = format!("{{layout {}}}", change.after);
    if !change.before.is_empty() {
        let span = reading.places.of(&path.field("layout"));
        let lead = source[..span.start].len() - source[..span.start].trim_end_matches(' ').len();
        return Some(match change.after.is_empty() {
            true => Edit { span: span.start - lead..span.end, text: String::new() },
            false => Edit { span, text: short },
        });
    }
    let whole = reading.places.of(path);
    // After the text of a block, and on the line of a heading.
    let at = match is_head(&reading.document, path) {
        true => source[whole.start..].find('\n').map_or(source.len(), |at| whole.start + at),
        false => reading.places.get(&path.field("text")).unwrap_or(whole).end,
    };
    let end = source[..at].trim_end().len();
    Some(Edit { span: end..end, text: format!(" {short}") })
}

/// Returns whether a path is that of a part or an annex.
fn is_head(document: &Document, path: &Path) -> bool {
    let blocks = document.bodies();
    let annex = blocks.iter().any(|(at, body)| {
        body.iter().enumerate().any(|(index, block)| matches!(block, Block::Annex(_)) && *path == at.index(index))
    });
    annex || path.root() == Some("parts") && path.len() == 2
}
