//! The built-in templates (`templates/`).

macro_rules! templates {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../templates/", $path)))),*]
    };
}

/// Every file of the templates that the program uses, by its path within them.
pub(super) const TEMPLATES: &[(&str, &[u8])] = templates![
    "main.typ",
    "tokens.typ",
    "item.typ",
    "part.typ",
    "locale.typ",
    "styling.typ",
    "documents/official.typ",
    "documents/pages.typ",
    "components/closing.typ",
    "components/foot.typ",
    "components/landscape.typ",
    "components/masthead.typ",
    "components/notes.typ",
    "components/running.typ",
    "components/runs.typ",
    "components/session.typ",
    "components/table.typ",
    "assets/emblem.svg",
    "assets/recycle.svg",
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// What only those use who write documents in Typst.
    const OUTSIDE: [&str; 4] = ["authoring/", "examples/", "starter/", "lib.typ"];

    fn files(folder: &Path, list: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, list);
            } else if path.extension().is_some_and(|ending| ending == "typ" || ending == "svg") {
                list.push(path.strip_prefix("../templates").unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }

    #[test]
    fn every_file_that_the_program_uses_is_inside_it() {
        let mut found = Vec::new();
        files(Path::new("../templates"), &mut found);
        found.retain(|path| !OUTSIDE.iter().any(|outside| path.starts_with(outside)));
        found.sort();
        let mut inside: Vec<&str> = TEMPLATES.iter().map(|(path, _)| *path).collect();
        inside.sort_unstable();
        assert_eq!(found, inside);
    }
}
