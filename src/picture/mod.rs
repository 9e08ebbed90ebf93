//! Checks whether a picture can be set, and calculates its cost.
//!
//! Pictures come from anywhere, and the engine reads them without limits. Therefore only what was
//! parsed, understood and counted here reaches the engine: an SVG file is checked by its elements and
//! properties (`allowed.rs`), by its size once everything that it refers to is
//! drawn (`expanded.rs`) and by what is then painted (`drawn.rs`); a PNG file by its chunks (`png.rs`).

mod allowed;
mod drawn;
mod expanded;
mod outline;
mod png;
mod style;
mod svg;

use std::collections::BTreeMap;
use std::fmt;

/// The pictures that a document names, by the names it gives them: SVG or PNG files.
pub type Pictures = BTreeMap<String, Vec<u8>>;

/// The maximum number of drawn elements; referenced elements count wherever they are drawn, and long
/// paths and texts count as several.
const MOST_ELEMENTS: u64 = 300_000;

/// The type of a picture, by the contents of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Png,
    Svg,
}

impl Kind {
    pub fn of(data: &[u8]) -> Self {
        if data.starts_with(png::SIGNATURE) { Self::Png } else { Self::Svg }
    }

    /// Returns the extension by which the engine recognises the type.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => ".png",
            Self::Svg => ".svg",
        }
    }
}

/// Why a picture cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unsound {
    /// A sentence without a final stop.
    pub reason: String,
    /// A hint.
    pub hint: &'static str,
}

impl Unsound {
    fn new(reason: impl Into<String>, hint: &'static str) -> Self {
        Self { reason: reason.into(), hint }
    }
}

impl fmt::Display for Unsound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.reason, self.hint)
    }
}

const PLAIN: &str = "save it as a plain SVG file";
const SIMPLER: &str = "simplify it, or export it as a PNG file";
const DAMAGED: &str = "export it again";

/// The cost of a picture: pixels of a PNG file, elements that an SVG file draws, bytes of either.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    pixels: u64,
    elements: u64,
    bytes: u64,
}

/// Checks that the data is a PNG or SVG picture that the engine can set, and returns its cost.
///
/// # Errors
///
/// Returns the reason, and a hint.
pub fn sound_picture(data: &[u8]) -> Result<Cost, Unsound> {
    let bytes = data.len() as u64;
    match Kind::of(data) {
        Kind::Png => png::sound(data).map(|pixels| Cost { pixels, elements: 0, bytes }),
        Kind::Svg => svg::sound(data).map(|elements| Cost { pixels: 0, elements, bytes }),
    }
}

/// The maximum cost of all pictures of a document, in pictures of maximum size.
const TOGETHER: u64 = 2;
/// The bytes of all pictures wherever they are shown: an SVG file embeds each separately.
const MOST_BYTES: u64 = 256 << 20;

/// The total cost of the pictures of a document.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    spent: Cost,
    known: BTreeMap<String, Cost>,
}

impl Budget {
    /// Returns the cost of a picture of that name, if it was shown before.
    pub fn known(&self, name: &str) -> Option<Cost> {
        self.known.get(name).copied()
    }

    /// Adds a shown picture: its pixels once, its elements every time.
    ///
    /// # Errors
    ///
    /// Fails if the pictures together exceed the limit.
    pub fn spend(&mut self, name: &str, cost: Cost) -> Result<(), Unsound> {
        let first = self.known.insert(name.to_owned(), cost).is_none();
        let Cost { pixels, elements, bytes } = &mut self.spent;
        *pixels += if first { cost.pixels } else { 0 };
        *elements += cost.elements;
        *bytes += cost.bytes;
        let within = *pixels <= TOGETHER * png::MOST_PIXELS && *elements <= TOGETHER * MOST_ELEMENTS;
        if within && *bytes <= MOST_BYTES {
            return Ok(());
        }
        let reason = "with it, the pictures of the document exceed the limit for all pictures together";
        Err(Unsound::new(reason, "use smaller pictures, or split the document"))
    }
}

/// Checks that the pictures of a document can be set, each as often as it is used.
///
/// # Errors
///
/// Returns the first that cannot, and the reason.
pub(crate) fn sound_pictures(pictures: &Pictures, uses: impl Fn(&str) -> usize) -> Result<(), (&str, Unsound)> {
    let mut budget = Budget::default();
    for (name, data) in pictures {
        let cost = sound_picture(data).map_err(|unsound| (name.as_str(), unsound))?;
        for _ in 0..uses(name) {
            budget.spend(name, cost).map_err(|unsound| (name.as_str(), unsound))?;
        }
    }
    Ok(())
}
