//! The references of a case: small readable files in a folder beside the document.
//!
//! | file | what it is |
//! |---|---|
//! | `prepared.json` | every word that the document says |
//! | `layout.txt` | where it stands |
//! | `page-1.png`, … | what it looks like, in 8-bit grey |
//! | `pdf.json` | the hash of the PDF file and what it says about itself |
//! | `findings.txt` | instead of these: why the document is refused |

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::facts::Facts;
use super::layout::Layout;
use crate::prepare::Prepared;

/// The names of the files of references, in the order in which they are told.
pub(super) const PREPARED: &str = "prepared.json";
pub(super) const LAYOUT: &str = "layout.txt";
pub(super) const PDF: &str = "pdf.json";
pub(super) const FINDINGS: &str = "findings.txt";

/// The name of the image of a page, from 0.
pub(super) fn image_name(index: usize) -> String {
    format!("page-{}.png", index + 1)
}

/// Files by their names.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// References read.
pub(super) enum References {
    /// Of a document that is rendered.
    Rendered(Box<Rendered>),
    /// Of one that is refused.
    Refused(String),
}

/// The references of a document that is rendered.
pub(super) struct Rendered {
    pub prepared: Prepared,
    pub layout: Layout,
    pub facts: Facts,
    /// The images that there are, by page, from 0.
    pub images: BTreeMap<usize, Vec<u8>>,
}

impl References {
    /// Reads the references of a folder; none, if there is no such folder.
    pub fn read(folder: &Path) -> Result<Option<Self>, String> {
        if !folder.is_dir() {
            return Ok(None);
        }
        let of = |name: &str, error: &dyn std::fmt::Display| format!("{}: {error}", folder.join(name).display());
        let text = |name: &str| fs::read_to_string(folder.join(name)).map_err(|error| of(name, &error));
        if folder.join(FINDINGS).exists() {
            return Ok(Some(Self::Refused(text(FINDINGS)?)));
        }
        let prepared = serde_json::from_str(&text(PREPARED)?).map_err(|error| of(PREPARED, &error))?;
        let layout: Layout = text(LAYOUT)?.parse().map_err(|error: String| of(LAYOUT, &error))?;
        let facts = serde_json::from_str(&text(PDF)?).map_err(|error| of(PDF, &error))?;
        let mut images = BTreeMap::new();
        for index in 0..layout.pages.len() {
            match fs::read(folder.join(image_name(index))) {
                Ok(image) => drop(images.insert(index, image)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(of(&image_name(index), &error)),
            }
        }
        Ok(Some(Self::Rendered(Box::new(Rendered { prepared, layout, facts, images }))))
    }
}

/// Whether references are those of a PDF file of that hash and of those prepared words; nothing
/// else need be read then.
pub(super) fn unchanged(folder: &Path, sha256: &str, prepared: &str) -> bool {
    let facts = fs::read(folder.join(PDF)).ok().and_then(|facts| serde_json::from_slice::<Facts>(&facts).ok());
    facts.is_some_and(|facts| facts.sha256 == sha256)
        && fs::read_to_string(folder.join(PREPARED)).is_ok_and(|known| known == prepared)
}

/// Whether a folder of references has files that belong to none: the pages of a longer document.
pub(super) fn is_stray(name: &str, pages: usize, refused: bool) -> bool {
    if refused {
        return name != FINDINGS;
    }
    let known = [PREPARED, LAYOUT, PDF].contains(&name) || (0..pages).any(|index| image_name(index) == name);
    !known
}

/// Makes a folder hold these files and no others; what is the same is not written again.
///
/// # Errors
///
/// Which file cannot be written.
pub(super) fn write(folder: &Path, files: &Files) -> Result<(), String> {
    let plain = |path: &Path, error: io::Error| format!("{} cannot be written: {error}", path.display());
    fs::create_dir_all(folder).map_err(|error| plain(folder, error))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|known| known == *bytes) {
            continue;
        }
        let whole = tempfile::NamedTempFile::new_in(folder).and_then(|mut file| {
            file.write_all(bytes)?;
            readable(&file)?;
            file.persist(&path).map(drop).map_err(|error| error.error)
        });
        whole.map_err(|error| plain(&path, error))?;
    }
    for entry in fs::read_dir(folder).map_err(|error| plain(folder, error))? {
        let path = entry.map_err(|error| plain(folder, error))?.path();
        let ours = path.file_name().is_some_and(|name| files.contains_key(&*name.to_string_lossy()));
        if path.is_file() && !ours {
            fs::remove_file(&path).map_err(|error| plain(&path, error))?;
        }
    }
    Ok(())
}

/// Temporary files are for their owner alone; references are for everybody.
fn readable(file: &tempfile::NamedTempFile) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    let _ = file;
    Ok(())
}
