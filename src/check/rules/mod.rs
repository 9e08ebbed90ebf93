//! The editorial rules: one ordered list of values, each with what it asks, where that comes
//! from, and a document that breaks it and one that keeps it.
//!
//! A rule tells departures from how United Nations documents are written; it never refuses to
//! set a page. `tests/editorial_lints.rs` counts how often each fires in genuine documents.

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
    /// How grave a departure is: an error is surely wrong, a warning nearly surely, a hint is
    /// something that an editor should look at.
    pub severity: Severity,
    /// What it asks, in one sentence.
    pub asks: &'static str,
    /// Where it comes from: a subject of the United Nations Editorial Manual, or what genuine
    /// documents do.
    pub source: &'static str,
    /// Fields of a document that breaks it, in YAML.
    pub breaks: &'static str,
    /// The same fields as they should be.
    pub keeps: &'static str,
    /// In which languages it holds.
    pub languages: Languages,
    /// Whether it can be told from one text, or only from a document that was read whole.
    pub needs: Needs,
    check: fn(&Manuscript, &mut RuleSink),
}

/// The languages in which a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Languages {
    /// All.
    All,
    /// English, on the words of which it depends.
    English,
    /// English, French, Spanish and Russian, in the genuine texts of which they were measured.
    Alphabetic,
}

impl Languages {
    /// Whether the language is one of them.
    pub fn hold(self, language: Language) -> bool {
        match self {
            Self::All => true,
            Self::English => language == Language::En,
            Self::Alphabetic => !matches!(language, Language::Zh | Language::Ar | Language::De),
        }
    }

    /// As the documentation names them.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::English => "English",
            Self::Alphabetic => "English, French, Spanish, Russian",
        }
    }
}

/// What a rule must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// One text: it holds where other parts of a document could not be read.
    Text,
    /// The whole document.
    Document,
}

/// The rules about one subject.
pub struct Theme {
    /// Its name.
    pub name: &'static str,
    /// Its rules, in order.
    pub rules: &'static [Rule],
    /// What they are in acts of the Security Council.
    pub council: Council,
}

/// How rules look upon acts of the Security Council, which are issued in the words in which the
/// Council adopted them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Council {
    /// As upon all others.
    Same,
    /// Warnings are hints.
    Hints,
}

/// The themes in the order of a document, from its symbol to its notes, then those of style.
static THEMES: [Theme; 23] = [
    Theme { name: "Symbols", rules: symbols::RULES, council: Council::Same },
    Theme { name: "Sessions, committees and numbers of the masthead", rules: sessions::RULES, council: Council::Same },
    Theme { name: "Agenda items, job numbers, meetings", rules: masthead::RULES, council: Council::Same },
    Theme { name: "Dates", rules: dates::RULES, council: Council::Hints },
    Theme { name: "Sponsors and votes", rules: sponsors::RULES, council: Council::Same },
    Theme { name: "Titles", rules: titles::RULES, council: Council::Same },
    Theme { name: "Enacting words", rules: enacting::RULES, council: Council::Same },
    Theme { name: "Opening words", rules: openings::RULES, council: Council::Hints },
    Theme { name: "Openings that come again", rules: repetition::RULES, council: Council::Hints },
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

/// All rules, in order.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    THEMES.iter().flat_map(|theme| theme.rules)
}

/// The rules of every theme, in order.
pub fn themes() -> impl Iterator<Item = &'static Theme> {
    THEMES.iter()
}

/// Tells every departure of a manuscript, of which a part could not be read unless it is whole.
pub(super) fn check(manuscript: &Manuscript, whole: bool, findings: &mut Findings) {
    let document = manuscript.document;
    let council = document.kind.acts() && manuscript.organ() == Some(Organ::SecurityCouncil);
    for theme in &THEMES {
        let hints = council && theme.council == Council::Hints;
        let holds = |rule: &&Rule| rule.languages.hold(document.language) && (whole || rule.needs == Needs::Text);
        for rule in theme.rules.iter().filter(holds) {
            let severity = if hints { rule.severity.max(Severity::Hint) } else { rule.severity };
            (rule.check)(manuscript, &mut RuleSink { rule, severity, findings });
        }
    }
}

/// Takes the departures from one rule.
struct RuleSink<'f, 'r> {
    rule: &'static Rule,
    severity: Severity,
    findings: &'f mut Findings<'r>,
}

impl RuleSink<'_, '_> {
    /// Tells a departure in those bytes of a text's `plain`.
    fn words(&mut self, prose: &Prose, words: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        if self.only_counted() {
            return;
        }
        steps::take(prose.plain.len());
        let finding = self.finding(message, hint);
        self.findings.add_words(&prose.path, &prose.plain, words, finding);
    }

    /// The same, with what may be written in the place of the words: signs, never words.
    fn fixed(
        &mut self,
        prose: &Prose,
        words: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
        instead: &str,
    ) {
        if self.only_counted() {
            return;
        }
        steps::take(prose.plain.len());
        let finding = self.finding(message, hint);
        let mut finding = self.findings.reading.locate_words(finding, &prose.path, &prose.plain, words.clone());
        if let Some(place) = &finding.place
            && let source = &place.source.text
            && source.get(place.span.clone()) == Some(&prose.plain[words])
        {
            // A quotation mark of the syntax itself is written twice or after a backslash there.
            let quote = |sign: char| source[place.span.clone()] == *sign.encode_utf8(&mut [0; 4]);
            let escaped = quote('"') && source[..place.span.start].ends_with('\\');
            let doubled = quote('\'') && source[place.span.end..].starts_with('\'');
            let span = place.span.start - usize::from(escaped)..place.span.end + usize::from(doubled);
            finding.edits.push(Edit { span, text: instead.to_owned() });
        }
        self.findings.push(finding);
    }

    /// Tells a departure in the value at a path.
    fn value(&mut self, path: impl Into<Path>, message: impl Into<String>, hint: impl Into<String>) {
        if self.only_counted() {
            return;
        }
        let finding = self.finding(message, hint);
        let path = path.into();
        let (span, written) = self.written(&path);
        // An element of XML is shown by what it says, and a paragraph by its first line.
        let tags = written.len() - after_tags(written).len();
        let said = &written[tags..];
        let line = said.split(['\n', '<']).next().unwrap_or_default().trim_end().len();
        let span = if tags > 0 && line > 0 { span.start + tags..span.start + tags + line } else { span };
        let source = self.findings.reading.source.clone();
        self.findings.push(finding.at(&source, span, path));
    }

    /// What to do to give a field that is missing, in the syntax of the source.
    fn add(&self, field: &str, value: &str) -> String {
        self.findings.reading.format.add(field, value)
    }

    /// Tells a departure in those bytes of the source of the value at a path, with what mends it.
    fn source(&mut self, path: &Path, span: Range<usize>, message: &str, hint: &str, edits: Vec<Edit>) {
        let mut finding = self.finding(message, hint);
        finding.edits = edits;
        let source = self.findings.reading.source.clone();
        self.findings.push(finding.at(&source, span, path));
    }

    /// Whether no more departures from the rule are told; another one is counted then. What costs work
    /// to tell is told after this was asked.
    fn only_counted(&mut self) -> bool {
        self.findings.only_counted(self.rule.code)
    }

    /// The source of the value at a path, and where it begins.
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

/// What follows the tags of XML at the beginning of a text.
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

    /// The good document with those fields in place of its own; a field “-name” leaves it out.
    fn document(fields: &str) -> String {
        let given =
            |name: &str| fields.lines().any(|line| line.starts_with(&format!("{name}:")) || line == format!("-{name}"));
        let mut body: String =
            fields.lines().filter(|line| !line.starts_with('-')).map(|line| format!("{line}\n")).collect();
        // A body without references has no footnotes.
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
    fn rules_have_one_code_each_and_say_what_they_ask() {
        let mut codes: Vec<_> = rules().map(|rule| rule.code).collect();
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
        for rule in rules() {
            assert!(rule.asks.ends_with('.') && rule.source.ends_with('.'), "{}", rule.code);
        }
    }
}
