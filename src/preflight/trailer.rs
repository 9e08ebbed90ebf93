//! The trailer of a file, which the reader does not pass on.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, FromBytes};
use memchr::memmem;

/// The trailer, if it can be found.
pub(super) struct Trailer<'a> {
    dict: Option<Dict<'a>>,
    /// The information dictionary.
    pub info: Option<Dict<'a>>,
}

impl<'a> Trailer<'a> {
    pub fn of(pdf: &'a Pdf, bytes: &'a [u8]) -> Self {
        let dict = last(bytes);
        let info = dict.as_ref().and_then(|dict| dict.get_ref("Info")).and_then(|info| pdf.xref().get(info.into()));
        Self { dict, info }
    }

    /// Returns whether it has an entry.
    pub fn has(&self, key: &str) -> bool {
        self.dict.as_ref().is_some_and(|dict| dict.contains_key(key))
    }

    pub fn is_found(&self) -> bool {
        self.dict.is_some()
    }
}

/// Returns the trailer at the place that the end of the file names, or else the last one. A table of references
/// that is a stream has its trailer in its dictionary.
fn last(bytes: &[u8]) -> Option<Dict<'_>> {
    let named = memmem::rfind(bytes, b"startxref").and_then(|at| {
        let rest = bytes[at + b"startxref".len()..].trim_ascii_start();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let offset: usize = std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()?;
        let table = bytes.get(offset..)?.trim_ascii_start();
        let word: &[u8] = if table.starts_with(b"xref") { b"trailer" } else { b"obj" };
        let at = memmem::find(table, word)?;
        dictionary(&table[at + word.len()..])
    });
    let trailer = || memmem::rfind(bytes, b"trailer").and_then(|at| dictionary(&bytes[at + b"trailer".len()..]));
    named.filter(|dict| dict.contains_key("Root")).or_else(trailer)
}

fn dictionary(bytes: &[u8]) -> Option<Dict<'_>> {
    Dict::from_bytes(bytes.trim_ascii_start())
}
