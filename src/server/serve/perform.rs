//! How a worker performs each task.

use std::ops::Range;
#[cfg(feature = "queue")]
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use masthead::Error;
#[cfg(feature = "queue")]
use masthead::batch::panic_message;
use masthead::check::fix::fix;
use masthead::check::selection::Selection;
use masthead::diagnostic::{Diagnostic, Source, shortened};
use masthead::files::{self, Unread};
use masthead::limits::{Allowance, Flight};
use masthead::read::read;
use masthead::typeset::plan_as_json;
use masthead::{
    Coverage, Format, Job, MissingGlyphs, Press, Rendition, boxed, check, export, lint_with_pictures, prepare, render,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::binary::Binary;
use super::choices::Output;
use super::comparisons;
use super::findings::{Findings, found};
use super::limits::PIXELS;
use super::pages;
use super::requests::{CheckRequest, ConvertRequest, Input, PrepareRequest, RenderRequest};
#[cfg(feature = "queue")]
use super::task::Ordered;
use super::task::{Answer, Task, What, Why};

/// The default resolution of images, in pixels per inch.
const PPI: f64 = 144.0;

/// What every task needs, made once.
pub struct Bench {
    /// For pages.
    pub press: Press,
    /// For findings.
    pub coverage: Coverage,
}

/// The head and the body of an answer.
pub type Answered = (Answer, Vec<u8>);

/// What keeps a task from being done.
pub enum Refusal {
    /// A parameter is wrong.
    Request(String),
    /// The document has errors.
    Document(Vec<Diagnostic>),
    /// masthead has an error.
    Broken(String),
}

impl From<Unread> for Refusal {
    fn from(unread: Unread) -> Self {
        Self::Document(unread.findings())
    }
}

impl From<Vec<Diagnostic>> for Refusal {
    fn from(findings: Vec<Diagnostic>) -> Self {
        Self::Document(findings)
    }
}

impl Refusal {
    /// masthead has an error.
    pub fn broken(error: Error) -> Self {
        Self::Broken(error.to_string())
    }

    fn answer(self) -> Answer {
        match self {
            Self::Request(detail) => Answer::Refused { why: Why::Request, detail, findings: json!([]) },
            Self::Document(list) => {
                let errors = list.iter().filter(|finding| finding.is_error()).count();
                let s = if errors == 1 { "" } else { "s" };
                let detail = format!("the document has {errors} error{s}");
                Answer::Refused { why: Why::Document, detail, findings: json!(found(&list)) }
            }
            Self::Broken(message) => Answer::Broken(message),
        }
    }
}

/// Performs a task, which is charged to `flight`.
pub fn perform(bench: &Bench, task: &Task, flight: &Flight) -> Answered {
    let file = task.file.as_deref();
    let answered = match &task.what {
        What::Render(request) => rendered(bench, request, flight),
        What::Check(request) => checked(bench, request, file),
        What::Convert(request) => converted(request),
        What::Prepare(request) => prepared(bench, request),
        What::Diff(request) => comparisons::differences(bench, request),
        What::Compare(request) => comparisons::compared(request, flight),
        What::Pages(request) => pages::pages(bench, request, file, flight).and_then(|pages| done(&pages)),
        #[cfg(feature = "queue")]
        What::Order(ordered) => Ok(made(bench, ordered)),
    };
    answered.unwrap_or_else(|refusal| (refusal.answer(), Vec::new()))
}

impl Input {
    /// Returns the source and its syntax.
    pub fn read(&self) -> Result<(Arc<Source>, Format), Refusal> {
        self.read_as("document")
    }

    /// Returns the source, with this name if the request gives none, and its syntax.
    pub fn read_as(&self, unnamed: &str) -> Result<(Arc<Source>, Format), Refusal> {
        let name = self.name.as_deref().unwrap_or(unnamed);
        let bytes = match &self.file {
            Some(_) if !self.source.is_empty() => {
                return Err(Refusal::Request("give either source or file, not both".into()));
            }
            Some(Binary(bytes)) => bytes.clone(),
            None => self.source.clone().into_bytes(),
        };
        Ok(files::source_of_bytes(Path::new(name), name.to_owned(), bytes, self.from.map(Format::from))?)
    }

    /// Returns the document with the settings of the folder of the file that the user watches, if any.
    pub fn read_beside(&self, file: Option<&Path>) -> Result<(Arc<Source>, Format), Refusal> {
        let (source, format) = self.read()?;
        let folder = file.map(files::folder_settings).transpose()?;
        Ok((source.in_folder(folder.flatten()), format))
    }

    /// Returns a picture that was sent with the document or, for the file that the user watches, is in its folder.
    pub fn picture(&self, name: &str, file: Option<&Path>) -> Result<Vec<u8>, Error> {
        match (self.pictures.get(name), file) {
            (Some(Binary(bytes)), _) => Ok(bytes.clone()),
            (None, Some(file)) => files::picture(file, name),
            (None, None) => Err(Error::other("it was not sent; send it as one of the “pictures” of the document")),
        }
    }
}

/// Makes a document of the queue. A panic is told with its message, as in a batch.
#[cfg(feature = "queue")]
fn made(bench: &Bench, ordered: &Ordered) -> Answered {
    if bench.press.fingerprint() != ordered.fingerprint {
        return (Answer::Other, Vec::new());
    }
    let contents = ordered.contents.iter().map(|(hash, bytes)| (hash.clone(), bytes.0.clone())).collect();
    let made = catch_unwind(AssertUnwindSafe(|| ordered.order.made(&bench.press, &contents)));
    match made {
        Ok((made, file)) => (Answer::Made(Box::new(made)), file),
        Err(panic) => (Answer::Broken(panic_message(&*panic)), Vec::new()),
    }
}

/// Returns an answer in JSON.
pub fn done(answer: &impl Serialize) -> Result<Answered, Refusal> {
    serde_json::to_vec(answer).map(in_json).map_err(|error| Refusal::Broken(error.to_string()))
}

fn in_json(body: Vec<u8>) -> Answered {
    of_type("application/json", body)
}

/// Returns an answer of another media type.
pub fn of_type(media_type: &str, body: Vec<u8>) -> Answered {
    (Answer::Done { media_type: media_type.to_owned(), pages: None, findings: 0 }, body)
}

fn rendered(bench: &Bench, request: &RenderRequest, flight: &Flight) -> Result<Answered, Refusal> {
    if request.format == Output::Pdf && request.page.is_some() {
        return Err(Refusal::Request("page: chooses a page of PNG or SVG, not of PDF".into()));
    }
    if request.format != Output::Png && request.ppi.is_some() {
        return Err(Refusal::Request("ppi: is the resolution of PNG alone".into()));
    }
    let ppi = resolution(request.ppi.unwrap_or(PPI))?;
    let (source, format) = request.document.read()?;
    let picture = |name: &str| request.document.picture(name, None);
    let job = Job::new(&source, format)
        .lines(request.line_ends.into())
        .missing_glyphs(request.missing_glyphs.into())
        .emblem(request.emblem.as_ref().map(|emblem| &*emblem.0))
        .picture(&picture);
    let rendition = render(&bench.press, &job)?;
    let count = rendition.pages.len();
    let s = if count == 1 { "" } else { "s" };
    let chosen = match request.page {
        None => 0..count,
        Some(page) if (1..=count).contains(&page) => page - 1..page,
        Some(_) => return Err(Refusal::Request(format!("page: the document has {count} page{s}"))),
    };
    let (media_type, mut files) = exported(&rendition, request, (chosen, ppi), flight)?;
    let done = |media_type: &str, body| {
        let findings = rendition.findings.len();
        Ok((Answer::Done { media_type: media_type.to_owned(), pages: Some(count), findings }, body))
    };
    if request.format == Output::Pdf || request.page.is_some() {
        return done(media_type, files.pop().unwrap_or_default());
    }
    let page = |bytes: Vec<u8>| match request.format {
        Output::Svg => Value::from(String::from_utf8_lossy(&bytes)),
        _ => json!(Binary(bytes)),
    };
    let pages: Vec<Value> = files.into_iter().map(page).collect();
    let all = json!({ "media_type": media_type, "pages": pages, "findings": found(&rendition.findings) });
    done("application/json", all.to_string().into_bytes())
}

/// Returns the files of pages of a rendition, with their media type.
fn exported(
    rendition: &Rendition,
    request: &RenderRequest,
    (chosen, ppi): (Range<usize>, f64),
    flight: &Flight,
) -> Result<(&'static str, Vec<Vec<u8>>), Refusal> {
    let (count, pixels) = (chosen.len(), export::pixels(ppi));
    let pages = || chosen.clone().filter_map(|index| rendition.pages.get(index));
    Ok(match request.format {
        Output::Png if pixels * count as f64 > PIXELS => {
            let detail = format!("ppi: {count} pages are too many for one answer at {ppi} pixels per inch");
            return Err(Refusal::Request(detail));
        }
        Output::Pdf => ("application/pdf", vec![rendition.pdf(request.profile.into())?]),
        Output::Png => {
            flight.allow(Allowance::of_images(count, pixels));
            let files: Result<_, Error> = pages().map(|page| page.png(ppi)).collect();
            ("image/png", files.map_err(Refusal::broken)?)
        }
        Output::Svg => ("image/svg+xml", pages().map(|page| page.svg().into_bytes()).collect()),
    })
}

/// Returns a resolution that is allowed.
pub fn resolution(ppi: f64) -> Result<f64, Refusal> {
    let (least, most) = export::RESOLUTIONS.into_inner();
    let refused = || Refusal::Request(format!("ppi: must be from {least} to {most}"));
    if export::RESOLUTIONS.contains(&ppi) { Ok(ppi) } else { Err(refused()) }
}

fn checked(bench: &Bench, request: &CheckRequest, file: Option<&Path>) -> Result<Answered, Refusal> {
    let CheckRequest { strict, ref allow, ref only, .. } = *request;
    let selection = Selection::new(strict, allow.clone(), only.clone());
    let unknown: Vec<&str> = selection.unknown().collect();
    if !unknown.is_empty() {
        return Err(Refusal::Request(format!("unknown finding codes: {}", shortened(&unknown.join(", ")))));
    }
    let (source, format) = match request.document.read_beside(file) {
        // A file that is no document is a finding, too.
        Err(Refusal::Document(findings)) => return done(&Findings::new(&findings, None)),
        read => read?,
    };
    let picture = |name: &str| request.document.picture(name, file);
    let mut findings = lint_with_pictures(&bench.coverage, &source, format, &picture);
    boxed(&mut findings, request.missing_glyphs.into());
    let findings = selection.of(findings);
    let wanted = |finding: &Diagnostic| selection.reports(finding);
    let fixed = request.fix.then(|| fix(&source, format, &wanted)).flatten();
    done(&Findings::new(&findings, fixed.map(|fixed| fixed.text)))
}

fn converted(request: &ConvertRequest) -> Result<Answered, Refusal> {
    let (source, format) = request.document.read()?;
    let reading = read(&source, format)?;
    let text =
        masthead::write(&reading.document, request.to.into()).map_err(|error| Refusal::Request(error.to_string()))?;
    let media_type = request.to.media_type().to_owned();
    Ok((Answer::Done { media_type, pages: None, findings: reading.warnings.len() }, text.into_bytes()))
}

fn prepared(bench: &Bench, request: &PrepareRequest) -> Result<Answered, Refusal> {
    let (source, format) = request.document.read()?;
    let (reading, _) = check(&bench.press, &source, format, MissingGlyphs::default())?;
    let prepared = prepare::prepare(&reading.document).map_err(Refusal::broken)?;
    if !request.plan {
        return done(&prepared);
    }
    plan_as_json(&bench.press, &prepared).map(|plan| in_json(plan.into_bytes())).map_err(Refusal::broken)
}
