//! A register made anew from the files themselves and the reports of batches.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{Access, Making, Record, Register};
use crate::export::{Origin, Profile};
use crate::typeset::Press;

/// What came of a rebuild.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// How many files are registered now.
    pub files: usize,
    /// PDF files that are not, each with the reason.
    pub left: Vec<(String, String)>,
    /// Where the register that was there before is now.
    pub kept: Option<PathBuf>,
}

/// Makes a register anew from all PDF files below its folder and the folders given: from what
/// archive files carry, and, for what no file can know of itself (its source, its warnings), from
/// records out of reports. A register that is there is kept beside it.
///
/// # Errors
///
/// A sentence, if the new register cannot be written.
pub fn rebuild(
    press: &Press,
    path: &Path,
    folders: &[PathBuf],
    reported: Vec<Record>,
    recorded: &str,
) -> Result<Rebuilt, String> {
    let fresh = path.with_extension("rebuilt");
    let plain = |error: std::io::Error| format!("{} cannot be made anew: {error}", path.display());
    let away = |path: &Path| ["", "-wal", "-shm"].map(|end| PathBuf::from(format!("{}{end}", path.display())));
    away(&fresh).iter().for_each(|old| drop(fs::remove_file(old)));
    let mut register = Register::open(&fresh, Access::Make)?;
    let mut rebuilt = Rebuilt::default();
    let fingerprint = press.fingerprint();
    let mut reported: BTreeMap<String, Record> =
        reported.into_iter().map(|record| (record.output.clone(), record)).collect();
    let pdfs = folders.iter().flat_map(|folder| WalkDir::new(folder).sort_by_file_name());
    let pdfs = pdfs.filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    let mut records = Vec::new();
    for file in pdfs.filter(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))) {
        let output = register.name_of(&file);
        match record(&file, &output, reported.remove(&output), &fingerprint) {
            Ok(record) => records.push(record),
            Err(reason) => rebuilt.left.push((output, reason)),
        }
    }
    rebuilt.files = records.len();
    register.enter(&records, recorded)?;
    register.close()?;
    if path.exists() {
        let kept = path.with_extension("damaged");
        for (from, to) in away(path).iter().zip(away(&kept)) {
            if from.exists() {
                fs::rename(from, to).map_err(plain)?;
            }
        }
        rebuilt.kept = Some(kept);
    }
    fs::rename(&fresh, path).map_err(plain)?;
    Ok(rebuilt)
}

fn record(file: &Path, output: &str, reported: Option<Record>, fingerprint: &str) -> Result<Record, String> {
    let bytes = fs::read(file).map_err(|error| format!("it cannot be read: {error}"))?;
    let sha256 = crate::digest::sha256([&bytes]);
    if let Some(reported) = reported.filter(|reported| reported.sha256 == sha256) {
        return Ok(reported);
    }
    let origin = Origin::of_pdf(&bytes)?;
    let ours = origin.masthead == Origin::THIS_VERSION;
    let pages = hayro_syntax::Pdf::new(bytes.clone()).map(|pdf| pdf.pages().len()).unwrap_or_default();
    Ok(Record::new(
        &origin,
        Making {
            output: output.to_owned(),
            profile: Profile::Archive,
            source: String::new(),
            source_key: String::new(),
            key: if ours { origin.key(Profile::Archive, fingerprint)? } else { String::new() },
            pages,
            file: &bytes,
            warnings: Vec::new(),
        },
    ))
}
