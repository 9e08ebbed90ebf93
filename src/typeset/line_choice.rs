//! The choice between the two methods to end lines.

use serde::{Deserialize, Serialize};

/// Who chooses the line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Lines {
    /// The composer, as on the official pages, if it knows the language.
    #[default]
    Official,
    /// The engine.
    Engine,
}
