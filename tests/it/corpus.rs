//! Genuine documents: each renders, and nothing of it is lost.

use crate::genuine;
use crate::pages::{missing, rendered};
use masthead::{Press, Profile};

#[test]
#[ignore = "needs genuine documents (MASTHEAD_CORPUS)"]
fn genuine_documents_render_completely() {
    let press = Press::new([]).unwrap();
    for path in genuine::files(&["corpus"], &["document.yaml"]) {
        let path = path.to_str().unwrap();
        let rendition = rendered(&press, path);
        assert_eq!(missing(&rendition), None, "{path}");
        assert!(rendition.pdf(Profile::Archive).is_ok(), "{path}");
    }
}
