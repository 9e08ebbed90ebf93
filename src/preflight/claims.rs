//! The standards that a file claims, against the facts.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Stream, String as PdfString};

use super::findings::Findings;
use super::profile::Profile;
use super::trailer::Trailer;

pub(super) fn check(pdf: &Pdf, trailer: &Trailer, profile: &Profile, findings: &mut Findings) {
    let Some(catalogue) = pdf.xref().get::<Dict>(pdf.xref().root_id()) else { return };
    let metadata =
        catalogue.get::<Stream>("Metadata").and_then(|stream| stream.decoded().ok().map(|it| it.into_owned()));
    let metadata = metadata.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let info = trailer.info.as_ref().and_then(|info| info.get::<PdfString>("GTS_PDFXVersion"));
    let info = info.map(|text| String::from_utf8_lossy(text.as_bytes()).into_owned());
    let press = value(&metadata, "GTS_PDFXVersion").or(info);
    match &press {
        Some(standard) if standard.starts_with("PDF/X") => {
            let mut broken = findings.against_x4();
            if standard.starts_with("PDF/X-1") {
                broken.extend(
                    ["press-rgb", "press-rgb-picture", "press-transparency"].iter().filter(|code| findings.has(code)),
                );
            }
            contradicted(standard, &broken, findings);
        }
        _ if profile.standard => findings.of_file("press-standard", "the file does not claim to be PDF/X"),
        _ => {}
    }
    if let Some(part) = value(&metadata, "pdfaid:part") {
        let mut broken: Vec<&str> =
            ["press-encrypted", "press-font", "press-action", "press-transfer", "press-postscript"].into();
        if part == "1" {
            broken.extend(["press-transparency", "press-layers", "press-attachment"]);
        }
        broken.retain(|code| findings.has(code));
        let level = value(&metadata, "pdfaid:conformance").unwrap_or_default().to_lowercase();
        contradicted(&format!("PDF/A-{part}{level}"), &broken, findings);
    }
    if let Some(part) = value(&metadata, "pdfuaid:part") {
        let marked = catalogue.get::<Dict>("MarkInfo").and_then(|info| info.get::<bool>("Marked")).unwrap_or_default();
        let needs = [
            ("tags", marked && catalogue.contains_key("StructTreeRoot")),
            ("a language", catalogue.contains_key("Lang")),
        ];
        for (what, has) in needs {
            if !has {
                findings.of_file("press-claim", format!("the file claims PDF/UA-{part}, but has not {what}"));
            }
        }
    }
}

fn contradicted(standard: &str, broken: &[&str], findings: &mut Findings) {
    if !broken.is_empty() {
        let list = broken.join(", ");
        findings.of_file("press-claim", format!("the file claims {standard}, but breaks it: {list}"));
    }
}

/// Returns the value of a property of metadata, as element or attribute.
fn value(metadata: &str, property: &str) -> Option<String> {
    const LONGEST: usize = 40;
    metadata.match_indices(property).find_map(|(at, _)| {
        let rest = metadata[at + property.len()..].trim_start();
        let value = match rest.strip_prefix('>') {
            Some(rest) => rest.split('<').next()?,
            None => rest.strip_prefix('=')?.trim_start().get(1..)?.split(['"', '\'']).next()?,
        };
        let value = value.trim();
        (!value.is_empty() && value.len() <= LONGEST && value.is_ascii()).then(|| value.to_owned())
    })
}
