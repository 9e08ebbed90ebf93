//! The metadata of a PDF file, and the hash of its bytes.

use crate::digest::sha256;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::metadata::Metadata;
use serde::{Deserialize, Serialize};

use super::difference::{Difference, Kind};

/// The metadata of a PDF file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// Its number of pages.
    pub pages: usize,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Its keywords.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keywords: Option<String>,
    /// The program that created the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator: Option<String>,
    /// Its creation date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
}

impl Facts {
    /// Reads the metadata of a newly created file; only the hash if it is not a PDF file.
    pub fn of(pdf: &[u8]) -> Self {
        match Pdf::new(pdf.to_vec()) {
            Ok(read) => Self::of_pdf(&read, pdf),
            Err(_) => Self { sha256: hash(pdf), bytes: pdf.len(), ..Self::default() },
        }
    }

    /// Reads the metadata of an opened file.
    pub(super) fn of_pdf(read: &Pdf, bytes: &[u8]) -> Self {
        let Metadata { title, author, keywords, creator, creation_date, .. } = read.metadata();
        Self {
            pages: read.pages().len(),
            title: title.as_deref().map(words),
            author: author.as_deref().map(words),
            keywords: keywords.as_deref().map(words),
            creator: creator.as_deref().map(words),
            created: creation_date.as_ref().map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)),
            sha256: hash(bytes),
            bytes: bytes.len(),
        }
    }

    /// Returns the differences of metadata. `masked` are parts of the document that are not
    /// compared.
    pub(super) fn differences(&self, now: &Self, masked: impl Fn(&str) -> bool) -> Vec<Difference> {
        let entries = [
            ("title", &self.title, &now.title),
            ("author", &self.author, &now.author),
            ("keywords", &self.keywords, &now.keywords),
            ("creator", &self.creator, &now.creator),
            ("creation date", &self.created, &now.created),
        ];
        let hidden = |entry: &str| match entry {
            "creation date" => masked("date"),
            "keywords" => masked("symbol"),
            entry => masked(entry),
        };
        let said = |value: &Option<String>| value.as_ref().map_or("nothing".to_owned(), |value| format!("“{value}”"));
        let other = entries.into_iter().filter(|(entry, before, now)| before != now && !hidden(entry));
        let reported = |(entry, before, now): (&str, &Option<String>, &Option<String>)| {
            let message = format!("the {entry} {} became {}", said(before), said(now));
            Difference::new(Kind::Metadata, "metadata of the file", message)
        };
        other.map(reported).collect()
    }
}

/// Returns the SHA-256 of bytes, in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    sha256([bytes])
}

/// Decodes a PDF text string: UTF-16 with its byte order mark, UTF-8, or Latin.
fn words(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}
