//! Writes values as readable YAML: block style, long texts folded, quotes only where needed.

use serde_json::{Number, Value};

use crate::read::is_number;

/// The column at which lines are folded.
const WIDTH: usize = 96;

/// Returns the YAML of a value.
pub(crate) fn written(value: &Value) -> String {
    let mut writer = Writer::default();
    match value {
        Value::Array(_) | Value::Object(_) => writer.block(value, 0, true),
        Value::String(text) => writer.text(text, 2),
        other => writer.word(other),
    }
    if !writer.out.ends_with('\n') {
        writer.out.push('\n');
    }
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
}

impl Writer {
    /// Writes what follows the colon of a name or the hyphen of an entry, up to the end of the line;
    /// nested values are indented.
    fn after(&mut self, value: &Value, indent: usize, hyphen: bool) {
        if flat(value) {
            self.out.push(' ');
            match value {
                Value::String(text) => self.text(text, indent),
                other => self.word(other),
            }
            self.out.push('\n');
        } else {
            self.out.push(if hyphen { ' ' } else { '\n' });
            self.block(value, indent, hyphen);
        }
    }

    /// Writes the fields of a map or the entries of a list, one per line; the first may continue a line
    /// that has begun.
    fn block(&mut self, value: &Value, indent: usize, begun: bool) {
        let mut begun = begun;
        let mut begin = |out: &mut String| {
            if !std::mem::take(&mut begun) {
                out.push_str(&" ".repeat(indent));
            }
        };
        match value {
            Value::Object(fields) if fields.is_empty() => self.out.push_str("{}\n"),
            Value::Object(fields) => {
                for (name, value) in fields {
                    begin(&mut self.out);
                    let name = if is_plain(name) { name.clone() } else { quoted(name) };
                    self.out.push_str(&name);
                    self.out.push(':');
                    self.after(value, indent + 2, false);
                }
            }
            Value::Array(values) => {
                for value in values {
                    begin(&mut self.out);
                    self.out.push('-');
                    self.after(value, indent + 2, true);
                }
            }
            _ => {}
        }
    }

    /// Writes a value without texts.
    fn word(&mut self, value: &Value) {
        match value {
            Value::Number(number) => self.out.push_str(&figures(number)),
            Value::Array(values) => {
                self.out.push('[');
                for (index, value) in values.iter().enumerate() {
                    self.out.push_str(if index > 0 { ", " } else { "" });
                    self.word(value);
                }
                self.out.push(']');
            }
            other => self.out.push_str(&other.to_string()),
        }
    }

    fn text(&mut self, text: &str, indent: usize) {
        let line = self.out.rsplit('\n').next().unwrap_or("");
        let fits = line.chars().count() + text.chars().count() <= WIDTH;
        let folds = text.contains(' ') && !text.starts_with(' ') && !text.ends_with(' ') && !text.contains(unprinted);
        if folds && !fits {
            self.out.push_str(">-");
            for line in lines(text, WIDTH.saturating_sub(indent)) {
                self.out.push('\n');
                self.out.push_str(&" ".repeat(indent));
                self.out.push_str(line);
            }
        } else if is_plain(text) && !is_number(text) {
            self.out.push_str(text);
        } else {
            self.out.push_str(&quoted(text));
        }
    }
}

/// Whether a value follows its name on the same line.
fn flat(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().all(Value::is_number),
        Value::Object(fields) => fields.is_empty(),
        _ => true,
    }
}

fn figures(number: &Number) -> String {
    let text = number.to_string();
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// Splits a text into lines, at single spaces only, which unfolding restores.
fn lines(text: &str, width: usize) -> Vec<&str> {
    let mut list = Vec::new();
    let (mut start, mut last, mut length) = (0, None, 0);
    let bytes = text.as_bytes();
    for (at, c) in text.char_indices() {
        if length >= width
            && let Some(space) = last.take()
        {
            list.push(&text[start..space]);
            start = space + 1;
            length = text[start..at].chars().count();
        }
        let single = c == ' ' && at > start && bytes[at - 1] != b' ' && bytes.get(at + 1) != Some(&b' ');
        if single {
            last = Some(at);
        }
        length += 1;
    }
    list.push(&text[start..]);
    list
}

/// Whether a text is read back unchanged without quotes.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 4] = ["~", "null", "true", "false"];
    const MARKS: &str = "-?:,[]{}#&*!|>'\"%@`";
    let first = text.starts_with(|c: char| MARKS.contains(c) || c.is_whitespace());
    let within = text.contains(": ") || text.contains(" #") || text.contains(unprinted);
    let last = text.ends_with(|c: char| c == ':' || c.is_whitespace());
    !(text.is_empty() || first || within || last || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)))
}

/// Whether a character must be written as an escape.
fn unprinted(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn quoted(text: &str) -> String {
    if !text.contains(unprinted) && text.contains(['"', '\\']) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if unprinted(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yaml(json: Value) -> String {
        written(&json)
    }

    #[test]
    fn maps_and_lists() {
        let value = serde_json::json!({
            "a": {"b": 1, "c": [1.0, 2.5]}, "d": [{"e": "x", "f": [["1", "y"], []]}, null, true, {}],
        });
        let shown = "a:\n  b: 1\n  c: [1, 2.5]\nd:\n  - e: x\n    f:\n      - - \"1\"\n        - y\n      - []\n  - null\n  - true\n  - {}\n";
        assert_eq!(yaml(value), shown);
    }

    #[test]
    fn quotes_only_where_needed() {
        for plain in ["a", "2023-08-28", "127 (s)", "a:b", "a#b", "“x”", "(*Signed*) x", "no", "1 2", "x*"] {
            assert_eq!(yaml(plain.into()), format!("{plain}\n"));
        }
        for text in ["", "17", "1.5", "*x*", "[x]", "a: b", "a #b", "true", "Null", " a", "a:", "- a", "#", "~"] {
            assert_eq!(yaml(text.into()), format!("\"{text}\"\n"));
        }
        assert_eq!(yaml("\"x\": it's".into()), "'\"x\": it''s'\n");
        assert_eq!(yaml("a\n\u{7}\\".into()), "\"a\\n\\u0007\\\\\"\n");
    }

    #[test]
    fn long_texts_are_folded() {
        let text = "*word*: ".repeat(30) + "two  spaces";
        let folded = yaml(text.into());
        assert!(folded.starts_with(">-\n  *word*: *word*"), "{folded}");
        assert!(folded.lines().all(|line| line.chars().count() <= WIDTH + 2), "{folded}");
        assert!(folded.ends_with("two  spaces\n"));
        let long = "w".repeat(200);
        assert_eq!(yaml(long.clone().into()), format!("{long}\n"));
    }
}
