//! `golden.toml`: tolerances and masks, for all cases, for some, or for a page.

use std::sync::Arc;

use globset::{Glob, GlobMatcher};

use super::masks::Mask;
use super::output::Output;
use super::rules::{OnPage, Rules, Tolerance};
use crate::diagnostic::{Diagnostic, Source};
pub(super) use crate::settings::{At, Settings as Reader};

/// The name of the file, at the top of a suite.
pub const FILE: &str = "golden.toml";

/// The contents of `golden.toml`.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    all: Section,
    cases: Vec<(Patterns, Section)>,
    exclude: Patterns,
    images: Images,
}

/// Patterns of names of documents.
#[derive(Debug, Clone, Default)]
struct Patterns(Vec<GlobMatcher>);

/// How page images are stored.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Images {
    /// Pixels per inch. At 72 a pixel is a point: half a point of shift changes pixels by half of
    /// black, and a page of text takes about 50 KB. Fewer than 18 show no letters, more than 300 would
    /// fill a disk.
    pub ppi: f64,
    /// The maximum size of an image in kilobytes; larger ones are stored with fewer pixels per inch.
    pub largest: usize,
}

impl Default for Images {
    fn default() -> Self {
        Self { ppi: 72.0, largest: 96 }
    }
}

#[derive(Debug, Clone, Default)]
struct Section {
    masks: Vec<Mask>,
    tolerance: Tolerance,
    refused: bool,
    output: Output,
    pages: Vec<OnPage>,
}

impl Settings {
    /// Reads the text of a `golden.toml`.
    ///
    /// # Errors
    ///
    /// Returns all errors in it, each at its location.
    pub fn read(source: &Arc<Source>) -> Result<Self, Vec<Diagnostic>> {
        let reported = ("golden-settings", "see “masthead help golden-tests” for the fields of golden.toml");
        Reader::read(source, reported, |reader, root| {
            let [masks, tolerance, profile, print, exclude, images, case] =
                reader.table(root, ["masks", "tolerance", "profile", "print", "exclude", "images", "case"]);
            let output = Output::read(reader, profile, print, Output::default());
            let cases = case.map(|at| reader.list(&at)).unwrap_or_default();
            Self {
                all: Section {
                    masks: Mask::list(reader, masks),
                    tolerance: Tolerance::read(reader, tolerance),
                    output,
                    ..Section::default()
                },
                exclude: exclude.map(|at| Patterns::read(reader, &at)).unwrap_or_default(),
                images: images.map_or_else(Images::default, |at| Images::read(reader, &at)),
                cases: cases.iter().map(|at| Section::of_case(reader, at, output)).collect(),
            }
        })
    }

    /// Returns whether a document is excluded from the suite.
    pub fn excludes(&self, case: &str) -> bool {
        self.exclude.is_match(case)
    }

    /// Returns the patterns of sections that match none of these documents.
    pub fn unmatched<'s>(&'s self, cases: &[&str]) -> impl Iterator<Item = &'s str> {
        let patterns = self.cases.iter().flat_map(|(patterns, _)| &patterns.0);
        patterns.filter(|pattern| !cases.iter().any(|case| pattern.is_match(case))).map(|pattern| pattern.glob().glob())
    }

    /// How page images are stored.
    pub fn images(&self) -> Images {
        self.images
    }

    /// Returns the rules for a case.
    pub fn rules(&self, case: &str) -> Rules {
        let mut rules =
            Rules { masks: self.all.masks.clone(), output: self.all.output, ..Rules::of(self.all.tolerance) };
        for (_, section) in self.cases.iter().filter(|(patterns, _)| patterns.is_match(case)) {
            rules.masks.extend(section.masks.iter().cloned());
            rules.tolerance = section.tolerance.or(rules.tolerance);
            rules.output = section.output.or(rules.output);
            rules.refused |= section.refused;
            rules.pages.extend(section.pages.iter().cloned());
        }
        rules
    }
}

impl Images {
    fn read(reader: &mut Reader, at: &At) -> Self {
        let [ppi, largest] = reader.table(at, ["ppi", "largest"]);
        let ppi = ppi.and_then(|at| reader.number(&at, 18.0..=300.0));
        let largest = largest.and_then(|at| reader.whole(&at, 0..=u32::MAX));
        let usual = Self::default();
        Self { ppi: ppi.unwrap_or(usual.ppi), largest: largest.map_or(usual.largest, |kilobytes| kilobytes as usize) }
    }
}

impl Section {
    fn of_case(reader: &mut Reader, at: &At, above: Output) -> (Patterns, Self) {
        let [matches, masks, tolerance, profile, print, refused, page] =
            reader.table(at, ["match", "masks", "tolerance", "profile", "print", "refused", "page"]);
        if matches.is_none() && at.is_table() {
            reader.wrong(at, "the case has no “match”", "add the documents that it applies to: match = \"letters/*\"");
        }
        let pages = page.map(|at| reader.list(&at)).unwrap_or_default();
        let section = Self {
            masks: Mask::list(reader, masks),
            tolerance: Tolerance::read(reader, tolerance),
            output: Output::read(reader, profile, print, above),
            refused: refused.and_then(|at| reader.truth(&at)).unwrap_or_default(),
            pages: pages.iter().filter_map(|at| OnPage::read(reader, at)).collect(),
        };
        (matches.map(|at| Patterns::read(reader, &at)).unwrap_or_default(), section)
    }
}

impl Patterns {
    fn read(reader: &mut Reader, at: &At) -> Self {
        const HINT: &str = "use a name in which * matches anything: letters/*.yaml";
        let mut patterns = Vec::new();
        for (pattern, at) in reader.texts(at) {
            match Glob::new(&pattern) {
                Ok(glob) => patterns.push(glob.compile_matcher()),
                Err(error) => reader.wrong(&at, error.to_string(), HINT),
            }
        }
        Self(patterns)
    }

    fn is_match(&self, case: &str) -> bool {
        self.0.iter().any(|pattern| pattern.is_match(case))
    }
}
