//! Misleading links, whose target is not the one they show.

use super::Findings;
use super::texts::Text;
use crate::diagnostic::{Diagnostic, shortened};
use crate::model::Inline;

/// Domains on which the United Nations publishes documents; a text may name one and link to the other.
const HOUSES: [&str; 2] = ["un.org", "undocs.org"];

/// Reports each misleading link.
pub(super) fn check(texts: &[Text], findings: &mut Findings) {
    for text in texts.iter().filter(|text| text.text.contains("](")) {
        let mut link: Option<(String, &String)> = None;
        let pieces = text.inline.pieces().iter().map(|piece| match piece {
            Inline::Text { text, address: Some(address), .. } => Some((text.clone(), address)),
            _ => None,
        });
        for piece in pieces.chain([None]) {
            match (&mut link, piece) {
                (Some((shown, to)), Some((more, address))) if *to == address => shown.push_str(&more),
                (before, piece) => {
                    if let Some((shown, address)) = std::mem::replace(before, piece)
                        && let Some(message) = deception(&shown, address)
                    {
                        let hint = "use an address that matches the text of the link";
                        findings.add_in(
                            &text.path,
                            address,
                            Diagnostic::warning("misleading-link", message).hint(hint),
                        );
                    }
                }
            }
        }
    }
}

/// Returns what is misleading about a link with a text and an address, if anything is.
fn deception(shown: &str, address: &str) -> Option<String> {
    let brief = shortened(address);
    if let Some(mail) = address.strip_prefix("mailto:") {
        let mail = mail.split('?').next().unwrap_or_default();
        let named = words(shown).find(|word| word.contains('@'))?;
        return (!named.eq_ignore_ascii_case(mail))
            .then(|| format!("the link shows “{}” and writes to “{}”", shortened(named), shortened(mail)));
    }
    let (authority, host) = authority(address)?;
    if authority.contains('@') {
        return Some(format!("“{brief}” leads to “{host}”: the part before “@” is not the address"));
    }
    if let Some(why) = odd(&host) {
        return Some(format!("“{brief}” leads to “{host}”, {why}"));
    }
    let named = words(shown).find_map(named_host)?;
    (!same_house(&named, &host)).then(|| format!("the link shows “{named}” and leads to “{host}”"))
}

/// Returns the authority and the host of a web address.
fn authority(address: &str) -> Option<(&str, String)> {
    let (scheme, rest) = address.split_once(':')?;
    if !["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) {
        return None;
    }
    // Browsers accept any number of slashes and backslashes.
    let rest = rest.trim_start_matches(['/', '\\']);
    let authority = &rest[..rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len())];
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = host.split(':').next().unwrap_or(host).trim_end_matches('.');
    Some((authority, host.to_lowercase()))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "()<>“”\"«»,;".contains(c)).filter(|word| !word.is_empty())
}

/// Returns the host that a word names, if it is an address.
fn named_host(word: &str) -> Option<String> {
    const ENDINGS: [&str; 9] = ["org", "int", "com", "net", "edu", "gov", "info", "eu", "ch"];
    let with_scheme = word.to_lowercase().starts_with("http://") || word.to_lowercase().starts_with("https://");
    let address = if with_scheme { word.to_owned() } else { format!("https://{word}") };
    let (_, host) = authority(&address)?;
    let host = host.trim_end_matches(['.', ':', '!', '?']).to_owned();
    let (name, ending) = host.rsplit_once('.')?;
    let known = with_scheme || host.starts_with("www.") || ENDINGS.contains(&ending);
    (known && !name.is_empty() && !word.contains('@')).then_some(host)
}

/// Whether two hosts belong together: the same, one a subdomain of the other, or both of the United Nations.
fn same_house(one: &str, other: &str) -> bool {
    let one = one.strip_prefix("www.").unwrap_or(one);
    let other = other.strip_prefix("www.").unwrap_or(other);
    below(one, other) || below(other, one) || of_the_house(one) && of_the_house(other)
}

fn below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn of_the_house(host: &str) -> bool {
    HOUSES.iter().any(|house| below(host, house))
}

/// Returns what is suspicious about the name of a host, if anything is.
fn odd(host: &str) -> Option<String> {
    if host.split('.').any(|label| label.starts_with("xn--")) {
        return Some("which has encoded letters".into());
    }
    let scripts = |label: &str| {
        let latin = label.chars().any(|c| c.is_alphabetic() && is_latin(c));
        latin && label.chars().any(|c| c.is_alphabetic() && !is_latin(c))
    };
    if host.split('.').any(scripts) {
        return Some("which mixes letters from several scripts".into());
    }
    if of_the_house(host) {
        return None;
    }
    let skeleton = skeleton(host);
    let dotted = format!(".{skeleton}.");
    let near = |house: &&&str| {
        // Catches un.org.example.net and names that differ by one letter.
        dotted.contains(&format!(".{house}."))
            || skeleton.len() > 8 && {
                let domain: Vec<&str> = skeleton.rsplit('.').take(2).collect();
                let domain = domain.into_iter().rev().collect::<Vec<_>>().join(".");
                house.len() > 8 && strsim::damerau_levenshtein(&domain, house) == 1
            }
    };
    HOUSES.iter().find(near).map(|house| format!("which looks like “{house}”"))
}

fn is_latin(c: char) -> bool {
    matches!(u32::from(c), 0x41..=0x24F | 0x1E00..=0x1EFF)
}

/// Replaces letters and digits that look like others by the latter.
fn skeleton(host: &str) -> String {
    host.chars()
        .map(|c| match c {
            '0' | 'ο' | 'о' | 'օ' => 'o',
            '1' | 'ı' | 'ӏ' => 'l',
            'а' | 'α' => 'a',
            'с' | 'ϲ' => 'c',
            'ԁ' => 'd',
            'е' | 'ε' => 'e',
            'ɡ' | 'ց' => 'g',
            'ո' | 'п' | 'η' => 'n',
            'р' | 'ρ' => 'p',
            'г' | 'ʀ' => 'r',
            'ѕ' => 's',
            'υ' | 'ս' | 'ц' => 'u',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misleading_links() {
        for (shown, address) in [
            ("un.org", "https://un.org@evil.example/"),
            ("the page", "https://un.org:80@evil.example/"),
            ("the page", "http:\\\\un.org@evil.example"),
            ("https://www.un.org/en", "https://evil.example/en"),
            ("see www.un.org.", "https://evil.example/un.org"),
            ("the page", "https://un.org.evil.example/"),
            ("the page", "https://und0cs.org/A/1"),
            ("the page", "https://undoc.org/A/1"),
            ("the page", "https://xn--n-cxb.org/"),
            ("the page", "https://uп.org/"),
            ("the page", "https://սո.org/"),
            ("a@un.org", "mailto:a@evil.example"),
        ] {
            assert!(deception(shown, address).is_some(), "{shown} {address}");
        }
        for (shown, address) in [
            ("A/77/L.107", "https://undocs.org/en/A/77/L.107"),
            ("undocs.org/A/77/1", "https://docs.un.org/en/A/77/1"),
            ("www.who.int", "https://who.int/news?to=a@b"),
            ("https://www.iaea.org/a", "https://iaea.org/a"),
            ("the Court", "https://www.icj-cij.org/"),
            ("а и б", "https://оон.рф/"),
            ("a@un.org", "mailto:A@un.org?subject=x"),
            ("Write to us", "mailto:a@un.org"),
            ("No. 12.Add", "https://www.ohchr.org/"),
            ("the page", "https://fun.org/"),
        ] {
            assert_eq!(deception(shown, address), None, "{shown} {address}");
        }
    }
}
