//! Paths: how messages show them, and which of them are the same file.

use std::path::{Component, Path, PathBuf};

/// Returns a path as messages show it: relative to the working directory if it is inside.
pub fn shown(path: &Path) -> PathBuf {
    let here = Path::new(".").canonicalize().ok();
    here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path).to_owned()
}

/// Returns the folder of a file.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."))
}

/// Returns the canonical path of a file, whether it exists or not: two paths of one file give the same result.
/// Links in the path of its folder are followed, but not the file itself if it is a link.
pub fn standing(path: &Path) -> PathBuf {
    let folder = folder_of(path).canonicalize();
    folder.map_or_else(|_| path.to_owned(), |folder| folder.join(path.file_name().unwrap_or_default()))
}

/// Returns the relative path from a folder to a file.
pub(crate) fn way(folder: &Path, file: &Path) -> PathBuf {
    let common = file.components().zip(folder.components()).take_while(|(one, other)| one == other).count();
    // There is no relative path to another drive.
    if common == 0 {
        return file.to_owned();
    }
    let up = folder.components().skip(common).map(|_| Component::ParentDir);
    up.chain(file.components().skip(common)).collect()
}

/// Removes `..` from a path in which no folder is a link.
pub(crate) fn lexical(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_lead_from_a_folder_to_a_file() {
        for (file, folder, wanted) in [
            ("/a/drafts/x.yaml", "/a/out", "../drafts/x.yaml"),
            ("/a/out/x.yaml", "/a/out", "x.yaml"),
            ("/b/x.yaml", "/a/out", "../../b/x.yaml"),
        ] {
            assert_eq!(way(Path::new(folder), Path::new(file)), Path::new(wanted));
            assert_eq!(lexical(&Path::new(folder).join(wanted)), Path::new(file));
        }
    }
}
