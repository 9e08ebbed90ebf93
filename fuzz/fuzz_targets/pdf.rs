//! Any bytes as a PDF file: compared and verified without a panic.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use masthead::Press;
use masthead::golden::Foreign;
use masthead::verify::verify;

static PRESS: LazyLock<Press> = LazyLock::new(|| Press::new([]).unwrap());

fuzz_target!(|bytes: &[u8]| {
    let _ = Foreign::read(bytes, 20.0, |_| ());
    let _ = verify(&PRESS, bytes);
});
