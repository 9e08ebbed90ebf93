//! Stage `export`: pages to PDF, PNG and SVG files.

mod attach;
mod digest;
mod origin;
mod packed;
mod pdf;
#[cfg(feature = "png")]
mod png;
pub mod print;
mod suspects;
#[cfg(feature = "svg")]
mod svg;

pub use origin::{Origin, header};
pub use pdf::Profile;
pub(crate) use pdf::pdf;
#[cfg(feature = "golden")]
pub(crate) use png::grey;
#[cfg(feature = "png")]
pub use png::{RESOLUTIONS, pixels};

/// Returns the luminance of a colour of red, green and blue (ITU-R BT.601).
pub(crate) fn luminance([red, green, blue]: [u8; 3]) -> u8 {
    let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    u8::try_from((sum + 500) / 1000).unwrap_or(u8::MAX)
}
