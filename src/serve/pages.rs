//! The pages of a document that is being written: only those that changed, with the source of every line.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::binary::Binary;
use super::limits::PIXELS;
use super::lines::Places;
use super::perform::{Bench, Refusal, resolution};
use super::requests::Input;
use crate::export::RESOLUTIONS;
use crate::golden::layout::{Layout, Page as LaidOut};
use crate::golden::{Names, of_pages};
use crate::limits::{Allowance, Flight};
use crate::render::{check, prepare_checked};
use crate::typeset::{self, PageId};
use crate::{Job, MissingGlyphs, export};

/// The request for the pages that changed, as images, with the source line of every printed line.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PagesRequest {
    /// The document.
    pub document: Input,
    /// The keys of the pages that the client already has.
    #[serde(default)]
    pub known: Vec<String>,
    /// The most pages to return with their content: the first that the client does not have. Default: all, as far as
    /// the limit for images allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<usize>,
    /// The resolution of the pages, in pixels per inch, to get them as PNG images, which browsers show sooner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = *RESOLUTIONS.start(), max = *RESOLUTIONS.end()))]
    pub ppi: Option<f64>,
}

/// A page of a document that is being written.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Page {
    /// Identifies its content: pages with the same key are the same.
    pub key: String,
    /// Its content; left out if the client already has it, or it is one too many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<PageContent>,
}

/// The content of a page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PageContent {
    /// The width, in points.
    pub width: f64,
    /// The height, in points.
    pub height: f64,
    /// The page as an SVG file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub svg: Option<String>,
    /// The page as a PNG file, instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub png: Option<Binary>,
    /// Its lines, in reading order.
    pub lines: Vec<PageLine>,
}

/// A printed line.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PageLine {
    /// The left edge, in points.
    pub x: f64,
    /// The upper edge, in points.
    pub y: f64,
    /// The width, in points.
    pub width: f64,
    /// The height, in points.
    pub height: f64,
    /// Its words.
    pub text: String,
    /// The part of the document that it belongs to: a key of `parts`.
    pub part: String,
    /// The number of source lines after the beginning of the part.
    pub offset: usize,
}

/// The pages of a document that is being written.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Pages {
    /// All pages, in order.
    pub pages: Vec<Page>,
    /// The source line, from 1, at which each part of the document begins.
    pub parts: BTreeMap<String, usize>,
}

/// Sets the pages, and returns the first of those that are not known; no others are painted. Characters that no font
/// covers are printed as boxes: findings tell about them.
pub fn pages(bench: &Bench, request: &PagesRequest, file: Option<&Path>, flight: &Flight) -> Result<Pages, Refusal> {
    let ppi = request.ppi.map(resolution).transpose()?;
    let (source, format) = request.document.read_beside(file)?;
    let job = Job {
        missing_glyphs: MissingGlyphs::BoxWithCode,
        picture: &|name| request.document.picture(name, file),
        ..Job::new(&source, format)
    };
    let (reading, findings) = check(&bench.press, &source, format, job.missing_glyphs)?;
    let (prepared, paths) = prepare_checked(&bench.press, &job, &reading, findings)?;
    let mut places = Places::new(&reading, &prepared.origin.prepared, paths);
    let images = ppi.map_or(usize::MAX, |ppi| (PIXELS / export::pixels(ppi)) as usize);
    let most = request.most.unwrap_or(usize::MAX).min(images);
    let known: HashSet<&str> = request.known.iter().map(String::as_str).collect();
    let wanted = |ids: &[PageId]| -> BTreeSet<usize> {
        let new = (1..).zip(ids).filter(|(_, id)| !known.contains(&*places.key(id)));
        new.map(|(number, _)| number).take(most).collect()
    };
    let sketch = prepared.sketch(&bench.press, Some(&wanted))?;
    // Without names, each line has the name that the templates give its part.
    let layout = of_pages(&sketch.pages, &Names::default());
    let ids = sketch.ids.unwrap_or_else(|| of_engine(&sketch.pages, &layout));
    let (wanted, keys): (BTreeSet<usize>, Vec<String>) = (wanted(&ids), ids.iter().map(|id| places.key(id)).collect());
    if let Some(ppi) = ppi {
        flight.allow(Allowance::of_images(wanted.len(), export::pixels(ppi)));
    }
    // Lines are looked for in the source in the order in which they are printed.
    let lines: Vec<Vec<PageLine>> = layout.pages.iter().map(|page| places.of_page(page)).collect();
    let page = |((number, key), lines): ((usize, String), Vec<PageLine>)| -> Result<Page, Refusal> {
        let (Some(set), true) = (sketch.pages.pages().get(number - 1), wanted.contains(&number)) else {
            return Ok(Page { key, content: None });
        };
        let (svg, png) = match ppi {
            None => (Some(export::svg_of(set)), None),
            Some(ppi) => (None, Some(Binary(export::quick_png(set, ppi).map_err(Refusal::Broken)?))),
        };
        let size = set.frame.size();
        let content = PageContent { width: size.x.to_pt(), height: size.y.to_pt(), svg, png, lines };
        Ok(Page { key, content: Some(content) })
    };
    let all: Vec<_> = (1..).zip(keys).zip(lines).collect();
    let pages: Result<Vec<Page>, Refusal> = all.into_par_iter().map(page).collect();
    Ok(Pages { pages: pages?, parts: places.beginnings() })
}

/// Returns what identifies pages that the engine has set.
fn of_engine(pages: &typeset::Pages, layout: &Layout) -> Vec<PageId> {
    let parts = |page: &LaidOut| page.lines.iter().map(|line| line.part.to_string()).collect();
    let digests = export::digests(pages);
    layout.pages.iter().zip(digests).map(|(page, digest)| PageId { digest, parts: parts(page) }).collect()
}
