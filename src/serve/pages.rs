//! The pages of a document that is being written: only those that changed, with the source of every line.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use rayon::prelude::*;

use super::binary::Binary;
use super::limits::PIXELS;
use super::lines::Places;
use super::perform::{Bench, Refusal, resolution};
use super::requests::{Page, PageContent, PageLine, Pages, PagesRequest};
use crate::golden::{Names, of_pages};
use crate::limits::{Allowance, Flight};
use crate::render::{check, prepare_checked};
use crate::{Job, MissingGlyphs, export};

/// Sets the pages, and returns the first of those that are not known. Characters that no font covers are printed as
/// boxes: findings tell about them.
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
    let rendition = prepared.typeset(&bench.press)?;
    let mut places = Places::new(&reading, &rendition.prepared, paths);
    let known: HashSet<&str> = request.known.iter().map(String::as_str).collect();
    // Without names, each line has the name that the templates give its part.
    let layout = || of_pages(&rendition.pages, &Names::default());
    let (layout, digests) = rayon::join(layout, || export::digests(&rendition.pages));
    let images = ppi.map_or(usize::MAX, |ppi| (PIXELS / export::pixels(ppi)) as usize);
    let mut room = request.most.unwrap_or(usize::MAX).min(images);
    let mut pages = Vec::new();
    for (page, digest) in layout.pages.iter().zip(digests) {
        let lines = places.of_page(page);
        let key = key(digest, &lines);
        let wanted = room > 0 && !known.contains(&*key);
        room -= usize::from(wanted);
        let (width, height) = (page.width, page.height);
        let content = wanted.then_some(PageContent { width, height, svg: None, png: None, lines });
        pages.push(Page { key, content });
    }
    if let Some(ppi) = ppi {
        let count = pages.iter().filter(|page| page.content.is_some()).count();
        flight.allow(Allowance::of_images(count, export::pixels(ppi)));
    }
    pages.par_iter_mut().zip(rendition.pages.pages()).try_for_each(|(page, set)| -> Result<(), Refusal> {
        let Some(content) = &mut page.content else { return Ok(()) };
        match ppi {
            None => content.svg = Some(export::svg_of(set)),
            Some(ppi) => content.png = Some(Binary(export::quick_png(set, ppi).map_err(Refusal::Broken)?)),
        }
        Ok(())
    })?;
    Ok(Pages { pages, parts: places.beginnings() })
}

/// Returns what identifies the content of a page. The places of its lines count relative to their parts, so that
/// words added before do not change them.
fn key(digest: u128, lines: &[PageLine]) -> String {
    let mut hasher = DefaultHasher::new();
    for line in lines {
        (&line.part, line.offset).hash(&mut hasher);
    }
    format!("{digest:032x}{:016x}", hasher.finish())
}
