//! The syntaxes of documents: how to detect them, and how hints describe a field in each.

use serde::{Deserialize, Serialize};

/// The syntax of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Format {
    /// YAML 1.2.
    Yaml,
    /// JSON.
    Json,
    /// AKN4UN XML.
    Xml,
    /// Markdown with YAML front matter.
    Markdown,
}

impl Format {
    /// Returns the format of a file by its name. Without a known extension it is YAML, of which
    /// JSON is nearly always a subset.
    pub fn of_name(name: &str) -> Self {
        Self::of_ending(name).unwrap_or(Self::Yaml)
    }

    /// Returns the format that the extension of a name stands for.
    pub fn of_ending(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            "md" | "markdown" => Some(Self::Markdown),
            "xml" => Some(Self::Xml),
            _ => None,
        }
    }

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Json => "JSON",
            Self::Markdown => "Markdown",
            Self::Xml => "XML",
        }
    }

    /// Returns the usual extension of files in it, without the stop.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Xml => "xml",
        }
    }

    /// Detects the format from the beginning of a text. Returns `None` if it matches no format.
    pub fn of_text(text: &str) -> Option<Self> {
        const FENCE: &str = "---";
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.is_empty() {
            // The reader reports that the source is empty.
            return Some(Self::Yaml);
        }
        if text.starts_with('<') {
            return Some(Self::Xml);
        }
        if let Some(rest) = text.strip_prefix(['{', '[']) {
            // Names are quoted in JSON and mostly unquoted in YAML.
            let json = rest.trim_start().starts_with(['"', '{', '[', '}', ']']);
            return Some(if json { Self::Json } else { Self::Yaml });
        }
        let mut lines = text.lines().map(str::trim_end);
        if lines.clone().next() == Some(FENCE) && lines.clone().skip(1).any(|line| line == FENCE) {
            return Some(Self::Markdown);
        }
        let first = lines.find(|line| !line.is_empty() && !line.starts_with(['#', '%']) && *line != FENCE);
        let Some(first) = first else {
            // Either YAML comments, or Markdown headings without front matter.
            return (!text.starts_with("##")).then_some(Self::Yaml);
        };
        let named = first.split_once(':').is_some_and(|(name, rest)| {
            let plain = |c: char| c.is_alphanumeric() || "_-\"'".contains(c);
            name.trim_end().chars().all(plain) && (rest.is_empty() || rest.starts_with([' ', '\t']))
        });
        named.then_some(Self::Yaml)
    }

    /// Returns a hint for adding a missing field.
    pub(crate) fn add(self, field: &str, value: &str) -> String {
        match self {
            Self::Yaml => format!("add a line such as “{field}: {value}”"),
            Self::Markdown => format!("add a line such as “{field}: {value}” to the front matter"),
            Self::Json => format!("add a field such as {}", self.field(field, value)),
            Self::Xml => match field {
                "symbol" => format!("add it to the cover page as <docNumber>: {value}"),
                "kind" => "set the name of the <statement>: name=\"resolution\" or name=\"decision\"".into(),
                "date" => "add it to the cover page as <docDate>".into(),
                "adopted" => "add it as <FRBRdate> with the name “adoption”".into(),
                "number" | "title" => format!("add it to the <preface>: {value}"),
                _ => format!("add it to the cover page, such as {value}"),
            },
        }
    }

    /// Returns a field as it is written in this syntax.
    pub(crate) fn field(self, field: &str, value: &str) -> String {
        match self {
            Self::Yaml | Self::Markdown => format!("“{field}: {value}”"),
            Self::Json if value == "…" => format!("\"{field}\": …"),
            Self::Json => format!("\"{field}\": \"{value}\""),
            Self::Xml => format!("<{field}>"),
        }
    }

    /// Returns a hint for writing list entries.
    pub(super) fn entry(self) -> &'static str {
        match self {
            Self::Yaml | Self::Markdown => "begin each entry with “- ” on a line of its own",
            Self::Json => "put the entries between [ and ], separated by commas",
            Self::Xml => "use a separate element for each",
        }
    }

    /// Returns a hint for writing fields.
    pub(super) fn fields(self) -> &'static str {
        match self {
            Self::Yaml | Self::Markdown => "write one “name: value” per line",
            Self::Json => "write \"name\": value between { and }",
            Self::Xml => "use a separate element for each",
        }
    }

    /// Returns a hint for writing a text that was read as another type.
    pub(super) fn quoted(self) -> &'static str {
        match self {
            Self::Yaml | Self::Markdown | Self::Json => "put the text in quotes",
            Self::Xml => "write only the text",
        }
    }

    /// Returns a block of the body as it is written in this syntax.
    pub(crate) fn block(self, kind: &str) -> String {
        match self {
            Self::Yaml => format!("“- {kind}: …”"),
            Self::Json => format!("{{\"{kind}\": \"…\"}}"),
            Self::Markdown => "a paragraph below the front matter".into(),
            Self::Xml => "a <paragraph> in the <mainBody>".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_shows_its_syntax() {
        for (text, format) in [
            ("symbol: A/77/L.1\n", Format::Yaml),
            ("# a note\n\n\"symbol\": A/77/L.1\n", Format::Yaml),
            ("---\nsymbol: A/77/L.1\nbody: []\n", Format::Yaml),
            ("%YAML 1.2\n---\nkind: note\n", Format::Yaml),
            ("{symbol: A/77/L.1}", Format::Yaml),
            ("\u{feff} {\r\n \"symbol\": \"A/77/L.1\"}", Format::Json),
            ("{}", Format::Json),
            ("\u{feff}<?xml version=\"1.0\"?>", Format::Xml),
            ("\n<akomaNtoso/>", Format::Xml),
            ("---\r\nsymbol: A/77/L.1\r\n---\r\n\r\nText.\r\n", Format::Markdown),
            (" \n", Format::Yaml),
        ] {
            assert_eq!(Format::of_text(text), Some(format), "{text:?}");
        }
        for text in [
            "Dear colleague,\n",
            "*The General Assembly*,\n",
            "## Title\n",
            "To: the Secretary-General\n: x",
            "http://un.org",
        ] {
            assert!(
                Format::of_text(text).is_none_or(|format| text.starts_with("To:") && format == Format::Yaml),
                "{text:?}"
            );
        }
    }
}
