//! The files of the package.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

use super::world::{Package, own_name, root};

fn sources(folder: &Path, list: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, list);
        } else if path.extension().is_some_and(|ending| ending == "typ") {
            list.push(path);
        }
    }
}

#[test]
fn lines_have_up_to_100_characters() {
    let mut list = Vec::new();
    sources(&root(), &mut list);
    assert!(list.len() > 25);
    for path in list {
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            assert!(line.chars().count() <= 100, "{}:{}", path.display(), number + 1);
        }
    }
}

#[test]
fn the_package_is_complete() {
    let manifest: toml::Table = fs::read_to_string(root().join("typst.toml")).unwrap().parse().unwrap();
    let (package, template) = (&manifest["package"], &manifest["template"]);
    let text = |table: &toml::Value, name: &str| table[name].as_str().unwrap().to_owned();
    assert_eq!(text(package, "version"), env!("CARGO_PKG_VERSION"));
    assert_eq!(text(package, "license"), env!("CARGO_PKG_LICENSE"));
    let starter = Path::new(&text(template, "path")).join(text(template, "entrypoint"));
    let thumbnail = text(template, "thumbnail");
    for file in ["README.md", &text(package, "entrypoint"), starter.to_str().unwrap(), &thumbnail] {
        assert!(root().join(file).is_file(), "{file}");
    }
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let own = fs::read_to_string(root().join(licence)).unwrap();
        assert_eq!(own, fs::read_to_string(root().parent().unwrap().join(licence)).unwrap(), "{licence}");
    }
    let import = format!("#import \"{}\": ", own_name());
    for document in [root().join(starter), root().join("README.md"), root().join("../docs/typst-package.md")] {
        assert!(fs::read_to_string(&document).unwrap().contains(&import), "{}", document.display());
    }
}

#[test]
fn documents_in_the_documentation_have_pages() {
    let block = Regex::new(r"(?s)```typst\n(#import.*?)```").unwrap();
    let package = Package::with_fonts("fonts");
    for page in ["README.md", "docs/typst-package.md", "templates/README.md"] {
        let text = fs::read_to_string(root().join("..").join(page)).unwrap();
        let documents: Vec<_> = block.captures_iter(&text).map(|hit| hit[1].to_owned()).collect();
        assert!(!documents.is_empty(), "{page}");
        documents.iter().for_each(|document| drop(package.pages(document)));
    }
}

/// Page 1 of the starter. Colours may differ by what other processors round.
#[test]
fn the_thumbnail_is_page_1_of_the_starter() {
    const DOTS_PER_POINT: f64 = 1.5;
    let text = fs::read_to_string(root().join("starter/main.typ")).unwrap();
    let pages = Package::with_fonts("fonts").pages(&text);
    let options = typst_render::RenderOptions { pixel_per_pt: DOTS_PER_POINT.into(), ..Default::default() };
    let drawn = typst_render::render(&pages.pages()[0], &options);
    let path = root().join("thumbnail.png");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, drawn.encode_png().unwrap()).unwrap();
    }
    let written = image::open(&path).unwrap().to_rgba8();
    assert_eq!((written.width(), written.height()), (drawn.width(), drawn.height()));
    let differ = written.as_raw().iter().zip(drawn.data()).filter(|(one, other)| one.abs_diff(**other) > 8).count();
    assert!(differ * 1000 < drawn.data().len(), "the thumbnail is not page 1; UPDATE=1 writes it anew");
    assert!(written.width().max(written.height()) >= 1080);
}

/// The table of the fields and the list of the blocks in docs/typst-package.md.
#[test]
fn fields_and_blocks_are_documented() {
    let package = Package::with_fonts("fonts");
    let rows = package.said(
        "#import \"authoring/fields.typ\": fields",
        r#"fields.pairs().map(((name, field)) => {
            let default = if "default" not in field { "required" } else { "`" + repr(field.default) + "`" }
            let types = field.types.map(repr).join(", ")
            "| `" + name + "` | " + types + " | " + default + " | " + field.says + " | `" + field.example + "` |\n"
        }).join()"#,
    );
    let path = root().join("../docs/typst-package.md");
    let page = fs::read_to_string(&path).unwrap();
    let head = "| field | type | default | what it is | example |\n|---|---|---|---|---|\n";
    let (before, after) = page.split_once(head).unwrap();
    let rest = &after[after.find("\n\n").unwrap() + 1..];
    let wanted = format!("{before}{head}{rows}{rest}");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    assert!(written == wanted, "docs/typst-package.md has other fields; UPDATE=1 writes it anew");
    let exported = package.said("#import \"lib.typ\"", "dictionary(lib).keys().join(\" \")");
    let exported: BTreeSet<&str> = exported.split(' ').collect();
    assert!(exported.len() > 10, "{exported:?}");
    for name in exported {
        assert!(written.contains(&format!("`{name}`")) || written.contains(&format!("`#{name}")), "{name}");
    }
}
