//! Paths in JSON: as text, or as bytes if they are not text.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Bytes(Vec<u8>),
}

impl From<&Path> for Written {
    fn from(path: &Path) -> Self {
        match path.to_str() {
            Some(text) => Self::Text(text.to_owned()),
            None => Self::Bytes(path.as_os_str().as_encoded_bytes().to_vec()),
        }
    }
}

impl From<Written> for PathBuf {
    fn from(written: Written) -> Self {
        match written {
            Written::Text(text) => text.into(),
            Written::Bytes(bytes) => of_bytes(bytes).into(),
        }
    }
}

#[cfg(unix)]
fn of_bytes(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn of_bytes(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// Writes a path: `#[serde(with = "any_path")]`.
///
/// # Errors
///
/// Returns the errors of the serializer.
pub fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
    Written::from(path).serialize(to)
}

/// Reads a path.
///
/// # Errors
///
/// Returns the errors of the deserializer.
pub fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<PathBuf, D::Error> {
    Written::deserialize(from).map(PathBuf::from)
}

/// Several paths, or perhaps one.
pub mod list {
    use super::{Deserialize, Deserializer, PathBuf, Serialize, Serializer, Written};

    /// Writes paths.
    ///
    /// # Errors
    ///
    /// Returns the errors of the serializer.
    pub fn serialize<'p, S: Serializer>(
        paths: impl IntoIterator<Item = &'p PathBuf>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        let written: Vec<Written> = paths.into_iter().map(|path| Written::from(path.as_path())).collect();
        written.serialize(to)
    }

    /// Reads paths.
    ///
    /// # Errors
    ///
    /// Returns the errors of the deserializer.
    pub fn deserialize<'d, T: FromIterator<PathBuf>, D: Deserializer<'d>>(from: D) -> Result<T, D::Error> {
        Ok(Vec::<Written>::deserialize(from)?.into_iter().map(PathBuf::from).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Paths {
        #[serde(with = "super")]
        one: PathBuf,
        #[serde(with = "list")]
        some: Vec<PathBuf>,
    }

    #[cfg(unix)]
    #[test]
    fn paths_that_are_not_text_return() {
        let odd: PathBuf = of_bytes(b"drafts/caf\xe9.yaml".to_vec()).into();
        let paths = Paths { one: odd.clone(), some: vec!["a/b".into(), odd] };
        let text = serde_json::to_string(&paths).unwrap();
        assert!(text.contains("\"a/b\""));
        assert_eq!(serde_json::from_str::<Paths>(&text).unwrap(), paths);
    }
}
