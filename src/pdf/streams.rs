//! The unpacked size of streams, measured with a limit before the reader unpacks them without one.

use std::io::{Read, Write};

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_syntax::{Filter, Pdf};
use memchr::memmem;
use weezl::BitOrder;

use super::{Refused, depth};

/// The maximum unpacked size of a stream: a page in colour at 600 dots per inch is 105 MB.
const LARGEST: usize = 128 << 20;
/// The maximum of all streams that are not images, which the reader keeps in memory.
const MOST: usize = 256 << 20;
/// The maximum number of pixels of an image.
const MOST_PIXELS: u64 = 150_000_000;

/// Checks every stream that can be found in the bytes and has the usual compression: the reader unpacks
/// some of them, tables of references and objects, before it can be queried.
pub(super) fn check_packed(bytes: &[u8]) -> Result<(), Refused> {
    const WORD: &[u8] = b"stream";
    let (mut all, mut from) = (0, 0);
    while let Some(found) = memmem::find(&bytes[from..], WORD) {
        let dict = &bytes[from..from + found];
        from += found + WORD.len();
        let data = &bytes[from..];
        let line_end = data.iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        // The first byte of zlib data.
        if line_end == 0 || data.get(line_end).is_none_or(|byte| byte & 0x0f != 8) {
            continue;
        }
        let unpacked = inflated(&data[line_end..])?;
        if memmem::find(dict, b"/Image").is_none() {
            all += unpacked.len();
        }
        if all > MOST {
            return Err(too_large(MOST));
        }
        depth::check_stream(&unpacked)?;
    }
    Ok(())
}

/// Checks every stream that the reader knows, with any compression.
pub(super) fn check(pdf: &Pdf) -> Result<(), Refused> {
    let mut all = 0;
    for object in pdf.objects() {
        let Object::Stream(stream) = object else { continue };
        if is_image(&stream) {
            image_bytes(&stream)?;
            unpacked(&stream)?;
            continue;
        }
        let Some(data) = unpacked(&stream)? else { continue };
        all += data.len();
        if all > MOST {
            return Err(too_large(MOST));
        }
        depth::check_stream(&data)?;
    }
    Ok(())
}

pub(super) fn is_image(stream: &Stream) -> bool {
    stream.dict().get::<Name>("Subtype").is_some_and(|name| name.as_ref() == b"Image")
}

/// Returns the maximum unpacked size of an image, in bytes.
pub(super) fn image_bytes(stream: &Stream) -> Result<u64, Refused> {
    let dict = stream.dict();
    let side = |long: &str, short: &str| u64::from(dict.get::<u32>(long).or(dict.get::<u32>(short)).unwrap_or(1));
    let (mut width, mut height) = (side("Width", "W"), side("Height", "H"));
    let data = stream.raw_data();
    // The data of these state their own dimensions, and the reader trusts them.
    let own = stream.filters().iter().find_map(|filter| match filter {
        Filter::DctDecode => jpeg_size(&data),
        Filter::JpxDecode => jpeg_2000_size(&data),
        _ => None,
    });
    if let Some((own_width, own_height)) = own {
        (width, height) = (width.max(own_width), height.max(own_height));
    }
    let pixels = width.saturating_mul(height);
    if pixels > MOST_PIXELS {
        let message = format!("one of its images has {width} × {height} pixels, more than {MOST_PIXELS} in total");
        return Err(Refused::new("pdf-image-too-large", message));
    }
    Ok(pixels * 3)
}

/// Reads width and height from the frame header of a JPEG file.
fn jpeg_size(data: &[u8]) -> Option<(u64, u64)> {
    let mut at = 2;
    loop {
        let [0xff, kind, high, low] = *data.get(at..at + 4)?.first_chunk()? else {
            at += 1;
            continue;
        };
        match kind {
            0xff => at += 1,
            0xc0..=0xcf if !matches!(kind, 0xc4 | 0xc8 | 0xcc) => {
                let size = data.get(at + 5..at + 9)?;
                let number = |high: u8, low: u8| u64::from(u16::from_be_bytes([high, low]));
                return Some((number(size[2], size[3]), number(size[0], size[1])));
            }
            0x00 | 0x01 | 0xd0..=0xd9 => at += 2,
            _ => at += 2 + usize::from(u16::from_be_bytes([high, low])),
        }
    }
}

/// Reads width and height from the size marker of a JPEG 2000 codestream.
fn jpeg_2000_size(data: &[u8]) -> Option<(u64, u64)> {
    let at = data.windows(4).position(|marker| marker == [0xff, 0x4f, 0xff, 0x51])?;
    let number = |from: usize| Some(u64::from(u32::from_be_bytes(*data.get(from..from + 4)?.first_chunk()?)));
    Some((number(at + 8)?, number(at + 12)?))
}

/// Unpacks a stream. Returns `None` if it has a compression that only images have.
pub(super) fn unpacked(stream: &Stream) -> Result<Option<Vec<u8>>, Refused> {
    let mut data = stream.raw_data().into_owned();
    for filter in stream.filters() {
        data = match filter {
            Filter::FlateDecode => inflated(&data)?,
            Filter::LzwDecode => lzw(&data, stream.dict())?,
            Filter::RunLengthDecode => run_lengths(&data)?,
            Filter::AsciiHexDecode => hexadecimal(&data),
            Filter::Ascii85Decode => base_85(&data),
            Filter::Crypt => data,
            Filter::CcittFaxDecode | Filter::Jbig2Decode | Filter::DctDecode | Filter::JpxDecode => return Ok(None),
        };
    }
    Ok(Some(data))
}

fn too_large(limit: usize) -> Refused {
    Refused::new("pdf-stream-too-large", format!("its data unpacks to more than {} MiB", limit >> 20))
}

/// Accepts data up to the limit, and fails beyond it.
#[derive(Default)]
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Bounded {
    /// The accepted data, also of data that is damaged further on.
    fn taken<T>(self, done: std::io::Result<T>) -> Result<Vec<u8>, Refused> {
        match done {
            Err(error) if error.kind() == std::io::ErrorKind::FileTooLarge => Err(too_large(LARGEST)),
            _ => Ok(self.0),
        }
    }
}

fn inflated(data: &[u8]) -> Result<Vec<u8>, Refused> {
    let from = |reader: &mut dyn Read| {
        let mut to = Bounded::default();
        let done = std::io::copy(reader, &mut to);
        to.taken(done)
    };
    match from(&mut ZlibDecoder::new(data))? {
        // Some files leave the header out.
        nothing if nothing.is_empty() => from(&mut DeflateDecoder::new(data)),
        data => Ok(data),
    }
}

fn lzw(data: &[u8], dict: &Dict) -> Result<Vec<u8>, Refused> {
    let early = dict.get::<Dict>("DecodeParms").and_then(|parms| parms.get::<i32>("EarlyChange")) != Some(0);
    let mut decoder = match early {
        true => weezl::decode::Decoder::with_tiff_size_switch(BitOrder::Msb, 8),
        false => weezl::decode::Decoder::new(BitOrder::Msb, 8),
    };
    let mut to = Bounded::default();
    let done = decoder.into_stream(&mut to).decode_all(data).status;
    to.taken(done)
}

fn run_lengths(data: &[u8]) -> Result<Vec<u8>, Refused> {
    let (mut to, mut at) = (Bounded::default(), 0);
    let mut done = Ok(());
    while let (Ok(()), Some(length)) = (&done, data.get(at).copied().filter(|length| *length != 128)) {
        let count = usize::from(length);
        let run = match length {
            0..=127 => data[at + 1..].iter().take(count + 1).copied().collect(),
            _ => vec![data.get(at + 1).copied().unwrap_or_default(); 257 - count],
        };
        at += if length < 128 { count + 2 } else { 2 };
        done = to.write_all(&run);
    }
    to.taken(done)
}

fn hexadecimal(data: &[u8]) -> Vec<u8> {
    let digits = data.iter().take_while(|byte| **byte != b'>').filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u32> = digits.collect();
    digits.chunks(2).map(|pair| (pair[0] * 16 + pair.get(1).unwrap_or(&0)) as u8).collect()
}

fn base_85(data: &[u8]) -> Vec<u8> {
    let mut list = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    let word = |group: &[u32]| {
        let digits = (0..5).map(|index| group.get(index).copied().unwrap_or(84));
        digits.fold(0_u32, |word, digit| word.wrapping_mul(85).wrapping_add(digit)).to_be_bytes()
    };
    for byte in data.iter().take_while(|byte| **byte != b'~') {
        match byte {
            b'z' if group.is_empty() => list.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ => {}
        }
        if group.len() == 5 {
            list.extend(word(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        list.extend(&word(&group)[..group.len() - 1]);
    }
    list
}
