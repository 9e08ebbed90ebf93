//! The cost of drawing pages, calculated before anything is drawn: forms, patterns, soft masks and letters
//! made of forms count as often as they are used, so that a few bytes that refer to each other repeatedly count
//! with their real cost.

use std::collections::HashMap;

use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::dashes::Dashes;
use super::{Refused, depth, streams};

/// The maximum number of bytes of operators and images for a page.
const MOST: u64 = 256 << 20;
/// The maximum for all pages.
const MOST_IN_ALL: u64 = 4 << 30;
/// The maximum number of pixels of a page and of all pages: A0 at 150 per inch, 400 A4 pages at 96 per inch.
const MOST_PIXELS: f64 = 40e6;
const MOST_PIXELS_IN_ALL: f64 = 400e6;
/// The bytes that the reader needs for a dash of a line.
const DASH: u64 = 64;
/// The maximum nesting of forms; the reader goes no deeper than 50.
const DEEPEST: usize = 50;

/// Checks the cost of drawing the pages, and their size at `ppi` pixels per inch.
pub(crate) fn check(pdf: &Pdf, ppi: f64) -> Result<(), Refused> {
    let (mut pixels, mut cost) = (0.0, 0_u64);
    for (index, page) in pdf.pages().iter().enumerate() {
        let number = index + 1;
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let own = width * height * (ppi / 72.0).powi(2);
        // NaN is too large, too; the reader counts the pixels of a side in sixteen bits.
        if !(own <= MOST_PIXELS && width.max(height) * ppi / 72.0 < f64::from(u16::MAX)) {
            let message = format!(
                "page {number} measures {width:.0} × {height:.0} points: over {:.0} million pixels at {ppi} per inch",
                MOST_PIXELS / 1e6
            );
            return Err(Refused::new("pdf-page-too-large", message));
        }
        pixels += own;
        cost = cost.saturating_add(of_page(page).map_err(|refused| refused.on_page(number))?);
        if pixels > MOST_PIXELS_IN_ALL {
            let message = format!(
                "its pages have more than {:.0} million pixels in total at {ppi} per inch",
                MOST_PIXELS_IN_ALL / 1e6
            );
            return Err(Refused::new("pdf-too-many-pages", message));
        }
        if cost > MOST_IN_ALL {
            return Err(too_much(MOST_IN_ALL));
        }
    }
    Ok(())
}

fn too_much(limit: u64) -> Refused {
    let message = format!("it draws more than {} MiB of operators and images", limit >> 20);
    Refused::new("pdf-drawing-too-large", message)
}

fn of_page(page: &Page) -> Result<u64, Refused> {
    let mut meter = Meter::default();
    // The reader joins all streams of a page before it begins.
    let parts: Vec<Stream> = match page.raw().get::<Stream>("Contents") {
        Some(stream) => vec![stream],
        None => page.raw().get::<Array>("Contents").iter().flat_map(|list| list.iter::<Stream>()).collect(),
    };
    let mut content = Vec::new();
    for stream in &parts {
        content.extend(streams::unpacked(stream)?.unwrap_or_default());
        content.push(b' ');
        if content.len() as u64 > MOST {
            return Err(too_much(MOST));
        }
    }
    let mut cost = meter.content(&content, page.resources())?;
    let annotations = page.raw().get::<Array>("Annots");
    for annotation in annotations.iter().flat_map(|list| list.iter::<Dict>()) {
        let Some(looks) = annotation.get::<Dict>("AP") else { continue };
        if let Some(form) = looks.get::<Stream>("N") {
            let more = meter.drawn(&form, page.resources())?;
            cost = meter.within(cost, more)?;
        } else if let Some(states) = looks.get::<Dict>("N") {
            for (name, _) in states.entries() {
                if let Some(form) = states.get::<Stream>(name.as_ref()) {
                    let more = meter.drawn(&form, page.resources())?;
                    cost = meter.within(cost, more)?;
                }
            }
        }
    }
    Ok(cost)
}

/// What is known about the forms of a page.
#[derive(Default)]
struct Meter {
    costs: HashMap<ObjectIdentifier, u64>,
    open: Vec<ObjectIdentifier>,
}

impl Meter {
    /// Adds to a sum, which must stay within the limit.
    fn within(&self, cost: u64, more: u64) -> Result<u64, Refused> {
        let sum = cost.saturating_add(more);
        if sum > MOST { Err(too_much(MOST)) } else { Ok(sum) }
    }

    /// Returns the cost of executing operators, each of them at least a byte.
    fn content(&mut self, content: &[u8], resources: &Resources) -> Result<u64, Refused> {
        depth::check_operators(content)?;
        let mut cost = content.len() as u64;
        // The cost of a letter of the font, if its letters are forms.
        let mut letter = 0;
        let mut dashes = Dashes::default();
        let mut operators = UntypedIter::new(content);
        while let Some(operator) = operators.next() {
            let operands: Vec<&Object> = operator.operands().collect();
            let dashed = dashes.of(operator.operator, &operands).saturating_mul(DASH);
            cost = self.within(cost, dashed)?;
            let name = operands.into_iter().find_map(|operand| match operand {
                Object::Name(name) => Some(name),
                _ => None,
            });
            let more = match (&**operator.operator, name) {
                (b"Do", Some(name)) => match resources.get_x_object(name) {
                    Some(object) => self.drawn(&object, resources)?,
                    None => 0,
                },
                (b"scn" | b"SCN", Some(name)) => match resources.get_pattern(name) {
                    Some(Object::Stream(pattern)) => self.drawn(&pattern, resources)?,
                    _ => 0,
                },
                (b"gs", Some(name)) => {
                    let mask = resources.get_ext_g_state(name).and_then(|state| state.get::<Dict>("SMask"));
                    match mask.and_then(|mask| mask.get::<Stream>("G")) {
                        Some(form) => self.drawn(&form, resources)?,
                        None => 0,
                    }
                }
                (b"Tf", Some(name)) => {
                    letter = self.letter(resources.get_font(name), resources)?;
                    0
                }
                (b"Tj" | b"TJ" | b"'" | b"\"", _) if letter > 0 => {
                    let shown: usize = operator.operands().map(letters).sum();
                    letter.saturating_mul(shown as u64)
                }
                _ => 0,
            };
            cost = self.within(cost, more)?;
        }
        Ok(cost)
    }

    /// Returns the cost of the most expensive letter of a font of forms.
    fn letter(&mut self, font: Option<Dict>, resources: &Resources) -> Result<u64, Refused> {
        let mut dearest = 0;
        let Some(forms) = font.as_ref().and_then(|font| font.get::<Dict>("CharProcs")) else { return Ok(0) };
        let own = font.as_ref().and_then(|font| font.get::<Dict>("Resources")).unwrap_or_default();
        let resources = Resources::from_parent(own, resources.clone());
        for name in forms.keys() {
            if let Some(form) = forms.get::<Stream>(name.as_ref()) {
                dearest = dearest.max(self.drawn(&form, &resources)?);
            }
        }
        Ok(dearest)
    }

    /// Returns the cost of drawing a form, a pattern or an image once.
    fn drawn(&mut self, object: &Stream, resources: &Resources) -> Result<u64, Refused> {
        let id = object.obj_id();
        if let Some(known) = self.costs.get(&id) {
            return Ok(*known);
        }
        if self.open.contains(&id) || self.open.len() >= DEEPEST {
            let message = format!("a form draws itself, or more than {DEEPEST} forms are nested");
            return Err(Refused::new("pdf-too-deep", message));
        }
        self.open.push(id);
        let cost = if streams::is_image(object) {
            let mask = ["SMask", "Mask"].iter().find_map(|name| object.dict().get::<Stream>(*name));
            let mask = mask.map_or(Ok(0), |mask| streams::image_bytes(&mask))?;
            streams::image_bytes(object)?.saturating_add(mask)
        } else {
            let content = streams::unpacked(object)?.unwrap_or_default();
            let own = object.dict().get::<Dict>("Resources").unwrap_or_default();
            self.content(&content, &Resources::from_parent(own, resources.clone()))?
        };
        self.open.pop();
        self.costs.insert(id, cost);
        Ok(cost)
    }
}

/// Returns the maximum number of letters that an operand shows.
fn letters(operand: &Object) -> usize {
    match operand {
        Object::String(text) => text.as_bytes().len(),
        Object::Array(list) => list.data().len(),
        _ => 0,
    }
}
