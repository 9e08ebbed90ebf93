//! Rebuilds a register from the files themselves and the reports of batches.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::compare::{Difference, differences};
use super::soundness::is_pdf;
use super::{Access, Making, Record, Register};
use crate::error::Error;
use crate::export::{Origin, Profile};
use crate::limits::{Allowance, Watch};
use crate::pdf;
use crate::typeset::Press;
use crate::verify::{self, Verdict, verify};

/// The result of a rebuild.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rebuilt {
    /// The number of files registered.
    pub files: usize,
    /// Files that do not match their reports; they are registered as reported.
    pub altered: Vec<String>,
    /// Files whose reports differ from their contents, and whether they are registered by their contents.
    pub misreported: Vec<(String, Vec<Difference>, bool)>,
    /// Files about which the previous register differs.
    pub otherwise: Vec<(String, Vec<Difference>)>,
    /// PDF files that are not registered, each with the reason.
    pub left: Vec<(String, String)>,
    /// The path of the backup of the previous register.
    pub kept: Option<PathBuf>,
}

/// Rebuilds a register from all PDF files below its folder and the given folders: from the contents of archive
/// files and, for what no file contains (its source, its warnings), from the records in reports. A file that does
/// not match its report is registered as reported, so that it shows as altered. If the report of an unaltered file
/// differs from its contents, the contents count. A file without a report is registered only if it is what masthead
/// makes of its embedded document. An existing register is compared with the new one and kept as a backup. If there is
/// nothing to register, nothing is written.
///
/// # Errors
///
/// Returns a message if the new register cannot be written.
pub fn rebuild(
    press: &Press,
    path: &Path,
    folders: &[PathBuf],
    reported: Vec<Record>,
    recorded: &str,
    watch: &Watch,
) -> Result<Rebuilt, Error> {
    let fresh = path.with_extension("rebuilt");
    // Messages name the final register, not its temporary file.
    let named = |error: Error| {
        error.reworded(|message| message.replace(&fresh.display().to_string(), &path.display().to_string())).at(path)
    };
    let plain = |error| Error::file(path, "rebuilt", error);
    let away = |path: &Path| ["", "-wal", "-shm"].map(|end| PathBuf::from(format!("{}{end}", path.display())));
    away(&fresh).iter().for_each(|old| drop(fs::remove_file(old)));
    let mut register = Register::open(&fresh, Access::Make).map_err(named)?;
    let mut rebuilt = Rebuilt::default();
    let fingerprint = press.fingerprint();
    let mut reported: BTreeMap<String, Record> =
        reported.into_iter().map(|record| (record.output.clone(), record)).collect();
    let mut records = Vec::new();
    for (output, file) in pdfs(&register, folders, &reported) {
        let reported = reported.remove(&output);
        let flight = match watch.begin(&output, Allowance::of_file(&file)) {
            Ok(flight) => flight,
            Err(quarantined) => {
                rebuilt.left.push((output.clone(), quarantined.cause.diagnostic(&output).message));
                continue;
            }
        };
        let recorded = record(press, &file, &output, reported, &fingerprint);
        drop(flight);
        match recorded {
            Ok(Found { record, as_it_is, differences }) => {
                if !differences.is_empty() {
                    rebuilt.misreported.push((output.clone(), differences, as_it_is));
                }
                rebuilt.altered.extend((!as_it_is).then_some(output));
                records.push(record);
            }
            Err(error) => rebuilt.left.push((output, error.to_string())),
        }
    }
    rebuilt.files = records.len();
    if records.is_empty() {
        drop(register);
        away(&fresh).iter().for_each(|file| drop(fs::remove_file(file)));
        return Ok(rebuilt);
    }
    register.enter(&records, recorded).map_err(named)?;
    register.close().map_err(named)?;
    if path.exists() {
        rebuilt.otherwise = Register::otherwise(path, &fresh);
        let places = (2..).map(|number| format!("damaged-{number}"));
        let mut places = std::iter::once("damaged".to_owned()).chain(places).map(|end| path.with_extension(end));
        let kept = places.find(|place| !place.exists()).unwrap_or_else(|| path.with_extension("damaged"));
        for (from, to) in away(path).iter().zip(away(&kept)) {
            if from.exists() {
                fs::rename(from, to).map_err(plain)?;
            }
        }
        rebuilt.kept = Some(kept);
    }
    fs::rename(&fresh, path).map_err(plain)?;
    // What comparing has left.
    away(&fresh).iter().for_each(|old| drop(fs::remove_file(old)));
    Ok(rebuilt)
}

/// Returns the PDF files in folders, by their names in the register. Links are followed, as a batch follows them when
/// it writes. Of several paths to one file, those in reports are used, else the shortest.
fn pdfs(register: &Register, folders: &[PathBuf], reported: &BTreeMap<String, Record>) -> Vec<(String, PathBuf)> {
    let entries = folders.iter().flat_map(|folder| WalkDir::new(folder).follow_links(true));
    let files = entries.filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir());
    let pdfs = files.map(walkdir::DirEntry::into_path).filter(|path| is_pdf(path));
    let mut ways: Vec<(String, PathBuf)> = pdfs.map(|file| (register.name_of(&file), file)).collect();
    ways.sort_by_cached_key(|(output, _)| {
        (!reported.contains_key(output), output.matches('/').count(), output.clone())
    });
    ways.dedup_by(|one, other| one.0 == other.0);
    let mut met = HashSet::new();
    ways.retain(|(output, file)| {
        let first = met.insert(file.canonicalize().unwrap_or_else(|_| file.clone()));
        first || reported.contains_key(output)
    });
    ways.sort();
    ways
}

/// What is known about a file.
struct Found {
    record: Record,
    /// Whether the file matches the record.
    as_it_is: bool,
    /// The differences from its report.
    differences: Vec<Difference>,
}

/// Returns a record from the contents of a file, completed from its report.
fn carried(bytes: &[u8], reported: &Record) -> Result<Record, Error> {
    let pages = pdf::open(bytes, |pdf| Ok(pdf.pages().len()))?;
    let plain = Record { pages, bytes: bytes.len() as u64, ..reported.clone() };
    let origin = match verify::origin(bytes) {
        Ok(origin) => origin,
        // Files for the screen have no embedded document.
        Err(_) if reported.profile == Profile::Screen => return Ok(plain),
        Err(error) => return Err(error),
    };
    let Record { output, source, source_key, key, warnings, .. } = reported.clone();
    let making = Making { output, profile: origin.profile(), source, source_key, key, pages, file: bytes, warnings };
    Ok(Record::new(&origin, making))
}

/// Returns the record of an existing file.
fn record(
    press: &Press,
    file: &Path,
    output: &str,
    reported: Option<Record>,
    fingerprint: &str,
) -> Result<Found, Error> {
    let bytes = crate::files::whole(file)?;
    if let Some(reported) = reported {
        let as_it_is = reported.sha256 == crate::digest::sha256([&bytes]);
        let carried = match carried(&bytes, &reported) {
            Err(error) if as_it_is => return Err(error),
            Err(_) => reported.clone(),
            // That the file was altered is already reported.
            Ok(carried) if !as_it_is => Record { sha256: reported.sha256.clone(), bytes: reported.bytes, ..carried },
            Ok(carried) => carried,
        };
        let differences = differences(&reported, &carried);
        return Ok(Found { record: if as_it_is { carried } else { reported }, as_it_is, differences });
    }
    let origin = verify::origin(&bytes)?;
    let verdict = verify(press, &bytes);
    if matches!(&verdict, Ok(Verdict::Other { made_by, .. }) if made_by == Origin::THIS_VERSION) {
        return Err(Error::foreign("it is not what masthead makes of its content (altered, or made by another build)"));
    }
    // The key of a file that cannot be compared is unknown, so a batch will render it again.
    let key = match verdict {
        Ok(Verdict::Same) if origin.masthead == Origin::THIS_VERSION => origin.key(origin.profile(), fingerprint)?,
        _ => String::new(),
    };
    let pages = pdf::open(&bytes, |pdf| Ok(pdf.pages().len()))?;
    let record = Record::new(&origin, Making { key, ..Making::new(output, origin.profile(), "", pages, &bytes) });
    Ok(Found { record, as_it_is: true, differences: Vec::new() })
}
