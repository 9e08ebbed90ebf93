//! Values out of a tree, noting every place and every fault on the way.

use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use super::Places;
use super::limits::MOST_FAULTS;
use super::tree::{Node, Value};
use crate::diagnostic::{Diagnostic, Source, shortened};

/// What has been seen of a document so far.
pub(super) struct Decoder<'s> {
    source: &'s Arc<Source>,
    pub places: Places,
    pub faults: Vec<Diagnostic>,
}

/// A node and its path.
#[derive(Clone)]
pub(super) struct At<'n> {
    pub node: &'n Node,
    pub path: String,
}

/// The known fields of a map.
pub(super) struct Fields<'n>(Vec<(&'n str, At<'n>)>);

impl<'n> Fields<'n> {
    /// The field of that name, once.
    pub fn take(&mut self, name: &str) -> Option<At<'n>> {
        let index = self.0.iter().position(|(key, _)| *key == name)?;
        Some(self.0.swap_remove(index).1)
    }
}

impl<'s> Decoder<'s> {
    pub fn new(source: &'s Arc<Source>) -> Self {
        Self { source, places: Places::default(), faults: Vec::new() }
    }

    /// Notes a fault at a value.
    pub fn fault(&mut self, code: &'static str, at: &At, message: String, hint: impl Into<String>) {
        let fault = Diagnostic::fault(code, message).hint(hint);
        self.push(fault.at(self.source, at.node.span.clone(), at.path.clone()));
    }

    fn push(&mut self, fault: Diagnostic) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        }
    }

    /// Notes where a value stands.
    pub fn note(&mut self, at: &At) {
        self.places.insert(at.path.clone(), at.node.span.clone());
    }

    fn wrong(&mut self, at: &At, wanted: &str, hint: &str) {
        let message = format!("{} must be {wanted}, not {}", called(&at.path), at.node.value.noun());
        self.fault("wrong-type", at, message, hint);
    }

    /// The fields of a map; those not in `known` are faults.
    pub fn fields<'n>(&mut self, at: &At<'n>, known: &[&str]) -> Option<Fields<'n>> {
        self.note(at);
        let Value::Map(fields) = &at.node.value else {
            self.wrong(at, "a map of fields", "write one “name: value” a line");
            return None;
        };
        let mut taken = Vec::with_capacity(fields.len());
        for field in fields {
            if known.contains(&field.key.as_str()) {
                let path = join(&at.path, &field.key);
                taken.push((field.key.as_str(), At { node: &field.node, path }));
            } else if self.faults.len() < MOST_FAULTS {
                let hint = nearest(&field.key, known).map_or_else(
                    || format!("the fields here are {}", known.join(", ")),
                    |near| format!("did you mean “{near}”?"),
                );
                let fault =
                    Diagnostic::fault("unknown-field", format!("{} has no field “{}”", called(&at.path), field.key));
                let path = join(&at.path, &field.key);
                self.push(fault.hint(hint).at(self.source, field.key_span.clone(), path));
            }
        }
        Some(Fields(taken))
    }

    /// A text; a number stands for its digits.
    pub fn text(&mut self, at: &At) -> Option<String> {
        self.note(at);
        match &at.node.value {
            Value::String(text) | Value::Number(text) => Some(text.clone()),
            _ => {
                self.wrong(at, "a text", "put the text in quotes");
                None
            }
        }
    }

    /// The values of a list.
    pub fn list<'n, T>(&mut self, at: &At<'n>, mut value: impl FnMut(&mut Self, At<'n>) -> Option<T>) -> Vec<T> {
        self.note(at);
        let Value::List(nodes) = &at.node.value else {
            self.wrong(at, "a list", "begin each entry with “- ” on a line of its own");
            return Vec::new();
        };
        let entries = nodes.iter().enumerate().map(|(i, node)| At { node, path: format!("{}[{i}]", at.path) });
        entries.filter_map(|entry| value(self, entry)).collect()
    }

    /// One value or the values of a list.
    pub fn one_or_many<'n, T>(&mut self, at: &At<'n>, mut value: impl FnMut(&mut Self, At<'n>) -> Option<T>) -> Vec<T> {
        match at.node.value {
            Value::List(_) => self.list(at, value),
            _ => value(self, at.clone()).into_iter().collect(),
        }
    }

    /// One of several names.
    pub fn choice<T: Copy>(&mut self, at: &At, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(at)?;
        let found = choices.iter().find(|(name, _)| *name == text);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let hint = nearest(&text, &names).map_or_else(
                || format!("it is one of {}", names.join(", ")),
                |near| format!("did you mean “{near}”? It is one of {}", names.join(", ")),
            );
            let message = format!("{} cannot be “{}”", called(&at.path), shortened(&text));
            self.fault("unknown-value", at, message, hint);
        }
        found.map(|(_, value)| *value)
    }

    /// A number within bounds.
    pub fn number(&mut self, at: &At, least: f64, most: f64) -> Option<f64> {
        self.within(at, "a number", least, most)
    }

    /// A whole number within bounds.
    pub fn whole(&mut self, at: &At, least: u16, most: u16) -> Option<u16> {
        self.within(at, "a whole number", least, most)
    }

    fn within<N: FromStr + PartialOrd + Display>(&mut self, at: &At, noun: &str, least: N, most: N) -> Option<N> {
        self.note(at);
        let number: Option<N> = match &at.node.value {
            Value::Number(text) => text.parse().ok(),
            _ => None,
        };
        let fitting = number.filter(|n| (&least..=&most).contains(&n));
        if fitting.is_none() {
            let message = format!("{} must be {noun} from {least} to {most}", called(&at.path));
            self.fault("wrong-type", at, message, "write it in digits, without quotes");
        }
        fitting
    }

    /// `true` or `false`.
    pub fn truth(&mut self, at: &At) -> Option<bool> {
        self.note(at);
        match at.node.value {
            Value::Bool(truth) => Some(truth),
            _ => {
                self.wrong(at, "true or false", "write true or false without quotes");
                None
            }
        }
    }
}

/// A path as messages speak of it.
pub(super) fn called(path: &str) -> String {
    if path.is_empty() { "the document".into() } else { format!("“{path}”") }
}

fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}

/// The name that is nearly that one.
pub(crate) fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    const LONGEST: usize = 60;
    if name.len() > LONGEST {
        return None;
    }
    let close = |candidate: &&str| strsim::jaro_winkler(name, candidate);
    let best = known.iter().copied().max_by(|a, b| close(a).total_cmp(&close(b)))?;
    (close(&best) > 0.8).then_some(best)
}
