//! The italic opening words of preambular and operative paragraphs.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, Prose, Section, operative, preambular};
use crate::check::pattern::Pattern;
use crate::diagnostic::Severity;
use crate::model::symbol::Organ;
use crate::model::{Block, Passage};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "preamble-opening",
        severity: Severity::Warning,
        asks: "Begin a preambular paragraph with a participle or adjective: “Recalling”, “Convinced”, “Deeply concerned”.",
        source: "Editorial Manual, Resolutions; every genuine resolution.",
        breaks: "body: [preambular: '*Recalls* the past,']",
        keeps: "body: [preambular: '*Recalling* the past,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: preamble_word,
    },
    Rule {
        code: "preamble-italics",
        severity: Severity::Warning,
        asks: "Set the opening words of a preambular paragraph in italics.",
        source: "Editorial Manual, Resolutions; every genuine resolution.",
        breaks: "body: [preambular: 'Recalling the past,']",
        keeps: "body: [preambular: '*Recalling* the past,']",
        languages: Languages::Alphabetic,
        needs: Needs::Text,
        check: preamble_italics,
    },
    Rule {
        code: "operative-opening",
        severity: Severity::Warning,
        asks: "Begin an operative paragraph with a verb in the third person: “Decides”, “Also requests”, “Calls upon”.",
        source: "Editorial Manual, Resolutions; every genuine resolution.",
        breaks: "body: [operative: '*Deciding* to remain seized of the matter.']",
        keeps: "body: [operative: '*Decides* to remain seized of the matter.']",
        languages: Languages::English,
        needs: Needs::Text,
        check: operative_word,
    },
    Rule {
        code: "operative-italics",
        severity: Severity::Warning,
        asks: "Set the opening words of an operative paragraph in italics.",
        source: "Editorial Manual, Resolutions; every genuine resolution.",
        breaks: "body: [operative: 'Decides to remain seized of the matter.']",
        keeps: "body: [operative: '*Decides* to remain seized of the matter.']",
        languages: Languages::English,
        needs: Needs::Text,
        check: operative_italics,
    },
    Rule {
        code: "opening-misspelt",
        severity: Severity::Warning,
        asks: "Use customary opening words, spelt correctly.",
        source: "The opening words of genuine resolutions.",
        breaks: "body: [operative: '*Emphasises* the past.']",
        keeps: "body: [operative: '*Emphasizes* the past.']",
        languages: Languages::English,
        needs: Needs::Text,
        check: misspelt,
    },
    Rule {
        code: "opening-too-long",
        severity: Severity::Warning,
        asks: "Set only the opening words in italics, with their adverbs and complements: “*Takes note with appreciation* of the report”.",
        source: "Editorial Manual, Resolutions; every genuine resolution.",
        breaks: "body: [preambular: '*Recalling its resolution* 70/1 of 25 September 2015,']",
        keeps: "body: [preambular: '*Recalling* its resolution 70/1 of 25 September 2015,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: too_long,
    },
    Rule {
        code: "opening-too-short",
        severity: Severity::Warning,
        asks: "Set all opening words in italics: “*Recalling also*”, “*Takes note*”, “*Bearing in mind*”, “*Calls upon*”.",
        source: "Editorial Manual, Resolutions; every genuine resolution.",
        breaks: "body: [preambular: '*Bearing* in mind the past,']",
        keeps: "body: [preambular: '*Bearing in mind* the past,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: too_short,
    },
    Rule {
        code: "opening-capital",
        severity: Severity::Warning,
        asks: "Capitalize the first opening word, and only the first.",
        source: "Every genuine resolution.",
        breaks: "body: [preambular: '*recalling* the past,']",
        keeps: "body: [preambular: '*Recalling* the past,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: capital,
    },
];

/// The vocabulary of openings (`openings.txt`).
struct Vocabulary {
    verbs: Vec<&'static str>,
    adjectives: FxHashSet<&'static str>,
    complements: FxHashSet<&'static str>,
    /// "recalls" to "recall".
    third_persons: FxHashMap<String, &'static str>,
    /// "recalling" to "recall".
    participles: FxHashMap<String, &'static str>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let text = include_str!("openings.txt");
    let words = |head: &str| {
        let part = text.split("\n[").find(|part| part.starts_with(head)).and_then(|part| part.split_once(']'));
        part.map_or("", |(_, words)| words).split_whitespace().collect::<Vec<_>>()
    };
    let verbs = words("verbs");
    Vocabulary {
        adjectives: words("adjectives").into_iter().collect(),
        complements: words("complements").into_iter().collect(),
        third_persons: verbs.iter().map(|verb| (third_person(verb), *verb)).collect(),
        participles: verbs.iter().map(|verb| (participle(verb), *verb)).collect(),
        verbs,
    }
});

/// Returns the texts of the paragraphs of a kind, outside annexes: these contain declarations, which are
/// written differently.
fn openings<'m, 'd>(
    manuscript: &'m Manuscript<'d>,
    kind: fn(&Block) -> Option<&Passage>,
) -> impl Iterator<Item = &'m Prose<'d>> {
    openings_where(manuscript, |_| true, kind)
}

/// Returns the same of some sections.
fn openings_where<'m, 'd>(
    manuscript: &'m Manuscript<'d>,
    is_meant: fn(&Section) -> bool,
    kind: fn(&Block) -> Option<&Passage>,
) -> impl Iterator<Item = &'m Prose<'d>> {
    let sections = manuscript.sections.iter().filter(move |section| !section.annex && is_meant(section));
    sections.flat_map(move |section| section.passages(kind)).filter_map(|(path, _)| manuscript.at(path.field("text")))
}

fn both<'m, 'd>(manuscript: &'m Manuscript<'d>) -> impl Iterator<Item = &'m Prose<'d>> {
    openings(manuscript, preambular).chain(openings(manuscript, operative))
}

fn is_adverb(word: &str) -> bool {
    word.ends_with("ly") && word != "rely" && word != "reply"
        || matches!(
            word,
            "also" | "further" | "once" | "again" | "more" | "still" | "very" | "much" | "anew" | "therefore"
        )
}

/// Returns the first word of an opening that is not an adverb, in lower case, with its range.
pub(super) fn head(opening: &str) -> Option<(String, std::ops::Range<usize>)> {
    let mut at = 0;
    for word in opening.split([' ', '\u{a0}']) {
        let start = at;
        at += word.len() + if opening[start + word.len()..].starts_with('\u{a0}') { 2 } else { 1 };
        let bare = word.trim_end_matches([',', ';', ':', '.']);
        let small = bare.to_lowercase();
        if !bare.is_empty() && !is_adverb(&small) {
            return Some((small, start..start + bare.len()));
        }
    }
    None
}

/// "recalls", "presses", "notes".
fn third_person(verb: &str) -> String {
    match verb {
        "have" => "has".into(),
        verb if verb.ends_with("ss") || verb.ends_with("sh") || verb.ends_with("ch") || verb.ends_with("cho") => {
            format!("{verb}es")
        }
        verb => format!("{verb}s"),
    }
}

/// "recalling", "noting", "setting".
fn participle(verb: &str) -> String {
    const DOUBLED: [&str; 10] =
        ["set", "refer", "regret", "commit", "submit", "concur", "recommit", "transmit", "transfer", "vow"];
    match verb {
        "agree" => "agreeing".into(),
        "vow" => "vowing".into(),
        verb if DOUBLED.contains(&verb) => format!("{verb}{}ing", &verb[verb.len() - 1..]),
        verb => format!("{}ing", verb.strip_suffix('e').unwrap_or(verb)),
    }
}

fn is_participle(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ing") || VOCABULARY.adjectives.contains(word)
}

fn is_third_person(word: &str) -> bool {
    word.len() > 3
        && word.ends_with('s')
        && !matches!(
            word,
            "this" | "these" | "those" | "states" | "its" | "towards" | "process" | "stress" | "express" | "address"
        )
}

fn preamble_word(manuscript: &Manuscript, sink: &mut RuleSink) {
    for prose in openings(manuscript, preambular) {
        let Some(opening) = prose.opening() else { continue };
        let Some((word, range)) = head(opening) else { continue };
        if is_participle(&word) {
            continue;
        }
        let verb = VOCABULARY.third_persons.get(&word).or(VOCABULARY.verbs.iter().find(|verb| **verb == word));
        let hint = match verb {
            Some(verb) => format!("write “{}”, or make it an operative paragraph", capitalised(&participle(verb))),
            None => "begin with a word such as “Recalling”, “Noting with concern”, “Convinced”".into(),
        };
        let message = format!("preambular paragraph begins with “{}”", &opening[range.clone()]);
        sink.words(prose, range, message, hint);
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns the texts in an act that are no paragraphs of it, although they begin with such a word: in Markdown, paragraphs
/// of acts are known by their italics.
fn mistaken<'m, 'd>(
    manuscript: &'m Manuscript<'d>,
    kind: fn(&Block) -> Option<&Passage>,
    words: &'static FxHashMap<String, &'static str>,
) -> impl Iterator<Item = (&'m Prose<'d>, std::ops::Range<usize>)> {
    let acts = |section: &Section| section.blocks.iter().any(|block| matches!(block, Block::Enacting(_)));
    openings_where(manuscript, acts, kind).filter_map(|prose| {
        let (word, range) = head(&prose.plain)?;
        words.contains_key(&word).then_some((prose, 0..range.end))
    })
}

fn paragraph(block: &Block) -> Option<&Passage> {
    if let Block::Paragraph(passage) = block { Some(passage) } else { None }
}

fn numbered(block: &Block) -> Option<&Passage> {
    if let Block::Numbered(passage) = block { Some(passage) } else { None }
}

fn preamble_italics(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in mistaken(manuscript, paragraph, &VOCABULARY.participles) {
        let hint = "put asterisks around them, *Recalling* …, in a preambular paragraph";
        sink.words(prose, range, "the opening words are not in italics", hint);
    }
    for prose in openings(manuscript, preambular).filter(|prose| prose.opening().is_none() && !prose.plain.is_empty()) {
        let end = prose.plain.find([' ', ',']).unwrap_or(prose.plain.len());
        sink.words(prose, 0..end, "the opening words are not in italics", "put asterisks around them: *Recalling* …");
    }
}

fn operative_word(manuscript: &Manuscript, sink: &mut RuleSink) {
    for prose in openings(manuscript, operative) {
        let Some(opening) = prose.opening() else { continue };
        let Some((word, range)) = head(opening) else { continue };
        if is_third_person(&word) || opening.starts_with("The ") {
            continue;
        }
        let verb = VOCABULARY.participles.get(&word).or(VOCABULARY.verbs.iter().find(|verb| **verb == word));
        let hint = match verb {
            Some(verb) => format!("write “{}”", capitalised(&third_person(verb))),
            None => "begin with a verb such as “Decides”, “Requests”, “Takes note”".into(),
        };
        let message = format!("operative paragraph begins with “{}”", &opening[range.clone()]);
        sink.words(prose, range, message, hint);
    }
}

/// Declarations and rules are numbered too, and have no italics: only paragraphs that begin like an act
/// are reported.
fn operative_italics(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in mistaken(manuscript, numbered, &VOCABULARY.third_persons) {
        let hint = "put asterisks around them, *Requests* …, in an operative paragraph";
        sink.words(prose, range, "the opening words are not in italics", hint);
    }
    let (opened, plain): (Vec<&Prose>, Vec<&Prose>) =
        openings(manuscript, operative).partition(|prose| prose.opening().is_some());
    // Paragraphs of a declaration have no such words; where all other paragraphs have them, this one lost
    // them.
    let lost = plain.len() == 1 && opened.len() > 1;
    for prose in plain {
        let Some((word, range)) = head(&prose.plain) else { continue };
        let lost = lost && prose.plain.trim_end().ends_with([';', '.', ':']);
        if lost || VOCABULARY.third_persons.contains_key(&word) || VOCABULARY.participles.contains_key(&word) {
            sink.words(
                prose,
                0..range.end,
                "the opening words are not in italics",
                "put asterisks around them: *Requests* …",
            );
        }
    }
}

fn misspelt(manuscript: &Manuscript, sink: &mut RuleSink) {
    let vocabulary = &*VOCABULARY;
    for prose in openings(manuscript, preambular) {
        let near = |word: &str| nearest(word, &vocabulary.participles, is_participle(word));
        report_misspelt(prose, sink, |word| !is_known_adjective(word), near);
        report_unusual(prose, sink, |word| {
            is_participle(word) && !is_known_adjective(word) && !vocabulary.participles.contains_key(word)
        });
    }
    for prose in openings(manuscript, operative) {
        const WRONG: &str = "Calls on";
        let opening = prose.opening().unwrap_or_default().trim_end();
        if opening == "Calls for" && CALLED.is_match(prose.after(opening.len())) {
            sink.words(prose, 0..opening.len(), "“Calls for” before those who are called upon", "write “Calls upon”");
        }
        if prose.opening().is_some_and(|opening| opening.trim_end() == WRONG) {
            sink.words(prose, 0..WRONG.len(), format!("“{WRONG}” is not a customary opening"), "write “Calls upon”");
        }
        let near = |word: &str| nearest(word, &vocabulary.third_persons, is_third_person(word));
        report_misspelt(prose, sink, |_| true, near);
        report_unusual(prose, sink, |word| is_third_person(word) && !vocabulary.third_persons.contains_key(word));
    }
}

/// Those called upon, with what they are to do.
static CALLED: Pattern = Pattern::new(
    r"^ (?:(?:all|the) )?(?:[a-z-]+ )?(?:Member States|States|Governments|[Pp]arties|Powers?|Secretary-General|organizations|entities|donors|countries|partners|stakeholders|agencies|institutions|bodies)[^.;]{0,120} to ",
);

/// Opening verbs of some genuine documents that have a more customary equivalent.
const SELDOM: [(&str, &str); 4] =
    [("asks", "Requests"), ("asking", "Requesting"), ("repeats", "Reiterates"), ("repeating", "Reiterating")];

fn report_unusual(prose: &Prose, sink: &mut RuleSink, unknown: impl Fn(&str) -> bool) {
    let Some((word, range)) = prose.opening().and_then(head) else { return };
    let seldom = SELDOM.iter().find(|(seldom, _)| *seldom == word);
    let the = prose.plain.starts_with("The ");
    if seldom.is_none() && (the || !unknown(&word)) {
        return;
    }
    let shown = &prose.plain[range.clone()];
    // A misspelling is reported by another check.
    let slip =
        [&VOCABULARY.third_persons, &VOCABULARY.participles].iter().any(|forms| nearest(&word, forms, true).is_some());
    if slip && seldom.is_none() {
        return;
    }
    let hint = match seldom {
        Some((_, usual)) => format!("write “{usual}”"),
        None => "begin with a customary word, such as “Requests”, “Notes”, “Recalling”".to_owned(),
    };
    let message = format!("“{shown}” is not a customary opening word");
    sink.words(prose, range, message, hint);
}

fn is_known_adjective(word: &str) -> bool {
    VOCABULARY.adjectives.contains(word)
}

fn report_misspelt(
    prose: &Prose,
    sink: &mut RuleSink,
    open: impl Fn(&str) -> bool,
    near: impl Fn(&str) -> Option<&'static str>,
) {
    let Some((word, range)) = prose.opening().and_then(head) else { return };
    if let Some(form) = Some(word.as_str()).filter(|word| open(word)).and_then(near) {
        let message = format!("“{}” is not a customary opening word", &prose.plain[range.clone()]);
        sink.words(prose, range, message, format!("did you mean “{}”?", capitalised(form)));
    }
}

/// Returns the form most similar to a word, or `None` if the word is one of the forms or none is close. A
/// word without the usual ending must be long to count as a misspelling.
fn nearest(word: &str, forms: &'static FxHashMap<String, &'static str>, shape: bool) -> Option<&'static str> {
    const NEAR: usize = 2;
    if forms.contains_key(word) || !(5..=20).contains(&word.len()) || !shape && word.len() < 7 {
        return None;
    }
    let far = |form: &&String| (strsim::osa_distance(form, word), (*form).clone());
    let best = forms.keys().min_by_key(far)?;
    (strsim::osa_distance(best, word) <= NEAR).then_some(best.as_str())
}

fn too_long(manuscript: &Manuscript, sink: &mut RuleSink) {
    for prose in both(manuscript) {
        let Some(opening) = prose.opening() else { continue };
        let bare = opening.trim_end_matches([' ', '\u{a0}']);
        let Some((_, range)) = head(bare) else { continue };
        let rest = &bare[range.end..];
        let foreign = rest.split([' ', '\u{a0}', ',']).filter(|word| !word.is_empty()).find(|word| {
            let small = word.to_lowercase();
            let verb = VOCABULARY.third_persons.contains_key(&small) || VOCABULARY.participles.contains_key(&small);
            // A capital is the matter of another rule.
            !(VOCABULARY.complements.contains(small.as_str()) || is_adverb(word) || verb && small == **word)
        });
        // An article or pronoun at the end belongs to what follows.
        let last = bare.rsplit(' ').next().unwrap_or_default();
        let open = matches!(last, "the" | "its" | "all" | "a" | "an" | "that" | "and") && bare.contains(' ');
        let comma = bare.ends_with([',', ';']);
        if foreign.is_some() || open || comma || takes_an_object(&bare[range], rest) {
            let message = format!("too many words in italics: “{bare}”");
            sink.words(
                prose,
                0..bare.len(),
                message,
                "end them after the opening words, before a comma: *Recalling* its …",
            );
        }
    }
}

/// Whether the italics wrongly include the object of the verb. Only an object of the Assembly's own may be
/// in italics: "Expresses its appreciation".
fn takes_an_object(verb: &str, rest: &str) -> bool {
    const OF_ITSELF: [&str; 10] =
        ["xpress", "eiterat", "ffirm", "enew", "ledg", "onfirm", "nderscor", "xtend", "onvey", "oic"];
    const OWN: [&str; 7] = ["request", "concern", "call", "calls", "commitment", "support", "conviction"];
    let mut words = rest.split_whitespace();
    let own = OF_ITSELF.iter().any(|stem| verb.contains(stem));
    match words.next() {
        Some("the" | "all" | "this" | "these" | "their") => !own,
        Some("its") => !own && !words.next_back().is_some_and(|last| OWN.contains(&last)),
        _ => false,
    }
}

/// Words that must be in italics together with the word before them.
const GOES_ON: [(&str, &[&str]); 7] = [
    ("taking", &["note", "into account", "into consideration"]),
    ("takes", &["note", "into account", "into consideration"]),
    ("bearing", &["in mind"]),
    ("calls", &["upon", "for", "on"]),
    ("calling", &["upon", "for"]),
    ("having", &["considered", "examined", "received", "heard", "regard", "reviewed"]),
    ("looks", &["forward"]),
];

/// Adverbs and complements that belong to any opening words they follow.
const ALWAYS: [&str; 5] = ["also", "with appreciation", "with satisfaction", "with concern", "with deep concern"];

/// Returns the opening words of a paragraph of an act in English, such as “Noting with concern”: where they end, and
/// whether they open an operative paragraph. Returns `None` if it begins with another word.
pub(crate) fn opening_words(text: &str) -> Option<(usize, bool)> {
    let (word, range) = head(text)?;
    let vocabulary = &*VOCABULARY;
    let operative = vocabulary.third_persons.contains_key(&word) && is_third_person(&word);
    let preambular = vocabulary.participles.contains_key(&word) || vocabulary.adjectives.contains(word.as_str());
    if !operative && !preambular {
        return None;
    }
    let (mut end, mut last) = (range.end, word);
    loop {
        let rest = text[end..].strip_prefix([' ', '\u{a0}']);
        let more = |known: &&str| {
            rest.and_then(|rest| rest.strip_prefix(*known)).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        };
        let own = GOES_ON.iter().filter(|(word, _)| *word == last).flat_map(|(_, more)| more.iter());
        let Some(known) = own.chain(&ALWAYS).copied().find(more) else { return Some((end, operative)) };
        let space = text[end..].chars().next().map_or(0, char::len_utf8);
        end += space + known.len();
        last = known.to_owned();
    }
}

fn too_short(manuscript: &Manuscript, sink: &mut RuleSink) {
    for prose in both(manuscript) {
        let Some(opening) = prose.opening() else { continue };
        let after = &prose.plain[opening.len()..];
        if opening.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic) {
            let end = opening.len() + after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
            let start = opening.rfind(' ').map_or(0, |at| at + 1);
            sink.words(prose, start..end, "the italics end inside a word", "move the asterisk to the end of the word");
            continue;
        }
        let rest = after.trim_start_matches([' ', '\u{a0}']);
        let last = opening.trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
        let follows = |more: &&&str| {
            rest.get(..more.len()).is_some_and(|head| head.eq_ignore_ascii_case(more))
                && !rest[more.len()..].starts_with(char::is_alphabetic)
        };
        // The Security Council sets adverbs and complements in roman.
        let council = manuscript.organ() == Some(Organ::SecurityCouncil);
        let always = if council { &[][..] } else { &ALWAYS[..] };
        let own = GOES_ON.iter().filter(|(word, _)| *word == last).flat_map(|(_, more)| more.iter());
        if head(opening).is_none() {
            let end = opening.len() + after.len() - rest.len() + rest.find(' ').unwrap_or(rest.len());
            sink.words(prose, 0..end, "the italics end before the opening verb", "include the verb in the italics");
        } else if let Some(more) = own
            .filter(|_| !council || matches!(last.as_str(), "taking" | "takes" | "bearing"))
            .chain(always)
            .find(follows)
        {
            let end = opening.len() + after.len() - rest.len() + more.len();
            let message = format!("“{more}” belongs to the opening words but is not in italics");
            sink.words(prose, 0..end, message, "include it in the asterisks");
        }
    }
}

fn capital(manuscript: &Manuscript, sink: &mut RuleSink) {
    for prose in both(manuscript) {
        let Some(opening) = prose.opening() else { continue };
        let first = opening.split(' ').next().unwrap_or_default();
        let again = opening.split(' ').skip(1).find(|word| word.starts_with(char::is_uppercase));
        if first.starts_with(char::is_lowercase) {
            sink.words(
                prose,
                0..first.len(),
                "the paragraph begins with a lower-case letter",
                format!("write “{}”", capitalised(first)),
            );
        } else if let Some(word) = again.filter(|word| {
            head(word).is_none()
                || VOCABULARY.complements.contains(word.to_lowercase().as_str())
                || VOCABULARY.verbs.contains(&word.to_lowercase().trim_end_matches('s'))
        }) {
            let at = opening.find(word).unwrap_or_default();
            sink.words(
                prose,
                at..at + word.len(),
                format!("“{word}” is capitalized within the opening words"),
                "write it in lower case",
            );
        }
    }
}
