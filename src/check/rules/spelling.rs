//! Spelling: the list of the United Nations (`spelling.tsv`), -ize, and common misspellings.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, tail};
use crate::diagnostic::Severity;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "spelling",
        severity: Severity::Warning,
        asks: "Use United Nations spelling: “cooperation”, “programme”, “organization”, “per cent”.",
        source: "Editorial Manual, Spelling.",
        breaks: "body: [preambular: '*Recalling* the labor program of the organisation,']",
        keeps: "body: [preambular: '*Recalling* the labour programme of the organization,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: listed,
    },
    Rule {
        code: "spelling-name",
        severity: Severity::Hint,
        asks: "Use United Nations spelling in names of United Nations bodies; other names keep their own spelling.",
        source: "Editorial Manual, Spelling: “World Health Organization”, but “Organisation for Economic Co-operation and Development”.",
        breaks: "body: [preambular: '*Recalling* the World Health Organisation,']",
        keeps: "body: [preambular: '*Recalling* the World Health Organization,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: names,
    },
    Rule {
        code: "misspelt",
        severity: Severity::Warning,
        asks: "Do not misspell words.",
        source: "A list of common misspellings (typos-dict); words frequent in documents of the United Nations.",
        breaks: "body: [preambular: '*Recalling* the goverment,']",
        keeps: "body: [preambular: '*Recalling* the government,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: misspelt,
    },
];

static TABLE: &str = include_str!("spelling.tsv");

struct List {
    words: FxHashMap<&'static str, &'static str>,
    /// The first words of the two-word entries.
    firsts: FxHashSet<&'static str>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    let words: FxHashMap<_, _> = rows.collect();
    let firsts = words.keys().filter_map(|words| words.split_once(' ').map(|(first, _)| first)).collect();
    List { words, firsts }
});

/// Words in -ise that are spelt correctly.
const RIGHT: [&str; 58] = [
    "advertise",
    "advise",
    "apprise",
    "arise",
    "chastise",
    "circumcise",
    "comprise",
    "compromise",
    "demise",
    "despise",
    "devise",
    "disenfranchise",
    "disguise",
    "enfranchise",
    "enterprise",
    "excise",
    "exercise",
    "expertise",
    "franchise",
    "guise",
    "improvise",
    "incise",
    "likewise",
    "merchandise",
    "otherwise",
    "paradise",
    "poise",
    "practise",
    "praise",
    "precise",
    "premise",
    "promise",
    "raise",
    "reprise",
    "revise",
    "rise",
    "supervise",
    "surmise",
    "surprise",
    "televise",
    "treatise",
    "vise",
    "wise",
    "noise",
    "cruise",
    "concise",
    "braise",
    "appraise",
    "bruise",
    "marquise",
    "turquoise",
    "uprise",
    "porpoise",
    "tortoise",
    "mayonnaise",
    "malaise",
    "anise",
    "clockwise",
];

/// Returns the form in -ize of a word in -ise that should have it.
fn with_z(word: &str) -> Option<String> {
    const ENDINGS: [&str; 9] = ["isations", "isation", "isational", "ising", "ised", "ises", "isers", "iser", "ise"];
    let ending = ENDINGS.into_iter().find(|ending| word.ends_with(ending))?;
    let stem = &word[..word.len() - ending.len()];
    if stem.len() < 4 || stem.contains('-') && stem.rsplit('-').next().is_some_and(|last| last.len() < 4) {
        return None;
    }
    let base = format!("{stem}ise");
    let last = base.rsplit('-').next().unwrap_or(&base);
    // "Microenterprise" is a compound of one of them.
    const MADE_OF: usize = 7;
    let right = RIGHT.iter().any(|right| {
        last == *right
            || last.strip_prefix("re").or(last.strip_prefix("un")) == Some(right)
            || right.len() >= MADE_OF && last.ends_with(right)
    });
    // "raised", "noises", "analyses" and "crises" have no -ize.
    let vowel = stem.ends_with(['a', 'o', 'u', 'e'])
        || stem.ends_with("cr")
        || stem.ends_with("prom")
        || stem.ends_with("wise");
    (!right && !vowel).then(|| format!("{stem}{}", ending.replacen("is", "iz", 1)))
}

/// Names with a spelling of their own, in lower case.
const OWN: [&str; 12] = [
    "organisation for economic co-operation",
    "organisation internationale",
    "organisation of eastern caribbean",
    "organisation mondiale",
    "organisation of african",
    "organisation of the black sea",
    "organisation africaine",
    "asia-pacific economic co-operation",
    "nuclear test-ban treaty organisation",
    "international labour organisation",
    "south asian association",
    "and co-operation in europe",
];

/// Returns the length and correct spelling of the one or two words at the beginning of a text.
fn right(word: &str, rest: &str) -> Option<(usize, String)> {
    let small = word.to_lowercase();
    if let Some(right) = LIST.words.get(small.as_str()) {
        return Some((word.len(), (*right).to_owned()));
    }
    if LIST.firsts.contains(small.as_str()) {
        let next = rest[word.len()..].strip_prefix(' ')?;
        let end = next.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(next.len());
        let both = format!("{small} {}", next[..end].to_lowercase());
        if let Some(right) = LIST.words.get(both.as_str()) {
            return Some((word.len() + 1 + end, (*right).to_owned()));
        }
    }
    with_z(&small).map(|right| (word.len(), right))
}

/// The most names with a spelling of their own that are skipped per word.
const MOST_NAMES: usize = 50;

/// A misspelt word, reported once, at its first occurrence.
struct Found {
    at: Range<usize>,
    right: String,
    name: bool,
}

/// Returns the words that the list or -ize spells differently, each at its first occurrence.
fn found(manuscript: &Manuscript) -> Vec<Found> {
    let text = manuscript.text.as_str();
    let mut list = Vec::new();
    for at in vocabulary(manuscript) {
        let Some((length, right)) = right(&text[at.clone()], &text[at.start..]) else { continue };
        let word = &text[at.clone()];
        // A name with a spelling of its own does not excuse the word elsewhere.
        let same = text[at.start..].match_indices(word).map(|(more, _)| at.start + more);
        let whole = |start: &usize| {
            let around = |c: Option<char>| !c.is_some_and(|c| c.is_alphabetic() || c == '-');
            around(text[..*start].chars().next_back()) && around(text[start + word.len()..].chars().next())
        };
        if let Some(start) = same.filter(whole).take(MOST_NAMES).find(|start| !is_own(text, *start)) {
            list.push(Found { at: start..start + length, right, name: is_name(text, start, word) });
        }
    }
    list
}

/// Whether there is a name with a spelling of its own at a position.
fn is_own(text: &str, at: usize) -> bool {
    let near: String = tail(&text[..at], 40).chars().chain(text[at..].chars().take(60)).collect();
    text[at..].starts_with(char::is_uppercase) && OWN.iter().any(|own| near.to_lowercase().contains(own))
}

/// Returns the first occurrence of every word of a document; capitalized words count separately.
fn vocabulary<'m>(manuscript: &'m Manuscript) -> impl Iterator<Item = Range<usize>> + 'm {
    let look = || {
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let first = words(&manuscript.text).filter(|(_, word)| seen.insert(word));
        first.map(|(at, word)| at..at + word.len()).collect::<Vec<_>>()
    };
    manuscript.words.get_or_init(look).iter().cloned()
}

/// Returns the words of a text, including inner hyphens.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inner = |c: char| c.is_alphabetic() || c == '-';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphabetic)?;
        let end = text[start..].find(|c| !inner(c)).map_or(text.len(), |end| start + end);
        at = end;
        Some((start, text[start..end].trim_end_matches('-')))
    })
}

/// Whether a word is capitalized within a sentence, or has more capitals than the first letter.
fn is_name(text: &str, at: usize, word: &str) -> bool {
    if !word.starts_with(char::is_uppercase) {
        return false;
    }
    let before = text[..at].trim_end_matches([' ', '\u{a0}', '“', '(', '*']);
    let begins = before.is_empty() || before.ends_with(['\n', '.', '?', '!']) && !before.ends_with("No.");
    !begins || word[1..].contains(char::is_uppercase)
}

fn report(manuscript: &Manuscript, sink: &mut RuleSink, names: bool) {
    for found in found(manuscript).into_iter().filter(|found| found.name == names) {
        let Some((prose, range)) = manuscript.within(found.at) else { continue };
        let near = prose.before(range.start);
        if near.ends_with(['/', '.', '@', '_']) && !near.ends_with(". ")
            || prose.after(range.end).starts_with(['/', '@'])
        {
            continue;
        }
        let word = &prose.plain[range.clone()];
        let message = format!("“{word}” is not United Nations spelling");
        sink.words(prose, range, message, format!("write “{}” throughout", found.right));
    }
}

fn listed(manuscript: &Manuscript, sink: &mut RuleSink) {
    report(manuscript, sink, false);
}

fn names(manuscript: &Manuscript, sink: &mut RuleSink) {
    report(manuscript, sink, true);
}

/// Long words that are frequent in documents (`vocabulary.txt`).
static USUAL: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let words = include_str!("vocabulary.txt").lines().filter(|line| !line.starts_with('#'));
    words.flat_map(str::split_whitespace).collect()
});

/// Returns a word without each of its letters in turn, except the first and the last two, in which
/// forms of one word differ.
fn shortened(word: &str) -> impl Iterator<Item = String> {
    (1..word.len().saturating_sub(2)).map(|at| format!("{}{}", &word[..at], &word[at + 1..]))
}

/// The frequent words with one letter missing, each with its correct form.
static SHORTENED: LazyLock<FxHashMap<String, &'static str>> =
    LazyLock::new(|| USUAL.iter().flat_map(|word| shortened(word).map(|short| (short, *word))).collect());

/// Returns the frequent word that differs by one missing or extra letter or by two swapped letters.
fn slip(word: &str) -> Option<&'static str> {
    const SHORTEST: usize = 7;
    const LONGEST: usize = 30;
    let small = word.strip_prefix(char::is_uppercase).map(|_| word.to_ascii_lowercase());
    let word = small.as_deref().unwrap_or(word);
    if !(SHORTEST..=LONGEST).contains(&word.len())
        || !word.bytes().all(|c| c.is_ascii_lowercase())
        || USUAL.contains(word)
    {
        return None;
    }
    let swapped = (1..word.len() - 1).map(|at| {
        let mut letters = word.as_bytes().to_vec();
        letters.swap(at, at + 1);
        String::from_utf8(letters).unwrap_or_default()
    });
    let usual = |form: String| USUAL.get(form.as_str()).copied();
    SHORTENED.get(word).copied().or_else(|| shortened(word).chain(swapped).find_map(usual))
}

/// Common misspellings, sorted, each with what was meant (`misspellings.tsv`).
static MISSPELLINGS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let rows = include_str!("misspellings.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t')).collect()
});

/// Returns what was meant by a common misspelling.
fn meant(word: &str) -> Option<&'static str> {
    let small = word.to_ascii_lowercase();
    let place = MISSPELLINGS.binary_search_by_key(&small.as_str(), |(wrong, _)| *wrong).ok()?;
    MISSPELLINGS.get(place).map(|(_, right)| *right)
}

fn misspelt(manuscript: &Manuscript, sink: &mut RuleSink) {
    const SHORTEST: usize = 3;
    let text = manuscript.text.as_str();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for at in vocabulary(manuscript) {
        let whole = &text[at.clone()];
        let mut from = at.start;
        for word in whole.split('-') {
            let start = from;
            from += word.len() + 1;
            if word.len() < SHORTEST
                || !word.is_ascii()
                || !seen.insert(word)
                || word[1..].contains(char::is_uppercase)
                || word.len() < 7 && is_name(text, start, word)
            {
                continue;
            }
            let Some(right) = meant(word).or_else(|| slip(word)) else { continue };
            if LIST.words.contains_key(word) {
                continue;
            }
            let Some((prose, range)) = manuscript.within(start..start + word.len()) else { continue };
            let before = prose.before(range.start);
            let after = prose.after(range.end);
            if before.ends_with(['/', '.', '@', '_', '’'])
                || after.starts_with(['/', '@', '_'])
                || after.starts_with('.') && after[1..].starts_with(char::is_alphanumeric)
            {
                continue;
            }
            sink.words(prose, range, format!("“{word}” seems misspelt"), format!("did you mean “{right}”?"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspellings_are_sorted_and_found() {
        assert!(MISSPELLINGS.len() > 90_000 && MISSPELLINGS.is_sorted_by(|one, next| one.0 < next.0));
        for (wrong, right) in MISSPELLINGS.iter() {
            assert!(wrong.len() > 2 && wrong.bytes().all(|c| c.is_ascii_lowercase()) && !right.is_empty(), "{wrong}");
        }
        let [first, last] = [MISSPELLINGS.first(), MISSPELLINGS.last()].map(|row| row.unwrap().0);
        let found = [first, "Goverment", "recieve", last, "government"].map(meant);
        assert_eq!(found, [Some("access"), Some("government"), Some("receive"), Some("xylophones"), None]);
    }
}
