//! The library as other programs use it: what its errors tell them, what threads may share, and documents that are no files.

use std::error::Error as _;
use std::io;
use std::path::Path;

use masthead::batch::{Batch, Shard};
use masthead::diagnostic::{Diagnostic, Source};
use masthead::model::{Date, Document, Path as Place, Symbol};
use masthead::prepare::{Prepared, prepare};
use masthead::read::Reading;
use masthead::register::{Access, Register};
use masthead::typeset::Pages;
use masthead::verify::verify;
use masthead::{
    Coverage, Error, ErrorKind, Format, Job, PreparedJob, Press, Rendition, files, prepare_job, read, render,
};

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
        (prepare(&Document::default()).map(drop).map_err(kind), ErrorKind::Document),
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

#[test]
fn what_threads_share_can_be_shared() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Press>();
    shared::<Coverage>();
    shared::<Source>();
    shared::<Document>();
    shared::<Reading>();
    shared::<Prepared>();
    shared::<PreparedJob>();
    shared::<Rendition>();
    shared::<Pages>();
    shared::<Diagnostic>();
    shared::<Error>();
    shared::<Batch<'static>>();
}

#[test]
fn documents_in_memory_are_rendered_as_those_of_files() {
    let press = Press::new([]).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let picture = |name: &str| files::picture(&folder.join("x"), name);
    let mut count = 0;
    for path in files::documents(&folder, |_| true).documents {
        let (source, format) = files::source(&path, None, &files::Folders::default()).unwrap();
        let reading = read::read(&source, format).unwrap();
        let of_file = prepare_job(&press, &Job::new(&source, format).picture(&picture)).unwrap();
        let in_memory = Job::of_document(&reading.document).unwrap().picture(&picture);
        let in_memory = prepare_job(&press, &in_memory).unwrap();
        assert_eq!(in_memory.origin, of_file.origin, "{}", path.display());
        count += 1;
    }
    assert!(count > 5, "the examples are not found any more");
    // What is wrong with one is told as with a file, with the path of the value.
    let wrong = Document { symbol: vec!["A/84/L.901".into()], ..Document::default() };
    let errors = prepare_job(&press, &Job::of_document(&wrong).unwrap()).unwrap_err();
    assert!(errors.iter().any(|error| error.place.as_ref().is_some_and(|place| place.source.name == "document")));
}

#[test]
fn a_batch_has_the_defaults_of_the_command() {
    let press = Press::new([]).unwrap();
    let part: Shard = "2/5".parse().unwrap();
    let batch = || Batch::new(&press, "out");
    assert_eq!((batch().register, batch().jobs), ("out/register.sqlite".into(), cores()));
    assert_eq!(batch().shard(part).register, Path::new("out/register-2-of-5.sqlite"));
    assert_eq!(batch().shard(part).shard(None).register, Path::new("out/register.sqlite"));
    assert_eq!(batch().register("all.sqlite").shard(part).register, Path::new("all.sqlite"));
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

#[test]
fn pages_have_sizes_and_are_exported_one_by_one() {
    let press = Press::new([]).unwrap();
    let text =
        "symbol: A/84/L.901\nkind: draft-resolution\ndate: 2029-10-01\nbody:\n- enacting: '*The General Assembly*,'\n";
    let pages = render(&press, &Job::new(&Source::new("draft.yaml", text), Format::Yaml)).unwrap().pages;
    assert_eq!((pages.len(), pages.is_empty(), pages.get(1).is_none()), (1, false, true));
    let page = pages.get(0).unwrap();
    assert_eq!((page.size(), pages.iter().len()), ((612.0, 792.0), 1));
    assert_eq!((pages.png(20.0).unwrap(), pages.svg()), (vec![page.png(20.0).unwrap()], vec![page.svg()]));
}
