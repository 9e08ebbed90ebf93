//! The words of the package are those of the program; `UPDATE=1 cargo test --test it typst_package` writes them anew.

use masthead::model::Language;
use masthead::prepare::words::words;
use serde_json::Value;

use super::world::root;

/// What the package does not print.
const UNUSED: [&str; 4] = ["cited", "moved", "votes", "quotes"];

#[test]
fn words_are_those_of_the_program() {
    for language in Language::ALL {
        let Value::Object(mut table) = serde_json::to_value(words(language)).unwrap() else { panic!() };
        table.retain(|name, value| !UNUSED.contains(&name.as_str()) && !value.is_null());
        let text = serde_json::to_string_pretty(&table).unwrap() + "\n";
        let path = root().join("words").join(format!("{}.json", language.code()));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written == text, "{} is not what the program says; UPDATE=1 writes it anew", path.display());
    }
    let files = std::fs::read_dir(root().join("words")).unwrap().count();
    assert_eq!(files, Language::ALL.len());
}
