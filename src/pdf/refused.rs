//! Why a PDF file is not opened.

use std::fmt;

use crate::error::{Error, ErrorKind};

/// The reason why a PDF file is not opened: a sentence and a stable code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub code: &'static str,
    pub message: String,
}

impl Refused {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// Adds the page on which it was found.
    pub fn on_page(self, number: usize) -> Self {
        Self { message: format!("page {number}: {}", self.message), ..self }
    }

    pub fn broken_down() -> Self {
        Self::new("pdf-unreadable", "the PDF reader failed with an internal error")
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        let kind = match refused.code {
            "pdf-unreadable" | "pdf-protected" => ErrorKind::Foreign,
            _ => ErrorKind::Limit,
        };
        Self::new(kind, refused.to_string())
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.message, self.code)
    }
}
