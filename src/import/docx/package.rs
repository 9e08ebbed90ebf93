//! The parts of a Word file: an archive, of which only the parts that are needed are unpacked, within limits.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive};

use super::xml;
use crate::diagnostic::Diagnostic;
use crate::read::MOST_BYTES;

/// The most parts of an archive; one with many pictures has some hundreds.
const MOST_PARTS: usize = 10_000;
/// How much all parts that are read may take, unpacked, as a multiple of the largest source.
const MOST_READ: usize = 2;

pub(super) struct Package<'b> {
    archive: ZipSliceArchive<&'b [u8]>,
    /// The parts by their names; of several of one name, the first.
    parts: HashMap<String, rawzip::ZipArchiveEntryWayfinder>,
    methods: HashMap<String, CompressionMethod>,
    /// How many bytes may still be unpacked.
    left: usize,
}

impl<'b> Package<'b> {
    /// Lists the parts of a file.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Diagnostic> {
        let archive = ZipArchive::from_slice(bytes).map_err(|error| damaged(&error.to_string()))?;
        let (mut parts, mut methods) = (HashMap::new(), HashMap::new());
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().map_err(|error| damaged(&error.to_string()))? {
            let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
            methods.entry(name.clone()).or_insert(entry.compression_method());
            parts.entry(name).or_insert(entry.wayfinder());
            if parts.len() > MOST_PARTS {
                return Err(too_large());
            }
        }
        Ok(Self { archive, parts, methods, left: MOST_READ * MOST_BYTES })
    }

    /// Whether there is a part of that name.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// Unpacks a part. Returns `None` if there is none of that name.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Diagnostic> {
        let Some(place) = self.parts.get(name).copied() else { return Ok(None) };
        let broken = |reason: String| damaged(&format!("{name}: {reason}"));
        let entry = self.archive.get_entry(place).map_err(|error| broken(error.to_string()))?;
        let most = self.left.min(MOST_BYTES);
        let mut bytes = Vec::new();
        // A part that is not what was packed is refused.
        let read = match self.methods.get(name) {
            Some(&CompressionMethod::STORE) => {
                entry.verifying_reader(entry.data()).take(most as u64 + 1).read_to_end(&mut bytes)
            }
            Some(&CompressionMethod::DEFLATE) => {
                let unpacked = DeflateDecoder::new(entry.data());
                entry.verifying_reader(unpacked).take(most as u64 + 1).read_to_end(&mut bytes)
            }
            _ => return Err(broken("it is packed in an unknown way, or encrypted".into())),
        };
        if bytes.len() > most {
            return Err(too_large());
        }
        read.map_err(|error| broken(error.to_string()))?;
        self.left -= bytes.len();
        let text = String::from_utf8(bytes).map_err(|_| broken("it is not UTF-8".into()))?;
        Ok(Some(text))
    }

    /// Returns the relationships of a part, or of the whole package: identifier, type and target.
    pub fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, Diagnostic> {
        let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
        let slash = if folder.is_empty() { "" } else { "/" };
        let path = format!("{folder}{slash}_rels/{name}.rels");
        let Some(text) = self.text(&path)? else { return Ok(Vec::new()) };
        let document = xml::parse(&text, &path)?;
        let relation = |node: roxmltree::Node| {
            let [id, kind, target] = ["Id", "Type", "Target"].map(|name| xml::attribute(node, name));
            let outside = xml::attribute(node, "TargetMode") == Some("External");
            let target = target?.to_owned();
            Some(Relationship {
                id: id?.to_owned(),
                kind: kind?.rsplit('/').next().unwrap_or_default().to_owned(),
                target: if outside { target } else { within(folder, &target) },
            })
        };
        Ok(xml::elements(document.root_element()).filter_map(relation).collect())
    }
}

/// What a part refers to.
pub(super) struct Relationship {
    pub id: String,
    /// The last word of its type: `footnotes`, `hyperlink`.
    pub kind: String,
    /// The name of a part, or an address.
    pub target: String,
}

/// Returns the name of a part from a path that is relative to a folder.
fn within(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in target.split('/') {
        match name {
            "." | "" => {}
            ".." => drop(names.pop()),
            name => names.push(name),
        }
    }
    names.join("/")
}

/// The file cannot be read.
pub(super) fn damaged(reason: &str) -> Diagnostic {
    Diagnostic::error("docx-damaged", format!("the Word file cannot be read: {reason}"))
        .hint("open it in a word processor and save it again as .docx")
}

fn too_large() -> Diagnostic {
    Diagnostic::error("too-large", format!("the text of the Word file is larger than {} MiB", MOST_BYTES >> 20))
        .hint("split it into several documents")
}
