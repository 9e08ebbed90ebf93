//! **masthead** turns a structured United Nations document into the official page.
//!
//! Five stages, each a module: [`read`] → [`check`](mod@check) → [`prepare`] → [`typeset`] →
//! [`export`]; [`render`](render()) runs them in order; [`write`](mod@write) is the way back
//! to a source. See ARCHITECTURE.md.
//!
//! ```
//! use masthead::diagnostic::Source;
//! use masthead::{Format, Job, Press, Profile, render};
//!
//! let source = Source::new("minimal.yaml", "
//! symbol: A/84/L.901
//! kind: draft-resolution
//! date: 2029-10-01
//! body:
//!   - enacting: '*The General Assembly*,'
//!   - operative: '*Decides* to remain seized of the matter.'
//! ");
//! let press = Press::new([])?; // once per process
//! let rendition = render(&press, &Job::new(&source, Format::Yaml))?;
//! let pdf = rendition.pdf(Profile::Archive)?;
//! assert!(pdf.starts_with(b"%PDF-1.7"));
//! # Ok::<(), masthead::Error>(())
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]
// What only some features use is within the others' reach.
#![cfg_attr(not(all(feature = "batch", feature = "golden", feature = "import")), allow(dead_code, unused_imports))]

#[cfg(feature = "batch")]
pub mod batch;
pub mod check;
#[cfg(feature = "golden")]
pub mod copyfit;
pub mod diagnostic;
#[cfg(feature = "golden")]
pub mod diff;
pub mod digest;
mod error;
pub mod export;
pub mod files;
#[cfg(test)]
mod genuine;
#[cfg(feature = "golden")]
pub mod golden;
#[cfg(feature = "import")]
pub mod import;
pub mod impose;
mod json;
pub mod limits;
pub mod model;
mod pdf;
mod percent;
pub mod picture;
pub mod preflight;
pub mod prepare;
pub mod read;
#[cfg(feature = "batch")]
pub mod register;
mod render;
pub mod revise;
pub mod settings;
mod stack;
pub mod typeset;
pub mod verify;
pub mod visible;
pub mod write;

pub use error::{Error, ErrorKind};
pub use export::Profile;
pub use read::Format;
pub use render::{
    Job, PreparedJob, Rendition, boxed, check, lint, lint_with_pictures, no_pictures, picture_names, prepare_checked,
    prepare_job, render, render_redline,
};
pub use stack::STACK_SIZE;
pub use typeset::{Coverage, Lines, MissingGlyphs, Press};
pub use write::write;

/// The programs of the README and of docs/library.md are compiled with the other examples.
#[cfg(doctest)]
mod documentation {
    #[doc = include_str!("../README.md")]
    struct Readme;
    #[doc = include_str!("../docs/library.md")]
    struct Library;
}
