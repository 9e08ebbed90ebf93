//! The built-in templates (`templates/`).

macro_rules! templates {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../templates/", $path)))),*]
    };
}

/// Every file of the templates, by its path within them.
pub(super) const TEMPLATES: &[(&str, &[u8])] = templates![
    "main.typ",
    "lib.typ",
    "tokens.typ",
    "item.typ",
    "part.typ",
    "locale.typ",
    "styling.typ",
    "documents/official.typ",
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

    fn files(folder: &Path, list: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, list);
            } else if path.extension().is_some_and(|ending| ending == "typ" || ending == "svg") {
                list.push(path.strip_prefix("templates").unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }

    #[test]
    fn every_file_of_the_folder_is_inside_the_program() {
        let mut found = Vec::new();
        files(Path::new("templates"), &mut found);
        found.sort();
        let mut inside: Vec<&str> = TEMPLATES.iter().map(|(path, _)| *path).collect();
        inside.sort_unstable();
        assert_eq!(found, inside);
    }
}
