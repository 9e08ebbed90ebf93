//! What concerns the file as a whole.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::findings::Findings;
use super::profile::Profile;
use super::trailer::Trailer;

pub(super) fn check(pdf: &Pdf, trailer: &Trailer, profile: &Profile, findings: &mut Findings) {
    let Some(catalogue) = pdf.xref().get::<Dict>(pdf.xref().root_id()) else { return };
    version(pdf, &catalogue, profile, findings);
    if trailer.has("Encrypt") {
        findings.of_file("press-encrypted", "the file is encrypted");
    }
    if trailer.is_found() && !trailer.has("ID") {
        findings.of_file("press-id", "the file has no identifier");
    }
    if catalogue.get::<Stream>("Metadata").is_none() {
        findings.of_file("press-metadata", "the file has no XMP metadata");
    }
    let trapped = trailer.info.as_ref().and_then(|info| info.get::<Name>("Trapped"));
    if !trapped.is_some_and(|trapped| matches!(trapped.as_ref(), b"True" | b"False")) {
        findings.of_file("press-trapped", "the file does not say whether it is trapped");
    }
    output_intent(&catalogue, findings);
    actions(&catalogue, findings);
    if let Some(form) = catalogue.get::<Dict>("AcroForm")
        && form.get::<Array>("Fields").is_some_and(|fields| fields.raw_iter().next().is_some())
    {
        findings.of_file("press-form", "the file has form fields");
    }
    let names = catalogue.get::<Dict>("Names").unwrap_or_default();
    if names.contains_key("EmbeddedFiles") || catalogue.contains_key("AF") {
        findings.of_file("press-attachment", "the file has attachments");
    }
    if catalogue.get::<Dict>("OCProperties").is_some() {
        findings.of_file("press-layers", "the file has layers");
    }
}

fn version(pdf: &Pdf, catalogue: &Dict, profile: &Profile, findings: &mut Findings) {
    let stated = catalogue.get::<Name>("Version").and_then(|name| name.as_str().parse::<f64>().ok());
    let header = pdf.data().as_ref().get(5..8).and_then(|text| std::str::from_utf8(text).ok()?.parse::<f64>().ok());
    let version = stated.into_iter().chain(header).fold(0.0, f64::max);
    if version > profile.version + 0.01 {
        findings.of_file("press-version", format!("PDF {version:.1} is newer than {:.1}", profile.version));
    }
}

fn output_intent(catalogue: &Dict, findings: &mut Findings) {
    let intents = catalogue.get::<Array>("OutputIntents");
    let mut intents = intents.iter().flat_map(|list| list.iter::<Dict>());
    let intent = intents.find(|intent| intent.get::<Name>("S").is_some_and(|name| name.as_ref() == b"GTS_PDFX"));
    let message = match intent {
        None => "the file has no output intent for print".to_owned(),
        Some(intent) => {
            let profile =
                intent.get::<Stream>("DestOutputProfile").and_then(|it| it.decoded().ok().map(|it| it.into_owned()));
            match profile {
                None => "the output intent has no ICC profile".to_owned(),
                Some(profile) => match (profile.get(12..16), profile.get(36..40)) {
                    (Some(b"prtr"), Some(b"acsp")) => return,
                    (_, Some(b"acsp")) => {
                        "the output intent has the ICC profile of another device than a printer".to_owned()
                    }
                    _ => "the output intent has no valid ICC profile".to_owned(),
                },
            }
        }
    };
    findings.of_file("press-output-intent", message);
}

fn actions(catalogue: &Dict, findings: &mut Findings) {
    let names = catalogue.get::<Dict>("Names").unwrap_or_default();
    if names.contains_key("JavaScript") {
        findings.of_file("press-action", "the file has scripts");
    }
    // A place to open the file at is an array, and harmless.
    let opens = catalogue.get::<Object>("OpenAction").and_then(Object::into_dict);
    let goes = |action: &Dict| action.get::<Name>("S").is_some_and(|name| name.as_ref() == b"GoTo");
    if opens.is_some_and(|action| !goes(&action)) || catalogue.contains_key("AA") {
        findings.of_file("press-action", "the file has actions that run when it is opened, printed or closed");
    }
}
