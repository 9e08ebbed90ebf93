//! `golden.toml`: tolerances and masks, for all cases, for some, for a page.

use std::sync::Arc;

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use toml::Spanned;

use super::bounds;
use super::rules::{Mask, OnPage, Rules, Tolerance};
use crate::diagnostic::{Diagnostic, Source};

/// The name of the file, at the top of a suite.
pub const FILE: &str = "golden.toml";

/// What is said in `golden.toml`.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    all: Section,
    cases: Vec<(GlobSet, Section)>,
    exclude: GlobSet,
    images: Images,
}

/// How page images are kept.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Images {
    /// Pixels an inch. At 72 a pixel is a point: half a point of shift changes pixels by half of
    /// black, and a page of text takes some 50 KB.
    #[serde(deserialize_with = "bounds::ppi")]
    pub ppi: f64,
    /// The most kilobytes an image takes; larger ones are kept at fewer pixels an inch.
    pub largest: usize,
}

impl Default for Images {
    fn default() -> Self {
        Self { ppi: 72.0, largest: 96 }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Toml {
    #[serde(default)]
    masks: Vec<Mask>,
    #[serde(default)]
    tolerance: Tolerance,
    #[serde(default)]
    exclude: Option<Spanned<Vec<String>>>,
    #[serde(default)]
    images: Images,
    #[serde(default)]
    case: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(rename = "match")]
    matches: Spanned<Globs>,
    #[serde(default)]
    masks: Vec<Mask>,
    #[serde(default)]
    tolerance: Tolerance,
    #[serde(default)]
    refused: bool,
    #[serde(default)]
    page: Vec<OnPage>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Globs {
    One(String),
    Several(Vec<String>),
}

#[derive(Debug, Clone, Default)]
struct Section {
    masks: Vec<Mask>,
    tolerance: Tolerance,
    refused: bool,
    pages: Vec<OnPage>,
}

/// A message with quotation marks for its backticks.
fn quoted(message: &str) -> String {
    let mut marks = ['“', '”'].into_iter().cycle();
    message.chars().map(|c| if c == '`' { marks.next().unwrap_or(c) } else { c }).collect()
}

impl Settings {
    /// Reads the text of a `golden.toml`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, at its place.
    pub fn read(source: &Arc<Source>) -> Result<Self, Diagnostic> {
        let fault = |message: String, span| {
            Diagnostic::fault("golden-settings", message)
                .hint("docs/golden.md tells what golden.toml can say")
                .at(source, span, "")
        };
        let toml: Toml = toml::from_str(&source.text)
            .map_err(|error| fault(quoted(error.message()), error.span().unwrap_or(0..0)))?;
        let globs = |patterns: &[String], span: std::ops::Range<usize>| {
            let mut set = GlobSetBuilder::new();
            for pattern in patterns {
                set.add(Glob::new(pattern).map_err(|error| fault(error.to_string(), span.clone()))?);
            }
            set.build().map_err(|error| fault(error.to_string(), span))
        };
        let mut cases = Vec::new();
        for case in toml.case {
            let span = case.matches.span();
            let patterns = match case.matches.into_inner() {
                Globs::One(pattern) => vec![pattern],
                Globs::Several(patterns) => patterns,
            };
            let Case { masks, tolerance, refused, page: pages, .. } = case;
            cases.push((globs(&patterns, span)?, Section { masks, tolerance, refused, pages }));
        }
        let all = Section { masks: toml.masks, tolerance: toml.tolerance, ..Section::default() };
        let exclude = match toml.exclude {
            Some(patterns) => globs(patterns.get_ref(), patterns.span())?,
            None => GlobSet::empty(),
        };
        Ok(Self { all, cases, exclude, images: toml.images })
    }

    /// Whether a document is no case of the suite.
    pub fn excludes(&self, case: &str) -> bool {
        self.exclude.is_match(case)
    }

    /// How page images are kept.
    pub fn images(&self) -> Images {
        self.images
    }

    /// What holds for a case.
    pub fn rules(&self, case: &str) -> Rules {
        let mut rules = Rules { masks: self.all.masks.clone(), ..Rules::of(self.all.tolerance) };
        for (_, section) in self.cases.iter().filter(|(globs, _)| globs.is_match(case)) {
            rules.masks.extend(section.masks.iter().cloned());
            rules.tolerance = section.tolerance.or(rules.tolerance);
            rules.refused |= section.refused;
            rules.pages.extend(section.pages.iter().cloned());
        }
        rules
    }
}
