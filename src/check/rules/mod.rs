//! The editorial rules: one ordered list of values, each with its sentence, its source, and an
//! example that breaks it and one that keeps it.
//!
//! A rule reports departures from how United Nations documents are written; it never prevents
//! rendering. `tests/it/editorial.rs` counts how often each fires in genuine documents.

mod capitals;
mod citations;
mod dates;
mod enacting;
mod endings;
mod grammar;
mod items;
mod language;
mod marks;
mod masthead;
mod notes;
mod numbering;
mod numbers;
mod openings;
mod quotations;
mod references;
mod repetition;
mod sessions;
mod spacing;
mod spelling;
mod sponsors;
mod states;
mod symbols;
mod titles;

use std::ops::Range;

pub(crate) use openings::opening_words;
pub(crate) use states::is_state;

use super::Findings;
use super::manuscript::{Manuscript, Prose};
use super::steps;
use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::model::symbol::Organ;
use crate::model::{Language, Path};

/// An editorial rule.
pub struct Rule {
    /// Its stable name.
    pub code: &'static str,
    /// The severity of a departure: an error is certainly wrong, a warning almost certainly, a hint is
    /// something that an editor should look at.
    pub severity: Severity,
    /// The rule, in one imperative sentence.
    pub asks: &'static str,
    /// The source: a subject of the United Nations Editorial Manual, or the practice of genuine
    /// documents.
    pub source: &'static str,
    /// Fields of a document that breaks the rule, in YAML.
    pub breaks: &'static str,
    /// The same fields, corrected.
    pub keeps: &'static str,
    /// The languages it applies to.
    pub languages: Languages,
    /// Whether it can be checked on a single text, or only on a document that was read completely.
    pub needs: Needs,
    check: fn(&Manuscript, &mut RuleSink),
}

/// The languages to which a rule applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Languages {
    /// All.
    All,
    /// English only, for rules that depend on English words.
    English,
    /// English, French, Spanish and Russian: the rule was measured on genuine texts in these languages.
    Alphabetic,
}

impl Languages {
    /// Returns whether the rule applies to a language.
    pub fn hold(self, language: Language) -> bool {
        match self {
            Self::All => true,
            Self::English => language == Language::En,
            Self::Alphabetic => matches!(language, Language::En | Language::Fr | Language::Es | Language::Ru),
        }
    }

    /// Returns the name used in the documentation.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::English => "English",
            Self::Alphabetic => "English, French, Spanish, Russian",
        }
    }
}

/// How much of a document a rule needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// One text: the rule also applies if other parts of the document could not be read.
    Text,
    /// The whole document.
    Document,
}

/// The rules about one subject.
#[non_exhaustive]
pub struct Theme {
    /// Its name.
    pub name: &'static str,
    /// Its rules, in order.
    pub rules: &'static [Rule],
    /// How they apply to acts of the Security Council.
    pub council: Council,
}

/// How rules apply to acts of the Security Council, which are issued in the words in which the
/// Council adopted them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Council {
    /// As to all other documents.
    Same,
    /// Warnings become hints.
    Hints,
}

/// The themes, in the order of a document from its symbol to its notes, then those of style.
static THEMES: [Theme; 23] = [
    Theme { name: "Symbols", rules: symbols::RULES, council: Council::Same },
    Theme { name: "Sessions, committees and numbers of the masthead", rules: sessions::RULES, council: Council::Same },
    Theme { name: "Agenda items, job numbers, meetings", rules: masthead::RULES, council: Council::Same },
    Theme { name: "Dates", rules: dates::RULES, council: Council::Hints },
    Theme { name: "Sponsors and votes", rules: sponsors::RULES, council: Council::Same },
    Theme { name: "Titles", rules: titles::RULES, council: Council::Same },
    Theme { name: "Enacting words", rules: enacting::RULES, council: Council::Same },
    Theme { name: "Opening words", rules: openings::RULES, council: Council::Hints },
    Theme { name: "Repeated openings", rules: repetition::RULES, council: Council::Hints },
    Theme { name: "Ends of paragraphs", rules: endings::RULES, council: Council::Same },
    Theme { name: "Sub-paragraphs", rules: items::RULES, council: Council::Same },
    Theme { name: "Numbering", rules: numbering::RULES, council: Council::Same },
    Theme { name: "Footnotes", rules: notes::RULES, council: Council::Same },
    Theme { name: "Cited documents", rules: citations::RULES, council: Council::Same },
    Theme { name: "References within the text", rules: references::RULES, council: Council::Same },
    Theme { name: "Quotation marks and brackets", rules: quotations::RULES, council: Council::Hints },
    Theme { name: "Punctuation marks and dashes", rules: marks::RULES, council: Council::Hints },
    Theme { name: "Spaces", rules: spacing::RULES, council: Council::Same },
    Theme { name: "Spelling", rules: spelling::RULES, council: Council::Hints },
    Theme { name: "Grammar", rules: grammar::RULES, council: Council::Hints },
    Theme { name: "Capital letters", rules: capitals::RULES, council: Council::Hints },
    Theme { name: "Numbers", rules: numbers::RULES, council: Council::Hints },
    Theme { name: "Wording", rules: language::RULES, council: Council::Hints },
];

/// Returns all rules, in order.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    THEMES.iter().flat_map(|theme| theme.rules)
}

/// Returns all themes, in order.
pub fn themes() -> impl Iterator<Item = &'static Theme> {
    THEMES.iter()
}

/// Reports every departure in a manuscript. If it is not `whole`, a part of it could not be read.
pub(super) fn check(manuscript: &Manuscript, whole: bool, findings: &mut Findings) {
    let document = manuscript.document;
    let council = document.kind.acts() && manuscript.organ() == Some(Organ::SecurityCouncil);
    for theme in &THEMES {
        let hints = council && theme.council == Council::Hints;
        let other_house = document.house.is_some();
        let holds = |rule: &&Rule| {
            let of_house = !other_house || !OF_THE_UNITED_NATIONS.contains(&rule.code);
            of_house && rule.languages.hold(document.language) && (whole || rule.needs == Needs::Text)
        };
        for rule in theme.rules.iter().filter(holds) {
            let severity = if hints { rule.severity.max(Severity::Hint) } else { rule.severity };
            (rule.check)(manuscript, &mut RuleSink { rule, severity, findings });
        }
    }
}

/// The rules that presume symbols, organs, sessions, members or formulas of the United Nations. They say nothing of
/// documents of other houses.
const OF_THE_UNITED_NATIONS: [&str; 36] = [
    "agenda-item-form",
    "agenda-item-mismatch",
    "agenda-session",
    "agenda-title-missing",
    "capitals-states",
    "citation-date",
    "citation-future",
    "citation-undated",
    "closing-formula",
    "committee-mismatch",
    "date-session",
    "enacting-organ",
    "job-date-early",
    "job-number",
    "meeting-form",
    "meeting-missing",
    "origin-form",
    "origin-session",
    "resolution-form",
    "revision-named",
    "seized-form",
    "session-missing",
    "session-words",
    "short-form",
    "sponsor-name",
    "sponsor-order",
    "sponsors-missing",
    "spelling-name",
    "state-name",
    "symbol-cited",
    "symbol-distribution",
    "symbol-kind",
    "symbol-number",
    "symbol-pattern",
    "title-missing",
    "united-nations-short",
];

/// Receives the departures from one rule.
struct RuleSink<'f, 'r> {
    rule: &'static Rule,
    severity: Severity,
    findings: &'f mut Findings<'r>,
}

impl RuleSink<'_, '_> {
    /// Reports a departure at a range of bytes of a text's `plain`.
    fn words(&mut self, prose: &Prose, words: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        if self.leaves(prose, &words) {
            return;
        }
        let finding = self.finding(message, hint);
        self.findings.add_words(&prose.path, &prose.plain, words, finding);
    }

    /// Reports a departure with a replacement for the range: punctuation or digits, never words.
    fn fixed(
        &mut self,
        prose: &Prose,
        words: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
        instead: &str,
    ) {
        if self.leaves(prose, &words) {
            return;
        }
        let finding = self.finding(message, hint);
        let mut finding = self.findings.reading.locate_words(finding, &prose.path, &prose.plain, words.clone());
        if let Some(place) = &finding.place
            && let source = &place.source.text
            && source.get(place.span.clone()) == Some(&prose.plain[words])
        {
            // There, a quotation mark of the syntax itself is doubled or escaped with a backslash.
            let quote = |sign: char| source[place.span.clone()] == *sign.encode_utf8(&mut [0; 4]);
            let escaped = quote('"') && source[..place.span.start].ends_with('\\');
            let doubled = quote('\'') && source[place.span.end..].starts_with('\'');
            let span = place.span.start - usize::from(escaped)..place.span.end + usize::from(doubled);
            finding.edits.push(Edit { span, text: instead.to_owned() });
        }
        self.findings.push(finding);
    }

    /// Returns whether a departure there is not reported: no rule is about changes and addresses, and beyond the limit
    /// departures are only counted.
    fn leaves(&mut self, prose: &Prose, words: &Range<usize>) -> bool {
        if prose.is_changed(words) || prose.is_in_address(words) || self.only_counted() {
            return true;
        }
        steps::take(prose.plain.len());
        false
    }

    /// Reports a departure in the value at a path.
    fn value(&mut self, path: impl Into<Path>, message: impl Into<String>, hint: impl Into<String>) {
        if self.only_counted() {
            return;
        }
        let finding = self.finding(message, hint);
        let path = path.into();
        let (span, written) = self.written(&path);
        // Of an XML element its text is shown, and of a paragraph its first line.
        let tags = written.len() - after_tags(written).len();
        let said = &written[tags..];
        let line = said.split(['\n', '<']).next().unwrap_or_default().trim_end().len();
        let span = if tags > 0 && line > 0 { span.start + tags..span.start + tags + line } else { span };
        let source = self.findings.reading.source.clone();
        self.findings.push(finding.at(&source, span, path));
    }

    /// Returns a hint to add a missing field, in the syntax of the source.
    fn add(&self, field: &str, value: &str) -> String {
        self.findings.reading.format.add(field, value)
    }

    /// Reports a departure at a range of the source of the value at a path, with edits that fix it.
    fn source(&mut self, path: &Path, span: Range<usize>, message: &str, hint: &str, edits: Vec<Edit>) {
        let mut finding = self.finding(message, hint);
        finding.edits = edits;
        let source = self.findings.reading.source.clone();
        self.findings.push(finding.at(&source, span, path));
    }

    /// Returns whether the rule has reached its limit of reported departures, and counts another one then.
    /// Call it before work that is only needed for the report.
    fn only_counted(&mut self) -> bool {
        self.findings.only_counted(self.rule.code)
    }

    /// Returns the source of the value at a path, with its range.
    fn written(&self, path: &Path) -> (Range<usize>, &str) {
        let span = self.findings.reading.places.of(path);
        steps::take(span.len());
        (span.clone(), self.findings.reading.source.text.get(span).unwrap_or_default())
    }

    fn finding(&self, message: impl Into<String>, hint: impl Into<String>) -> Diagnostic {
        let mut finding = Diagnostic::error(self.rule.code, message).hint(hint);
        finding.severity = self.severity;
        finding
    }
}

/// Returns what follows the XML tags at the beginning of a text.
fn after_tags(mut text: &str) -> &str {
    while let Some(end) = text.trim_start().strip_prefix('<').and_then(|tag| tag.find('>').map(|end| (tag, end))) {
        text = end.0[end.1 + 1..].trim_start();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::editorial_lints;
    use crate::diagnostic::Source;
    use crate::read::{Format, read};

    /// A document that keeps all rules, a field each.
    const GOOD: [(&str, &str); 11] = [
        ("symbol", "A/84/L.12"),
        ("kind", "draft-resolution"),
        ("distribution", "limited"),
        ("date", "2029-11-28"),
        ("session", "84"),
        ("agenda_item", "127 (s)"),
        ("agenda_title", "Tides and shores"),
        ("sponsors", "[Azerbaijan, China]"),
        ("title", "Tides and shores of the world"),
        (
            "body",
            "\n  - enacting: '*The General Assembly*,'\n  - preambular: '*Recalling* its resolution 70/1 of 25 September 2015,[^1]'\n  - operative: '*Decides* to remain seized of the matter.'\n",
        ),
        ("footnotes", "{1: Resolution 70/1.}"),
    ];

    /// The good document with the given fields instead of its own; “-name” removes a field.
    fn document(fields: &str) -> String {
        let given =
            |name: &str| fields.lines().any(|line| line.starts_with(&format!("{name}:")) || line == format!("-{name}"));
        let mut body: String =
            fields.lines().filter(|line| !line.starts_with('-')).map(|line| format!("{line}\n")).collect();
        // A body without references must not have footnotes.
        let noted = !given("body") || fields.contains("[^1]");
        for (name, value) in GOOD {
            if !given(name) && (name != "footnotes" || noted) {
                body += &format!("{name}: {value}\n");
            }
        }
        body
    }

    fn codes(fields: &str) -> Vec<&'static str> {
        let yaml = document(fields);
        let reading = read(&Source::new("t.yaml", &yaml), Format::Yaml).unwrap_or_else(|f| panic!("{}\n{yaml}", f[0]));
        editorial_lints(&reading, true).iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn the_good_document_is_good() {
        assert_eq!(codes(""), Vec::<&str>::new());
    }

    #[test]
    fn every_example_breaks_or_keeps_its_rule() {
        let mut wrong = Vec::new();
        for rule in rules() {
            let (breaks, keeps) = (codes(rule.breaks), codes(rule.keeps));
            if !breaks.contains(&rule.code) {
                wrong.push(format!("{} is not broken by {}: {breaks:?}", rule.code, rule.breaks));
            }
            if keeps.contains(&rule.code) {
                wrong.push(format!("{} is broken by {}: {keeps:?}", rule.code, rule.keeps));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn rules_have_unique_codes_and_whole_sentences() {
        let mut codes: Vec<_> = rules().map(|rule| rule.code).collect();
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
        let unknown = OF_THE_UNITED_NATIONS.iter().find(|code| codes.binary_search(code).is_err());
        assert_eq!(unknown, None);
        for rule in rules() {
            assert!(rule.asks.ends_with('.') && rule.source.ends_with('.'), "{}", rule.code);
        }
    }
}
