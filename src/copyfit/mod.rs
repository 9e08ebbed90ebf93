//! Copyfitting: a document made to fit.

mod adjustments;
pub mod matching;
mod written;

pub use written::written;
