//! `masthead schema`: prints the JSON Schema of documents, or of the settings of a folder.

use clap::{Args, ValueEnum};
use masthead::model;
use masthead::model::house::{Defaults, House};
use schemars::{JsonSchema, schema_for};

use super::Exit;
use super::report::Reporter;

/// The arguments of `masthead schema`.
#[derive(Args)]
pub struct Schema {
    /// What the schema describes
    #[arg(value_enum, default_value_t = What::Document)]
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Documents
    Document,
    /// The settings of a folder, masthead.toml
    Settings,
}

/// The settings of a folder.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(dead_code, reason = "it only describes the schema")]
#[derive(Default)]
struct Settings {
    /// What `masthead check` reports.
    check: Option<Check>,
    /// How documents are rendered.
    render: Option<Render>,
    /// The house whose documents these are, if not the United Nations.
    house: Option<OfHouse>,
    /// The values of fields that a document does not give.
    defaults: Option<OfDefaults>,
}

/// What `masthead check` reports.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "it only describes the schema")]
struct Check {
    /// Whether warnings are errors.
    strict: Option<bool>,
    /// The codes of findings that are not reported.
    allow: Option<Vec<String>>,
    /// The codes of the only findings that are reported.
    only: Option<Vec<String>>,
}

/// How documents are rendered.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "it only describes the schema")]
struct Render {
    /// How characters that no font covers are handled: `error` or `box-with-code`.
    missing_glyphs: Option<String>,
}

#[derive(JsonSchema)]
#[allow(dead_code, reason = "it only describes the schema")]
struct OfHouse {
    #[serde(flatten)]
    house: House,
    /// A file with the words of a language.
    words: Option<String>,
}

#[derive(JsonSchema)]
#[allow(dead_code, reason = "it only describes the schema")]
struct OfDefaults {
    #[serde(flatten)]
    defaults: Defaults,
    /// An emblem (SVG or PNG), relative to the settings.
    emblem: Option<String>,
}

impl Schema {
    /// Prints the schema.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let json = match self.what {
            What::Document => serde_json::to_string_pretty(&model::schema()),
            What::Settings => serde_json::to_string_pretty(&schema_for!(Settings)),
        };
        match json {
            Ok(json) => reporter.out(format!("{json}\n").as_bytes()),
            Err(error) => reporter.broken(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_of_settings_has_every_setting() {
        let schema = serde_json::to_string(&schema_for!(Settings)).unwrap();
        let names = House::FIELDS.iter().chain(&Defaults::FIELDS).chain(&masthead::files::TABLES);
        for name in names.chain(&["words", "strict", "allow", "only", "missing_glyphs"]) {
            assert!(schema.contains(&format!("\"{name}\"")), "{name}");
        }
    }
}
