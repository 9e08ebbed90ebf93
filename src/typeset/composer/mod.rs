//! The composer: it chooses line ends as on the official pages.

mod advances;
mod forced;
mod line_ends;
mod paragraphs;
mod remembered;
mod scripts;
mod spacing;

pub(super) use super::measures::{Measures, Type};
pub(super) use advances::{ShapedGlyph, Stretch, advances, by_face, glyphs, in_other};
pub(super) use forced::after_words;
pub(super) use line_ends::{MARK, next_opportunity};
pub(super) use paragraphs::{Beside, Composer, natural_width, printed_mark};
pub(super) use remembered::Method;
pub(super) use scripts::width_in_any;
pub(super) use spacing::{beside, widens};
