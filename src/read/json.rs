//! Parses JSON (RFC 8259) into the tree of values.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use jsonc_parser::ast::{self, ObjectPropName};
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::{ParseError, ParseErrorKind as Kind};
use jsonc_parser::{CollectOptions, ParseOptions, ParseStringErrorKind as TextKind, parse_to_ast};

use super::limits::{DEEPEST, MOST_ERRORS, duplicate, empty_source, sized, too_deep};
use super::tree::{Field, Node, Value};
use crate::diagnostic::{Diagnostic, Source};

/// No extensions of the standard are allowed.
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

/// Parses a JSON source, or returns its formal errors.
pub(crate) fn parse(source: &Arc<Source>) -> Result<Node, Vec<Diagnostic>> {
    sized(source)?;
    let text = source.text.as_str();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { source, skipped: source.text.len() - text.len(), errors: Vec::new() };
    let stray = reader.survey(text).map_err(|deep| vec![deep])?;
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT);
    let error = parsed.as_ref().err().map(|error| reader.syntax(error));
    // Of the two errors, the first is the cause.
    let start = |error: &Diagnostic| error.place.as_ref().map_or(0, |place| place.span.start);
    if let Some(error) = stray.into_iter().chain(error).min_by_key(start) {
        return Err(vec![error]);
    }
    let value = parsed.ok().and_then(|parsed| parsed.value).ok_or_else(|| vec![empty_source(source)])?;
    let root = reader.node(value);
    if reader.errors.is_empty() { Ok(root) } else { Err(reader.errors) }
}

struct Reader<'s> {
    source: &'s Arc<Source>,
    /// The length of the byte order mark, in bytes.
    skipped: usize,
    errors: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reports the first byte that the standard forbids but the parser accepts.
    ///
    /// # Errors
    ///
    /// Fails if values are nested too deeply for the parser, which is recursive.
    fn survey(&self, text: &str) -> Result<Option<Diagnostic>, Diagnostic> {
        let (mut quoted, mut escaped, mut depth) = (false, false, 0_usize);
        let mut stray = None;
        for (at, byte) in text.bytes().enumerate() {
            let forbidden = match byte {
                _ if escaped => {
                    escaped = false;
                    false
                }
                b'"' => {
                    quoted = !quoted;
                    false
                }
                b'\\' => {
                    escaped = quoted;
                    false
                }
                _ if quoted => byte < b' ',
                b'[' | b'{' => {
                    depth += 1;
                    if depth > DEEPEST {
                        return Err(too_deep(self.source, self.skipped + at));
                    }
                    false
                }
                b']' | b'}' => {
                    depth = depth.saturating_sub(1);
                    false
                }
                b'\t' | b'\n' | b'\r' => false,
                _ => !(b' '..=b'~').contains(&byte),
            };
            if forbidden && stray.is_none() {
                stray = Some(self.stray(text, at, quoted));
            }
        }
        Ok(stray)
    }

    fn stray(&self, text: &str, at: usize, quoted: bool) -> Diagnostic {
        let found = text.get(at..).and_then(|rest| rest.chars().next());
        let (message, hint) = match found {
            Some('\n' | '\r') => ("line break within a string", "close the quotes, or write \\n for a line break"),
            Some('\t') => ("tab within a string", "write \\t, or a space"),
            Some('“' | '”' | '„' | '«' | '»' | '‘' | '’') => {
                ("JSON allows only straight double quotes", "write \"…\" around names and strings")
            }
            _ if quoted => ("control character within a string", "delete it"),
            _ => ("this character is allowed only within quotes", "delete it, or put the text in double quotes"),
        };
        self.error(at..at + found.map_or(0, char::len_utf8), message, hint)
    }

    fn error(&self, span: Range<usize>, message: impl Into<String>, hint: &str) -> Diagnostic {
        let span = self.skipped + span.start..self.skipped + span.end;
        Diagnostic::error("json-syntax", message).hint(hint).in_source(self.source, span)
    }

    fn syntax(&self, error: &ParseError) -> Diagnostic {
        let mut span = error.range().start..error.range().end;
        let (message, hint) = match error.kind() {
            Kind::NestingDepthExceeded => return too_deep(self.source, self.skipped + span.start),
            Kind::CommentsNotAllowed | Kind::UnterminatedCommentBlock => {
                ("JSON has no comments", "delete it, or write the document in YAML")
            }
            Kind::TrailingCommasNotAllowed => {
                ("trailing comma before a closing bracket", "delete it: JSON has no trailing commas")
            }
            Kind::SingleQuotedStringsNotAllowed | Kind::ExpectedStringObjectProperty | Kind::UnexpectedWord => (
                "strings need double quotes",
                "write \"…\" around it; only numbers, true, false and null go without quotes",
            ),
            Kind::ExpectedComma => ("missing comma", "separate values with commas"),
            Kind::ExpectedColonAfterObjectKey => ("missing colon after a name", "write \"name\": value"),
            Kind::ExpectedObjectValue => ("missing value after a colon", "write \"name\": value"),
            Kind::MultipleRootJsonValues => {
                ("unexpected content after the end of the document", "put each document in a file of its own")
            }
            Kind::UnterminatedArray | Kind::UnterminatedObject => {
                span.end = span.end.min(span.start + 1);
                ("unclosed bracket", "close every [ with ] and every { with }")
            }
            Kind::String(TextKind::UnterminatedStringLiteral) => {
                span.end = span.end.min(span.start + 1);
                ("unclosed quotes", "close them; write \\\" for a quotation mark within a string")
            }
            Kind::String(TextKind::InvalidUnicodeEscapeSequence(_) | TextKind::ExpectedFourHexDigits) => {
                ("invalid Unicode escape", "write the character itself")
            }
            Kind::String(_) => ("unknown escape sequence", "write \\\\ for a backslash"),
            Kind::BareDecimalPointNumbersNotAllowed
            | Kind::ExpectedDigit
            | Kind::ExpectedDigitFollowingNegativeSign
            | Kind::ExpectedPlusMinusOrDigitInNumberLiteral
            | Kind::HexadecimalNumbersNotAllowed
            | Kind::NonFiniteNumbersNotAllowed
            | Kind::UnaryPlusNumbersNotAllowed => {
                ("not a valid JSON number", "write it as 12, -1 or 0.5, or put it in quotes if it is text")
            }
            _ => (
                "not allowed here",
                "write \"name\": value between { and }, and values between [ and ], separated by commas",
            ),
        };
        self.error(span, message, hint)
    }

    fn span(&self, range: jsonc_parser::common::Range) -> Range<usize> {
        self.skipped + range.start..self.skipped + range.end
    }

    fn node(&mut self, value: ast::Value) -> Node {
        let span = self.span(value.range());
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
            ast::Value::NumberLit(literal) => Value::Number(literal.value.to_owned()),
            ast::Value::StringLit(literal) => Value::String(literal.value.into_owned()),
            ast::Value::Array(array) => Value::List(array.elements.into_iter().map(|value| self.node(value)).collect()),
            ast::Value::Object(object) => Value::Map(self.fields(object)),
        };
        Node { value, span }
    }

    fn fields(&mut self, object: ast::Object) -> Vec<Field> {
        let mut names = HashSet::new();
        let mut fields = Vec::with_capacity(object.properties.len());
        for property in object.properties {
            let (key, range) = match property.name {
                ObjectPropName::String(name) => (name.value.into_owned(), name.range),
                ObjectPropName::Word(name) => (name.value.to_owned(), name.range),
            };
            let key_span = self.span(range);
            if !names.insert(key.clone()) && self.errors.len() < MOST_ERRORS {
                self.errors.push(duplicate(self.source, &key, key_span.clone()));
            }
            let node = self.node(property.value);
            fields.push(Field { key, key_span, node });
        }
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Code and place of every error.
    fn reported(text: &str) -> Vec<(&'static str, &str)> {
        let place = |f: &Diagnostic| (f.code, &text[f.place.as_ref().unwrap().span.clone()]);
        parse(&Source::new("t.json", text)).unwrap_err().iter().map(place).collect()
    }

    #[test]
    fn values_and_their_bytes() {
        let text = "\u{feff}{\"é\": [1.50, \"x\\u00e9\\ud83d\\ude00\", null, true, -0e1], \"😀\": {}}\r\n";
        let root = parse(&Source::new("t.json", text)).unwrap();
        let Value::Map(fields) = &root.value else { panic!("no map") };
        assert_eq!(&text[fields[0].key_span.clone()], "\"é\"");
        let Value::List(list) = &fields[0].node.value else { panic!("no list") };
        assert_eq!(list[0].value, Value::Number("1.50".into()));
        assert_eq!(list[1].value, Value::String("xé😀".into()));
        assert_eq!((&list[2].value, &list[4].value), (&Value::Null, &Value::Number("-0e1".into())));
        assert_eq!(&text[list[3].span.clone()], "true");
        assert_eq!(&text[fields[1].node.span.clone()], "{}");
        assert_eq!(&text[root.span], text.trim_start_matches('\u{feff}').trim_end());
    }

    #[test]
    fn errors_of_form() {
        assert_eq!(reported(" \n")[0].0, "empty-source");
        assert_eq!(reported("\u{feff}")[0].0, "empty-source");
        let twice = "{\"é\": {\"b\": 1, \"\\u0062\": 2}, \"é\": 2}";
        assert_eq!(reported(twice), [("duplicate-field", "\"\\u0062\""), ("duplicate-field", "\"é\"")]);
    }

    #[test]
    fn errors_of_syntax() {
        let errors = [
            ("{a: 1}", "a"),
            ("{'a': 1}", "'"),
            ("[1,]", ","),
            ("{\"a\": 1,}", ","),
            ("[1 2]", ""),
            ("// é\n1", "// é"),
            ("/* x", "/* x"),
            ("\u{feff}{\"a\": [1", "["),
            ("\"\\ud800\"", "\\ud800\""),
            ("\"\\ude00x\"", "\\ude00"),
            ("\"\\u12\"", "\\u12\""),
            ("[\"é\\q\"]", "\\q"),
            ("[0x1]", "0"),
            ("[+1]", "+"),
            ("[.5]", "."),
            ("[NaN]", "NaN"),
            ("1 2", "2"),
            ("[,]", ","),
            ("{\"a\" 1}", "1"),
            ("{“a”: 1}", "“"),
            ("[\"a\nb\"]", "\n"),
            ("[\"a\tb\"]", "\t"),
            ("[1,\u{a0}2]", "\u{a0}"),
            ("\u{c}1", "\u{c}"),
            ("[\"a]", "\""),
            ("]", "]"),
            ("[1}", "}"),
            ("[\"\u{1}\"]", "\u{1}"),
            ("nul", "nul"),
        ];
        for (text, at) in errors {
            assert_eq!(reported(text), [("json-syntax", at)], "{text:?}");
        }
    }

    #[test]
    fn hostile_sources_end() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(parse(&Source::new("t.json", nested(DEEPEST))).is_ok());
        assert_eq!(reported(&nested(DEEPEST + 1)), [("too-deep", "")]);
        assert_eq!(reported(&"[".repeat(1_000_000)), [("too-deep", "")]);
        assert_eq!(reported(&"{\"a\":".repeat(1_000_000)), [("too-deep", "")]);
        let same = format!("{{{}\"a\": 1}}", "\"a\": 1,".repeat(10_000));
        assert_eq!(reported(&same).len(), MOST_ERRORS);
        assert!(parse(&Source::new("t.json", format!("[\"{}\"]", "[\\\"".repeat(1000)))).is_ok());
    }
}
