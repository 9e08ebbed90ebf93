//! Whether a picture can be set.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits};

/// Whether the data is a PNG or SVG picture that the engine can set.
///
/// # Errors
///
/// Why not, as a sentence without a final stop.
pub fn sound_picture(data: &[u8]) -> Result<(), String> {
    const WIDEST: u32 = 20_000;
    const MOST_BYTES: u64 = 512 << 20;
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
    let head = String::from_utf8_lossy(&data[..data.len().min(1 << 16)]);
    if !head.contains("<svg") {
        return Err("it is neither SVG nor PNG".into());
    }
    if data.len() > MOST_SVG {
        return Err("it is an SVG file of more than 20 MiB".into());
    }
    Ok(())
}
