//! Numbers in words and in figures.

use super::dates::months;
use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, Prose, front, tail};
use crate::check::pattern::Pattern;
use crate::diagnostic::Severity;
use crate::prepare::words::ordinals;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "number-under-ten",
        severity: Severity::Warning,
        asks: "Write numbers under 10 in words, except ages, sums of money, percentages, measures and designations.",
        source: "Editorial Manual, Numbers; genuine documents.",
        breaks: "body: [preambular: '*Recalling* that 5 countries agree,']",
        keeps: "body: [preambular: '*Recalling* that five countries agree,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: under_ten,
    },
    Rule {
        code: "number-words",
        severity: Severity::Hint,
        asks: "Write numbers of 10 and over in figures, except at the beginning of a sentence.",
        source: "Editorial Manual, Numbers; genuine documents.",
        breaks: "body: [preambular: '*Recalling* that fifteen countries agree,']",
        keeps: "body: [preambular: '*Recalling* that 15 countries agree,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: in_words,
    },
    Rule {
        code: "number-thousands",
        severity: Severity::Warning,
        asks: "Separate thousands with commas: “15,000”.",
        source: "Editorial Manual, Numbers; every genuine document.",
        breaks: "body: [preambular: '*Recalling* that 15000 persons agree,']",
        keeps: "body: [preambular: '*Recalling* that 15,000 persons agree,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: thousands,
    },
    Rule {
        code: "number-ordinal",
        severity: Severity::Warning,
        asks: "Write ordinals up to the hundredth in words: “the seventy-seventh session”, “the twenty-first century”; those of meetings in figures.",
        source: "Editorial Manual, Numbers; genuine documents.",
        breaks: "body: [preambular: '*Recalling* its 77th session,']",
        keeps: "body: [preambular: '*Recalling* its seventy-seventh session,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: ordinal,
    },
    Rule {
        code: "number-ending",
        severity: Severity::Warning,
        asks: "Give ordinals in figures the right ending: “103rd”, “111th”.",
        source: "English grammar.",
        breaks: "body: [preambular: '*Recalling* its 103th plenary meeting,']",
        keeps: "body: [preambular: '*Recalling* its 103rd plenary meeting,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: ending,
    },
    Rule {
        code: "ordinal-form",
        severity: Severity::Warning,
        asks: "Write an ordinal before “session” or “anniversary”, with a hyphen if it is compound: “eighty-sixth session”.",
        source: "Editorial Manual, Numbers; every genuine document.",
        breaks: "body: [preambular: '*Recalling* its eighty-six session and its seventy first session,']",
        keeps: "body: [preambular: '*Recalling* its eighty-sixth session and its seventy-first session,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: ordinal_form,
    },
    Rule {
        code: "digit-letters",
        severity: Severity::Warning,
        asks: "Use digits in numbers, not the letters l or I for 1 or O for 0.",
        source: "Every genuine document.",
        breaks: "body: [preambular: '*Recalling* the tides of 2O29,']",
        keeps: "body: [preambular: '*Recalling* the tides of 2029,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: letters,
    },
    Rule {
        code: "per-cent",
        severity: Severity::Warning,
        asks: "Write “per cent” as two words in the text, after figures; use “%” only in tables.",
        source: "Editorial Manual, Numbers; every genuine document.",
        breaks: "body: [preambular: '*Recalling* that 25% agree,']",
        keeps: "body: [preambular: '*Recalling* that 25 per cent agree,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: per_cent,
    },
    Rule {
        code: "number-money",
        severity: Severity::Warning,
        asks: "Write sums of money as “$5 million” or “117,628,900 dollars”, without “US” or a space after the sign.",
        source: "Editorial Manual, Currencies; genuine documents.",
        breaks: "body: [preambular: '*Recalling* that it costs USD 5 million,']",
        keeps: "body: [preambular: '*Recalling* that it costs $5 million,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: money,
    },
    Rule {
        code: "number-begins-sentence",
        severity: Severity::Hint,
        asks: "Do not begin a sentence with a number in figures.",
        source: "Editorial Manual, Numbers; genuine documents.",
        breaks: "symbol: A/84/12\nkind: letter\ndistribution: general\n-sponsors\nbody: [paragraph: 15 States have agreed to the plan.]",
        keeps: "symbol: A/84/12\nkind: letter\ndistribution: general\n-sponsors\nbody: [paragraph: Fifteen States have agreed to the plan.]",
        languages: Languages::English,
        needs: Needs::Text,
        check: begins,
    },
];

/// Whether a number belongs to a measure, a sum or a designation, or the text lists figures.
fn measured(prose: &Prose, start: usize, end: usize) -> bool {
    const AFTER: [&str; 38] = [
        "per",
        "percentage",
        "of",
        "and",
        "to",
        "or",
        "million",
        "billion",
        "trillion",
        "percent",
        "p.m",
        "a.m",
        "kilometres",
        "km",
        "metres",
        "degrees",
        "tons",
        "tonnes",
        "dollars",
        "euros",
        "hectares",
        "above",
        "below",
        "by",
        "in",
        "on",
        "at",
        "for",
        "with",
        "from",
        "as",
        "is",
        "was",
        "are",
        "no",
        "requires",
        "action",
        "has",
    ];
    const BEFORE: [&str; 48] = [
        "paragraph",
        "paragraphs",
        "Article",
        "Articles",
        "article",
        "articles",
        "section",
        "sections",
        "item",
        "items",
        "annex",
        "annexes",
        "Annex",
        "chapter",
        "Chapter",
        "table",
        "Table",
        "figure",
        "Figure",
        "rule",
        "rules",
        "part",
        "Part",
        "phase",
        "Phase",
        "goal",
        "Goal",
        "Goals",
        "target",
        "Target",
        "step",
        "tier",
        "level",
        "No.",
        "Nos.",
        "vol.",
        "para.",
        "paras.",
        "page",
        "p.",
        "category",
        "Category",
        "Protocol",
        "footnote",
        "option",
        "to",
        "and",
        "than",
    ];
    let before = prose.before(start).trim_end_matches([' ', '\u{a0}', '(']);
    let word = before.rsplit([' ', '\u{a0}', '(', '“']).next().unwrap_or_default();
    let next = prose.after(end).trim_start_matches([' ', '\u{a0}']);
    let next = next.split([' ', '\u{a0}', ',', ';', ')', '.', '”']).next().unwrap_or_default();
    let capital = word.starts_with(char::is_uppercase) && word.len() > 1;
    AFTER.contains(&next) || BEFORE.contains(&word) || months().contains(&next) || months().contains(&word) || capital
}

static FIGURE: Pattern = Pattern::new(r"[a-z,] (?P<at>[1-9]) (?:[a-z]{3,}|(?:Member )?States|Governments)(?-u:\b)");

fn under_ten(manuscript: &Manuscript, sink: &mut RuleSink) {
    const NEAR: usize = 60;
    for (prose, range) in FIGURE.each(manuscript) {
        // Next to greater numbers, all numbers are in figures.
        let near = format!("{}{}", tail(prose.before(range.start), NEAR), front(&prose.plain[range.start..], NEAR));
        let words: Vec<&str> = near.split([' ', '\u{a0}']).collect();
        let greater = |pair: &&[&str]| {
            let number = pair[0].len() == 2 && pair[0].bytes().all(|c| c.is_ascii_digit());
            number && !months().contains(&pair[1])
        };
        let others = words.windows(2).filter(greater).count();
        let age = ["years of age", "months of age", "years old"]
            .iter()
            .any(|words| prose.after(range.end).trim_start().starts_with(words));
        if prose.cell
            || prose.footnote.is_some()
            || measured(prose, range.start, range.end)
            || age
            || others > 0
            || prose.before(range.start).ends_with("age of ")
        {
            continue;
        }
        let figure: usize = prose.plain[range.clone()].parse().unwrap_or(0);
        let word = ordinals::cardinal(figure).unwrap_or_default();
        sink.words(prose, range, format!("“{figure}” is below 10 and written in figures"), format!("write “{word}”"));
    }
}

static WORDS: Pattern = Pattern::new(
    r"[a-z] (?P<at>(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)) (?:[a-z]+s|Member States|States|men|women|children|people)(?-u:\b)",
);

fn in_words(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in WORDS.each(manuscript) {
        let message = format!("“{}” is 10 or more and written in words", &prose.plain[range.clone()]);
        sink.words(prose, range, message, "write it in figures");
    }
}

static THOUSANDS: Pattern = Pattern::new(
    r"(?:^|[ \x{a0}($€£])(?P<at>[0-9]{5,}|[1-9][0-9]{3}|[0-9]{1,3}(?:[. ][0-9]{3}){2,}|[0-9]{1,3} [0-9]{3})(?:\.[0-9]+)?[ \x{a0}](?P<noun>[a-z]+|States|Member)",
);

/// Figures with commas that do not separate thousands.
static GROUPS: Pattern = Pattern::new(
    r"(?:^|[ \x{a0}($€£])(?P<at>[0-9]+(?:,[0-9]{3})*(?:,[0-9]{1,2}|,[0-9]{4,}|[0-9]{1,3},[0-9]{3}[0-9]))(?:[ \x{a0}.;)]|,[ \x{a0}])",
);

/// Words before a year.
const DATES: [&str; 17] = [
    "in", "by", "since", "from", "until", "till", "to", "before", "after", "during", "between", "for", "of", "through",
    "early", "late", "the",
];

/// Whether four figures may be a year.
fn is_year(figures: &str) -> bool {
    figures.parse().is_ok_and(|year: u16| (1700..2200).contains(&year))
}

fn thousands(manuscript: &Manuscript, sink: &mut RuleSink) {
    // Nouns that tell a count from a year after four figures.
    const COUNTED: [&str; 26] = [
        "people",
        "persons",
        "refugees",
        "dollars",
        "troops",
        "police",
        "cases",
        "civilians",
        "children",
        "women",
        "men",
        "deaths",
        "households",
        "families",
        "tons",
        "tonnes",
        "kilometres",
        "metres",
        "hectares",
        "participants",
        "delegates",
        "personnel",
        "victims",
        "euros",
        "staff",
        "posts",
    ];
    for (prose, range) in GROUPS.each(manuscript) {
        // "Paragraphs 3,12" lacks a space, and footnotes and cells contain lists of figures.
        if prose.footnote.is_none() && !prose.cell {
            let number = &prose.plain[range.clone()];
            let message = format!("“{number}” does not have three digits after its comma");
            let units = [" million", " billion", " trillion", " per cent"];
            let unit =
                units.iter().find(|unit| prose.after(range.end).trim_start_matches('\u{a0}').starts_with(**unit));
            let hint = match unit {
                Some(unit) => format!("write “{}{unit}”, with a decimal point", number.replace(',', ".")),
                None => "write it as “15,000”, or add a space after the comma of a list".to_owned(),
            };
            sink.words(prose, range, message, hint);
        }
    }
    for (prose, _, hit) in THOUSANDS.all(manuscript) {
        let (Some(number), Some(noun)) = (hit.name("at"), hit.name("noun")) else { continue };
        // “70 and 12345 others” counts; “Nos. 12344 and 12345 of the series” designates.
        let counts = noun.as_str().ends_with('s');
        let at = hit.place(&number);
        let before = prose.before(at.start).trim_end();
        let word = before.rsplit([' ', '\u{a0}', ',']).next().unwrap_or_default();
        let named = matches!(
            word,
            "No."
                | "Nos."
                | "vol."
                | "resolution"
                | "document"
                | "resolutions"
                | "item"
                | "ref."
                | "number"
                | "numbers"
        ) || word == "and" && !counts
            || months().contains(&word)
            || word.ends_with(|c: char| c.is_ascii_digit());
        let four = number.len() == 4;
        let year = four && is_year(number.as_str());
        if prose.cell
            || year && DATES.contains(&word.to_lowercase().as_str())
            || prose.footnote.is_some() && !four
            || named
            || four && !COUNTED.contains(&noun.as_str())
            || number.as_str().contains(' ') && !COUNTED.contains(&noun.as_str())
        {
            continue;
        }
        let digits: String = number.as_str().chars().filter(char::is_ascii_digit).collect();
        let grouped = grouped(&digits);
        let message = format!("“{}” has no thousands separators", number.as_str());
        if year {
            sink.words(prose, at, message, format!("write “{grouped}”, unless it is a year"));
        } else {
            sink.fixed(prose, at, message, format!("write “{grouped}”"), &grouped);
        }
    }
}

/// Returns "15,000" for "15000".
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

static ORDINAL: Pattern = Pattern::new(
    r"(?-u:\b)(?P<at>[0-9]{1,2}(?:st|nd|rd|th))[ \x{a0}](?:(?:regular|special|emergency special|annual|substantive|plenary|resumed|ordinary) )?(?P<noun>session|century|anniversary|preambular|operative|paragraph|report|year|Conference|conference|summit|Summit|round|cycle|time|place|decade)",
);

fn ordinal(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, _, hit) in ORDINAL.all(manuscript) {
        let Some(sign) = hit.name("at") else { continue };
        let number = sign.as_str().trim_end_matches(char::is_alphabetic).parse().unwrap_or(0);
        let words = ordinals::in_words(number).unwrap_or_default();
        sink.words(
            prose,
            hit.place(&sign),
            format!("“{}” is an ordinal in figures", sign.as_str()),
            format!("write “{words}”"),
        );
    }
}

static SITTING: Pattern = Pattern::new(concat!(
    r"(?-u:\b)(?P<at>(?:(?:twen|thir|for|four|fif|six|seven|eigh|eight|nin|nine)(?:t?y|tie?th)(?:-[a-z]+| [a-z]*(?:st|nd|rd|th|one|two|three|four|five|six|seven|eight|nine))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen",
    r"|[a-z]*(?:eigth|fith|nineth|twelveth|twelth|forth|fivth|threeth|fourt)))",
    r"[ \x{a0}](?:(?:regular|special|emergency special|annual|substantive|plenary|resumed|ordinary) )?(?:session|anniversary)(?-u:\b)",
));

fn ordinal_form(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in SITTING.each(manuscript) {
        let words = &prose.plain[range.clone()];
        // The pattern does not match words before it, as in "hundred and first".
        let hyphened = prose.before(range.start).ends_with(['-', '‑']);
        if ordinals::ordinal(words).is_none() && !hyphened {
            let message = format!("“{words}” is not an ordinal");
            sink.words(prose, range, message, "write it as “eighty-sixth”");
        }
    }
}

static LETTERS: Pattern = Pattern::new(
    r"(?:^|[ \x{a0}(“/–$-])(?P<at>[0-9]+[lIoO][0-9lIoO]*|[lIoO][0-9][0-9lIoO]*|[0-9]+/[lIoO])(?:[ \x{a0},;.:)”/–-]|$)",
);

fn letters(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in LETTERS.each(manuscript) {
        let sign = &prose.plain[range.clone()];
        // Oxygen and ozone, and a sum of litres.
        let other = matches!(sign, "O2" | "O3")
            || sign.ends_with('l')
                && sign.matches(|c: char| c.is_alphabetic()).count() == 1
                && !prose.before(range.start).ends_with('/')
                && prose.cell;
        if !other {
            let right: String = sign
                .chars()
                .map(|c| match c {
                    'l' | 'I' => '1',
                    'o' | 'O' => '0',
                    c => c,
                })
                .collect();
            let message = format!("“{sign}” has a letter among its digits");
            sink.words(prose, range, message, format!("write “{right}”"));
        }
    }
}

static ENDING: Pattern = Pattern::new(r"(?-u:\b)(?P<number>[0-9]{1,5})(?P<ending>st|nd|rd|th)(?-u:\b)");

fn ending(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range, hit) in ENDING.all(manuscript) {
        let Ok(number) = hit["number"].parse() else { continue };
        let right = ordinals::ending(number);
        if right != &hit["ending"] {
            sink.words(prose, range, format!("“{}” has the wrong ending", &hit[0]), format!("write “{number}{right}”"));
        }
    }
}

static PER_CENT: Pattern = Pattern::new(
    r"[0-9](?P<at>[ \x{a0}]?%|[ \x{a0}]?percent(?-u:\b)|per cent(?-u:\b)|[ \x{a0}]per[ -]?cents(?-u:\b)|[ \x{a0}]per-cent(?-u:\b))|[ \x{a0}](?P<glued>percent)(?-u:\b)|[a-z,][ \x{a0}](?P<words>(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|one hundred|a hundred))[ \x{a0}]per cent(?-u:\b)",
);

fn per_cent(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, _, hit) in PER_CENT.all(manuscript) {
        let Some(sign) = hit.one_of(&["at", "glued", "words"]) else { continue };
        let at = hit.place(&sign);
        if hit.name("words").is_some() {
            sink.words(prose, at, "percentage in words", "write the number in figures: “40 per cent”");
        } else if !prose.cell {
            let message = format!("“{}” instead of “per cent”", sign.as_str().trim());
            sink.words(prose, at, message, "write “per cent”, after a space");
        }
    }
}

static MONEY: Pattern = Pattern::new(
    r"(?-u:\b)(?:USD?|US dollars)[ \x{a0}]?\$?[ \x{a0}]?[0-9][0-9,.]*|US\$[ \x{a0}]?[0-9]?|(?-u:\b)[0-9][0-9,.]*(?: million| billion)?[ \x{a0}](?:USD|US dollars|US\$)|\$[ \x{a0}][0-9]|€[ \x{a0}][0-9]|(?-u:\b)[0-9][0-9,.]*(?: million| billion)?[ \x{a0}]?(?:\$|€)",
);

fn money(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in MONEY.each(manuscript) {
        let sum = prose.plain[range.clone()].to_owned();
        if !prose.cell {
            sink.words(
                prose,
                range,
                format!("“{sum}” does not have the form of a sum of money"),
                "write it as “$5 million” or “5,000 dollars”",
            );
        }
    }
}

static BEGINS: Pattern = Pattern::new(r"(?P<word>[a-z]{3,})\. (?P<at>[0-9]{1,3}(?:,[0-9]{3})*) [a-zS][a-z]+");

/// Abbreviations before numbers, without the s of the plural.
const ABBREVIATED: [&str; 13] =
    ["para", "chap", "sect", "art", "vol", "fig", "rec", "ref", "app", "approx", "sess", "suppl", "ser"];

fn begins(manuscript: &Manuscript, sink: &mut RuleSink) {
    let beginning =
        |prose: &&Prose| prose.plain.starts_with(|c: char| c.is_ascii_digit()) && !prose.cell && !prose.heading;
    for prose in
        manuscript.body().filter(beginning).filter(|prose| prose.plain.ends_with('.') && prose.plain.contains(' '))
    {
        let end = prose.plain.find([' ', '\u{a0}']).unwrap_or(prose.plain.len());
        // "12 May …" and "3. …" are dates and numbers of paragraphs.
        if prose.plain[..end].chars().all(|c| c.is_ascii_digit() || c == ',') {
            sink.words(
                prose,
                0..end,
                "the paragraph begins with a number in figures",
                "write it in words, or rephrase the beginning",
            );
        }
    }
    for (prose, _, hit) in BEGINS.all(manuscript) {
        let (Some(word), Some(number)) = (hit.name("word"), hit.name("at")) else { continue };
        let range = hit.place(&number);
        // The stop is that of an abbreviation: “para. 3 of”.
        let abbreviated = ABBREVIATED.contains(&word.as_str().strip_suffix('s').unwrap_or(word.as_str()));
        if prose.footnote.is_none() && !prose.cell && !abbreviated {
            sink.words(
                prose,
                range,
                "a sentence begins with a number in figures",
                "write it in words, or rephrase the beginning",
            );
        }
    }
}
