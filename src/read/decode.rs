//! Decodes values from a tree, recording every place and every error on the way.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use super::invisible::Changed;
use super::limits::{MOST_ERRORS, MOST_WARNINGS, duplicate};
use super::tree::{Node, Value};
use super::{Format, SourceMap, invisible, source_map};
use crate::diagnostic::{Diagnostic, Edit, Source, did_you_mean, shortened};
use crate::model::{Path, Text};

/// The state of decoding a document.
pub(super) struct Decoder<'s> {
    source: &'s Arc<Source>,
    pub format: Format,
    pub places: SourceMap,
    pub errors: Vec<Diagnostic>,
    pub warnings: Vec<Diagnostic>,
}

/// A node and its path.
#[derive(Clone)]
pub(super) struct At<'n> {
    pub node: &'n Node,
    pub path: Path,
}

/// The known fields of a map.
pub(super) struct Fields<'n>(Vec<(&'static str, At<'n>)>);

impl<'n> Fields<'n> {
    /// Takes the field of that name.
    pub fn take(&mut self, name: &str) -> Option<At<'n>> {
        let index = self.0.iter().position(|(key, _)| *key == name)?;
        Some(self.0.swap_remove(index).1)
    }
}

impl<'s> Decoder<'s> {
    pub fn new(source: &'s Arc<Source>, format: Format, warnings: Vec<Diagnostic>) -> Self {
        Self { source, format, places: SourceMap::default(), errors: Vec::new(), warnings }
    }

    /// Records an error at a value.
    pub fn error(&mut self, code: &'static str, at: &At, message: String, hint: impl Into<String>) {
        let error = Diagnostic::error(code, message).hint(hint);
        self.push(error.at(self.source, at.node.span.clone(), at.path.clone()));
    }

    fn push(&mut self, error: Diagnostic) {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(error);
        }
    }

    /// Records the place of a value.
    pub fn note(&mut self, at: &At) {
        self.places.insert(at.path.clone(), at.node.span.clone());
    }

    fn wrong(&mut self, at: &At, wanted: &str, hint: &str) {
        let message = format!("{} must be {wanted}, not {}", called(&at.path), at.node.value.noun());
        let hint = if at.node.value == Value::Null { "give it a value, or leave the field out" } else { hint };
        self.error("wrong-type", at, message, hint);
    }

    /// Returns the fields of a map; those not in `known` are errors.
    pub fn fields<'n>(&mut self, at: &At<'n>, known: &[&'static str]) -> Option<Fields<'n>> {
        self.note(at);
        let Value::Map(fields) = &at.node.value else {
            self.wrong(at, "a map of fields", self.format.fields());
            return None;
        };
        let mut taken = Vec::with_capacity(fields.len());
        for field in fields {
            let key = self.settled(&field.key, &field.key_span, &at.path);
            let name = known.iter().find(|name| **name == key);
            let path = name.map_or_else(|| at.path.field(key.clone()), |name| at.path.field(*name));
            if let Some(name) = name {
                // Names that differ only in invisible characters; the syntax reader reports other duplicates.
                let twice = key != field.key && taken.iter().any(|(taken, _)| taken == name);
                if twice {
                    self.push(duplicate(self.source, name, field.key_span.clone()));
                } else {
                    taken.push((*name, At { node: &field.node, path }));
                }
            } else if self.errors.len() < MOST_ERRORS {
                let hint = did_you_mean(&key, known).unwrap_or_else(|| format!("use one of {}", known.join(", ")));
                let message = format!("{} has no field “{}”", called(&at.path), shortened(&key));
                let error = Diagnostic::error("unknown-field", message);
                self.push(error.hint(hint).at(self.source, field.key_span.clone(), path));
            }
        }
        Some(Fields(taken))
    }

    /// Decodes a text; a number is read as its digits.
    pub fn text(&mut self, at: &At) -> Option<String> {
        self.note(at);
        match &at.node.value {
            Value::String(text) | Value::Number(text) => Some(self.settled(text, &at.node.span, &at.path)),
            Value::Text(text) => Some(self.settled(text.written(), &at.node.span, &at.path)),
            Value::List(_) => {
                self.wrong(at, "text", "give a single text; put text that begins with a bracket in quotes");
                None
            }
            _ => {
                self.wrong(at, "text", self.format.quoted());
                None
            }
        }
    }

    /// Decodes inline text.
    pub fn inline(&mut self, at: &At) -> Option<Text> {
        let text = self.text(at)?;
        match &at.node.value {
            Value::Text(parsed) if *parsed == text.as_str() => Some(parsed.clone()),
            _ => Some(text.into()),
        }
    }

    /// Returns a text without invisible characters and presentation forms, and reports the changes.
    pub fn settled(&mut self, text: &str, span: &Range<usize>, path: &Path) -> String {
        let (settled, changed) = invisible::settled(text);
        // For XML this is reported once for the whole file, since its reader leaves out more.
        if self.format != Format::Xml {
            self.report(changed, span, path);
        }
        settled.into_owned()
    }

    /// Reports what is changed in the texts of a source, at the places where they are written.
    pub fn settle_source(&mut self) {
        let (source, mark) = (self.source.clone(), '\u{feff}');
        let start = if source.text.starts_with(mark) { mark.len_utf8() } else { 0 };
        let (_, changed) = invisible::settled(&source.text[start..]);
        self.report(changed, &(start..source.text.len()), &Path::default());
    }

    fn report(&mut self, changed: BTreeMap<char, Changed>, span: &Range<usize>, path: &Path) {
        for (c, change) in changed {
            let written = source_map::written(self.source.text.get(span.clone()).unwrap_or_default(), c);
            let place = |at: &Range<usize>| span.start + at.start..span.start + at.end;
            // The place of each character is known only if all are found in the source.
            let all: Vec<Range<usize>> = if written.len() == change.all {
                change.which.iter().filter_map(|index| written.get(*index)).map(place).collect()
            } else {
                Vec::new()
            };
            let at = all.first().cloned().or_else(|| written.first().map(place)).unwrap_or_else(|| span.clone());
            let mut warning = change.warning(c);
            warning.edits = all.into_iter().map(|span| Edit { span, text: change.instead.clone() }).collect();
            if self.warnings.len() < MOST_WARNINGS {
                self.warnings.push(warning.at(self.source, at, path));
            }
        }
    }

    /// Decodes the values of a list; a single text is a list of one.
    pub fn list<'n, T>(&mut self, at: &At<'n>, mut value: impl FnMut(&mut Self, At<'n>) -> Option<T>) -> Vec<T> {
        self.note(at);
        let nodes = match &at.node.value {
            Value::List(nodes) => nodes.as_slice(),
            Value::String(_) | Value::Number(_) | Value::Text(_) => {
                return value(self, at.clone()).into_iter().collect();
            }
            _ => {
                self.wrong(at, "a list", self.format.entry());
                return Vec::new();
            }
        };
        let entries = nodes.iter().enumerate().map(|(i, node)| At { node, path: at.path.index(i) });
        entries.filter_map(|entry| value(self, entry)).collect()
    }

    /// Decodes one value or the values of a list.
    pub fn one_or_many<'n, T>(&mut self, at: &At<'n>, mut value: impl FnMut(&mut Self, At<'n>) -> Option<T>) -> Vec<T> {
        match at.node.value {
            Value::List(_) => self.list(at, value),
            _ => value(self, at.clone()).into_iter().collect(),
        }
    }

    /// Decodes one of several names.
    pub fn choice<T: Copy>(&mut self, at: &At, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(at)?;
        // “Draft resolution” is read as “draft-resolution”.
        let plain = text.trim().to_lowercase().replace([' ', '_'], "-");
        let found = choices.iter().find(|(name, _)| *name == plain);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let list = names.join(", ");
            let hint = match did_you_mean(&text, &names) {
                Some(near) => format!("{near} Use one of {list}"),
                None => format!("use one of {list}"),
            };
            let message = format!("{} cannot be “{}”", called(&at.path), shortened(&text));
            self.error("unknown-value", at, message, hint);
        }
        found.map(|(_, value)| *value)
    }

    /// Decodes a number within bounds.
    pub fn number(&mut self, at: &At, least: f64, most: f64) -> Option<f64> {
        self.within(at, "a number", least, most)
    }

    /// Decodes a whole number within bounds.
    pub fn whole(&mut self, at: &At, least: u16, most: u16) -> Option<u16> {
        self.within(at, "a whole number", least, most)
    }

    fn within<N: FromStr + PartialOrd + Display>(&mut self, at: &At, noun: &str, least: N, most: N) -> Option<N> {
        self.note(at);
        let number: Option<N> = match &at.node.value {
            Value::Number(text) | Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let fitting = number.filter(|n| (&least..=&most).contains(&n));
        if fitting.is_none() {
            let message = format!("{} must be {noun} from {least} to {most}", called(&at.path));
            let hint = match at.node.value {
                Value::Number(_) => "choose a number within these limits",
                _ => "write it in digits",
            };
            self.error("wrong-type", at, message, hint);
        }
        fitting
    }

    /// Decodes `true` or `false`.
    pub fn truth(&mut self, at: &At) -> Option<bool> {
        self.note(at);
        // YAML 1.1 had more words for these, which are still in use.
        let word = match &at.node.value {
            Value::Bool(truth) => return Some(*truth),
            Value::String(word) => word.trim().to_lowercase(),
            _ => String::new(),
        };
        match word.as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => {
                self.wrong(at, "true or false", "write true or false without quotes");
                None
            }
        }
    }
}

/// Returns a path as it appears in messages.
pub(super) fn called(path: &Path) -> String {
    if path.is_empty() { "the document".into() } else { format!("“{path}”") }
}
