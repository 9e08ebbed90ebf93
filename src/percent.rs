//! Addresses: what they cannot contain is percent-encoded.

/// Returns a text as a path of an address: letters, figures, `/`, `.`, `-`, `_` and `~` stay.
pub fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            byte if byte.is_ascii_alphanumeric() || b"/.-_~".contains(&byte) => out.push(byte.into()),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// Returns an address as it can stand in the markup of a link: `[text](address)`.
pub fn without_brackets(address: &str) -> String {
    address.replace('(', "%28").replace(')', "%29")
}
