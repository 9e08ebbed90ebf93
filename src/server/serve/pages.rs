//! The pages of a document that is being written: only those that changed, with the source of every line.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use masthead::golden::layout::{Layout, Page as LaidOut};
use masthead::golden::{Names, of_pages};
use masthead::limits::{Allowance, Flight};
use masthead::typeset::{self, PageId};
use masthead::{Job, MissingGlyphs, check, export, prepare_checked};
use rayon::prelude::*;

use super::binary::Binary;
use super::limits::PIXELS;
use super::lines::Places;
use super::live::{Page, PageContent, PageLine, Pages, PagesRequest};
use super::perform::{Bench, Refusal, resolution};

/// Sets the pages, and returns the first of those that are not known; no others are painted. Characters that no font
/// covers are printed as boxes: findings tell about them.
pub fn pages(bench: &Bench, request: &PagesRequest, file: Option<&Path>, flight: &Flight) -> Result<Pages, Refusal> {
    let ppi = request.ppi.map(resolution).transpose()?;
    let (source, format) = request.document.read_beside(file)?;
    let picture = |name: &str| request.document.picture(name, file);
    let job = Job::new(&source, format).missing_glyphs(MissingGlyphs::BoxWithCode).picture(&picture);
    let (reading, findings) = check(&bench.press, &source, format, job.missing_glyphs)?;
    let (prepared, paths) = prepare_checked(&bench.press, &job, &reading, findings)?;
    let mut places = Places::new(&reading, &prepared.origin.prepared, paths);
    let images = ppi.map_or(usize::MAX, |ppi| (PIXELS / export::pixels(ppi)) as usize);
    let most = request.most.unwrap_or(usize::MAX).min(images);
    let known: HashSet<&str> = request.known.iter().map(String::as_str).collect();
    let keys = |ids: &[PageId]| -> Vec<String> { ids.iter().map(|id| places.key(id)).collect() };
    let wanted = |keys: &[String]| -> BTreeSet<usize> {
        let new = (1..).zip(keys).filter(|(_, key)| !known.contains(key.as_str()));
        new.map(|(number, _)| number).take(most).collect()
    };
    let sketch = prepared.sketch(&bench.press, Some(&|ids| wanted(&keys(ids))))?;
    // Without names, each line has the name that the templates give its part.
    let layout = of_pages(&sketch.pages, &Names::default());
    let ids = sketch.ids.unwrap_or_else(|| of_engine(&sketch.pages, &layout));
    let keys = keys(&ids);
    let wanted = wanted(&keys);
    if let Some(ppi) = ppi {
        flight.allow(Allowance::of_images(wanted.len(), export::pixels(ppi)));
    }
    // Lines are looked for in the source in the order in which they are printed.
    let lines: Vec<Vec<PageLine>> = layout.pages.iter().map(|page| places.of_page(page)).collect();
    let page = |((number, key), lines): ((usize, String), Vec<PageLine>)| -> Result<Page, Refusal> {
        let (Some(set), true) = (sketch.pages.get(number - 1), wanted.contains(&number)) else {
            return Ok(Page { key, content: None });
        };
        let (svg, png) = match ppi {
            None => (Some(set.svg()), None),
            Some(ppi) => (None, Some(Binary(set.quick_png(ppi).map_err(Refusal::broken)?))),
        };
        let (width, height) = set.size();
        let content = PageContent { width, height, svg, png, lines };
        Ok(Page { key, content: Some(content) })
    };
    let all: Vec<_> = (1..).zip(keys).zip(lines).collect();
    let pages: Result<Vec<Page>, Refusal> = all.into_par_iter().map(page).collect();
    Ok(Pages { pages: pages?, parts: places.beginnings() })
}

/// Returns what identifies pages that the engine has set.
fn of_engine(pages: &typeset::Pages, layout: &Layout) -> Vec<PageId> {
    let parts = |page: &LaidOut| page.lines.iter().map(|line| line.part.to_string()).collect();
    layout.pages.iter().zip(pages.digests()).map(|(page, digest)| PageId { digest, parts: parts(page) }).collect()
}
