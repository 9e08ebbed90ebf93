//! Collections: several texts under one number, resolution A and resolution B. The collection has the header;
//! its `collectionBody` refers to the texts in `components`, or contains them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use roxmltree::Node as Element;

use super::cover::{date_of, same};
use super::headings::part_heading;
use super::limits::DEEPEST;
use super::pieces::{followed, split};
use super::{
    Reader, annexes, body, elements, extensions, field, metadata, named, opening, plain, repairs, said, text,
    unclaimed_text, worded,
};
use crate::diagnostic::{Diagnostic, shortened};
use crate::model::limits::LONGEST_DESIGNATION;
use crate::prepare::words::words;
use crate::read::tree::{Field, Node, Value};

/// Whether an element is a collection.
pub(super) fn is_one(node: Element) -> bool {
    node.tag_name().name() == "documentCollection"
}

/// One of the texts.
pub(super) struct Part<'a, 'i> {
    /// Its element, if it is a separate document.
    document: Option<Element<'a, 'i>>,
    fields: Vec<Field>,
    pub body: Vec<Node>,
    notes: Vec<Field>,
    span: Range<usize>,
}

/// Returns the documents of a collection, in the order in which it refers to them; those without a
/// reference follow in the order of the file.
pub(super) fn documents<'a, 'i>(reader: &mut Reader, collection: Element<'a, 'i>) -> Vec<Element<'a, 'i>> {
    let mut found = Found::of(reader, collection);
    let root = collection.document().root_element();
    let rest = elements(collection).chain(elements(root)).filter(|node| node.tag_name().name() == "components");
    for component in rest.flat_map(elements).filter(|node| is_holder(*node)) {
        let before = found.list.len();
        found.meet(reader, component, 0);
        if found.list.len() > before {
            let message = "nothing in the collection refers to this component; it is placed after those it refers to";
            let hint = "add a reference where it belongs: <documentRef href=\"#…\"> with its eId";
            report(reader, component, message, hint);
        }
    }
    found.list
}

/// The documents met so far.
struct Found<'a, 'i> {
    /// Elements that can be referred to, by identifier.
    identified: HashMap<&'a str, Element<'a, 'i>>,
    /// The components and documents met so far.
    met: HashSet<usize>,
    list: Vec<Element<'a, 'i>>,
}

impl<'a, 'i> Found<'a, 'i> {
    /// Collects the documents that a collection contains or refers to.
    fn of(reader: &mut Reader, collection: Element<'a, 'i>) -> Self {
        let mut identified = HashMap::new();
        for node in collection.document().descendants().filter(|node| is_holder(*node)) {
            if let Some(identifier) = node.attribute("eId") {
                identified.entry(identifier).or_insert(node);
            }
        }
        let mut found = Self { identified, met: HashSet::new(), list: Vec::new() };
        for holder in elements(collection).filter(|node| node.tag_name().name() == "collectionBody") {
            found.within(reader, holder, 0);
        }
        found
    }

    /// Collects the documents within an element, or those it refers to.
    fn within(&mut self, reader: &mut Reader, holder: Element<'a, 'i>, depth: usize) {
        for node in elements(holder).take_while(|_| depth < DEEPEST) {
            match node.tag_name().name() {
                "documentRef" => self.referred(reader, node, depth),
                _ if is_holder(node) => self.meet(reader, node, depth),
                _ => {}
            }
        }
    }

    /// Collects a document, or those in a component, each only once.
    fn meet(&mut self, reader: &mut Reader, node: Element<'a, 'i>, depth: usize) {
        if !self.met.insert(node.range().start) {
            return;
        }
        if node.tag_name().name() == "component" {
            self.within(reader, node, depth + 1);
        } else {
            self.list.push(node);
        }
    }

    fn referred(&mut self, reader: &mut Reader, reference: Element<'a, 'i>, depth: usize) {
        let to = reference.attribute("href").unwrap_or_default().trim_start_matches('#');
        let meant = self.identified.get(to).copied();
        let Some(meant) = meant.filter(|meant| reference.ancestors().all(|above| above != *meant)) else {
            let message = format!("this refers to component “{}”, which does not exist", shortened(to));
            report(reader, reference, &message, "correct the reference, or add the component to the file");
            return;
        };
        let before = self.list.len();
        self.meet(reader, meant, depth);
        if self.list.len() == before {
            let message =
                format!("“{}” is referred to twice, or contains no document; it is included only once", shortened(to));
            report(reader, reference, &message, "remove or correct the reference");
        }
    }
}

/// Whether an element is a document, or a component that contains one.
fn is_holder(node: Element) -> bool {
    let name = node.tag_name().name();
    name == "component" || is_document(name)
}

/// Whether an element is a document of Akoma Ntoso.
fn is_document(name: &str) -> bool {
    [
        "act",
        "amendment",
        "amendmentList",
        "bill",
        "debate",
        "debateReport",
        "doc",
        "documentCollection",
        "judgment",
        "officialGazette",
        "portion",
        "statement",
    ]
    .contains(&name)
}

fn report(reader: &mut Reader, node: Element, message: &str, hint: &str) {
    let warning = Diagnostic::warning("xml-reference", message).hint(hint);
    reader.warnings.push(warning.in_source(reader.source, opening(node)));
}

/// Reads the texts of a collection. Its own content besides its header comes first, without a letter; its
/// attachments come at the end of the last text.
pub(super) fn parts<'a, 'i>(
    reader: &mut Reader,
    collection: Element<'a, 'i>,
    documents: &[Element<'a, 'i>],
    head: &[Field],
) -> Vec<Part<'a, 'i>> {
    let head_notes = std::mem::take(&mut reader.notes);
    let mut parts = Vec::with_capacity(documents.len() + 1);
    let mut lead = Vec::new();
    let apart = ["collectionBody", "attachments", "components"];
    for part in elements(collection).filter(|part| !apart.contains(&part.tag_name().name())) {
        body::part(reader, part, &mut lead);
    }
    body::settled(reader, collection, &mut lead);
    if !lead.is_empty() {
        parts.push(Part::new(reader, None, lead, opening(collection)));
    }
    for document in documents {
        cover(reader, collection, *document);
        let fields = head_of(reader, *document, head);
        let mut blocks = Vec::new();
        if is_one(*document) {
            nested(reader, *document, 0, &mut blocks);
        } else {
            blocks = body::blocks(reader, *document);
        }
        parts.push(Part::new(reader, Some((*document, fields)), blocks, document.range()));
    }
    for part in elements(collection).filter(|part| part.tag_name().name() == "attachments") {
        if parts.is_empty() {
            parts.push(Part::new(reader, None, Vec::new(), opening(part)));
        }
        if let Some(last) = parts.last_mut() {
            reader.notes = std::mem::take(&mut last.notes);
            annexes::attachments(reader, part, &mut last.body);
            last.notes = std::mem::take(&mut reader.notes);
        }
    }
    reader.notes = head_notes;
    parts
}

/// Reads the texts of a nested collection one after the other, with their letters and titles as headings.
fn nested(reader: &mut Reader, collection: Element, depth: usize, out: &mut Vec<Node>) {
    if depth >= DEEPEST {
        return reader.not_understood(collection, "collections are nested too deeply");
    }
    // Components without a reference belong to the outer collection.
    for document in Found::of(reader, collection).list {
        let (letter, title) = letter_and_title(reader, document);
        out.extend(letter.into_iter().chain(title).filter_map(|node| part_heading(reader, node)));
        if is_one(document) {
            nested(reader, document, depth + 1, out);
        } else {
            out.extend(body::blocks(reader, document));
        }
    }
}

/// Returns the letter and the title in the preface of a text.
fn letter_and_title<'a, 'i>(
    reader: &Reader,
    document: Element<'a, 'i>,
) -> (Option<Element<'a, 'i>>, Option<Element<'a, 'i>>) {
    let preface = elements(document).find(|part| part.tag_name().name() == "preface");
    let of = |name: &'static str| preface.and_then(|preface| named(preface, name).next());
    let is_short = |node: &Element| reader.exact || plain(*node).chars().count() <= LONGEST_DESIGNATION;
    (of("docNumber").filter(is_short), of("docTitle"))
}

/// Claims the cover page of a text as far as it repeats that of the collection.
fn cover(reader: &mut Reader, collection: Element, document: Element) {
    let lines = |node: Element<'_, '_>| -> Vec<String> { covers(node).flat_map(elements).map(plain).collect() };
    let said = lines(collection);
    for line in covers(document).flat_map(elements).filter(|line| said.contains(&plain(*line))) {
        reader.says_all(line);
    }
}

fn covers<'a, 'i>(node: Element<'a, 'i>) -> impl Iterator<Item = Element<'a, 'i>> {
    elements(node).filter(|part| part.tag_name().name() == "coverPage")
}

fn is_head(node: Element) -> bool {
    matches!(node.tag_name().name(), "docNumber" | "docTitle")
}

/// Reads letter, title, closing lines and metadata of a text, as far as they differ from those of the header.
fn head_of(reader: &mut Reader, document: Element, head: &[Field]) -> Vec<Field> {
    let mut fields = Vec::new();
    let (letter, title) = letter_and_title(reader, document);
    for (key, node) in [("letter", letter), ("title", title)] {
        let Some(node) = node else { continue };
        let mut text = text::title(reader, node);
        if key == "letter" && !reader.exact && text.written().ends_with('.') {
            text = split(&text, text.plain().trim_end_matches('.').len()).0;
        }
        let beside = node.next_siblings().skip(1).take_while(|other| other.is_text() || !is_head(*other));
        let notes = beside.filter(|other| other.tag_name().name() == "authorialNote");
        text = followed(text, notes.filter_map(|note| reader.mark(note)).collect());
        if super::characters::visible(text.written()) || reader.exact {
            fields.push(worded(key, node.range(), text));
        }
    }
    for part in elements(document).filter(|part| part.tag_name().name() == "conclusions") {
        conclusions(reader, part, head, &mut fields);
    }
    fields.extend(metadata::metadata(document).filter(|own| head.iter().all(|other| !alike(&own.node, &other.node))));
    fields
}

/// Reads meeting and date of a text if there are no other words and masthead prints the date alike; else
/// keeps the lines as written.
fn conclusions(reader: &mut Reader, part: Element, head: &[Field], fields: &mut Vec<Field>) {
    let is_date = |node: &Element| node.tag_name().name() == "docDate";
    let is_line = |node: &Element| {
        is_date(node) || node.tag_name().name() == "location" || node.attribute("name") == Some("adoptionMeeting")
    };
    let lines: Vec<Element> = part.descendants().filter(is_line).filter(|node| !plain(*node).is_empty()).collect();
    let adopted = head.iter().find(|field| field.key == "adopted").and_then(|field| match &field.node.value {
        Value::String(day) => Some(day.as_str()),
        _ => None,
    });
    let said_day = |node: &Element| {
        let day = date_of(*node)?;
        same(&words(reader.language).date_in_words(day), &plain(*node)).then(|| day.to_string())
    };
    let usual = match &lines[..] {
        [meeting] if !is_date(meeting) && adopted.is_none() => Some((*meeting, None)),
        [meeting, date] if !is_date(meeting) && is_date(date) => {
            said_day(date).map(|day| (*meeting, Some((*date, day))))
        }
        _ => None,
    };
    match usual {
        Some((meeting, date)) => {
            let text = text::of(reader, [meeting]);
            fields.push(worded("meeting", meeting.range(), text));
            if let Some((node, day)) = date {
                reader.says_all(node);
                if adopted != Some(&*day) {
                    fields.push(said("adopted", node.range(), day));
                }
            }
        }
        None if lines.is_empty() => {}
        None => {
            let lines = lines.into_iter().map(|line| reader.text(line)).collect();
            fields.push(field("adopted_text", part.range(), Value::List(lines)));
        }
    }
}

/// Whether two values are equal regardless of their places.
fn alike(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.key == b.key && alike(&a.node, &b.node))
        }
        (a, b) => a == b,
    }
}

impl<'a, 'i> Part<'a, 'i> {
    /// Creates a text with the notes that were met in it.
    fn new(
        reader: &mut Reader,
        said: Option<(Element<'a, 'i>, Vec<Field>)>,
        body: Vec<Node>,
        span: Range<usize>,
    ) -> Self {
        let (document, fields) = said.map_or((None, Vec::new()), |(document, fields)| (Some(document), fields));
        let mut part = Self { document, fields, body, notes: Vec::new(), span };
        repairs::notes(reader, &part.fields, &mut part.body);
        part.notes = std::mem::take(&mut reader.notes);
        reader.identified.clear();
        part
    }

    fn node(mut self, reader: &mut Reader) -> Node {
        let span = self.span;
        self.fields.push(field("body", span.clone(), Value::List(self.body)));
        if !self.notes.is_empty() {
            self.fields.push(field("footnotes", span.clone(), Value::Map(self.notes)));
        }
        if let Some(document) = self.document {
            extensions::header(reader, document, &mut self.fields);
        }
        Node { value: Value::Map(self.fields), span }
    }
}

/// Returns the bodies and where each begins, for text that is still unclaimed.
pub(super) fn places<'p>(parts: &'p mut [Part]) -> Vec<unclaimed_text::Place<'p>> {
    parts.iter_mut().map(|part| unclaimed_text::Place { span: part.span.clone(), blocks: &mut part.body }).collect()
}

/// Adds the texts to the fields of the header. A single text without a letter is the whole document.
pub(super) fn add(reader: &mut Reader, mut parts: Vec<Part>, fields: &mut Vec<Field>, at: Range<usize>) {
    let has_notes = !reader.notes.is_empty();
    let of_head = |part: &Part| {
        let added = |field: &Field| fields.iter().all(|other| other.key != field.key) && field.key != "adopted_text";
        !has_notes && part.fields.iter().all(added)
    };
    if let [only] = &parts[..]
        && !reader.exact
        && only.fields.iter().all(|field| field.key != "letter")
        && of_head(only)
        && let Some(Node { value: Value::Map(own), .. }) = parts.pop().map(|part| part.node(reader))
    {
        fields.extend(own);
        return;
    }
    let parts = parts.into_iter().map(|part| part.node(reader)).collect();
    fields.push(field("parts", at, Value::List(parts)));
}
