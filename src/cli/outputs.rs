//! Output paths and kinds; the kind of an output follows from the name that the user gives.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use masthead::{Error, Format};

use super::Exit;
use super::files::{self, STANDARD};
use super::report::Reporter;

/// A kind of file that a command writes, known by the ending of its name.
pub trait Written: Copy + PartialEq {
    /// Returns the kind whose files have that ending.
    fn of_ending(ending: &str) -> Option<Self>;
    /// The ending of its file names.
    fn ending(self) -> &'static str;
    /// All endings, for messages.
    const ENDINGS: &'static str;
}

impl Written for Format {
    const ENDINGS: &'static str = ".yaml, .yml, .json, .md, .markdown or .xml";

    fn of_ending(ending: &str) -> Option<Self> {
        Self::of_ending(&format!(".{ending}"))
    }

    fn ending(self) -> &'static str {
        // That of the type itself.
        Self::ending(self)
    }
}

/// Returns the kind to write, from an option or from the name of the output. A name without an ending, a folder
/// and anything that is not a regular file, such as a device, determine no kind.
///
/// # Errors
///
/// Returns a message if the ending of the name is unknown, or does not match the option.
pub fn kind<W: Written>(output: Option<&Path>, asked: Option<W>, option: &str) -> Result<Option<W>, String> {
    let Some(output) = output.filter(|output| !is_folder(output) && (output.is_file() || !output.exists())) else {
        return Ok(asked);
    };
    let Some(ending) = ending(output) else { return Ok(asked) };
    let shown = output.display();
    let Some(named) = W::of_ending(&ending) else {
        return Err(format!("{shown}: unknown file extension .{ending}; use a name that ends in {}", W::ENDINGS));
    };
    match asked {
        Some(asked) if asked != named => {
            Err(format!("{shown} does not match {option}; use a name that ends in {}, or omit {option}", dotted(asked)))
        }
        _ => Ok(Some(named)),
    }
}

fn dotted<W: Written>(kind: W) -> String {
    format!(".{}", kind.ending())
}

/// Returns the ending of a name, if it is one: in A_77_L.107 it is part of a symbol.
fn ending(path: &Path) -> Option<String> {
    let ending = path.extension()?.to_string_lossy().into_owned();
    ending.starts_with(|c: char| c.is_alphabetic()).then_some(ending)
}

/// Returns whether an output is a folder, even if it does not exist yet.
pub fn is_folder(output: &Path) -> bool {
    output.is_dir() || output.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

/// Creates the output folder if it does not exist.
///
/// # Errors
///
/// Returns a message if it cannot be created.
pub fn make(folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|error| Error::other(format!("{} cannot be created: {error}", folder.display())))
}

/// Returns the file to write: the output, or a file of that name within it if it is a folder.
pub fn file(output: &Path, name: impl FnOnce() -> OsString) -> PathBuf {
    if output == Path::new(STANDARD) || !is_folder(output) { output.to_owned() } else { output.join(name()) }
}

/// Writes a document to a file, of which `given` is the path that the user gave and is created if it is a folder, or to
/// standard output. Programs get the text unchanged; on a terminal, control characters are made visible.
pub fn deliver(text: &str, (given, output): (&Path, &Path), reporter: &Reporter) -> Exit {
    if output != Path::new(STANDARD) {
        let made = if is_folder(given) { make(given) } else { Ok(()) };
        return made
            .and_then(|()| files::write(output, text.as_bytes()))
            .map_or_else(|error| reporter.error(error), |()| Exit::Well);
    }
    if io::stdout().is_terminal() { reporter.lines(text) } else { reporter.out(text.as_bytes()) }
}

/// Writes a file for programs, or standard output, as it is. Of a file, `done` is reported.
pub fn put(output: &Path, bytes: &[u8], done: &str, reporter: &Reporter) -> Exit {
    if output == Path::new(STANDARD) {
        return reporter.out(bytes);
    }
    match files::write(output, bytes) {
        Ok(()) => {
            reporter.done(done);
            Exit::Well
        }
        Err(error) => reporter.error(error),
    }
}

/// Prints a text beside files: on standard output, unless one of them is that.
pub fn tell<'p>(text: &str, mut files: impl Iterator<Item = &'p Path>, reporter: &Reporter) -> Exit {
    if files.all(|path| path != Path::new(STANDARD)) {
        return reporter.out(text.as_bytes());
    }
    reporter.done_lines(text.trim_end());
    Exit::Well
}

/// Returns the path of a document with its ending replaced by another.
pub fn beside(document: &Path, ending: &str) -> PathBuf {
    let name = document.file_name().map_or_else(|| "document".into(), OsStr::to_string_lossy);
    let stem = name.rsplit_once('.').filter(|_| Format::of_ending(&name).is_some()).map(|(stem, _)| stem);
    document.with_file_name(format!("{}.{ending}", stem.unwrap_or(&name)))
}

/// Returns the file of a page; `target` is its name without the page number.
pub fn of_page(target: &Path, number: &str, usual: &str) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.eq_ignore_ascii_case(usual) => (stem, ending),
        _ => (&*name, usual),
    };
    target.with_file_name(format!("{stem}-{number}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_determine_the_kind() {
        let kind = |name: &str, asked| kind::<Format>(Some(Path::new(name)), asked, "--to");
        assert_eq!(kind("a.MD", None), Ok(Some(Format::Markdown)));
        assert_eq!(kind("A_77_L.107", None), Ok(None));
        assert_eq!(kind("nowhere/", Some(Format::Xml)), Ok(Some(Format::Xml)));
        assert_eq!(kind("a.xml", Some(Format::Xml)), Ok(Some(Format::Xml)));
        assert!(kind("a.docx", None).unwrap_err().contains(".yaml, .yml, .json"));
        assert!(kind("a.yml", Some(Format::Xml)).unwrap_err().contains(".xml"));
    }

    #[test]
    fn endings_of_documents_are_replaced_and_others_kept() {
        for (document, wanted) in [
            ("a/X.xml", "a/X.pdf"),
            ("X.YAML", "X.pdf"),
            ("A_77_L.107", "A_77_L.107.pdf"),
            ("a.pdf", "a.pdf.pdf"),
            ("a.b.markdown", "a.b.pdf"),
        ] {
            assert_eq!(beside(Path::new(document), "pdf"), Path::new(wanted));
        }
        assert_eq!(of_page(Path::new("o/x.PNG"), "1", "png"), Path::new("o/x-1.PNG"));
        assert_eq!(of_page(Path::new("A_77_L.107"), "02", "svg"), Path::new("A_77_L.107-02.svg"));
    }
}
