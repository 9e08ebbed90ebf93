//! Settings files (`masthead.toml`, `golden.toml`), read value by value, so that all errors in a file are reported
//! at once, each at its place.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{self, Diagnostic, Source, did_you_mean, shortened};

/// A value and its name in messages, such as `case.page`.
pub struct At<'v> {
    value: &'v DeValue<'v>,
    span: Range<usize>,
    name: String,
}

/// A reader of settings, with the errors found so far.
pub struct Settings {
    source: Arc<Source>,
    code: &'static str,
    hint: &'static str,
    errors: Vec<Diagnostic>,
}

impl Settings {
    /// Reads a settings file. `decode` takes its values; findings get the code `code`, and the hint `hint` unless
    /// there is a more specific one.
    ///
    /// # Errors
    ///
    /// Returns everything that is wrong with it, in the order of the file.
    pub fn read<T>(
        source: &Arc<Source>,
        (code, hint): (&'static str, &'static str),
        decode: impl FnOnce(&mut Self, &At) -> T,
    ) -> Result<T, Vec<Diagnostic>> {
        let mut settings = Self { source: source.clone(), code, hint, errors: Vec::new() };
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        for error in errors {
            let message = format!("not valid TOML: {}", quoted(error.message()));
            settings.error(message, error.span().unwrap_or(0..0), "put texts and dates in quotes: name = \"Text\"");
        }
        let span = table.span();
        let root = DeValue::Table(table.into_inner());
        let read = settings.errors.is_empty().then(|| {
            let root = At { value: &root, span, name: String::new() };
            decode(&mut settings, &root)
        });
        diagnostic::sort(&mut settings.errors);
        read.filter(|_| settings.errors.is_empty()).ok_or(settings.errors)
    }

    /// Reports an error at a value, with a hint.
    pub fn wrong(&mut self, at: &At, message: impl Into<String>, hint: impl Into<String>) {
        self.error(message.into(), at.span.clone(), hint);
    }

    /// Whether anything was wrong so far.
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Adds the errors of another file that the settings name.
    pub fn add(&mut self, errors: Vec<Diagnostic>) {
        self.errors.extend(errors);
    }

    fn error(&mut self, message: String, span: Range<usize>, hint: impl Into<String>) {
        self.errors.push(Diagnostic::error(self.code, message).hint(hint).in_source(&self.source, span));
    }

    fn unlike(&mut self, at: &At, wanted: &str) {
        let message = format!("“{}” must be {wanted}, not {}", at.name, noun(at.value));
        self.wrong(at, message, self.hint);
    }

    /// Returns the values of the known settings in a table, and reports unknown ones.
    pub fn table<'v, const N: usize>(&mut self, at: &At<'v>, known: [&str; N]) -> [Option<At<'v>>; N] {
        let mut values = [const { None }; N];
        let DeValue::Table(table) = at.value else {
            self.unlike(at, "a table");
            return values;
        };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if let Some(index) = known.iter().position(|known| *known == name) {
                values[index] = Some(at.inner(value, name));
                continue;
            }
            let whose = if at.name.is_empty() { String::new() } else { format!(" in “{}”", at.name) };
            let hint = did_you_mean(name, &known).unwrap_or_else(|| format!("use one of {}", known.join(", ")));
            self.error(format!("unknown setting “{}”{whose}", shortened(name)), key.span(), hint);
        }
        values
    }

    /// Returns the values of a list.
    pub fn list<'v>(&mut self, at: &At<'v>) -> Vec<At<'v>> {
        match at.value {
            DeValue::Array(values) => {
                values.iter().map(|value| At { name: at.name.clone(), ..at.inner(value, "") }).collect()
            }
            _ => {
                self.unlike(at, "a list");
                Vec::new()
            }
        }
    }

    /// Returns a string.
    pub fn text(&mut self, at: &At) -> Option<String> {
        match at.value {
            DeValue::String(text) => Some(text.clone().into_owned()),
            _ => {
                self.unlike(at, "a quoted string");
                None
            }
        }
    }

    /// Returns one of several values by its name.
    pub fn choice<T: Copy, const N: usize>(&mut self, at: &At, known: [(&str, T); N]) -> Option<T> {
        let said = self.text(at)?;
        let found = known.iter().find(|(name, _)| *name == said).map(|(_, value)| *value);
        if found.is_none() {
            let names = known.map(|(name, _)| format!("\"{name}\"")).join(", ");
            self.wrong(at, format!("unknown value “{said}” for “{}”", at.name), format!("use one of {names}"));
        }
        found
    }

    /// Returns a string, or the strings of a list, each with its place.
    pub fn texts<'v>(&mut self, at: &At<'v>) -> Vec<(String, At<'v>)> {
        let entries = match at.value {
            DeValue::String(_) => vec![At { value: at.value, span: at.span.clone(), name: at.name.clone() }],
            _ => self.list(at),
        };
        entries.into_iter().filter_map(|entry| Some((self.text(&entry)?, entry))).collect()
    }

    /// Returns the entries of a table with names of any kind.
    pub fn entries<'v>(&mut self, at: &At<'v>) -> Vec<(String, At<'v>)> {
        let DeValue::Table(table) = at.value else {
            self.unlike(at, "a table");
            return Vec::new();
        };
        let entry = |(key, value): (&Spanned<_>, _)| {
            let name: &std::borrow::Cow<str> = key.get_ref();
            (name.clone().into_owned(), at.inner(value, name))
        };
        table.iter().map(entry).collect()
    }

    /// Returns a date as it is written, with or without quotes.
    pub fn date(&mut self, at: &At) -> Option<String> {
        match at.value {
            DeValue::Datetime(date) => Some(date.to_string()),
            _ => self.text(at),
        }
    }

    /// Returns a boolean.
    pub fn truth(&mut self, at: &At) -> Option<bool> {
        let truth = at.value.as_bool();
        if truth.is_none() {
            self.unlike(at, "true or false");
        }
        truth
    }

    /// Returns a number within bounds.
    pub fn number(&mut self, at: &At, bounds: RangeInclusive<f64>) -> Option<f64> {
        let number: Option<f64> = match at.value {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok().map(|n| n as f64),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        let within = number.filter(|number| bounds.contains(number));
        if within.is_none() {
            let upper = if bounds.end().is_finite() { format!(" to {}", bounds.end()) } else { String::new() };
            let lower = if bounds.start().is_finite() { format!(" from {}", bounds.start()) } else { String::new() };
            self.wrong(at, format!("“{}” must be a number{lower}{upper}", at.name), self.hint);
        }
        within
    }

    /// Returns a whole number within bounds.
    pub fn whole(&mut self, at: &At, bounds: RangeInclusive<u32>) -> Option<u32> {
        let (least, most) = bounds.into_inner();
        let number = match at.value {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let within = number.filter(|number| (least..=most).contains(number));
        if within.is_none() {
            let upper = if most == u32::MAX { String::new() } else { format!(" to {most}") };
            self.wrong(at, format!("“{}” must be a whole number from {least}{upper}", at.name), self.hint);
        }
        within
    }
}

impl<'v> At<'v> {
    fn inner(&self, value: &'v Spanned<DeValue<'v>>, name: &str) -> At<'v> {
        let name = if self.name.is_empty() { name.to_owned() } else { format!("{}.{name}", self.name) };
        At { value: value.get_ref(), span: value.span(), name }
    }

    /// Returns its name in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns it if it is a string, or the strings of a list.
    pub fn texts_within(&self) -> Vec<&str> {
        match self.value {
            DeValue::Array(values) => values.iter().filter_map(|value| value.get_ref().as_str()).collect(),
            value => value.as_str().into_iter().collect(),
        }
    }

    /// Returns it if it is a string.
    pub fn as_text(&self) -> Option<&str> {
        self.value.as_str()
    }

    /// Returns whether it is `false`.
    pub fn is_false(&self) -> bool {
        self.value.as_bool() == Some(false)
    }

    /// Returns whether it is a list.
    pub fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// Returns whether it is a number.
    pub fn is_number(&self) -> bool {
        matches!(self.value, DeValue::Integer(_) | DeValue::Float(_))
    }

    /// Returns whether it is a table.
    pub fn is_table(&self) -> bool {
        self.value.is_table()
    }
}

/// Names the type of a value, for messages.
fn noun(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Replaces the backticks of a message by quotation marks.
fn quoted(message: &str) -> String {
    let mut marks = ['“', '”'].into_iter().cycle();
    message.chars().map(|c| if c == '`' { marks.next().unwrap_or(c) } else { c }).collect()
}
