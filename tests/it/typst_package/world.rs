//! The world of somebody who has only the package and its fonts.

use std::path::{Path, PathBuf};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, PicoStr};
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")
}

/// The package, with the fonts of a folder.
pub struct Package {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

/// A document of somebody. Its project has the files of the package at its root, for tests of these.
struct Project<'p> {
    package: &'p Package,
    main: Source,
}

impl Package {
    pub fn with_fonts(folder: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .collect();
        files.sort();
        let is_font = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "ttf" || ending == "otf");
        let fonts: Vec<Font> = files
            .iter()
            .filter(is_font)
            .flat_map(|path| Font::iter(Bytes::new(std::fs::read(path).unwrap())).collect::<Vec<_>>())
            .collect();
        assert!(!fonts.is_empty());
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self { library: LazyHash::new(Library::default()), book, fonts }
    }

    /// The pages of a document and the warnings about it, or what is wrong.
    pub fn compiled(&self, text: &str) -> Result<(PagedDocument, Vec<String>), String> {
        let main = RootedPath::new(VirtualRoot::Project, VirtualPath::new("own.typ").unwrap()).intern();
        let project = Project { package: self, main: Source::new(main, text.to_owned()) };
        let compiled = typst::compile::<PagedDocument>(&project);
        let warnings = compiled.warnings.iter().map(|warning| warning.message.to_string()).collect();
        match compiled.output {
            Ok(document) => Ok((document, warnings)),
            Err(errors) => Err(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("\n")),
        }
    }

    /// The pages of a document about which there are no warnings.
    pub fn pages(&self, text: &str) -> PagedDocument {
        let (pages, warnings) = self.compiled(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(warnings, [] as [String; 0], "{text}");
        pages
    }

    /// What the files of the package say: the text of an expression.
    pub fn said(&self, imports: &str, expression: &str) -> String {
        let pages = self.pages(&format!("{imports}\n#metadata({expression}) <said>"));
        let label = Label::new(PicoStr::intern("said")).unwrap();
        let found = pages.introspector().query_first(&Selector::Label(label)).unwrap();
        match &found.to_packed::<MetadataElem>().unwrap().value {
            Value::Str(text) => text.to_string(),
            other => panic!("{expression} is {other:?}"),
        }
    }
}

impl World for Project<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.package.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.package.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        let text = self.file(id)?;
        Ok(Source::new(id, String::from_utf8(text.to_vec()).unwrap()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get();
        let ours = match path.root() {
            VirtualRoot::Project => true,
            VirtualRoot::Package(package) => package.to_string() == own_name(),
        };
        let file = root().join(path.vpath().get_without_slash());
        let data = std::fs::read(&file).ok().filter(|_| ours);
        data.map(Bytes::new).ok_or(FileError::NotFound(file))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.package.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The name under which documents import the package.
pub fn own_name() -> String {
    format!("@preview/masthead:{}", env!("CARGO_PKG_VERSION"))
}

/// A piece of text: its page, from 1, the start of its baseline, and its characters.
pub struct Piece {
    pub page: usize,
    pub x: f64,
    pub y: f64,
    pub text: String,
}

/// Every piece of text on the pages.
pub fn pieces(document: &PagedDocument) -> Vec<Piece> {
    fn walk(frame: &Frame, page: usize, to_page: Transform, list: &mut Vec<Piece>) {
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let moved = to_page.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                    walk(&group.frame, page, moved, list);
                }
                FrameItem::Text(text) => {
                    let Point { x, y } = at.transform(to_page);
                    list.push(Piece { page, x: x.to_pt(), y: y.to_pt(), text: text.text.to_string() });
                }
                _ => {}
            }
        }
    }
    let mut list = Vec::new();
    for (index, page) in document.pages().iter().enumerate() {
        walk(&page.frame, index + 1, Transform::identity(), &mut list);
    }
    list
}
