//! Cited resolutions and documents.

use rustc_hash::{FxHashMap, FxHashSet};

use super::dates::{date_of, of_document, shown};
use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Cited, Manuscript, Prose, tail};
use crate::check::pattern::Pattern;
use crate::diagnostic::Severity;
use crate::model::symbol::Organ;
use crate::model::{Date, Kind, Path};
use crate::prepare::words::ordinals;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "resolution-form",
        severity: Severity::Warning,
        asks: "Cite resolutions as “resolution 70/1”, “resolution 2803 (2025)”, “resolution 2200 A (XXI)”.",
        source: "Editorial Manual, References to resolutions; every genuine document.",
        breaks: "body: [preambular: '*Recalling* its resolution 77-338 of 1 September 2023,']",
        keeps: "body: [preambular: '*Recalling* its resolution 77/338 of 1 September 2023,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: resolution,
    },
    Rule {
        code: "symbol-cited",
        severity: Severity::Warning,
        asks: "Write symbols in the text in their correct form: “A/77/L.107”, without spaces, hyphens or missing points.",
        source: "Document symbols of the United Nations (Dag Hammarskjöld Library); every genuine document.",
        breaks: "body: [preambular: '*Recalling* document A/77-L.107,']",
        keeps: "body: [preambular: '*Recalling* document A/77/L.107,']",
        languages: Languages::All,
        needs: Needs::Text,
        check: symbol,
    },
    Rule {
        code: "citation-undated",
        severity: Severity::Hint,
        asks: "Give the date of a resolution where it is first cited: “resolution 59/48 of 2 December 2004”.",
        source: "Editorial Manual, References to resolutions; genuine resolutions of the General Assembly.",
        breaks: "body: [preambular: '*Recalling* its resolution 59/48,']",
        keeps: "body: [preambular: '*Recalling* its resolution 59/48 of 2 December 2004,']",
        languages: Languages::English,
        needs: Needs::Document,
        check: undated,
    },
    Rule {
        code: "citation-date",
        severity: Severity::Warning,
        asks: "The date of a cited resolution must fall in its session or year.",
        source: "Sessions of the General Assembly begin in September (rules of procedure, rule 1); every genuine document.",
        breaks: "body: [preambular: '*Recalling* its resolution 59/48 of 2 December 2014,']",
        keeps: "body: [preambular: '*Recalling* its resolution 59/48 of 2 December 2004,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: date,
    },
    Rule {
        code: "citation-dates-differ",
        severity: Severity::Warning,
        asks: "Cite a resolution with the same date everywhere.",
        source: "Every genuine document.",
        breaks: "body: [preambular: '*Recalling* its resolution 59/48 of 2 December 2004,', preambular: '*Noting* its resolution 59/48 of 3 December 2004,']",
        keeps: "body: [preambular: '*Recalling* its resolution 59/48 of 2 December 2004,', preambular: '*Noting* its resolution 59/48 of 2 December 2004,']",
        languages: Languages::English,
        needs: Needs::Document,
        check: differ,
    },
    Rule {
        code: "citation-future",
        severity: Severity::Warning,
        asks: "Do not cite a resolution or document of a later session, or of a later day, than the document’s own.",
        source: "The calendar; every genuine document.",
        breaks: "body: [preambular: '*Recalling* its resolution 88/48 of 2 December 2033,']",
        keeps: "body: [preambular: '*Recalling* its resolution 83/48 of 2 December 2028,']",
        languages: Languages::English,
        needs: Needs::Document,
        check: future,
    },
    Rule {
        code: "citation-self",
        severity: Severity::Warning,
        asks: "A document must not cite its own symbol or number.",
        source: "Editorial Manual, References: “the present resolution”; every genuine document.",
        breaks: "body: [preambular: '*Recalling* the report in A/84/L.12,']",
        keeps: "body: [preambular: '*Recalling* the report in A/84/L.13,']",
        languages: Languages::All,
        needs: Needs::Document,
        check: own,
    },
    Rule {
        code: "agenda-session",
        severity: Severity::Warning,
        asks: "The session whose provisional agenda is to include an item, or at which a report is due, must not be an earlier one.",
        source: "Every genuine resolution.",
        breaks: "body: [operative: '*Decides* to include in the provisional agenda of its eighty-third session the item entitled “Tides”.']",
        keeps: "body: [operative: '*Decides* to include in the provisional agenda of its eighty-fifth session the item entitled “Tides”.']",
        languages: Languages::English,
        needs: Needs::Document,
        check: agenda,
    },
];

static RESOLUTION: Pattern = Pattern::new(concat!(
    r"(?-u:\b)(?:[Rr]esolutions?|[Dd]ecisions?)[ \x{a0}](?:",
    r"(?:[Nn][o0]\.?|[Nn]umber|№|#)[ \x{a0}]?[0-9]+[^ ,;\n]*",
    r"|[0-9]{2,3}[-–\\][0-9]{1,3}(?-u:\b)",
    r"|[0-9]{2,3}(?:/| /|/ | / )L\.?[ ]?[0-9]+",
    r"|[0-9]{2,3}(?: /|/ | / )[0-9]{1,3}(?-u:\b)",
    r"|(?:A|S|E)/(?:RES|DEC)/[^ ,;\n]*",
    r"|[0-9]{2,3}\.[0-9]{1,3}(?-u:\b)",
    r"|[0-9]{3,4}/[12][09][0-9]{2}(?-u:\b)",
    r"|[0-9]{3,4}\([12][09][0-9]{2}\)",
    r"|[0-9]{3,4}[ \x{a0}]\[[12][09][0-9]{2}\]",
    r"|[0-9]{1,4}(?: [A-Z])?\([IVXL]+\)",
    r")|(?-u:\b)(?:res\.|Res\.|resol\.)[ \x{a0}][0-9]+[^ ,;\n]*",
));

fn resolution(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in RESOLUTION.each(manuscript) {
        let cited = &prose.plain[range.clone()];
        // Notes cite in another form, and names of instruments contain such numbers.
        let dotted = cited.contains('.') && prose.footnote.is_some();
        let health = dotted || prose.before(range.start).ends_with("Health Assembly ");
        if health || cited.contains("/RES/") && prose.footnote.is_some() {
            continue;
        }
        let message = format!("“{cited}” does not have the form of a cited resolution or decision");
        sink.words(
            prose,
            range,
            message,
            "write it as “resolution 70/1”, “resolution 2803 (2025)” or “decision 77/401”",
        );
    }
}

static SYMBOL: Pattern = Pattern::new(concat!(
    r"(?-u:\b)(?:A|S|E|ST)(?:",
    r"/[ ]?(?:RES|DEC|C\.[1-6]|AC\.[0-9]+|HRC)?/?[0-9]{2,4}[-–][0-9L.]+(?:/[0-9A-Z.]+)*",
    r"|/RES/[0-9]{2,3}-[0-9]+|/RES-[0-9]{2,3}[/-][0-9]+",
    r"|/(?:C\.[1-6]/|AC\.[0-9]+/)?[0-9]{2,4}/(?:L|PV|SR|CRP|WP)[ ]?[0-9]+",
    r"|/C[1-6]/[0-9]{2,3}/[A-Z0-9.]+|/C\.(?:0|[7-9]|[1-9][0-9])/[0-9]{2,3}/[A-Z0-9.]+",
    r"|/ [0-9A-Z]+/[0-9A-Z.]+|/[0-9]{2,4}/ [0-9L]+[0-9.]*|/[0-9]{2,4} /[ ]?[0-9L]+[0-9.]*",
    r"|/[0-9]{2,4}//[0-9L.]+|\\[0-9]{2,4}\\[0-9L.]+",
    r"|/[0-9]{2,4}/[0-9]+/(?:Add|Rev|Corr)[ ]?[0-9]+",
    r"|/[0-9]{2,4}/L[,;:][ ]?[0-9]+",
    r"|/(?:Res|res)/[0-9]+[/-][0-9]+",
    r"|-[0-9]{2}-(?:L\.?)?[0-9]{1,4}|/[0-9]{2}[ ][0-9]{1,4}|[ ]/[ ]?[0-9]{2,4}[ ]?/[ ]?[0-9L]+[0-9.]*",
    r")|(?-u:\b)(?:a|s)/(?:res|RES|[0-9]{2,4})/[A-Za-z0-9.]+",
));

fn symbol(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in SYMBOL.each(manuscript) {
        let cited = &prose.plain[range.clone()];
        // A/56/1026–S/2002/932 is one document of two organs.
        let double = cited.split(['-', '–']).nth(1).is_some_and(|rest| rest.starts_with(['S', 'A', 'E']));
        let special = cited.contains("/S-") || cited.contains("/ES-");
        let part_of_longer = prose.before(range.start).ends_with(['/', '.', ':', '-']);
        if double || special || part_of_longer {
            continue;
        }
        sink.words(
            prose,
            range,
            format!("“{cited}” does not have the form of a symbol"),
            "write it as in A/77/L.107, A/C.3/80/L.26 or A/RES/78/323",
        );
    }
}

/// Resolution numbers, with the date that immediately follows.
static CITED: Pattern = Pattern::new(concat!(
    r"(?-u:\b)(?P<before>[A-Za-z’-]+(?: |\x{a0}))?(?P<number>(?:(?P<session>[0-9]{1,3})|(?:ES|S)-[0-9]+)/[0-9]{1,3}(?:[ \x{a0}][A-Z](?-u:\b))?|[0-9]{3,4}[ \x{a0}]\((?P<year>(?:19|20)[0-9]{2})\))",
    r"(?:,?[ \x{a0}](?:adopted on|of|dated)[ \x{a0}](?P<day>[0-9]{1,2})[ \x{a0}](?P<month>[A-Z][a-z]+)[ \x{a0}](?P<in>[0-9]{4}))?",
));

/// Finds the cited resolutions; numbers that the text does not call resolutions are skipped.
fn look(manuscript: &Manuscript) -> Vec<Cited> {
    let mut list: Vec<Cited> = Vec::new();
    let mut last = None;
    for (prose, range, hit) in CITED.all(manuscript) {
        let Some(number) = hit.name("number") else { continue };
        let start = hit.place(&number).start;
        let before = prose.before(start);
        // Within a symbol, a fraction or another number it is not a resolution.
        if before.ends_with(['/', '.', '-', '–', '+', '(']) && !before.ends_with(" (")
            || numbered_on(&manuscript.text[number.end()..])
        {
            continue;
        }
        let near = tail(before, 400);
        let resolution = near.rfind("resolution").max(near.rfind("Resolution"));
        let Some(at) = resolution.filter(|at| {
            let between = &near[*at..];
            let other = between.rfind("ecision").max(between.rfind("document "));
            other.is_none() && !between.contains([';', ':']) && !between.contains(". ")
        }) else {
            continue;
        };
        let named = tail(&near[..at], 60);
        let of = [
            "Human Rights Council",
            "Health Assembly",
            "Economic and Social Council",
            "Commission",
            "Conference",
            "Council",
            "Governing",
            "Committee",
            "Environment",
        ];
        let others = of.iter().any(|name| named.contains(name)) && !named.contains("Security Council");
        let day = hit.name("day").zip(hit.name("month")).zip(hit.name("in"));
        list.push(Cited {
            index: manuscript.index(prose),
            range: start..range.end,
            number: number.as_str().replace('\u{a0}', " "),
            session: hit.name("session").and_then(|session| session.as_str().parse().ok()),
            year: hit.name("year").and_then(|year| year.as_str().parse().ok()),
            date: day.and_then(|((day, month), year)| date_of(day.as_str(), month.as_str(), year.as_str())),
            council: others,
            among_others: among_others(prose, &mut last),
        });
    }
    list
}

/// Returns the cited resolutions, searched for only once.
fn cited<'m>(manuscript: &'m Manuscript) -> &'m [Cited] {
    manuscript.cited.get_or_init(|| look(manuscript))
}

/// Whether the following text makes a number part of a longer one.
fn numbered_on(rest: &str) -> bool {
    let mut signs = rest.chars();
    signs.next().is_some_and(|c| matches!(c, '/' | '-' | '–' | '.')) && signs.next().is_some_and(char::is_alphanumeric)
}

/// Whether a paragraph mentions bodies other than the principal organs; the last answer is kept for further
/// citations in the same paragraph.
fn among_others<'p>(prose: &'p Prose, last: &mut Option<(&'p Path, bool)>) -> bool {
    const OTHERS: [&str; 3] = ["Human Rights Council", "Health Assembly", "Commission on"];
    match last {
        Some((path, others)) if *path == &prose.path => *others,
        last => last.insert((&prose.path, OTHERS.iter().any(|name| prose.plain.contains(name)))).1,
    }
}

/// The session since which resolutions are numbered 31/1, 31/2, …
const FIRST_NUMBERED: i32 = 31;

fn undated(manuscript: &Manuscript, sink: &mut RuleSink) {
    let document = manuscript.document;
    if !matches!(document.kind, Kind::Resolution | Kind::DraftResolution)
        || manuscript.organ() != Some(Organ::GeneralAssembly)
    {
        return;
    }
    let list = cited(manuscript);
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for (index, one) in list.iter().enumerate() {
        let prose = &manuscript.prose[one.index];
        let body = prose.is_in_main_body() && prose.footnote.is_none() && !prose.heading && !prose.cell;
        if !body || one.session.is_none_or(|session| session < FIRST_NUMBERED) || one.council {
            continue;
        }
        if !seen.insert(&one.number) || one.date.is_some() {
            continue;
        }
        // Several resolutions may share one date, and a note may give it.
        let rest = prose.after(one.range.end);
        let shared = list
            .get(index + 1)
            .is_some_and(|next| next.index == one.index && next.range.start.saturating_sub(one.range.end) < 60);
        let letters = rest.trim_start_matches([' ', ',']).starts_with("and ")
            || rest.starts_with(" to ")
            || rest.starts_with(", of ");
        let next = prose.notes.partition_point(|(at, _)| *at < one.range.end);
        let noted = prose.notes.get(next).is_some_and(|(at, _)| *at <= one.range.end + 1);
        if !shared && !letters && !noted && !prose.is_quoted(one.range.start) {
            let message = format!("resolution {} is first cited without its date", one.number);
            sink.words(prose, one.range.clone(), message, "add the date: “resolution 59/48 of 2 December 2004”");
        }
    }
}

fn date(manuscript: &Manuscript, sink: &mut RuleSink) {
    for one in cited(manuscript).iter().filter(|one| !one.council) {
        let prose = &manuscript.prose[one.index];
        let Some(date) = one.date else { continue };
        let fits = match (one.session, one.year) {
            (Some(session), _) if session >= FIRST_NUMBERED => {
                let begins = 1945 + session;
                let month = (date.year(), date.month());
                month >= (begins, 9) && month <= (begins + 1, 10)
            }
            (_, Some(year)) => date.year() == year,
            _ => true,
        };
        if !fits && !one.among_others {
            let message = format!("resolution {} cannot date from {}", one.number, shown(date));
            sink.words(
                prose,
                one.range.clone(),
                message,
                "correct the number or the date; the number belongs to another session or year",
            );
        }
    }
}

fn differ(manuscript: &Manuscript, sink: &mut RuleSink) {
    let mut dates: FxHashMap<String, Date> = FxHashMap::default();
    for one in cited(manuscript).iter().filter(|one| !one.council) {
        let prose = &manuscript.prose[one.index];
        let Some(date) = one.date else { continue };
        let before = *dates.entry(one.number.clone()).or_insert(date);
        if before != date && !one.among_others {
            let (here, elsewhere) = (shown(date), shown(before));
            let message = format!("resolution {} is dated {here} here, but {elsewhere} elsewhere", one.number);
            sink.words(prose, one.range.clone(), message, "correct one of the two");
        }
    }
}

fn future(manuscript: &Manuscript, sink: &mut RuleSink) {
    let (session, issued) = of_document(manuscript);
    let general = manuscript.organ() == Some(Organ::GeneralAssembly);
    let session = session.filter(|_| general).and_then(|session| i32::try_from(session).ok());
    for one in cited(manuscript).iter().filter(|one| !one.council) {
        let prose = &manuscript.prose[one.index];
        let later =
            one.session.zip(session).is_some_and(|(cited, own)| cited > own && (FIRST_NUMBERED..200).contains(&cited));
        let after = one.date.zip(issued).is_some_and(|(date, own)| date > own);
        if later && !one.among_others || after {
            let message = format!("resolution {} is later than the document", one.number);
            sink.words(prose, one.range.clone(), message, "correct the number or the date");
        }
    }
    for (prose, range, hit) in LATER.all(manuscript) {
        let figures = |name| hit.name(name).and_then(|figures| figures.as_str().parse::<i32>().ok());
        let later = match (figures("session"), figures("year")) {
            // Documents of a session are issued from the preceding summer.
            (Some(cited), _) if cited >= FIRST_NUMBERED => session.is_some_and(|own| {
                cited > own + i32::from(issued.is_some_and(|issued| (6..=9).contains(&issued.month())))
            }),
            (_, Some(year)) => issued.is_some_and(|issued| year > issued.year()),
            _ => false,
        };
        if later && !prose.before(range.start).ends_with(['/', '.', '-', '–']) {
            // A full stop after it ends the sentence.
            let cited = prose.plain[range.clone()].trim_end_matches('.');
            let range = range.start..range.start + cited.len();
            sink.words(prose, range, format!("{cited} is later than the document"), "correct the symbol");
        }
    }
}

/// Symbols with their session or year.
static LATER: Pattern = Pattern::new(
    r"(?-u:\b)(?:A/(?:(?:RES|DEC|C\.[1-6]|AC\.[0-9]{1,3}|BUR|INF)/)?(?P<session>[0-9]{2,3})/[A-Z0-9.]+|(?:S|E)/(?:(?:RES|DEC|PRST|C\.[0-9]+|CN\.[0-9]+)/)?(?P<year>20[0-9]{2})/[A-Z0-9.]+)",
);

fn own(manuscript: &Manuscript, sink: &mut RuleSink) {
    let document = manuscript.document;
    let number =
        document.number.as_ref().filter(|_| document.kind == Kind::Resolution).filter(|number| number.len() > 3);
    let quoting = manuscript.symbol.is_none();
    let texts = document
        .symbol
        .iter()
        .map(|symbol| (symbol.printed(), true))
        .chain(number.map(|number| (format!("resolution {number}"), false)));
    for (own, _) in texts.filter(|_| !quoting) {
        for (at, _) in manuscript.text.match_indices(own.as_str()) {
            let Some((prose, range)) = manuscript.within(at..at + own.len()) else { continue };
            let rest = prose.after(range.end);
            let before = prose.before(range.start);
            let longer = lettered(rest)
                || rest.starts_with(['/', '-'])
                || rest.starts_with(char::is_alphanumeric)
                || rest.starts_with('.') && rest[1..].starts_with(char::is_alphanumeric)
                || before.ends_with(['/', '-', '–', '.']);
            if !longer && (prose.is_in_body() || prose.footnote.is_some()) {
                sink.words(
                    prose,
                    range,
                    format!("the document cites itself: “{own}”"),
                    "write “the present resolution”, or correct the citation",
                );
            }
        }
    }
}

/// Whether a letter follows that makes it another of several resolutions under one number.
fn lettered(rest: &str) -> bool {
    let mut letters = rest.trim_start_matches([' ', '\u{a0}']).chars();
    letters.next().is_some_and(|c| c.is_ascii_uppercase()) && !letters.next().is_some_and(char::is_alphanumeric)
}

static AGENDA: Pattern = Pattern::new(concat!(
    r"(?:provisional agenda (?:of|for) (?:its|the) |(?:report|submit|consider|continue)[^.;\n]*? at (?:its|the) )",
    r"(?P<words>[a-z-]+(?: hundred and [a-z-]+)?) session",
));

fn agenda(manuscript: &Manuscript, sink: &mut RuleSink) {
    let (Some(session), Some(Organ::GeneralAssembly)) = (of_document(manuscript).0, manuscript.organ()) else { return };
    let plenary =
        manuscript.symbol.is_some_and(|symbol| symbol.subsidiary.as_deref().is_none_or(|part| part.starts_with("C.")));
    if !plenary {
        return;
    }
    for (prose, range, hit) in AGENDA.all(manuscript) {
        let agenda = hit.text.starts_with("provisional agenda");
        let words = hit.name("words").map_or("", |words| words.as_str());
        let Some(number) = ordinals::ordinal(words) else { continue };
        // The session numbers of other bodies are far from those of the Assembly.
        let near = number + 15 > session;
        let opening = prose.opening().unwrap_or_default();
        let asks = ["equest", "ecides", "nvites"].iter().any(|verb| opening.contains(verb));
        // A request may be in a sub-paragraph: "To report …".
        let asks = asks || prose.plain.starts_with("To ");
        if number < session && near && prose.footnote.is_none() && (agenda || asks && !prose.plain.contains("ommi")) {
            let start = range.end - " session".len() - words.len();
            let message = format!(
                "the {words} session is earlier than that of the document, the {}",
                ordinals::in_words(session).unwrap_or_default()
            );
            sink.words(prose, start..range.end, message, "name a later session");
        }
    }
}
