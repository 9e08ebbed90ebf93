//! YAML to the tree of values, from the events of the parser, without recursion.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use regex::Regex;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::limits::{DEEPEST, MOST_FAULTS, duplicate, empty_source, sized, too_deep};
use super::tree::{Field, Node, Value};
use crate::diagnostic::{Diagnostic, Source};

/// Whole and decimal numbers of the core schema.
static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$").ok());

/// The tree of a YAML source, or every fault of its form.
pub(super) fn parse(source: &Arc<Source>) -> Result<Node, Vec<Diagnostic>> {
    sized(source)?;
    let mut reader = Reader::new(source);
    let mut text = source.text.clone();
    // An alias ends the parse: it is noted and blotted out, and the rest read again.
    while let Err(error) = reader.read(&text) {
        let at = reader.offsets.byte(error.marker().index());
        if error.info().contains("recursion limit") {
            reader.faults.push(too_deep(source, at));
            break;
        }
        if !error.info().contains("unknown anchor") || text.as_bytes().get(at) != Some(&b'*') {
            reader.syntax(&error, at);
            break;
        }
        reader.alias(at);
        if reader.faults.len() >= MOST_FAULTS || text.len() > LARGEST_READ_AGAIN {
            break;
        }
        text.replace_range(at..=at, "x");
    }
    match reader.root {
        Some(root) if reader.faults.is_empty() => Ok(root),
        None if reader.faults.is_empty() => Err(vec![empty_source(source)]),
        _ => {
            let place = |fault: &Diagnostic| fault.place.as_ref().map_or(0, |place| place.span.start);
            reader.faults.sort_by_key(place);
            reader.faults.dedup();
            Err(reader.faults)
        }
    }
}

/// A source beyond this many bytes shows its first alias only.
const LARGEST_READ_AGAIN: usize = 1 << 20;

struct Reader<'s> {
    source: &'s Arc<Source>,
    offsets: Offsets<'s>,
    faults: Vec<Diagnostic>,
    open: Vec<Open>,
    root: Option<Node>,
}

/// A list or map under way.
enum Open {
    List(Vec<Node>, usize),
    Map { fields: Vec<Field>, names: HashSet<String>, key: Option<(String, Range<usize>)>, start: usize },
}

impl<'s> Reader<'s> {
    fn new(source: &'s Arc<Source>) -> Self {
        Self {
            source,
            offsets: Offsets::new(&source.text),
            faults: Vec::new(),
            open: Vec::new(),
            root: None,
        }
    }

    fn fault(&mut self, code: &'static str, span: Range<usize>, message: impl Into<String>, hint: &str) {
        self.faults.push(Diagnostic::fault(code, message).hint(hint).at(self.source, span, ""));
    }

    /// Reads the events of a text up to its end, the first error or too many faults.
    fn read(&mut self, text: &str) -> Result<(), ScanError> {
        self.open.clear();
        self.root = None;
        let mut documents = 0;
        for event in Parser::new_from_str(text) {
            let (event, span) = event?;
            let bytes = self.offsets.bytes(&span);
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let message = "the file holds more than one document";
                        self.fault("many-documents", bytes, message, "put each document into a file of its own");
                        return Ok(());
                    }
                }
                Event::Alias(_) => self.alias(bytes.start),
                Event::Scalar(text, style, _, tag) => {
                    self.tagged(tag.is_some(), &bytes);
                    self.scalar(&text, style, bytes);
                }
                Event::SequenceStart(_, tag) => {
                    self.tagged(tag.is_some(), &bytes);
                    self.open.push(Open::List(Vec::new(), bytes.start));
                }
                Event::MappingStart(_, tag) => {
                    self.tagged(tag.is_some(), &bytes);
                    let (fields, names) = (Vec::new(), HashSet::new());
                    self.open.push(Open::Map { fields, names, key: None, start: bytes.start });
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(bytes.end),
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
            if self.open.len() > DEEPEST {
                self.faults.push(too_deep(self.source, self.offsets.byte(span.start.index())));
                return Ok(());
            }
            if self.faults.len() >= MOST_FAULTS {
                return Ok(());
            }
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Range<usize>) {
        if let Some(Open::Map { key: key @ None, names, .. }) = self.open.last_mut() {
            let doubled = !names.insert(text.to_owned());
            *key = Some((text.to_owned(), span.clone()));
            if doubled {
                self.faults.push(duplicate(self.source, text, span));
            }
            return;
        }
        let plain = matches!(style, ScalarStyle::Plain);
        let value = match text {
            "" | "~" | "null" | "Null" | "NULL" if plain => Value::Null,
            "true" | "True" | "TRUE" if plain => Value::Bool(true),
            "false" | "False" | "FALSE" if plain => Value::Bool(false),
            _ if plain && NUMBER.as_ref().is_some_and(|number| number.is_match(text)) => {
                Value::Number(text.to_owned())
            }
            _ => Value::String(text.to_owned()),
        };
        self.put(Node { value, span });
    }

    fn put(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(nodes, _)) => nodes.push(node),
            Some(Open::Map { fields, key, .. }) => match key.take() {
                Some((key, key_span)) => fields.push(Field { key, key_span, node }),
                None => {
                    let hint = "a field's name is a text: “name: value”";
                    self.fault("not-a-text-key", node.span, "a list or map cannot be the name of a field", hint);
                    if let Some(Open::Map { key, .. }) = self.open.last_mut() {
                        *key = Some((String::new(), 0..0));
                    }
                }
            },
        }
    }

    fn close(&mut self, end: usize) {
        let node = match self.open.pop() {
            Some(Open::List(nodes, start)) => {
                let end = nodes.last().map_or(end, |last| last.span.end).max(start);
                Node { value: Value::List(nodes), span: start..end }
            }
            Some(Open::Map { fields, start, .. }) => {
                let end = fields.last().map_or(end, |last| last.node.span.end).max(start);
                Node { value: Value::Map(fields), span: start..end }
            }
            None => return,
        };
        self.put(node);
    }

    fn tagged(&mut self, tagged: bool, span: &Range<usize>) {
        if tagged {
            let hint = "leave it out; a text that begins with an exclamation mark must be in quotes";
            self.fault("yaml-tag", span.clone(), "tags such as “!name” are not read", hint);
        }
    }

    fn alias(&mut self, at: usize) {
        let text = &self.source.text;
        let name = text.get(at..).and_then(|rest| rest.split([' ', '\n', '\r', ',', ']', '}']).next()).unwrap_or("");
        let span = at..at + name.len();
        let hint = "a text that begins with an asterisk must be in quotes: \"*Recalling* its resolution …\"";
        self.fault("yaml-alias", span, "YAML takes what begins with an asterisk for an alias, and aliases are not read", hint);
    }

    fn syntax(&mut self, error: &ScanError, at: usize) {
        let hint = if self.source.text.get(at..).is_some_and(|rest| rest.starts_with('\t')) {
            "indent with spaces, not with tabs"
        } else {
            "put a text that contains “: ” or “ #”, or begins with one of * & @ % ! | > [ { # ` ', into quotes"
        };
        self.fault("yaml-syntax", at..at, format!("this is no YAML: {}", error.info()), hint);
    }
}

/// The bytes at which characters begin: the parser counts characters.
struct Offsets<'t> {
    text: &'t str,
    /// The byte of every `STEP`th character.
    steps: Vec<usize>,
}

const STEP: usize = 64;

impl<'t> Offsets<'t> {
    fn new(text: &'t str) -> Self {
        let steps = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect()
        };
        Self { text, steps }
    }

    fn byte(&self, index: usize) -> usize {
        if self.steps.is_empty() {
            return index.min(self.text.len());
        }
        let Some(step) = self.steps.get(index / STEP) else {
            return self.text.len();
        };
        let rest = &self.text[*step..];
        rest.char_indices().nth(index % STEP).map_or(self.text.len(), |(byte, _)| step + byte)
    }

    fn bytes(&self, span: &Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Node {
        parse(&Source::new("t.yaml", text)).unwrap_or_else(|faults| panic!("{}", faults[0]))
    }

    fn codes(text: &str) -> Vec<&'static str> {
        parse(&Source::new("t.yaml", text)).map_or_else(|f| f.iter().map(|f| f.code).collect(), |_| Vec::new())
    }

    fn field<'n>(node: &'n Node, key: &str) -> &'n Node {
        let Value::Map(fields) = &node.value else { panic!("no map") };
        &fields.iter().find(|field| field.key == key).unwrap().node
    }

    #[test]
    fn values_and_their_bytes() {
        let text = "a: no\nb: 127\nc: '127'\nd: 2023-08-28\ne: ~\nf: [true, é “x”, 1.5]\n1: x\n";
        let root = tree(text);
        assert_eq!(field(&root, "a").value, Value::String("no".into()));
        assert_eq!(field(&root, "b").value, Value::Number("127".into()));
        assert_eq!(field(&root, "c").value, Value::String("127".into()));
        assert_eq!(field(&root, "d").value, Value::String("2023-08-28".into()));
        assert_eq!(field(&root, "e").value, Value::Null);
        let Value::List(list) = &field(&root, "f").value else { panic!("no list") };
        assert_eq!(list[0].value, Value::Bool(true));
        assert_eq!(&text[list[1].span.clone()], "é “x”");
        assert_eq!(&text[list[2].span.clone()], "1.5");
        assert_eq!(&text[field(&root, "1").span.clone()], "x");
        assert_eq!(&text[field(&root, "c").span.clone()], "'127'");
    }

    #[test]
    fn block_and_folded_texts() {
        let root = tree("\u{feff}a: |\r\n  one\r\n  two\r\nb: >-\n  one\n  two\n");
        assert_eq!(field(&root, "a").value, Value::String("one\ntwo\n".into()));
        assert_eq!(field(&root, "b").value, Value::String("one two".into()));
    }

    #[test]
    fn every_alias_is_told_with_its_place() {
        let source = Source::new("t.yaml", "b:\n  - é: *Recalling* its\n  - x: *Noting* that\n");
        let faults = parse(&source).unwrap_err();
        let told: Vec<_> = faults.iter().map(|f| (f.code, &source.text[f.place.as_ref().unwrap().span.clone()])).collect();
        assert_eq!(told, [("yaml-alias", "*Recalling*"), ("yaml-alias", "*Noting*")]);
        assert_eq!(codes("a: &x 1\nb: *x\n"), ["yaml-alias"]);
    }

    #[test]
    fn faults_of_form() {
        assert_eq!(codes(""), ["empty-source"]);
        assert_eq!(codes("# nothing\n"), ["empty-source"]);
        assert_eq!(codes("a: 1\nb: 2\na: 3\n"), ["duplicate-field"]);
        assert_eq!(codes("a: 1\n---\nb: 2\n"), ["many-documents"]);
        assert_eq!(codes("a: !!str 1\nb: !x 2\n"), ["yaml-tag", "yaml-tag"]);
        assert_eq!(codes("? [a]\n: 1\n"), ["not-a-text-key"]);
        assert_eq!(codes("a: [1\n"), ["yaml-syntax"]);
        assert_eq!(codes("a: b: c\n"), ["yaml-syntax"]);
    }

    #[test]
    fn hostile_sources_end() {
        assert_eq!(codes(&"[".repeat(1_000_000)), ["too-deep"]);
        assert_eq!(codes(&"- ".repeat(100_000)), ["too-deep"]);
        let bomb: String = (0..5000).map(|n| format!("a{n}: *b{n}\n")).collect();
        assert_eq!(codes(&bomb).len(), MOST_FAULTS);
        let long = format!("a: \"{}\"\n", "é ".repeat(1_000_000));
        assert!(matches!(&field(&tree(&long), "a").value, Value::String(text) if text.len() > 2_000_000));
    }
}
