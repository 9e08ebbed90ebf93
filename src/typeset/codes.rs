//! The machine-readable codes of page 1, as drawings in SVG.

use std::fmt::Write;

use barcoders::sym::code39::Code39;
use qrcode::{Color, EcLevel, QrCode};

/// Code 39 of a text such as `*2316564*`, one unit high, without quiet zones. None, if the
/// code has no sign for a character or the text is longer than a foot has room for.
pub(super) fn barcode(text: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let inner = text.trim_matches('*');
    if inner.len() > LONGEST {
        return None;
    }
    let modules = Code39::new(inner).ok()?.encode();
    let row: Vec<bool> = modules.iter().map(|module| *module == 1).collect();
    Some(drawing(row.len(), &[row]))
}

/// The QR code of an address, with error correction of level L (as the official pages
/// have it: measured on A/80/L.2 and S/RES/2803 (2025)), without a quiet zone. None, if
/// the address is too long for a code.
pub(super) fn qr(address: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::L).ok()?;
    let dark: Vec<bool> = code.to_colors().iter().map(|color| *color == Color::Dark).collect();
    let rows: Vec<Vec<bool>> = dark.chunks(code.width()).map(<[bool]>::to_vec).collect();
    Some(drawing(code.width(), &rows))
}

/// One path of rectangles, a run of dark modules each.
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
        // "*" and "1" of ISO/IEC 16388, narrow and wide elements as one and two modules.
        let svg = barcode("*1*").unwrap();
        let star = [(0, 1), (3, 1), (5, 2), (8, 2), (11, 1)];
        let one = [(13, 2), (16, 1), (19, 1), (21, 1), (23, 2)];
        for (x, width) in star.into_iter().chain(one) {
            assert!(svg.contains(&format!("M{x} 0h{width}v1")), "{x} {width} in {svg}");
        }
        assert_eq!(barcode("*2316564*"), barcode("2316564"));
        assert_eq!(barcode("é"), None);
        assert_eq!(barcode(&"1".repeat(1000)), None);
    }

    #[test]
    fn qr_codes_have_their_finder_patterns() {
        let svg = qr("https://docs.un.org/en/A/80/L.2").unwrap();
        let width = 25;
        assert!(svg.contains(&format!("viewBox=\"0 0 {width} {width}\"")), "{svg}");
        for (x, y) in [(0, 0), (width - 7, 0), (0, width - 7)] {
            assert!(svg.contains(&format!("M{x} {y}h7v1")), "{svg}");
        }
        assert_eq!(qr(&"x".repeat(10_000)), None);
    }
}
