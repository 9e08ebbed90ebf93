//! Any bytes as a picture: refused, or set and exported without a panic.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use masthead::diagnostic::Source;
use masthead::picture::sound_picture;
use masthead::{Format, Job, Press, Profile, render};

static PRESS: LazyLock<Press> = LazyLock::new(|| Press::new([]).unwrap());
const FIGURE: &str =
    "symbol: A/77/L.1\nkind: draft-resolution\ndate: 2023-01-02\nbody: [figure: {image: a.svg, description: A}]\n";

fuzz_target!(|bytes: &[u8]| {
    if sound_picture(bytes).is_err() {
        return;
    }
    let source = Source::new("made-up", FIGURE);
    let picture = |_: &str| Ok(bytes.to_vec());
    if let Ok(rendition) = render(&PRESS, &Job::new(&source, Format::Yaml).picture(&picture)) {
        let _ = rendition.pdf(Profile::Archive);
        let _ = rendition.pages.png(20.0);
    }
});
