//! The part of the Python package that is written in Rust. Its functions take and return bytes and JSON; the
//! package itself (`masthead/`) gives them types.

mod document;
mod pools;
mod press;

use std::fmt;
use std::slice;
use std::sync::Arc;

use masthead::diagnostic::{Diagnostic, Finding, Source};
use masthead::diff::{Compared, compare as compare_documents, to_text};
use masthead::golden::{Foreign, Rules, Tolerance, compare_pdfs};
use masthead::{MissingGlyphs, export, read, write};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::{create_exception, exceptions::PyException};
use serde_json::{Value, json};

use document::{Document, syntax};
use pools::apart;
use press::Press;

create_exception!(_masthead, Refused, PyException, "A document with errors; its argument are the findings, in JSON.");

/// Findings in JSON, as `masthead check --format json` prints them.
fn json_of(findings: &[Diagnostic]) -> String {
    let findings: Vec<Finding> = findings.iter().map(Finding::from).collect();
    serde_json::to_string(&findings).unwrap_or_else(|_| "[]".to_owned())
}

fn refused(findings: Vec<Diagnostic>) -> PyErr {
    Refused::new_err(json_of(&findings))
}

/// A value that Python passed and that is not allowed.
fn wrong(message: impl fmt::Display) -> PyErr {
    PyValueError::new_err(message.to_string())
}

/// Converts a document to another syntax.
#[pyfunction]
fn convert(py: Python<'_>, document: Document, to: &str) -> PyResult<String> {
    let to = syntax(to)?;
    apart(py, || {
        let (source, format) = document.read()?;
        let reading = read::read(&source, format).map_err(refused)?;
        write(&reading.document, to).map_err(wrong)
    })
}

/// Lists what changed from one document to another, in JSON: each change, and the same in words.
#[pyfunction]
fn diff(py: Python<'_>, before: Document, after: Document) -> PyResult<String> {
    apart(py, || {
        let (_, compared) = compared(&before, &after)?;
        let in_words = |change| json!({ "change": change, "text": to_text(slice::from_ref(change), false).trim_end() });
        Ok(Value::from_iter(compared.changes.iter().map(in_words)).to_string())
    })
}

/// Compares two documents. Also returns the source of the newer one.
fn compared(before: &Document, after: &Document) -> PyResult<(Read, Compared)> {
    let (old, format) = before.read()?;
    let old = read::read(&old, format).map_err(refused)?.document;
    let (source, format) = after.read()?;
    let new = read::read(&source, format).map_err(refused)?.document;
    Ok(((source, format), compare_documents(&old, &new).map_err(wrong)?))
}

/// Compares two PDF files: the comparison in JSON.
#[pyfunction]
fn compare(py: Python<'_>, before: &[u8], after: &[u8], ppi: f64, points: f64, file: bool) -> PyResult<String> {
    resolution(ppi)?;
    apart(py, || {
        let open = |name: &str, bytes: &[u8]| {
            Foreign::read(bytes, ppi, |_| {}).map_err(|reason| {
                let message = format!("the file cannot be read: {reason}");
                refused(vec![Diagnostic::error("unread", message).in_source(&Source::new(name, ""), 0..0)])
            })
        };
        let (before, after) = (open("before", before)?, open("after", after)?);
        let mut tolerance = Tolerance::default();
        (tolerance.points, tolerance.file) = (Some(points), Some(file));
        let compared = compare_pdfs(&before, &after, &Rules::of(tolerance), ppi).map_err(wrong)?;
        serde_json::to_string(&compared).map_err(wrong)
    })
}

/// Returns the JSON Schema of documents.
#[pyfunction]
fn schema() -> String {
    masthead::model::schema().to_string()
}

/// Refuses resolutions at which pages cannot be drawn.
fn resolution(ppi: f64) -> PyResult<()> {
    let (least, most) = export::RESOLUTIONS.into_inner();
    if export::RESOLUTIONS.contains(&ppi) { Ok(()) } else { Err(wrong(format!("ppi must be from {least} to {most}"))) }
}

/// What becomes of characters that no font has.
fn missing_glyphs(name: &str) -> PyResult<MissingGlyphs> {
    let known = MissingGlyphs::ALL.into_iter().find(|known| known.name() == name);
    known.ok_or_else(|| wrong("missing_glyphs must be \"error\" or \"box-with-code\""))
}

#[pymodule]
fn _masthead(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("Refused", module.py().get_type::<Refused>())?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<Press>()?;
    module.add_function(wrap_pyfunction!(convert, module)?)?;
    module.add_function(wrap_pyfunction!(diff, module)?)?;
    module.add_function(wrap_pyfunction!(compare, module)?)?;
    module.add_function(wrap_pyfunction!(schema, module)?)
}

/// Findings come from a source that is shared with them.
type Read = (Arc<Source>, masthead::Format);
