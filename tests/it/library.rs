//! The library as other programs use it: what its errors tell them.

use std::error::Error as _;
use std::io;
use std::path::Path;

use masthead::diagnostic::{Diagnostic, Source};
use masthead::model::{Date, Document, Path as Place, Symbol};
use masthead::register::{Access, Register};
use masthead::verify::verify;
use masthead::{Error, ErrorKind, Format, Job, Press, files, prepare, read, render};

#[test]
fn errors_have_kinds_to_branch_on() {
    let kind = |error: Error| error.kind();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("register.sqlite");
    std::fs::write(&file, "no database at all, but a text that is longer than the head of one; ".repeat(20)).unwrap();
    let press = Press::new([]).unwrap();
    for (found, wanted) in [
        (Symbol::parse("X").map(drop).map_err(kind), ErrorKind::Value),
        ("2029-02-30".parse::<Date>().map(drop).map_err(kind), ErrorKind::Value),
        ("a..b".parse::<Place>().map(drop).map_err(kind), ErrorKind::Value),
        (prepare::prepare(&Document::default()).map(drop).map_err(kind), ErrorKind::Document),
        (verify(&press, b"no PDF").map(drop).map_err(kind), ErrorKind::Foreign),
        (files::whole(&folder.path().join("none.svg")).map(drop).map_err(kind), ErrorKind::Io),
        (Register::open(&file, Access::Read).map(drop).map_err(kind), ErrorKind::Register),
        (Register::open(Path::new("none.sqlite"), Access::Read).map(drop).map_err(kind), ErrorKind::Register),
    ] {
        assert_eq!(found, Err(wanted));
    }
}

#[test]
fn errors_about_files_name_them_and_their_causes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none").join("draft.pdf");
    let refused = files::write(&path, b"").unwrap_err();
    assert_eq!((refused.kind(), refused.path()), (ErrorKind::Io, Some(path.as_path())));
    let missing = files::whole(&path).unwrap_err();
    let cause = missing.source().and_then(|cause| cause.downcast_ref::<io::Error>());
    assert_eq!(cause.map(io::Error::kind), Some(io::ErrorKind::NotFound));
    let unread = files::source(&path, None, &files::Folders::default()).map_err(Error::from).unwrap_err();
    assert_eq!(unread.to_string(), format!("{} cannot be read: {}", path.display(), missing));
}

#[test]
fn findings_are_errors() {
    let press = Press::new([]).unwrap();
    let wrong = Source::new("draft.yaml", "symbol: X\nkind: poem\nbody: []\n");
    let rendered = || -> Result<(), Error> {
        render(&press, &Job::new(&wrong, Format::Yaml))?;
        Ok(())
    };
    let error = rendered().unwrap_err();
    let found = read::read(&wrong, Format::Yaml).unwrap_err();
    assert_eq!((error.kind(), error.findings().len()), (ErrorKind::Refused, error.clone().findings().len()));
    assert!(found.iter().all(|finding| error.findings().contains(finding)));
    assert!(error.findings().iter().all(|finding| error.to_string().contains(&finding.to_string())));
    // Of a single one, too, and as an error of any kind.
    let one: Box<dyn std::error::Error> = Box::new(Diagnostic::error("code", "words"));
    assert!(one.to_string().contains("words"));
    assert_eq!(Error::from(Diagnostic::error("code", "words")).findings()[0].code, "code");
    assert!(Error::other("words").findings().is_empty());
}
