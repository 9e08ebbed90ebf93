//! Golden tests of documents: which pages of which documents moved, and how.
//!
//! A suite is a folder of documents with their references. [`Suite::check`] renders
//! each and compares it with its references at three levels, text, geometry and pixels; every
//! [`Difference`] is described in the document's own words. See docs/golden.md.
//!
//! ```no_run
//! use masthead::{Error, Press};
//! use masthead::golden::{Checking, Suite};
//!
//! let suite = Suite::open("tests/suite".as_ref())?;
//! let picture = |_: &std::path::Path, _: &str| Err(Error::other("no pictures"));
//! let verdict = suite.check(&Press::new([])?, &Checking::new(&picture))?;
//! for case in &verdict.cases {
//!     for difference in &case.differences {
//!         println!("{}: {difference}", case.name);
//!     }
//! }
//! # Ok::<(), Error>(())
//! ```

pub(crate) mod align;
mod case;
mod checking;
pub(crate) mod common;
mod compare;
mod current;
mod difference;
pub(crate) mod expected;
mod facts;
mod foreign;
mod geometry;
pub mod layout;
mod masks;
mod moves;
mod names;
mod order;
mod output;
mod page_pairs;
mod page_text;
mod pairing;
mod pixels;
mod references;
pub mod report;
mod rules;
mod score;
mod settings;
mod suite;
#[cfg(test)]
mod tests;
pub(crate) mod text;
mod verdict;
pub(crate) mod words;

pub use checking::{Case, Checking, Pictures};
pub use compare::{Subject, compare};
pub use difference::{Difference, Kind, Level};
pub use facts::Facts;
pub use foreign::{Foreign, read_layout};
pub use layout::{Layout, of_pages};
pub use masks::{Mask, Rectangle};
pub use names::Names;
pub use pixels::PixelDifference;
pub use references::remove;
pub use rules::{Rules, Tolerance};
pub use score::{Compared, Score, compare_pdfs};
pub use settings::{Images, Settings};
pub use suite::Suite;
pub use verdict::{Outcome, PageOutcome, PageState, State, Verdict};
