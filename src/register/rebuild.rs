//! A register made anew from the files themselves and the reports of batches.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::compare::{Difference, differences};
use super::soundness::is_pdf;
use super::{Access, Making, Record, Register};
use crate::export::{Origin, Profile};
use crate::limits::{Allowance, Watch};
use crate::pdf;
use crate::typeset::Press;
use crate::verify::{self, Verdict, verify};

/// What came of a rebuild.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// How many files are registered now.
    pub files: usize,
    /// Files that are not those of their reports; they are registered as reported.
    pub altered: Vec<String>,
    /// Files of which their reports say something else than they carry, and whether they are registered
    /// as they say themselves.
    pub misreported: Vec<(String, Vec<Difference>, bool)>,
    /// Files of which the register that was there before says something else.
    pub otherwise: Vec<(String, Vec<Difference>)>,
    /// PDF files that are not registered, each with the reason.
    pub left: Vec<(String, String)>,
    /// Where the register that was there before is now.
    pub kept: Option<PathBuf>,
}

/// Makes a register anew from all PDF files below its folder and the folders given: from what
/// archive files carry, and, for what no file can know of itself (its source, its warnings), from
/// records out of reports. A file that is not the one of its report is registered as reported, so
/// that it is seen to be altered; one of which the report says something else than the file carries, as
/// the file says; one without a report only if it is what masthead makes of what it carries. A register
/// that is there is held against the new one and kept beside it.
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
    watch: &Watch,
) -> Result<Rebuilt, String> {
    let fresh = path.with_extension("rebuilt");
    // Messages speak of the register that is made, and not of the name under which it is begun.
    let named = |message: String| message.replace(&fresh.display().to_string(), &path.display().to_string());
    let plain = |error: std::io::Error| format!("{} cannot be made anew: {error}", path.display());
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
            Err(reason) => rebuilt.left.push((output, reason)),
        }
    }
    rebuilt.files = records.len();
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
    Ok(rebuilt)
}

/// The PDF files of folders, by the names that the register has for them. Links are followed, as a batch
/// follows them when it writes; of several ways to one file those of reports are taken, else the shortest.
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

/// What is known of a file.
struct Found {
    record: Record,
    /// Whether the file is the one of the record.
    as_it_is: bool,
    /// What its report says otherwise.
    differences: Vec<Difference>,
}

/// What the file of a report carries, with what it cannot know of itself from the report.
fn carried(bytes: &[u8], reported: &Record) -> Result<Record, String> {
    let pages = pdf::open(bytes, |pdf| Ok(pdf.pages().len())).map_err(|refused| refused.to_string())?;
    let plain = Record { pages, bytes: bytes.len() as u64, ..reported.clone() };
    let origin = match verify::origin(bytes) {
        Ok(origin) => origin,
        // Files for print and for the screen carry nothing.
        Err(_) if reported.profile != Profile::Archive => return Ok(plain),
        Err(reason) => return Err(reason),
    };
    let Record { output, source, source_key, key, warnings, .. } = reported.clone();
    let making = Making { output, profile: Profile::Archive, source, source_key, key, pages, file: bytes, warnings };
    Ok(Record::new(&origin, making))
}

/// The record of a file that is there.
fn record(
    press: &Press,
    file: &Path,
    output: &str,
    reported: Option<Record>,
    fingerprint: &str,
) -> Result<Found, String> {
    let bytes = crate::files::whole(file)?;
    if let Some(reported) = reported {
        let as_it_is = reported.sha256 == crate::digest::sha256([&bytes]);
        let carried = match carried(&bytes, &reported) {
            Err(reason) if as_it_is => return Err(reason),
            Err(_) => reported.clone(),
            // That the file is another is told already.
            Ok(carried) if !as_it_is => Record { sha256: reported.sha256.clone(), bytes: reported.bytes, ..carried },
            Ok(carried) => carried,
        };
        let differences = differences(&reported, &carried);
        return Ok(Found { record: if as_it_is { carried } else { reported }, as_it_is, differences });
    }
    let origin = verify::origin(&bytes)?;
    let verdict = verify(press, &bytes);
    if matches!(&verdict, Ok(Verdict::Other { made_by, .. }) if made_by == Origin::THIS_VERSION) {
        return Err("it is not what masthead makes of what it carries: it was altered, or made by another build".into());
    }
    // Of a file that cannot be compared nobody knows what decided it: a batch makes it again.
    let key = match verdict {
        Ok(Verdict::Same) if origin.masthead == Origin::THIS_VERSION => origin.key(Profile::Archive, fingerprint)?,
        _ => String::new(),
    };
    let pages = pdf::open(&bytes, |pdf| Ok(pdf.pages().len())).map_err(|refused| refused.to_string())?;
    let record = Record::new(
        &origin,
        Making {
            output: output.to_owned(),
            profile: Profile::Archive,
            source: String::new(),
            source_key: String::new(),
            key,
            pages,
            file: &bytes,
            warnings: Vec::new(),
        },
    );
    Ok(Found { record, as_it_is: true, differences: Vec::new() })
}
