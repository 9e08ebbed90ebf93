//! Word files (DOCX): an archive of XML parts, read into paragraphs, tables and notes.
//!
//! Wrappers that are not known are looked through, so that text in content controls, smart tags and the like stays.

mod blocks;
mod notes;
mod numbering;
mod package;
mod runs;
mod styles;
mod tables;
mod xml;

use std::collections::HashMap;
use std::ops::Range;

use super::Changes;
use super::draft::{Draft, Lines, Part};
use crate::diagnostic::Diagnostic;
use crate::model::Inline;
use notes::Notes;
use numbering::Numbering;
use package::{Package, Relationship, damaged};
use styles::Styles;

/// Where the main part is, if the package does not say.
const USUAL: &str = "word/document.xml";

/// What is known while the parts of a file are read.
struct Reader {
    styles: Styles,
    numbering: Numbering,
    /// The addresses of the links of a part, by their identifiers.
    links: HashMap<String, String>,
    changes: Changes,
    lines: Lines,
    notes: Notes,
    findings: Vec<(Range<usize>, Diagnostic)>,
    /// The text of a paragraph whose end was deleted: it goes on in the next.
    carried: Vec<Inline>,
    comments: usize,
}

/// Reads a file.
pub(super) fn read(name: &str, bytes: &[u8], changes: Changes) -> Result<Draft, Diagnostic> {
    let mut package = Package::open(bytes)?;
    let of_package = package.relationships("")?;
    let main = of_package.into_iter().find(|relation| relation.kind == "officeDocument");
    let main = main.map_or_else(|| USUAL.to_owned(), |relation| relation.target);
    let Some(text) = package.text(&main)? else { return Err(not_word(&package, &main)) };
    let relations = package.relationships(&main)?;
    let part = |kind: &str| relations.iter().find(|relation| relation.kind == kind).map(|part| part.target.clone());
    let [styles, numbering] = ["styles", "numbering"].map(part);
    let styles = whole(&mut package, styles, Styles::read)?;
    let numbering = whole(&mut package, numbering, Numbering::read)?;
    let mut reader = Reader {
        styles,
        numbering,
        links: links(&relations),
        changes,
        lines: Lines::default(),
        notes: Notes::default(),
        findings: Vec::new(),
        carried: Vec::new(),
        comments: 0,
    };
    let document = xml::parse(&text, &main)?;
    let Some(body) = xml::child(document.root_element(), "body") else {
        let is_word = main.starts_with("word/");
        return Err(if is_word { damaged(&format!("{main} has no body")) } else { not_word(&package, &main) });
    };
    let mut parts = Vec::new();
    reader.blocks(body, &mut parts);
    reader.end(&mut parts);
    let mut notes = Vec::new();
    for kind in &notes::KINDS {
        if let Some(path) = part(kind.part)
            && let Some(text) = package.text(&path)?
        {
            reader.links = links(&package.relationships(&path)?);
            notes.extend(reader.notes_of(kind, xml::parse(&text, &path)?.root_element()));
        }
    }
    let mut around = Vec::new();
    for relation in relations.iter().filter(|relation| matches!(relation.kind.as_str(), "header" | "footer")) {
        if let Some(text) = package.text(&relation.target)? {
            reader.links = links(&package.relationships(&relation.target)?);
            let mut lines = Vec::new();
            reader.blocks(xml::parse(&text, &relation.target)?.root_element(), &mut lines);
            reader.end(&mut lines);
            around.extend(lines.into_iter().flat_map(Part::into_paragraphs));
        }
    }
    if reader.comments > 0 {
        let message = format!("{} comments are left out", reader.comments);
        reader.findings.push((0..0, Diagnostic::advice("import-left-out", message)));
    }
    let source = reader.lines.source(name);
    notes.sort_by_key(|(order, ..)| *order);
    let place = |(span, finding): (Range<usize>, Diagnostic)| finding.in_source(&source, span);
    let findings = reader.findings.into_iter().map(place).collect();
    let notes = notes.into_iter().map(|(_, mark, text)| (mark, text)).collect();
    Ok(Draft { source, parts, notes, around, findings })
}

/// The file is an archive, but not of Word.
fn not_word(package: &Package, main: &str) -> Diagnostic {
    let what = match () {
        () if package.has("content.xml") => "an OpenDocument file".to_owned(),
        () if package.has("xl/workbook.xml") => "a spreadsheet".to_owned(),
        () if package.has("ppt/presentation.xml") => "a presentation".to_owned(),
        () => format!("an archive without {main}"),
    };
    Diagnostic::error("import-unknown", format!("the file is {what}, which cannot be imported"))
        .hint("open it in a word processor and save it as .docx")
}

/// Reads a part that a file may lack.
fn whole<T: Default>(
    package: &mut Package,
    path: Option<String>,
    read: fn(roxmltree::Node) -> T,
) -> Result<T, Diagnostic> {
    let Some(path) = path else { return Ok(T::default()) };
    let Some(text) = package.text(&path)? else { return Ok(T::default()) };
    Ok(read(xml::parse(&text, &path)?.root_element()))
}

/// Returns the addresses among relationships.
fn links(relations: &[Relationship]) -> HashMap<String, String> {
    let links = relations.iter().filter(|relation| relation.kind == "hyperlink");
    links.map(|relation| (relation.id.clone(), relation.target.clone())).collect()
}
