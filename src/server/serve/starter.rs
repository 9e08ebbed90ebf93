//! The starter documents.

/// A starter document.
#[derive(Debug, Clone, Copy)]
pub struct Starter {
    /// Its kind.
    pub kind: &'static str,
    /// Its text, in YAML.
    pub text: &'static str,
}
