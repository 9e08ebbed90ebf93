//! Titles of the document, of agenda items, annexes and tables, and headings.

use rustc_hash::FxHashMap;

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, Prose};
use crate::diagnostic::Severity;
use crate::model::Kind;
use crate::model::symbol::Organ;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "title-final-stop",
        severity: Severity::Warning,
        asks: "Do not end a title or heading with a full stop, comma or colon.",
        source: "Editorial Manual, Headings; every genuine document.",
        breaks: "title: Tides and shores of the world.",
        keeps: "title: Tides and shores of the world",
        languages: Languages::All,
        needs: Needs::Text,
        check: final_stop,
    },
    Rule {
        code: "title-first-letter",
        severity: Severity::Warning,
        asks: "Begin a title or heading with a capital letter.",
        source: "Editorial Manual, Headings; every genuine document.",
        breaks: "title: tides and shores of the world",
        keeps: "title: Tides and shores of the world",
        languages: Languages::Alphabetic,
        needs: Needs::Text,
        check: first_letter,
    },
    Rule {
        code: "title-capitals",
        severity: Severity::Warning,
        asks: "Use capitals in a title only at its beginning and in names, and do not write all of it in capitals.",
        source: "Editorial Manual, Capitalization; every genuine resolution.",
        breaks: "title: Strengthening Of International Maritime Safety Measures",
        keeps: "title: Strengthening of international maritime safety measures",
        languages: Languages::English,
        needs: Needs::Text,
        check: capitals,
    },
    Rule {
        code: "title-missing",
        severity: Severity::Warning,
        asks: "Give a draft or a resolution a title; resolutions of the Security Council have none.",
        source: "Every genuine document.",
        breaks: "-title",
        keeps: "title: Tides and shores of the world",
        languages: Languages::All,
        needs: Needs::Document,
        check: missing,
    },
    Rule {
        code: "running-title-long",
        severity: Severity::Warning,
        asks: "The title in the running header must fit into two lines of half the measure.",
        source: "Measured: the running headers of genuine resolutions.",
        breaks: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/12\nadopted: 2029-11-27\n-sponsors\nrunning_title: Strengthening of the coordination of the measures of all the organizations of the United Nations system for the protection of the tides and of the shores of the whole world and of all of its islands",
        keeps: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/12\nadopted: 2029-11-27\n-sponsors\nrunning_title: Tides and shores of the world",
        languages: Languages::Alphabetic,
        needs: Needs::Text,
        check: running,
    },
];

fn is_title(prose: &Prose) -> bool {
    let named = prose.path.root().is_some_and(|field| ["title", "agenda_title", "running_title"].contains(&field));
    named || prose.is_in_body() && (prose.path.ends_in("title") || prose.heading)
}

fn final_stop(manuscript: &Manuscript, sink: &mut RuleSink) {
    for prose in manuscript.prose.iter().filter(|prose| is_title(prose)) {
        let text = prose.plain.trim_end();
        if let Some(rest) = text.strip_suffix(['.', '。', ',', ';', ':'])
            && !rest.ends_with('.')
            && !(rest.len() < 4 || rest.ends_with(" etc"))
            // A heading may introduce what follows.
            && !(text.ends_with(':') && prose.heading)
        {
            sink.fixed(prose, rest.len()..text.len(), "punctuation mark at the end of a title", "remove it", "");
        }
    }
}

fn first_letter(manuscript: &Manuscript, sink: &mut RuleSink) {
    for prose in
        manuscript.prose.iter().filter(|prose| is_title(prose) && prose.path.holder() != Some(&"agenda_title".into()))
    {
        let word = prose.plain.split(' ').next().unwrap_or_default();
        if word.starts_with(char::is_lowercase) && word.chars().skip(1).all(|c| !c.is_uppercase()) {
            sink.words(prose, 0..word.len(), "title begins with a lower-case letter", "capitalize its first word");
        }
    }
}

/// Words that are never capitalized within a title.
const SMALL: [&str; 14] =
    ["Of", "And", "The", "In", "On", "For", "To", "With", "By", "From", "Or", "At", "Into", "Between"];

/// Words that are rare in names and frequent in titles.
const COMMON: [&str; 10] = [
    "Implementation",
    "Strengthening",
    "Promotion",
    "Enhancing",
    "Enhancement",
    "Improving",
    "Improvement",
    "Situation",
    "Measures",
    "Efforts",
];

/// Counts the words of a title that are capitalized there but appear only in lower case in the body.
fn needless(manuscript: &Manuscript, title: &[&str]) -> usize {
    // The title may be a name itself.
    const NAMES: [&str; 14] = [
        "Convention",
        "Declaration",
        "Day",
        "Decade",
        "Year",
        "Agreement",
        "Treaty",
        "Protocol",
        "Charter",
        "Programme",
        "Agenda",
        "Week",
        "Statute",
        "Principles",
    ];
    if title.iter().any(|word| NAMES.contains(word)) {
        return 0;
    }
    let letters = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut small: FxHashMap<String, bool> = title
        .iter()
        .skip(1)
        .map(|word| letters(word))
        .filter(|word| {
            word.len() > 3 && word.starts_with(char::is_uppercase) && !word.chars().skip(1).any(char::is_uppercase)
        })
        .map(|word| (word, false))
        .collect();
    for prose in manuscript.body().filter(|prose| !prose.heading) {
        for word in prose.plain.split([' ', '\u{a0}']).skip(1) {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if small.contains_key(word) {
                small.remove(word);
            } else if let Some(first) = word.chars().next().filter(|c| c.is_ascii_lowercase()) {
                let tall = format!("{}{}", first.to_ascii_uppercase(), &word[1..]);
                if let Some(met) = small.get_mut(&tall) {
                    *met = true;
                }
            }
        }
    }
    small.into_values().filter(|met| *met).count()
}

fn capitals(manuscript: &Manuscript, sink: &mut RuleSink) {
    const NEEDLESS: usize = 2;
    for prose in manuscript.prose.iter().filter(|prose| is_title(prose)) {
        let words: Vec<&str> = prose.plain.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).collect();
        let letters = |c: &char| c.is_alphabetic();
        let capital = prose.plain.chars().filter(letters).count() > 12
            && prose.plain.chars().filter(letters).all(char::is_uppercase);
        let headlines = words
            .windows(2)
            .any(|pair| SMALL.contains(&pair[1]) && !pair[0].ends_with([':', '.', '“', '”', '(', '—', '–', '?']));
        let common = words.iter().skip(1).any(|word| COMMON.contains(word));
        let small = words.iter().filter(|word| word.len() > 3 && word.starts_with(char::is_lowercase)).count();
        let all_tall = common && words.len() > 3 && small == 0 && manuscript.document.kind.acts();
        if capital
            || headlines && !prose.path.is("agenda_title") && !prose.heading
            || all_tall && prose.path.is("title")
            || prose.path.is("title") && manuscript.document.kind.acts() && needless(manuscript, &words) >= NEEDLESS
        {
            sink.value(
                &prose.path,
                "the title has too many capital letters",
                "capitalize only its first word and names",
            );
        }
    }
}

fn missing(manuscript: &Manuscript, sink: &mut RuleSink) {
    let document = manuscript.document;
    let titled = document.kind.acts() && document.kind != Kind::Decision;
    if titled
        && document.title.is_none()
        && matches!(manuscript.organ(), Some(Organ::GeneralAssembly | Organ::EconomicAndSocialCouncil))
    {
        let hint = sink.add("title", "…");
        sink.value("kind", "the document has no title", hint);
    }
}

fn running(manuscript: &Manuscript, sink: &mut RuleSink) {
    const LONGEST: usize = 130;
    let Some(title) = manuscript.at("running_title") else { return };
    if title.plain.chars().count() > LONGEST {
        let message = format!("the running title has more than {LONGEST} characters");
        sink.value("running_title", message, "shorten it so that it fits into two lines");
    }
}
