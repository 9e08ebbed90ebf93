//! The boxes as a font file.

use std::collections::BTreeSet;

use super::drawing::{ADVANCE, Contour, FRAME, UNITS, contours, frame};

/// Builds a TrueType face in which each of the characters is a box with its code. Its tables are those of the
/// OpenType specification.
pub(super) fn face(characters: &BTreeSet<char>) -> Vec<u8> {
    let coded = characters.iter().map(|c| contours(u32::from(*c)));
    let glyphs: Vec<Vec<Contour>> = std::iter::once(frame()).chain(coded).collect();
    let count = glyphs.len() as u16;
    let (mut glyf, mut loca) = (Vec::new(), Table::default());
    for glyph in &glyphs {
        loca.long(glyf.len() as u32);
        glyf.extend(outline(glyph));
    }
    loca.long(glyf.len() as u32);
    let (most_contours, longest) = (glyphs.iter().map(Vec::len).max().unwrap_or_default() as u16, 4);
    let mut maxp = Table::default();
    maxp.long(0x0001_0000).shorts([count, longest * most_contours, most_contours, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
    let mut head = Table::default();
    head.long(0x0001_0000).long(0x0001_0000).long(0).long(0x5F0F_3CF5).shorts([0b11, UNITS]).longs([0; 4]);
    head.signed([FRAME.left, FRAME.bottom, FRAME.right, FRAME.top]).shorts([0, 8, 2, 1, 0]);
    let (ascent, descent) = (800, -200);
    let mut hhea = Table::default();
    hhea.long(0x0001_0000).signed([ascent, descent, 0, ADVANCE, FRAME.left, ADVANCE - FRAME.right, FRAME.right, 1]);
    hhea.shorts([0; 7]).shorts([1]);
    let mut hmtx = Table::default();
    hmtx.signed([ADVANCE, FRAME.left]).signed(glyphs.iter().skip(1).map(|_| FRAME.left));
    let mut os2 = Table::default();
    os2.shorts([4, ADVANCE as u16, 400, 5, 0]).shorts([0; 11]).shorts([0; 5]).longs([0; 4]).long(0);
    os2.shorts([0x40, 0xFFFF, 0xFFFF]).signed([ascent, descent, 0]).shorts([800, 200]).longs([0; 2]);
    os2.shorts([500, 700, 0, 0x20, 0]);
    let mut post = Table::default();
    post.long(0x0003_0000).longs([0; 7]);
    // Marks are boxes like all others: all glyphs are letters, and none is placed over another.
    let (mut gdef, mut gpos) = (Table::default(), Table::default());
    gdef.shorts([1, 0, 12, 0, 0, 0]).shorts([2, 1, 0, count - 1, 1]);
    gpos.shorts([1, 0, 10, 12, 14]).shorts([0; 3]);
    assembled([
        (*b"GDEF", gdef.0),
        (*b"GPOS", gpos.0),
        (*b"OS/2", os2.0),
        (*b"cmap", mapping(characters)),
        (*b"glyf", glyf),
        (*b"head", head.0),
        (*b"hhea", hhea.0),
        (*b"hmtx", hmtx.0),
        (*b"loca", loca.0),
        (*b"maxp", maxp.0),
        (*b"name", names()),
        (*b"post", post.0),
    ])
}

/// The outline of a glyph.
fn outline(contours: &[Contour]) -> Vec<u8> {
    const ON_CURVE: u8 = 1;
    let mut table = Table::default();
    table.signed([contours.len() as i16, FRAME.left, FRAME.bottom, FRAME.right, FRAME.top]);
    table.shorts((1..=contours.len()).map(|contour| (4 * contour - 1) as u16)).shorts([0]);
    let points: Vec<(i16, i16)> = contours.iter().flatten().copied().collect();
    table.0.extend(points.iter().map(|_| ON_CURVE));
    let steps = |of: fn(&(i16, i16)) -> i16| {
        let mut before = 0;
        points.iter().map(of).map(|at| at - std::mem::replace(&mut before, at)).collect::<Vec<_>>()
    };
    table.signed(steps(|point| point.0)).signed(steps(|point| point.1));
    table.0.resize(table.0.len().next_multiple_of(4), 0);
    table.0
}

/// Maps characters to glyphs, by segments of one character each.
fn mapping(characters: &BTreeSet<char>) -> Vec<u8> {
    let mut table = Table::default();
    let segments = characters.len() as u32;
    table.shorts([0, 1, 3, 10]).long(12).shorts([12, 0]).longs([16 + 12 * segments, 0, segments]);
    for (c, glyph) in characters.iter().zip(1..) {
        table.longs([u32::from(*c), u32::from(*c), glyph]);
    }
    table.0
}

/// The names of the face.
fn names() -> Vec<u8> {
    const TEXTS: [(u16, &str); 4] =
        [(1, "Masthead Boxes"), (2, "Regular"), (4, "Masthead Boxes Regular"), (6, "MastheadBoxes-Regular")];
    let (mut table, mut said) = (Table::default(), Table::default());
    table.shorts([0, TEXTS.len() as u16, (6 + 12 * TEXTS.len()) as u16]);
    for (number, text) in TEXTS {
        table.shorts([3, 1, 0x409, number, 2 * text.len() as u16, said.0.len() as u16]);
        said.shorts(text.encode_utf16());
    }
    table.0.extend(said.0);
    table.0
}

/// Assembles a font file from tables, which are in the order of their names.
fn assembled<const N: usize>(tables: [([u8; 4], Vec<u8>); N]) -> Vec<u8> {
    let count = N as u16;
    let largest = count.ilog2();
    let mut file = Table::default();
    file.long(0x0001_0000).shorts([count, 16 << largest, largest as u16, 16 * count - (16 << largest)]);
    let mut at = 12 + 16 * N;
    for (name, data) in &tables {
        file.0.extend(name);
        file.longs([checksum(data), at as u32, data.len() as u32]);
        at += data.len().next_multiple_of(4);
    }
    for (_, data) in tables {
        file.0.extend(&data);
        file.0.resize(file.0.len().next_multiple_of(4), 0);
    }
    file.0
}

fn checksum(data: &[u8]) -> u32 {
    let word = |four: &[u8]| four.iter().fold(0, |word, byte| word << 8 | u32::from(*byte)) << (8 * (4 - four.len()));
    data.chunks(4).map(word).fold(0, u32::wrapping_add)
}

/// The bytes of a table under construction; numbers are big-endian.
#[derive(Default)]
struct Table(Vec<u8>);

impl Table {
    fn shorts(&mut self, numbers: impl IntoIterator<Item = u16>) -> &mut Self {
        self.0.extend(numbers.into_iter().flat_map(u16::to_be_bytes));
        self
    }

    fn signed(&mut self, numbers: impl IntoIterator<Item = i16>) -> &mut Self {
        self.0.extend(numbers.into_iter().flat_map(i16::to_be_bytes));
        self
    }

    fn long(&mut self, number: u32) -> &mut Self {
        self.longs([number])
    }

    fn longs(&mut self, numbers: impl IntoIterator<Item = u32>) -> &mut Self {
        self.0.extend(numbers.into_iter().flat_map(u32::to_be_bytes));
        self
    }
}

#[cfg(test)]
mod tests {
    use rustybuzz::ttf_parser::Face;
    use typst::foundations::Bytes;
    use typst::text::Font;

    use super::*;

    #[test]
    fn a_face_has_its_characters_and_no_others() {
        let characters: BTreeSet<char> = "क𓀀\u{1f600}".chars().collect();
        let data = face(&characters);
        let (font, read) = (Font::new(Bytes::new(data.clone()), 0).unwrap(), Face::parse(&data, 0).unwrap());
        assert_eq!(font.info().family, "Masthead Boxes");
        for c in "क𓀀\u{1f600}".chars() {
            let glyph = read.glyph_index(c).unwrap();
            assert!(font.info().coverage.contains(c.into()));
            assert_eq!(read.glyph_hor_advance(glyph), Some(ADVANCE.unsigned_abs()));
            assert!(read.glyph_bounding_box(glyph).is_some());
        }
        assert!(read.glyph_index('a').is_none());
    }
}
