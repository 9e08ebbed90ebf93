//! For tests: genuine documents of the United Nations, which the repository does not contain. They are in the folder
//! `MASTHEAD_CORPUS`, else in `../shared`. Tests that read them are ignored; `cargo test -- --ignored genuine` runs
//! them, and they fail where there are none.

use std::path::{Path, PathBuf};

/// The files below the folders of that name whose names end in one of the endings, in order.
pub fn files(folders: &[&str], endings: &[&str]) -> Vec<PathBuf> {
    let root = std::env::var_os("MASTHEAD_CORPUS").map_or_else(beside_the_repository, PathBuf::from);
    let wanted = |path: &PathBuf| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending));
    let mut list = Vec::new();
    for folder in folders.iter().map(|name| root.join(name)) {
        assert!(
            folder.is_dir(),
            "{} is not here; give the folder of genuine documents: MASTHEAD_CORPUS=DIR",
            folder.display()
        );
        let entries = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().map(Result::unwrap);
        let before = list.len();
        list.extend(entries.map(walkdir::DirEntry::into_path).filter(wanted));
        assert!(list.len() > before, "{} has no files in {endings:?}", folder.display());
    }
    list
}

/// The folder "shared" beside the repository: that of the lock file, whichever package has the test.
fn beside_the_repository() -> PathBuf {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let top = folders.find(|folder| folder.join("Cargo.lock").is_file());
    top.map(|top| top.join("../shared")).unwrap_or_default()
}
