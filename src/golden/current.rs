//! The current state of a document: rendered, compared, and in the form of references.

use std::cell::LazyCell;
use std::path::Path;

use image::GrayImage;

use super::align::Pair;
use super::checking::Case;
use super::compare::{Subject, compare_paired, with_pixels};
use super::difference::{Difference, Kind, several};
use super::facts::{self, Facts};
use super::layout::{Bounds, Layout, Page, of_pages};
use super::names::Names;
use super::page_pairs::PagePairs;
use super::pixels::{self, POINTS};
use super::references::{self, Files, References, Rendered};
use super::rules::Rules;
use super::settings::Images;
use super::verdict::{Outcome, PageOutcome, PageState, State};
use crate::export::{self, Profile};
use crate::json;
use crate::render::Rendition;

/// A document as currently rendered.
pub(super) struct Current {
    rendition: Rendition,
    prepared: String,
    names: Names,
    pdf: Vec<u8>,
    profile: Profile,
    sha256: String,
}

impl Current {
    pub(super) fn of(rendition: Rendition, profile: Profile) -> Result<Self, String> {
        let pdf = match profile {
            // A document without a date cannot be archived.
            Profile::Archive => rendition.pdf(profile).or_else(|_| rendition.pdf(Profile::Screen)),
            Profile::Print | Profile::Screen => rendition.pdf(profile),
        };
        let pdf =
            pdf.map_err(|errors| errors.iter().map(|error| error.message.clone()).collect::<Vec<_>>().join("; "))?;
        let prepared = json::pretty(&rendition.prepared).map_err(|error| error.to_string())?;
        let names = Names::new(&rendition.prepared);
        Ok(Self { prepared: prepared + "\n", names, sha256: facts::hash(&pdf), pdf, profile, rendition })
    }

    /// Returns whether the references of a folder are those of an identical PDF file and the same words.
    pub(super) fn unchanged(&self, folder: &Path) -> bool {
        references::unchanged(folder, &self.sha256, &self.prepared, self.rendition.pages.len())
    }

    pub(super) fn same(&self, case: &Case, rules: &Rules) -> Outcome {
        let layout = LazyCell::new(|| of_pages(&self.rendition.pages, &self.names));
        let idle = rules.idle(|mask| mask.covers_any(self.names.all(), || &layout.pages));
        Outcome { idle, ..Outcome::of(case, State::Same) }
    }

    pub(super) fn outcome(self, case: &Case, references: Option<References>, rules: &Rules, images: Images) -> Outcome {
        let same = self.same(case, rules);
        let known = match references {
            Some(References::Rendered(known)) => *known,
            Some(References::Refused(_)) => {
                let message = "the document was refused before and is now rendered";
                let differences = vec![Difference::new(Kind::Findings, "findings", message)];
                return self.with_files(Outcome { state: State::Different, differences, ..same }, images, None);
            }
            None => return self.with_files(Outcome { state: State::New, ..same }, images, None),
        };
        let layout = of_pages(&self.rendition.pages, &self.names);
        let before = Subject { prepared: Some(&known.prepared), layout: &known.layout, facts: Some(&known.facts) };
        let facts = Facts::of(&self.pdf, self.profile);
        // Parsed like the reference: the last digit of a number may change in the process.
        let prepared = match serde_json::from_slice(self.prepared.as_bytes()) {
            Ok(prepared) => prepared,
            Err(error) => return Outcome::broken(case, error.to_string()),
        };
        let after = Subject { prepared: Some(&prepared), layout: &layout, facts: Some(&facts) };
        let pairs = PagePairs::of((&known.layout, &[]), (&layout, &[]));
        let differences = compare_paired(&before, &after, rules, &pairs);
        let pages = match self.pages(&known, &layout, &pairs, rules, images) {
            Ok(pages) => pages,
            Err(message) => return self.with_files(same, images, None).damaged(&message),
        };
        let differences = with_pixels(differences, pages.iter().filter_map(|page| reported(page, &layout)));
        if differences.is_empty() {
            return Outcome { pages: Vec::new(), ..same };
        }
        let mut kept = vec![None; layout.pages.len()];
        for page in pages.iter().filter(|page| page.state != PageState::Removed) {
            kept[page.page - 1] = page.after.as_ref().or(page.before.as_ref()).cloned();
        }
        let outcome = Outcome { state: State::Different, differences, pages, ..same };
        self.with_files(outcome, images, Some((layout, kept)))
    }

    /// Compares every page before and now.
    fn pages(
        &self,
        known: &Rendered,
        layout: &Layout,
        pairs: &PagePairs,
        rules: &Rules,
        images: Images,
    ) -> Result<Vec<PageOutcome>, String> {
        let mut pages = Vec::new();
        for pair in &pairs.pairs {
            let was = pair.before.and_then(|old| known.layout.pages.get(old));
            let is = pair.after.and_then(|new| layout.pages.get(new));
            let before = pair.before.and_then(|old| known.images.get(&old));
            let mut page = PageOutcome { before: before.cloned(), ..PageOutcome::of(pair, was, is) };
            let index = page.page - 1;
            let (Some(was), Some(is)) = (was, is) else {
                page.after = is.map(|_| self.image(index, images)).transpose()?;
                pages.push(page);
                continue;
            };
            let Some(old) = pair.before.map(|old| known.decoded(old)).transpose()?.flatten() else {
                page.state = PageState::Different;
                page.after = Some(self.image(index, images)?);
                pages.push(page);
                continue;
            };
            let ppi = f64::from(old.width()) / was.width * POINTS;
            let now = self.drawn(index, ppi)?;
            let masked = |part: &str| rules.masked(part, Some(index + 1));
            let mut masks: Vec<Bounds> = rules.rectangles(index + 1);
            masks.extend(was.boxes_of(masked).into_iter().chain(is.boxes_of(masked)));
            let tolerance = rules.tolerance(Some(index + 1));
            page.pixels = pixels::compare(&old, &now, &masks, tolerance.delta(), POINTS / ppi)
                .filter(|found| found.share > tolerance.share());
            if page.pixels.is_some() {
                page.state = PageState::Different;
                page.after = Some(pixels::encode(&now)?);
            }
            pages.push(page);
        }
        Ok(pages)
    }

    fn drawn(&self, index: usize, ppi: f64) -> Result<GrayImage, String> {
        export::grey(&self.rendition.pages, index, ppi).map(pixels::in_steps).ok_or("a page is missing".to_owned())
    }

    /// Encodes the image of a page as it is stored: with fewer pixels per inch if it would be too large.
    fn image(&self, index: usize, images: Images) -> Result<Vec<u8>, String> {
        const STEPS: [f64; 3] = [1.0, 2.0 / 3.0, 0.5];
        let mut png = Vec::new();
        for step in STEPS {
            png = pixels::encode(&self.drawn(index, images.ppi * step)?)?;
            if png.len() <= images.largest << 10 {
                break;
            }
        }
        Ok(png)
    }

    /// Adds the references of the current state to an outcome. The layout and the images of pages are
    /// reused if they are known.
    fn with_files(&self, outcome: Outcome, images: Images, known: Option<(Layout, Vec<Option<Vec<u8>>>)>) -> Outcome {
        let (layout, kept) = known.unwrap_or_else(|| (of_pages(&self.rendition.pages, &self.names), Vec::new()));
        let mut files = Files::new();
        files.insert(references::PREPARED.to_owned(), self.prepared.clone().into_bytes());
        files.insert(references::LAYOUT.to_owned(), layout.to_text().into_bytes());
        let facts = json::pretty(&Facts::of(&self.pdf, self.profile)).map(|facts| facts + "\n");
        let pages = (0..layout.pages.len()).map(|index| {
            let known = kept.get(index).cloned().flatten();
            Ok((references::image_name(index), known.map_or_else(|| self.image(index, images), Ok)?))
        });
        let all = facts.map_err(|error| error.to_string()).and_then(|facts| {
            files.insert(references::PDF.to_owned(), facts.into_bytes());
            files.extend(pages.collect::<Result<Vec<_>, String>>()?);
            Ok(files)
        });
        match all {
            Ok(files) if outcome.state == State::New => {
                let pages = layout.pages.iter().enumerate().map(|(index, page)| PageOutcome {
                    after: files.get(&references::image_name(index)).cloned(),
                    ..PageOutcome::of(&Pair { before: None, after: Some(index) }, None, Some(page))
                });
                Outcome { pages: pages.collect(), files, ..outcome }
            }
            Ok(files) => Outcome { files, ..outcome },
            Err(message) => Outcome { state: State::Broken, message, ..outcome },
        }
    }
}

/// Returns the difference of the pixels of a page.
pub(super) fn reported(page: &PageOutcome, layout: &Layout) -> Option<Difference> {
    let name = format!("page {}", page.page);
    if page.state == PageState::Different && page.before.is_none() {
        let message = format!("{} is missing", references::image_name(page.was.unwrap_or(page.page) - 1));
        return Some(Difference::new(Kind::Pixels, name, message).on(Some(page.page)));
    }
    let found = page.pixels.as_ref()?;
    let parts = layout.pages.get(page.page - 1).map(|page| touched(page, &found.boxes)).unwrap_or_default();
    let around = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    let message = format!(
        "{} ({:.2} %) {}, by up to {} of 255, in {}{around}",
        several(found.count, "pixel"),
        found.share * 100.0,
        if found.count == 1 { "differs" } else { "differ" },
        found.largest,
        several(found.boxes.len(), "place"),
    );
    let mut difference = Difference::new(Kind::Pixels, name, message).on(Some(page.page));
    difference.boxes.clone_from(&found.boxes);
    Some(difference)
}

/// Returns the first few parts that the boxes touch.
fn touched(page: &Page, boxes: &[Bounds]) -> Vec<String> {
    const MOST: usize = 4;
    let lines = page.lines.iter().map(|line| (&line.part, line.bounds()));
    let drawings = page.drawings.iter().map(|drawing| (&drawing.part, drawing.bounds));
    let mut names: Vec<String> = Vec::new();
    for (part, bounds) in lines.chain(drawings) {
        if boxes.iter().any(|found| found.touches(&bounds)) && !names.contains(&part.to_string()) {
            names.push(part.to_string());
        }
    }
    if names.len() > MOST {
        let more = names.len() - MOST;
        names.truncate(MOST);
        names.push(format!("{more} more"));
    }
    names
}
