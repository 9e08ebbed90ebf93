//! Print files: PDF/X-4 (ISO 15930-7), in black or with coloured pictures.
//!
//! The engine exports pages that were blackened; what it cannot write, the output intent, the boxes, the
//! marks and the identification, is added to its file.

mod black;
mod boxes;
#[cfg(feature = "png")]
mod coloured;
mod finish;
mod grey;
mod intent;
mod options;

#[cfg(feature = "png")]
pub(crate) use coloured::{Coloured, coloured};
pub use intent::OutputIntent;
pub use options::{Ink, PrintOptions, points};

pub(super) use black::blackened;
pub(super) use finish::{OWN, finished};
