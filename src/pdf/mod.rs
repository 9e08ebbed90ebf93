//! PDF files from elsewhere, opened only if their structure stays within limits: no file may
//! hang or crash the program. A file is checked before and after the reader
//! opens it, in the order in which the reader would fail: size, nesting of objects, the unpacked size of its
//! streams, the page tree, and, before pages are drawn, the cost of drawing them.

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
pub(crate) mod crafted;
mod dashes;
mod depth;
mod drawing;
mod operands;
mod pages;
mod refused;
mod streams;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use hayro_syntax::{LoadPdfError, Pdf};

use crate::files::LARGEST;

pub(crate) use drawing::check as check_drawing;
pub(crate) use operands::numbers;
pub(crate) use refused::Refused;

/// Nested objects take stack; this is enough for [`depth::DEEPEST`] of them, and for the nested forms
/// that the reader draws.
const STACK: usize = 64 << 20;

/// Opens a PDF file and processes it on a separate thread, whose stack is large enough for
/// everything that the limits allow. A panic of the reader is an error like others.
pub(crate) fn open<T: Send>(bytes: &[u8], work: impl FnOnce(&Pdf) -> Result<T, Refused> + Send) -> Result<T, Refused> {
    let guarded = || {
        let opened = AssertUnwindSafe(|| opened(bytes).and_then(|pdf| work(&pdf)));
        catch_unwind(opened).unwrap_or_else(|_| Err(Refused::broken_down()))
    };
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, guarded);
        let thread =
            thread.map_err(|error| Refused::new("pdf-unreadable", format!("cannot start a thread: {error}")))?;
        thread.join().unwrap_or_else(|_| Err(Refused::broken_down()))
    })
}

fn opened(bytes: &[u8]) -> Result<Pdf, Refused> {
    if bytes.len() as u64 > LARGEST {
        return Err(Refused::new("pdf-too-large", format!("it is larger than {} MiB", LARGEST >> 20)));
    }
    depth::check_file(bytes)?;
    streams::check_packed(bytes)?;
    pages::check_tree(bytes)?;
    let pdf = loaded(bytes)?;
    streams::check(&pdf)?;
    pages::check(&pdf)?;
    Ok(pdf)
}

fn loaded(bytes: &[u8]) -> Result<Pdf, Refused> {
    let is_text = || std::str::from_utf8(bytes).is_ok_and(|text| !text.trim_start().starts_with("%PDF"));
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refused::new("pdf-protected", "it is protected by a password"),
        LoadPdfError::Invalid if bytes.is_empty() => Refused::new("pdf-unreadable", "it is empty"),
        LoadPdfError::Invalid if is_text() => Refused::new(
            "pdf-unreadable",
            "it is not a PDF file but a text; give the PDF file that was rendered from it",
        ),
        LoadPdfError::Invalid => Refused::new("pdf-unreadable", "it is not a PDF file, or it is damaged"),
    })
}
