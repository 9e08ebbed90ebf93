//! Checks whether a file can be written at its path: by its name, next to the other files of the batch, and with
//! what is on the disk.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::{OWN_FOLDER, PlannedDocument, Shard};
use crate::diagnostic::{Diagnostic, shortened};
use crate::register;

/// The maximum length in bytes of the name of a file or folder, and of an absolute path.
const LONGEST_NAME: usize = 255;
const LONGEST_PATH: usize = if cfg!(target_os = "linux") {
    4095
} else if cfg!(windows) {
    32_000
} else {
    1023
};

const OTHERWISE: &str = "use another name: with --name, or in the column “output” of a manifest";

/// Returns a key that identifies a file: on many disks, names that differ only in case, or in the normalisation of
/// accented letters, are the same.
pub(super) fn key(output: &str) -> String {
    output.nfc().flat_map(char::to_lowercase).collect()
}

/// Returns why no file can have that name, or `None` if it is valid.
pub(super) fn unfit(output: &str, out: &Path) -> Option<Diagnostic> {
    let error = |message: String| Some(Diagnostic::error("output-name", message).hint(OTHERWISE));
    for part in output.split('/') {
        let shown = shortened(part);
        if part.len() > LONGEST_NAME {
            let bytes = part.len();
            return error(format!("“{shown}” has {bytes} bytes; a file name can have at most {LONGEST_NAME}"));
        }
        if part.ends_with(['.', ' ']) {
            return error(format!("“{shown}” ends in a full stop or a space, which Windows removes"));
        }
        if is_device(part) {
            return error(format!("“{shown}” is a reserved device name on Windows"));
        }
        if cfg!(windows) && part.contains(['<', '>', ':', '"', '|', '?', '*', '\\']) {
            return error(format!("“{shown}” contains a character that Windows does not allow"));
        }
    }
    let whole = std::path::absolute(out).map_or(0, |out| out.as_os_str().len()) + 1 + output.len();
    if whole > LONGEST_PATH {
        return error(format!(
            "the absolute path of “{}” has {whole} bytes; the system allows at most {LONGEST_PATH}",
            shortened(output)
        ));
    }
    None
}

/// Returns whether a name is CON, NUL, COM1 or the like, with any ending.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end_matches(' ').to_lowercase();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let numbered = port.is_some_and(|port| {
        let mut figures = port.chars();
        figures.next().is_some_and(|c| "123456789¹²³".contains(c)) && figures.next().is_none()
    });
    numbered || ["con", "prn", "aux", "nul", "conin$", "conout$"].contains(&stem.as_str())
}

/// Returns whether the batch itself writes a file of that name directly in the output folder: its reports and
/// registers, and those of parts.
fn is_own(key: &str) -> bool {
    let bare = ["-wal", "-shm", "-journal"].iter().find_map(|end| key.strip_suffix(end)).unwrap_or(key);
    let (stem, ending) = bare.rsplit_once('.').unwrap_or((bare, ""));
    let stem = Shard::of_name(stem).map_or(stem, |(stem, _)| stem);
    key == OWN_FOLDER
        || bare == register::NAME
        || matches!((stem, ending), ("register", "sqlite"))
        || bare == key && matches!((stem, ending), ("report", "json" | "html"))
}

/// Marks the documents whose file would also be a folder for another, or would replace one of the batch's own
/// files, such as `register` if that is in the output folder.
pub(super) fn keep_apart(documents: &mut [PlannedDocument], register: Option<&str>) {
    let register = register.map(key).unwrap_or_default();
    let own = |key: &str| is_own(key) || !register.is_empty() && key == register;
    let mut folders: HashMap<String, usize> = HashMap::new();
    for (index, planned) in documents.iter().enumerate() {
        let Ok(output) = &planned.output else { continue };
        let key = key(output);
        for (at, _) in key.match_indices('/') {
            folders.entry(key[..at].to_owned()).or_insert(index);
        }
    }
    let mut errors = Vec::new();
    for (index, planned) in documents.iter().enumerate() {
        let Ok(output) = &planned.output else { continue };
        let key = key(output);
        let ends = key.match_indices('/').map(|(at, _)| at).chain([key.len()]);
        let taken = ends.map(|end| &key[..end]).find(|part| own(part));
        let message = if let Some(taken) = taken {
            format!("“{}” conflicts with {taken}, which the batch writes itself", shortened(output))
        } else if let Some(other) = folders.get(&key) {
            let other = documents[*other].input.file.display();
            format!("“{}” would be both the file of this document and a folder for that of {other}", shortened(output))
        } else {
            continue;
        };
        errors.push((index, Diagnostic::error("output-clash", message).hint(OTHERWISE)));
    }
    for (index, error) in errors {
        documents[index].output = Err(Box::new(error));
    }
}

/// What is on the disk at the paths of files; each folder is checked once.
#[derive(Default)]
pub(super) struct Disk {
    folders: HashMap<PathBuf, bool>,
}

impl Disk {
    /// Returns why no file can be written there, or `None` if nothing is in the way.
    pub fn in_the_way(&mut self, out: &Path, output: &str) -> Option<Diagnostic> {
        let error = |message: String, hint: &str| Some(Diagnostic::error("output-taken", message).hint(hint));
        let remove = "move it away, or use another pattern with --name";
        for (at, _) in output.match_indices('/') {
            let folder = out.join(&output[..at]);
            if !*self.folders.entry(folder.clone()).or_insert_with(|| is_free(&folder)) {
                let message = format!("{} is not a folder, so the file cannot be written in it", folder.display());
                return error(message, remove);
            }
        }
        let path = out.join(output);
        match path.metadata() {
            Ok(there) if there.is_dir() => {
                error(format!("{} is a folder, so the file cannot be written there", path.display()), remove)
            }
            Ok(there) if !there.is_file() => error(format!("{} is not a regular file", path.display()), remove),
            _ => None,
        }
    }
}

/// Returns whether a folder exists or can be created.
fn is_free(folder: &Path) -> bool {
    match folder.metadata() {
        Ok(there) => there.is_dir(),
        // A broken link is in the way, too.
        Err(_) => folder.symlink_metadata().is_err(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::{Choices, Input};

    #[test]
    fn names_fit_every_system() {
        let fits = |output: &str| unfit(output, Path::new("out")).is_none();
        for name in ["a.pdf", "a.b/c d.pdf", "com10.pdf", "concert.pdf", "A_77_L.107.pdf"] {
            assert!(fits(name), "{name}");
        }
        for name in ["con.pdf", "a/NUL .x.pdf", "Aux/b.pdf", "lpt9.a.pdf", "com¹.pdf", "e.g./b.pdf", "a /b.pdf"] {
            assert!(!fits(name), "{name}");
        }
        // Bytes count, not characters.
        assert!(fits(&format!("{}.pdf", "a".repeat(251))) && !fits(&format!("{}.pdf", "a".repeat(252))));
        assert!(fits(&format!("{}.pdf", "日".repeat(83))) && !fits(&format!("{}.pdf", "日".repeat(84))));
        assert!(!fits(&format!("{}a.pdf", "folder/".repeat(LONGEST_PATH / 7))));
    }

    #[test]
    fn files_and_folders_are_kept_apart() {
        let clashes = |outputs: &[&str]| {
            let planned = |(index, output): (usize, &&str)| PlannedDocument {
                index,
                input: Input::new(format!("{index}.yaml").into(), Choices::default()),
                output: Ok((*output).to_owned()),
            };
            let mut documents: Vec<PlannedDocument> = outputs.iter().enumerate().map(planned).collect();
            keep_apart(&mut documents, Some("kept.pdf"));
            let failed = documents.iter().filter(|planned| planned.output.is_err()).map(|planned| planned.index);
            failed.collect::<Vec<_>>()
        };
        assert_eq!(clashes(&["a.pdf", "a.pdf/b.pdf", "c.pdf"]), [0]);
        assert_eq!(clashes(&["A.PDF/x/b.pdf", "c.pdf", "a.pdf"]), [2]);
        assert_eq!(clashes(&["\u{e9}.pdf", "e\u{301}.pdf/b.pdf"]), [0]);
        assert_eq!(clashes(&["a.pdf/b.pdf/c.pdf", "a.pdf/b.pdf", "a.pdf", "a/b.pdf", "a.pdfx/b.pdf"]), [1, 2]);
        let own = ["Report.json/a.pdf", "register-2-of-8.sqlite/a.pdf", "register.sqlite-wal/x/y.pdf", "kept.pdf"];
        assert_eq!(clashes(&own), [0, 1, 2, 3]);
        assert!(clashes(&["reports/a.pdf", "a/report.json/a.pdf", "report.pdf", "report-x.json/a.pdf"]).is_empty());
    }
}
