//! [`Document`] to YAML, JSON, Markdown or AKN4UN XML: what is written reads back as the same
//! document.

mod akn;
mod markdown;
mod yaml;

use crate::model::Document;
use crate::read::Format;

/// The source of a document in a format.
///
/// # Errors
///
/// A sentence, if the document cannot be written so: none that was read.
pub fn write(document: &Document, format: Format) -> Result<String, String> {
    let failed = |error: serde_json::Error| error.to_string();
    match format {
        Format::Json => serde_json::to_string_pretty(document).map(|json| json + "\n").map_err(failed),
        Format::Yaml => serde_json::to_value(document).map(|value| yaml::written(&value)).map_err(failed),
        Format::Markdown => markdown::written(document).map_err(failed),
        Format::Xml => akn::written(document),
    }
}
