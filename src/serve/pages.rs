//! The pages of a document that is being written: only those that changed, with the source of every line.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use super::lines::Places;
use super::perform::{Bench, Refusal};
use super::requests::{Page, PageContent, PageLine, Pages, PagesRequest};
use crate::golden::{Names, of_pages};
use crate::prepare::prepare_with_paths;
use crate::read::read;
use crate::{Job, MissingGlyphs, export, render};

/// Sets the pages. Characters that no font covers are printed as boxes: findings tell about them.
pub fn pages(bench: &Bench, request: &PagesRequest, file: Option<&Path>) -> Result<Pages, Refusal> {
    let (source, format) = request.document.read()?;
    let job = Job {
        missing_glyphs: MissingGlyphs::BoxWithCode,
        picture: &|name| request.document.picture(name, file),
        ..Job::new(&source, format)
    };
    let rendition = render(&bench.press, &job)?;
    let reading = read(&source, format)?;
    let (prepared, paths) = prepare_with_paths(&reading.document).map_err(Refusal::Broken)?;
    let mut places = Places::new(&reading, &prepared, paths);
    // Without names, each line has the name that the templates give its part.
    let layout = of_pages(&rendition.pages, &Names::default());
    let known: HashSet<&str> = request.known.iter().map(String::as_str).collect();
    let digests = export::digests(&rendition.pages);
    let mut pages = Vec::new();
    for (index, (page, digest)) in layout.pages.iter().zip(digests).enumerate() {
        let lines = places.of_page(page);
        let key = key(digest, &lines);
        let content = || {
            let svg = export::svg_of(&rendition.pages, index)?;
            Some(PageContent { width: page.width, height: page.height, svg, lines })
        };
        let content = if known.contains(&*key) { None } else { content() };
        pages.push(Page { key, content });
    }
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
