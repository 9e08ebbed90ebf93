//! Parts of a batch, for several machines.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::register;

/// One of several equal parts of a batch: every n-th document, so that long and short documents that are together
/// in a folder are spread evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    /// Which part, from 1.
    pub part: usize,
    /// The number of parts.
    pub of: usize,
}

impl Shard {
    /// Returns whether a document belongs to the part, by its position among all documents, from 0.
    pub fn has(self, index: usize) -> bool {
        index % self.of == self.part - 1
    }

    /// Returns the part to which a file belongs, from its name without the ending, and the rest of the name.
    pub fn of_name(stem: &str) -> Option<(&str, Self)> {
        let (rest, of) = stem.rsplit_once("-of-")?;
        let (name, part) = rest.rsplit_once('-')?;
        Some((name, format!("{part}/{of}").parse().ok()?))
    }

    /// Returns what marks the files of a part in their names, such as `-2-of-5`.
    pub fn mark(shard: Option<Self>) -> String {
        shard.map_or_else(String::new, |shard| format!("-{}-of-{}", shard.part, shard.of))
    }
}

/// Returns the name of the register of a batch, or of a part of one, in its output folder.
pub fn register_name(shard: Option<Shard>) -> String {
    let (stem, ending) = register::NAME.split_once('.').unwrap_or((register::NAME, ""));
    format!("{stem}{}.{ending}", Shard::mark(shard))
}

impl FromStr for Shard {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let parts = text.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((part, of)) if 1 <= part && part <= of => Ok(Self { part, of }),
            _ => Err(Error::value("use PART/PARTS, such as 1/4 to 4/4")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_is_in_one_part() {
        let shards: Vec<Shard> = ["1/3", "2/3", "3/3"].iter().map(|text| text.parse().unwrap()).collect();
        for index in 0..20 {
            assert_eq!(shards.iter().filter(|shard| shard.has(index)).count(), 1, "{index}");
        }
        let two = shards[1];
        assert_eq!(Shard::of_name(&format!("report{}", Shard::mark(Some(two)))), Some(("report", two)));
        for wrong in ["report", "report-4-of-3", "report-of-3", "-1-of-"] {
            assert_eq!(Shard::of_name(wrong), None, "{wrong}");
        }
        for wrong in ["0/3", "4/3", "1", "a/b", "1/0", "-1/3", ""] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
