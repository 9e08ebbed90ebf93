//! Texts made safe to show: characters that a terminal or a browser would act on are replaced by visible
//! signs.

use std::borrow::Cow;

/// Makes a text visible within one line, such as a name or a message. Control characters become their pictures
/// (␛ for escape, ␊ for a line feed), so that they cannot move the cursor or begin a line; marks that override
/// the text direction, and other line separators, become �.
pub fn visible(text: &str) -> Cow<'_, str> {
    shown(text, sign)
}

/// Makes a text of several lines visible; line feeds and tabs are kept.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    shown(text, |c| sign(c).filter(|_| !matches!(c, '\n' | '\t')))
}

/// Escapes the same characters in JSON, where they can occur only in strings.
pub fn visible_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match sign(c) {
            Some(_) if !matches!(c, '\n' | '\t') => escaped += &format!("\\u{:04x}", u32::from(c)),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Quotes an argument for a shell, if that is needed, so that a command in a message can be copied.
pub fn quoted_for_shell(argument: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,@%+".contains(c);
    match !argument.is_empty() && argument.chars().all(plain) {
        true => Cow::Borrowed(argument),
        false => format!("'{}'", argument.replace('\'', r"'\''")).into(),
    }
}

fn shown(text: &str, sign: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if !text.chars().any(|c| sign(c).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| sign(c).unwrap_or(c)).collect())
}

/// Returns the sign for a character that must not be printed: a single character, so that columns stay the same.
fn sign(c: char) -> Option<char> {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('␡'),
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => Some(char::REPLACEMENT_CHARACTER),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(char::REPLACEMENT_CHARACTER),
        // Noncharacters, which XML does not allow.
        '\u{fffe}' | '\u{ffff}' => Some(char::REPLACEMENT_CHARACTER),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_obeyed_is_shown() {
        assert_eq!(visible("a\u{1b}[31m\nb\tc\r\u{7f}\u{9b}\u{202e}d\u{2069}\u{2028}é"), "a␛[31m␊b␉c␍␡��d��é");
        assert_eq!(visible_lines("a\n\tb\u{1b}"), "a\n\tb␛");
        assert_eq!(visible_json("{\n \"\u{9b}\u{202e}é\"}"), "{\n \"\\u009b\\u202eé\"}");
        assert!(matches!(visible("Ordnung für «A/77/L.107»"), Cow::Borrowed(_)));
    }
}
