//! The pages of a document that is being written: only those that changed, with the source of every line.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use super::lines::Places;
use super::perform::{Bench, Refusal};
use super::requests::{Page, PageContent, PageLine, Pages, PagesRequest};
use crate::golden::{Names, of_pages};
use crate::render::{check, prepare_checked};
use crate::{Job, MissingGlyphs, export};

/// Sets the pages, and returns the first of those that are not known. Characters that no font covers are printed as
/// boxes: findings tell about them.
pub fn pages(bench: &Bench, request: &PagesRequest, file: Option<&Path>) -> Result<Pages, Refusal> {
    let (source, format) = request.document.read()?;
    let job = Job {
        missing_glyphs: MissingGlyphs::BoxWithCode,
        picture: &|name| request.document.picture(name, file),
        ..Job::new(&source, format)
    };
    let (reading, findings) = check(&bench.press, &source, format, job.missing_glyphs)?;
    let (prepared, paths) = prepare_checked(&bench.press, &job, &reading, findings)?;
    let rendition = prepared.typeset(&bench.press)?;
    let mut places = Places::new(&reading, &rendition.prepared, paths);
    // Without names, each line has the name that the templates give its part.
    let layout = of_pages(&rendition.pages, &Names::default());
    let known: HashSet<&str> = request.known.iter().map(String::as_str).collect();
    let digests = export::digests(&rendition.pages);
    let mut room = request.most.unwrap_or(usize::MAX);
    let pages = rendition.pages.pages().iter().zip(&layout.pages).zip(digests).map(|((set, page), digest)| {
        let lines = places.of_page(page);
        let key = key(digest, &lines);
        let wanted = room > 0 && !known.contains(&*key);
        room -= usize::from(wanted);
        let (width, height) = (page.width, page.height);
        let content = wanted.then(|| PageContent { width, height, svg: export::svg_of(set), lines });
        Page { key, content }
    });
    Ok(Pages { pages: pages.collect(), parts: places.beginnings() })
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
