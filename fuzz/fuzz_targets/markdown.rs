//! Any text as Markdown: read, checked and fixed without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::check::mend;
use masthead::diagnostic::Source;
use masthead::{Coverage, Format, lint};

fuzz_target!(|text: &str| {
    let source = Source::new("made-up", text);
    lint(&Coverage::default(), &source, Format::Markdown);
    let _ = mend(&source, Format::Markdown, &|_| true);
});
