//! One comemo in the lock file: with a second one `evict` would free nothing (docs/engine.md#one-version), and
//! the typst crates are of one version.

#[test]
fn the_lock_file_has_one_comemo_and_one_typst() {
    let lock = std::fs::read_to_string("Cargo.lock").unwrap();
    let versions = |name: &str| -> Vec<&str> {
        let head = format!("name = \"{name}\"\n");
        lock.split("[[package]]\n")
            .filter_map(|package| package.strip_prefix(head.as_str())?.lines().next()?.strip_prefix("version = "))
            .collect()
    };
    assert_eq!(versions("comemo"), ["\"0.5.1\""]);
    for name in ["typst", "typst-layout", "typst-library", "typst-pdf", "typst-render", "typst-svg"] {
        assert_eq!(versions(name), ["\"0.15.1\""], "{name}");
    }
}
