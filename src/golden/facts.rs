//! The metadata of a PDF file, and the hash of its bytes.

use crate::digest::sha256;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::metadata::Metadata;
use serde::{Deserialize, Serialize};

use super::difference::{Difference, Kind};
use super::output::Printing;
use crate::export::Profile;

/// A name in messages and a value.
type Entry<'f> = (&'static str, Option<&'f str>);

/// The metadata of a PDF file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
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
    /// Its profile, if it is not that of archives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// What a press would find in it, if it is a print file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printing: Option<Printing>,
}

impl Facts {
    /// Reads the metadata of a newly created file; only the hash if it is not a PDF file.
    pub fn of(pdf: &[u8], profile: Profile) -> Self {
        let read = match Pdf::new(pdf.to_vec()) {
            Ok(read) => Self::of_pdf(&read, pdf),
            Err(_) => Self { sha256: hash(pdf), bytes: pdf.len(), ..Self::default() },
        };
        let other = (profile != Profile::Archive).then_some(profile);
        Self { profile: other, printing: other.filter(|it| *it == Profile::Print).map(|_| Printing::of(pdf)), ..read }
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
            ..Self::default()
        }
    }

    /// Returns the differences of metadata. `masked` are parts of the document that are not
    /// compared.
    pub(super) fn differences(&self, now: &Self, masked: impl Fn(&str) -> bool) -> Vec<Difference> {
        let entries = self.entries().into_iter().zip(now.entries());
        let hidden = |entry: &str| match entry {
            "creation date" => masked("date"),
            "keywords" => masked("symbol"),
            entry => masked(entry),
        };
        let said = |value: Option<&str>| value.map_or("nothing".to_owned(), |value| format!("“{value}”"));
        let other = entries.filter(|((entry, before), (_, now))| before != now && !hidden(entry));
        let reported = |((entry, before), (_, now)): (Entry, Entry)| {
            let message = format!("the {entry} {} became {}", said(before), said(now));
            Difference::new(Kind::Metadata, "metadata of the file", message)
        };
        other.map(reported).collect()
    }

    /// Returns what is compared, by its name in messages.
    fn entries(&self) -> [Entry<'_>; 9] {
        let printing = self.printing.as_ref();
        [
            ("title", self.title.as_deref()),
            ("author", self.author.as_deref()),
            ("keywords", self.keywords.as_deref()),
            ("creator", self.creator.as_deref()),
            ("creation date", self.created.as_deref()),
            ("profile", self.profile.map(Profile::name)),
            ("inks", printing.map(|it| it.inks.as_str())),
            ("page sizes", printing.map(|it| it.sizes.as_str())),
            ("preflight", printing.map(|it| it.preflight.as_str()).filter(|found| !found.is_empty())),
        ]
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
