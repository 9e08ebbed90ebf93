//! `masthead schema`: prints the JSON Schema of documents.

use masthead::model::schema;

use super::Exit;
use super::report::Reporter;

/// Prints the schema.
pub fn run(reporter: &Reporter) -> Exit {
    match serde_json::to_string_pretty(&schema()) {
        Ok(json) => reporter.out(format!("{json}\n").as_bytes()),
        Err(error) => reporter.broken(&error.to_string()),
    }
}
