//! Pages read back: the lines of text that stand on them, in the order of the frames.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use masthead::diagnostic::Source;
use masthead::model::Language;
use masthead::prepare::{Block, Prepared, Run};
pub use masthead::typeset::Piece;
use masthead::{Format, Job, Press, Rendition, render};

/// Renders a file of the repository; what is wrong with it is printed.
pub fn rendered(press: &Press, path: &str) -> Rendition {
    let source = source(path);
    let folder = Path::new(path).parent().unwrap().to_owned();
    let picture = |name: &str| std::fs::read(folder.join(name)).map_err(masthead::Error::other);
    let job = Job::new(&source, Format::of_name(path)).picture(&picture);
    render(press, &job).unwrap_or_else(|findings| panic!("{path}: {}", findings[0]))
}

pub fn source(path: &str) -> Arc<Source> {
    Source::new(path, std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}")))
}

/// The documents in `examples`.
pub fn examples() -> Vec<String> {
    let entries = std::fs::read_dir("examples").unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut list: Vec<String> = paths
        .filter(|path| {
            path.extension().is_some_and(|ending| ["yaml", "json", "md"].iter().any(|known| ending == *known))
        })
        .filter(|path| !path.ends_with("README.md"))
        .map(|path| path.to_str().unwrap().to_owned())
        .collect();
    list.sort();
    assert!(list.len() > 5, "there are only {list:?}");
    list
}

/// Every piece of text of a rendition, in the order of the pages' frames.
pub fn pieces(rendition: &Rendition) -> Vec<Piece> {
    masthead::typeset::pieces(&rendition.pages)
}

/// The text of a page's flow: no header and no footer.
pub fn flow(pieces: &[Piece], page: usize) -> String {
    let body = |piece: &&Piece| piece.page == page && piece.y > 66.0 && piece.y < 738.0;
    pieces.iter().filter(body).map(|piece| piece.text.as_str()).collect()
}

/// The text of one paragraph as it is printed, marks included.
pub fn printed(runs: &[Run], prepared: &Prepared) -> String {
    runs.iter()
        .map(|run| match run {
            Run::Text { text, .. } => text.clone(),
            Run::Note { note, .. } => prepared.notes[*note].mark.clone(),
            Run::Break { .. } => " ".into(),
            other => panic!("{other:?} is printed, and nobody looks for it"),
        })
        .collect()
}

/// Every text of the body and the footnotes, in order.
pub fn texts(prepared: &Prepared) -> Vec<String> {
    let mut list = Vec::new();
    for block in &prepared.body {
        match block {
            Block::Paragraph { runs, .. } | Block::Heading { runs, .. } => list.push(printed(runs, prepared)),
            Block::Annex { heading, title, .. } | Block::Part { heading, title, .. } => {
                list.push(printed(heading, prepared));
                list.extend(title.iter().map(|title| printed(title, prepared)));
            }
            Block::Signature { lines } | Block::Closing { lines } => {
                list.extend(lines.iter().map(|line| printed(line, prepared)))
            }
            Block::Table { title, header, rows, .. } => {
                list.extend(title.iter().map(|title| printed(title, prepared)));
                let cells = header.iter().chain(rows).flatten();
                list.extend(cells.map(|cell| printed(&cell.runs, prepared)));
            }
            Block::Figure { title, .. } => list.extend(title.iter().map(|title| printed(title, prepared))),
            other => panic!("{other:?} is printed, and nobody looks for it"),
        }
    }
    list.extend(prepared.notes.iter().map(|note| printed(&note.runs, prepared)));
    list
}

/// Says which text is not on the pages as it should be: whole, or cut where a page ends.
pub fn missing(rendition: &Rendition) -> Option<String> {
    let one_space = |text: &str| text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    missing_as(rendition, one_space, |c| " -\u{2013}\u{2014}\u{200b}".contains(c))
}

/// The same without regard to spaces, which a line within a cell or an address ends without.
pub fn missing_characters(rendition: &Rendition) -> Option<String> {
    missing_as(rendition, seen, |_| true)
}

/// The characters that a reader sees, without spaces.
pub fn seen(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}')).collect()
}

/// The first character that the pages have fewer times than the text.
fn fewer(rendition: &Rendition) -> Option<String> {
    let count = |texts: &[String]| {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        texts
            .iter()
            .flat_map(|text| seen(text).chars().collect::<Vec<_>>())
            .for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    };
    let pieces: Vec<String> = pieces(rendition).into_iter().map(|piece| piece.text).collect();
    let there = count(&pieces);
    let wanted = count(&texts(&rendition.prepared));
    wanted
        .into_iter()
        .find(|(c, n)| there.get(c).is_none_or(|there| there < n))
        .map(|(c, n)| format!("{n} times {c:?}"))
}

fn missing_as(rendition: &Rendition, plain: fn(&str) -> String, cut: fn(char) -> bool) -> Option<String> {
    // Lines from right to left have their pieces in another order.
    if rendition.prepared.language == Language::Ar {
        return fewer(rendition);
    }
    let pieces = pieces(rendition);
    let pages: Vec<String> = (1..=rendition.pages.len()).map(|page| plain(&flow(&pieces, page))).collect();
    texts(&rendition.prepared).into_iter().map(|text| plain(&text)).find(|text| !stands(text, &pages, cut))
}

fn stands(text: &str, pages: &[String], cut: fn(char) -> bool) -> bool {
    pages.iter().any(|page| page.contains(text)) || (0..pages.len()).any(|from| continuation(text, &pages[from..], cut))
}

/// Whether a text is cut into words that stand on the first page, as many as there do, and
/// words that stand on the next.
fn continuation(text: &str, pages: &[String], cut: fn(char) -> bool) -> bool {
    let Some((page, others)) = pages.split_first() else {
        return false;
    };
    let cuts: Vec<usize> = text.char_indices().filter(|(_, c)| cut(*c)).map(|(at, c)| at + c.len_utf8()).collect();
    let most = cuts.partition_point(|at| page.contains(text[..*at].trim()));
    let Some(tail) = most.checked_sub(1).map(|last| text[cuts[last]..].trim()) else {
        return false;
    };
    tail.is_empty() || others.first().is_some_and(|next| next.contains(tail)) || continuation(tail, others, cut)
}

/// The texts on the pages of which a font lacks a character, so that a box stands there.
pub fn boxes(rendition: &Rendition) -> Vec<String> {
    pieces(rendition).into_iter().filter(|piece| piece.lacking).map(|piece| piece.text).collect()
}
