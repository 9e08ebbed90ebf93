//! What changed from one document to another, and what is different in two PDF files.

use std::sync::Arc;

use masthead::Error;
use masthead::diagnostic::{Diagnostic, Source};
use masthead::diff::{compare, to_text};
use masthead::golden::{Foreign, Rules, compare_pdfs};
use masthead::limits::{Allowance, Flight};
use masthead::model::Document;
use masthead::read::read;
use masthead::{Format, Job, export, render_redline};

use super::binary::Binary;
use super::choices::Changes;
use super::limits::PIXELS;
use super::perform::{Answered, Bench, Refusal, done, of_type, resolution};
use super::requests::{CompareRequest, DiffRequest, Input};
use super::task::Answer;

/// The default resolution of comparisons, in pixels per inch.
const PPI: f64 = 96.0;

/// Compares two documents as `masthead diff` does.
pub fn differences(bench: &Bench, request: &DiffRequest) -> Result<Answered, Refusal> {
    let (before, after) = match (document(&request.before, "before"), document(&request.after, "after")) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(Refusal::Document(before)), Err(Refusal::Document(after))) => return Err([before, after].concat().into()),
        (Err(refusal), _) | (_, Err(refusal)) => return Err(refusal),
    };
    let ((_, _, before), (source, format, after)) = (before, after);
    let unprepared = |error: Error| vec![Diagnostic::error("not-prepared", error.to_string()).in_source(&source, 0..0)];
    let compared = compare(&before, &after).map_err(unprepared)?;
    match request.format {
        Changes::Json => done(&compared.changes),
        Changes::Text => Ok(of_type("text/plain; charset=utf-8", to_text(&compared.changes, false).into_bytes())),
        Changes::Pdf => {
            let picture = |name: &str| request.after.picture(name, None);
            let emblem = request.emblem.as_ref().map(|emblem| &*emblem.0);
            let job = Job::new(&source, format).emblem(emblem).picture(&picture);
            let rendition = render_redline(&bench.press, &job, compared.redline)?;
            let (pages, findings) = (Some(rendition.pages.len()), rendition.findings.len());
            let pdf = rendition.pdf(request.profile.into())?;
            Ok((Answer::Done { media_type: "application/pdf".into(), pages, findings }, pdf))
        }
    }
}

/// Reads a document, of that name if the request gives none.
fn document(input: &Input, unnamed: &str) -> Result<(Arc<Source>, Format, Document), Refusal> {
    let (source, format) = input.read_as(unnamed)?;
    let document = read(&source, format)?.document;
    Ok((source, format, document))
}

/// Compares two PDF files.
pub fn compared(request: &CompareRequest, flight: &Flight) -> Result<Answered, Refusal> {
    let ppi = resolution(request.ppi.unwrap_or(PPI))?;
    let tolerance = request.tolerance().checked().map_err(|error| Refusal::Request(error.to_string()))?;
    let read = |name: &str, file: &Binary| {
        let allow = |pages: usize| {
            // Whatever is more exceeds the limits.
            let pages = pages.min((PIXELS / export::pixels(ppi)) as usize);
            // Read once, compared once.
            let once = Allowance::of_images(pages, export::pixels(ppi)).and(Allowance::of_pages(pages));
            flight.allow(once.and(once));
        };
        Foreign::read(&file.0, ppi, allow).map_err(|reason| {
            let message = format!("the file cannot be read: {reason}");
            Refusal::Document(vec![Diagnostic::error("unread", message).in_source(&Source::new(name, ""), 0..0)])
        })
    };
    let (before, after) = (read("before", &request.before)?, read("after", &request.after)?);
    let compared = compare_pdfs(&before, &after, &Rules::of(tolerance), ppi);
    done(&compared.map_err(Refusal::broken)?)
}
