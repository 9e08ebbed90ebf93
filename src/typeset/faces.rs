//! The faces inside the program (`fonts/README.md`).

use serde::Deserialize;

/// A face of Masthead Serif.
pub(super) struct OwnFace {
    /// Word's character scale, in per cent.
    pub scale: u32,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
    /// The font file.
    pub data: &'static [u8],
}

macro_rules! faces {
    ($($scale:literal $style:literal $bold:literal $italic:literal,)*) => {
        &[$(OwnFace {
            scale: $scale,
            bold: $bold,
            italic: $italic,
            data: include_bytes!(concat!("../../fonts/MastheadSerif", $scale, "-", $style, ".ttf")),
        }),*]
    };
}

/// Every face of Masthead Serif.
pub(super) const FACES: &[OwnFace] = faces![
    96 "Regular" false false,
    98 "Bold" true false,
    99 "Bold" true false,
    100 "Regular" false false,
    100 "Bold" true false,
    100 "Italic" false true,
    100 "BoldItalic" true true,
    103 "Regular" false false,
    103 "Bold" true false,
    103 "Italic" false true,
    103 "BoldItalic" true true,
    104 "Regular" false false,
    104 "Bold" true false,
    104 "Italic" false true,
    104 "BoldItalic" true true,
    106 "Regular" false false,
];

/// A family of another script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub(super) enum Family {
    /// Chinese: a Song, in italics a Kai, in bold a Hei.
    #[serde(rename = "Masthead Song")]
    Song,
    /// The names of organs in Chinese.
    #[serde(rename = "Masthead Zhongsong")]
    Zhongsong,
    /// Arabic.
    #[serde(rename = "Masthead Naskh")]
    Naskh,
}

/// A face of such a family: bold, italic, the font file.
type OtherFace = (Family, bool, bool, &'static [u8]);

/// Every face of other scripts.
const OTHER_FACES: &[OtherFace] = &[
    #[cfg(feature = "cjk")]
    (Family::Song, false, false, include_bytes!("../../fonts/MastheadSong-Regular.otf")),
    #[cfg(feature = "cjk")]
    (Family::Song, true, false, include_bytes!("../../fonts/MastheadSong-Bold.otf")),
    #[cfg(feature = "cjk")]
    (Family::Song, false, true, include_bytes!("../../fonts/MastheadSong-Italic.ttf")),
    #[cfg(feature = "cjk")]
    (Family::Zhongsong, true, false, include_bytes!("../../fonts/MastheadZhongsong-Bold.otf")),
    #[cfg(feature = "arabic")]
    (Family::Naskh, false, false, include_bytes!("../../fonts/MastheadNaskh-Regular.ttf")),
    #[cfg(feature = "arabic")]
    (Family::Naskh, true, false, include_bytes!("../../fonts/MastheadNaskh-Bold.ttf")),
];

/// The faces for characters that Masthead Serif lacks, which the engine uses automatically.
const SIGNS: [&[u8]; 4] = [
    include_bytes!("../../fonts/MastheadLetters-Regular.ttf"),
    include_bytes!("../../fonts/MastheadOperators-Regular.ttf"),
    include_bytes!("../../fonts/MastheadSigns-Regular.ttf"),
    include_bytes!("../../fonts/MastheadEnclosed-Regular.ttf"),
];

/// The face of names: Hangul and rare Han characters.
#[cfg(feature = "cjk")]
const NAMES: [&[u8]; 1] = [include_bytes!("../../fonts/MastheadNames-Regular.otf")];
#[cfg(not(feature = "cjk"))]
const NAMES: [&[u8]; 0] = [];

/// Returns all faces except those of Masthead Serif.
pub(super) fn other_scripts() -> impl Iterator<Item = &'static [u8]> {
    OTHER_FACES.iter().map(|face| face.3).chain(SIGNS).chain(NAMES)
}

/// A face with which the composer shapes: one of Masthead Serif or of another script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct FaceId(u8);

impl FaceId {
    /// The number of such faces, which are the first of all.
    pub const COUNT: usize = FACES.len() + OTHER_FACES.len();

    /// The face of Masthead Serif.
    pub fn serif(scale: u32, bold: bool, italic: bool) -> Option<Self> {
        let known = FACES.iter().position(|face| (face.scale, face.bold, face.italic) == (scale, bold, italic));
        known.map(|index| Self(index as u8))
    }

    /// The face of another script. As in the engine, the slope comes before the weight.
    pub fn other(family: Family, bold: bool, italic: bool) -> Option<Self> {
        let of_family = || OTHER_FACES.iter().enumerate().filter(|(_, face)| face.0 == family);
        let best = of_family().max_by_key(|(_, face)| (face.2 == italic, face.1 == bold));
        best.map(|(index, _)| Self((FACES.len() + index) as u8))
    }

    /// Its number among all faces.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The family, if it is of another script.
    pub fn family(self) -> Option<Family> {
        self.index().checked_sub(FACES.len()).map(|index| OTHER_FACES[index].0)
    }

    /// All faces, in order, with their font files.
    pub fn all() -> impl Iterator<Item = (Self, &'static [u8])> {
        let data = FACES.iter().map(|face| face.data).chain(OTHER_FACES.iter().map(|face| face.3));
        data.enumerate().map(|(index, data)| (Self(index as u8), data))
    }
}
