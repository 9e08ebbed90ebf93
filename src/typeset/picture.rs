//! Whether a picture can be set.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits};

use crate::stack::with_room;

/// Whether the data is a PNG or SVG picture that the engine can set.
///
/// # Errors
///
/// Why not, as a sentence without a final stop.
pub fn sound_picture(data: &[u8]) -> Result<(), String> {
    const WIDEST: u32 = 8_000;
    const MOST_BYTES: u64 = 256 << 20;
    const MOST_SVG: usize = 20 << 20;
    if data.starts_with(b"\x89PNG") {
        let mut reader = ImageReader::with_format(Cursor::new(data), ImageFormat::Png);
        let mut limits = Limits::default();
        limits.max_image_width = Some(WIDEST);
        limits.max_image_height = Some(WIDEST);
        limits.max_alloc = Some(MOST_BYTES);
        reader.limits(limits);
        return reader.decode().map(|_| ()).map_err(|error| format!("it is a damaged PNG file ({error})"));
    }
    if !String::from_utf8_lossy(&data[..data.len().min(1 << 16)]).contains("<svg") {
        return Err("it is neither SVG nor PNG".into());
    }
    if data.len() > MOST_SVG {
        return Err("it is an SVG file of more than 20 MiB".into());
    }
    // Filters can take the engine hours; pictures and texts within would need other files.
    let text = String::from_utf8_lossy(data);
    for (mark, what) in [("<filter", "filters"), ("<image", "pictures within"), ("<foreignObject", "foreign objects")] {
        if text.contains(mark) {
            return Err(format!("an SVG file with {what} is not taken; save it as plain paths"));
        }
    }
    let read = || usvg::Tree::from_data(data, &usvg::Options::default()).map(|_| ());
    with_room(read).map_err(|error| format!("it is a damaged SVG file ({error})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_set_is_refused() {
        let svg = |inner: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">{inner}</svg>");
        assert_eq!(sound_picture(svg("<path d=\"M0 0h1\"/>").as_bytes()), Ok(()));
        for bad in ["<filter/>", "<image href=\"/etc/passwd\"/>", "<path", "<foreignObject/>"] {
            assert!(sound_picture(svg(bad).as_bytes()).is_err(), "{bad}");
        }
        assert!(sound_picture(b"\x89PNG").is_err());
        assert!(sound_picture(b"GIF89a").is_err());
    }
}
