//! `masthead schema`: prints the JSON Schema of documents.

use masthead::model::Document;

use super::Exit;
use super::report::Reporter;

/// Prints the schema.
pub fn run(reporter: &Reporter) -> Exit {
    let schema = schemars::schema_for!(Document);
    match serde_json::to_string_pretty(&schema) {
        Ok(json) => reporter.out(format!("{json}\n").as_bytes()),
        Err(error) => reporter.broken(&error.to_string()),
    }
}
