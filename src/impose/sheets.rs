//! Sheets of paper with forms on them.

use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::order::{Duplex, Layout, Side};
use super::source::{Form, Source};
use super::{Imposition, Paper};
use crate::digest::sha256;

/// The standard of a file for the press and its printing condition.
#[derive(Clone, PartialEq)]
struct Standard {
    name: Vec<u8>,
    profile: Vec<u8>,
}

/// The pages of all files, in one file.
#[derive(Default)]
pub(super) struct Sheets {
    file: Document,
    pages: Vec<Form>,
    /// The standard that all files have so far; `None` before the first.
    standard: Option<Option<Standard>>,
    /// Output intents, metadata and information of the first file.
    kept: Kept,
}

#[derive(Default)]
struct Kept {
    intents: Option<Object>,
    metadata: Option<Object>,
    info: Option<Object>,
}

impl Sheets {
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Adds the pages of a file.
    pub fn add(&mut self, source: Source) -> Result<(), String> {
        let Source { mut file, mut pages, .. } = source;
        // Renumbering changes the forms' numbers by the same amount, which a marked list shows.
        let marks: Vec<Object> = pages.iter().map(|page| Object::Reference(page.id)).collect();
        file.trailer.set("Forms", marks);
        // What only pages have is left out with them.
        if let Ok(catalogue) = file.catalog_mut() {
            for name in
                [&b"Pages"[..], b"Outlines", b"Names", b"Dests", b"StructTreeRoot", b"AcroForm", b"PieceInfo", b"AF"]
            {
                catalogue.remove(name);
            }
        }
        file.prune_objects();
        file.renumber_objects_with(self.file.max_id + 1);
        let forms = file.trailer.remove(b"Forms").ok_or("its pages are lost")?;
        let forms = forms.as_array().map_err(|error| error.to_string())?;
        for (page, form) in pages.iter_mut().zip(forms) {
            page.id = form.as_reference().map_err(|error| error.to_string())?;
        }
        let standard = standard(&file);
        if self.standard.is_none() {
            let catalogue = file.catalog().ok();
            let entry = |name: &[u8]| catalogue.and_then(|it| it.get(name).ok()).cloned();
            self.kept = Kept {
                intents: entry(b"OutputIntents"),
                metadata: entry(b"Metadata"),
                info: file.trailer.get(b"Info").ok().cloned(),
            };
            self.standard = Some(standard);
        } else if self.standard.as_ref() != Some(&standard) {
            self.standard = Some(None);
        }
        self.file.max_id = file.max_id;
        self.file.objects.extend(file.objects);
        self.pages.extend(pages);
        Ok(())
    }

    /// Returns the file of the sheets, and the factor by which the pages are scaled.
    pub fn written(mut self, sides: &[Side], paper: Paper, how: &Imposition) -> Result<(Vec<u8>, f64), String> {
        let [height, width] = paper.sides;
        let fits = |page: &Form| (width / 2.0 / page.size[0]).min(height / page.size[1]);
        // A hundredth more or less is what two formats of the same name differ by.
        let scale = self.pages.iter().map(fits).fold(1.0, f64::min);
        let scale = if scale > 0.999 { 1.0 } else { scale };
        let tree = self.file.new_object_id();
        let mut kids = Vec::with_capacity(sides.len());
        for side in sides {
            kids.push(Object::Reference(self.sheet(side, (tree, [width, height]), scale, how)?));
        }
        let count = i64::try_from(kids.len()).map_err(|error| error.to_string())?;
        self.file.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
        let mut catalogue = dictionary! { "Type" => "Catalog", "Pages" => tree };
        self.file.trailer = Dictionary::new();
        if let Some(Some(_)) = self.standard {
            for (name, kept) in [("OutputIntents", self.kept.intents), ("Metadata", self.kept.metadata)] {
                if let Some(kept) = kept {
                    catalogue.set(name, kept);
                }
            }
            if let Some(info) = self.kept.info {
                self.file.trailer.set("Info", info);
            }
        }
        let root = self.file.add_object(catalogue);
        self.file.trailer.set("Root", root);
        self.file.version = "1.6".to_owned();
        self.file.prune_objects();
        self.file.renumber_objects();
        let mut bytes = Vec::new();
        self.file.save_to(&mut bytes).map_err(|error| error.to_string())?;
        // The identifier comes from everything else.
        let id = Object::String(sha256([&bytes]).into_bytes()[..32].to_vec(), StringFormat::Literal);
        self.file.trailer.set("ID", vec![id.clone(), id]);
        let mut bytes = Vec::new();
        self.file.save_to(&mut bytes).map_err(|error| error.to_string())?;
        Ok((bytes, scale))
    }

    fn sheet(
        &mut self,
        side: &Side,
        (tree, [width, height]): (ObjectId, [f64; 2]),
        scale: f64,
        how: &Imposition,
    ) -> Result<ObjectId, String> {
        let mut drawn = String::new();
        let mut forms = Dictionary::new();
        if side.is_back && how.duplex == Duplex::LongEdge && how.layout != Layout::TwoUp {
            // Writing to a string cannot fail.
            let _ = writeln!(drawn, "-1 0 0 -1 {width:.3} {height:.3} cm");
        }
        let half = width / 2.0;
        for (cell, page) in side.pages.iter().enumerate() {
            let Some(page) = page.and_then(|index| self.pages.get(index)) else { continue };
            let left = half * cell as f64;
            let spare = half - page.size[0] * scale;
            let (sheet, sheets) = side.depth;
            let creep = how.creep * sheet as f64 / (sheets.max(2) - 1) as f64;
            // Pages of booklets lie at the fold, where creep moves them beyond it: what crosses it is cut off.
            let x = match (how.layout, cell) {
                (Layout::TwoUp, _) => left + spare / 2.0,
                (_, 0) => left + spare + creep,
                _ => left - creep,
            };
            let y = (height - page.size[1] * scale) / 2.0;
            let name = format!("P{cell}");
            let _ = writeln!(
                drawn,
                "q {left:.3} 0 {half:.3} {height:.3} re W n {scale:.6} 0 0 {scale:.6} {x:.3} {y:.3} cm /{name} Do Q"
            );
            forms.set(name, page.id);
        }
        let mut content = Stream::new(Dictionary::new(), drawn.into_bytes());
        content.compress().map_err(|error| error.to_string())?;
        let content = self.file.add_object(content);
        let area = || [0.0, 0.0, width, height].map(|side| Object::Real(side as f32)).to_vec();
        Ok(self.file.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => area(),
            "BleedBox" => area(),
            "TrimBox" => area(),
            "Resources" => dictionary! { "XObject" => forms },
            "Contents" => content,
        }))
    }
}

/// Returns the PDF/X standard that a file claims, with its printing condition.
fn standard(file: &Document) -> Option<Standard> {
    let info = file.trailer.get_deref(b"Info", file).and_then(Object::as_dict).ok()?;
    let name = info.get(b"GTS_PDFXVersion").and_then(Object::as_str).ok()?.to_vec();
    let intents = file.catalog().and_then(|it| it.get_deref(b"OutputIntents", file)).and_then(Object::as_array).ok()?;
    let intent = file.dereference(intents.first()?).ok()?.1.as_dict().ok()?;
    let profile = intent.get_deref(b"DestOutputProfile", file).and_then(Object::as_stream).ok()?;
    Some(Standard { name, profile: profile.content.clone() })
}
