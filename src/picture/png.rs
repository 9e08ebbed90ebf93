//! PNG files: limits the unpacked size of their chunks before anything is unpacked.

use std::io::{Cursor, Read};

use flate2::read::ZlibDecoder;
use image::{ImageFormat, ImageReader, Limits};

use super::{DAMAGED, Unsound};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The maximum number of pixels; an A4 page at 600 pixels per inch has 35 million.
pub(super) const MOST_PIXELS: u64 = 40_000_000;
/// The maximum length of a side: that of A3 at 1200 pixels per inch.
const LONGEST_SIDE: u32 = 20_000;
/// The maximum size of the unpacked pixels, in bytes: that of four channels of one byte.
const MOST_BYTES: u64 = 4 * MOST_PIXELS;
/// The maximum size of a colour profile; usual ones have some hundred thousand bytes, those of presses three million.
const LONGEST_PROFILE: u64 = 4 << 20;
/// The maximum size of all other metadata, in bytes.
const MOST_REPORTED: u64 = 16 << 20;
const MOST_CHUNKS: usize = 50_000;
const SMALLER: &str = "scale it down";
const BARE: &str = "save it without profile and metadata";

/// Checks that a file can be set, and returns its number of pixels. Data after the last chunk is
/// ignored.
pub(super) fn sound(data: &[u8]) -> Result<u64, Unsound> {
    let pixels = chunks(data)?;
    let mut reader = ImageReader::with_format(Cursor::new(data), ImageFormat::Png);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(2 * MOST_BYTES);
    reader.limits(limits);
    reader.decode().map_err(|error| damaged(&error.to_string()))?;
    Ok(pixels)
}

/// Checks every chunk of a file and returns its number of pixels.
fn chunks(data: &[u8]) -> Result<u64, Unsound> {
    let mut rest = data.get(SIGNATURE.len()..).unwrap_or_default();
    let mut pixels = None;
    let mut reported = 0;
    for _ in 0..MOST_CHUNKS {
        let (Some(length), Some(name)) = (number(rest, 0), rest.get(4..8)) else {
            return Err(damaged("it ends early"));
        };
        let end = (length as usize).saturating_add(12);
        let Some(chunk) = rest.get(8..end.saturating_sub(4)).filter(|_| end <= rest.len()) else {
            return Err(damaged("a chunk ends early"));
        };
        rest = &rest[end..];
        match name {
            b"IHDR" if pixels.is_none() => pixels = Some(size(chunk)?),
            _ if pixels.is_none() || name == b"IHDR" => return Err(damaged("its header is in the wrong place")),
            b"IEND" => return pixels.ok_or_else(|| damaged("it has no header")),
            b"acTL" | b"fcTL" | b"fdAT" => {
                return Err(Unsound::new("it is an animated PNG file", "save it without animation"));
            }
            b"iCCP" => {
                if unpacked(after(chunk, 1), LONGEST_PROFILE) > LONGEST_PROFILE {
                    let reason = format!("its colour profile is larger than {} MiB", LONGEST_PROFILE >> 20);
                    return Err(Unsound::new(reason, BARE));
                }
            }
            b"zTXt" => reported += unpacked(after(chunk, 1), MOST_REPORTED),
            b"iTXt" => reported += chunk.len() as u64 + unpacked(international(chunk), MOST_REPORTED),
            b"IDAT" | b"PLTE" => {}
            _ => reported += chunk.len() as u64,
        }
        if reported > MOST_REPORTED {
            return Err(Unsound::new(format!("its metadata is larger than {} MiB", MOST_REPORTED >> 20), BARE));
        }
    }
    Err(Unsound::new(format!("it has more than {MOST_CHUNKS} chunks"), DAMAGED))
}

/// Returns the number of pixels that a header announces.
fn size(header: &[u8]) -> Result<u64, Unsound> {
    let (Some(width), Some(height), Some(&[depth, colour])) =
        (number(header, 0), number(header, 4), header.get(8..10).and_then(|it| it.first_chunk()))
    else {
        return Err(damaged("its header ends early"));
    };
    let channels = match colour {
        2 => 3,
        3 | 6 => 4,
        4 => 2,
        _ => 1,
    };
    let pixels = u64::from(width) * u64::from(height);
    let bytes = pixels.saturating_mul(channels).saturating_mul(if depth > 8 { 2 } else { 1 });
    if width == 0 || height == 0 {
        return Err(damaged("it has no pixels"));
    }
    if width.max(height) > LONGEST_SIDE || pixels > MOST_PIXELS || bytes > MOST_BYTES {
        let most = MOST_PIXELS / 1_000_000;
        let reason = format!(
            "it has {width} × {height} pixels of {depth} bits; the limits are {LONGEST_SIDE} on a side, {most} million pixels and {} MB unpacked",
            MOST_BYTES / 1_000_000
        );
        return Err(Unsound::new(reason, SMALLER));
    }
    Ok(pixels)
}

/// Returns the data after the keyword of a chunk and some more bytes.
fn after(chunk: &[u8], bytes: usize) -> &[u8] {
    let keyword = chunk.iter().position(|byte| *byte == 0).unwrap_or(chunk.len());
    chunk.get(keyword + 1 + bytes..).unwrap_or_default()
}

/// Returns the packed text of an iTXt chunk: after flags, language and translated keyword.
fn international(chunk: &[u8]) -> &[u8] {
    after(after(after(chunk, 2), 0), 0)
}

/// Returns the unpacked size of packed bytes, up to just above a limit.
fn unpacked(packed: &[u8], limit: u64) -> u64 {
    let mut unpacked = ZlibDecoder::new(packed).take(limit + 1);
    let mut buffer = [0; 1 << 14];
    let mut sum = 0;
    // Damaged data ends here; decoding shows whether anything was lost.
    while let Ok(read @ 1..) = unpacked.read(&mut buffer) {
        sum += read as u64;
    }
    sum
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
}

fn damaged(why: &str) -> Unsound {
    Unsound::new(format!("it is a damaged PNG file ({why})"), DAMAGED)
}
