//! Parses YAML into the tree of values, from the events of the parser, without recursion.

mod comments;
mod errors;
mod offsets;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use offsets::Offsets;

use super::limits::{DEEPEST, MOST_ERRORS, duplicate, empty_source, sized, too_deep};
use super::tree::{Field, Node, Value};
use crate::diagnostic::{self, Diagnostic, Source};

/// How many bytes in total are read again to find the errors after the first.
const MOST_READ_AGAIN: usize = 8 << 20;

/// Parses a YAML source into its tree and warnings, or returns its formal errors.
pub(super) fn parse(source: &Arc<Source>) -> Result<(Node, Vec<Diagnostic>), Vec<Diagnostic>> {
    sized(source)?;
    let (root, warnings) = root(source)?;
    Ok((root.ok_or_else(|| vec![empty_source(source)])?, warnings))
}

/// Parses YAML within another source, with places in that source. Returns no tree if
/// it is empty.
pub(super) fn parse_part(source: &Arc<Source>, part: Range<usize>) -> Parsed {
    let text = source.text.get(part.clone()).unwrap_or("");
    let mut parsed = root(&Source::new(source.name.as_str(), text));
    let reported = match &mut parsed {
        Ok((node, warnings)) => {
            node.iter_mut().for_each(|node| node.shift(part.start));
            warnings
        }
        Err(errors) => errors,
    };
    for place in reported.iter_mut().filter_map(|finding| finding.place.as_mut()) {
        place.source = source.clone();
        place.span = place.span.start + part.start..place.span.end + part.start;
    }
    parsed
}

/// A tree, unless the source is empty, and warnings; or errors.
type Parsed = Result<(Option<Node>, Vec<Diagnostic>), Vec<Diagnostic>>;

fn root(source: &Arc<Source>) -> Parsed {
    let mut reader = Reader::new(source);
    let mut text = Cow::Borrowed(source.text.as_str());
    let mut read_again = 0;
    // A misplaced mark stops the parser. It is blanked out and the text is parsed again, so that
    // all such marks are reported at once.
    while let Some(stop) = reader.read(&text) {
        let Some(at) = reader.refuse(&stop) else { break };
        // The parser may look ahead as far as the end.
        read_again += text.len();
        if reader.blotted.len() >= MOST_ERRORS || read_again > MOST_READ_AGAIN {
            break;
        }
        text.to_mut().replace_range(at..at + 1, "_");
    }
    reader.finish()
}

/// What stops the parser before the end of the text.
enum Stop {
    Alias(usize),
    Error(ScanError),
}

struct Reader<'s> {
    source: &'s Arc<Source>,
    offsets: Offsets<'s>,
    /// The places of marks that stopped the parser and were blanked out.
    blotted: Vec<usize>,
    /// Errors that stopped the parser.
    refused: Vec<Diagnostic>,
    /// Errors of the last pass that did not stop the parser.
    errors: Vec<Diagnostic>,
    /// Warnings of the last pass.
    warnings: Vec<Diagnostic>,
    open: Vec<Open>,
    root: Option<Node>,
}

/// A list or map that is still open.
enum Open {
    List(Vec<Node>, usize),
    Map { fields: Vec<Field>, names: HashSet<String>, key: Option<(String, Range<usize>)>, start: usize },
}

impl<'s> Reader<'s> {
    fn new(source: &'s Arc<Source>) -> Self {
        Self {
            source,
            offsets: Offsets::new(&source.text),
            blotted: Vec::new(),
            refused: Vec::new(),
            errors: Vec::new(),
            warnings: Vec::new(),
            open: Vec::new(),
            root: None,
        }
    }

    fn finish(self) -> Parsed {
        let mut errors = self.refused;
        errors.extend(self.errors);
        diagnostic::sort(&mut errors);
        errors.truncate(MOST_ERRORS);
        if errors.is_empty() { Ok((self.root, self.warnings)) } else { Err(errors) }
    }

    fn diagnostic(
        &self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, message).hint(hint).in_source(self.source, span)
    }

    fn rest(&self, at: usize) -> &'s str {
        self.source.text.get(at..).unwrap_or("")
    }

    /// Reads the events of a text up to its end, until there are too many errors, or the parser stops.
    fn read(&mut self, text: &str) -> Option<Stop> {
        self.open.clear();
        self.errors.clear();
        self.warnings.clear();
        self.root = None;
        let mut documents = 0;
        for event in Parser::new_from_str(text) {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => return Some(Stop::Error(error)),
            };
            let bytes = self.offsets.bytes(&span);
            let start = bytes.start;
            match event {
                Event::Alias(_) => return Some(Stop::Alias(start)),
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let message = "the source contains more than one document";
                        let hint = "put each document in a file of its own; a line “---” begins a new document";
                        self.errors.push(self.diagnostic("many-documents", bytes, message, hint));
                        return None;
                    }
                }
                Event::Scalar(text, style, anchor, tag) => {
                    self.properties(anchor, tag.is_some(), start);
                    self.scalar(text, style, bytes);
                }
                Event::SequenceStart(anchor, tag) => {
                    self.properties(anchor, tag.is_some(), start);
                    let start = if span.is_empty() { self.dash(start) } else { start };
                    self.open.push(Open::List(Vec::new(), start));
                }
                Event::MappingStart(anchor, tag) => {
                    self.properties(anchor, tag.is_some(), start);
                    self.open.push(Open::Map { fields: Vec::new(), names: HashSet::new(), key: None, start });
                }
                // Only a written bracket has a non-empty span, which may include the spaces after it.
                Event::SequenceEnd | Event::MappingEnd => self.close((!span.is_empty()).then_some(start + 1)),
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
            if self.open.len() > DEEPEST {
                self.errors.push(too_deep(self.source, start));
                return None;
            }
            if self.errors.len() >= MOST_ERRORS {
                return None;
            }
        }
        None
    }

    /// Returns the place of the hyphen that begins the list: if its map is not indented less than the
    /// list, the parser reports the place of the first entry instead.
    fn dash(&self, at: usize) -> usize {
        let before = self.source.text.get(..at).unwrap_or("");
        let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let indent = before.get(line..).map_or(0, |text| text.len() - text.trim_start_matches(' ').len());
        // The name of a list without indentation is on a line above it.
        let named = |key: &(String, Range<usize>)| key.1.end <= line;
        let below = matches!(self.open.last(), Some(Open::Map { key: Some(key), .. }) if named(key));
        let hyphen = before.get(line + indent..).is_some_and(|text| text.starts_with('-'));
        if below && hyphen { line + indent } else { at }
    }

    fn scalar(&mut self, text: Cow<str>, style: ScalarStyle, mut span: Range<usize>) {
        let plain = style == ScalarStyle::Plain;
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            let written = self.source.text.get(span.clone()).unwrap_or("");
            span.end = span.start + written.trim_end().len();
        } else if plain && text.is_empty() {
            // An empty value is placed after its colon; the parser may report the next token.
            let colon = self.rest(span.start).starts_with(':');
            span.start = match self.open.last() {
                None => return,
                Some(Open::Map { key: Some((_, key)), .. }) => {
                    if colon {
                        span.start + 1
                    } else {
                        key.end
                    }
                }
                Some(_) => span.start,
            };
            span.end = span.start;
        }
        if let Some(Open::Map { key: key @ None, names, .. }) = self.open.last_mut() {
            let text = text.into_owned();
            if !names.insert(text.clone()) {
                self.errors.push(duplicate(self.source, &text, span.clone()));
            }
            *key = Some((text, span));
            return;
        }
        let value = match text.as_ref() {
            "" | "~" | "null" | "Null" | "NULL" if plain => Value::Null,
            "true" | "True" | "TRUE" if plain => Value::Bool(true),
            "false" | "False" | "FALSE" if plain => Value::Bool(false),
            number if plain && is_number(number) => Value::Number(text.into_owned()),
            _ => Value::String(text.into_owned()),
        };
        if plain {
            self.comment(&value, &span);
        }
        self.put(Node { value, span });
    }

    fn put(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(nodes, _)) => nodes.push(node),
            Some(Open::Map { fields, key, .. }) => match key.take() {
                Some((key, key_span)) => fields.push(Field { key, key_span, node }),
                None => {
                    *key = Some((String::new(), node.span.clone()));
                    let message = format!("{} cannot be a field name", node.value.noun());
                    let hint = "use text as a field name: “name: value”";
                    self.errors.push(self.diagnostic("not-a-text-key", node.span, message, hint));
                }
            },
        }
    }

    /// Closes the innermost list or map at its bracket, or else at the end of its last value.
    fn close(&mut self, bracket: Option<usize>) {
        let node = match self.open.pop() {
            Some(Open::List(nodes, start)) => {
                let end = bracket.or(nodes.last().map(|last| last.span.end)).unwrap_or(start);
                Node { value: Value::List(nodes), span: start..end.max(start) }
            }
            Some(Open::Map { fields, start, .. }) => {
                let end = bracket.or(fields.last().map(|last| last.node.span.end)).unwrap_or(start);
                Node { value: Value::Map(fields), span: start..end.max(start) }
            }
            None => return,
        };
        self.put(node);
    }
}

/// Whether an unquoted text is an integer or decimal number of the core schema.
pub(crate) fn is_number(text: &str) -> bool {
    let unsigned = |text| str::strip_prefix(text, ['-', '+']).unwrap_or(text);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let text = unsigned(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = unsigned(exponent);
    digits(whole) && digits(part) && whole.len() + part.len() > 0 && digits(exponent) && !exponent.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, Vec<Diagnostic>> {
        parse(&Source::new("t.yaml", text)).map(|(tree, _)| tree)
    }

    fn tree(text: &str) -> Node {
        read(text).unwrap_or_else(|errors| panic!("{}", errors[0]))
    }

    /// Code and place of every error.
    fn reported(text: &str) -> Vec<(&'static str, &str)> {
        let place = |f: &Diagnostic| (f.code, &text[f.place.as_ref().unwrap().span.clone()]);
        read(text).unwrap_err().iter().map(place).collect()
    }

    fn codes(text: &str) -> Vec<&'static str> {
        reported(text).into_iter().map(|(code, _)| code).collect()
    }

    fn hint(text: &str) -> String {
        read(text).unwrap_err()[0].hint.clone().unwrap()
    }

    fn field<'n>(node: &'n Node, key: &str) -> &'n Node {
        let Value::Map(fields) = &node.value else { panic!("no map") };
        &fields.iter().find(|field| field.key == key).unwrap().node
    }

    fn text(text: &str) -> Value {
        Value::String(text.into())
    }

    #[test]
    fn plain_values() {
        for word in ["no", "yes", "on", "2023-08-28", "23-16564", "0x1F", "1_000", ".inf", ".nan", "1e", ".", "+", "é"]
        {
            assert_eq!(
                tree(&format!("- {word}")).value,
                Value::List(vec![Node { value: text(word), span: 2..2 + word.len() }])
            );
        }
        for number in ["127", "-1", "+1", "1.5", ".5", "1.", "1e6", "1.5E-3", "007"] {
            assert_eq!(tree(number).value, Value::Number(number.into()));
            assert_eq!(tree(&format!("'{number}'")).value, text(number));
        }
        for (word, value) in
            [("~", Value::Null), ("null", Value::Null), ("True", Value::Bool(true)), ("false", Value::Bool(false))]
        {
            assert_eq!(tree(word).value, value);
            assert_eq!(tree(&format!("\"{word}\"")).value, text(word));
        }
        assert_eq!(field(&tree("a: |-\n  1"), "a").value, text("1"));
        assert_eq!(field(&tree("1: x\n~: y\n\"*\": z\n<<: w\n"), "~").value, text("y"));
    }

    #[test]
    fn every_value_has_its_bytes() {
        let source = "\u{feff}# é 😀\r\nä: 😀 “x” # ü\r\nq: 'it''s'\r\nl:\r\n- é # c\r\n-   - [ a, \"b\" ]  # 😀\r\nm:\r\n  n: |\r\n    one\r\n    two\r\n\r\n  o: {p: ,r}\r\nz:\r\n";
        let root = tree(source);
        let written = |node: &Node| source[node.span.clone()].to_owned();
        assert_eq!(written(field(&root, "ä")), "😀 “x”");
        assert_eq!(written(field(&root, "q")), "'it''s'");
        assert_eq!(written(field(&root, "l")), "- é # c\r\n-   - [ a, \"b\" ]");
        assert_eq!(written(field(&root, "m")), "n: |\r\n    one\r\n    two\r\n\r\n  o: {p: ,r}");
        assert_eq!(written(field(field(&root, "m"), "n")), "one\r\n    two");
        assert_eq!(field(field(&root, "m"), "n").value, text("one\ntwo\n"));
        assert_eq!(written(field(field(&root, "m"), "o")), "{p: ,r}");
        assert_eq!(field(&root, "z").span.start, source.len() - 2);
        let (Value::Map(fields), Value::List(entries)) = (&root.value, &field(&root, "l").value) else {
            panic!("{root:?}")
        };
        assert_eq!(&source[fields[0].key_span.clone()], "ä");
        assert_eq!(written(&entries[1]), "- [ a, \"b\" ]");
        let Value::List(entries) = tree("- : - é").value else { panic!("no list") };
        assert_eq!((entries[0].span.clone(), field(&entries[0], "").span.clone()), (2..8, 4..8));
        assert_eq!(written(&root), &source[source.find('ä').unwrap()..source.len() - 2]);
    }

    #[test]
    fn aliases_are_reported_all_at_once() {
        let source = "b:\n  - é: *Recalling* its resolution: that\n  - x: *Noting* it\n  - [ *, é, *x ]\n*: note\n";
        let asterisks = ["*Recalling*", "*Noting*", "*", "*x", "*"].map(|text| ("yaml-alias", text));
        assert_eq!(reported(source), asterisks);
        assert!(hint(source).contains("\"*Recalling* …\""));
        assert!(hint("*: note").contains("footnote"));
        assert!(hint("a: *x # c").starts_with("write the value out"));
        assert_eq!(
            reported("a: &x 1\nb: *x\n*x : 2\n"),
            [("yaml-alias", "&x"), ("yaml-alias", "*x"), ("yaml-alias", "*x")]
        );
    }

    #[test]
    fn errors_of_form() {
        for empty in ["", " \n", "# nothing\n", "\u{feff}", "---\n", "--- # x\n...\n"] {
            assert_eq!(codes(empty), ["empty-source"], "{empty:?}");
        }
        assert_eq!(reported("a: 1\nb: {c: 1, c: 2}\n'a': 3\n"), [("duplicate-field", "c"), ("duplicate-field", "'a'")]);
        assert_eq!(reported("a: 1\n---\nb: 2\n"), [("many-documents", "---")]);
        assert_eq!(
            reported("a: !!str 1\nb: !x [2]\nc: !Hey, you\n"),
            [("yaml-tag", "!!str"), ("yaml-tag", "!x"), ("yaml-tag", "!Hey")]
        );
        assert_eq!(reported("? [a]\n: 1\n? {b: 1}\n"), [("not-a-text-key", "[a]"), ("not-a-text-key", "{b: 1}")]);
    }

    #[test]
    fn errors_of_syntax() {
        let one = |text, at: &str| assert_eq!(reported(text), [("yaml-syntax", at)], "{text:?}");
        one("a: b: c\n", ":");
        one("a: 'tis the\nb: c\n", "'");
        one("a: \"foo\" bar\n", "b");
        one("a: [x\n", "");
        one("a: 1\nfoo bar\nb: 2\n", "foo bar");
        one("foo: 1\nbar", "bar");
        one("é: 1\n  b: 2\n", ":");
        one("a: \"\\q\"\n", "\"");
        one("a: \0b\n", "\0");
        one("a:\n\tb: 1\n", "\t");
        one("a:\n  b: 1\n\tc: 2\n", "\t");
        assert!(hint("a:\n\tb: 1\n").contains("tabs"));
        assert_eq!(hint("a: \0b\n"), "delete it");
        assert_eq!(reported("a: @x: y\nb: `x\nc: % x\nd: > x\ne: & x\n").len(), 5);
    }

    #[test]
    fn hostile_sources_end() {
        for text in ["[", "{", "- ", "? ", "[{", "a: [", "[a: "] {
            assert_eq!(codes(&text.repeat(500_000)), ["too-deep"], "{text:?}");
        }
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(read(&nested(DEEPEST)).is_ok());
        assert_eq!(codes(&nested(DEEPEST + 1)), ["too-deep"]);
        let bomb: String = (0..100_000).map(|n| format!("a{n}: *b\n")).collect();
        assert!((2..=MOST_ERRORS).contains(&codes(&bomb).len()));
        assert_eq!(codes(&"a: 1\n".repeat(10_000)).len(), MOST_ERRORS);
        let long = format!("a: \"{}\"\n", "é ".repeat(1_000_000));
        assert!(matches!(&field(&tree(&long), "a").value, Value::String(text) if text.len() > 2_000_000));
    }
}
