//! The machine-readable codes of page 1, as drawings in SVG: one black path of rectangles,
//! lengths in modules, without quiet zones.

use std::fmt::Write;

use barcoders::sym::code39::Code39;
use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};

/// Draws the Code 39 barcode of a text such as `*2316564*` or `2316564`, one module high. With its two guards,
/// a text of n characters is 16n − 1 modules wide. Returns `None` if the code has no symbol for a
/// character, or the text is empty or longer than a foot has room for.
///
/// Wide elements are three modules and gaps one, as on the official pages: 11.25 pt
/// per character (measured: 8 documents of 2024–2025).
pub(super) fn barcode(text: &str) -> Option<String> {
    const LONGEST: usize = 20;
    let inner = text.trim_matches('*');
    if inner.len() > LONGEST {
        return None;
    }
    let modules = Code39::new(inner).ok()?.encode();
    // The crate's wide elements are two modules.
    let widened = modules.chunk_by(|a, b| a == b).flat_map(|run| {
        let width = if run.len() == 2 { 3 } else { 1 };
        std::iter::repeat_n(run.first() == Some(&1), width)
    });
    let row: Vec<bool> = widened.collect();
    Some(drawing(row.len(), &[row]))
}

/// Draws the QR code of an address: error correction level L, the address as bytes, in the
/// smallest version, as on the official pages (measured: 35 of 37 documents). Returns `None` if
/// the address is empty or would need modules too small to be read (less than 0.7 pt).
pub(super) fn qr(address: &str) -> Option<String> {
    const LARGEST: i16 = 15;
    if address.is_empty() {
        return None;
    }
    let code = (1..=LARGEST).find_map(|version| {
        let mut bits = Bits::new(Version::Normal(version));
        bits.push_byte_data(address.as_bytes()).ok()?;
        bits.push_terminator(EcLevel::L).ok()?;
        QrCode::with_bits(bits, EcLevel::L).ok()
    })?;
    let dark: Vec<bool> = code.to_colors().iter().map(|color| *color == Color::Dark).collect();
    let rows: Vec<Vec<bool>> = dark.chunks(code.width()).map(<[bool]>::to_vec).collect();
    Some(drawing(code.width(), &rows))
}

/// Builds one path of rectangles, one for each run of dark modules.
fn drawing(width: usize, rows: &[Vec<bool>]) -> String {
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&true) {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{x} {y}h{}v1h-{}z", run.len(), run.len());
            }
            x += run.len();
        }
    }
    let height = rows.len();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         preserveAspectRatio=\"none\" shape-rendering=\"crispEdges\"><path d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_39_of_the_standard() {
        // ISO/IEC 16388: bars and spaces in turn, narrow or wide, for "*", "A", "1", "*".
        let mut path = String::new();
        let mut x = 0;
        for sign in ["nwnnwnwnn", "wnnnnwnnw", "wnnwnnnnw", "nwnnwnwnn"] {
            for (place, element) in sign.chars().enumerate() {
                let width = if element == 'w' { 3 } else { 1 };
                if place % 2 == 0 {
                    path.push_str(&format!("M{x} 0h{width}v1h-{width}z"));
                }
                x += width;
            }
            x += 1;
        }
        let svg = barcode("*A1*").unwrap();
        assert!(svg.contains("viewBox=\"0 0 63 1\""), "{svg}");
        assert!(svg.contains(&format!("<path d=\"{path}\"/>")), "{svg}");
    }

    #[test]
    fn guards_are_added_once_and_other_texts_refused() {
        assert_eq!(barcode("*2316564*"), barcode("2316564"));
        assert!(barcode("AZ09-. $/+%").is_some());
        for text in ["", "*", "**", "é", "a1", "1*2", "1\n2", "\0", &"1".repeat(1000)] {
            assert_eq!(barcode(text), None, "{text:?}");
        }
    }

    #[test]
    fn qr_codes_have_their_finder_patterns() {
        // Addresses and module counts of A/80/L.2, E/2025/L.7 (33 bytes), A/C.1/80/L.1.
        for (symbol, width) in [("A/80/L.2", 25), ("E/2025/L.7", 29), ("A/C.1/80/L.1", 29)] {
            let address = format!("https://docs.un.org/en/{symbol}");
            let svg = qr(&address).unwrap();
            assert!(svg.contains(&format!("viewBox=\"0 0 {width} {width}\"")), "{svg}");
            for (x, y) in [(0, 0), (width - 7, 0), (0, width - 7)] {
                for row in [y, y + 6] {
                    assert!(svg.contains(&format!("M{x} {row}h7v1")), "{svg}");
                }
                for row in y + 2..y + 5 {
                    let across = format!("M{x} {row}h1v1h-1zM{} {row}h3v1h-3zM{} {row}h1v1", x + 2, x + 6);
                    assert!(svg.contains(&across), "{svg}");
                }
            }
            assert_eq!(qr(&address), Some(svg), "the same code each time");
        }
    }

    #[test]
    fn addresses_too_long_for_a_readable_code_have_none() {
        assert!(qr(&"x".repeat(520)).is_some());
        for address in ["", &"x".repeat(521), &"é".repeat(10_000)] {
            assert_eq!(qr(address), None);
        }
    }
}
