//! The choice between the two ways to end lines.

use serde::{Deserialize, Serialize};

/// Who chooses the line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lines {
    /// Our composer, as the official pages have them, where it knows the language.
    #[default]
    Official,
    /// The engine.
    Engine,
}
