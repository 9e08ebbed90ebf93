//! Imposition: the pages of PDF files on sheets of paper, so that they read in order once printed and folded.
//!
//! Pages become form XObjects: their text and drawings stay as they are.

mod order;
mod sheets;
mod source;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use order::{Duplex, Layout, Side, sides};

use crate::error::Error;
use crate::pdf;
use sheets::Sheets;
use source::Source;

/// A paper, by the sides of a sheet in points, the short one first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// Its name.
    pub name: &'static str,
    /// Its sides.
    pub sides: [f64; 2],
}

impl Paper {
    /// All known papers.
    pub const ALL: [Self; 4] = [
        Self { name: "letter", sides: [612.0, 792.0] },
        Self { name: "a4", sides: [595.276, 841.89] },
        Self { name: "tabloid", sides: [792.0, 1224.0] },
        Self { name: "a3", sides: [841.89, 1190.551] },
    ];

    /// Returns the smallest paper that holds two pages side by side in their own size, or the largest.
    fn holding([width, height]: [f64; 2]) -> Self {
        const ROUNDING: f64 = 1.0;
        let holds = |paper: &&Self| paper.sides[1] + ROUNDING >= 2.0 * width && paper.sides[0] + ROUNDING >= height;
        Self::ALL.iter().find(holds).copied().unwrap_or(Self::ALL[3])
    }
}

/// How pages are imposed.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Imposition {
    /// The arrangement of the pages.
    pub layout: Layout,
    /// The paper; `None` for one that holds the pages in their own size.
    pub paper: Option<Paper>,
    /// How far the pages of the innermost sheet move towards the fold, in points.
    pub creep: f64,
    /// How the sheets are turned over.
    pub duplex: Duplex,
}

impl Imposition {
    /// Creates an imposition on paper that holds the pages in their own size, for sheets turned over along the short edge.
    pub fn new(layout: Layout) -> Self {
        Self { layout, paper: None, creep: 0.0, duplex: Duplex::ShortEdge }
    }
}

/// Sheets with pages on them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Imposed {
    /// The PDF file.
    pub file: Vec<u8>,
    /// The number of pages.
    pub pages: usize,
    /// The number of blank pages added.
    pub blanks: usize,
    /// The number of sides of sheets.
    pub sides: usize,
    /// The paper.
    pub paper: Paper,
    /// The size of the pages on the sheets, 1 for their own.
    pub scale: f64,
}

/// Imposes the pages of files, one file after the other, each given with its name.
///
/// # Errors
///
/// Returns a message if a file is damaged, protected or not a PDF file, or if its structure exceeds the limits
/// for files from elsewhere.
pub fn impose(files: &[(String, Vec<u8>)], how: &Imposition) -> Result<Imposed, Error> {
    let mut sheets = Sheets::default();
    let mut first: Option<(bool, [f64; 2])> = None;
    for (name, bytes) in files {
        let named = |reason: &str| format!("{name}: {reason}");
        let source = opened(bytes).map_err(|error| error.reworded(named))?;
        first.get_or_insert((source.reads_from_right, source.size()));
        sheets.add(source).map_err(|reason| Error::foreign(named(&reason)))?;
    }
    let (from_right, size) = first.ok_or_else(|| Error::value("no files given"))?;
    let paper = how.paper.unwrap_or_else(|| Paper::holding(size));
    let pages = sheets.pages();
    let mut sides = sides(pages, how.layout, how.duplex);
    if from_right {
        sides.iter_mut().for_each(|side| side.pages.swap(0, 1));
    }
    let cells = 2 * sides.len();
    let (file, scale) = sheets.written(&sides, paper, how).map_err(Error::internal)?;
    Ok(Imposed { file, pages, blanks: cells - pages, sides: sides.len(), paper, scale })
}

/// Opens a file within the limits for files from elsewhere, then with the library that copies its objects.
fn opened(bytes: &[u8]) -> Result<Source, Error> {
    let open = |_: &hayro_syntax::Pdf| Ok(catch_unwind(AssertUnwindSafe(|| Source::read(bytes))));
    let read = pdf::open(bytes, open)?;
    read.unwrap_or_else(|_| Err("its structure is damaged".to_owned())).map_err(Error::foreign)
}
