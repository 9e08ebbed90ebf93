//! Which findings are told, and how grave they are to a user.

use super::explain::explain;
use crate::diagnostic::{Diagnostic, Severity};

/// Which findings are told. Errors of form and structure always are, since such a document
/// cannot be set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Whether warnings are errors.
    pub strict: bool,
    /// Codes that are not told.
    pub allow: Vec<String>,
    /// The only codes that are told, if there are any.
    pub only: Vec<String>,
}

impl Selection {
    /// The findings that are told.
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

    fn reports(&self, finding: &Diagnostic) -> bool {
        let named = |codes: &[String]| codes.iter().any(|code| code == finding.code);
        let bound = finding.is_error() && explain(finding.code).is_none_or(|explanation| !explanation.editorial_lints);
        bound || !named(&self.allow) && (self.only.is_empty() || named(&self.only))
    }

    /// The codes of it that there are not.
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
