//! The codes of preflight findings, with severity and requirement.

use crate::diagnostic::Severity::{self, Error, Hint, Warning};

/// A code.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Code {
    /// Its name.
    pub name: &'static str,
    /// The severity of its findings.
    pub severity: Severity,
    /// The requirement, in one sentence.
    pub asks: &'static str,
    /// The source of the requirement.
    pub source: &'static str,
    /// What to do.
    pub hint: &'static str,
    /// Whether PDF/X-4 forbids it.
    pub forbidden_by_x4: bool,
}

/// Returns all codes.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    CODES.iter()
}

pub(super) fn code(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.name == name)
}

const X4: &str = "ISO 15930-7 (PDF/X-4).";
const TRADE: &str = "Common practice of printers (docs/printing.md).";

const fn x4(name: &'static str, severity: Severity, asks: &'static str, hint: &'static str) -> Code {
    Code { name, severity, asks, source: X4, hint, forbidden_by_x4: true }
}

const fn trade(name: &'static str, severity: Severity, asks: &'static str, hint: &'static str) -> Code {
    Code { name, severity, asks, source: TRADE, hint, forbidden_by_x4: false }
}

const CODES: &[Code] = &[
    trade(
        "press-version",
        Warning,
        "The PDF version must be one that the press supports.",
        "save the file as PDF 1.6 or older",
    ),
    x4("press-encrypted", Error, "A file for the press must not be encrypted.", "save the file without protection"),
    trade(
        "press-standard",
        Error,
        "A file for the press must say which PDF/X standard it meets.",
        "export the file as PDF/X-4",
    ),
    trade(
        "press-claim",
        Error,
        "A file must meet the standards that it claims.",
        "export the file again in that standard, or remove the claim",
    ),
    x4(
        "press-output-intent",
        Error,
        "A file for the press must have one output intent, with the ICC profile of a printer.",
        "export the file with the profile of the printing condition",
    ),
    x4(
        "press-trapped",
        Warning,
        "A file for the press must say whether it is trapped.",
        "set Trapped to True or False",
    ),
    x4(
        "press-id",
        Warning,
        "A file for the press must have an identifier.",
        "save the file again with another program",
    ),
    x4("press-metadata", Warning, "A file for the press must have XMP metadata.", "export the file as PDF/X-4"),
    x4(
        "press-action",
        Error,
        "A file for the press must not have scripts or actions.",
        "remove the scripts and actions",
    ),
    trade(
        "press-attachment",
        Warning,
        "A file for the press must not have attachments, which are not printed.",
        "remove the attachments",
    ),
    trade("press-form", Error, "A file for the press must not have form fields.", "flatten the form"),
    trade(
        "press-layers",
        Warning,
        "A file for the press must not have layers that may be hidden.",
        "flatten the layers",
    ),
    x4("press-trim-box", Error, "Every page must say where it is trimmed.", "set a TrimBox"),
    x4(
        "press-boxes",
        Error,
        "The TrimBox must be within the BleedBox, and that within the MediaBox.",
        "correct the boxes",
    ),
    trade(
        "press-bleed",
        Error,
        "Every page must have the bleed that the profile asks for.",
        "export the file with a larger bleed",
    ),
    trade(
        "press-page-size",
        Warning,
        "All pages must have the same size, upright or turned.",
        "print the pages of another size separately",
    ),
    trade("press-rotation", Warning, "Pages must not be rotated.", "turn the page instead of the view"),
    trade("press-user-unit", Warning, "Pages must be measured in points.", "export the file without a user unit"),
    x4(
        "press-annotation",
        Error,
        "Annotations must not stand on the printed page.",
        "remove links, comments and stamps, or flatten them",
    ),
    x4("press-font", Error, "All fonts must be embedded.", "export the file with all fonts embedded"),
    trade(
        "press-type3",
        Warning,
        "Fonts must be outlines, not Type 3 procedures.",
        "export the text with an outline font",
    ),
    trade("press-small-type", Warning, "Type must be large enough to be legible in print.", "use larger type"),
    trade("press-rgb", Error, "Text, lines and areas must not be in RGB.", "convert the colours to grey or CMYK"),
    trade("press-rgb-picture", Error, "Pictures must not be in RGB.", "convert the picture to grey or CMYK"),
    trade(
        "press-calibrated",
        Warning,
        "Black must be device grey or CMYK black: presses treat calibrated grey as a colour.",
        "convert it to DeviceGray",
    ),
    trade(
        "press-ink",
        Error,
        "Pages must print only with the inks that the profile allows.",
        "convert the page to black, or use a profile with colours",
    ),
    trade(
        "press-rich-black",
        Warning,
        "Text must be printed in black alone: several inks do not register.",
        "convert the text to 100 % K",
    ),
    trade(
        "press-ink-limit",
        Error,
        "The inks at one place must not exceed the limit in total.",
        "convert it with a profile that limits the ink",
    ),
    trade(
        "press-spot",
        Warning,
        "Spot colours need their own plates.",
        "convert spot colours to process colours, or allow them in the profile",
    ),
    trade(
        "press-resolution",
        Error,
        "Pictures must have enough resolution.",
        "use a larger picture, or print it smaller",
    ),
    trade(
        "press-bitmap-resolution",
        Error,
        "Pictures in black and white must have enough resolution.",
        "use a larger picture, or print it smaller",
    ),
    trade(
        "press-resolution-high",
        Hint,
        "Pictures need not have more resolution than the press can print.",
        "scale the picture down",
    ),
    trade("press-hairline", Error, "Lines must be thick enough to be printed.", "make the line thicker"),
    trade("press-transparency", Warning, "Transparency must be allowed by the profile.", "flatten the transparency"),
    trade(
        "press-overprint",
        Warning,
        "Overprinting must be intended.",
        "check that the press honours overprint, or remove it",
    ),
    trade("press-white-overprint", Error, "White must not overprint: it disappears.", "set white to knock out"),
    x4(
        "press-transfer",
        Error,
        "Transfer functions and halftones must be left to the press.",
        "remove them from the graphics states",
    ),
    x4("press-postscript", Error, "PostScript must not be embedded.", "export the page without PostScript"),
    x4("press-alternate", Error, "Pictures must not be placeholders or have alternates.", "embed the picture itself"),
    trade("press-blank", Hint, "A page should not be blank by accident.", "check that the page is meant to be blank"),
];
