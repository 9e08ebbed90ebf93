//! The syntaxes of documents, as named by options.

use clap::ValueEnum;
use masthead::Format;

/// A syntax of documents.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Syntax {
    /// YAML
    Yaml,
    /// JSON
    Json,
    /// Markdown with YAML front matter
    #[value(name = "md", alias = "markdown")]
    Markdown,
    /// AKN4UN XML
    Xml,
}

impl From<Syntax> for Format {
    fn from(syntax: Syntax) -> Self {
        match syntax {
            Syntax::Yaml => Self::Yaml,
            Syntax::Json => Self::Json,
            Syntax::Markdown => Self::Markdown,
            Syntax::Xml => Self::Xml,
        }
    }
}
