//! Character references in a file that is not well-formed XML, interpreted as browsers do.

/// The HTML names of the Latin-1 characters from U+00A0 on.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig \
Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// Other names that occur in texts.
const OTHERS: &[(&str, char)] = &[
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("bull", '•'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("prime", '′'),
    ("Prime", '″'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("minus", '−'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
];

/// Returns what `&` or `<` at the beginning of a text stands for, its length, and what was assumed.
pub(super) fn at(text: &str) -> (String, usize, Option<String>) {
    if text.starts_with('<') {
        return ("<".to_owned(), 1, Some("“<” does not begin a tag; it is read as a literal character".to_owned()));
    }
    const LONGEST: usize = 12;
    let end = text.char_indices().skip(1).take(LONGEST).find(|(_, c)| !c.is_ascii_alphanumeric() && *c != '#');
    let name = end.filter(|(_, c)| *c == ';').map(|(at, _)| &text[1..at]);
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        return ("&".to_owned(), 1, Some("“&” does not begin an entity; it is read as a literal character".to_owned()));
    };
    let length = name.len() + 2;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return match code.ok().and_then(char::from_u32).filter(|c| *c != '\0') {
            Some(c) => (c.to_string(), length, None),
            None => (
                format!("&{name};"),
                length,
                Some(format!("“&{name};” is not a valid character; it is kept as written")),
            ),
        };
    }
    match named(name) {
        Some(c) if ["lt", "gt", "amp", "quot", "apos"].contains(&name) => (c.to_string(), length, None),
        Some(c) => {
            (c.to_string(), length, Some(format!("“&{name};” is not declared; it is read as “{c}”, as in HTML")))
        }
        None => (format!("&{name};"), length, Some(format!("“&{name};” is not declared; it is kept as written"))),
    }
}

/// Returns a text with its character references resolved.
pub(super) fn resolved(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(found) = rest.find('&') {
        out.push_str(&rest[..found]);
        let (value, length, _) = at(&rest[found..]);
        out.push_str(&value);
        rest = &rest[found + length..];
    }
    out + rest
}

fn named(name: &str) -> Option<char> {
    let latin = LATIN.split_whitespace().position(|known| known == name);
    let latin = latin.and_then(|at| char::from_u32(0xa0 + u32::try_from(at).ok()?));
    latin.or_else(|| OTHERS.iter().find(|(known, _)| *known == name).map(|(_, c)| *c))
}
