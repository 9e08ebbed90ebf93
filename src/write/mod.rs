//! [`Document`] to YAML, JSON, Markdown or AKN4UN XML: what is written reads back as the same
//! document.

mod akn;
mod markdown;
pub(crate) mod yaml;

use crate::model::Document;
use crate::read::Format;

/// The JSON form of a document; of one that has parts, without an empty body.
fn value(document: &Document) -> Result<serde_json::Value, serde_json::Error> {
    let mut value = serde_json::to_value(document)?;
    if let serde_json::Value::Object(fields) = &mut value
        && !document.parts.is_empty()
        && document.body.is_empty()
    {
        fields.remove("body");
    }
    Ok(value)
}

/// The source of a document in a format.
///
/// # Errors
///
/// A sentence, if the document cannot be written so: none that was read.
pub fn write(document: &Document, format: Format) -> Result<String, String> {
    let failed = |error: serde_json::Error| error.to_string();
    match format {
        Format::Json => value(document)
            .and_then(|value| serde_json::to_string_pretty(&value))
            .map(|json| json + "\n")
            .map_err(failed),
        Format::Yaml => value(document).map(|value| yaml::written(&value)).map_err(failed),
        Format::Markdown => markdown::written(document).map_err(failed),
        Format::Xml => akn::written(document),
    }
}
