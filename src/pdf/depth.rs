//! How deep objects lie within each other. The reader goes down by recursion, from wherever a
//! reference table sends it; so brackets are counted in the bytes as they are, without regard for
//! strings and comments, and closing ones never count for more than was opened.

use memchr::{memchr2, memchr3};

use super::Refused;

/// The deepest nesting. Genuine files have a dozen levels; brackets in compressed data, which are
/// there by chance, go down by a few hundred at most.
pub(super) const DEEPEST: usize = 2_000;

/// Checks a file as it is. Arrays count within dictionaries and indirect objects: images that are
/// not compressed may have any bytes in any number.
pub(super) fn check_file(bytes: &[u8]) -> Result<(), Refused> {
    within(bytes, false)
}

/// Checks what a stream unpacks to. One that begins with two numbers may be read as a stream of
/// objects, whatever it says that it is; images, fonts and profiles have any bytes.
pub(super) fn check_stream(bytes: &[u8]) -> Result<(), Refused> {
    if begins_with_two_numbers(bytes) { within(bytes, true) } else { Ok(()) }
}

/// Checks operators, among which arrays may stand anywhere.
pub(super) fn check_operators(bytes: &[u8]) -> Result<(), Refused> {
    within(bytes, true)
}

/// Whether bytes may begin with two numbers; where the beginning is blank, they may.
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
            let message = format!("more than {DEEPEST} lists and dictionaries lie within each other");
            return Err(Refused::new("pdf-too-deep", message));
        }
        at += 1;
    }
    Ok(())
}
