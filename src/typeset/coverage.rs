//! The characters of the fonts and the capacity of pages, for checks that set no page.

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Coverage as Characters, Font};

use super::composer::Measures;
use super::faces::{FACES, other_scripts};
use super::plan::{Unreached, unreached};
use super::{Press, tables};
use crate::model::Language;
use crate::prepare::Prepared;

/// The characters of the program's fonts and of those that a user adds. Fonts are only read when
/// a character is missing in those before: for most documents, one face suffices.
#[derive(Default)]
pub struct Coverage {
    more: Vec<Bytes>,
    first: OnceLock<Vec<Characters>>,
    others: OnceLock<Vec<Characters>>,
    lacking: [OnceLock<Option<char>>; Language::ALL.len()],
    measures: OnceLock<Option<Measures>>,
}

impl Coverage {
    /// Covers the characters of the program's fonts and of the given font files.
    pub fn new(more_fonts: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self { more: more_fonts.into_iter().map(Bytes::new).collect(), ..Self::default() }
    }

    /// Returns whether some font has the character.
    pub fn covers(&self, c: char) -> bool {
        let characters = |data: Bytes| Font::iter(data).map(|font| font.info().coverage.clone()).collect::<Vec<_>>();
        let regular = || FACES.iter().filter(|face| face.scale == 100 && !face.bold && !face.italic);
        let first = self.first.get_or_init(|| regular().flat_map(|face| characters(Bytes::new(face.data))).collect());
        let has = |list: &[Characters]| list.iter().any(|coverage| coverage.contains(c.into()));
        has(first)
            || has(self.others.get_or_init(|| {
                let own = FACES.iter().map(|face| face.data).chain(other_scripts()).map(Bytes::new);
                own.chain(self.more.iter().cloned()).flat_map(characters).collect()
            }))
    }

    /// Returns the tables of a document that are too wide for a page, by their numbers, with a sentence each.
    /// The measures of the page are read once.
    pub(crate) fn too_wide(&self, prepared: &Prepared) -> Vec<(usize, String)> {
        let measures = self.measures.get_or_init(|| Press::measures_alone().ok());
        measures.as_ref().map_or_else(Vec::new, |measures| tables::too_wide(prepared, measures.of(prepared.language)))
    }

    /// The numbers of lines that a document asks for and cannot have.
    pub(crate) fn unreached(&self, prepared: &Prepared) -> Vec<Unreached> {
        let measures = self.measures.get_or_init(|| Press::measures_alone().ok());
        measures.as_ref().map_or_else(Vec::new, |measures| unreached(prepared, measures))
    }

    /// Returns a character of the words of a language that no font has. The words are checked once.
    pub fn lacking(&self, language: Language, words: impl FnOnce() -> String) -> Option<char> {
        let lacking = || words().chars().find(|c| !self.covers(*c));
        let place = Language::ALL.iter().position(|known| *known == language);
        match place {
            Some(place) => *self.lacking[place].get_or_init(lacking),
            None => lacking(),
        }
    }
}
