//! A register made anew from the files themselves and the reports of batches.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

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
    /// PDF files that are not, each with the reason.
    pub left: Vec<(String, String)>,
    /// Where the register that was there before is now.
    pub kept: Option<PathBuf>,
}

/// Makes a register anew from all PDF files below its folder and the folders given: from what
/// archive files carry, and, for what no file can know of itself (its source, its warnings), from
/// records out of reports. A file that is not the one of its report is registered as reported, so
/// that it is seen to be altered; one without a report only if it is what masthead makes of what it
/// carries. A register that is there is kept beside it.
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
        let reported = reported.remove(&output);
        let flight = match watch.begin(&output, Allowance::of_file(&file)) {
            Ok(flight) => flight,
            Err(conviction) => {
                rebuilt.left.push((output.clone(), conviction.cause.diagnostic(&output).message));
                continue;
            }
        };
        let recorded = record(press, &file, &output, reported, &fingerprint);
        drop(flight);
        match recorded {
            Ok((record, as_it_is)) => {
                rebuilt.altered.extend((!as_it_is).then_some(output));
                records.push(record);
            }
            Err(reason) => rebuilt.left.push((output, reason)),
        }
    }
    rebuilt.files = records.len();
    register.enter(&records, recorded)?;
    register.close()?;
    if path.exists() {
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

/// The record of a file, and whether the file is as it says.
fn record(
    press: &Press,
    file: &Path,
    output: &str,
    reported: Option<Record>,
    fingerprint: &str,
) -> Result<(Record, bool), String> {
    let bytes = crate::files::whole(file)?;
    if let Some(reported) = reported {
        let as_it_is = reported.sha256 == crate::digest::sha256([&bytes]);
        return Ok((reported, as_it_is));
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
    Ok((record, true))
}
