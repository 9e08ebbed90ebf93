//! The nesting of objects. The reader recurses into them, from wherever a
//! reference table points; therefore brackets are counted in the raw bytes, regardless of
//! strings and comments, and closing ones never count for more than was opened.

use memchr::{memchr2, memchr3};

use super::Refused;

/// The maximum nesting. Genuine files have a dozen levels; random brackets in compressed data
/// nest by a few hundred at most.
pub(super) const DEEPEST: usize = 2_000;

/// Checks the raw bytes of a file. Arrays count within dictionaries and indirect objects: uncompressed images
/// may have any bytes in any number.
pub(super) fn check_file(bytes: &[u8]) -> Result<(), Refused> {
    within(bytes, false)
}

/// Checks the unpacked data of a stream. If it begins with two numbers, it may be read as a stream of
/// objects, whatever its declared type; images, fonts and profiles may have any bytes.
pub(super) fn check_stream(bytes: &[u8]) -> Result<(), Refused> {
    if begins_with_two_numbers(bytes) { within(bytes, true) } else { Ok(()) }
}

/// Checks operators, among which arrays may occur anywhere.
pub(super) fn check_operators(bytes: &[u8]) -> Result<(), Refused> {
    within(bytes, true)
}

/// Returns whether bytes may begin with two numbers; a blank beginning counts as possible.
fn begins_with_two_numbers(bytes: &[u8]) -> bool {
    const BEGINNING: usize = 4_096;
    let mut bytes = &bytes[..bytes.len().min(BEGINNING)];
    let past = |bytes: &[u8], is: fn(&u8) -> bool| bytes.iter().position(|byte| !is(byte)).unwrap_or(bytes.len());
    let space: fn(&u8) -> bool = |byte| byte.is_ascii_whitespace() || *byte == 0;
    (0..2).all(|_| {
        bytes = &bytes[past(bytes, space)..];
        while bytes.starts_with(b"%") {
            bytes = &bytes[past(bytes, |byte| !matches!(byte, b'\r' | b'\n'))..];
            bytes = &bytes[past(bytes, space)..];
        }
        let digits = past(bytes, u8::is_ascii_digit);
        let blank = bytes.is_empty();
        bytes = &bytes[digits..];
        digits > 0 || blank
    })
}

fn within(bytes: &[u8], everywhere: bool) -> Result<(), Refused> {
    let (mut depth, mut at) = (0_usize, 0);
    while at < bytes.len() {
        if depth == 0 {
            // Most bytes open nothing.
            let next = match everywhere {
                true => memchr3(b'<', b'[', b'{', &bytes[at..]),
                false => memchr2(b'<', b'o', &bytes[at..]),
            };
            let Some(next) = next else { break };
            at += next;
        }
        let (byte, two) = (bytes[at], bytes.get(at..at + 2));
        match byte {
            b'<' if two == Some(b"<<") => (depth, at) = (depth + 1, at + 1),
            b'>' if two == Some(b">>") => (depth, at) = (depth.saturating_sub(1), at + 1),
            b'o' if depth == 0 && bytes[at..].starts_with(b"obj") && !everywhere => {
                // An indirect object may be an array.
                let rest = bytes[at + 3..].iter().position(|byte| !byte.is_ascii_whitespace());
                if let Some(rest) = rest.filter(|rest| bytes[at + 3 + rest] == b'[') {
                    (depth, at) = (1, at + 3 + rest);
                }
            }
            b'[' | b'{' if everywhere || depth > 0 => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            let message = format!("it has more than {DEEPEST} nested lists and dictionaries");
            return Err(Refused::new("pdf-too-deep", message));
        }
        at += 1;
    }
    Ok(())
}
