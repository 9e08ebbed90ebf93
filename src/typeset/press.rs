//! The press: library, templates and fonts, built once and shared by all documents.

use std::sync::OnceLock;

use std::collections::HashMap;

use typst::foundations::{Bytes, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::Abs;
use typst::syntax::Source;
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::{LazyHash, PicoStr, version};
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;

use super::faces::{FACES, FaceId, other_scripts};
use super::measures::Measures;
use super::plan::{Unreached, unreached};
use super::tables;
use super::templates::TEMPLATES;
use super::world::{DocumentWorld, Stock, file_id};
use crate::digest::sha256_of_list;
use crate::error::Error;
use crate::model::Edition;
use crate::prepare::Prepared;

/// Library, templates and fonts. Build one per process and share it between threads; it never changes.
///
/// # Memory
///
/// The engine keeps what it has computed in a memory of its own, one for the whole process, and uses it again for later
/// documents. After every document, the press has the engine forget what the last five documents did not use
/// (`comemo::evict(5)`), so that the memory of a process stays the same however many documents it renders.
///
/// A process that also uses the engine itself, through the typst crates of the same version, has this one memory for both:
/// whenever the press renders a document, what that process has computed grows older by one document, and is computed
/// again if it is needed after it was forgotten. Nothing else changes. Such a process may decide itself when what is
/// forgotten: see [`Press::keep_for`].
pub struct Press {
    pub(super) stock: Stock,
    pub(super) measures: Measures,
    /// Those that the composer shapes with, by their numbers.
    faces: Vec<FontInstance>,
    more_fonts: Option<String>,
    fingerprint: OnceLock<String>,
    /// For how many documents the engine keeps what it has computed; `None` if the process forgets it itself.
    pub(super) kept_for: Option<usize>,
}

/// For how many documents the engine keeps its results by default (docs/engine.md#time-and-memory).
const KEPT_FOR: usize = 5;

impl Press {
    /// Builds a press with the program's fonts and those of the given files, which are used for
    /// characters that the program's fonts do not cover.
    ///
    /// # Errors
    ///
    /// Returns a sentence if the program's own templates have an error.
    pub fn new(more_fonts: impl IntoIterator<Item = Vec<u8>>) -> Result<Self, Error> {
        Self::with_templates(more_fonts, |_, data| Bytes::new(data)).map_err(Error::internal)
    }

    /// Sets for how many documents the engine keeps what it has computed, which is five by default. With `None`, it keeps
    /// everything until the process calls `comemo::evict` itself, with the version of comemo that the engine uses.
    ///
    /// ```standalone_crate
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    ///
    /// use masthead::diagnostic::Source;
    /// use masthead::{Format, Job, Press, render};
    ///
    /// static COMPUTED: AtomicUsize = AtomicUsize::new(0);
    ///
    /// #[comemo::memoize] // what another user of the engine keeps there
    /// fn length(text: &str) -> usize {
    ///     COMPUTED.fetch_add(1, Ordering::Relaxed);
    ///     text.len()
    /// }
    ///
    /// let source = Source::new("draft.yaml", "
    /// symbol: A/84/L.901
    /// kind: draft-resolution
    /// date: 2029-10-01
    /// body:
    ///   - enacting: '*The General Assembly*,'
    /// ");
    /// for (kept_for, computed) in [(None, 1), (Some(0), 2)] {
    ///     let press = Press::new([])?.keep_for(kept_for);
    ///     length("a text");
    ///     render(&press, &Job::new(&source, Format::Yaml))?;
    ///     length("a text");
    ///     assert_eq!(COMPUTED.load(Ordering::Relaxed), computed);
    /// }
    /// # Ok::<(), masthead::Error>(())
    /// ```
    pub fn keep_for(self, documents: impl Into<Option<usize>>) -> Self {
        Self { kept_for: documents.into(), ..self }
    }

    /// Builds a press with an edited template, for tests: file, text, replacement.
    #[cfg(test)]
    pub(crate) fn with_edit(path: &str, from: &str, to: &str) -> Result<Self, String> {
        let text = TEMPLATES.iter().find(|(known, _)| *known == path).map_or(&[][..], |(_, data)| data);
        if !String::from_utf8_lossy(text).contains(from) {
            return Err(format!("{path} does not contain “{from}”"));
        }
        Self::with_templates([], |of, data| match of == path {
            true => Bytes::from_string(String::from_utf8_lossy(data).replace(from, to)),
            false => Bytes::new(data),
        })
    }

    fn with_templates(
        more_fonts: impl IntoIterator<Item = Vec<u8>>,
        template: impl Fn(&str, &'static [u8]) -> Bytes,
    ) -> Result<Self, String> {
        let own = FACES.iter().map(|face| face.data).chain(other_scripts()).map(Bytes::new);
        let users: Vec<Bytes> = more_fonts.into_iter().map(Bytes::new).collect();
        let more_fonts = (!users.is_empty()).then(|| sha256_of_list(&users));
        let fonts: Vec<Font> = own.chain(users).flat_map(Font::iter).collect();
        Self::with_fonts(fonts, more_fonts, template)
    }

    fn with_fonts(
        fonts: Vec<Font>,
        more_fonts: Option<String>,
        template: impl Fn(&str, &'static [u8]) -> Bytes,
    ) -> Result<Self, String> {
        let faces = fonts.iter().take(FaceId::COUNT).cloned();
        let instance = |face: Font| face.instantiate(FontVariant::default(), Abs::zero(), &FontVariations::default());
        let faces = faces.map(instance).collect();
        let mut stock = Stock {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            sources: HashMap::new(),
            files: HashMap::new(),
        };
        for (path, data) in TEMPLATES {
            let id = file_id(path).ok_or_else(|| format!("{path} is not a path of a template"))?;
            let data = template(path, data);
            stock.files.insert(id, data.clone());
            if let Ok(text) = std::str::from_utf8(&data)
                && path.ends_with(".typ")
            {
                stock.sources.insert(id, Source::new(id, text.to_owned()));
            }
        }
        let measures = read_measures(&mut stock)?;
        Ok(Self { stock, measures, faces, more_fonts, fingerprint: OnceLock::new(), kept_for: Some(KEPT_FOR) })
    }

    /// Returns the press with an additional face, which is used for characters that no other face has.
    pub(super) fn with_face(&self, face: Vec<u8>) -> Self {
        let fonts: Vec<Font> = self.stock.fonts.iter().cloned().chain(Font::iter(Bytes::new(face))).collect();
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        let (faces, more_fonts) = (self.faces.clone(), self.more_fonts.clone());
        let (stock, fingerprint) = (Stock { book, fonts, ..self.stock.clone() }, OnceLock::new());
        Self { stock, measures: self.measures.clone(), faces, more_fonts, fingerprint, kept_for: self.kept_for }
    }

    /// The first baseline of later pages of an edition, in points from the top edge.
    pub(crate) fn first_baseline(&self, edition: Edition) -> f64 {
        self.measures.page.first_baseline[edition]
    }

    /// Returns the SHA-256 of the fonts that were added to the program's own, if any.
    pub fn more_fonts(&self) -> Option<&str> {
        self.more_fonts.as_deref()
    }

    /// Returns the SHA-256 of everything that this press adds to a document: templates and fonts, and the
    /// versions of masthead and of its engine.
    pub fn fingerprint(&self) -> String {
        let computed = self.fingerprint.get_or_init(|| {
            let mut parts = vec![Bytes::from_string(env!("CARGO_PKG_VERSION")), Bytes::from_string(version().raw())];
            for (path, data) in TEMPLATES {
                parts.extend([Bytes::from_string(*path), Bytes::new(*data)]);
            }
            parts.extend(self.stock.fonts.iter().map(|font| font.data().clone()));
            sha256_of_list(&parts)
        });
        computed.clone()
    }

    /// Returns a face that the composer shapes with.
    pub(super) fn face(&self, face: FaceId) -> Option<&FontInstance> {
        self.faces.get(face.index())
    }

    /// Returns the tables of a document that are too wide for a page, by their numbers, with a sentence each.
    pub(crate) fn too_wide(&self, prepared: &Prepared) -> Vec<(usize, String)> {
        tables::too_wide(prepared, self.measures.of(prepared.language))
    }

    /// The numbers of lines that a document asks for and cannot have.
    pub(crate) fn unreached(&self, prepared: &Prepared) -> Vec<Unreached> {
        unreached(prepared, &self.measures)
    }

    /// Returns the measures of the page, which need no font.
    pub(super) fn measures_alone() -> Result<Measures, String> {
        Self::with_fonts(Vec::new(), None, |_, data| Bytes::new(data)).map(|press| press.measures)
    }

    /// Returns whether some font has the character.
    pub fn covers(&self, c: char) -> bool {
        self.stock.fonts.iter().any(|font| font.info().coverage.contains(c.into()))
    }
}

/// Reads the measures and the design of the page: `plan` in tokens.typ.
fn read_measures(stock: &mut Stock) -> Result<Measures, String> {
    const PROBE: &str = "#import \"tokens.typ\": plan\n#metadata(plan) <plan>";
    let main = file_id("probe.typ").ok_or("no path for the probe")?;
    stock.sources.insert(main, Source::new(main, PROBE.to_owned()));
    let world = DocumentWorld { stock, main, files: HashMap::new() };
    let document =
        typst::compile::<PagedDocument>(&world).output.map_err(|errors| super::engine::sentences(&errors))?;
    let label = Label::new(PicoStr::intern("plan")).ok_or("no label for the probe")?;
    let found = document.introspector().query_first(&Selector::Label(label));
    let content = found.ok_or("tokens.typ has no measures")?;
    let metadata = content.to_packed::<MetadataElem>().ok_or("the probe is not metadata")?;
    let measures = serde_json::from_value(plain(&metadata.value)).map_err(|error| error.to_string());
    measures.and_then(Measures::checked).map_err(|error| format!("measures in tokens.typ: {error}"))
}

/// Converts a value of the templates to data: lengths in points, ratios in parts of one.
fn plain(value: &Value) -> serde_json::Value {
    match value {
        Value::Length(length) => length.abs.to_pt().into(),
        Value::Ratio(ratio) => ratio.get().into(),
        Value::Float(number) => (*number).into(),
        Value::Int(number) => (*number).into(),
        Value::Bool(value) => (*value).into(),
        Value::Str(text) => text.as_str().into(),
        Value::Array(values) => values.iter().map(plain).collect(),
        Value::Dict(entries) => entries.iter().map(|(name, value)| (name.as_str(), plain(value))).collect(),
        _ => serde_json::Value::Null,
    }
}
