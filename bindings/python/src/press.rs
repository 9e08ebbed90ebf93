//! The engine with its fonts.

use std::path::PathBuf;

use masthead::export::print::{Ink, PrintOptions, points};
use masthead::prepare::prepare;
use masthead::typeset::Page;
use masthead::verify::{Verdict, verify};
use masthead::{
    Coverage, Job, Lines, MissingGlyphs, Profile, boxed, check, files, lint_with_pictures, render, render_redline,
};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde_json::json;

use crate::document::Document;
use crate::pools::apart;
use crate::{compared, json_of, missing_glyphs, refused, resolution, wrong};

/// The engine with its fonts, for any number of documents and threads.
#[pyclass(frozen, module = "masthead._masthead")]
pub struct Press {
    press: masthead::Press,
    coverage: Coverage,
}

/// How a document is rendered.
#[derive(FromPyObject)]
struct Options {
    format: String,
    profile: String,
    ppi: f64,
    /// From 1.
    page: Option<i64>,
    lines: String,
    missing_glyphs: String,
    emblem: Option<Vec<u8>>,
    ink: String,
    bleed: String,
    marks: bool,
}

#[pymethods]
impl Press {
    #[new]
    fn new(py: Python<'_>, fonts: Vec<PathBuf>) -> PyResult<Self> {
        apart(py, || {
            let fonts = files::fonts(&fonts).map_err(wrong)?;
            let (press, coverage) = (masthead::Press::new(fonts.clone()).map_err(wrong)?, Coverage::new(fonts));
            Ok(Self { press, coverage })
        })
    }

    /// Renders a document: the file, or the chosen pages.
    fn render<'py>(&self, py: Python<'py>, document: Document, options: Options) -> PyResult<Vec<Bound<'py, PyBytes>>> {
        let files = apart(py, || self.rendered(&document, &options))?;
        Ok(files.iter().map(|file| PyBytes::new(py, file)).collect())
    }

    /// Returns all findings about a document, in JSON.
    fn check(&self, py: Python<'_>, document: Document, missing: &str) -> PyResult<String> {
        let missing = missing_glyphs(missing)?;
        apart(py, || {
            let (source, format) = document.read()?;
            let mut findings = lint_with_pictures(&self.coverage, &source, format, &|name| document.picture(name));
            boxed(&mut findings, missing);
            Ok(json_of(&findings))
        })
    }

    /// Returns every word of the pages, in JSON.
    fn prepare(&self, py: Python<'_>, document: Document) -> PyResult<String> {
        apart(py, || {
            let (source, format) = document.read()?;
            let checked = check(&self.press, &source, format, MissingGlyphs::default());
            let (reading, _) = checked.map_err(refused)?;
            let prepared = prepare(&reading.document).map_err(wrong)?;
            serde_json::to_string(&prepared).map_err(wrong)
        })
    }

    /// Renders the newer of two documents with the changes marked.
    fn redline<'py>(
        &self,
        py: Python<'py>,
        before: Document,
        after: Document,
        profile: &str,
        emblem: Option<Vec<u8>>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let pdf = apart(py, || {
            let profile = named_profile(profile)?;
            let ((source, format), compared) = compared(&before, &after)?;
            let picture = |name: &str| after.picture(name);
            let job = Job::new(&source, format).emblem(emblem.as_deref()).picture(&picture);
            render_redline(&self.press, &job, compared.redline).and_then(|pages| pages.pdf(profile)).map_err(refused)
        })?;
        Ok(PyBytes::new(py, &pdf))
    }

    /// Renders again what an archive or print file contains: whether the file is that, and why not.
    fn verify(&self, py: Python<'_>, pdf: &[u8]) -> PyResult<String> {
        let verdict = apart(py, || verify(&self.press, pdf).map_err(wrong))?;
        let verdict = match verdict {
            Verdict::Same => json!({ "same": true }),
            Verdict::Other { made_by, at, .. } => json!({ "same": false, "made_by": made_by, "at": at }),
        };
        Ok(verdict.to_string())
    }
}

impl Press {
    fn rendered(&self, document: &Document, options: &Options) -> PyResult<Vec<Vec<u8>>> {
        let profile = named_profile(&options.profile)?;
        let print = options.print()?;
        let (source, format) = document.read()?;
        let lines = match options.lines.as_str() {
            "official" => Lines::Official,
            "engine" => Lines::Engine,
            _ => return Err(wrong("lines must be \"official\" or \"engine\"")),
        };
        let picture = |name: &str| document.picture(name);
        let job = Job::new(&source, format)
            .lines(lines)
            .missing_glyphs(missing_glyphs(&options.missing_glyphs)?)
            .emblem(options.emblem.as_deref())
            .picture(&picture)
            .print((profile == Profile::Print).then_some(&print));
        let rendition = render(&self.press, &job).map_err(refused)?;
        let pages: Vec<Page> = rendition.pages.iter().collect();
        Ok(match options.format.as_str() {
            "pdf" if options.page.is_some() => return Err(wrong("page chooses a page of PNG or SVG, not of PDF")),
            "pdf" => vec![rendition.pdf(profile).map_err(refused)?],
            "png" => {
                resolution(options.ppi)?;
                let files = chosen(options.page, &pages)?.iter().map(|page| page.png(options.ppi));
                files.collect::<Result<_, _>>().map_err(wrong)?
            }
            "svg" => chosen(options.page, &pages)?.iter().map(|page| page.svg().into_bytes()).collect(),
            _ => return Err(wrong("format must be \"pdf\", \"png\" or \"svg\"")),
        })
    }
}

/// Returns the profile of that name.
fn named_profile(name: &str) -> PyResult<Profile> {
    let known = Profile::ALL.into_iter().find(|known| known.name() == name);
    known.ok_or_else(|| wrong("profile must be \"archive\", \"print\" or \"screen\""))
}

/// Returns the chosen page, or all.
fn chosen<T>(page: Option<i64>, pages: &[T]) -> PyResult<&[T]> {
    let Some(page) = page else { return Ok(pages) };
    let index = usize::try_from(page - 1).ok().filter(|index| *index < pages.len());
    let index = index.ok_or_else(|| wrong(format!("page must be from 1 to {}", pages.len())))?;
    Ok(&pages[index..=index])
}

impl Options {
    fn print(&self) -> PyResult<PrintOptions> {
        let ink = match self.ink.as_str() {
            "black" => Ink::Black,
            "colour" => Ink::Colour,
            _ => return Err(wrong("ink must be \"black\" or \"colour\"")),
        };
        let bleed = points(&self.bleed).map_err(|reason| wrong(format!("bleed is {reason}")))?;
        if !(0.0..=PrintOptions::MOST_BLEED).contains(&bleed) {
            return Err(wrong(format!("bleed must be from 0 to {} points", PrintOptions::MOST_BLEED)));
        }
        Ok(PrintOptions::default().ink(ink).bleed(bleed).marks(self.marks))
    }
}
