//! The texts of elements: which bytes they stand in, and their lines joined.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::super::tree::Node;
use super::elements::Reader;
use super::foreign::foreign;

impl Reader<'_, '_> {
    /// Reads the inline events that follow; the bytes from the first to the last.
    pub(super) fn inline(&mut self, empty: Range<usize>) -> Range<usize> {
        let mut found: Option<Range<usize>> = None;
        while self.events.peek().is_some_and(|(event, _)| is_inline(event)) {
            let Some((event, span)) = self.next() else { break };
            let start = found.as_ref().map_or_else(|| self.escaped(span.start), |found| found.start);
            found = Some(start..found.map_or(span.end, |found| found.end.max(span.end)));
            if let Some(found) = foreign(&event, self.written(&span)) {
                self.foreign(&found, span);
            }
        }
        found.unwrap_or(empty)
    }

    /// The text that is written in those bytes, its lines joined.
    pub(super) fn text(&self, span: Range<usize>) -> Node {
        let span = self.trimmed(span);
        let lines = self.written(&span).split(['\n', '\r']).map(|line| {
            let mut line = line.trim();
            for _ in 0..self.quotes {
                line = line.strip_prefix('>').unwrap_or(line).trim_start();
            }
            line
        });
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        Node::text(lines.join(" "), span)
    }

    pub(super) fn written(&self, span: &Range<usize>) -> &str {
        self.source.text.get(span.clone()).unwrap_or("")
    }

    /// The bytes without the white space around them.
    pub(super) fn trimmed(&self, span: Range<usize>) -> Range<usize> {
        let written = self.written(&span);
        let start = span.start + written.len() - written.trim_start().len();
        start..start + written.trim().len()
    }

    pub(super) fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let span = self.trimmed(span);
        let line = self.written(&span).split(['\n', '\r']).next().unwrap_or("");
        span.start..span.start + line.len()
    }

    /// The place of the backslash, if one stands before a place: it belongs to the text.
    pub(super) fn escaped(&self, at: usize) -> usize {
        let before = self.source.text.get(..at).unwrap_or("");
        at - usize::from(before.ends_with('\\'))
    }
}

/// Whether an event is within a text.
pub(super) fn is_inline(event: &Event) -> bool {
    match event {
        Event::Start(tag) => is_inline_end(tag.to_end()),
        Event::End(end) => is_inline_end(*end),
        Event::Rule | Event::Html(_) => false,
        _ => true,
    }
}

fn is_inline_end(end: TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}
