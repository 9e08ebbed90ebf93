//! A document in one syntax that is read in another, mostly because its name says so.

use std::sync::Arc;

use super::{Format, read_as};
use crate::diagnostic::{Diagnostic, Source};

/// Returns an error that names the syntax in which a source is written, if it is not the one in which it was read, in
/// vain.
pub(super) fn mistaken(source: &Arc<Source>, read: Format) -> Option<Diagnostic> {
    let first = source.first_line();
    let begun = &source.text[first.start..];
    let written = Format::of_text(begun).filter(|written| *written != read && !begun.is_empty())?;
    let certain = match read {
        // Only XML begins with a bracket of that kind.
        _ if written == Format::Xml => true,
        Format::Xml => true,
        // Front matter that is not closed.
        Format::Markdown if begun.starts_with("---") => false,
        // Several documents in YAML look like Markdown at first.
        Format::Yaml if written == Format::Markdown && Format::of_text(body(begun)) == Some(read) => false,
        // Braces with an error in them.
        Format::Json if begun.starts_with(['{', '[']) => false,
        _ => read_as(source, written).0.is_some(),
    };
    let (name, ending) = (written.name(), written.ending());
    certain.then(|| {
        Diagnostic::error("other-syntax", format!("this is {name}, not {}", read.name()))
            .hint(format!("give the file a name that ends in .{ending}, or use --from {ending}"))
            .in_source(source, first)
    })
}

/// Returns what follows the front matter.
fn body(text: &str) -> &str {
    let mut at = 0;
    let ends = text.split_inclusive('\n').map(|line| {
        at += line.len();
        (line.trim_end(), at)
    });
    ends.filter(|(line, _)| *line == "---").nth(1).map_or("", |(_, at)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    #[test]
    fn a_document_under_the_ending_of_another_syntax() {
        let documents = [
            (Format::Yaml, "symbol: A/84/L.1\nkind: decision\nbody: []\n"),
            (Format::Json, "{\n\t\"symbol\": \"A/84/L.1\",\n\t\"kind\": \"decision\"}"),
            (Format::Markdown, "---\nsymbol: A/84/L.1\nkind: decision\n---\n\n*Decides*:\n\n- one\n"),
            (Format::Xml, "<?xml version=\"1.0\"?>\n<akomaNtoso>"),
        ];
        for (written, text) in documents {
            for format in [Format::Yaml, Format::Json, Format::Markdown, Format::Xml] {
                let errors = read(&Source::new("t", text), format).err().unwrap_or_default();
                // JSON is YAML, too.
                let differs = written != format && (written, format) != (Format::Json, Format::Yaml);
                let expected = differs.then(|| format!("this is {}, not {}", written.name(), format.name()));
                let found = errors.iter().find(|error| error.code == "other-syntax").map(|error| error.message.clone());
                assert_eq!(found, expected, "{errors:?}");
            }
        }
    }

    #[test]
    fn what_may_be_an_error_in_the_same_syntax_is_one() {
        for (format, text, code) in [
            (Format::Json, "{symbol: 'A/84/L.1'}", "json-syntax"),
            (Format::Yaml, "{\"symbol\": \"A/84/L.1\"", "yaml-syntax"),
            (Format::Yaml, "---\na: 1\n---\nb: 2\n", "many-documents"),
            (Format::Markdown, "symbol: A/84/L.1\n\n# Tides: of the world\n\nText.\n", "markdown-front-matter"),
        ] {
            let errors = read(&Source::new("t", text), format).unwrap_err();
            assert_eq!(errors[0].code, code, "{errors:?}");
        }
    }
}
