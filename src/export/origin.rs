//! The origin of an archive or print file: the JSON file that it carries.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Profile;
use super::print::PrintOptions;
use crate::digest::sha256_of_list;
use crate::error::Error;
use crate::model::{Document, Named, Part};
use crate::picture::Pictures;
use crate::prepare::Prepared;
use crate::typeset::{Lines, MissingGlyphs};

/// Everything that decides the bytes of a file, apart from masthead itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Origin {
    /// The version of masthead that made the file.
    pub masthead: String,
    /// The header of the document, as in its source; body and footnotes are not repeated.
    pub header: Document,
    /// Every word of the pages.
    pub prepared: Prepared,
    /// Who chose the line ends.
    #[serde(default)]
    pub lines: Lines,
    /// The treatment of characters that no font has, if there were any.
    #[serde(default, skip_serializing_if = "MissingGlyphs::is_default")]
    pub missing_glyphs: MissingGlyphs,
    /// The SHA-256 of the fonts that the user added, if any; the fonts themselves are
    /// not included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fonts: Option<String>,
    /// The pictures, by the names that the document gives them; SVG or PNG files in Base64.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", with = "as_base64")]
    pub pictures: Pictures,
    /// How it is printed; `None` for files of other profiles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<PrintOptions>,
}

impl Origin {
    /// The version of this masthead.
    pub const THIS_VERSION: &'static str = env!("CARGO_PKG_VERSION");

    /// Returns the origin in the form of the attached file.
    ///
    /// # Errors
    ///
    /// A sentence, if it cannot be said in JSON.
    pub fn json(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(self).map_err(Error::internal)
    }

    /// Returns the hash of everything that decides the bytes of a file: the origin, the profile, and the
    /// [fingerprint](crate::Press::fingerprint) of the press.
    ///
    /// # Errors
    ///
    /// A sentence, if it cannot be said in JSON.
    pub fn key(&self, profile: Profile, fingerprint: &str) -> Result<String, Error> {
        Ok(sha256_of_list([fingerprint.as_bytes(), profile.name().as_bytes(), &self.json()?]))
    }

    /// Returns the profile of a file that carries this.
    pub fn profile(&self) -> Profile {
        if self.print.is_some() { Profile::Print } else { Profile::Archive }
    }

    /// Reads the origin that an archive or print file carries.
    ///
    /// # Errors
    ///
    /// Returns a sentence if it is not a PDF file of that kind, or cannot be read.
    pub fn of_pdf(pdf: &[u8]) -> Result<Self, Error> {
        let carried = super::attach::detached(pdf)?;
        let mut origin: Self = serde_json::from_slice(&carried.origin)
            .map_err(|error| Error::foreign(format!("its embedded document cannot be read: {error}")))?;
        if let Some(intent) = origin.print.as_mut().and_then(|print| print.output_intent.as_mut()) {
            let profile = carried.profile.ok_or_else(|| Error::foreign("it has no output intent"))?;
            *intent = intent.named(profile).map_err(|error| error.reworded(|it| format!("its output intent: {it}")))?;
        }
        Ok(origin)
    }
}

/// Returns the header of a document: everything except the body, or the bodies of its parts.
pub fn header(document: &Document) -> Document {
    let notes = Named::new;
    let parts = document.parts.iter().map(|part| Part { body: Vec::new(), footnotes: notes(), ..part.clone() });
    Document { body: Vec::new(), parts: parts.collect(), footnotes: notes(), ..document.clone() }
}

mod as_base64 {
    use super::*;

    pub fn serialize<S: Serializer>(pictures: &Pictures, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(pictures.iter().map(|(name, data)| (name, BASE64_STANDARD.encode(data))))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Pictures, D::Error> {
        let coded = BTreeMap::<String, String>::deserialize(from)?;
        let decoded = coded.into_iter().map(|(name, data)| Ok((name, BASE64_STANDARD.decode(data)?)));
        decoded.collect::<Result<_, base64::DecodeError>>().map_err(serde::de::Error::custom)
    }
}
