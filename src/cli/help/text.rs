//! Markdown of the documentation as plain text in lines of a width.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::table::{table, wrapped};
use super::topics::of_file;

/// The indent of text below its heading.
pub const INDENT: usize = 2;
/// The indent of what is shown as it is.
const VERBATIM: usize = 4;

/// Returns Markdown as plain text.
pub fn plain(markdown: &str, width: usize) -> String {
    let mut page = Page { width, ..Page::default() };
    Parser::new_ext(markdown, Options::ENABLE_TABLES).for_each(|event| page.take(event));
    page.out
}

/// Returns Markdown as plain text in one line.
pub fn one_line(markdown: &str) -> String {
    plain(markdown, usize::MAX).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page that is being written.
#[derive(Default)]
struct Page {
    width: usize,
    out: String,
    /// The words of the paragraph, heading, item or cell that is being read.
    words: String,
    /// The indents of quotations, and of items with their labels.
    within: Vec<(usize, String)>,
    /// The next numbers of the lists around it; `None` for bullets.
    lists: Vec<Option<u64>>,
    code: bool,
    /// How many elements around it are not shown.
    hidden: usize,
    /// Where the words of a link begin, and its target.
    link: Option<(usize, String)>,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Page {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::End(tag) => self.end(tag),
            _ if self.hidden > 0 => {}
            Event::Text(text) if self.code => self.verbatim(&text),
            Event::Text(text) | Event::Code(text) => self.words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.words.push(' '),
            _ => {}
        }
    }

    fn begin(&mut self, tag: Tag) {
        match tag {
            Tag::Image { .. } | Tag::HtmlBlock => self.hidden += 1,
            Tag::Heading { .. } | Tag::Paragraph => self.blank(),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.flush();
                self.blank();
                self.code = true;
            }
            Tag::BlockQuote(_) => self.within.push((2, String::new())),
            Tag::List(first) => {
                self.flush();
                if self.lists.is_empty() {
                    self.blank();
                }
                self.lists.push(first);
            }
            Tag::Item => {
                let label = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.within.push((label.len(), label));
            }
            Tag::Link { dest_url, .. } => self.link = Some((self.words.len(), dest_url.into_string())),
            Tag::Table(_) => self.blank(),
            Tag::TableRow => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image | TagEnd::HtmlBlock => self.hidden -= 1,
            TagEnd::Heading(level) => {
                let words = std::mem::take(&mut self.words);
                let indent = if level <= HeadingLevel::H2 { 0 } else { INDENT };
                self.out += &wrapped(&words, indent, self.width);
            }
            TagEnd::Paragraph => self.flush(),
            TagEnd::CodeBlock => self.code = false,
            TagEnd::BlockQuote(_) => drop(self.within.pop()),
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::Item => {
                self.flush();
                self.within.pop();
            }
            TagEnd::Link => self.link(),
            TagEnd::TableCell => {
                let words = std::mem::take(&mut self.words);
                self.rows.last_mut().unwrap_or(&mut self.head).push(words);
            }
            TagEnd::Table => {
                let (head, rows) = (std::mem::take(&mut self.head), std::mem::take(&mut self.rows));
                self.out += &table(&head, &rows, self.indent(), self.width);
            }
            _ => {}
        }
    }

    fn indent(&self) -> usize {
        INDENT + self.within.iter().map(|(indent, _)| indent).sum::<usize>()
    }

    /// Writes the words of a paragraph or item, with the label of the item before the first of them.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let indent = self.indent();
        let text = wrapped(&words, indent, self.width);
        let label = self.within.last_mut().map(|(_, label)| std::mem::take(label)).unwrap_or_default();
        let before = indent - label.len();
        self.out += &format!("{:before$}{label}{}", "", text.trim_start());
    }

    fn verbatim(&mut self, text: &str) {
        let indent = self.indent() + VERBATIM - INDENT;
        for line in text.lines() {
            let line = format!("{:indent$}{line}", "");
            self.out += line.trim_end();
            self.out.push('\n');
        }
    }

    /// Ends a link: a chapter is named by its topic, and an address is shown.
    fn link(&mut self) {
        let Some((start, target)) = self.link.take() else { return };
        let file = target.split('#').next().unwrap_or_default();
        let words = self.words.split_off(start);
        self.words += &match of_file(file) {
            Some(topic) if words == file => format!("masthead help {}", topic.name),
            None if words == file && !file.is_empty() => format!("docs/{file}"),
            None if target.starts_with("http") && words != target => format!("{words} ({target})"),
            _ => words,
        };
    }

    /// Leaves a line free, unless the page or an item has just begun.
    fn blank(&mut self) {
        let begins = self.within.last().is_some_and(|(_, label)| !label.is_empty());
        if !self.out.is_empty() && !begins {
            self.out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markdown_becomes_plain_text() {
        let markdown = "# Title\n\nA *word* of `code`\nand a [chapter](house.md#languages), [house.md](house.md).\n\n\
             ![picture](a.png)\n\n<!-- test: rm -->\n```sh\nmasthead check\n\n  x\n```\n\n\
             1. First:\n\n   ```sh\n   one\n   ```\n2. Second\n   - inner\n\n### Below\n\n\
             | a | b |\n|---|---|\n| `x` | y z |\n";
        let text = "Title\n\n  A word of code and a chapter,\n  masthead help house.\n\n\n\
             \x20   masthead check\n\n      x\n\n  1. First:\n\n       one\n  2. Second\n     - inner\n\n  Below\n\n  x  y z\n";
        assert_eq!(plain(markdown, 34), text);
    }
}
