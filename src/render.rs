//! The stages run in order: from a source to pages.

use std::ops::Range;
use std::sync::Arc;

use crate::check::{self, Abilities, NOT_COVERED, check_what_was_read, editorial_lints};
use crate::diagnostic::{self, Diagnostic, Severity, Source};
use crate::error::Error;
use crate::export::print::PrintOptions;
#[cfg(feature = "png")]
use crate::export::print::{Coloured, Ink, coloured};
use crate::export::{self, Origin, Profile, header};
use crate::model::{Block, Document, Path, fields};
use crate::picture::{Budget, Pictures, Unsound, sound_picture};
use crate::prepare::words::{own_words, words_of};
use crate::prepare::{Masthead, Prepared, prepare, prepare_with_paths};
use crate::read::{Format, Reading, read_what_can_be};
use crate::typeset::{Choice, Sketch, sketch_boxed};
use crate::typeset::{Coverage, Lines, MissingGlyphs, Pages, Press, Unreached, typeset_boxed};
use crate::write::write;

/// Returns the picture with that name in a document, or the reason why it cannot.
pub type Picture<'p> = &'p dyn Fn(&str) -> Result<Vec<u8>, Error>;

/// What to render, and how.
///
/// ```
/// use masthead::diagnostic::Source;
/// use masthead::export::print::{Ink, PrintOptions};
/// use masthead::{Error, Format, Job, MissingGlyphs, Press, Profile, render};
///
/// let source = Source::new("draft.yaml", "
/// symbol: A/84/L.901
/// kind: draft-resolution
/// date: 2029-10-01
/// body:
///   - enacting: '*The General Assembly*,'
///   - figure: {image: gauge.svg, description: A tide gauge}
/// ");
/// let gauge = br#"<svg xmlns="http://www.w3.org/2000/svg" width="90" height="9"><path d="M0 0h90v9z"/></svg>"#;
/// let picture = |name: &str| match name {
///     "gauge.svg" => Ok(gauge.to_vec()),
///     _ => Err(Error::other("there is no such picture")),
/// };
/// let print = PrintOptions::default().ink(Ink::Colour);
/// let job = Job::new(&source, Format::Yaml)
///     .picture(&picture)
///     .missing_glyphs(MissingGlyphs::BoxWithCode)
///     .print(&print);
/// assert!(render(&Press::new([])?, &job)?.pdf(Profile::Print)?.starts_with(b"%PDF-1.6"));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Job<'j> {
    /// The source.
    pub source: Arc<Source>,
    /// Its syntax.
    pub format: Format,
    /// How lines are broken.
    pub lines: Lines,
    /// How characters that no font covers are handled.
    pub missing_glyphs: MissingGlyphs,
    /// The emblem (SVG or PNG) to use instead of the document's or the built-in one.
    pub emblem: Option<&'j [u8]>,
    /// Returns the picture with that name in the document, or the reason why it cannot; see [`no_pictures`].
    pub picture: Picture<'j>,
    /// How it is printed, for files of the print profile.
    pub print: Option<&'j PrintOptions>,
}

impl<'j> Job<'j> {
    /// Creates a job with default options, for a source without pictures of its own.
    pub fn new(source: &Arc<Source>, format: Format) -> Self {
        Self {
            source: source.clone(),
            format,
            lines: Lines::default(),
            missing_glyphs: MissingGlyphs::default(),
            emblem: None,
            picture: &no_pictures,
            print: None,
        }
    }

    /// Creates a job for a document in memory. Its source is the document as JSON, named "document", so that findings have a
    /// place there, besides the path of the value in the document.
    ///
    /// ```
    /// use masthead::model::{Block, Document, Passage};
    /// use masthead::{Job, Press, render};
    ///
    /// let enacting = Passage { text: "*The General Assembly*,".into(), ..Passage::default() };
    /// let document = Document {
    ///     symbol: vec!["A/84/L.901".into()],
    ///     date: Some("2029-10-01".parse()?),
    ///     body: vec![Block::Enacting(enacting)],
    ///     ..Document::default()
    /// };
    /// let rendition = render(&Press::new([])?, &Job::of_document(&document)?)?;
    /// assert_eq!(rendition.header.symbol, document.symbol);
    /// # Ok::<(), masthead::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the document cannot be written as JSON. No such case is known.
    pub fn of_document(document: &Document) -> Result<Self, Error> {
        let source = Source::new("document", write(document, Format::Json)?);
        Ok(Self::new(&source, Format::Json))
    }

    /// Sets how lines are broken.
    pub fn lines(self, lines: Lines) -> Self {
        Self { lines, ..self }
    }

    /// Sets how characters that no font covers are handled.
    pub fn missing_glyphs(self, missing_glyphs: MissingGlyphs) -> Self {
        Self { missing_glyphs, ..self }
    }

    /// Sets the emblem (SVG or PNG) to use instead of the document's or the built-in one.
    pub fn emblem(self, emblem: impl Into<Option<&'j [u8]>>) -> Self {
        Self { emblem: emblem.into(), ..self }
    }

    /// Sets the function that returns the pictures of the document by their names, or the reason why it cannot.
    pub fn picture(self, picture: Picture<'j>) -> Self {
        Self { picture, ..self }
    }

    /// Sets how it is printed, for files of the print profile.
    pub fn print(self, print: impl Into<Option<&'j PrintOptions>>) -> Self {
        Self { print: print.into(), ..self }
    }
}

/// The source of pictures for documents that name none.
///
/// # Errors
///
/// Always returns an error.
pub fn no_pictures(_: &str) -> Result<Vec<u8>, Error> {
    Err(Error::other("no pictures are given with this document"))
}

/// A document that has been read, checked and prepared, and is ready to be typeset.
#[derive(Debug, Clone)]
pub struct PreparedJob {
    /// Everything that determines its pages.
    pub origin: Origin,
    /// Warnings and hints.
    pub findings: Vec<Diagnostic>,
    place: Arc<Source>,
    /// Where the document says how many pages it is to have.
    pages_at: Range<usize>,
    pictures_at: Vec<Named>,
}

/// A place of the source that names a picture.
#[derive(Debug, Clone)]
struct Named {
    picture: String,
    path: Path,
    span: Range<usize>,
}

impl PreparedJob {
    /// Typesets the pages.
    ///
    /// # Errors
    ///
    /// Returns the errors of the engine.
    pub fn typeset(self, press: &Press) -> Result<Rendition, Vec<Diagnostic>> {
        let Self { origin, mut findings, place, pages_at, pictures_at } = self;
        let Origin { header, prepared, lines, missing_glyphs, fonts, pictures, print, .. } = origin;
        let pages = typeset_boxed(press, &prepared, &pictures, lines, missing_glyphs)
            .map_err(|error| not_typeset(error.to_string(), &place, &pictures))?;
        findings.extend(
            missed(&prepared, pages.len())
                .map(|finding| finding.at(&place, pages_at, Path::from("layout").field("pages"))),
        );
        Ok(Rendition {
            header,
            prepared,
            pages,
            findings,
            lines,
            missing_glyphs,
            fonts,
            pictures,
            print,
            place,
            pictures_at,
        })
    }

    /// Returns the error of a document without a date, which files of some profiles need: before the pages are typeset.
    pub fn undated(&self, profile: Profile) -> Option<Diagnostic> {
        let needs_date = profile != Profile::Screen;
        (needs_date && self.origin.prepared.metadata.date.is_none()).then(|| undated(&self.place))
    }

    /// Typesets the pages that are wanted.
    pub fn sketch(&self, press: &Press, choice: Choice) -> Result<Sketch, Vec<Diagnostic>> {
        let Origin { prepared, lines, missing_glyphs, pictures, .. } = &self.origin;
        sketch_boxed(press, prepared, pictures, *lines, *missing_glyphs, choice)
            .map_err(|reason| not_typeset(reason, &self.place, pictures))
    }
}

fn not_typeset(reason: String, place: &Arc<Source>, pictures: &Pictures) -> Vec<Diagnostic> {
    let error = Diagnostic::error("not-typeset", reason).in_source(place, 0..0);
    let hint = "if a picture is the cause, save it again as a plain SVG or PNG file";
    vec![if pictures.is_empty() { error } else { error.hint(hint) }]
}

/// The error of a document without a date, whose file needs one.
fn undated(place: &Arc<Source>) -> Diagnostic {
    let message = "the document has no date, which files for archives and for printing need";
    let hint = "add a date to the document, or make a file of the profile “screen”";
    Diagnostic::error("pdf-standard", message).hint(hint).in_source(place, 0..0)
}

/// A rendered document.
#[derive(Debug, Clone)]
pub struct Rendition {
    /// The header of the document, as in its source.
    pub header: Document,
    /// The content of its pages.
    pub prepared: Prepared,
    /// Its pages.
    pub pages: Pages,
    /// Warnings and hints.
    pub findings: Vec<Diagnostic>,
    lines: Lines,
    missing_glyphs: MissingGlyphs,
    fonts: Option<String>,
    pictures: Pictures,
    print: Option<PrintOptions>,
    place: Arc<Source>,
    pictures_at: Vec<Named>,
}

impl Rendition {
    /// Returns everything that determined its pages.
    pub fn origin(&self) -> Origin {
        Origin {
            masthead: Origin::THIS_VERSION.to_owned(),
            header: self.header.clone(),
            prepared: self.prepared.clone(),
            lines: self.lines,
            missing_glyphs: self.missing_glyphs,
            fonts: self.fonts.clone(),
            pictures: self.pictures.clone(),
            print: self.print.clone(),
        }
    }

    /// Exports the pages as a PDF file.
    ///
    /// ```
    /// use masthead::diagnostic::Source;
    /// use masthead::{Format, Job, Press, Profile, render};
    ///
    /// let source = Source::new("draft.yaml", "
    /// symbol: A/84/L.901
    /// kind: draft-resolution
    /// date: 2029-10-01
    /// body:
    ///   - enacting: '*The General Assembly*,'
    /// ");
    /// let rendition = render(&Press::new([])?, &Job::new(&source, Format::Yaml))?;
    /// for profile in [Profile::Archive, Profile::Print, Profile::Screen] {
    ///     assert!(rendition.pdf(profile).is_ok_and(|pdf| pdf.starts_with(b"%PDF-")));
    /// }
    /// # Ok::<(), masthead::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the violations of the PDF standard.
    pub fn pdf(&self, profile: Profile) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let refused = |reason: &String| {
            if reason.contains("date") {
                return undated(&self.place);
            }
            let message = format!("the document does not meet the PDF standard: {reason}");
            let hint = match profile {
                Profile::Screen => "fix this in the document",
                _ => "fix this in the document, or make a file of the profile “screen”",
            };
            Diagnostic::error("pdf-standard", message).hint(hint).in_source(&self.place, 0..0)
        };
        export::pdf(&self.pages, &self.origin(), profile).map_err(|reasons| reasons.iter().map(refused).collect())
    }

    /// Returns what becomes of pictures with colours when the document is printed: a finding for each page on which
    /// one stands, where the document names it.
    #[cfg(feature = "png")]
    pub fn print_findings(&self) -> Vec<Diagnostic> {
        let ink = self.print.as_ref().map(|print| print.ink).unwrap_or_default();
        let finding = |Coloured { page, name }: Coloured| {
            let finding = match ink {
                Ink::Black => {
                    let message = format!("page {page}: the picture “{name}” has colours and is printed in grey");
                    Diagnostic::advice("printed-in-grey", message).hint("to keep its colours, use --ink colour")
                }
                Ink::Colour => {
                    let message = format!("page {page}: the picture “{name}” is printed in colour, from RGB");
                    Diagnostic::warning("printed-in-colour", message)
                        .hint("use a grey picture, or --ink black, if the page is to be printed in black alone")
                }
            };
            match self.pictures_at.iter().find(|it| it.picture == name) {
                Some(named) => finding.at(&self.place, named.span.clone(), named.path.clone()),
                None => finding.in_source(&self.place, 0..0),
            }
        };
        coloured(&self.pages, &self.pictures).into_iter().map(finding).collect()
    }
}

/// Reads and checks a document, and returns it with its warnings.
///
/// # Errors
///
/// Returns all findings if one of them is an error.
pub fn check(
    press: &Press,
    source: &Arc<Source>,
    format: Format,
    missing: MissingGlyphs,
) -> Result<(Reading, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mute = |document: &Document| words_of(document).characters().chars().find(|c| !press.covers(*c));
    let too_wide = |document: &Document| prepare(document).map_or_else(|_| Vec::new(), |it| press.too_wide(&it));
    let unreached = |document: &Document| unreached(document, &|prepared| press.unreached(prepared));
    let abilities = Abilities { covers: &|c| press.covers(c), mute: &mute, too_wide: &too_wide, unreached: &unreached };
    read_and_checked(&abilities, read_what_can_be(source, format), missing)
}

/// Returns a warning if the document could not be fitted to its number of pages.
fn missed(prepared: &Prepared, pages: usize) -> Option<Diagnostic> {
    let wanted = prepared.layout.pages.map(usize::from).filter(|wanted| *wanted != pages)?;
    let message =
        format!("the document cannot be fitted to {wanted} pages without visible adjustments: it has {pages}");
    let hint = "run masthead fit to see why";
    Some(Diagnostic::warning("layout-unreached", message).hint(hint))
}

/// Returns the blocks that cannot be set in the requested number of lines: their paths, with a message each.
fn unreached(document: &Document, of: &dyn Fn(&Prepared) -> Vec<Unreached>) -> Vec<(Path, String)> {
    let Ok((prepared, paths)) = prepare_with_paths(document) else { return Vec::new() };
    let sentence = |Unreached { block, wanted, lines }: Unreached| {
        let path = paths.body.get(block).cloned().unwrap_or_default();
        let why = match lines {
            Some(lines) => {
                format!("it takes {lines}, and tracking from -0.20 to 0.20 points is not enough to change that")
            }
            None => "the typesetting engine breaks its lines".to_owned(),
        };
        (path, format!("this cannot be set in {wanted} lines: {why}"))
    };
    of(&prepared).into_iter().map(sentence).collect()
}

/// Returns all findings about a document: errors of form and structure, and departures from the editorial rules,
/// in the order of the source. If the document can be read only in part, that part is checked. Pictures are not
/// checked.
///
/// ```
/// use masthead::diagnostic::Source;
/// use masthead::{Coverage, Format, lint};
///
/// let source = Source::new("draft.yaml", "
/// symbol: A/84/L.901
/// kind: draft-resolution
/// date: 2029-10-01
/// sponsors: [Chile, Azerbaijan]
/// body:
///   - enacting: '*The General Assembly*,'
///   - operative: '*Decides* to remain seized of the matter.'
/// ");
/// let findings = lint(&Coverage::new([]), &source, Format::Yaml);
/// assert!(findings.iter().any(|finding| finding.code == "sponsor-order" && !finding.is_error()));
/// ```
pub fn lint(coverage: &Coverage, source: &Arc<Source>, format: Format) -> Vec<Diagnostic> {
    all_lints(coverage, source, format, None)
}

/// Returns the same findings as [`lint`], and errors in pictures.
pub fn lint_with_pictures(
    coverage: &Coverage,
    source: &Arc<Source>,
    format: Format,
    picture: Picture,
) -> Vec<Diagnostic> {
    all_lints(coverage, source, format, Some(picture))
}

fn all_lints(coverage: &Coverage, source: &Arc<Source>, format: Format, picture: Option<Picture>) -> Vec<Diagnostic> {
    let mute = |document: &Document| match own_words(document) {
        Some(own) => own.characters().chars().find(|c| !coverage.covers(*c)),
        None => coverage.lacking(document.language, || words_of(document).characters()),
    };
    let too_wide = |document: &Document| prepare(document).map_or_else(|_| Vec::new(), |it| coverage.too_wide(&it));
    let unreached = |document: &Document| unreached(document, &|prepared| coverage.unreached(prepared));
    let abilities =
        Abilities { covers: &|c| coverage.covers(c), mute: &mute, too_wide: &too_wide, unreached: &unreached };
    let (reading, errors) = read_what_can_be(source, format);
    let whole = errors.is_empty();
    let mut findings = reading.as_ref().map_or_else(Vec::new, |reading| editorial_lints(reading, whole));
    if let (Some(reading), Some(picture)) = (&reading, picture) {
        findings.extend(pictures(reading, None, picture).err().into_iter().flatten());
    }
    let checked = read_and_checked(&abilities, (reading, errors), MissingGlyphs::default());
    findings.extend(checked.map_or_else(|errors| errors, |(_, rest)| rest));
    findings.sort_by_key(|finding| finding.place.as_ref().map(|place| (place.span.start, place.span.end)));
    findings
}

/// Checks what was read.
fn read_and_checked(
    abilities: &Abilities,
    (reading, mut errors): (Option<Reading>, Vec<Diagnostic>),
    missing: MissingGlyphs,
) -> Result<(Reading, Vec<Diagnostic>), Vec<Diagnostic>> {
    let reading = match reading {
        Some(reading) if errors.is_empty() => reading,
        partial => {
            errors.extend(partial.iter().flat_map(|reading| check_what_was_read(reading, abilities)));
            errors.extend(partial.into_iter().flat_map(|reading| reading.warnings));
            diagnostic::sort(&mut errors);
            boxed(&mut errors, missing);
            return Err(errors);
        }
    };
    let mut findings = check::check(&reading, abilities);
    boxed(&mut findings, missing);
    findings.extend(reading.warnings.iter().cloned());
    diagnostic::sort(&mut findings);
    if findings.iter().any(Diagnostic::is_error) {
        return Err(findings);
    }
    Ok((reading, findings))
}

/// Turns errors about characters that no font covers into warnings if boxes are printed instead.
pub fn boxed(findings: &mut [Diagnostic], missing: MissingGlyphs) {
    if missing == MissingGlyphs::BoxWithCode {
        for finding in findings.iter_mut().filter(|finding| finding.code == NOT_COVERED) {
            finding.severity = Severity::Warning;
            finding.message.push_str("; a box with its code is printed instead");
        }
    }
}

/// Reads, checks and prepares a document.
///
/// ```
/// use masthead::diagnostic::Source;
/// use masthead::{Format, Job, Press, prepare_job};
///
/// let source = Source::new("draft.yaml", "
/// symbol: A/84/L.901
/// kind: draft-resolution
/// date: 2029-10-01
/// body:
///   - enacting: '*The General Assembly*,'
///   - operative: '*Decides* to remain seized of the matter.'
/// ");
/// let job = prepare_job(&Press::new([])?, &Job::new(&source, Format::Yaml))?;
/// assert_eq!(job.origin.prepared.masthead.organs, ["General Assembly"]); // every word of the pages
/// # Ok::<(), masthead::Error>(())
/// ```
///
/// # Errors
///
/// Returns all findings if one of them is an error.
pub fn prepare_job(press: &Press, job: &Job) -> Result<PreparedJob, Vec<Diagnostic>> {
    let (reading, findings) = check(press, &job.source, job.format, job.missing_glyphs)?;
    prepare_checked(press, job, &reading, findings).map(|(prepared, _)| prepared)
}

/// Prepares a document that has been read and checked. Also returns the path of every block of its body.
pub fn prepare_checked(
    press: &Press,
    job: &Job,
    reading: &Reading,
    findings: Vec<Diagnostic>,
) -> Result<(PreparedJob, Vec<Path>), Vec<Diagnostic>> {
    let unprepared = |reason| vec![Diagnostic::error("not-prepared", reason).in_source(&job.source, 0..0)];
    let (mut prepared, paths) = prepare_with_paths(&reading.document).map_err(unprepared)?;
    let of_folder =
        || job.source.folder.as_ref()?.emblem.as_deref().filter(|_| reading.document.own_emblem().is_none());
    let emblem = job.emblem.or_else(of_folder);
    if emblem.is_some() {
        prepared.masthead.emblem = Some(OPTION.to_owned());
        prepared.masthead.bare = false;
    }
    let pictures = pictures(reading, emblem, job.picture)?;
    let lacking = findings.iter().any(|finding| finding.code == NOT_COVERED);
    let origin = Origin {
        masthead: Origin::THIS_VERSION.to_owned(),
        header: header(&reading.document),
        prepared,
        lines: job.lines,
        // Recorded only if it matters, so that it does not change the files of other documents.
        missing_glyphs: if lacking { job.missing_glyphs } else { MissingGlyphs::default() },
        fonts: press.more_fonts().map(str::to_owned),
        pictures,
        print: job.print.cloned(),
    };
    let pages_at = reading.places.of(&Path::from("layout").field("pages"));
    let named = pictures_of(&reading.document).into_iter().map(|(path, picture)| {
        let span = reading.places.of(&path);
        Named { picture: picture.to_owned(), path, span }
    });
    let pictures_at = named.collect();
    Ok((PreparedJob { origin, findings, place: job.source.clone(), pages_at, pictures_at }, paths.body))
}

/// Renders a document.
///
/// ```
/// use masthead::diagnostic::Source;
/// use masthead::{Format, Job, Press, render};
///
/// let press = Press::new([])?; // once per process
/// let source = Source::new("draft.yaml", "
/// symbol: A/84/L.901
/// kind: draft-resolution
/// date: 2029-10-01
/// body:
///   - enacting: '*The General Assembly*,'
///   - operative: '*Decides* to remain seized of the matter.'
/// ");
/// let rendition = render(&press, &Job::new(&source, Format::Yaml))?;
/// assert_eq!(rendition.prepared.running.symbols, ["A/84/L.901"]);
///
/// let refused = Source::new("draft.yaml", "symbol: A/84/L.901\nkind: draft-resolution\ndate: tomorrow\nbody: []\n");
/// let errors = render(&press, &Job::new(&refused, Format::Yaml)).err().unwrap_or_default();
/// println!("{}", errors[0]); // with file, line, source line, code and hint
/// # Ok::<(), masthead::Error>(())
/// ```
///
/// # Errors
///
/// Returns all findings if one of them is an error.
pub fn render(press: &Press, job: &Job) -> Result<Rendition, Vec<Diagnostic>> {
    prepare_job(press, job)?.typeset(press)
}

/// Renders a document with the changes marked that a comparison with an older one has found: `redline` is that of
/// [`Compared`](crate::diff::Compared). Characters that no font covers are printed as boxes, because those of the older
/// document may be missing, too.
///
/// # Errors
///
/// Returns all findings if one of them is an error.
pub fn render_redline(press: &Press, job: &Job, redline: Prepared) -> Result<Rendition, Vec<Diagnostic>> {
    let mut prepared = prepare_job(press, &Job { missing_glyphs: MissingGlyphs::BoxWithCode, ..job.clone() })?;
    let Masthead { emblem, bare, .. } = std::mem::replace(&mut prepared.origin.prepared, redline).masthead;
    let masthead = &mut prepared.origin.prepared.masthead;
    (masthead.emblem, masthead.bare) = (emblem, bare);
    prepared.origin.missing_glyphs = MissingGlyphs::BoxWithCode;
    prepared.typeset(press)
}

/// Returns the names of the pictures of a document: its emblem, and the images of its figures.
pub fn picture_names(document: &Document) -> Vec<&str> {
    pictures_of(document).into_iter().map(|(_, name)| name).collect()
}

/// Returns the pictures of a document, with the paths of the values that name them.
fn pictures_of(document: &Document) -> Vec<(Path, &str)> {
    let bodies = document.bodies();
    emblem_of(document).into_iter().chain(bodies.iter().flat_map(|(at, body)| figures(body, at))).collect()
}

/// Returns the emblem that a document names, with the path of the value: its own or that of its house.
fn emblem_of(document: &Document) -> Option<(Path, &str)> {
    let name = document.own_emblem()?;
    let own = Path::from(EMBLEM);
    Some((if document.emblem.is_some() { own } else { Path::from(HOUSE).field(EMBLEM) }, name))
}

/// The name of an emblem that is given separately from the document, by an option or the settings of its folder.
const OPTION: &str = "--emblem";
/// The field that names the emblem, of a document or of its house.
const EMBLEM: &str = fields::header::emblem.name;
/// The field of the house.
const HOUSE: &str = fields::header::house.name;

/// Returns the pictures of a document, or an error for each that cannot be read or used.
pub(crate) fn pictures(
    reading: &Reading,
    emblem: Option<&[u8]>,
    picture: Picture,
) -> Result<Pictures, Vec<Diagnostic>> {
    let mut pictures = Pictures::new();
    let mut budget = Budget::default();
    let mut errors = Vec::new();
    let mut add = |name: &str, path: Path, data: &dyn Fn() -> Result<Vec<u8>, Error>| {
        let cost = match budget.known(name) {
            Some(cost) => Ok(cost),
            None => data().map_err(|error| (error.to_string(), NOT_GIVEN)).and_then(|data| {
                let cost = sound_picture(&data)?;
                pictures.insert(name.to_owned(), data);
                Ok(cost)
            }),
        };
        if let Err((reason, hint)) = cost.and_then(|cost| Ok(budget.spend(name, cost)?)) {
            let error = Diagnostic::error("picture", format!("the picture “{name}” cannot be used: {reason}"));
            errors.push(reading.locate(error.hint(hint), path));
        }
    };
    if let Some(data) = emblem {
        add(OPTION, EMBLEM.into(), &|| Ok(data.to_vec()));
    }
    let replaced = emblem.and_then(|_| emblem_of(&reading.document));
    for (path, name) in pictures_of(&reading.document) {
        // An emblem that is given separately replaces that of the document.
        if replaced.as_ref().is_none_or(|(own, _)| *own != path) {
            add(name, path, &|| picture(name));
        }
    }
    if errors.is_empty() { Ok(pictures) } else { Err(errors) }
}

const NOT_GIVEN: &str = "use an SVG or PNG file, with a path relative to the document";

impl From<Unsound> for (String, &'static str) {
    fn from(unsound: Unsound) -> Self {
        (unsound.reason, unsound.hint)
    }
}

/// Returns the figures of a body and of its annexes, with their paths.
fn figures<'d>(blocks: &'d [Block], at: &Path) -> Vec<(Path, &'d str)> {
    let figures = blocks.iter().enumerate().flat_map(|(index, block)| match block {
        Block::Figure(figure) => vec![(at.index(index).field("image"), figure.image.as_str())],
        Block::Annex(annex) => figures(&annex.body, &at.index(index).field("body")),
        _ => Vec::new(),
    });
    figures.collect()
}
