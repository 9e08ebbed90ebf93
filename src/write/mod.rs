//! Writes a [`Document`] as YAML, JSON, Markdown or AKN4UN XML. The result reads back as the same
//! document.

mod akn;
mod markdown;
pub(crate) mod yaml;

pub(crate) use akn::escaped;

use crate::diagnostic::{Edit, edited};
use crate::error::Error;
use crate::json;
use crate::model::Document;
use crate::read::{Format, Reading, read};

/// Returns the JSON form of a document, without an empty body if it has parts.
fn value(document: &Document) -> Result<serde_json::Value, serde_json::Error> {
    let mut value = json::value(document)?;
    if let serde_json::Value::Object(fields) = &mut value
        && !document.parts.is_empty()
        && document.body.is_empty()
    {
        fields.remove("body");
    }
    Ok(value)
}

/// Returns the source of a document in a format.
///
/// ```
/// use masthead::diagnostic::Source;
/// use masthead::read::read;
/// use masthead::{Format, write};
///
/// let source = Source::new("draft.json", r#"{"symbol": "A/84/L.901", "kind": "draft-resolution", "body": []}"#);
/// let reading = read(&source, Format::Json)?;
/// assert_eq!(write(&reading.document, Format::Yaml)?, "symbol: A/84/L.901\nkind: draft-resolution\nbody: []\n");
/// # Ok::<(), masthead::Error>(())
/// ```
///
/// # Errors
///
/// Returns a message if the document cannot be written in this format; this never happens to a document that was read.
pub fn write(document: &Document, format: Format) -> Result<String, Error> {
    match format {
        Format::Json => value(document)
            .and_then(|value| serde_json::to_string_pretty(&value))
            .map(|json| json + "\n")
            .map_err(Error::internal),
        Format::Yaml => value(document).map(|value| yaml::written(&value)).map_err(Error::internal),
        Format::Markdown => markdown::written(document).map_err(Error::internal),
        Format::Xml => akn::written(document).map_err(Error::document),
    }
}

/// Returns the source of a document with edits that make it `wanted`. If there are none, or if they would not read
/// back as that document, all of it is written anew; `None` if that would not read back either.
pub(crate) fn rewritten(reading: &Reading, wanted: &Document, edits: Option<Vec<Edit>>) -> Option<String> {
    let source = &reading.source;
    let is_wanted = |text: &String| {
        let again = read(&source.with_text(text.clone()), reading.format);
        again.is_ok_and(|again| again.document == *wanted)
    };
    let text = edits.and_then(|edits| edited(&source.text, &edits)).filter(is_wanted);
    text.or_else(|| write(wanted, reading.format).ok().filter(is_wanted))
}
