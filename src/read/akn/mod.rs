//! Parses AKN4UN XML, the UN's profile of Akoma Ntoso, into the tree of values.

mod adoption;
mod annexes;
mod bare;
mod body;
mod characters;
mod collection;
mod cover;
mod entities;
mod exact_blocks;
mod extensions;
mod fields;
mod flow;
mod headings;
mod kinds;
mod layouts;
mod levels;
mod lists;
mod metadata;
mod named_parts;
mod names;
mod numbers;
mod own_words;
mod passage;
mod pieces;
mod quotation_marks;
mod quotes;
mod recover;
mod repairs;
mod symbols;
mod table;
mod tags;
mod text;
mod unclaimed_text;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use flow::Piece;
use roxmltree::{Document, Node as Element, ParsingOptions};

pub(crate) use cover::{LANGUAGES, OF_SCRIPT, letters_of_scripts};
pub(crate) use extensions::NAMESPACE;
pub(crate) use kinds::statement_name;
pub(crate) use levels::{are_alike, depths, is_designation, numeral};
pub(crate) use lists::is_labelled;

use super::limits::{self, DEEPEST};
use super::tree::{Field, Node, Value};
use crate::diagnostic::{Diagnostic, Severity, Source, shortened};
use crate::model::{Inline, Kind, Language, Symbol, Text};

/// How many elements and texts an XML file may have: a thousand pages have a tenth of that.
const MOST_NODES: u32 = 1_000_000;

/// How many attributes an element may have: the parser compares each with all others.
const MOST_ATTRIBUTES: usize = 5_000;

/// Parses a source into its tree, and returns warnings about what was not understood.
///
/// # Errors
///
/// Returns why the source is not an AKN4UN document.
pub(super) fn parse(source: &Arc<Source>) -> Result<(Node, Vec<Diagnostic>), Vec<Diagnostic>> {
    limits::sized(source)?;
    if source.text.trim().is_empty() {
        return Err(vec![limits::empty_source(source)]);
    }
    let error =
        |code, message: String, hint, span| vec![Diagnostic::error(code, message).hint(hint).in_source(source, span)];
    if let Some(tag) = source.text.split('<').find(|tag| tag.matches('=').count() > MOST_ATTRIBUTES) {
        let at = tag.as_ptr().addr() - source.text.as_ptr().addr();
        let message = format!("an element has more than {MOST_ATTRIBUTES} attributes");
        return Err(error(
            "xml-syntax",
            message,
            "remove attributes; an element of Akoma Ntoso has only a few",
            at..at,
        ));
    }
    let whole = |text| {
        let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        Document::parse_with_options(text, options)
    };
    let first = whole(&source.text);
    let recovered = match &first {
        Ok(_) | Err(roxmltree::Error::DtdDetected | roxmltree::Error::NodesLimitReached) => None,
        Err(_) => recover::recovered(source),
    };
    let document = match (first, &recovered) {
        (Err(error), Some(recovered)) => whole(&recovered.text).map_err(|_| error),
        (first, _) => first,
    };
    let document = document.map_err(|broken| {
        let at = match broken {
            roxmltree::Error::UnclosedRootNode => source.text.trim_end().len(),
            _ => offset(&source.text, broken.pos()),
        };
        let hint = match broken {
            roxmltree::Error::NodesLimitReached => "split it into several documents",
            roxmltree::Error::DtdDetected => "remove the document type; no entities are read, internal or external",
            _ => "make the file well-formed XML",
        };
        error("xml-syntax", format!("not well-formed XML: {broken}"), hint, at..at)
    })?;
    let place = |span: &Range<usize>| recovered.as_ref().map_or(span.clone(), |recovered| recovered.place(span));
    let root = document.root_element();
    let statement = elements(root).find(|node| node.tag_name().name() == "statement").or(elements(root).next());
    let (true, Some(statement)) = (root.tag_name().name() == "akomaNtoso", statement) else {
        let hint = "use AKN4UN, the UN’s profile of Akoma Ntoso for resolutions and decisions";
        return Err(error(
            "not-akn",
            "no <akomaNtoso> with a <statement> in this XML".into(),
            hint,
            place(&opening(root)),
        ));
    };
    let mut reader = Reader { exact: extensions::is_in(root), ..Reader::new(source) };
    let collected = collection::is_one(statement).then(|| collection::documents(&mut reader, statement));
    if reader.exact {
        extensions::printed(&mut reader, statement);
    }
    let mut fields = cover::fields(&mut reader, statement, collected.as_deref().unwrap_or_default());
    fields.extend(metadata::metadata(statement));
    match collected {
        None => single(&mut reader, root, statement, &mut fields),
        Some(documents) => several(&mut reader, root, statement, &documents, &mut fields),
    }
    let notes = std::mem::take(&mut reader.notes);
    if !notes.is_empty() {
        fields.push(field("footnotes", opening(statement), Value::Map(notes)));
    }
    extensions::header(&mut reader, statement, &mut fields);
    layouts::add(root, &mut fields);
    let mut tree = Node { value: Value::Map(fields), span: opening(statement) };
    let mut warnings = reader.warnings;
    tree.replace(&place);
    for found in warnings.iter_mut().filter_map(|warning| warning.place.as_mut()) {
        found.span = place(&found.span);
    }
    let assumed = recovered.map(|recovered| recovered.warnings).unwrap_or_default();
    warnings.splice(0..0, assumed);
    Ok((tree, warnings))
}

/// Reads the body of a single document.
fn single(reader: &mut Reader, root: Element, statement: Element, fields: &mut Vec<Field>) {
    let mut body = body::blocks(reader, statement);
    adoption::statement_title(reader, fields, &mut body);
    unclaimed_text::keep(
        reader,
        root,
        fields,
        &mut [unclaimed_text::Place { span: statement.range(), blocks: &mut body }],
    );
    repairs::header(reader, fields);
    repairs::notes(reader, fields, &mut body);
    fields.push(field("body", opening(statement), Value::List(body)));
}

/// Reads the texts of a collection.
fn several(reader: &mut Reader, root: Element, collection: Element, documents: &[Element], fields: &mut Vec<Field>) {
    let mut parts = collection::parts(reader, collection, documents, fields);
    unclaimed_text::keep(reader, root, fields, &mut collection::places(&mut parts));
    repairs::header(reader, fields);
    if let Some(first) = parts.first_mut() {
        repairs::notes(reader, fields, &mut first.body);
    }
    collection::add(reader, parts, fields, opening(collection));
}

/// Returns the text of an element given as a separate file. Returns `None` if it is not XML.
pub(crate) fn text_of_xml(xml: &str, language: Language, title: bool) -> Option<Text> {
    let source = Source::new("", xml);
    let document = Document::parse(&source.text).ok()?;
    let mut reader = Reader { language, ..Reader::new(&source) };
    let root = document.root_element();
    Some(if title { text::title(&mut reader, root) } else { text::of(&mut reader, [root]) })
}

/// The state of reading a source.
struct Reader<'s> {
    source: &'s Arc<Source>,
    /// The footnotes met so far, by their marks.
    notes: Vec<Field>,
    /// Whether the text of a note is being read.
    noting: bool,
    /// Where the texts begin that have been claimed for the tree.
    said: HashSet<usize>,
    warnings: Vec<Diagnostic>,
    depth: usize,
    language: Language,
    kind: Kind,
    symbols: Vec<Symbol>,
    /// The marks of the footnotes that have an identifier.
    identified: HashMap<String, String>,
    /// Whether masthead wrote the file, so that it gives the model exactly; then nothing is repaired.
    exact: bool,
    /// Where numbers and labels begin that are kept although they would be assigned automatically.
    kept: HashSet<usize>,
    /// The number of a paragraph without text, which belongs to the next one.
    number: Option<String>,
}

impl<'s> Reader<'s> {
    fn new(source: &'s Arc<Source>) -> Self {
        Self {
            source,
            notes: Vec::new(),
            noting: false,
            said: HashSet::new(),
            warnings: Vec::new(),
            depth: 0,
            language: Language::default(),
            kind: Kind::default(),
            symbols: Vec::new(),
            identified: HashMap::new(),
            exact: false,
            kept: HashSet::new(),
            number: None,
        }
    }

    /// Stores a footnote and returns the mark to refer to it by: asterisks are kept, numbers follow
    /// the order of the notes. A note within a note becomes text of the outer note.
    fn note(&mut self, note: Element) -> Noted {
        if self.noting && !self.exact {
            let text = plain(note);
            note.descendants().filter(Element::is_text).for_each(|text| self.says(text));
            self.not_understood(note, "a note cannot have notes, and its text is put in brackets");
            return if text.is_empty() { Noted::Empty } else { Noted::Within(text) };
        }
        let given = note.attribute("marker").unwrap_or_default();
        let is_starred = |mark: &str| (1..=8).contains(&mark.len()) && mark.chars().all(|c| c == '*');
        let taken = |mark: &str| self.notes.iter().any(|field| field.key == mark);
        let numbered = self.notes.iter().filter(|field| !is_starred(&field.key)).count();
        let mark = match extensions::attribute(note, "mark") {
            Some(mark) => mark.to_owned(),
            None if is_starred(given) && !taken(given) => given.to_owned(),
            None => (numbered + 1..).map(|number| number.to_string()).find(|mark| !taken(mark)).unwrap_or_default(),
        };
        // Its place is reserved before its text is read: exact files may have notes within notes.
        let at = self.notes.len();
        self.notes.push(field(&mark, note.range(), Value::Null));
        if let Some(identifier) = note.attribute("eId") {
            self.identified.insert(identifier.to_owned(), mark.clone());
        }
        let outer = std::mem::replace(&mut self.noting, true);
        let text = text::of(self, parts(note));
        self.noting = outer;
        let text = if repeats(note, given) { without_mark(text, given) } else { text };
        if text.written().is_empty() && !self.exact {
            self.notes.remove(at);
            return Noted::Empty;
        }
        self.notes[at].node.value = Value::Text(text);
        Noted::Mark(mark)
    }

    /// Returns the mark of the footnote to which a repeated reference refers.
    fn mark_of(&self, reference: Element) -> Option<String> {
        let known = || self.identified.get(reference.attribute("href")?.trim_start_matches('#')).cloned();
        extensions::attribute(reference, "mark").map(str::to_owned).or_else(known)
    }

    /// Returns a reference to a note, or what is printed of it.
    fn mark(&mut self, note: Element) -> Option<Inline> {
        match self.note(note) {
            Noted::Mark(mark) => Some(Inline::note(mark)),
            Noted::Within(text) => Some(Inline::plain(format!(" ({text})"))),
            Noted::Empty => None,
        }
    }

    /// Claims a text for the tree.
    fn says(&mut self, text: Element) {
        self.said.insert(text.range().start);
    }

    /// Claims all texts of an element, without its notes, in whatever form.
    fn says_all(&mut self, element: Element) {
        element
            .descendants()
            .filter(|node| node.is_text() && !within_note(*node, element))
            .for_each(|text| self.says(text));
    }

    /// Claims and returns the text of an element without markup and notes.
    fn plain(&mut self, element: Element) -> String {
        element.descendants().filter(is_deletion).for_each(|struck| self.deleted(struck));
        self.says_all(element);
        plain(element)
    }

    fn not_understood(&mut self, node: Element, outcome: &str) {
        let message = format!("<{}> is not fully understood; {outcome}", node.tag_name().name());
        let warning = Diagnostic::warning("xml-not-understood", message);
        self.warnings.push(warning.in_source(self.source, opening(node)));
    }

    /// Goes one level deeper, unless elements are nested too deeply.
    fn deeper(&mut self, node: Element) -> bool {
        if self.depth >= DEEPEST {
            self.not_understood(node, "elements are nested too deeply, and it is left out");
            return false;
        }
        self.depth += 1;
        true
    }

    /// Reports where a file contradicts itself, and which of the two is used.
    fn settle(&mut self, node: Element, message: String, hint: &str) {
        let reported = Diagnostic { severity: Severity::Hint, ..Diagnostic::warning("xml-disagrees", message) };
        self.warnings.push(reported.hint(hint).in_source(self.source, opening(node)));
    }

    /// Skips text that is struck out in the file: it is reported and not printed.
    fn deleted(&mut self, node: Element) {
        node.descendants().filter(Element::is_text).for_each(|text| self.says(text));
        let struck = characters::folded(
            &node.descendants().filter(Element::is_text).filter_map(|part| part.text()).collect::<String>(),
        );
        let message = format!("“{}” is struck out in the file; it is not printed", shortened(struck.trim_matches(' ')));
        let warning = Diagnostic::warning("xml-deleted", message);
        let warning = warning.hint("remove the <del> element, or only its tags to keep the text");
        self.warnings.push(warning.in_source(self.source, node.range()));
    }

    /// Reads the blocks of an element.
    fn blocks(&mut self, node: Element) -> Vec<Node> {
        let mut blocks = Vec::new();
        body::all(self, node, &mut blocks);
        blocks
    }

    /// Reads a line of text.
    fn line(&mut self, piece: &Piece) -> Node {
        match piece {
            Piece::Whole(node) | Piece::Block(node) => self.text(*node),
            Piece::Line(nodes) => {
                let span =
                    nodes.first().map_or(0, |node| node.range().start)..nodes.last().map_or(0, |node| node.range().end);
                Node::inline(text::line(self, nodes), span)
            }
        }
    }

    /// Reads the text of an element as a value.
    fn text(&mut self, element: Element) -> Node {
        Node::inline(text::of(self, [element]), element.range())
    }
}

/// How a note was stored.
enum Noted {
    /// It is stored under that mark.
    Mark(String),
    /// It is nested in a note, and this is its text.
    Within(String),
    /// It has no text.
    Empty,
}

/// Returns the text of an element without markup, notes and struck-out text, with its white space
/// folded.
fn plain(element: Element) -> String {
    let struck =
        |node: &Element| node.ancestors().take_while(|above| *above != element).any(|above| is_deletion(&above));
    let own = element.descendants().filter(|node| node.is_text() && !within_note(*node, element) && !struck(node));
    let text: String = own.filter_map(|node| node.text()).collect();
    characters::folded(&text).trim_matches(' ').to_owned()
}

/// Whether a node is in a note within that element.
fn within_note(node: Element, element: Element) -> bool {
    node.ancestors().take_while(|above| *above != element).any(|above| above.tag_name().name() == "authorialNote")
}

fn is_deletion(node: &Element) -> bool {
    node.tag_name().name() == "del"
}

/// Whether a note repeats its mark: raised, in parentheses, or before a tab.
fn repeats(note: Element, mark: &str) -> bool {
    let said: String = note.descendants().filter_map(|part| part.text().filter(|_| part.is_text())).collect();
    let said = said.trim_start();
    let raised = named(note, "sup").next().is_some_and(|sup| said.starts_with(&*plain(sup)));
    let tabbed = said.strip_prefix(mark).is_some_and(|rest| rest.starts_with(['\t', '\u{3000}']));
    raised || tabbed || ["()", "( )"].iter().any(|empty| said.starts_with(empty))
}

/// Removes the mark that a text repeats before a tab, which is folded to a space here:
/// "1 Resolution"; or the empty pair of brackets for it.
fn without_mark(text: Text, mark: &str) -> Text {
    let said = text.plain();
    let empty = ["()", "( )"].into_iter().find(|empty| said.starts_with(empty));
    let repeated = || said.strip_prefix(mark).is_some_and(|rest| rest.starts_with(' ')).then_some(mark);
    match empty.or_else(repeated) {
        Some(mark) => pieces::split(&text, mark.len()).1,
        None => text,
    }
}

fn field(key: &str, span: Range<usize>, value: Value) -> Field {
    Field { key: key.to_owned(), key_span: span.clone(), node: Node { value, span } }
}

/// Creates a field of text.
fn said(key: &str, span: Range<usize>, text: impl Into<String>) -> Field {
    field(key, span, Value::String(text.into()))
}

/// Creates a field of text with marks.
fn worded(key: &str, span: Range<usize>, text: Text) -> Field {
    field(key, span, Value::Text(text))
}

/// Returns the span of the start tag of an element, since the whole would underline too much.
fn opening(element: Element) -> Range<usize> {
    let range = element.range();
    let first = element.first_child().map_or(range.end, |child| child.range().start);
    range.start..first.max(range.start)
}

fn elements<'a, 'i>(parent: Element<'a, 'i>) -> impl Iterator<Item = Element<'a, 'i>> {
    parent.children().filter(Element::is_element)
}

/// Returns the child elements, or the element itself if it has text of its own.
fn parts<'a, 'i>(element: Element<'a, 'i>) -> Vec<Element<'a, 'i>> {
    let own = |node: Element| node.is_text() && node.text().is_some_and(|text| !text.trim().is_empty());
    if element.children().any(own) { vec![element] } else { elements(element).collect() }
}

fn named<'a, 'i>(parent: Element<'a, 'i>, name: &'static str) -> impl Iterator<Item = Element<'a, 'i>> {
    parent.descendants().filter(move |node| node.tag_name().name() == name)
}

/// Returns the byte offset of a row and column, both from 1; columns count characters.
fn offset(text: &str, at: roxmltree::TextPos) -> usize {
    let row = at.row.saturating_sub(1) as usize;
    let start = if row == 0 { 0 } else { text.match_indices('\n').nth(row - 1).map_or(text.len(), |(at, _)| at + 1) };
    let line = text[start..].lines().next().unwrap_or_default();
    start + line.char_indices().nth(at.col.saturating_sub(1) as usize).map_or(line.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests;
