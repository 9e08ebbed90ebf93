//! The texts of elements: their byte ranges, and their joined lines.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::tree::Node;
use super::elements::Reader;
use super::foreign::{UNDERSCORE, foreign};
use super::inline_notes;

impl Reader<'_, '_> {
    /// Reads the inline events that follow. Returns the byte range from the first to the last.
    pub(super) fn inline(&mut self, empty: Range<usize>) -> Range<usize> {
        let mut found: Option<Range<usize>> = None;
        let mut emphasised = 0_usize;
        while self.events.peek().is_some_and(|(event, _)| is_inline(event)) {
            let Some((event, span)) = self.next() else { break };
            match event {
                Event::Start(Tag::Emphasis | Tag::Strong) => {
                    self.underscored(&event, &span, emphasised > 0);
                    emphasised += 1;
                }
                Event::End(TagEnd::Emphasis | TagEnd::Strong) => emphasised = emphasised.saturating_sub(1),
                _ => {}
            }
            let start = found.as_ref().map_or_else(|| self.escaped(span.start), |found| found.start);
            found = Some(start..found.map_or(span.end, |found| found.end.max(span.end)));
            if let Some(found) = foreign(&event, self.written(&span)) {
                self.foreign(&found, span);
            }
        }
        found.unwrap_or(empty)
    }

    /// Records underscores that make text italic or bold: they are read as asterisks.
    fn underscored(&mut self, event: &Event, span: &Range<usize>, within: bool) {
        if !self.written(span).starts_with('_') {
            return;
        }
        let width = if matches!(event, Event::Start(Tag::Strong)) { 2 } else { 1 };
        let other = self.written(span).trim_matches('_').contains('*');
        // Italics cannot be nested.
        if within || other && width == 1 {
            return self.foreign(&UNDERSCORE, span.clone());
        }
        self.underscores.extend(span.start..span.start + width);
        self.underscores.extend(span.end - width..span.end);
    }

    /// Returns the text of a byte range with its lines joined; inline footnotes become references.
    pub(super) fn text(&mut self, span: Range<usize>) -> Node {
        let span = self.trimmed(span);
        let mut text = String::new();
        let mut at = span.start;
        for note in inline_notes::of(self.written(&span)) {
            let note = span.start + note.start..span.start + note.end;
            text.push_str(&self.signs(at..note.start));
            at = note.end;
            let inside = note.start + inline_notes::OPEN.len()..note.end - 1;
            let words = Node::text(self.joined(&self.signs(inside.clone())), self.trimmed(inside));
            let mark = self.notes.add(note, words);
            text.push_str(&format!("[^{mark}]"));
        }
        text.push_str(&self.signs(at..span.end));
        Node::text(self.joined(&text), span)
    }

    /// Returns the text of a byte range, with asterisks instead of the underscores of emphasis.
    fn signs(&self, span: Range<usize>) -> Cow<'_, str> {
        let written = self.written(&span);
        let mut signs = Cow::Borrowed(written);
        for at in self.underscores.range(span.clone()) {
            signs.to_mut().replace_range(at - span.start..at - span.start + 1, "*");
        }
        signs
    }

    fn joined(&self, text: &str) -> String {
        let lines = text.split(['\n', '\r']).map(|line| {
            let mut line = line.trim();
            for _ in 0..self.quotes {
                line = line.strip_prefix('>').unwrap_or(line).trim_start();
            }
            line
        });
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn written(&self, span: &Range<usize>) -> &str {
        self.source.text.get(span.clone()).unwrap_or("")
    }

    /// Returns the byte range without the white space around it.
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

    /// Returns the place of the backslash before a place, if there is one: it belongs to the text.
    pub(super) fn escaped(&self, at: usize) -> usize {
        let before = self.source.text.get(..at).unwrap_or("");
        at - usize::from(before.ends_with('\\'))
    }
}

/// Whether an event belongs to inline text.
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
