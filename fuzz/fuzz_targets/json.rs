//! Any text as JSON: read, checked and fixed without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::check::mend;
use masthead::diagnostic::Source;
use masthead::{Coverage, Format, lint};

fuzz_target!(|text: &str| {
    let source = Source::new("made-up", text);
    lint(&Coverage::default(), &source, Format::Json);
    let _ = mend(&source, Format::Json, &|_| true);
});
