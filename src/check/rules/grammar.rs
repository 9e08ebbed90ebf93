//! Grammar: words that do not agree, are run together, or are confused with others.

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::Manuscript;
use crate::check::pattern::Pattern;
use crate::diagnostic::Severity;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "article-form",
        severity: Severity::Warning,
        asks: "Use “an” before a vowel sound and “a” before all other sounds: “an hour”, “a European”.",
        source: "English grammar.",
        breaks: "body: [preambular: '*Recalling* a important tide and an shore,']",
        keeps: "body: [preambular: '*Recalling* an important tide and a shore,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: article,
    },
    Rule {
        code: "word-missing",
        severity: Severity::Warning,
        asks: "Put a noun after an article or possessive, and no second preposition after “to” or “of”.",
        source: "English grammar.",
        breaks: "body: [preambular: '*Recalling* the of the tides,']",
        keeps: "body: [preambular: '*Recalling* the height of the tides,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: missing,
    },
    Rule {
        code: "words-joined",
        severity: Severity::Warning,
        asks: "Put a space between words: “of the”, not “ofthe”.",
        source: "Every genuine document.",
        breaks: "body: [preambular: '*Recalling* the height ofthe tides,']",
        keeps: "body: [preambular: '*Recalling* the height of the tides,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: joined,
    },
    Rule {
        code: "word-confused",
        severity: Severity::Warning,
        asks: "Do not confuse words that sound alike: “more than”, “their own”, “in principle”, “its”.",
        source: "English grammar.",
        breaks: "body: [preambular: '*Recalling* that more then half of the tides have there own causes,']",
        keeps: "body: [preambular: '*Recalling* that more than half of the tides have their own causes,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: confused,
    },
    Rule {
        code: "number-agreement",
        severity: Severity::Warning,
        asks: "Words that belong together must agree in number: “these measures”, “this measure”, “Member States have”.",
        source: "English grammar.",
        breaks: "body: [preambular: '*Recalling* these measure and this resolutions,']",
        keeps: "body: [preambular: '*Recalling* these measures and this resolution,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: agreement,
    },
];

static ARTICLE: Pattern = Pattern::new(
    r"(?:^|[ \x{a0}(“])(?P<at>(?P<article>[Aa]n?) (?P<word>[a-z]{2,}|[A-Z][a-z]{2,}|NGOs?|SDGs?|MDGs?|LDCs?|SMEs?|IMF|HIV|ILO|IAEA|OECD|EU|UN|UNDP|UNESCO|UNHCR|UNICEF))(?-u:\b)",
);

/// Whether a word that begins with a vowel letter begins with a consonant sound: “a European”, “a university”.
fn sounds_consonant(word: &str) -> bool {
    const BEGINS: [&str; 19] = [
        "eu", "ewe", "once", "one", "ubiq", "union", "unif", "unil", "unique", "unison", "unit", "univ", "uran", "usa",
        "use", "usu", "ute", "uti", "uto",
    ];
    // “onerous” and “uninterested” begin as they are written.
    BEGINS.iter().any(|begins| word.starts_with(begins)) && !word.starts_with("oner")
}

/// Whether the h at the beginning of a word is silent: “an hour”.
fn has_silent_h(word: &str) -> bool {
    ["hour", "honour", "honest", "heir"].iter().any(|silent| word.starts_with(silent))
}

/// Returns the article that a word needs; `None` if both are used, or it depends on the word.
fn article_of(word: &str) -> Option<&'static str> {
    if word[1..].starts_with(char::is_uppercase) {
        // Said letter by letter: an NGO, an EU plan, a UN body.
        return Some(if word.starts_with('U') { "a" } else { "an" });
    }
    let word = word.to_lowercase();
    match word.chars().next()? {
        'a' | 'e' | 'i' | 'o' | 'u' if sounds_consonant(&word) => Some("a"),
        'a' | 'e' | 'i' | 'o' => Some("an"),
        'u' => None,
        'h' if has_silent_h(&word) => Some("an"),
        'h' if word.starts_with("historic") => None,
        first => first.is_ascii_lowercase().then_some("a"),
    }
}

fn article(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, _, hit) in ARTICLE.all(manuscript) {
        let (Some(both), Some(article), Some(word)) = (hit.name("at"), hit.name("article"), hit.name("word")) else {
            continue;
        };
        let at = hit.place(&both);
        let Some(right) = article_of(word.as_str()).filter(|right| !article.as_str().eq_ignore_ascii_case(right))
        else {
            continue;
        };
        // "77/290 A of" cites a resolution, and "annex A is" an annex.
        let lettered = both.as_str().starts_with("A ") && !prose.before(at.start).trim_end().is_empty();
        // "target 7.a of" and "paragraph 3 a of" have letters.
        let after_figure = prose.before(at.start).trim_end().ends_with(|c: char| c.is_ascii_digit());
        if lettered || after_figure {
            continue;
        }
        let message = format!("“{}” has the wrong article", both.as_str());
        sink.words(prose, at, message, format!("write “{right}”"));
    }
}

static MISSING: Pattern = Pattern::new(
    r"(?:^|[ \x{a0}(])(?P<at>(?:the|an|its|their|our) (?:of|and|in|to|for|by|with|is|are|that|which|the|an|its|their|this|these)|(?:to|for|in) of|of of)[ \x{a0}]",
);

fn missing(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in MISSING.each(manuscript) {
        let words = prose.plain[range.clone()].to_owned();
        let message = format!("missing or extra word in “{words}”");
        sink.words(prose, range, message, "add the missing word, or remove one of the two");
    }
}

static JOINED: Pattern = Pattern::new(
    r"(?-u:\b)(?:(?:of|to|in|and|for|by|with|on|that|at|from|as|upon|under)(?:the|its|their|this|these)|(?:of|to|and|for|by|with|from)(?:all|which|other|international|Member|States|General)|(?:the|all)(?:United|General|Member|States|Secretary|Security|international))(?-u:\b)",
);

fn joined(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in JOINED.each(manuscript) {
        let word = prose.plain[range.clone()].to_owned();
        let address = prose.before(range.start).ends_with(['/', '.', '@', '-', '_'])
            || prose.after(range.end).starts_with(['/', '@', '_']);
        if !address {
            sink.words(prose, range, format!("missing space in “{word}”"), "write it as two words");
        }
    }
}

/// Words that are confused with others, and the right word.
static CONFUSED: [(Pattern, &str); 14] = [
    (
        Pattern::new(
            r"(?:[Mm]ore|[Ll]ess|[Rr]ather|[Oo]ther|[Gg]reater|[Ff]ewer|better|higher|lower|later|earlier|larger) (?P<at>then)",
        ),
        "than",
    ),
    (
        Pattern::new(
            r"(?P<at>[Tt]here) (?:own|respective|obligations|territory|territories|efforts|rights|commitments?|policies|national)",
        ),
        "their",
    ),
    (Pattern::new(r"(?P<at>[Tt]heir) (?:is|are|was|were) (?:no|a|an)"), "there"),
    (Pattern::new(r"(?P<at>[Ii]t[’']s)"), "its"),
    (
        Pattern::new(
            r"(?P<at>[Pp]rincipals) (?:of|and|set|contained|enshrined)|and (?P<two>principals)|in (?P<three>principal)",
        ),
        "principle",
    ),
    (Pattern::new(r"(?:the|an|this|adverse|negative) (?P<at>affects?)|(?P<two>affects?) of"), "effect"),
    (Pattern::new(r"to (?P<at>effect) (?:the|women|children|all)"), "affect"),
    (
        Pattern::new(
            r"(?:[Aa]way|resulting|[Aa]part|far|emanating|arising|suffering|derived|benefit|withdrawal|refrain|received|benefits) (?P<at>form)",
        ),
        "from",
    ),
    (Pattern::new(r"(?P<at>advise) (?:of|on) the|(?:the|an|its|their|legal) (?P<two>advise)"), "advice"),
    (Pattern::new(r"(?:would|should|could|must|may|might|will|can) (?P<at>of) (?:been|had|done)"), "have"),
    (Pattern::new(r"[Dd]ue (?P<at>too)|in addition (?P<two>too)|according (?P<three>too)"), "to"),
    (Pattern::new(r"(?:to|not|may|could|will|would) (?P<at>loose)"), "lose"),
    (Pattern::new(r"the (?P<at>moral) of (?:the )?(?:staff|troops|personnel)"), "morale"),
    (Pattern::new(r"as (?P<at>fallows)"), "follows"),
];

fn confused(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (pattern, right) in &CONFUSED {
        for (prose, range, hit) in pattern.all(manuscript) {
            let Some(word) = hit.one_of(&["at", "two", "three"]) else { continue };
            let at = hit.place(&word);
            let inner = |c: char| c.is_alphanumeric() || c == '-';
            let part =
                prose.before(range.start).ends_with(inner) || prose.after(range.end.max(at.end)).starts_with(inner);
            // "The principal organs" and "in principal part" are right.
            let noun = word.as_str() == "principal" && !prose.after(at.end).starts_with([',', ';', '.']);
            if !part && !noun {
                sink.words(prose, at, format!("“{}” is the wrong word", word.as_str()), format!("write “{right}”"));
            }
        }
    }
}

static AGREEMENT: Pattern = Pattern::new(concat!(
    r"(?-u:\b)(?:[Tt]his (?:resolutions|measures|efforts|States|rights|issues|principles|goals|countries|reports|areas|matters|challenges|documents|commitments|obligations|recommendations|paragraphs|decisions|provisions)",
    r"|[Tt]h[eo]se (?:resolution|effort|report|regard|issue|matter|goal|country|measure|challenge|document|commitment|obligation|recommendation|paragraph|decision|provision|principle|State)",
    r"|(?:many|several|various|numerous|both|two|three|four|five|six|seven|eight|nine|ten|[1-9][0-9]+) (?:State|Member State|country|resolution|measure|report|Government|principle|organization|recommendation|decision|challenge)",
    r"|[Aa]ll (?:State|Member State|Government|resolution|measure|country|stakeholder)",
    r"|Members States?|Member’s States|Member States’s|State Members States",
    r"|(?:each|every|Each|Every|another) (?:States|Member States|countries|resolutions|measures|Governments|reports)",
    r"|Member States (?P<verb>has|is|was|does)",
    r"|(?:[Tt]he|[Aa]ll) States (?P<states>has|is|was|does)|(?:[Ee]ach|[Ee]very) (?:Member )?State (?P<each>have|are|were)",
    r"|[Tt]he (?:Secretary-General|General Assembly|Security Council) (?P<many>have|are|were))(?-u:\b)",
));

fn agreement(manuscript: &Manuscript, sink: &mut RuleSink) {
    const PREPOSITIONS: [&str; 10] =
        [" of", " by", " from", " to", " between", " among", " with", " in", " for", " and"];
    for (prose, range, hit) in AGREEMENT.all(manuscript) {
        let words = prose.plain[range.clone()].to_owned();
        // "The satisfaction of Member States is …": the verb agrees with a noun before it.
        let before = prose.before(range.start).trim_end_matches([' ', '\u{a0}']);
        let before = before.strip_suffix(" all").or(before.strip_suffix(" the")).unwrap_or(before);
        let verb = ["verb", "states", "each", "many"].iter().any(|name| hit.name(name).is_some());
        let of = verb && PREPOSITIONS.iter().any(|word| before.ends_with(word));
        // In "State party", "all State institutions" and "10 country offices" the noun is an attribute.
        let adjective = words.ends_with(['y', 'e', 't', 'n'])
            && prose.after(range.end).trim_start_matches([' ', '\u{a0}']).starts_with(char::is_alphabetic)
            && ["State", "country", "Government", "stakeholder", "report", "resolution", "measure", "organization"]
                .iter()
                .any(|noun| words.ends_with(noun))
            && !words.to_lowercase().starts_with("these")
            && !["have ", "are ", "were "].iter().any(|verb| prose.after(range.end).trim_start().starts_with(verb))
            && !prose.after(range.end).trim_start().starts_with("to ");
        let part = prose.after(range.end).starts_with(['-', '‑']);
        if !of && !adjective && !part {
            sink.words(
                prose,
                range,
                format!("the words of “{words}” do not agree in number"),
                "make both singular or both plural",
            );
        }
    }
}
