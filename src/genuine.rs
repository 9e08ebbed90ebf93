//! For tests: genuine documents of the United Nations, which the repository does not contain. They are in the folder
//! `MASTHEAD_CORPUS`, else in `../shared`. Tests that read them are ignored; `cargo test -- --ignored genuine` runs
//! them, and they fail where there are none.

use std::path::{Path, PathBuf};

/// The files below the folders of that name whose paths are `wanted`, in order.
pub fn files(folders: &[&str], wanted: fn(&Path) -> bool) -> Vec<PathBuf> {
    let root = std::env::var_os("MASTHEAD_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let mut list = Vec::new();
    for folder in folders.iter().map(|name| root.join(name)) {
        assert!(
            folder.is_dir(),
            "{} is not here; give the folder of genuine documents: MASTHEAD_CORPUS=DIR",
            folder.display()
        );
        let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
        let before = list.len();
        list.extend(entries.map(walkdir::DirEntry::into_path).filter(|path| wanted(path)));
        assert!(list.len() > before, "{} has no such files", root.display());
    }
    list
}

/// An AKN4UN file.
pub fn is_xml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "xml")
}

/// A document as YAML.
pub fn is_document(path: &Path) -> bool {
    path.ends_with("document.yaml")
}
