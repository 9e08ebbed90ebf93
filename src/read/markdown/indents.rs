//! Items that are indented differently from what Markdown requires: to a reader, “(a)” indented three
//! spaces below “10.” is an item of it, and “(i)” indented six spaces one of “(a)”. The Markdown parser
//! sees a copy of the text in which they are indented far enough.

use std::ops::Range;

/// A text for the Markdown parser, and the places of its lines in the source.
pub(super) struct Levelled {
    pub text: String,
    /// Places of the copy from which on the offset between it and the source is another.
    shifts: Vec<(usize, isize)>,
}

/// An open list item, with its columns as written and in the copy.
struct Item {
    marker: usize,
    /// The column of its marker in the copy.
    at: usize,
    /// The column of its text in the copy.
    text: usize,
}

impl Levelled {
    /// Converts a byte range of the copy to one of the source.
    pub fn source(&self, copy: Range<usize>) -> Range<usize> {
        self.place(copy.start)..self.place(copy.end).max(self.place(copy.start))
    }

    fn place(&self, at: usize) -> usize {
        let index = self.shifts.partition_point(|(from, _)| *from <= at);
        let shift = index.checked_sub(1).map_or(0, |index| self.shifts[index].1);
        at.checked_add_signed(shift).unwrap_or(at)
    }

    fn line(&mut self, source: usize, line: &str, indent: Option<usize>) {
        let written = line.len() - line.trim_start_matches([' ', '\t']).len();
        match indent {
            Some(indent) if indent != written || line[..written].contains('\t') => {
                self.text.push_str(&" ".repeat(indent));
                // Inserted spaces have no place in the source.
                self.note(source + written);
                self.text.push_str(&line[written..]);
            }
            _ => {
                self.note(source);
                self.text.push_str(line);
            }
        }
    }

    fn note(&mut self, source: usize) {
        let at = self.text.len();
        let shift = isize::try_from(source).unwrap_or(0) - isize::try_from(at).unwrap_or(0);
        if self.shifts.last().map_or(0, |(_, last)| *last) != shift {
            self.shifts.push((at, shift));
        }
    }
}

/// Returns the text with its items indented as Markdown requires. Labels are already numbers, of at
/// least two digits (`labels.rs`).
pub(super) fn levelled(text: &str) -> Levelled {
    /// By how many columns more than a marker a line must be indented to appear to belong to it.
    const DEEPER: usize = 2;
    /// The deepest level of items in documents; deeper text is left as it is.
    const DEEPEST: usize = 16;
    let mut out = Levelled { text: String::with_capacity(text.len()), shifts: Vec::new() };
    let mut open: Vec<Item> = Vec::new();
    let mut fence: Option<&str> = None;
    // Whether the line belongs to a footnote definition.
    let mut noted = false;
    let (mut start, mut after_blank) = (0, true);
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let body = line.trim_start_matches([' ', '\t']);
        let indent = columns(&line[..line.len() - body.len()]);
        let sign = ["```", "~~~"].into_iter().find(|sign| body.starts_with(sign));
        if open.len() > DEEPEST {
            open.clear();
        }
        if fence.is_some() || sign.is_some() {
            fence = match fence {
                Some(opened) => Some(opened).filter(|_| sign != Some(opened)),
                None => sign,
            };
            open.clear();
            out.line(at, line, None);
            continue;
        }
        if indent == 0 && !body.trim().is_empty() {
            noted = body.starts_with("[^") && body.contains("]:");
        }
        if body.trim().is_empty() || noted {
            after_blank = true;
            out.line(at, line, None);
            continue;
        }
        let found = marker(body);
        if found.is_none() && !after_blank {
            // It continues the line above.
            out.line(at, line, open.last().filter(|_| indent > 0).map(|item| item.text));
            continue;
        }
        after_blank = false;
        let labelled = found.is_some_and(|width| is_item(&body[..width]));
        // A number to the left of the text of another one is the next in the same list.
        let least = if found.is_some() && !labelled { 3 } else { DEEPER };
        while open.pop_if(|item| indent < item.marker + least).is_some() {}
        let placed = match open.last() {
            // What looks deeper is deeper in the copy.
            Some(item) => item.text + (indent.saturating_sub(item.marker + (item.text - item.at))).min(DEEPER),
            None if labelled => indent.min(3),
            None => {
                out.line(at, line, None);
                if let Some(width) = found {
                    open.push(Item { marker: indent, at: indent, text: indent + width });
                }
                continue;
            }
        };
        out.line(at, line, Some(placed));
        if let Some(width) = found {
            open.push(Item { marker: indent, at: placed, text: placed + width });
        }
    }
    out
}

/// Returns the number of columns that white space takes.
fn columns(blanks: &str) -> usize {
    const TAB: usize = 4;
    blanks.chars().fold(0, |at, c| if c == '\t' { at / TAB * TAB + TAB } else { at + 1 })
}

/// Returns the width of a number, label or bullet with the space after it.
fn marker(body: &str) -> Option<usize> {
    let figures = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let sign = body[figures..].chars().next()?;
    let fits = if figures == 0 { matches!(sign, '-' | '*' | '+') } else { figures <= 9 && matches!(sign, '.' | ')') };
    let rest = &body[figures + sign.len_utf8()..];
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    // Five spaces begin code in Markdown: the text then begins after the first space.
    let blanks = if blanks > 4 { 1 } else { blanks };
    (fits && blanks > 0).then(|| figures + 1 + blanks)
}

/// Whether a marker is that of an item: a bullet, or a label, which `labels.rs` turned into a number that
/// begins with a zero.
fn is_item(marker: &str) -> bool {
    !marker.starts_with(|c: char| c.is_ascii_digit()) || marker.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied(text: &str) -> String {
        let levelled = levelled(text);
        // Every letter of the copy is found again in the source.
        for (at, c) in levelled.text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            assert!(text[levelled.source(at..at).start..].starts_with(c), "{text}");
        }
        levelled.text
    }

    #[test]
    fn items_are_as_deep_as_they_look() {
        let deep = "10. x:\n\n   01) a:\n\n      01) b\n      more\n\n   02) c\n\n   goes on\n\n11. y\n";
        assert_eq!(
            copied(deep),
            "10. x:\n\n    01) a:\n\n        01) b\n            more\n\n    02) c\n\n    goes on\n\n11. y\n"
        );
        assert_eq!(
            copied("x:\n\n    01) a:\n\n\t\t01) b\n"),
            "x:\n\n   01) a:\n\n        01) b\n".replace("        01", "       01")
        );
    }

    #[test]
    fn what_markdown_takes_as_it_is_stays() {
        for text in [
            "1. x:\n\n   01) a:\n\n       01) b\n\n   02) c\n\n2. y\n",
            "- a\n - b\n- c\n  - d\n",
            "a\n b\n\n    code\n",
            "```table\n  - x\n      - y\n```\n\né\n",
            "> 01) x\n>  02) y\n",
        ] {
            assert_eq!(copied(text), text);
        }
    }
}
