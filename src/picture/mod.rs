//! Whether a picture can be set, and what it costs.
//!
//! A picture comes from anywhere, and the engine reads it without limits. So nothing reaches the
//! engine but what was parsed, understood and counted here: an SVG file by the elements and
//! properties that may be in it ([`allowed`]), by its size once everything that it refers to is
//! drawn ([`expanded`]) and by what is then painted ([`drawn`]); a PNG file by its chunks ([`png`]).

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

/// How many elements may be drawn, everything that is referred to counted where it is drawn; long
/// paths and texts count for several.
const MOST_ELEMENTS: u64 = 300_000;

/// A kind of picture, by what is in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Png,
    Svg,
}

impl Kind {
    pub fn of(data: &[u8]) -> Self {
        if data.starts_with(png::SIGNATURE) { Self::Png } else { Self::Svg }
    }

    /// The ending by which the engine takes it for what it is.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => ".png",
            Self::Svg => ".svg",
        }
    }
}

/// Why a picture cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsound {
    /// A sentence without a final stop.
    pub reason: String,
    /// What to do about it.
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

/// What a picture costs: pixels of a PNG file, elements that an SVG file draws, bytes of either.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    pixels: u64,
    elements: u64,
    bytes: u64,
}

/// Whether the data is a PNG or SVG picture that the engine can set, and what it costs.
///
/// # Errors
///
/// Why not, and what to do.
pub fn sound_picture(data: &[u8]) -> Result<Cost, Unsound> {
    let bytes = data.len() as u64;
    match Kind::of(data) {
        Kind::Png => png::sound(data).map(|pixels| Cost { pixels, elements: 0, bytes }),
        Kind::Svg => svg::sound(data).map(|elements| Cost { pixels: 0, elements, bytes }),
    }
}

/// What the pictures of one document may cost together, in pictures as large as one may be.
const TOGETHER: u64 = 2;
/// The bytes of all pictures wherever they are shown: each has its own in an SVG file.
const MOST_BYTES: u64 = 256 << 20;

/// What the pictures of one document cost together.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    spent: Cost,
    known: BTreeMap<String, Cost>,
}

impl Budget {
    /// What a picture of that name costs, if it was shown before.
    pub fn known(&self, name: &str) -> Option<Cost> {
        self.known.get(name).copied()
    }

    /// Counts in that a picture is shown: its pixels once, its elements every time.
    ///
    /// # Errors
    ///
    /// Says so, if the pictures are too much together.
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
        let reason = "with it, the pictures of this document are too large together";
        Err(Unsound::new(reason, "use smaller pictures, or divide the document"))
    }
}

/// Whether pictures can be set that a document uses so many times.
///
/// # Errors
///
/// The first that cannot, and why.
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
