//! The input of the engine for a document, and its output.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use typst::diag::SourceDiagnostic;
use typst::foundations::Bytes;
use typst::syntax::FileId;
use typst::utils::hash128;

use super::plan::Plan;
use super::repair::repaired;
use super::world::{DocumentWorld, file_id};
use super::{Pages, Press, codes};
use crate::picture::{Kind, Pictures};
use crate::prepare::Prepared;

/// The data that the templates receive besides their tokens.
#[derive(Serialize)]
pub(super) struct Data<'d> {
    plan: &'d Plan<'d>,
    emblem: Option<String>,
    /// The extensions in the paths of pictures, by which the engine recognises their types.
    endings: &'d BTreeMap<String, &'static str>,
    barcode: bool,
    code: bool,
    /// Whether only page 1 is set, with room for the setter.
    slot: bool,
}

impl<'d> Data<'d> {
    pub fn new(plan: &'d Plan, drawings: &'d Drawings, slot: bool) -> Self {
        let path = |name: &String| of_user(name, drawings.endings.get(name).copied().unwrap_or_default());
        let emblem = plan.masthead.emblem.as_ref().map(path);
        Self { plan, emblem, endings: &drawings.endings, barcode: drawings.barcode, code: drawings.code, slot }
    }

    pub fn to_json(&self) -> Result<Vec<u8>, String> {
        serde_json::to_vec(self).map_err(|error| error.to_string())
    }
}

/// The pictures and codes of a document, as files that the templates find.
pub(super) struct Drawings {
    files: HashMap<FileId, Bytes>,
    endings: BTreeMap<String, &'static str>,
    pub barcode: bool,
    pub code: bool,
}

impl Drawings {
    /// Returns a digest of the pictures. The codes follow from the document.
    pub fn digest(&self) -> u128 {
        let picture = |(name, ending): (&String, &&str)| self.files.get(&named(&of_user(name, ending)).ok()?);
        hash128(&self.endings.iter().map(|entry| (entry.0, picture(entry))).collect::<Vec<_>>())
    }
}

pub(super) fn drawings(prepared: &Prepared, pictures: &Pictures) -> Result<Drawings, String> {
    let mut files = HashMap::new();
    let mut add = |path: String, data: Vec<u8>| {
        files.insert(named(&path)?, Bytes::new(data));
        Ok::<(), String>(())
    };
    let endings: BTreeMap<_, _> = pictures.iter().map(|(name, data)| (name.clone(), Kind::of(data).ending())).collect();
    for (name, ending) in &endings {
        add(of_user(name, ending), pictures[name].clone())?;
    }
    let barcode = prepared.foot.barcode.as_deref().and_then(codes::barcode);
    let code = codes::qr(&prepared.foot.address);
    let (has_barcode, has_code) = (barcode.is_some(), code.is_some());
    for (path, drawing) in [("codes/barcode.svg", barcode), ("codes/qr.svg", code)] {
        if let Some(drawing) = drawing {
            add(path.to_owned(), drawing.into_bytes())?;
        }
    }
    Ok(Drawings { files, endings, barcode: has_barcode, code: has_code })
}

/// Returns the path of a picture.
fn of_user(name: &str, ending: &str) -> String {
    format!("user/{name}{ending}")
}

fn named(path: &str) -> Result<FileId, String> {
    file_id(path).ok_or_else(|| format!("“{path}” is not a path within the document"))
}

/// Has the engine set its input, which is JSON, and repairs the pages.
pub(super) fn compiled(press: &Press, data: Vec<u8>, drawings: &Drawings) -> Result<Pages, String> {
    let mut files = drawings.files.clone();
    files.insert(named("data.json")?, Bytes::new(data));
    let world = DocumentWorld { stock: &press.stock, main: named("main.typ")?, files };
    typst::compile(&world).output.map(|set| repaired(Pages::of(set))).map_err(|errors| sentences(&errors))
}

/// Returns the engine's messages as sentences.
pub(super) fn sentences(errors: &[SourceDiagnostic]) -> String {
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
