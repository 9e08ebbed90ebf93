//! Our own golden suite, `tests/suite`: kinds, blocks, languages, lengths, syntaxes, past bugs.
//! After a change that is meant: `cargo run -- golden review tests/suite`.

use std::fs;
use std::path::Path;

use masthead::Press;
use masthead::golden::{Checking, State, Suite};

const SUITE: &str = "tests/suite";

#[test]
fn everything_is_as_the_references_say() {
    let suite = Suite::open(Path::new(SUITE)).unwrap();
    let picture = |document: &Path, name: &str| fs::read(document.with_file_name(name)).map_err(masthead::Error::other);
    let verdict = suite.check(&Press::new([]).unwrap(), &Checking::new(&picture)).unwrap();
    let mut reported = String::new();
    for case in verdict.cases.iter().filter(|case| case.state != State::Same) {
        reported += &format!("{} ({:?})\n{}", case.name, case.state, case.message);
        case.differences.iter().for_each(|difference| reported += &format!("    {difference}\n"));
    }
    assert!(verdict.passed(), "{reported}{:?}\nif it is meant: cargo run -- golden review {SUITE}", verdict.orphans);
    assert!(verdict.cases.len() >= 30);
}

/// The houses of the suite are the examples.
#[test]
fn the_houses_are_those_of_the_examples() {
    let mut compared = 0;
    for house in
        fs::read_dir("examples/houses").unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        for file in fs::read_dir(&house).unwrap().map(|entry| entry.unwrap().path()) {
            let ours = Path::new(SUITE).join("houses").join(file.strip_prefix("examples/houses").unwrap());
            assert!(
                fs::read(&file).unwrap() == fs::read(&ours).unwrap(),
                "{} differs from {}",
                ours.display(),
                file.display()
            );
            compared += 1;
        }
    }
    assert!(compared >= 9);
}

/// The suite stays small: a clone has it.
#[test]
fn the_suite_is_under_its_size_cap() {
    const MOST: u64 = 1 << 20;
    let size = size(Path::new(SUITE));
    assert!(size < MOST, "{SUITE} has {size} bytes");
}

fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| if entry.path().is_dir() { size(&entry.path()) } else { entry.metadata().unwrap().len() }).sum()
}
