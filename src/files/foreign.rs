//! Files of other programs that may be mistaken for sources: what they are, and what to do instead.

use std::path::Path;

use memchr::memmem;

use crate::diagnostic::{Diagnostic, Source};
use crate::read::Format;

/// A kind of file that is not a source.
struct Foreign {
    what: &'static str,
    endings: &'static [&'static str],
    begins: &'static [&'static [u8]],
    /// What an archive of this kind holds.
    holds: &'static [&'static str],
    hint: &'static str,
}

const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";
const WORD: &str = "a word processor file";
const TEXT_OUT: &str =
    "save its text as Markdown (.md), with the header that “masthead new draft-resolution -o draft.md” creates";

/// The kinds. If two begin alike, the ending decides; otherwise the first matches.
const KINDS: &[Foreign] = &[
    Foreign {
        what: "a PDF file",
        endings: &["pdf"],
        begins: &[b"%PDF-"],
        holds: &[],
        hint: "use its source file; masthead verify and masthead golden compare read PDF files",
    },
    Foreign {
        what: "an archive",
        endings: &["zip", "gz", "tgz", "epub", "7z"],
        begins: &[ZIP, b"\x1F\x8B", b"7z\xBC\xAF"],
        holds: &[],
        hint: "unpack it and use the files inside",
    },
    Foreign {
        what: WORD,
        endings: &["docx", "doc", "odt", "rtf", "dotx", "docm", "pages", "wpd"],
        begins: &[ZIP, COMPOUND, b"{\\rtf"],
        holds: &["word/", "opendocument.text"],
        hint: "import it with “masthead import FILE.docx -o draft.yaml”; save other files as .docx first",
    },
    Foreign {
        what: "a spreadsheet",
        endings: &["xlsx", "xls", "ods"],
        begins: &[ZIP, COMPOUND],
        holds: &["xl/", "opendocument.spreadsheet"],
        hint: "masthead batch reads lists of documents from .csv files",
    },
    Foreign {
        what: "a presentation",
        endings: &["pptx", "ppt", "odp"],
        begins: &[ZIP, COMPOUND],
        holds: &["ppt/", "opendocument.presentation"],
        hint: TEXT_OUT,
    },
    Foreign {
        what: "a web page",
        endings: &["html", "htm"],
        begins: &[b"<!doctype html", b"<html"],
        holds: &[],
        hint: TEXT_OUT,
    },
    Foreign {
        what: "a picture",
        endings: &["png", "jpg", "jpeg", "gif", "svg", "tif", "tiff", "webp"],
        begins: &[b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8"],
        holds: &[],
        hint: "name pictures in a document: “emblem: seal.svg”, or a figure in the body",
    },
    Foreign {
        what: "a list",
        endings: &["csv", "jsonl", "ndjson"],
        begins: &[],
        holds: &[],
        hint: "masthead batch reads lists of documents",
    },
    Foreign {
        what: "a database",
        endings: &["sqlite", "db"],
        begins: &[b"SQLite format 3"],
        holds: &[],
        hint: "masthead register list -r FILE reads the register of a batch",
    },
];

/// Returns why a file with a name of a word processor is no document.
pub(super) fn word_file(path: &Path) -> Option<&'static str> {
    let word = KINDS.iter().find(|kind| kind.what == WORD)?;
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    word.endings
        .contains(&ending.as_str())
        .then_some("it is a word processor file; “masthead import” makes a document of it")
}

/// Returns an error if a file is of a kind that is not a source: by its first bytes or, unless the user gives the
/// syntax, by its ending.
pub(super) fn foreign(path: &Path, bytes: &[u8], from: Option<Format>) -> Option<Diagnostic> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let begun = |kind: &&Foreign| {
        let text = bytes.trim_ascii_start();
        let begins = |mark: &&[u8]| text.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
        kind.begins.iter().any(begins)
    };
    let named = |kind: &&Foreign| kind.endings.contains(&ending.as_str());
    let by_name = KINDS.iter().find(named);
    let kind = match by_name {
        Some(kind) if from.is_none() || begun(&kind) => kind,
        // XHTML and other XML are left to the XML reader, which reports what it accepts.
        _ if from.or(Format::of_ending(&path.to_string_lossy())) == Some(Format::Xml) => return None,
        _ => {
            let holds = |kind: &&Foreign| kind.holds.iter().any(|part| memmem::find(bytes, part.as_bytes()).is_some());
            KINDS.iter().filter(begun).find(holds).or_else(|| KINDS.iter().find(begun))?
        }
    };
    let name = path.display();
    let said = Diagnostic::error("not-a-document", format!("{name} is {}, which masthead cannot read", kind.what));
    let known = "masthead reads .yaml, .yml, .json, .md and .xml files";
    Some(said.hint(format!("{}; {known}", kind.hint)).in_source(&Source::new(name.to_string(), ""), 0..0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_programs_are_named() {
        let what = |name: &str, bytes: &[u8], from| {
            foreign(Path::new(name), bytes, from).map(|error| error.message).unwrap_or_default()
        };
        assert!(what("x.docx", ZIP, None).contains("word processor"));
        assert!(what("x.docx", b"symbol: A/84/L.1", None).contains("word processor"));
        assert_eq!(what("x.docx", b"symbol: A/84/L.1", Some(Format::Yaml)), "");
        assert!(what("x.xlsx", ZIP, None).contains("spreadsheet"));
        assert!(what("x.yaml", b"PK\x03\x04..word/document.xml", None).contains("word processor"));
        assert!(what("x.yaml", b"PK\x03\x04..xl/workbook.xml", Some(Format::Yaml)).contains("spreadsheet"));
        assert!(what("x.yaml", b"PK\x03\x04..notes.txt", None).contains("an archive"));
        assert!(what("draft.yaml", b"%PDF-1.7", Some(Format::Yaml)).contains("a PDF file"));
        assert!(what("page", b"\n<!DOCTYPE html><p>", None).contains("web page"));
        for (name, bytes) in [("a.yaml", &b"symbol: x"[..]), ("a.xml", b"<html/>"), ("a", b"{\"a\": 1}"), ("a.md", b"")]
        {
            assert_eq!(what(name, bytes, None), "", "{name}");
        }
    }
}
