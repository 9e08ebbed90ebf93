//! Capital letters in names and designations.

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::Manuscript;
use crate::check::pattern::Pattern;
use crate::diagnostic::Severity;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "capitals-names",
        severity: Severity::Warning,
        asks: "Capitalize names: “Member States”, “Secretary-General”, “General Assembly”, “Charter of the United Nations”.",
        source: "Editorial Manual, Capitalization; genuine documents.",
        breaks: "body: [preambular: '*Recalling* that the secretary-general and Member states meet,']",
        keeps: "body: [preambular: '*Recalling* that the Secretary-General and Member States meet,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: names,
    },
    Rule {
        code: "capitals-states",
        severity: Severity::Warning,
        asks: "Write “Member States” for States Members of the United Nations, and “member States” for those of other organizations.",
        source: "Editorial Manual, Capitalization; genuine documents.",
        breaks: "body: [preambular: '*Recalling* that all member States meet,']",
        keeps: "body: [preambular: '*Recalling* that all Member States meet,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: members,
    },
    Rule {
        code: "capitals-designations",
        severity: Severity::Warning,
        asks: "Write “resolution”, “paragraph”, “annex” and “agenda item” before a number in lower case within a sentence, and “Article” of the Charter with a capital.",
        source: "Editorial Manual, Capitalization; genuine documents.",
        breaks: "body: [preambular: '*Recalling* its Resolution 70/1 of 25 September 2015,']",
        keeps: "body: [preambular: '*Recalling* its resolution 70/1 of 25 September 2015,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: designations,
    },
    Rule {
        code: "capitals-government",
        severity: Severity::Warning,
        asks: "Write the “Government” of a State with a capital.",
        source: "Editorial Manual, Capitalization; genuine documents.",
        breaks: "body: [preambular: '*Recalling* that the government of Chile agrees,']",
        keeps: "body: [preambular: '*Recalling* that the Government of Chile agrees,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: government,
    },
];

static NAMES: Pattern = Pattern::new(concat!(
    r"(?-u:\b)(?:member states?|Member state|Member states|member-[Ss]tates?|MEMBER STATES?|Member-States?",
    r"|secretary[- ]general|Secretary-general|Secretary General|secretary-General|deputy secretary-general",
    r"|general assembly|General assembly|general Assembly|security council|Security council|security Council",
    r"|united nations|United nations|united Nations|Economic and social council|economic and social council|Economic and Social council",
    r"|human rights council|Human rights council|Human Rights council|charter of the [Uu]nited [Nn]ations|Charter of the united nations",
    r"|international court of justice|International court of justice|trusteeship council",
    r"|sustainable development goals?|Sustainable development goals?|Sustainable Development goals?|millennium development goals?",
    r"|2030 agenda(?-u:\b)|2030 Agenda for sustainable development|[Uu]niversal declaration of human rights",
    r"|high commissioner for|special rapporteur|permanent representative of|permanent mission of",
    r"|(?:[Ss]mall [Ii]sland|[Dd]eveloping|[Ll]ittoral|[Aa]rab|[Aa]frican|[Cc]oastal|[Tt]hird|[Ii]nterested|[Oo]bserver|[Dd]onor|[Nn]uclear-weapon) states|(?:[Aa]ll|these|those|among|between|upon|urges|invites|encourages|requests|sovereign|independent) states",
    r"|[Nn]on-self-governing [Tt]erritor(?:y|ies)|non-Self-Governing [Tt]erritor(?:y|ies)|administering powers?|occupying power",
    r"|president of the (?:General Assembly|Security Council)|paris agreement|Paris agreement|african union(?-u:\b)|european union(?-u:\b)|league of arab states)(?-u:\b)",
));

/// Names of months, days, languages and peoples in lower case; "march" and "may" are ordinary words.
static PROPER: Pattern = Pattern::new(concat!(
    r"(?-u:\b)(?:january|february|april|june|july|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    r"|african|asian|european|arab|american|english|french|russian|spanish|chinese|arabic|latin america|asia|africa|europe|caribbean)(?-u:\b)",
));

fn names(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in PROPER.each(manuscript) {
        let name = prose.plain[range.clone()].to_owned();
        let inner = |c: char| matches!(c, '/' | '.' | '@' | '-' | '_');
        if !prose.before(range.start).ends_with(inner) && !prose.after(range.end).starts_with(['/', '@', '-', '_']) {
            let hint = format!("write “{}”", tall(&name));
            sink.words(prose, range, format!("“{name}” lacks its capitals"), hint);
        }
    }
    for (prose, range) in NAMES.each(manuscript) {
        let name = &prose.plain[range.clone()];
        let before = prose.before(range.start);
        let after = prose.after(range.end);
        let address = before.ends_with(['/', '.', '@'])
            || after.starts_with(['/', '@', '.']) && after[1..].starts_with(char::is_alphanumeric);
        let national = name.starts_with("general assembly") && before.ends_with("annual ");
        // "Special rapporteurs" is a generic plural.
        if address || national || (name == "special rapporteur" && after.starts_with('s')) {
            continue;
        }
        let hint = format!("write “{}”", tall(name));
        sink.words(prose, range, format!("“{name}” lacks its capitals"), hint);
    }
}

/// Returns a name with its capitals.
fn tall(name: &str) -> String {
    const SMALL: [&str; 5] = ["of", "the", "and", "for", "littoral"];
    const STATES: [&str; 12] = [
        "small",
        "island",
        "developing",
        "littoral",
        "african",
        "coastal",
        "third",
        "interested",
        "observer",
        "donor",
        "nuclear-weapon",
        "administering",
    ];
    let states = name.ends_with("states") && !name.to_lowercase().starts_with("member") && !name.starts_with("league");
    let big = |part: &str| {
        let mut letters = part.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()
        })
    };
    let word = |word: &str| {
        let small = word.to_lowercase();
        if SMALL.contains(&small.as_str())
            || states && STATES.contains(&small.as_str())
            || small == "administering"
            || small == "occupying"
        {
            if small == "african" || small == "arab" { big(word) } else { small }
        } else {
            word.split('-').map(big).collect::<Vec<_>>().join("-")
        }
    };
    let joined = if name.to_lowercase().starts_with("secretary general") {
        name.replace(' ', "-")
    } else {
        name.replace("ember-s", "ember s").replace("ember-S", "ember S")
    };
    joined.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

static MEMBERS: Pattern = Pattern::new(
    r"(?-u:\b)(?:[Aa]ll |by |of |to |that |other |and |for |from |among |between |upon |(?:[Rr]equest|[Uu]rg|[Ii]nvit|[Ee]ncourag|[Rr]emind|[Cc]ommend)(?:s|es|ing) )(?P<at>member States)(?-u:\b)",
);

/// Organizations whose members are “member States”.
static OTHERS: Pattern = Pattern::new(
    r"(?P<at>Member States) of the (?:African Union|European Union|League of Arab States|Association of Southeast Asian Nations|Organization of (?:Islamic Cooperation|American States)|Caribbean Community|Commonwealth|Pacific Islands Forum|Council of Europe)(?-u:\b)",
);
static OURS: Pattern = Pattern::new(r"(?P<at>member States) of the United Nations(?: |[.,;:)]|$)");

fn members(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in OTHERS.each(manuscript) {
        let message = "“Member States” means those of the United Nations";
        sink.words(prose, range, message, "write “member States” for those of another organization");
    }
    for (prose, range) in OURS.each(manuscript) {
        sink.words(prose, range, "those of the United Nations are “Member States”", "write “Member States”");
    }
    // Where the text mentions another organization, its members are meant.
    let others = ["its member States", "their member States", "the member States", "States members of"];
    if others.iter().any(|words| manuscript.text.contains(words)) {
        return;
    }
    let found = MEMBERS.each(manuscript);
    // A text that uses the form several times means it.
    if found.len() > 1 {
        return;
    }
    for (prose, range) in found {
        sink.words(
            prose,
            range,
            "“member States” means those of another organization",
            "write “Member States” if those of the United Nations are meant",
        );
    }
}

static DESIGNATIONS: Pattern = Pattern::new(
    r"[a-z,;] (?P<at>Resolutions?|Decisions?|Paragraphs?|Paras?\.|Agenda [Ii]tems?|Agenda-[Ii]tems?)[ \x{a0}](?:[0-9]|[A-Z]/)",
);
static ARTICLES: Pattern = Pattern::new(
    r"(?P<at>articles?) [0-9]+[^.;:\n]{0,60}? of the (?:Charter|Statute of the (?:International )?Court)(?-u:\b)|[a-z,] (?P<chapter>chapters?) [IVX]+[^.;:\n]{0,30}? of the Charter(?-u:\b)",
);

fn designations(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in DESIGNATIONS.each(manuscript) {
        if !prose.is_quoted(range.start) && !prose.heading && !prose.cell {
            let word = prose.plain[range.clone()].to_owned();
            sink.words(
                prose,
                range,
                format!("“{word}” is capitalized within a sentence"),
                format!("write “{}”", word.to_lowercase()),
            );
        }
    }
    for (prose, _, hit) in ARTICLES.all(manuscript) {
        let Some(word) = hit.one_of(&["at", "chapter"]) else { continue };
        sink.words(
            prose,
            hit.place(&word),
            format!("“{}” of the Charter is in lower case", word.as_str()),
            "write “Article” and “Chapter” of the Charter with a capital",
        );
    }
}

static GOVERNMENT: Pattern = Pattern::new(
    r"(?-u:\b)(?:[Tt]he (?P<at>governments?) of (?:the )?[A-Z]|(?:[Aa]ll|other|those|these|upon|between|among|by|[Uu]rg(?:es|ing)|[Ii]nvit(?:es|ing)|[Ee]ncourag(?:es|ing)|[Rr]equest(?:s|ing)|[Ii]nterested|[Hh]ost|[Dd]onor|[Mm]ember) (?P<many>governments)(?-u:\b))",
);

fn government(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, _, hit) in GOVERNMENT.all(manuscript) {
        let Some(word) = hit.one_of(&["at", "many"]) else { continue };
        let at = hit.place(&word);
        // "Governments at all levels" are not only those of States.
        if !prose.after(at.end).starts_with(" at ") {
            sink.words(prose, at, "the Government of a State is in lower case", "write “Government”");
        }
    }
}
