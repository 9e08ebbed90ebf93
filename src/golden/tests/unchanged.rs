//! Unchanged documents differ nowhere: rendered twice, by another press, on another
//! number of threads.

use std::fs;

use super::Bench;
use crate::golden::State;
use crate::typeset::{Press, tests::draft};

/// The examples, and drafts up to a number of documents.
fn differ_nowhere(documents: usize) {
    let bench = Bench::new(super::DOCUMENT);
    let examples = fs::read_dir("../examples").unwrap().map(|entry| entry.unwrap().path());
    for path in examples.filter(|path| path.is_file() && !path.ends_with("README.md")) {
        bench.put(path.strip_prefix("..").unwrap().to_str().unwrap(), fs::read(&path).unwrap());
    }
    let examples = bench.check(&Press::new([]).unwrap(), false, 0).cases.len();
    for seed in 0..documents - examples {
        bench.put(&format!("drafts/{seed}.yaml"), draft(seed));
    }
    let accepted = bench.check(&Press::new([]).unwrap(), false, 1);
    for case in &accepted.cases {
        assert_eq!(case.state, State::New, "{}: {}", case.name, case.message);
        case.accept().unwrap();
    }
    let press = Press::new([]).unwrap();
    let verdict = bench.check(&press, true, 4);
    assert_eq!(verdict.cases.len(), documents);
    for case in &verdict.cases {
        let reported: Vec<String> = case.differences.iter().map(ToString::to_string).collect();
        assert_eq!((case.state, reported), (State::Same, Vec::new()), "{}", case.name);
    }
    assert!(verdict.passed());
}

#[test]
fn documents_rendered_twice_differ_nowhere() {
    differ_nowhere(25);
}

/// The sweep of 200: `cargo test --lib -- --ignored two_hundred`.
#[test]
#[ignore = "takes a minute"]
fn two_hundred_documents_rendered_twice_differ_nowhere() {
    differ_nowhere(200);
}
