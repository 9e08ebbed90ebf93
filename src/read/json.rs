//! JSON (RFC 8259) to the tree of values.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use jsonc_parser::ast::{self, ObjectPropName};
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::limits::{DEEPEST, MOST_FAULTS, duplicate, empty_source, sized, too_deep};
use super::tree::{Field, Node, Value};
use crate::diagnostic::{Diagnostic, Source};

/// Nothing beyond the standard.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The tree of a JSON source, or every fault of its form.
pub(super) fn parse(source: &Arc<Source>) -> Result<Node, Vec<Diagnostic>> {
    sized(source)?;
    let skipped = source.text.len() - source.text.trim_start_matches('\u{feff}').len();
    let parsed = parse_to_ast(&source.text[skipped..], &CollectOptions::default(), &STRICT).map_err(|error| {
        let range = error.range();
        let span = skipped + range.start..skipped + range.end;
        if matches!(error.kind(), ParseErrorKind::NestingDepthExceeded) {
            return vec![too_deep(source, span.start)];
        }
        let fault = Diagnostic::fault("json-syntax", format!("this is no JSON: {}", error.kind()));
        vec![fault.hint("JSON has no comments, no commas before a closing bracket, and double quotes only").at(source, span, "")]
    })?;
    let value = parsed.value.ok_or_else(|| vec![empty_source(source)])?;
    let mut builder = Builder { source, skipped, faults: Vec::new() };
    let root = builder.node(value, 0);
    if builder.faults.is_empty() { Ok(root) } else { Err(builder.faults) }
}

struct Builder<'s> {
    source: &'s Arc<Source>,
    skipped: usize,
    faults: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn span(&self, range: jsonc_parser::common::Range) -> Range<usize> {
        self.skipped + range.start..self.skipped + range.end
    }

    fn node(&mut self, value: ast::Value, depth: usize) -> Node {
        use jsonc_parser::common::Ranged;
        let span = self.span(value.range());
        if depth > DEEPEST {
            if self.faults.len() < MOST_FAULTS {
                self.faults.push(too_deep(self.source, span.start));
            }
            return Node { value: Value::Null, span };
        }
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
            ast::Value::NumberLit(literal) => Value::Number(literal.value.to_owned()),
            ast::Value::StringLit(literal) => Value::String(literal.value.into_owned()),
            ast::Value::Array(array) => {
                Value::List(array.elements.into_iter().map(|value| self.node(value, depth + 1)).collect())
            }
            ast::Value::Object(object) => Value::Map(self.fields(object, depth + 1)),
        };
        Node { value, span }
    }

    fn fields(&mut self, object: ast::Object, depth: usize) -> Vec<Field> {
        let mut names = HashSet::new();
        let mut fields = Vec::with_capacity(object.properties.len());
        for property in object.properties {
            let (key, range) = match property.name {
                ObjectPropName::String(name) => (name.value.into_owned(), name.range),
                ObjectPropName::Word(name) => (name.value.to_owned(), name.range),
            };
            let key_span = self.span(range);
            if !names.insert(key.clone()) && self.faults.len() < MOST_FAULTS {
                self.faults.push(duplicate(self.source, &key, key_span.clone()));
            }
            let node = self.node(property.value, depth);
            fields.push(Field { key, key_span, node });
        }
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        parse(&Source::new("t.json", text)).map_or_else(|f| f.iter().map(|f| f.code).collect(), |_| Vec::new())
    }

    #[test]
    fn values_and_their_bytes() {
        let text = "\u{feff}{\"é\": [1.5, \"x\\u00e9\", null, true]}";
        let root = parse(&Source::new("t.json", text)).unwrap();
        let Value::Map(fields) = &root.value else { panic!("no map") };
        assert_eq!(&text[fields[0].key_span.clone()], "\"é\"");
        let Value::List(list) = &fields[0].node.value else { panic!("no list") };
        assert_eq!(list[0].value, Value::Number("1.5".into()));
        assert_eq!(list[1].value, Value::String("xé".into()));
        assert_eq!(&text[list[3].span.clone()], "true");
    }

    #[test]
    fn faults_of_form() {
        assert_eq!(codes(" "), ["empty-source"]);
        assert_eq!(codes("{\"a\": 1, \"a\": 2}"), ["duplicate-field"]);
        for text in ["{a: 1}", "{'a': 1}", "[1,]", "// x\n1", "{\"a\": 1", "\"\\ud800\"", "[0x1]", "[+1]", "1 2"] {
            assert_eq!(codes(text), ["json-syntax"], "{text}");
        }
        assert_eq!(codes(&format!("{}{}", "[".repeat(100), "]".repeat(100))), ["too-deep"]);
        assert_eq!(codes(&"[".repeat(1_000_000)), ["too-deep"]);
    }
}
