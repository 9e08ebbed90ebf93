//! How deep objects lie within each other. The reader goes down by recursion, from wherever a
//! reference table sends it; so brackets are counted in the bytes as they are, without regard for
//! strings and comments, and closing ones never count for more than was opened.

use super::Refused;

/// The deepest nesting. Genuine files have a dozen levels; brackets in compressed data, which are
/// there by chance, go down by a few hundred at most.
pub(super) const DEEPEST: usize = 2_000;

/// Checks a file as it is. Arrays count within dictionaries and indirect objects: images that are
/// not compressed may have any bytes in any number.
pub(super) fn check_file(bytes: &[u8]) -> Result<(), Refused> {
    within(bytes, false)
}

/// Checks what a stream unpacks to, which may be objects or operators throughout.
pub(super) fn check_stream(bytes: &[u8]) -> Result<(), Refused> {
    within(bytes, true)
}

fn within(bytes: &[u8], everywhere: bool) -> Result<(), Refused> {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(byte) = bytes.get(at) {
        let two = bytes.get(at..at + 2);
        match byte {
            b'<' if two == Some(b"<<") => (depth, at) = (depth + 1, at + 1),
            b'>' if two == Some(b">>") => (depth, at) = (depth.saturating_sub(1), at + 1),
            b'o' if depth == 0 && bytes[at..].starts_with(b"obj") && !everywhere => {
                // An indirect object may be an array.
                let rest = bytes[at + 3..].iter().position(|byte| !byte.is_ascii_whitespace());
                depth = usize::from(rest.is_some_and(|rest| bytes[at + 3 + rest] == b'['));
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
