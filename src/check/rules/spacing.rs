//! Doubled, missing and misplaced spaces.

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::Manuscript;
use crate::check::pattern::Pattern;
use crate::diagnostic::{Edit, Severity};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "double-space",
        severity: Severity::Warning,
        asks: "Put a single space between words and after a full stop.",
        source: "Editorial Manual, Typing; every genuine document.",
        breaks: "body: [preambular: '*Recalling*  the past,']",
        keeps: "body: [preambular: '*Recalling* the past,']",
        languages: Languages::All,
        needs: Needs::Text,
        check: double,
    },
    Rule {
        code: "space-before-punctuation",
        severity: Severity::Warning,
        asks: "Do not put a space before a punctuation mark.",
        source: "Every genuine document.",
        breaks: "body: [preambular: '*Recalling* the past , and the tides,']",
        keeps: "body: [preambular: '*Recalling* the past, and the tides,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: before,
    },
    Rule {
        code: "space-after-punctuation",
        severity: Severity::Warning,
        asks: "Put a space after a punctuation mark.",
        source: "Every genuine document.",
        breaks: "body: [preambular: '*Recalling* the past,and the tides,']",
        keeps: "body: [preambular: '*Recalling* the past, and the tides,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: after,
    },
    Rule {
        code: "space-in-brackets",
        severity: Severity::Warning,
        asks: "Do not put a space just inside brackets and quotation marks; put one before a bracket.",
        source: "Every genuine document.",
        breaks: "body: [preambular: '*Recalling* the past ( the tides ),']",
        keeps: "body: [preambular: '*Recalling* the past (the tides),']",
        languages: Languages::English,
        needs: Needs::Text,
        check: brackets,
    },
];

fn double(manuscript: &Manuscript, sink: &mut RuleSink) {
    // Searched in the source, since the model folds white space at line ends.
    for prose in manuscript.prose.iter().filter(|prose| prose.raw.contains("  ")) {
        let (span, written) = sink.written(&prose.path);
        // In XML, footnotes are nested in the paragraph and are checked by themselves.
        let found: Vec<std::ops::Range<usize>> = gaps(written);
        for gap in found {
            let at = span.start + gap.start..span.start + gap.end;
            let edits = vec![Edit { span: at.clone(), text: " ".into() }];
            sink.source(&prose.path, at, "several spaces in a row", "use one", edits);
        }
    }
}

/// Returns the runs of several spaces between words of one line.
fn gaps(written: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in written.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let inner = body.trim_start().len();
        let (start, end) = (body.len() - inner, body.trim_end().len());
        let mut from = start;
        while let Some(gap) = body.get(from..end).and_then(|rest| rest.find("  ")) {
            let gap = from + gap;
            let to = gap + body[gap..].len() - body[gap..].trim_start_matches(' ').len();
            // A value may begin in the middle of a line, after its key.
            found.push(at + gap..at + to);
            from = to;
        }
        at += line.len();
    }
    found
}

static BEFORE: Pattern = Pattern::new(
    r"[A-Za-z0-9)”’](?P<at>[ \x{a0}]+[,;:])(?:[ \x{a0}\n]|$)|[A-Za-z)”’](?P<stop>[ \x{a0}]+[.?!])(?:[ \x{a0}\n]|$)|[A-Za-z0-9)”’](?P<glued>[ \x{a0}]+[,;])[A-Za-z0-9]",
);

fn before(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, _, hit) in BEFORE.all(manuscript) {
        let Some(sign) = hit.one_of(&["at", "stop", "glued"]) else { continue };
        let mark = sign.as_str().trim_start_matches([' ', '\u{a0}']);
        // A space on the wrong side goes to the other.
        let instead = if hit.name("glued").is_some() { format!("{mark} ") } else { mark.to_owned() };
        let at = hit.place(&sign);
        let figure = |c: char| c.is_ascii_digit();
        // A ratio: 3 : 4.
        let is_ratio = mark == ":"
            && prose.before(at.start).ends_with(figure)
            && prose.after(at.end).trim_start().starts_with(figure);
        if is_ratio {
            continue;
        }
        sink.fixed(prose, at, format!("space before “{mark}”"), "remove it", &instead);
    }
}

static AFTER: Pattern = Pattern::new(
    r"[A-Za-z)”’](?P<at>[,;:])[A-Za-z“(]|[0-9](?P<figure>[,;])[A-Za-z“]|[a-z]{3,}(?P<stop>\.)[A-Z][a-z]+(?-u:\b)",
);

fn after(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, _, hit) in AFTER.all(manuscript) {
        let Some(sign) = hit.one_of(&["at", "figure", "stop"]) else { continue };
        let at = hit.place(&sign);
        // Addresses and file names have no such spaces.
        let word = prose.before(at.start).rsplit([' ', '\u{a0}', '(']).next().unwrap_or_default();
        let rest = prose.after(at.start).split([' ', '\u{a0}', ')']).next().unwrap_or_default();
        let address = ["http", "www", "mailto", "doi", "urn"].iter().any(|head| word.starts_with(head));
        let named = [word, rest]
            .iter()
            .any(|part| part.contains(['/', '@', '_']) || part.contains(".org") || part.contains(".un"));
        if address || named {
            continue;
        }
        let instead = format!("{} ", sign.as_str());
        sink.fixed(prose, at, format!("no space after “{}”", sign.as_str()), "add one", &instead);
    }
}

static INNER: Pattern = Pattern::new(
    r"[(\[“‘](?P<open>[ \x{a0}]+)[^ \n]|[^ \n](?P<close>[ \x{a0}]+)[)\]”]|[a-z](?P<before>\()[a-z]{3,}|[a-z)](?P<quote>“)",
);

fn brackets(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, _, hit) in INNER.all(manuscript) {
        if let Some(sign) = hit.one_of(&["open", "close"]) {
            let at = hit.place(&sign);
            sink.fixed(prose, at, "space just inside a bracket or quotation mark", "remove it", "");
        } else if let Some(sign) = hit.one_of(&["before", "quote"]) {
            let (sign, at) = (sign.as_str(), hit.place(&sign));
            let message = format!("no space before “{sign}”");
            sink.fixed(prose, at, message, "add one", &format!(" {sign}"));
        }
    }
}
