//! Doubled and missing punctuation marks, dashes and ranges.

use super::dates::months;
use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::Manuscript;
use crate::check::pattern::Pattern;
use crate::diagnostic::Severity;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "range-hyphen",
        severity: Severity::Warning,
        asks: "Use an en dash without spaces in ranges of years, numbers and pages: “2015–2030”.",
        source: "Editorial Manual, Dashes; every genuine document.",
        breaks: "body: [preambular: '*Recalling* the period 2015-2030,']",
        keeps: "body: [preambular: '*Recalling* the period 2015–2030,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: hyphen,
    },
    Rule {
        code: "range-words",
        severity: Severity::Warning,
        asks: "Write “to” after “from” and “and” after “between”, not a dash.",
        source: "Editorial Manual, Dashes; every genuine document.",
        breaks: "body: [preambular: '*Recalling* the tides from 2015–2030,']",
        keeps: "body: [preambular: '*Recalling* the tides from 2015 to 2030,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: words,
    },
    Rule {
        code: "dash-form",
        severity: Severity::Warning,
        asks: "Write a dash between words as – with a space on both sides or — with none, not as one or two hyphens.",
        source: "Editorial Manual, Dashes; every genuine document.",
        breaks: "body: [preambular: '*Recalling* the past - and the tides -- of all,']",
        keeps: "body: [preambular: '*Recalling* the past – and the tides – of all,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: dash,
    },
    Rule {
        code: "punctuation-doubled",
        severity: Severity::Warning,
        asks: "Do not double punctuation marks or put a comma or semicolon beside another mark.",
        source: "Every genuine document.",
        breaks: "body: [preambular: '*Recalling* the past,, and the tides,']",
        keeps: "body: [preambular: '*Recalling* the past, and the tides,']",
        languages: Languages::All,
        needs: Needs::Text,
        check: doubled,
    },
    Rule {
        code: "word-doubled",
        severity: Severity::Warning,
        asks: "Do not repeat a word.",
        source: "Every genuine document.",
        breaks: "body: [preambular: '*Recalling* the the past,']",
        keeps: "body: [preambular: '*Recalling* the past,']",
        languages: Languages::Alphabetic,
        needs: Needs::Text,
        check: word,
    },
    Rule {
        code: "sentence-capital",
        severity: Severity::Warning,
        asks: "Begin a sentence with a capital letter.",
        source: "Every genuine document.",
        breaks: "symbol: A/84/12\nkind: letter\ndistribution: general\n-sponsors\nbody: [paragraph: I have the honour to write. the tides are high this year.]",
        keeps: "symbol: A/84/12\nkind: letter\ndistribution: general\n-sponsors\nbody: [paragraph: I have the honour to write. The tides are high this year.]",
        languages: Languages::English,
        needs: Needs::Text,
        check: sentence,
    },
    Rule {
        code: "paragraph-doubled",
        severity: Severity::Warning,
        asks: "Do not repeat a paragraph.",
        source: "Every genuine document.",
        breaks: "body: [preambular: '*Recalling* the past and all of the tides of the world,', preambular: '*Recalling* the past and all of the tides of the world,']",
        keeps: "body: [preambular: '*Recalling* the past and all of the tides of the world,']",
        languages: Languages::All,
        needs: Needs::Document,
        check: paragraph,
    },
];

static YEARS: Pattern =
    Pattern::new(r"(?-u:\b)(?:(?:1[5-9]|20)[0-9]{2}[ \x{a0}]?(?P<at>[-‐‑—])[ \x{a0}]?(?:1[5-9]|20)[0-9]{2})(?-u:\b)");
static PAGES: Pattern = Pattern::new(
    r"(?-u:\b)(?:pp?\.|paras?\.|paragraphs|pages|articles|Articles|arts\.|Nos\.|vols\.|chaps\.|sects\.|items|rules|annexes|tables)[ \x{a0}][0-9]{1,4}(?P<at>[-‐‑])[0-9]{1,4}(?-u:\b)",
);
static DAYS: Pattern = Pattern::new(
    r"(?-u:\b)[0-9]{1,2}[ \x{a0}]?(?P<at>[-‐‑])[ \x{a0}]?[0-9]{1,2}[ \x{a0}](?:{MONTH}|per cent|million|years|days|months|weeks|States|members)(?-u:\b)",
);
static SPACED: Pattern = Pattern::new(r"(?-u:\b)[0-9]{1,4}(?P<at> – | –|– )[0-9]{1,4}(?-u:\b)");

fn hyphen(manuscript: &Manuscript, sink: &mut RuleSink) {
    for pattern in [&YEARS, &PAGES, &DAYS, &SPACED] {
        for (prose, range) in pattern.each(manuscript) {
            let before = prose.before(range.start);
            let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
            let after = prose.after(range.end).trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
            // There, a word is missing (`range-words`).
            let dated = std::ptr::eq(pattern, &YEARS) || months().iter().any(|month| after.starts_with(month));
            if dated && ["rom", "etween"].iter().any(|word| number.trim_end().ends_with(word)) {
                continue;
            }
            // A hyphen is right within symbols and document numbers.
            if number.ends_with(['/', '-', '.', '–'])
                && !number.ends_with("p.")
                && !number.ends_with("s.")
                && !number.ends_with("a.")
                || after.starts_with('/')
            {
                continue;
            }
            sink.fixed(prose, range, "range without a plain en dash", "use an en dash without spaces: 2015–2030", "–");
        }
    }
}

static FROM: Pattern = Pattern::new(
    r"(?-u:\b)(?:from|From|between|Between)[ \x{a0}](?:[0-9]{1,2}[ \x{a0}]?[–-][ \x{a0}]?[0-9]{1,2}[ \x{a0}]{MONTH}|(?:19|20)[0-9]{2}[ \x{a0}]?[–-][ \x{a0}]?(?:19|20)[0-9]{2})(?-u:\b)",
);

fn words(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in FROM.each(manuscript) {
        let message = format!("“{}” has a dash instead of a word", &prose.plain[range.clone()]);
        sink.words(prose, range, message, "write it as “from 2015 to 2030” or “between 2015 and 2030”");
    }
}

static DASH: Pattern = Pattern::new(
    r"[^\s\d](?P<at> - )[^\s]|[0-9](?P<figure> - )[^\s\d]|[^-\n](?P<two>[ \x{a0}]?--[ \x{a0}]?)[^-\n]|(?P<long> — )|[a-z,](?P<before> –)[A-Za-z]|[a-z](?P<after>– )[A-Za-z]|[a-z](?P<hyphen> -|- )[a-z]{3,}",
);

fn dash(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, _, hit) in DASH.all(manuscript) {
        let Some(sign) = hit.one_of(&["at", "figure", "two", "long", "before", "after", "hyphen"]) else { continue };
        let at = hit.place(&sign);
        // In "pre- and post-conflict" the hyphen is right.
        let open = hit.name("hyphen").is_some() && {
            let after = prose.after(at.end);
            ["and ", "or ", "to ", "nor ", "as "].iter().any(|word| after.starts_with(word))
                || sign.as_str().starts_with(' ')
        };
        if prose.cell || open {
            continue;
        }
        if hit.name("hyphen").is_some() {
            sink.words(prose, at, "space beside a hyphen", "remove it, or use an en dash with spaces: –");
            continue;
        }
        let has = |name| hit.name(name).is_some();
        let spaced =
            has("before") || has("after") || has("at") || has("figure") || sign.as_str().starts_with([' ', '\u{a0}']);
        let instead = if spaced { " – " } else { "—" };
        sink.fixed(
            prose,
            at,
            "hyphen or wrong spacing instead of a dash",
            "use an en dash with spaces or an em dash without",
            instead,
        );
    }
}

static DOUBLED: Pattern = Pattern::new(
    r"[,;:،؛，；：]{2,}|[,;:]\.(?P<no>\.\.)?|\.[,;:](?P<abbreviated>)|\?\?|!!|。。|，，|(?:^|[^.])(?P<at>\.\.)(?:[^.]|$)|[,;:] [,;:.]",
);

fn doubled(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range, hit) in DOUBLED.all(manuscript) {
        // The full stop of "No.," or "etc.;" belongs to the abbreviation.
        if hit.name("abbreviated").is_some() || hit.name("no").is_some() {
            let before = prose.before(range.start);
            let word = before.rsplit([' ', '\u{a0}', '(']).next().unwrap_or_default();
            let short = [
                "Ibid", "ibid", "etc", "Inc", "Ltd", "Co", "Jr", "Sr", "St", "No", "vol", "p.m", "a.m", "al", "cit",
                "Corp", "S.A", "para", "Add", "eds", "ed",
            ];
            if short.contains(&word)
                || word.chars().count() <= 2
                || word.contains('.')
                || hit.name("no").is_some()
                || word.chars().all(char::is_uppercase)
            {
                continue;
            }
        }
        let (at, sign) = match hit.name("at") {
            Some(sign) => (hit.place(&sign), sign.as_str()),
            None => (range.start..range.start + hit.text.len(), hit.text),
        };
        let first = sign.chars().next().unwrap_or(' ');
        let message = format!("doubled punctuation “{sign}”");
        if sign.chars().all(|c| c == first) && sign.len() > first.len_utf8() {
            sink.fixed(prose, at, message, "keep one", &first.to_string());
        } else {
            sink.words(prose, at, message, "keep one");
        }
    }
}

/// Words that may be repeated: "that that" and "had had" can be right.
const TWICE: [&str; 6] = ["that", "had", "is", "nous", "vous", "se"];

fn word(manuscript: &Manuscript, sink: &mut RuleSink) {
    let mut line = 0;
    for text in manuscript.text.split('\n') {
        let mut last: Option<(usize, &str)> = None;
        let mut at = 0;
        for piece in text.split([' ', '\u{a0}']) {
            let start = at;
            at += piece.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
            let letters = piece.trim_end_matches([',', ';', '.', ':', ')', '”']);
            if let Some((before, word)) = last
                && word.eq_ignore_ascii_case(letters)
                && word.chars().all(char::is_alphabetic)
                && !word.is_empty()
                && !TWICE.contains(&word.to_lowercase().as_str())
                && (word == letters && word.starts_with(char::is_lowercase) || letters.starts_with(char::is_lowercase))
                && let Some((prose, range)) = manuscript.within(line + before..line + start + letters.len())
            {
                sink.words(prose, range, format!("“{word}” is repeated"), "remove one of the two");
            }
            last = Some((start, piece));
        }
        line += text.len() + 1;
    }
}

static SENTENCE: Pattern = Pattern::new(r"[a-z]{4,}[.?!][ \x{a0}](?P<at>[a-z]+)(?-u:\b)");

fn sentence(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in SENTENCE.each(manuscript) {
        let before = prose.before(range.start).trim_end();
        let word = before.trim_end_matches(['.', '?', '!']).rsplit([' ', '\u{a0}', '(']).next().unwrap_or_default();
        let short = [
            "paras", "para", "chap", "chaps", "sect", "sects", "vols", "ibid", "Ibid", "approx", "annex", "suppl",
            "Suppl", "Corr", "Amend", "Prof",
        ];
        if !short.contains(&word) && prose.footnote.is_none() && !prose.cell {
            let message = format!("“{}” begins a sentence in lower case", &prose.plain[range.clone()]);
            sink.words(prose, range, message, "capitalize it, or correct the full stop before it");
        }
    }
}

fn paragraph(manuscript: &Manuscript, sink: &mut RuleSink) {
    const SHORTEST: usize = 40;
    let mut seen = rustc_hash::FxHashSet::default();
    for prose in manuscript.body().filter(|prose| !prose.cell && !prose.heading && prose.plain.len() > SHORTEST) {
        if !seen.insert(prose.plain.as_str()) {
            sink.words(prose, 0..prose.plain.len(), "the paragraph is repeated", "remove one of the two");
        }
    }
}
