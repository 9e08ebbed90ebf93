//! Which findings are reported, and with which severity.

use super::explain::explain;
use crate::diagnostic::{Diagnostic, Severity};

/// The findings to report. Errors of form and structure are always reported, since such a document
/// cannot be rendered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Selection {
    /// Whether to report warnings as errors.
    pub strict: bool,
    /// Codes to suppress.
    pub allow: Vec<String>,
    /// If not empty, the only codes to report.
    pub only: Vec<String>,
}

impl Selection {
    /// Creates a selection.
    pub fn new(strict: bool, allow: Vec<String>, only: Vec<String>) -> Self {
        Self { strict, allow, only }
    }

    /// Returns the findings to report.
    pub fn of(&self, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let reported = findings.into_iter().filter(|finding| self.reports(finding));
        reported
            .map(|mut finding| {
                if self.strict && finding.severity == Severity::Warning {
                    finding.severity = Severity::Error;
                }
                finding
            })
            .collect()
    }

    /// Returns whether a finding is reported.
    pub fn reports(&self, finding: &Diagnostic) -> bool {
        let named = |codes: &[String]| codes.iter().any(|code| code == finding.code);
        let bound = finding.is_error() && explain(finding.code).is_none_or(|explanation| !explanation.editorial);
        bound || !named(&self.allow) && (self.only.is_empty() || named(&self.only))
    }

    /// Returns the codes in the selection that do not exist.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.allow.iter().chain(&self.only).map(String::as_str).filter(|code| explain(code).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(selection: &Selection) -> Vec<(&'static str, Severity)> {
        let findings = vec![
            Diagnostic::error("symbol-form", "a"),
            Diagnostic::warning("double-space", "b"),
            Diagnostic::warning("per-cent", "c"),
        ];
        selection.of(findings).iter().map(|finding| (finding.code, finding.severity)).collect()
    }

    #[test]
    fn errors_of_structure_are_always_reported() {
        let list = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        let allow = Selection { allow: list(&["symbol-form", "per-cent"]), ..Selection::default() };
        assert_eq!(codes(&allow), [("symbol-form", Severity::Error), ("double-space", Severity::Warning)]);
        let only = Selection { only: list(&["per-cent"]), strict: true, ..Selection::default() };
        assert_eq!(codes(&only), [("symbol-form", Severity::Error), ("per-cent", Severity::Error)]);
        assert_eq!(Selection { allow: list(&["x"]), ..only }.unknown().collect::<Vec<_>>(), ["x"]);
    }
}
