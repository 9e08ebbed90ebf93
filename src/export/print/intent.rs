//! The output intent of a print file: the printing condition for which its colours are meant, as an ICC profile.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::digest::sha256;
use crate::error::{Error, ErrorKind};

/// The built-in profile: CMYK of CGATS TR 001 (profiles/README.md).
const BUILT_IN: &[u8] = include_bytes!("../../../profiles/print.icc");

/// A printing condition. Print files carry the profile; their options name it by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputIntent {
    sha256: String,
    #[serde(skip)]
    profile: Arc<[u8]>,
}

impl OutputIntent {
    /// The largest profile in bytes; those of printers have up to 3 MB.
    const LARGEST: usize = 16 << 20;

    pub(super) fn built_in() -> Self {
        Self { sha256: String::new(), profile: BUILT_IN.into() }
    }

    /// Reads an ICC profile.
    ///
    /// # Errors
    ///
    /// Returns a message if it is not the profile of a printer in grey or CMYK.
    pub fn new(profile: Vec<u8>) -> Result<Self, Error> {
        let field = |at: usize| profile.get(at..at + 4).unwrap_or_default();
        if field(36) != b"acsp" {
            return Err(Error::foreign("it is not an ICC profile"));
        }
        if profile.len() > Self::LARGEST {
            return Err(Error::new(ErrorKind::Limit, format!("it is larger than {} MiB", Self::LARGEST >> 20)));
        }
        let size = field(0).try_into().map(u32::from_be_bytes).unwrap_or_default();
        if size as usize != profile.len() {
            return Err(Error::foreign("it is damaged: its size is not the one that it states"));
        }
        if field(12) != b"prtr" {
            return Err(Error::foreign("it is not a printer profile; use the profile of a printing condition"));
        }
        if !matches!(field(16), b"CMYK" | b"GRAY") {
            let message = "it is not a profile for CMYK or grey; the black of the pages would become a mix of inks";
            return Err(Error::foreign(message));
        }
        Ok(Self { sha256: sha256([&profile]), profile: profile.into() })
    }

    /// Returns the profile that this names, given its data.
    ///
    /// # Errors
    ///
    /// Returns a message if it is another profile.
    pub(crate) fn named(&self, profile: Vec<u8>) -> Result<Self, Error> {
        let given = Self::new(profile)?;
        if given.sha256 == self.sha256 {
            Ok(given)
        } else {
            Err(Error::foreign("it is not the one that the file was made with"))
        }
    }

    pub(super) fn profile(&self) -> &[u8] {
        &self.profile
    }

    /// Returns the number of inks.
    pub fn inks(&self) -> i64 {
        if self.profile.get(16..20) == Some(b"GRAY") { 1 } else { 4 }
    }

    /// Returns the identifier of the condition: a name of the ICC's registry for the built-in profile.
    pub(super) fn identifier(&self) -> String {
        if self.sha256.is_empty() { "CGATS TR 001".to_owned() } else { "Custom".to_owned() }
    }

    /// Returns the description within the profile.
    pub(super) fn description(&self) -> String {
        let text = self.tag(b"desc").map(|tag| match tag.get(..4) {
            Some(b"desc") => tag.get(12..).map(latin).unwrap_or_default(),
            Some(b"mluc") => utf_16(tag).unwrap_or_default(),
            _ => String::new(),
        });
        text.filter(|text| !text.is_empty()).unwrap_or_else(|| "Printing condition of the embedded profile".to_owned())
    }

    fn tag(&self, name: &[u8; 4]) -> Option<&[u8]> {
        const MOST_TAGS: usize = 100;
        let number = |at: usize| Some(u32::from_be_bytes(self.profile.get(at..at + 4)?.try_into().ok()?) as usize);
        let count = number(128)?.min(MOST_TAGS);
        let row = (0..count).map(|index| 132 + 12 * index).find(|at| self.profile.get(*at..at + 4) == Some(name))?;
        let (from, size) = (number(row + 4)?, number(row + 8)?);
        self.profile.get(from..from.checked_add(size)?)
    }
}

/// Returns the text up to a zero byte, without control characters.
fn latin(bytes: &[u8]) -> String {
    const LONGEST: usize = 200;
    let text = bytes.iter().take(LONGEST).take_while(|byte| **byte != 0);
    text.filter(|byte| matches!(byte, 0x20..=0x7e)).map(|byte| char::from(*byte)).collect()
}

/// Returns the first text of a multilingual tag.
fn utf_16(tag: &[u8]) -> Option<String> {
    let number = |at: usize| Some(u32::from_be_bytes(tag.get(at..at + 4)?.try_into().ok()?) as usize);
    let (length, from) = (number(20)?, number(24)?);
    let units: Vec<u16> = tag
        .get(from..from.checked_add(length)?)?
        .chunks_exact(2)
        .map(|two| u16::from_be_bytes([two[0], two[1]]))
        .collect();
    Some(latin(String::from_utf16(&units).ok()?.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_profiles_of_printers_are_taken() {
        let own = OutputIntent::new(BUILT_IN.to_vec()).unwrap();
        assert_eq!((own.inks(), own.description().as_str()), (4, "CGATS TR 001 Compatible CMYK"));
        let changed = |at: usize, with: &[u8; 4]| {
            let mut profile = BUILT_IN.to_vec();
            profile[at..at + 4].copy_from_slice(with);
            OutputIntent::new(profile).unwrap_err().to_string()
        };
        assert!(changed(12, b"scnr").contains("printer profile"));
        assert!(changed(16, b"RGB ").contains("CMYK or grey"));
        assert!(changed(0, b"\0\0\0\x01").contains("size"));
        assert!(OutputIntent::new(b"no profile".to_vec()).unwrap_err().to_string().contains("not an ICC profile"));
    }
}
