//! The name of a batch in the queue.

use std::fmt;
use std::str::FromStr;

use masthead::Error;
use serde::{Deserialize, Serialize};

/// The name of a batch: a part of subjects and of names of buckets.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BatchName(String);

/// The greatest length of a name.
const LONGEST: usize = 64;

impl BatchName {
    /// The batch of the jobs of the HTTP API.
    pub(crate) fn jobs() -> Self {
        Self("_jobs".to_owned())
    }

    /// Reads the name of a batch that exists: it may also be that of the jobs of the HTTP API.
    ///
    /// # Errors
    ///
    /// Returns a sentence if it is none.
    pub fn existing(text: &str) -> Result<Self, Error> {
        Self::try_from(text.to_owned())
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BatchName {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        let begins = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        match begins && text.len() <= LONGEST && text.chars().all(plain) {
            true => Ok(Self(text.to_owned())),
            false => Err(Error::value(format!(
                "use up to {LONGEST} letters a to z, figures, hyphens and underscores, such as 2029-10-01_drafts"
            ))),
        }
    }
}

impl TryFrom<String> for BatchName {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        if text == Self::jobs().0 { Ok(Self(text)) } else { text.parse() }
    }
}

impl From<BatchName> for String {
    fn from(name: BatchName) -> Self {
        name.0
    }
}

impl fmt::Display for BatchName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_subjects() {
        for name in ["a", "2029-10-01_drafts", "A77"] {
            assert!(name.parse::<BatchName>().is_ok(), "{name}");
        }
        for name in ["", "a.b", "a b", "*", ">", "ä", "-a", "_jobs", "a/b", &"a".repeat(65)] {
            assert!(name.parse::<BatchName>().is_err(), "{name}");
        }
    }
}
