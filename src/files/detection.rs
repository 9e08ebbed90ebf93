//! Detects whether a file is meant to be a document: by its content, not by whether it can be read, so that a
//! document with errors is reported, and a README next to it is not.

use std::io;
use std::path::Path;

use crate::model::Kind;
use crate::model::fields::{Field, header};
use crate::read::Format;

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detected {
    /// A document, even if it has errors.
    Document,
    /// A file that masthead wrote for its own use.
    Own,
    /// Something else, with the reason.
    Other(&'static str),
}

const NO_FIELDS: Detected = Detected::Other("it lacks document fields (symbol, kind, body)");

/// Detects the kind of a file in a syntax. A file that cannot be read counts as a document, so that its error is
/// reported when it is read.
pub(super) fn meant(path: &Path, format: Format) -> Detected {
    head(path).map_or(Detected::Document, |head| of_text(&head, format))
}

/// Returns whether a file is a document in a syntax, even if it has errors.
pub fn is_document(path: &Path, format: Format) -> bool {
    meant(path, format) == Detected::Document
}

/// Returns the syntax of a text that is a document of masthead beyond doubt: other texts have fields, too.
pub fn certain_document(text: &str) -> Option<Format> {
    let format = Format::of_text(text)?;
    let has_kind = |said: &[Said]| {
        let is = |(name, value): &Said| match name.as_str() {
            "kind" => Kind::ALL.iter().any(|kind| kind.name() == value),
            "body" | "parts" => value.is_empty() || value.starts_with('['),
            _ => false,
        };
        said.iter().any(is)
    };
    let whole = text.trim_start_matches('\u{feff}');
    let is_certain = match format {
        Format::Xml => true,
        Format::Markdown => has_kind(&at_lines(front(whole.trim_start()).0.as_str())),
        Format::Json | Format::Yaml if whole.trim_start().starts_with('{') => has_kind(&within_braces(whole)),
        Format::Json => false,
        Format::Yaml => has_kind(&at_lines(whole)),
    };
    (is_certain && of_text(text, format) == Detected::Document).then_some(format)
}

fn head(path: &Path) -> io::Result<String> {
    let bytes = super::head(path)?;
    let text = match super::utf_16(&bytes) {
        Some(Ok(text)) => text,
        _ => String::from_utf8_lossy(&bytes).into_owned(),
    };
    Ok(text)
}

fn of_text(text: &str, format: Format) -> Detected {
    let whole = text.trim_start_matches('\u{feff}');
    let text = whole.trim_start();
    if text.is_empty() {
        return Detected::Other("it is empty");
    }
    match format {
        Format::Xml if is_akn(text) => Detected::Document,
        Format::Xml => Detected::Other("its root element is not <akomaNtoso>"),
        Format::Markdown => of_markdown(text),
        Format::Json | Format::Yaml if text.starts_with('{') => of_fields(&within_braces(text)),
        Format::Json | Format::Yaml if text.starts_with('[') => Detected::Other("it is a list"),
        Format::Json => NO_FIELDS,
        Format::Yaml => of_fields(&at_lines(whole)),
    }
}

/// A field at the top level of a file: its name, and its value if it is on the same line.
type Said = (String, String);

fn of_fields(said: &[Said]) -> Detected {
    let value = |name: &str| said.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    if value("masthead").is_some() {
        return Detected::Own;
    }
    let field = |(key, _): &Said| header::ALL.iter().find(|field| field.name == key);
    let known: Vec<&Field> = said.iter().filter_map(field).collect();
    let own = known.iter().filter(|field| !field.common).count();
    let of_kind = value("kind").is_some_and(|value| Kind::ALL.iter().any(|kind| kind.name() == value));
    let symbol = value("symbol");
    let mostly = known.len() * 2 > said.len() && (symbol.is_some() || value("body").is_some() || own > 1);
    if mostly || of_kind || symbol.is_some_and(|symbol| symbol.contains('/')) { Detected::Document } else { NO_FIELDS }
}

/// Returns the field that a name means, even if one of the distinctive names is mistyped by a letter.
fn key(written: &str) -> String {
    let key = written.trim().trim_matches(['"', '\'']).to_lowercase();
    let meant = ["symbol", "kind", "body"].into_iter().find(|name| strsim::osa_distance(name, &key) < 2);
    meant.map_or(key, str::to_owned)
}

/// Returns the fields of block-style YAML: those with the same indentation as the first.
fn at_lines(text: &str) -> Vec<Said> {
    let said = |line: &&str| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with(['#', '%']) && !matches!(line, "---" | "...")
    };
    let indent = |line: &str| line.len() - line.trim_start().len();
    let Some(first) = text.lines().find(said).map(indent) else { return Vec::new() };
    let field = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let plain = |c: char| c.is_alphanumeric() || "_-.$\"'".contains(c);
        let is_field = name.trim().chars().all(plain) && value.chars().next().is_none_or(char::is_whitespace);
        is_field.then(|| (key(name), value.trim().trim_matches(['"', '\'']).to_owned()))
    };
    text.lines().filter(said).filter(|line| indent(line) == first).filter_map(field).collect()
}

/// Returns the fields of the outermost braces, even if there are errors within them.
fn within_braces(text: &str) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    let (mut depth, mut word, mut valued) = (0_usize, String::new(), false);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let mut escaped = false;
                let inside = chars.by_ref().take_while(|c| {
                    let ends = *c == '"' && !escaped;
                    escaped = *c == '\\' && !escaped;
                    !ends
                });
                let inside: String = inside.collect();
                if depth == 1 {
                    word = inside;
                }
            }
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            ':' if depth == 1 && !valued => {
                said.push((key(&word), String::new()));
                (word, valued) = (String::new(), true);
            }
            _ if depth == 1 && c != ',' && !c.is_whitespace() => word.push(c),
            _ => {}
        }
        if depth == 1 && valued && c != ':' {
            if let Some((_, value)) = said.last_mut() {
                value.clone_from(&word);
            }
            if c == ',' {
                (word, valued) = (String::new(), false);
            }
        }
    }
    said
}

/// Detects Markdown documents, which begin with front matter, or with fields if its first line is missing.
fn of_markdown(text: &str) -> Detected {
    let (front, fenced) = front(text);
    match of_fields(&at_lines(&front)) {
        Detected::Other(_) if !fenced => Detected::Other("it does not begin with front matter (---)"),
        meant => meant,
    }
}

/// Returns the front matter of a Markdown document, and whether it is fenced.
fn front(text: &str) -> (String, bool) {
    const FENCE: &str = "---";
    let fenced = text.lines().next().is_some_and(|line| line.trim_end() == FENCE);
    let lines = || text.lines().skip(usize::from(fenced));
    let closed = fenced && lines().any(|line| line.trim_end() == FENCE);
    let end = |line: &&str| if closed { line.trim_end() != FENCE } else { !line.trim().is_empty() };
    (lines().take_while(end).collect::<Vec<_>>().join("\n"), fenced)
}

/// Returns whether the root element of an XML file is that of Akoma Ntoso, by name or namespace.
fn is_akn(text: &str) -> bool {
    let tag = first_tag(text).unwrap_or_default();
    local_name(&tag) == "akomantoso" || tag.contains("legaldocml") || tag.contains("akomantoso.org")
}

/// Returns the name of the root element of XML or HTML, in lower case and without a prefix.
pub fn first_element(text: &str) -> Option<String> {
    first_tag(text).map(|tag| local_name(&tag).to_owned())
}

fn local_name(tag: &str) -> &str {
    let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

/// Returns the content of the first tag, in lower case.
fn first_tag(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some((_, tag)) = rest.split_once('<') {
        let end = match tag {
            _ if tag.starts_with("!--") => "-->",
            _ if tag.starts_with('?') => "?>",
            _ if tag.starts_with('!') => ">",
            _ => return Some(tag.split('>').next().unwrap_or_default().to_lowercase()),
        };
        rest = tag.split_once(end).map_or("", |(_, after)| after);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_with_errors_are_detected() {
        for (format, text) in [
            (Format::Yaml, "symbol: X\n"),
            (Format::Yaml, "# A draft\n---\nsymbl: A/84/L.1\nkind: poem\ntitel: Tides\n"),
            (Format::Yaml, "kind: draft-resolution\nname: x\nother: y\nmore: z\n"),
            (Format::Yaml, "  title: Tides\n  body:\n    - paragraph: \"Text\n"),
            (Format::Yaml, "{symbol: A/84/L.1, kind: letter"),
            (Format::Yaml, "'symbol': A/84/L.1\r\n\"kind\": letter\r\n"),
            (Format::Yaml, "sponsors: [Chile]\nagenda_title: Tides\nsubmitted_by: Chile\ntitle: [\n"),
            (Format::Json, "\u{feff}{\"kind\": \"letter\", \"a\": 1, \"b\": {\"symbol\": 1}, \"c\": 2,, }"),
            (Format::Json, "{\"symbol\": \"A/84/L.1\", \"x\": [1, {\"y\": \"z"),
            (Format::Markdown, "---\nsymbol: A/84/L.1\nkind: letter\n\nText.\n"),
            (Format::Markdown, "symbol: A/84/L.1\nkind: letter\n---\n\nText.\n"),
            (Format::Markdown, "---\ntitle: Tides\nsymbol: A/84/L.1\n---\nNote: text.\n"),
            (Format::Xml, "<?xml version='1.0'?>\n<!-- <x> -->\n<an:akomaNtoso xmlns:an='x'><act>"),
            (Format::Xml, "<statement xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">"),
            (Format::Xml, "<!DOCTYPE x>\n<akomaNtoso"),
        ] {
            assert_eq!(of_text(text, format), Detected::Document, "{text}");
        }
    }

    #[test]
    fn other_files_are_not_taken_for_documents() {
        for (format, text) in [
            (Format::Yaml, ""),
            (Format::Yaml, "apiVersion: v1\nkind: Service\nmetadata:\n  name: x\nspec: {}\n"),
            (Format::Yaml, "services:\n  web:\n    symbol: A/84/L.1\n"),
            (Format::Yaml, "title: A site\ndescription: x\nlanguage: en\n"),
            (Format::Yaml, "name: Bug\ndescription: x\ntitle: y\nlabels: []\nbody:\n  - type: z\n"),
            (Format::Yaml, "- one\n- two: 3\n"),
            (Format::Json, "[{\"symbol\": \"A/84/L.1\", \"kind\": \"letter\"}]"),
            (Format::Json, "{\"name\": \"x\", \"version\": \"1\", \"more\": {\"kind\": \"letter\"}}"),
            (Format::Json, "{\"symbol\": \"AAPL\", \"price\": 3}"),
            (Format::Json, "{\"title\": \"kind: letter\", \"x\": \"symbol\"}"),
            (Format::Json, "3"),
            (Format::Markdown, "# Drafts\n\nThe kind: letter is one.\nsymbol: A/84/L.1\n"),
            (Format::Markdown, "---\ntitle: A page\ndate: 2029-01-01\nlayout: post\n---\nText.\n"),
            (Format::Xml, "<project><akomaNtoso/></project>"),
            (Format::Xml, "no element"),
        ] {
            assert!(matches!(of_text(text, format), Detected::Other(_)), "{text}");
        }
        for own in ["{\"masthead\":\"0.1.0\",\n\"summary\":{}}", "{\"kind\": \"letter\", \"masthead\": {}}"] {
            assert_eq!(of_text(own, Format::Json), Detected::Own, "{own}");
        }
    }
}
