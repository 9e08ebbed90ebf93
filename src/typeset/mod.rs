//! Stage `typeset`: [`Prepared`] to pages; it decides where everything stands.

mod codes;
mod composer;
mod faces;
mod frames;
mod long_words;
mod picture;
mod press;
mod templates;
mod world;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;
use typst::diag::SourceDiagnostic;
use typst::foundations::Bytes;
use typst::syntax::FileId;
use typst_layout::PagedDocument;

pub use picture::sound_picture;
pub use press::Press;

use crate::prepare::Prepared;
use composer::PageEnds;
use world::{Sheet, file_id};

/// The pages of a document, as the engine has them.
pub type Pages = PagedDocument;

/// The pictures that a document names, by the names it gives them: SVG or PNG files.
pub type Pictures = BTreeMap<String, Vec<u8>>;

/// Who chooses the line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lines {
    /// Our composer, as the official pages have them, where it knows the language.
    #[default]
    Official,
    /// The engine.
    Engine,
}

/// What the templates are given besides their tokens.
#[derive(Serialize)]
struct Data<'d> {
    document: &'d Prepared,
    emblem: Option<String>,
    barcode: bool,
    code: bool,
    /// The blocks that begin pages.
    page_starts: Vec<usize>,
}

/// Sets the pages of a document.
///
/// # Errors
///
/// What the engine says, for instance of a damaged picture.
pub fn typeset(press: &Press, prepared: &Prepared, pictures: &Pictures, lines: Lines) -> Result<Pages, String> {
    let mut opened = prepared.clone();
    long_words::open_long_words(&mut opened);
    let drawings = drawings(&opened, pictures)?;
    let set = |framed: &BTreeSet<usize>| impression(press, &opened, &drawings, lines, framed);
    let guess = frames::first_guess(prepared, &press.measures);
    let pages = set(&guess).and_then(|pages| match frames::better(prepared, &press.measures, &pages, &guess) {
        Some(framed) => set(&framed),
        None => Ok(pages),
    });
    // Also after a failure: what the engine remembers of a document is of no use to the next.
    comemo::evict(EVICT_AFTER);
    pages
}

/// The pictures and codes of a document, as files that the templates find.
struct Drawings {
    files: HashMap<FileId, Bytes>,
    barcode: bool,
    code: bool,
}

fn drawings(prepared: &Prepared, pictures: &Pictures) -> Result<Drawings, String> {
    let mut files = HashMap::new();
    let mut add = |path: String, data: Vec<u8>| {
        files.insert(named(&path)?, Bytes::new(data));
        Ok::<(), String>(())
    };
    for (name, data) in pictures {
        add(format!("user/{name}"), data.clone())?;
    }
    let barcode = prepared.foot.barcode.as_deref().and_then(codes::barcode);
    let code = codes::qr(&prepared.foot.address);
    let (has_barcode, has_code) = (barcode.is_some(), code.is_some());
    for (path, drawing) in [("codes/barcode.svg", barcode), ("codes/qr.svg", code)] {
        if let Some(drawing) = drawing {
            add(path.to_owned(), drawing.into_bytes())?;
        }
    }
    Ok(Drawings { files, barcode: has_barcode, code: has_code })
}

fn named(path: &str) -> Result<FileId, String> {
    file_id(path).ok_or_else(|| format!("“{path}” is not a path within the document"))
}

/// Sets the pages with those notes in the frame of page 1.
fn impression(
    press: &Press,
    prepared: &Prepared,
    drawings: &Drawings,
    lines: Lines,
    framed: &BTreeSet<usize>,
) -> Result<Pages, String> {
    let mut framing = prepared.clone();
    for (index, note) in framing.notes.iter_mut().enumerate() {
        note.framed = framed.contains(&index);
    }
    let mut composed = framing.clone();
    let ends = composer::compose(&mut composed, &press.measures, lines, true);
    let pages = printed(press, &composed, drawings, ends.as_ref())?;
    match ends {
        // Something stands higher than the composer reckoned: the engine ends the pages.
        Some(ends) if ends.pages != pages.pages().len() => {
            composer::compose(&mut framing, &press.measures, lines, false);
            printed(press, &framing, drawings, None)
        }
        _ => Ok(pages),
    }
}

/// Has the engine set a composed document.
fn printed(
    press: &Press,
    composed: &Prepared,
    drawings: &Drawings,
    ends: Option<&PageEnds>,
) -> Result<Pages, String> {
    let data = Data {
        document: composed,
        emblem: composed.masthead.emblem.as_ref().map(|name| format!("user/{name}")),
        barcode: drawings.barcode,
        code: drawings.code,
        page_starts: ends.map_or_else(Vec::new, |ends| ends.blocks.clone()),
    };
    let data = serde_json::to_vec(&data).map_err(|error| error.to_string())?;
    let mut files = drawings.files.clone();
    files.insert(named("data.json")?, Bytes::new(data));
    let sheet = Sheet { press, main: named("main.typ")?, files };
    typst::compile(&sheet).output.map_err(|errors| sentences(&errors))
}

/// How many documents the engine remembers what it has computed (TYPST.md).
const EVICT_AFTER: usize = 5;

fn sentences(errors: &[SourceDiagnostic]) -> String {
    let mut sentences: Vec<String> = Vec::new();
    for error in errors {
        let mut sentence = error.message.to_string();
        for hint in &error.hints {
            sentence.push_str(&format!(" ({})", hint.v));
        }
        sentences.push(sentence);
    }
    sentences.join("; ")
}
