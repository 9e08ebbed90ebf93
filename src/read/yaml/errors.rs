//! Errors for sources that are not valid YAML, or that use unsupported features of YAML.

use std::ops::Range;

use super::super::limits::too_deep;
use super::{Reader, Stop};
use crate::diagnostic::{Diagnostic, shortened};

const QUOTE: &str = "put text in quotes if it contains “: ” or “ #”, or begins with one of * & @ % ! | > [ { # \" ` '";

impl Reader<'_> {
    /// Refuses a tag or an anchor: if it were ignored, text could be lost silently.
    pub(super) fn properties(&mut self, anchor: usize, tagged: bool, at: usize) {
        let error = if tagged {
            self.tag(at)
        } else if anchor > 0 {
            let hint = "remove it, or put text that begins with “&” in quotes";
            self.diagnostic(
                "yaml-alias",
                at..at + word(self.rest(at)).len(),
                "YAML anchors (“&name”) are not supported",
                hint,
            )
        } else {
            return;
        };
        self.errors.push(error);
    }

    fn tag(&self, at: usize) -> Diagnostic {
        let hint = "remove it, or put text that begins with “!” in quotes";
        self.diagnostic("yaml-tag", at..at + word(self.rest(at)).len(), "YAML tags (“!name”) are not supported", hint)
    }

    pub(super) fn alias(&self, at: usize) -> Diagnostic {
        let line = self.rest(at).lines().next().unwrap_or("");
        let name = word(line);
        let beyond = line.get(name.len()..).unwrap_or("").trim_start();
        let asterisks = name.trim_end_matches(':');
        let hint = if asterisks.bytes().all(|byte| byte == b'*') && (asterisks != name || beyond.starts_with(':')) {
            format!("put the mark of a footnote in quotes: \"{}\": …", shortened(asterisks))
        } else if name.get(1..).is_none_or(|rest| rest.is_empty() || rest.contains('*'))
            || !(beyond.is_empty() || beyond.starts_with(['#', ',', ']', '}']))
        {
            format!("put text that begins with an asterisk in quotes: \"{} …\"", shortened(name))
        } else {
            "write the value out, or put text that begins with an asterisk in quotes".to_owned()
        };
        self.diagnostic(
            "yaml-alias",
            at..at + asterisks.len(),
            "YAML reads a leading asterisk as an alias, and aliases are not supported",
            hint,
        )
    }

    /// Records the error at which parsing stopped. Returns where to blank it out, if that helps.
    pub(super) fn refuse(&mut self, stop: &Stop) -> Option<usize> {
        let (at, info) = match stop {
            Stop::Alias(at) => (*at, ""),
            Stop::Error(error) => (self.offsets.byte(error.marker().index()), error.info()),
        };
        // The parser notices a name without a colon only after its line.
        let line = if info.contains("simple key") { self.line_before(at) } else { at..at };
        let at = line.start;
        let mark = self.rest(at).chars().next().filter(|_| !self.blotted.contains(&at));
        // On the line of a blanked mark, most likely the same text causes the error.
        let again = self
            .blotted
            .last()
            .is_some_and(|last| self.source.text.get(*last..at).is_some_and(|between| !between.contains(['\n', '\r'])));
        let (error, blot) = match mark {
            Some('*') => (self.alias(at), true),
            Some('!') => (self.tag(at), true),
            Some(mark @ ('&' | '@' | '`' | '%' | '|' | '>')) => {
                let message = format!("text that begins with “{mark}” needs quotes");
                (self.diagnostic("yaml-syntax", at..at + 1, message, QUOTE), true)
            }
            Some(':') if info.starts_with("mapping values") => {
                let message = "text that contains “: ” needs quotes";
                let before = self.source.text.get(..at).unwrap_or_default();
                let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
                let hint = if line.contains(['“', '„', '‘', '‚', '«']) {
                    "put the whole text in straight quotes, \" or '; others, as word processors write them, are part of the text"
                } else {
                    "put the whole text in quotes; if this is a separate field, align it with the fields above"
                };
                (self.diagnostic("yaml-syntax", at..at + 1, message, hint), true)
            }
            _ if info.contains("recursion limit") => (too_deep(self.source, at), false),
            _ => (self.syntax(info, line), false),
        };
        if !again || error.code != "yaml-syntax" {
            self.refused.push(error);
        }
        blot.then(|| {
            self.blotted.push(at);
            at
        })
    }

    /// Returns the last non-empty line that begins before a place, without its indentation.
    fn line_before(&self, at: usize) -> Range<usize> {
        let before = self.source.text.get(..at).unwrap_or("").trim_end();
        let line = before.rsplit(['\n', '\r']).next().unwrap_or("").trim_start();
        before.len() - line.len()..before.len()
    }

    fn syntax(&self, info: &str, mut span: Range<usize>) -> Diagnostic {
        let found = SYNTAX.iter().find(|(part, ..)| info.contains(part));
        let (message, hint) = found.map_or_else(
            || {
                let plain = info.rsplit_once(", ").map_or(info, |(_, plain)| plain);
                (format!("not valid YAML: {plain}"), QUOTE)
            },
            |(_, message, hint)| ((*message).to_owned(), *hint),
        );
        if message.starts_with("a tab") {
            // The parser reports the text before or after the tab.
            let before = self.source.text.get(..span.start).and_then(|text| text.rfind('\t'));
            let after = self.rest(span.start).find('\t').map(|beyond| span.start + beyond);
            let tab = if info.ends_with("found a tab") { after } else { before.or(after) };
            span = tab.map_or(span, |tab| tab..tab + 1);
        } else if span.is_empty() {
            let shown = self.rest(span.start).chars().next().filter(|c| !c.is_whitespace());
            span.end += shown.map_or(0, char::len_utf8);
        }
        self.diagnostic("yaml-syntax", span, message, hint)
    }
}

/// Parts of the parser’s messages for the most common mistakes, with our message and hint for each.
const SYNTAX: &[(&str, &str, &str)] = &[
    // Must come before “tab”, which it contains.
    ("unprintable", "this character is not allowed", "delete it"),
    ("tab", "a tab where only spaces are allowed", "indent with spaces, not tabs"),
    (
        "simple key",
        "missing “: ” after a field name",
        "write “name: value”, or indent the line further if it continues the text above",
    ),
    (
        "trailing content after",
        "unexpected text after the closing quote",
        "put the whole text in quotes; write \\\" for a quotation mark within double quotes, '' for an apostrophe within single quotes",
    ),
    (
        "escape",
        "unknown escape sequence in double quotes",
        "write \\\\ for a backslash, or put the text in single quotes",
    ),
    ("quoted scalar", "unclosed quotes", "close them, and indent every line of the text further than its field name"),
    (
        "comment intercepting",
        "a comment splits this text",
        "put the text in quotes, or the comment on a line of its own",
    ),
    (
        "sequence entries are not allowed",
        "a list cannot begin on this line",
        "begin it on the next line, or put the text in quotes",
    ),
    ("',' or", "unclosed bracket", "close it, or put the text in quotes if the bracket is part of it"),
    ("misplaced bracket", "unmatched closing bracket", QUOTE),
    (
        "did not find expected",
        "this does not match the lines above",
        "align names with names and hyphens with hyphens, and put text that begins with a bracket or a quotation mark in quotes as a whole",
    ),
    ("indentation", "this does not match the lines above", "align names with names and hyphens with hyphens"),
];

/// Returns the text up to a space or the end of a flow value.
fn word(text: &str) -> &str {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).next().unwrap_or("")
}
