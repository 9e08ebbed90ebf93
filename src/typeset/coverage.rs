//! Which characters the fonts have, for a check that sets no page.

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Coverage as Characters, Font};

use super::faces::{FACES, OTHER_SCRIPTS};
use crate::model::Language;

/// The characters of the program's fonts and of those that a user names. Fonts are looked into
/// when a character is met that those before do not have: for most documents that is one face.
#[derive(Default)]
pub struct Coverage {
    more: Vec<Bytes>,
    first: OnceLock<Vec<Characters>>,
    others: OnceLock<Vec<Characters>>,
    lacking: [OnceLock<Option<char>>; Language::ALL.len()],
}

impl Coverage {
    /// The characters of the program's fonts and of the font files given.
    pub fn new(more_fonts: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self { more: more_fonts.into_iter().map(Bytes::new).collect(), ..Self::default() }
    }

    /// Whether some font has the character.
    pub fn covers(&self, c: char) -> bool {
        let characters = |data: Bytes| Font::iter(data).map(|font| font.info().coverage.clone()).collect::<Vec<_>>();
        let regular = || FACES.iter().filter(|face| face.scale == 100 && !face.bold && !face.italic);
        let first = self.first.get_or_init(|| regular().flat_map(|face| characters(Bytes::new(face.data))).collect());
        let has = |list: &[Characters]| list.iter().any(|coverage| coverage.contains(c.into()));
        has(first)
            || has(self.others.get_or_init(|| {
                let own = FACES.iter().map(|face| face.data).chain(OTHER_SCRIPTS).map(Bytes::new);
                own.chain(self.more.iter().cloned()).flat_map(characters).collect()
            }))
    }

    /// A character of the words of a language which no font has. The words are asked for once.
    pub fn lacking(&self, language: Language, words: impl FnOnce() -> String) -> Option<char> {
        let place = Language::ALL.iter().position(|known| *known == language).unwrap_or(0);
        *self.lacking[place].get_or_init(|| words().chars().find(|c| !self.covers(*c)))
    }
}
