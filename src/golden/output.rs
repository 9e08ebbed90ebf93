//! The file that is made of a case: its profile, and how it is printed.

use serde::{Deserialize, Serialize};

use super::settings::{At, Reader};
use crate::export::Profile;
use crate::export::print::{Ink, PrintOptions};
use crate::preflight::{self, preflight};

/// The profile of a case; missing values come from the section above, and finally from the defaults.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Output {
    profile: Option<Profile>,
    ink: Option<Ink>,
    /// In points.
    bleed: Option<f64>,
    marks: Option<bool>,
}

impl Output {
    /// Reads both settings of a section. `above` is the section from which missing values come.
    pub(super) fn read(reader: &mut Reader, profile: Option<At>, print: Option<At>, above: Self) -> Self {
        let profile = profile.and_then(|at| reader.choice(&at, Profile::ALL.map(|it| (it.name(), it))));
        let output = Self { profile, ..Self::default() };
        let Some(at) = print else { return output };
        if output.or(above).profile() != Profile::Print {
            reader.wrong(&at, "“print” has no effect without the profile “print”", "add profile = \"print\"");
        }
        let [ink, bleed, marks] = reader.table(&at, ["ink", "bleed", "marks"]);
        Self {
            ink: ink.and_then(|at| reader.choice(&at, [("black", Ink::Black), ("colour", Ink::Colour)])),
            bleed: bleed.and_then(|at| reader.number(&at, 0.0..=PrintOptions::MOST_BLEED)),
            marks: marks.and_then(|at| reader.truth(&at)),
            ..output
        }
    }

    pub(super) fn or(self, above: Self) -> Self {
        Self {
            profile: self.profile.or(above.profile),
            ink: self.ink.or(above.ink),
            bleed: self.bleed.or(above.bleed),
            marks: self.marks.or(above.marks),
        }
    }

    /// Returns the profile; by default that of archives.
    pub(super) fn profile(self) -> Profile {
        self.profile.unwrap_or_default()
    }

    /// Returns how it is printed, if it is.
    pub(super) fn print(self) -> Option<PrintOptions> {
        let usual = PrintOptions::default();
        let options = PrintOptions {
            ink: self.ink.unwrap_or(usual.ink),
            bleed: self.bleed.unwrap_or(usual.bleed),
            marks: self.marks.unwrap_or(usual.marks),
            ..usual
        };
        (self.profile() == Profile::Print).then_some(options)
    }
}

/// What a press would find in a print file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printing {
    /// The inks of all pages.
    pub inks: String,
    /// The sizes of pages after trimming, in points.
    pub sizes: String,
    /// What [`preflight`] finds: codes, each with its page.
    pub preflight: String,
}

impl Printing {
    pub(super) fn of(pdf: &[u8]) -> Self {
        let report = match preflight(pdf, &preflight::Profile::default()) {
            Ok(report) => report,
            Err((code, reason)) => {
                return Self { inks: String::new(), sizes: String::new(), preflight: format!("{code}: {reason}") };
            }
        };
        let listed = |entries: &mut dyn Iterator<Item = String>| {
            let mut list: Vec<String> = Vec::new();
            entries.for_each(|entry| {
                if !list.contains(&entry) {
                    list.push(entry)
                }
            });
            list.join(", ")
        };
        let found = report.findings.iter().map(|it| match it.page {
            Some(page) => format!("{} on page {page}", it.code),
            None => it.code.to_owned(),
        });
        Self {
            inks: listed(&mut report.pages.iter().flat_map(|page| page.inks.iter().cloned())),
            sizes: listed(&mut report.pages.iter().map(|page| format!("{:.0} × {:.0}", page.size[0], page.size[1]))),
            preflight: listed(&mut found.into_iter()),
        }
    }
}
