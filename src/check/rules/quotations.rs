//! Quotation marks, apostrophes and brackets.

use std::ops::Range;

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, Prose};
use crate::check::pattern::Pattern;
use crate::diagnostic::Severity;
use crate::model::Language;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "straight-quotes",
        severity: Severity::Warning,
        asks: "Use “ ” as quotation marks, ‘ ’ within them, and ’ as the apostrophe.",
        source: "Editorial Manual, Quotation marks; every genuine document.",
        breaks: "body: [preambular: '*Recalling* the item entitled \"Tides\",']",
        keeps: "body: [preambular: '*Recalling* the item entitled “Tides”,']",
        languages: Languages::Alphabetic,
        needs: Needs::Text,
        check: straight,
    },
    Rule {
        code: "quotation-unbalanced",
        severity: Severity::Warning,
        asks: "Close every quotation mark in its paragraph, and close none that is not open.",
        source: "Editorial Manual, Quotation marks; genuine documents.",
        breaks: "body: [preambular: '*Recalling* the item entitled “Tides,']",
        keeps: "body: [preambular: '*Recalling* the item entitled “Tides”,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: unbalanced,
    },
    Rule {
        code: "quotation-punctuation",
        severity: Severity::Warning,
        asks: "Put commas, semicolons and full stops after the closing quotation mark, unless a whole sentence is quoted.",
        source: "Editorial Manual, Quotation marks; genuine documents.",
        breaks: "body: [preambular: '*Recalling* the item entitled “Tides,” of the past,']",
        keeps: "body: [preambular: '*Recalling* the item entitled “Tides”, of the past,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: punctuation,
    },
    Rule {
        code: "quotation-single",
        severity: Severity::Warning,
        asks: "Put double quotation marks around a quotation, and single ones only within it.",
        source: "Editorial Manual, Quotation marks; genuine documents.",
        breaks: "body: [preambular: '*Recalling* the item entitled ‘Tides’,']",
        keeps: "body: [preambular: '*Recalling* the item entitled “Tides”,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: single,
    },
    Rule {
        code: "brackets-unbalanced",
        severity: Severity::Warning,
        asks: "Close every bracket in its paragraph, and close none that is not open.",
        source: "Every genuine document.",
        breaks: "body: [preambular: '*Recalling* the report (A/83/12 of the past,']",
        keeps: "body: [preambular: '*Recalling* the report (A/83/12) of the past,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: brackets,
    },
];

fn texts<'m, 'd>(manuscript: &'m Manuscript<'d>) -> impl Iterator<Item = &'m Prose<'d>> {
    manuscript.prose.iter().filter(|prose| !prose.designation || prose.path.is("running_title"))
}

/// Whether a straight sign may open a quotation, judged by the character before it; if so, a sign at the
/// end of a word may close it.
fn opens_quotation(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '“'))
}

fn straight(manuscript: &Manuscript, sink: &mut RuleSink) {
    let language = manuscript.document.language;
    for prose in texts(manuscript).filter(|prose| prose.plain.contains(['"', '\''])) {
        let text = &prose.plain;
        let mut opened = false;
        for (at, sign) in text.match_indices(['"', '\'']) {
            let before = text[..at].chars().next_back();
            let after = text[at + 1..].chars().next();
            let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '—' | '–' | '"'));
            // 5' and 12" are measures.
            if before.is_some_and(|c| c.is_ascii_digit()) && after.is_none_or(|c| !c.is_alphabetic()) && sign == "'" {
                continue;
            }
            let right = match (sign, opens) {
                ("\"", _) if language != Language::En => None,
                ("\"", true) => Some("“"),
                ("\"", false) => Some("”"),
                // A sign before a word replaces letters as often as it opens a quotation; and if it opens
                // one, the closing sign is not an apostrophe.
                (_, true) => None,
                _ if opened && !text[at + 1..].starts_with(char::is_alphanumeric) => None,
                _ => Some("’"),
            };
            opened |= sign == "'" && opens_quotation(before);
            let what = if sign == "\"" { "quotation mark" } else { "apostrophe or quotation mark" };
            let message = format!("straight {what}");
            match right {
                Some(right) => sink.fixed(prose, at..at + 1, message, format!("write {right}"), right),
                None => sink.words(prose, at..at + 1, message, "use a typographic one"),
            }
        }
    }
}

/// Returns the range of the first unpaired sign.
fn lonely(text: &str, open: char, close: char) -> Option<Range<usize>> {
    let mut opened: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        if c == open {
            opened.push(at);
        } else if c == close && opened.pop().is_none() {
            return Some(at..at + c.len_utf8());
        }
    }
    opened.first().map(|at| *at..*at + open.len_utf8())
}

fn unbalanced(manuscript: &Manuscript, sink: &mut RuleSink) {
    // A quotation of several paragraphs opens in each and closes in the last.
    let texts: Vec<&Prose> = texts(manuscript).collect();
    let opens = |prose: &Prose| prose.plain.trim_start().starts_with('“');
    let alone: Vec<Option<Range<usize>>> = texts.iter().map(|prose| lonely(&prose.plain, '“', '”')).collect();
    let closes = |index: usize| alone[index].clone().is_some_and(|at| texts[index].plain[at] == *"”");
    let mut depth_before = false;
    for (index, prose) in texts.iter().enumerate() {
        let Some(at) = alone[index].clone() else { continue };
        let is_open = prose.plain[at.clone()] == *"“";
        let continuation = is_open && (index + 1..texts.len()).take(60).any(|next| closes(next) || opens(texts[next]));
        let came = !is_open && depth_before;
        if is_open && continuation && (opens(prose) || leads(prose)) {
            depth_before = true;
            continue;
        }
        if came {
            depth_before = false;
            continue;
        }
        let message =
            if is_open { "quotation mark is not closed" } else { "closing quotation mark without an opening one" };
        sink.words(prose, at, message, "add its counterpart, or remove this one");
    }
}

/// Whether a text introduces quoted texts after it.
fn leads(prose: &Prose) -> bool {
    prose.plain.trim_end().ends_with([':', ';', ','])
        && prose.plain.rfind('“').is_some_and(|at| prose.plain[at..].chars().count() > 40 || prose.plain.ends_with(':'))
}

static INSIDE: Pattern = Pattern::new(r"(?P<at>[,;])”");
static STOP: Pattern = Pattern::new(r"“[^“”.\n]{1,200}(?P<at>\.)”");

fn punctuation(manuscript: &Manuscript, sink: &mut RuleSink) {
    let amends = manuscript.document.kind == crate::model::Kind::Amendment;
    for (prose, range) in INSIDE.each(manuscript).into_iter().chain(STOP.each(manuscript)) {
        let sign = prose.plain[range.clone()].to_owned();
        let inside = prose.before(range.start);
        let quoted = inside.rfind('“').map_or("", |at| &inside[at + '“'.len_utf8()..]);
        // A whole quoted sentence and the exact words of an amendment keep their mark.
        let introduced = inside[..inside.len() - quoted.len()].trim_end_matches('“').trim_end().ends_with([':', ',']);
        let sentence =
            quoted.starts_with(char::is_uppercase) && sign == "." && (introduced || quoted.split(' ').count() > 5);
        // A full stop never belongs into a sentence that goes on.
        let after = prose.after(range.end + '”'.len_utf8()).trim_start();
        let goes_on = sign == "." && after.starts_with(char::is_lowercase);
        if amends || sentence || goes_on || quoted.ends_with(char::is_uppercase) {
            continue;
        }
        sink.fixed(
            prose,
            range.start..range.end + '”'.len_utf8(),
            format!("“{sign}” before the closing quotation mark"),
            format!("move it outside: ”{sign}"),
            &format!("”{sign}"),
        );
    }
}

fn single(manuscript: &Manuscript, sink: &mut RuleSink) {
    for prose in texts(manuscript).filter(|prose| prose.plain.contains('‘')) {
        let last = prose.plain.rfind('’').unwrap_or_default();
        for (at, _) in prose.plain.match_indices('‘') {
            if !prose.is_quoted(at) && at < last {
                sink.words(prose, at..at + '‘'.len_utf8(), "single quotation mark around a quotation", "use “ and ”");
            }
        }
    }
}

fn brackets(manuscript: &Manuscript, sink: &mut RuleSink) {
    for prose in texts(manuscript).filter(|prose| prose.plain.contains(['(', ')', '[', ']', '（', '）'])) {
        for (open, close) in [('(', ')'), ('[', ']'), ('（', '）')] {
            if let Some(at) = lonely(&prose.plain, open, close) {
                let message = if prose.plain[at.clone()].starts_with(open) {
                    "bracket is not closed"
                } else {
                    "closing bracket without an opening one"
                };
                sink.words(prose, at, message, "add its counterpart, or remove this one");
            }
        }
    }
}
