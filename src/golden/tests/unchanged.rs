//! Documents that did not change differ nowhere: rendered twice, by another press, on another
//! number of threads.

use super::Bench;
use crate::golden::State;
use crate::typeset::{Press, tests::draft};

fn differ_nowhere(documents: usize) {
    let bench = Bench::new(super::DOCUMENT);
    for seed in 1..documents {
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
        let told: Vec<String> = case.differences.iter().map(ToString::to_string).collect();
        assert_eq!((case.state, told), (State::Same, Vec::new()), "{}", case.name);
    }
    assert!(verdict.well());
}

#[test]
fn documents_rendered_twice_differ_nowhere() {
    differ_nowhere(10);
}

/// The sweep of 200: `cargo test --lib -- --ignored two_hundred`.
#[test]
#[ignore = "takes a minute"]
fn two_hundred_documents_rendered_twice_differ_nowhere() {
    differ_nowhere(200);
}
