//! The JSON of munify's resolution editor: a resolution with its preamble and operative clauses, whose
//! sub-clauses are blocks of text and lists (since its first release) or `subClauses` and `children` (before), alone
//! or together with the header of a paper.

use std::sync::Arc;

use super::Imported;
use super::draft::{Paragraph, Place};
use super::structure::{Builder, Doubts, Entry, names};
use crate::diagnostic::{Diagnostic, Source};
use crate::model::{Document, Inline, Kind, Language, Symbol, Text};
use crate::prepare::words::words;
use crate::read::{Node, Value, date, parse_json};

/// The fields that hold a resolution within another object.
const WRAPPERS: [&str; 4] = ["resolution", "content", "paper", "data"];
/// The fields that hold a header.
const HEADERS: [&str; 4] = ["header", "headerData", "metadata", "meta"];
/// The fields that say nothing about the document.
const IGNORED: [&str; 6] = ["id", "type", "lastEdited", "conferenceEmblem", "version", "status"];

/// Reads a resolution.
pub(super) fn document(source: &Arc<Source>) -> Result<Imported, Vec<Diagnostic>> {
    let root = parse_json(source)?;
    let Some(resolution) = resolution(&root, 0) else {
        let error = Diagnostic::error("import-unknown", "this JSON is not a resolution of munify’s resolution editor")
            .hint("it has “preamble” and “operative”; masthead convert reads the JSON of masthead itself");
        return Err(vec![error.in_source(source, root.span.clone())]);
    };
    let mut doubts = Doubts::default();
    let mut fields = Vec::new();
    header(&root, resolution, &mut fields);
    let clauses = texts(resolution.field("preamble")).chain(texts(resolution.field("operative")));
    let language = super::structure::language_of(&clauses.collect::<Vec<_>>());
    let mut document = Document { kind: Kind::DraftResolution, language, ..Document::default() };
    let organ = fill(&mut document, &fields, &mut doubts);
    let mut builder = Builder::new(language, true, &[]);
    if let Some(name) = organ {
        builder.enacting(&[Inline::plain(named(&name, language))]);
    } else {
        let finding = Diagnostic::warning("import-missing", "no field names the organ that acts");
        doubts.push(0..0, finding.hint("add it before the preamble: enacting: \"*The General Assembly*,\""));
    }
    for clause in list(resolution.field("preamble")) {
        let said = paragraph(clause.field("content").unwrap_or(clause));
        if !said.is_empty() {
            builder.clause(said, false, Vec::new());
        }
    }
    for clause in list(resolution.field("operative")) {
        let (text, entries) = blocks(clause, 0);
        if text.is_some() || !entries.is_empty() {
            builder.clause(text.unwrap_or_default(), true, entries);
        }
    }
    unknown(resolution, &["preamble", "operative", "committeeName"], &mut doubts);
    let clauses = ["preamble", "operative"].into_iter().flat_map(|name| list(resolution.field(name)));
    clauses.for_each(|clause| unknown_in_clause(clause, &mut doubts));
    if document.symbol.is_empty() {
        let finding = Diagnostic::warning("import-missing", "the file has no symbol");
        doubts.push(0..0, finding.hint("add a line such as “symbol: A/77/L.107”"));
    }
    builder.finish(&mut document, &mut doubts);
    Ok(Imported { document, findings: doubts.placed(source) })
}

/// Finds the resolution: the object with a preamble and operative clauses.
fn resolution(node: &Node, depth: usize) -> Option<&Node> {
    let is_one = ["preamble", "operative"].iter().any(|name| node.field(name).is_some_and(is_list));
    if is_one {
        return Some(node);
    }
    let within = WRAPPERS.iter().filter_map(|name| node.field(name));
    within.take_while(|_| depth < WRAPPERS.len()).find_map(|node| resolution(node, depth + 1))
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Value::List(_))
}

fn list(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.value) {
        Some(Value::List(nodes)) => nodes,
        _ => &[],
    }
}

/// Returns all contents below a list of clauses.
fn texts(node: Option<&Node>) -> impl Iterator<Item = String> {
    fn collect(node: &Node, out: &mut Vec<String>) {
        match &node.value {
            Value::List(nodes) => nodes.iter().for_each(|node| collect(node, out)),
            Value::Map(fields) => {
                let content = |key: &str| matches!(key, "content" | "blocks" | "items" | "subClauses" | "children");
                fields.iter().filter(|field| content(&field.key)).for_each(|field| collect(&field.node, out));
            }
            _ => out.extend(node.written().map(str::to_owned)),
        }
    }
    let mut out = Vec::new();
    node.into_iter().for_each(|node| collect(node, &mut out));
    out.into_iter()
}

/// Collects the fields of the header, from around the resolution and from the resolution itself.
fn header<'n>(root: &'n Node, resolution: &'n Node, out: &mut Vec<(&'n str, &'n Node)>) {
    let holders = [Some(root), Some(resolution)].into_iter().chain(HEADERS.map(|name| root.field(name)));
    for holder in holders.flatten() {
        let Value::Map(fields) = &holder.value else { continue };
        for field in fields {
            let is_header = field.node.written().is_some() || field.key == "sponsoringDelegations";
            if is_header && out.iter().all(|(key, _)| *key != field.key) {
                out.push((&field.key, &field.node));
            }
        }
    }
}

/// Fills in the header, and returns the name of the organ.
fn fill(document: &mut Document, fields: &[(&str, &Node)], doubts: &mut Doubts) -> Option<String> {
    let mut organ = None;
    let headline = fields.iter().any(|(key, node)| *key == "committeeResolutionHeadline" && !is_blank(node));
    for (key, node) in fields.iter().filter(|(_, node)| !is_blank(node)) {
        let text = node.written().unwrap_or_default().trim();
        let verbatim = || Text::verbatim(text);
        match *key {
            "committeeResolutionHeadline" => organ = Some(text.to_owned()),
            "committeeName" if !headline => organ = Some(text.to_owned()),
            "committeeName" => {}
            "documentNumber" => document.symbol = vec![Symbol::from(text.to_owned())],
            "topic" => document.title = Some(verbatim()),
            "authoringDelegation" => document.sponsors.insert(0, verbatim()),
            "sponsoringDelegations" => {
                let listed = list(Some(node)).iter().filter_map(Node::written).map(Text::verbatim);
                let given = node.written().map(|text| names(&[Inline::plain(text)], words(document.language)));
                document.sponsors.extend(listed.chain(given.into_iter().flatten()));
            }
            "committeeFullName" => document.body_name = Some(verbatim()),
            "date" if date(text).is_ok() => document.date = date(text).ok(),
            key if IGNORED.contains(&key) => {}
            // The name of the conference is that of the house, which no field of a document gives.
            key => {
                let finding = Diagnostic::advice("import-left-out", format!("“{key}” is left out"));
                doubts.push(
                    node.span.clone(),
                    finding.hint("add it to the document or to masthead.toml if it is needed"),
                );
            }
        }
    }
    let mut seen: Vec<Text> = Vec::new();
    document.sponsors.retain(|name| {
        let is_new = !seen.contains(name);
        seen.push(name.clone());
        is_new
    });
    organ
}

fn is_blank(node: &Node) -> bool {
    node.written().is_some_and(|text| text.trim().is_empty()) || matches!(node.value, Value::Null)
}

/// Reports what else a resolution has.
fn unknown(resolution: &Node, known: &[&str], doubts: &mut Doubts) {
    let Value::Map(fields) = &resolution.value else { return };
    let is_known =
        |key: &str| known.contains(&key) || IGNORED.contains(&key) || WRAPPERS.contains(&key) || HEADERS.contains(&key);
    for field in fields.iter().filter(|field| !is_known(&field.key) && field.node.written().is_none()) {
        let finding = Diagnostic::advice("import-left-out", format!("“{}” is left out", field.key));
        doubts.push(field.key_span.start..field.node.span.end, finding);
    }
}

/// Reports the texts of a clause that are not read.
fn unknown_in_clause(clause: &Node, doubts: &mut Doubts) {
    const KNOWN: [&str; 5] = ["content", "blocks", "items", "subClauses", "children"];
    let fields = match &clause.value {
        Value::Map(fields) => fields,
        Value::List(nodes) => return nodes.iter().for_each(|node| unknown_in_clause(node, doubts)),
        _ => return,
    };
    for field in fields {
        if KNOWN.contains(&field.key.as_str()) {
            unknown_in_clause(&field.node, doubts);
        } else if !IGNORED.contains(&field.key.as_str())
            && field.node.written().is_some_and(|text| !text.trim().is_empty())
        {
            let finding = Diagnostic::advice("import-left-out", format!("“{}” is left out", field.key));
            doubts.push(field.key_span.start..field.node.span.end, finding);
        }
    }
}

/// Returns “The General Assembly” for the name of an organ in English.
fn named(name: &str, language: Language) -> String {
    let bare = name.trim_end_matches([',', ' ']);
    let has_article = bare.to_lowercase().starts_with("the ");
    if language == Language::En && !has_article { format!("The {bare},") } else { format!("{bare},") }
}

fn paragraph(node: &Node) -> Paragraph {
    let text = node.written().unwrap_or_default();
    Paragraph { span: node.span.clone(), pieces: vec![Inline::plain(text)], ..Paragraph::default() }
}

/// Returns the first text of a clause, and what follows it, with the levels of its sub-clauses.
fn blocks(clause: &Node, level: usize) -> (Option<Paragraph>, Vec<Entry>) {
    let mut first = None;
    let mut entries = Vec::new();
    let mut say = |node: &Node, entries: &mut Vec<Entry>| {
        let said = paragraph(node);
        match first {
            _ if said.is_empty() => {}
            None if entries.is_empty() => first = Some(said),
            _ => entries.push(Entry::more(said.pieces, said.span)),
        }
    };
    if clause.written().is_some() {
        say(clause, &mut entries);
    }
    clause.field("content").into_iter().for_each(|content| say(content, &mut entries));
    for block in list(clause.field("blocks")) {
        match block.field("items") {
            Some(items) => below(items, level, &mut entries),
            None => block.field("content").into_iter().for_each(|content| say(content, &mut entries)),
        }
    }
    for name in ["subClauses", "children"] {
        clause.field(name).into_iter().for_each(|items| below(items, level, &mut entries));
    }
    (first, entries)
}

/// Adds the sub-clauses of a list.
fn below(items: &Node, level: usize, entries: &mut Vec<Entry>) {
    for item in list(Some(items)) {
        let (text, inner) = blocks(item, level + 1);
        let text = text.unwrap_or_else(|| Paragraph { span: item.span.clone(), ..Paragraph::default() });
        entries.push(Entry::item(String::new(), Some(Place { level, ..Place::default() }), text.pieces, text.span));
        entries.extend(inner);
    }
}
