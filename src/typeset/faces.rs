//! The faces inside the program (`fonts/README.md`).

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

/// The faces of other scripts, Song for Chinese and Naskh for Arabic, and those for characters that Masthead
/// Serif lacks, which the engine uses automatically.
const OTHER_SCRIPTS: [&[u8]; 8] = [
    include_bytes!("../../fonts/MastheadSong-Regular.otf"),
    include_bytes!("../../fonts/MastheadSong-Bold.otf"),
    include_bytes!("../../fonts/MastheadNaskh-Regular.ttf"),
    include_bytes!("../../fonts/MastheadNaskh-Bold.ttf"),
    include_bytes!("../../fonts/MastheadLetters-Regular.ttf"),
    include_bytes!("../../fonts/MastheadOperators-Regular.ttf"),
    include_bytes!("../../fonts/MastheadSigns-Regular.ttf"),
    include_bytes!("../../fonts/MastheadEnclosed-Regular.ttf"),
];

/// The face of names: Hangul and rare Han characters.
#[cfg(feature = "names-cjk")]
const NAMES: [&[u8]; 1] = [include_bytes!("../../fonts/MastheadNames-Regular.otf")];
#[cfg(not(feature = "names-cjk"))]
const NAMES: [&[u8]; 0] = [];

/// Returns all faces except those of Masthead Serif.
pub(super) fn other_scripts() -> impl Iterator<Item = &'static [u8]> {
    OTHER_SCRIPTS.into_iter().chain(NAMES)
}
