//! Genuine documents, where they are: each renders, and nothing of it is lost.

use std::path::Path;

use crate::pages::{missing, rendered};
use masthead::{Press, Profile};

#[test]
fn genuine_documents_render_completely() {
    let corpus = Path::new("../shared/corpus");
    if !corpus.exists() {
        eprintln!("skipped: ../shared/corpus is not here");
        return;
    }
    let press = Press::new([]).unwrap();
    let mut count = 0;
    for entry in std::fs::read_dir(corpus).unwrap() {
        let path = entry.unwrap().path().join("document.yaml");
        if path.exists() {
            let path = path.to_str().unwrap();
            let rendition = rendered(&press, path);
            assert_eq!(missing(&rendition), None, "{path}");
            assert!(rendition.pdf(Profile::Archive).is_ok(), "{path}");
            count += 1;
        }
    }
    assert!(count > 30, "only {count} documents");
}
