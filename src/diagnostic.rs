//! Findings about a document: one [`Diagnostic`] per finding, with its place in the source, a stable code and a
//! hint.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use schemars::JsonSchema;
use serde::Serialize;

use crate::error::{Error, ErrorKind};
use crate::model::Path;
use crate::model::house::Folder;
use crate::visible::{visible, visible_lines};

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The document cannot be rendered.
    Error,
    /// The document is rendered, but an editor should look at it.
    Warning,
    /// A suggestion.
    Hint,
}

impl Severity {
    /// Returns its name in messages and options.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// A source text and its name in messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name of the file as given by the user; `<stdin>` for standard input.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// The settings of its folder that complete the document.
    pub folder: Option<Arc<Folder>>,
}

impl Source {
    /// Creates a source. A carriage return on its own ends a line, as in very old files: it becomes a line feed,
    /// of the same length.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        let mut text = text.into();
        let alone: Vec<usize> =
            text.match_indices('\r').map(|(at, _)| at).filter(|at| !text[at + 1..].starts_with('\n')).collect();
        if !alone.is_empty() {
            let bytes = text.into_bytes().into_iter().enumerate();
            let ended = bytes.map(|(at, byte)| if alone.binary_search(&at).is_ok() { b'\n' } else { byte });
            text = String::from_utf8(ended.collect()).unwrap_or_default();
        }
        Arc::new(Self { name: name.into(), text, folder: None })
    }

    /// Returns the source with the settings of its folder.
    pub fn in_folder(self: &Arc<Self>, folder: Option<Arc<Folder>>) -> Arc<Self> {
        match folder {
            None => self.clone(),
            folder => Arc::new(Self { folder, ..Self::clone(self) }),
        }
    }

    /// Returns a source of the same name and folder with another text.
    pub fn with_text(&self, text: impl Into<String>) -> Arc<Self> {
        Self::new(self.name.as_str(), text).in_folder(self.folder.clone())
    }

    /// Returns where the first line with text stands.
    pub(crate) fn first_line(&self) -> Range<usize> {
        let begun = self.text.trim_start_matches('\u{feff}').trim_start();
        let start = self.text.len() - begun.len();
        start..start + begun.lines().next().unwrap_or_default().trim_end().len()
    }

    /// Returns the line and column of a byte offset, both from 1; the column counts characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let end = (0..=offset.min(self.text.len())).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0);
        let before = &self.text[..end];
        let start = before.rfind('\n').map_or(self.mark().min(end), |at| at + 1);
        (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
    }
}

impl Source {
    /// Returns the length in bytes of the byte order mark, which editors do not show.
    fn mark(&self) -> usize {
        const MARK: char = '\u{feff}';
        if self.text.starts_with(MARK) { MARK.len_utf8() } else { 0 }
    }
}

/// The place of a finding: the source, the range of bytes and the path in the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The source.
    pub source: Arc<Source>,
    /// The range of bytes.
    pub span: Range<usize>,
    /// The path of the value in the document, such as `body[3].items[1]`; empty for the whole document.
    pub path: Path,
}

/// A replacement of part of a source that changes no words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace.
    pub span: Range<usize>,
    /// The replacement.
    pub text: String,
}

/// Returns a text with all edits made, or `None` if two of them overlap.
pub(crate) fn edited<'e>(source: &str, edits: impl IntoIterator<Item = &'e Edit>) -> Option<String> {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for edit in edits {
        text += source.get(at..edit.span.start)?;
        text += &edit.text;
        at = edit.span.end;
    }
    Some(text + source.get(at..)?)
}

/// Sorts findings by their places, those without a place first.
pub(crate) fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by_key(|finding| finding.place.as_ref().map(|place| place.span.start));
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// A stable name for the kind of finding, such as `unknown-field`.
    pub code: &'static str,
    /// One sentence without a final stop.
    pub message: String,
    /// The place, if known.
    pub place: Option<Place>,
    /// What to do about it.
    pub hint: Option<String>,
    /// The edits that fix it, if they are mechanical; all are applied together, or none.
    pub edits: Vec<Edit>,
}

impl Diagnostic {
    /// Creates an error: the document cannot be rendered.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, message: message.into(), place: None, hint: None, edits: Vec::new() }
    }

    /// Creates a warning: the document is still rendered.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Creates a hint, for an editor to consider.
    pub fn advice(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Hint, ..Self::error(code, message) }
    }

    /// Sets the bytes of the source, which contain the value at `path`.
    pub fn at(mut self, source: &Arc<Source>, span: Range<usize>, path: impl Into<Path>) -> Self {
        self.place = Some(Place { source: source.clone(), span, path: path.into() });
        self
    }

    /// Sets the bytes of the source, which are not those of a value.
    pub fn in_source(self, source: &Arc<Source>, span: Range<usize>) -> Self {
        self.at(source, span, Path::default())
    }

    /// Sets the hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Returns whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Formats the finding with its source line, in the style of rustc.
    pub fn render(&self, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR.with_name("error"),
            Severity::Warning => Level::WARNING,
            Severity::Hint => Level::HELP.with_name("hint"),
        };
        let title = level.primary_title(visible(&self.message)).id(self.code);
        let mut report = vec![match &self.place {
            Some(place) => Group::with_title(title).element(snippet(place)),
            None => Group::with_title(title),
        }];
        if let Some(hint) = &self.hint {
            report.push(Group::with_title(Level::HELP.with_name("hint").secondary_title(visible(hint))));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&report)
    }
}

/// Returns the line of the place. A line of many kilobytes is cut to the surroundings of the place, and columns
/// then count from the cut.
fn snippet(place: &Place) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    const MOST_SHOWN: usize = 400;
    const LONGEST_LINE: usize = 20_000;
    let text = place.source.text.as_str();
    let at = |offset: usize| (0..=offset.min(text.len())).rev().find(|&o| text.is_char_boundary(o)).unwrap_or(0);
    let start = at(place.span.start).max(place.source.mark());
    let line_start = text[..start].rfind('\n').map_or(place.source.mark(), |i| i + 1);
    let before = if start - line_start > LONGEST_LINE { MOST_SHOWN } else { LONGEST_LINE };
    let from = at(line_start.max(start.saturating_sub(before)));
    let line = text[start..].split('\n').next().unwrap_or("");
    // A line of a Windows file ends before its carriage return.
    let line_end = start + line.strip_suffix('\r').unwrap_or(line).len();
    let to = at(line_end.min(start + MOST_SHOWN)).max(from);
    let end = at(place.span.end).clamp(start, to);
    let label = if place.path.is_empty() { String::new() } else { format!("in {}", visible(&place.path.to_string())) };
    let [before, meant, after] = [from..start, start..end, end..to].map(|part| visible_lines(&text[part]));
    let marked = before.len()..before.len() + meant.len();
    Snippet::source([before, meant, after].concat())
        .path(visible(&place.source.name))
        .line_start(place.source.line_column(start).0)
        .annotation(AnnotationKind::Primary.span(marked).label(label))
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostic {}

impl From<Vec<Diagnostic>> for Error {
    fn from(findings: Vec<Diagnostic>) -> Self {
        let message = findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        let mut error = Self::new(ErrorKind::Refused, message);
        error.findings = Some(Arc::new(findings));
        error
    }
}

impl From<Diagnostic> for Error {
    fn from(finding: Diagnostic) -> Self {
        vec![finding].into()
    }
}

impl Error {
    /// Returns the findings about the document, if it was refused.
    pub fn findings(&self) -> &[Diagnostic] {
        let findings = self.findings.as_ref().and_then(|findings| findings.downcast_ref::<Vec<Diagnostic>>());
        findings.map_or(&[], Vec::as_slice)
    }
}

/// Shortens a text for messages.
pub fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    cut(text, SHOWN)
}

/// Shortens a text to that many characters.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A finding in JSON (`masthead check --format json` prints a list of them).
#[derive(Debug, Serialize, JsonSchema)]
pub struct Finding<'a> {
    /// Severity: an error prevents rendering, a warning is almost certainly a mistake, a hint is for an
    /// editor to judge.
    severity: Severity,
    /// Stable name of the kind of finding, as accepted by `masthead explain`.
    code: &'a str,
    /// One sentence without a final stop.
    message: &'a str,
    /// Name of the file as given; `<stdin>` for standard input.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    /// First line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// Column of the first character, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    /// Last line.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    /// The column after its last character.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    /// Path of the value in the document, such as `body[3].items[1].text`; empty for the whole document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    path: Option<&'a Path>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<Cow<'a, str>>,
    /// Whether `masthead check --fix` can fix it.
    fixable: bool,
}

impl Finding<'_> {
    /// Rewords the hint, for interfaces that do not have the options of the command line.
    pub fn reword_hint(&mut self, reword: impl FnOnce(&str) -> String) {
        self.hint = self.hint.take().map(|hint| reword(&hint).into());
    }
}

impl<'a> From<&'a Diagnostic> for Finding<'a> {
    fn from(diagnostic: &'a Diagnostic) -> Self {
        let place = diagnostic.place.as_ref();
        let at = place.map(|p| p.source.line_column(p.span.start));
        let end = place.map(|p| p.source.line_column(p.span.end));
        Self {
            severity: diagnostic.severity,
            code: diagnostic.code,
            message: &diagnostic.message,
            file: place.map(|p| p.source.name.as_str()),
            line: at.map(|(line, _)| line),
            column: at.map(|(_, column)| column),
            end_line: end.map(|(line, _)| line),
            end_column: end.map(|(_, column)| column),
            path: place.map(|p| &p.path),
            hint: diagnostic.hint.as_deref().map(Cow::Borrowed),
            fixable: !diagnostic.edits.is_empty(),
        }
    }
}

/// Returns the question whether the known name most similar to `name` was meant, or `None` if none is close.
pub fn did_you_mean(name: &str, known: &[&str]) -> Option<String> {
    const LONGEST: usize = 60;
    if name.len() > LONGEST {
        return None;
    }
    let close = |candidate: &&str| strsim::jaro_winkler(name, candidate);
    let best = known.iter().copied().max_by(|a, b| close(a).total_cmp(&close(b)))?;
    (close(&best) > 0.8).then(|| format!("did you mean “{best}”?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_an_editor() {
        let source = Source::new("t.yaml", "\u{feff}titel: é\r\nkind: x\r\n");
        assert_eq!(source.line_column(3), (1, 1));
        assert_eq!(source.line_column(0), (1, 1));
        assert_eq!(source.line_column(source.text.find('x').unwrap()), (2, 7));
        let shown =
            |text: &str, span| Diagnostic::error("path", "m").in_source(&Source::new("t", text), span).render(false);
        let first = shown("\u{feff}titel: é\r\nkind: x\r\n", 3..8);
        assert!(first.contains("t:1:1") && !first.contains(['␍', '\u{feff}', '\r']), "{first}");
        let second = shown("a: b\r\nkind: x\r\n", 12..13);
        assert!(second.contains("t:2:7") && !second.contains('␍'), "{second}");
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        let source = Source::new("t.yaml", "a: é\rb: c\r\nd: e\r");
        assert_eq!(source.text, "a: é\nb: c\r\nd: e\n");
        assert_eq!(source.line_column(source.text.find('d').unwrap()), (3, 1));
    }
}
