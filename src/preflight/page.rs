//! What concerns a page: its boxes, annotations, and the inks of its content.

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Number, Rect};
use hayro_syntax::page::{Page, Rotation};
use serde::Serialize;

use super::content::Walk;
use super::findings::Findings;
use super::paint::Painter;
use super::profile::Profile;

/// What a page is printed with.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PageInks {
    /// The page, from 1.
    pub page: usize,
    /// Width and height after trimming, in points.
    pub size: [f64; 2],
    /// Its inks: black, cyan, magenta, yellow, and spot colours by name.
    pub inks: BTreeSet<String>,
    /// The colour spaces in which it is drawn.
    pub spaces: BTreeSet<&'static str>,
}

pub(super) fn check_all(pdf: &Pdf, profile: &Profile, findings: &mut Findings) -> Vec<PageInks> {
    let mut first: Option<[f64; 2]> = None;
    let mut pages = Vec::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        let number = index + 1;
        let boxes = Boxes::of(page);
        boxes.check(number, profile, findings);
        let size = boxes.size();
        let usual = *first.get_or_insert(size);
        // A landscape page is printed on the same sheet, turned.
        let fits =
            |[width, height]: [f64; 2]| (width - usual[0]).abs() <= TOLERANCE && (height - usual[1]).abs() <= TOLERANCE;
        if !fits(size) && !fits([size[1], size[0]]) {
            let message = format!(
                "the page measures {:.0} × {:.0} pt, page 1 {:.0} × {:.0} pt",
                size[0], size[1], usual[0], usual[1]
            );
            findings.of_page(number, "press-page-size", None, message);
        }
        if !matches!(page.rotation(), Rotation::None) {
            findings.of_page(number, "press-rotation", None, "the page is rotated");
        }
        let unit = page.raw().get::<Number>("UserUnit").map_or(1.0, |unit| unit.as_f64());
        if (unit - 1.0).abs() > 1e-6 {
            findings.of_page(number, "press-user-unit", None, format!("the page is measured in units of {unit} pt"));
        }
        annotations(page, number, &boxes, findings);
        if page.raw().contains_key("AA") {
            findings.of_page(number, "press-action", None, "the page has actions");
        }
        let mut walk = Walk::new(Painter::new(number, [boxes.media.x0, boxes.media.y0], profile, findings));
        walk.page(page);
        let (inks, spaces) = walk.painter().used();
        pages.push(PageInks { page: number, size, inks, spaces });
    }
    pages
}

/// Rounding of programs that write boxes.
const TOLERANCE: f64 = 0.5;

struct Boxes {
    media: Rect,
    bleed: Option<Rect>,
    trim: Option<Rect>,
    /// An ArtBox serves as TrimBox in PDF/X.
    art: Option<Rect>,
}

impl Boxes {
    fn of(page: &Page) -> Self {
        let get = |name: &str| page.raw().get::<Rect>(name);
        Self { media: page.media_box(), bleed: get("BleedBox"), trim: get("TrimBox"), art: get("ArtBox") }
    }

    fn size(&self) -> [f64; 2] {
        let trimmed = self.trim.or(self.art).unwrap_or(self.media);
        [trimmed.x1 - trimmed.x0, trimmed.y1 - trimmed.y0]
    }

    fn check(&self, page: usize, profile: &Profile, findings: &mut Findings) {
        let Some(trim) = self.trim.or(self.art) else {
            findings.of_page(page, "press-trim-box", None, "the page has no TrimBox");
            return;
        };
        if self.trim.is_some() && self.art.is_some() {
            findings.of_page(page, "press-boxes", None, "the page has both a TrimBox and an ArtBox");
        }
        let bleed = self.bleed.unwrap_or(self.media);
        if !within(trim, bleed) {
            findings.of_page(page, "press-boxes", None, "the TrimBox is not within the BleedBox");
        }
        if !within(bleed, self.media) {
            findings.of_page(page, "press-boxes", None, "the BleedBox is not within the MediaBox");
        }
        if trim.x1 - trim.x0 < 1.0 || trim.y1 - trim.y0 < 1.0 {
            findings.of_page(page, "press-boxes", None, "the TrimBox is empty");
        }
        let has = [trim.x0 - bleed.x0, trim.y0 - bleed.y0, bleed.x1 - trim.x1, bleed.y1 - trim.y1];
        let least = has.into_iter().fold(f64::INFINITY, f64::min);
        if least < profile.bleed - 0.01 {
            let message = format!("the bleed is {least:.1} pt, less than {:.1} pt", profile.bleed);
            findings.of_page(page, "press-bleed", None, message);
        }
    }

    /// Returns the area that is printed: annotations outside it are allowed.
    fn printed(&self) -> Rect {
        self.bleed.or(self.trim).unwrap_or(self.media)
    }
}

fn within(inner: Rect, outer: Rect) -> bool {
    inner.x0 >= outer.x0 - TOLERANCE
        && inner.y0 >= outer.y0 - TOLERANCE
        && inner.x1 <= outer.x1 + TOLERANCE
        && inner.y1 <= outer.y1 + TOLERANCE
}

fn annotations(page: &Page, number: usize, boxes: &Boxes, findings: &mut Findings) {
    let printed = boxes.printed();
    let list = page.raw().get::<Array>("Annots");
    for annotation in list.iter().flat_map(|list| list.iter::<Dict>()) {
        let kind = annotation.get::<Name>("Subtype");
        let kind = kind.as_ref().map_or("annotation", Name::as_str);
        if matches!(kind, "PrinterMark" | "TrapNet") {
            continue;
        }
        let place = annotation.get::<Rect>("Rect");
        let outside = place
            .is_some_and(|at| at.x1 < printed.x0 || at.x0 > printed.x1 || at.y1 < printed.y0 || at.y0 > printed.y1);
        if !outside {
            let at = place.map(|at| [at.x0 - boxes.media.x0, at.y0 - boxes.media.y0]);
            findings.of_page(number, "press-annotation", at, format!("an annotation ({kind}) on the page"));
        }
        if let Some(action) = annotation.get::<Dict>("A").and_then(|action| action.get::<Name>("S"))
            && matches!(action.as_ref(), b"JavaScript" | b"Launch" | b"SubmitForm" | b"ResetForm" | b"ImportData")
        {
            findings.of_page(
                number,
                "press-action",
                None,
                format!("an annotation runs an action ({})", action.as_str()),
            );
        }
    }
}
