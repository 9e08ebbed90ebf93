//! Comments that cut off text: “ #” begins one anywhere in unquoted text.

use std::ops::Range;

use super::super::dates;
use super::super::limits::MOST_WARNINGS;
use super::super::tree::Value;
use super::{Open, Reader};
use crate::diagnostic::shortened;
use crate::model::fields::header;

/// Fields of blocks and metadata that contain a name, a number or a choice, not words. Whatever follows
/// the value of these, and of such fields of the header, is meant as a comment.
const WORDLESS: [&str; 11] =
    ["level", "label", "new_page", "widths", "width", "columns", "align", "image", "outcome", "address", "refers_to"];

impl Reader<'_> {
    /// Reports a comment after unquoted text on the same line, since it may be meant as part of the text.
    pub(super) fn comment(&mut self, value: &Value, span: &Range<usize>) {
        let begun = match value {
            Value::String(text) if !self.is_wordless() && dates::date(text).is_err() => false,
            // With nothing before it, only a “#” without a space after it may be text: “#14”.
            Value::Null => true,
            _ => return,
        };
        let end = if begun { self.hyphen_before(span.end).unwrap_or(span.end) } else { span.end };
        let rest = self.rest(end).split(['\n', '\r']).next().unwrap_or("");
        // There is nothing between the colon or the hyphen and the comment.
        let blank = if begun { rest.trim_start_matches([':', '-']) } else { rest };
        let comment = blank.trim_start_matches([' ', '\t']);
        let Some(cut) = comment.strip_prefix('#').filter(|_| comment.len() < blank.len()) else { return };
        if cut.trim().is_empty() || begun && cut.starts_with([' ', '\t', '#', '!']) {
            return;
        }
        let start = end + rest.len() - comment.len();
        let cut = shortened(comment.trim_end());
        let message = format!("“#” after a space begins a comment; “{cut}” is not part of the text");
        let hint = "put the whole text in quotes if it is part of it; otherwise move the comment to a line of its own";
        let mut warning = self.diagnostic("yaml-comment", start..start + comment.trim_end().len(), message, hint);
        warning.severity = crate::diagnostic::Severity::Warning;
        if self.warnings.len() < MOST_WARNINGS {
            self.warnings.push(warning);
        }
    }

    /// Returns the place of the hyphen of an empty entry, if only a comment follows it: the parser
    /// reports the place of the next token instead.
    fn hyphen_before(&self, at: usize) -> Option<usize> {
        let Some(Open::List(..)) = self.open.last() else { return None };
        let before = self.source.text.get(..at)?.trim_end();
        let line = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let hash = before.get(line..)?.find('#')?;
        let entry = before.get(line..line + hash)?.trim_end();
        entry.ends_with('-').then(|| line + entry.len() - 1)
    }

    /// Whether the current field contains no words.
    fn is_wordless(&self) -> bool {
        let key = self.open.iter().rev().find_map(|open| match open {
            Open::Map { key: Some((key, _)), .. } => Some(key.as_str()),
            _ => None,
        });
        let of_header = |key| header::ALL.iter().any(|field| field.name == key && field.text.is_wordless());
        key.is_some_and(|key| of_header(key) || WORDLESS.contains(&key))
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use crate::diagnostic::Source;

    fn cut(text: &str) -> Vec<String> {
        let (_, warnings) = parse(&Source::new("t.yaml", text)).unwrap_or_else(|errors| panic!("{}", errors[0]));
        warnings.into_iter().filter_map(|warning| warning.place).map(|place| text[place.span].to_owned()).collect()
    }

    #[test]
    fn a_comment_that_cuts_a_text_is_reported() {
        for text in [
            "title: Signs for Goal #14 of the Agenda\n",
            "title: Goal #14 of the Agenda",
            "body:\n  - paragraph: Room # 14\n",
            "items:\r\n  - Goal #14 (life below water);\r\n  - Shores\r\n",
            "text: Decides to act\n  on Goal #14",
            "sponsors: [Fiji, Goal #14\n  ]\n",
            "footnotes:\n  1: See item\t#14\n",
            "session: Emergency session #14\n",
            "- #14 of them\n",
            "title: #14 of them\nkind: note\n",
        ] {
            let cut = cut(text);
            assert!(cut.len() == 1 && cut[0].starts_with('#') && cut[0].contains("14"), "{text:?}: {cut:?}");
        }
    }

    #[test]
    fn obvious_comments_are_not_reported() {
        for text in [
            "# on a line of its own\ntitle: Signs\n",
            "title: \"Signs\" # in quotes\n",
            "session: 86 # a number\n",
            "date: 2031-10-27 # a date\nadopted: 27 October 2031 # in words\n",
            "symbol: A/86/L.1 # the symbol\nkind: note # or letter\n",
            "body: # the blocks\n  - paragraph: C#\n",
            "sponsors: [Fiji, Malta] # two\n",
            "sponsors: # nobody yet\nnumber: # none\n",
            "title: | # folded\n  Goal #14\n",
            "title: Signs #\n",
            "new_page: false # not\nfootnotes: {} #14\n",
        ] {
            assert_eq!(cut(text), [""; 0], "{text:?}");
        }
    }
}
