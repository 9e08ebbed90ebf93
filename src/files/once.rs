//! Files that several documents of a run share, read once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What was read, by path.
#[derive(Debug)]
pub struct Once<T>(Mutex<HashMap<PathBuf, T>>);

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Once<T> {
    /// Returns what was read from a file, or reads it. Two threads may both read it; what cannot be read is tried again.
    ///
    /// # Errors
    ///
    /// Returns the error of `read`.
    pub fn get<E>(&self, path: &Path, read: impl FnOnce(&Path) -> Result<T, E>) -> Result<T, E> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known().get(path).cloned() {
            return Ok(known);
        }
        let new = read(path)?;
        known().insert(path.to_owned(), new.clone());
        Ok(new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_once() {
        let (once, mut count) = (Once::default(), 0);
        let mut get = |path: &str, is| {
            let read = |_: &Path| {
                count += 1;
                if is { Ok(count) } else { Err("unreadable") }
            };
            once.get(Path::new(path), read)
        };
        assert_eq!(get("a", false), Err("unreadable"));
        assert_eq!([get("a", true), get("a", true), get("b", true), get("a", false)], [Ok(2), Ok(2), Ok(3), Ok(2)]);
    }
}
