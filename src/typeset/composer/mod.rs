//! The composer: it chooses line ends as on the official pages.

mod advances;
mod forced;
mod line_ends;
mod paragraphs;
mod scripts;

pub(super) use super::measures::{Measures, Type};
pub(super) use advances::glyphs;
pub(super) use forced::after_words;
pub(super) use line_ends::next_opportunity;
pub(super) use paragraphs::{Beside, Composer, natural_width};
pub(super) use scripts::width_in_any;
