//! The fields that `masthead fit` sets, and their paths in the model.

use super::adjustments::each;
use crate::model::{Document, Path};

/// A field that `masthead fit` sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// The tracking of the block or item at this path.
    Tracking(Path),
    FirstPageFoot,
    Pitch,
}

impl Target {
    /// Returns the path of the field.
    pub fn path(&self) -> Path {
        let (holder, name) = match self {
            Self::Tracking(path) => (path.clone(), "tracking"),
            Self::FirstPageFoot => (Path::default(), "first_page_foot"),
            Self::Pitch => (Path::default(), "pitch"),
        };
        holder.field("layout").field(name)
    }

    /// Sets the value of the field. Returns `false` if the document has no such block.
    pub fn set(&self, document: &mut Document, value: f64) -> bool {
        match self {
            Self::FirstPageFoot => document.layout.first_page_foot = Some(value),
            Self::Pitch => document.layout.pitch = Some(value),
            Self::Tracking(path) => {
                let mut found = false;
                each(document, &mut |at, adjustment| {
                    if at == path {
                        adjustment.tracking = Some(value);
                        found = true;
                    }
                });
                return found;
            }
        }
        true
    }
}
