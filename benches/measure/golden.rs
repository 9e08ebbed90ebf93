//! The cost of checking a suite, as a ratio to rendering its documents twice: 200 variants of the
//! examples, in one run. Run with `cargo bench --profile dev -- golden`.

use std::fs;
use std::path::Path;
use std::time::Instant;

use masthead::diagnostic::Source;
use masthead::golden::{Checking, Outcome, Suite};
use masthead::{Format, Job, Press, Profile, render};

const DOCUMENTS: usize = 200;

pub fn measure() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy("examples/figure.svg", folder.path().join("figure.svg")).unwrap();
    let mut examples: Vec<_> = fs::read_dir("examples").unwrap().map(|entry| entry.unwrap().path()).collect();
    examples.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    examples.sort();
    for (number, path) in (0..DOCUMENTS).zip(examples.iter().cycle()) {
        // Every document is another one: a word of its own ends it.
        let text = fs::read_to_string(path).unwrap().replacen("the", &format!("the {number}th"), 40);
        fs::write(folder.path().join(format!("{number:03}.yaml")), text).unwrap();
    }
    let picture = |document: &Path, name: &str| picture(document, name);
    let press = Press::new([]).unwrap();
    let check = |full, jobs| {
        let suite = Suite::open(folder.path()).unwrap();
        suite.check(&press, &Checking::new(&picture).full(full).jobs(jobs)).unwrap()
    };
    let accepted = check(false, 0);
    accepted.cases.iter().filter(|case| case.acceptable()).for_each(|case| case.accept().unwrap());
    let taken = accepted.cases.iter().filter(|case| case.acceptable()).count();

    let start = Instant::now();
    for number in 0..DOCUMENTS {
        let path = folder.path().join(format!("{number:03}.yaml"));
        let source = Source::new(path.display().to_string(), fs::read_to_string(&path).unwrap());
        let own = |name: &str| picture(&path, name);
        if let Ok(rendition) = render(&press, &Job::new(&source, Format::Yaml).picture(&own)) {
            assert!(!rendition.pdf(Profile::Archive).unwrap().is_empty());
        }
    }
    let twice = start.elapsed() * 2;

    println!("{taken} of {DOCUMENTS} documents; times as shares of rendering them twice, one after the other");
    for (what, full, jobs) in [
        ("check, all processors", false, 0),
        ("check, one thread", false, 1),
        ("check --full, all processors", true, 0),
        ("check --full, one thread", true, 1),
    ] {
        let start = Instant::now();
        let verdict = check(full, jobs);
        let share = start.elapsed().as_secs_f64() / twice.as_secs_f64();
        let differ = verdict.cases.iter().filter(|case| !Outcome::acceptable(case)).count();
        println!("{what:30} {share:.2}   ({differ} the same)");
    }
}

fn picture(document: &Path, name: &str) -> Result<Vec<u8>, masthead::Error> {
    fs::read(document.with_file_name(name)).map_err(masthead::Error::other)
}
