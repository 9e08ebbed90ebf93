//! A chapter of the documentation, or a section of one.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A chapter, in Markdown, which begins with its heading.
#[derive(Clone, Copy)]
pub struct Chapter<'c> {
    /// The text.
    pub text: &'c str,
}

/// A heading.
struct Heading<'c> {
    level: HeadingLevel,
    words: String,
    start: usize,
    /// The text from this heading to the next one that is not below it.
    text: &'c str,
}

impl<'c> Chapter<'c> {
    /// Returns the words of its heading.
    pub fn title(&self) -> String {
        self.list().into_iter().next().map(|heading| heading.words).unwrap_or_default()
    }

    /// Returns the headings of its sections.
    pub fn headings(&self) -> Vec<String> {
        self.list().into_iter().skip(1).map(|heading| heading.words).collect()
    }

    /// Returns a section by its heading, or by how that begins, in upper or lower case.
    pub fn section(&self, named: &str) -> Option<Self> {
        let (named, list) = (plain(named), self.list());
        let sections = || list.iter().skip(1).map(|heading| (plain(&heading.words), heading.text));
        let exact = sections().find(|(words, _)| *words == named);
        let found = exact.or_else(|| sections().find(|(words, _)| words.starts_with(&named)));
        found.map(|(_, text)| Self { text })
    }

    /// Returns what stands before its first section, and of each section the heading and the first paragraph.
    pub fn outline(&self) -> (&'c str, Vec<(String, &'c str)>) {
        let list = self.list();
        let head = list.get(1).and_then(|next| self.text.get(..next.start)).unwrap_or(self.text);
        let level = list.get(1).map(|heading| heading.level);
        let sections = list.into_iter().skip(1).filter(|heading| Some(heading.level) == level);
        let first = |text: &'c str| text.split("\n\n").nth(1).unwrap_or_default();
        (head, sections.map(|heading| (heading.words, first(heading.text))).collect())
    }

    fn list(&self) -> Vec<Heading<'c>> {
        let mut found: Vec<(HeadingLevel, String, Range<usize>)> = Vec::new();
        let mut within = false;
        for (event, range) in Parser::new_ext(self.text, Options::ENABLE_TABLES).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    found.push((level, String::new(), range));
                    within = true;
                }
                Event::End(TagEnd::Heading(_)) => within = false,
                Event::Text(words) | Event::Code(words) if within => {
                    if let Some((_, text, _)) = found.last_mut() {
                        text.push_str(&words);
                    }
                }
                _ => {}
            }
        }
        let end = |index: usize, level: HeadingLevel| {
            let next = found.iter().skip(index + 1).find(|(other, ..)| *other <= level);
            next.map_or(self.text.len(), |(_, _, range)| range.start)
        };
        let ends: Vec<usize> = found.iter().enumerate().map(|(index, (level, ..))| end(index, *level)).collect();
        let headings = found.into_iter().zip(ends).map(|((level, words, range), end)| Heading {
            level,
            words,
            start: range.start,
            text: self.text.get(range.start..end).unwrap_or_default(),
        });
        headings.collect()
    }
}

/// Returns the words of a heading for comparison.
fn plain(words: &str) -> String {
    let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '.'));
    kept.collect::<String>().to_lowercase().replace('_', " ")
}
