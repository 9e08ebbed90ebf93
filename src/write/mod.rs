//! [`Document`] to YAML, JSON or Markdown: what is written reads back as the same document.

mod markdown;
mod yaml;

use crate::model::Document;
use crate::read::Format;

/// The source of a document in a format.
///
/// # Errors
///
/// AKN4UN XML, which is read only; or a document that cannot be written as data: none that was
/// read.
pub fn write(document: &Document, format: Format) -> Result<String, String> {
    let failed = |error: serde_json::Error| error.to_string();
    match format {
        Format::Json => serde_json::to_string_pretty(document).map(|json| json + "\n").map_err(failed),
        Format::Yaml => serde_json::to_value(document).map(|value| yaml::written(&value)).map_err(failed),
        Format::Markdown => markdown::written(document).map_err(failed),
        Format::Xml => Err("AKN4UN XML is read and not written: choose yaml, json or md".into()),
    }
}
