//! Footnotes: their order, their marks in the text, and their form.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, Prose, front, tail};
use crate::check::pattern::Pattern;
use crate::diagnostic::{Edit, Severity};
use crate::model::Path;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "note-order",
        severity: Severity::Warning,
        asks: "Number footnotes in the order in which the text refers to them.",
        source: "Editorial Manual, Footnotes; every genuine document.",
        breaks: "body: [preambular: '*Recalling* the past,[^2] the tides[^1] and the shores,']\nfootnotes: {'1': Resolution 70/1., '2': Resolution 71/1.}",
        keeps: "body: [preambular: '*Recalling* the past,[^1] the tides[^2] and the shores,']\nfootnotes: {'1': Resolution 70/1., '2': Resolution 71/1.}",
        languages: Languages::All,
        needs: Needs::Document,
        check: order,
    },
    Rule {
        code: "note-twice",
        severity: Severity::Warning,
        asks: "Refer to every numbered footnote only once.",
        source: "Editorial Manual, Footnotes; genuine documents.",
        breaks: "body: [preambular: '*Recalling* the past,[^1] and the tides,[^1]']",
        keeps: "body: [preambular: '*Recalling* the past,[^1] and the tides,']",
        languages: Languages::All,
        needs: Needs::Document,
        check: twice,
    },
    Rule {
        code: "note-before-punctuation",
        severity: Severity::Warning,
        asks: "Put the mark of a footnote after a comma, semicolon or full stop, and before a dash.",
        source: "Editorial Manual, Footnotes; every genuine document.",
        breaks: "body: [preambular: '*Recalling* the past[^1], and the tides,']",
        keeps: "body: [preambular: '*Recalling* the past,[^1] and the tides,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: before_punctuation,
    },
    Rule {
        code: "note-space",
        severity: Severity::Warning,
        asks: "Do not put a space before the mark of a footnote; put one between the mark and a word.",
        source: "Editorial Manual, Footnotes; every genuine document.",
        breaks: "body: [preambular: '*Recalling* the past, [^1] and the tides,']",
        keeps: "body: [preambular: '*Recalling* the past,[^1] and the tides,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: space,
    },
    Rule {
        code: "note-final-stop",
        severity: Severity::Warning,
        asks: "End a footnote with a full stop.",
        source: "Editorial Manual, Footnotes; genuine documents.",
        breaks: "footnotes: {1: Resolution 70/1}",
        keeps: "footnotes: {1: Resolution 70/1.}",
        languages: Languages::Alphabetic,
        needs: Needs::Text,
        check: final_stop,
    },
    Rule {
        code: "note-capital",
        severity: Severity::Warning,
        asks: "Begin a footnote with a capital letter.",
        source: "Editorial Manual, Footnotes; every genuine document.",
        breaks: "footnotes: {1: resolution 70/1.}",
        keeps: "footnotes: {1: Resolution 70/1.}",
        languages: Languages::Alphabetic,
        needs: Needs::Text,
        check: capital,
    },
    Rule {
        code: "ibid-alone",
        severity: Severity::Warning,
        asks: "Use “Ibid.” only if the note before names a single source.",
        source: "Editorial Manual, Footnotes; every genuine document.",
        breaks: "footnotes: {1: 'Ibid., para. 2.'}",
        keeps: "footnotes: {1: 'Resolution 70/1, para. 2.'}",
        languages: Languages::Alphabetic,
        needs: Needs::Document,
        check: ibid,
    },
    Rule {
        code: "note-form",
        severity: Severity::Warning,
        asks: "Write references in their customary form: “Ibid., vol. 729, No. 10485.”, “United Nations, *Treaty Series*, vol. 2896, No. 50518.”, “para. 3”.",
        source: "Editorial Manual, Footnotes; every genuine document.",
        breaks: "footnotes: {1: 'United Nations, Treaty Series, vol 2896, no. 50518.'}",
        keeps: "footnotes: {1: 'United Nations, *Treaty Series*, vol. 2896, No. 50518.'}",
        languages: Languages::English,
        needs: Needs::Text,
        check: form,
    },
];

/// A mark in the text: its prose, its offset in the prose, the mark.
type Mark<'m, 'd> = (&'m Prose<'d>, usize, &'m str);

/// Returns the marks in the order of the page.
fn marks<'m, 'd>(manuscript: &'m Manuscript<'d>) -> Vec<Mark<'m, 'd>> {
    let texts = manuscript.prose.iter().filter(|prose| prose.footnote.is_none());
    texts.flat_map(|prose| prose.notes.iter().map(move |(at, mark)| (prose, *at, mark.as_str()))).collect()
}

fn number(mark: &str) -> Option<u32> {
    mark.parse().ok()
}

fn order(manuscript: &Manuscript, sink: &mut RuleSink) {
    let mut left: BTreeSet<u32> = manuscript.footnotes().filter_map(|prose| number(prose.footnote?)).collect();
    let mut edits = None;
    // Fields of the masthead are not in the order of the page.
    for (prose, _, mark) in marks(manuscript) {
        let Some(number) = number(mark) else { continue };
        let turn = left.first().copied();
        if !left.remove(&number) || !prose.is_in_body() {
            continue;
        }
        if let Some(turn) = turn.filter(|turn| *turn < number)
            && !sink.only_counted()
        {
            let message = format!("footnote {number} comes before footnote {turn} in the text");
            let hint = "number the footnotes in the order in which the text refers to them";
            let edits = edits.get_or_insert_with(|| renumbered(manuscript, sink)).clone();
            reference(sink, prose, mark, &message, hint, edits);
        }
    }
}

/// Reports a finding about a footnote reference.
fn reference(sink: &mut RuleSink, prose: &Prose, mark: &str, message: &str, hint: &str, edits: Vec<Edit>) {
    let (span, written) = sink.written(&prose.path);
    let sign = format!("[^{mark}]");
    match written.find(&sign) {
        Some(at) => sink.source(&prose.path, span.start + at..span.start + at + sign.len(), message, hint, edits),
        None => sink.source(&prose.path, span, message, hint, Vec::new()),
    }
}

/// Returns the edits that renumber the notes, if every mark can be found in the source.
fn renumbered(manuscript: &Manuscript, sink: &RuleSink) -> Vec<Edit> {
    let mut right: FxHashMap<&str, String> = FxHashMap::default();
    for (_, _, mark) in marks(manuscript).into_iter().filter(|(_, _, mark)| number(mark).is_some()) {
        let next = right.len() + 1;
        right.entry(mark).or_insert_with(|| next.to_string());
    }
    right.retain(|mark, right| *mark != right.as_str());
    let mut edits = Vec::new();
    for prose in manuscript.prose.iter().filter(|prose| prose.footnote.is_none() && !prose.notes.is_empty()) {
        let (span, written) = sink.written(&prose.path);
        let found: Vec<(&str, usize)> = references(written).filter(|(mark, _)| right.contains_key(mark)).collect();
        if found.len() != prose.notes.iter().filter(|(_, mark)| right.contains_key(mark.as_str())).count() {
            return Vec::new();
        }
        edits.extend(found.into_iter().map(|(mark, at)| {
            let start = span.start + at + "[^".len();
            Edit { span: start..start + mark.len(), text: right[mark].clone() }
        }));
    }
    let source = &sink.findings.reading.source.text;
    for (mark, right) in right {
        // The key of the note precedes its text.
        let (span, _) = sink.written(&Path::from("footnotes").field(mark.to_owned()));
        let before = tail(&source[..span.start], FARTHEST_KEY);
        let line = before.rfind(mark).filter(|at| {
            before.len() - at < 40 && !before[at + mark.len()..].contains('\n')
                || before[*at..].trim_end().ends_with(['>', '|', '-'])
        });
        let Some(at) = line.map(|at| span.start - before.len() + at) else { return Vec::new() };
        edits.push(Edit { span: at..at + mark.len(), text: right });
    }
    edits
}

/// How far before the text of a note its key is searched for, in bytes.
const FARTHEST_KEY: usize = 1_000;

/// Returns the references in a source with their offsets.
fn references(written: &str) -> impl Iterator<Item = (&str, usize)> {
    written.match_indices("[^").filter_map(|(at, _)| {
        let rest = front(&written[at + "[^".len()..], FARTHEST_KEY);
        rest.find(']').map(|end| (&rest[..end], at))
    })
}

fn twice(manuscript: &Manuscript, sink: &mut RuleSink) {
    let mut count: FxHashMap<&str, usize> = FxHashMap::default();
    for (prose, _, mark) in marks(manuscript) {
        let seen = count.entry(mark).or_default();
        *seen += 1;
        if *seen == 2 && number(mark).is_some() && !sink.only_counted() {
            let (span, written) = sink.written(&prose.path);
            let sign = format!("[^{mark}]");
            let message = format!("the text refers to footnote {mark} twice");
            let hint = "add another footnote for the second reference, such as “See footnote 1 above.”";
            match written.rfind(&sign) {
                Some(at) => {
                    sink.source(&prose.path, span.start + at..span.start + at + sign.len(), &message, hint, Vec::new())
                }
                None => sink.value(&prose.path, message, hint),
            }
        }
    }
}

fn before_punctuation(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, at, mark) in marks(manuscript) {
        let rest = &prose.plain[at..];
        let Some(sign) = rest.chars().next().filter(|c| matches!(c, ',' | ';' | '.' | ':')) else { continue };
        if sink.only_counted() {
            continue;
        }
        // With several marks in one place, the punctuation follows the last of them.
        let message = format!("footnote mark before “{sign}”");
        let (span, written) = sink.written(&prose.path);
        let reference = format!("[^{mark}]");
        let found = written.match_indices(&format!("{reference}{sign}")).map(|(at, _)| at).next();
        match found {
            Some(at) => {
                let start = span.start + at;
                let end = start + reference.len() + 1;
                let edits = vec![Edit { span: start..end, text: format!("{sign}{reference}") }];
                sink.source(&prose.path, start..end, &message, &format!("move it after “{sign}”"), edits);
            }
            None => sink.words(prose, at..at + 1, message, format!("move it after “{sign}”")),
        }
    }
}

fn space(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, at, mark) in marks(manuscript) {
        let before = prose.plain[..at].ends_with(' ');
        let after = prose.plain[at..].starts_with(char::is_alphanumeric) && prose.is_in_body();
        let before = before
            && !prose.cell
            && prose.is_in_body()
            && !prose.plain[..at].trim().is_empty()
            && mark.chars().all(|c| c.is_ascii_digit());
        if !before && !after || sink.only_counted() {
            continue;
        }
        let (span, written) = sink.written(&prose.path);
        let sign = format!("[^{mark}]");
        let found = written.find(&sign).map(|found| span.start + found);
        if before {
            // In XML the space belongs to the layout of the file.
            let Some(found) = found else { continue };
            let text = "space before the footnote mark";
            let gap = found - span.start - written[..found - span.start].trim_end_matches(' ').len();
            let edits = if gap > 0 { vec![Edit { span: found - gap..found, text: String::new() }] } else { Vec::new() };
            sink.source(&prose.path, found..found + sign.len(), text, "remove it", edits);
        } else {
            let text = "no space after the footnote mark";
            match found {
                Some(found) => {
                    let end = found + sign.len();
                    sink.source(
                        &prose.path,
                        found..end,
                        text,
                        "add one",
                        vec![Edit { span: end..end, text: " ".into() }],
                    );
                }
                None => sink.words(prose, at..at, text, "add one"),
            }
        }
    }
}

fn final_stop(manuscript: &Manuscript, sink: &mut RuleSink) {
    for prose in manuscript.footnotes() {
        let text = prose.plain.trim_end_matches([' ', '”', ')', '’', '»']);
        if !text.is_empty() && !text.ends_with(['.', '?', '!', '…']) {
            sink.words(prose, prose.end(), "the footnote does not end with a full stop", "add a full stop");
        }
    }
}

fn capital(manuscript: &Manuscript, sink: &mut RuleSink) {
    for prose in manuscript.footnotes() {
        let word = prose.plain.split([' ', ',']).next().unwrap_or_default();
        if word.starts_with(char::is_lowercase) && !word.contains([':', '/']) && !word.contains("www") {
            sink.words(prose, 0..word.len(), "the footnote begins with a lower-case letter", "begin it with a capital");
        }
    }
}

fn ibid(manuscript: &Manuscript, sink: &mut RuleSink) {
    // In the order of the page.
    let mut before: Option<&str> = None;
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for (_, _, mark) in marks(manuscript) {
        if mark.starts_with('*') || !seen.insert(mark) {
            continue;
        }
        let Some(prose) = manuscript.at(Path::from("footnotes").field(mark.to_owned())) else { continue };
        if prose.plain.starts_with("Ibid") {
            let several = before.is_some_and(|text| text.contains("; ") && !text.starts_with("Ibid"));
            let names = before.is_some_and(|text| {
                text.contains(char::is_numeric)
                    || text.contains("Series")
                    || text.contains("Records")
                    || text.starts_with("Ibid")
            });
            if before.is_none() {
                sink.words(
                    prose,
                    0..prose.plain.find([',', '.']).unwrap_or(4),
                    "“Ibid.” in the first footnote",
                    "name the source",
                );
            } else if several || !names {
                let end = prose.plain.find([',', '.']).unwrap_or(4).min(prose.plain.len());
                sink.words(prose, 0..end, "“Ibid.” after a note that names several sources or none", "name the source");
            }
        }
        before = Some(&prose.plain);
    }
}

static IBID: Pattern =
    Pattern::new(r"(?m)^(?:ibid(?:em)?(?:\.|,|$| )|Ibid(?:em)?(?:,| [a-z]|$)|Ibid\. [a-z]|Id\.|Idem|Op\. cit)[^\n,]*");
static VOLUME: Pattern = Pattern::new(
    r"(?-u:\b)(?:[Vv]ol|[Nn]os?|[Pp]aras?|[Cc]haps?|[Ss]ects?|[Aa]rts?|pp) [0-9IVX]+|(?-u:\b)(?:[Nn]umber|[Nn]o,|[Vv]olume|[Vv]ol,) [0-9]{2,}|№ ?[0-9]+|#[0-9]+|(?-u:\b)(?:no|Vol|Para|Paras|Chap|Sect)\. ?[0-9]+|(?-u:\b)(?:vol|No|para|chap|sect|p|pp)\.[0-9]+",
);
static TREATY: Pattern = Pattern::new(
    r"Treaty Series|Official Records of the (?:General Assembly|Security Council|Economic and Social Council)",
);
static SHORTENED: Pattern = Pattern::new(
    r"(?m)^(?:See )?(?:(?:A|S)/RES/[0-9]|(?:Res\.|Resn\.|GA res|General Assembly res\.|UNGA))[^\n]*?[0-9]+(?:/[0-9]+)?",
);

fn form(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range) in IBID.each(manuscript) {
        if prose.footnote.is_some() {
            sink.words(prose, range, "wrong form of “Ibid.”", "write it as “Ibid.” alone, or “Ibid., para. 2.”");
        }
    }
    for (prose, range) in VOLUME.each(manuscript) {
        // A symbol may have a part in brackets: A/77/6 (Sect. 26).
        // In the body, "no" is a word.
        let cited = &prose.plain[range.clone()];
        let treaty = cited.starts_with(['N', 'n']) && cited.bytes().filter(u8::is_ascii_digit).count() > 2;
        if (prose.footnote.is_some() || treaty && !prose.cell) && !prose.before(range.start).ends_with('(') {
            let message = format!("“{}” does not have the form of a reference", &prose.plain[range.clone()]);
            sink.words(prose, range, message, "write it as “vol. 2896, No. 50518”, “para. 3”, “chap. II” or “sect. A”");
        }
    }
    for (prose, range) in TREATY.each(manuscript) {
        if prose.footnote.is_some() && !prose.is_italic(&range) {
            let message = format!("“{}” is not in italics", &prose.plain[range.clone()]);
            sink.words(prose, range, message, "put asterisks around it: “*Treaty Series*”");
        }
    }
    for (prose, range) in SHORTENED.each(manuscript) {
        if prose.footnote.is_some() {
            let message = format!("“{}” is not how a note cites a resolution", &prose.plain[range.clone()]);
            sink.words(
                prose,
                range,
                message,
                "write it as “Resolution 70/1.” or “Security Council resolution 2803 (2025).”",
            );
        }
    }
}
