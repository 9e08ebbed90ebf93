//! `masthead render`: renders documents as PDF, PNG or SVG files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use masthead::export::print::PrintOptions;
use masthead::files::folder_of;
use masthead::limits::{Allowance, Flight, Watch};
use masthead::{Error, Format, Job, Lines, MissingGlyphs, Press, Profile, Rendition, export, picture_names, render};

use super::Exit;
use super::files::{self, STANDARD};
use super::guard::{Guard, Kind};
use super::limits::{self, LimitOptions};
use super::outputs::{self, Written};
use super::print::Print;
use super::report::Reporter;
use super::settings::Settings;
use super::syntax::Syntax;

/// The default resolution of PNG files, in pixels per inch.
const PPI: f64 = 144.0;

/// The arguments of `masthead render`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead render draft.yaml                       write draft.pdf next to it (PDF/A-3a, PDF/UA-1)
  masthead render *.yaml -o out/                   render several documents into a folder
  masthead render draft.yaml --format png --ppi 96 write draft-1.png, draft-2.png, …
  masthead render draft.yaml -o page.png           write page.png, or page-1.png, page-2.png, …
  masthead render - < draft.yaml > draft.pdf       read standard input, write standard output
  masthead render draft.yaml --emblem seal.svg     use your own emblem
  masthead render draft.yaml --open                show draft.pdf")]
pub struct Render {
    /// Input documents (YAML, JSON, Markdown or XML); - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Output file (.pdf, .png or .svg) or folder; - for standard output. A folder is created if its name ends in /;
    /// several documents require a folder
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Output format; default: from the output name, else pdf
    #[arg(long, value_enum)]
    format: Option<Output>,
    /// PDF profile; default: archive
    #[arg(long, value_enum)]
    profile: Option<For>,
    /// PNG resolution, in pixels per inch; default: 144
    #[arg(long, value_parser = ppi, value_name = "N")]
    ppi: Option<f64>,
    /// Emblem (SVG or PNG file) to use instead of the built-in neutral one
    #[arg(long, value_name = "FILE")]
    emblem: Option<PathBuf>,
    /// Folder of extra fonts, for characters that the built-in fonts lack
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    /// How lines are broken
    #[arg(long, value_enum, default_value_t)]
    line_ends: LineEnds,
    #[command(flatten)]
    missing: Missing,
    #[command(flatten)]
    print: Print,
    /// Input syntax; default: from the file name, else from the content
    #[arg(long, value_enum)]
    from: Option<Syntax>,
    /// Overwrite input files and files of another kind
    #[arg(long)]
    force: bool,
    /// Open the first file that is written, with the program that the system has for it
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    limits: LimitOptions,
}

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// One PDF file
    Pdf,
    /// One PNG file per page
    Png,
    /// One SVG file per page
    Svg,
}

impl From<Output> for Kind {
    fn from(output: Output) -> Self {
        match output {
            Output::Pdf => Self::Pdf,
            Output::Png => Self::Png,
            Output::Svg => Self::Svg,
        }
    }
}

impl Written for Output {
    const ENDINGS: &'static str = ".pdf, .png or .svg";

    fn of_ending(ending: &str) -> Option<Self> {
        [Self::Pdf, Self::Png, Self::Svg].into_iter().find(|output| output.ending().eq_ignore_ascii_case(ending))
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }
}

/// The PDF profiles.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum For {
    /// For archiving and accessibility: PDF/A-3a and PDF/UA-1
    #[default]
    Archive,
    /// For the press: PDF/X-4, black, without links
    Print,
    /// For viewing: PDF/UA-1, small
    Screen,
}

/// How lines are broken.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum LineEnds {
    /// As on the official pages, where the rule is known for the language
    #[default]
    Official,
    /// As the typesetting engine breaks them
    Engine,
}

/// How characters that no font covers are handled.
#[derive(Debug, Clone, Copy, Args)]
pub struct Missing {
    /// How to handle characters that no font covers; default: from masthead.toml, else error
    #[arg(long, value_enum, value_name = "WHAT")]
    missing_glyphs: Option<Instead>,
}

/// What is printed for a character that no font covers.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Instead {
    /// Nothing; report an error
    Error,
    /// A box with its code; report a warning
    BoxWithCode,
}

impl Missing {
    /// Returns the choice for a document: that of the command line, else that of its folder's settings.
    pub fn of(self, document: &Path, settings: &Settings) -> MissingGlyphs {
        let given = self.missing_glyphs.map(|instead| match instead {
            Instead::Error => MissingGlyphs::Error,
            Instead::BoxWithCode => MissingGlyphs::BoxWithCode,
        });
        given.or_else(|| settings.missing_glyphs(document)).unwrap_or_default()
    }
}

/// Reads the emblem, if one was given.
pub fn emblem(path: Option<&Path>, watch: &Watch, reporter: &Reporter) -> Result<Option<Vec<u8>>, Exit> {
    let Some(path) = path else { return Ok(None) };
    let _flight = limits::begin(watch, path, reporter)?;
    files::emblem(path).map(Some).map_err(|error| reporter.error(error))
}

pub(super) fn ppi(text: &str) -> Result<f64, String> {
    let range = 10.0..=1200.0;
    let number: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if range.contains(&number) { Ok(number) } else { Err("must be from 10 to 1200".into()) }
}

impl Render {
    /// Renders every document; errors in one do not stop the others.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let named = self.output.as_deref().filter(|path| *path != Path::new(STANDARD));
        let kind = match outputs::kind(named, self.format, "--format") {
            Ok(kind) => kind.unwrap_or(Output::Pdf),
            Err(error) => return reporter.error(error),
        };
        if let Err(error) = self.options_of(kind) {
            return reporter.error(error);
        }
        let targets = match self.targets(kind) {
            Ok(targets) => targets,
            Err(error) => return reporter.error(error),
        };
        if self.open && targets[0] == Path::new(STANDARD) {
            return reporter.error("standard output cannot be opened; use -o to name a file");
        }
        self.all(kind, &targets, reporter).unwrap_or_else(|exit| exit)
    }

    /// Checks that the options have an effect on files of a format.
    fn options_of(&self, kind: Output) -> Result<(), String> {
        let options = [("--profile", Output::Pdf, self.profile.is_some()), ("--ppi", Output::Png, self.ppi.is_some())];
        let idle = options.into_iter().find(|(_, of, given)| *given && *of != kind);
        idle.map_or(Ok(()), |(option, of, _)| {
            let (here, there) = (kind.ending().to_uppercase(), of.ending());
            Err(format!("{option} has no effect on {here} files; leave it out, or use --format {there}"))
        })
    }

    /// Returns the profile of PDF files.
    fn profile(&self) -> Profile {
        self.profile.unwrap_or_default().into()
    }

    fn all(&self, kind: Output, targets: &[PathBuf], reporter: &Reporter) -> Result<Exit, Exit> {
        let watch = self.limits.watch(reporter, None)?;
        let mut guard = Guard::new(self.force, self.files.iter().chain(&self.emblem));
        if kind != Output::Pdf {
            guard.reads(self.files.iter().flat_map(|file| self.pictures(file, &watch, reporter)));
        }
        // Files of pages are checked later, when the number of pages is known.
        let whole = |target: &&PathBuf| kind == Output::Pdf || self.output.as_ref() == Some(*target);
        guard.allows(targets.iter().filter(whole).map(|target| (target, kind.into())), reporter)?;
        let emblem = emblem(self.emblem.as_deref(), &watch, reporter)?;
        let settings = Settings::of_files(&self.files, reporter)?;
        // Options of the print profile change nothing in pictures of pages.
        let profile = if kind == Output::Pdf { self.profile() } else { Profile::Archive };
        let print = self.print.options(Some(profile), reporter)?;
        let print = (profile == Profile::Print).then_some(print);
        let press = reporter.press(&self.fonts)?;
        let one = |index: usize, file: &Path, flight: &Flight| -> Result<Exit, Exit> {
            let rendition = self.one(&press, file, (emblem.as_deref(), print.as_ref()), &settings, reporter)?;
            let files = self.exported(&rendition, kind, flight, reporter)?;
            // Once writing has begun, it must not be interrupted: no partial file may remain.
            flight.allow(Allowance::ANY);
            let exit = self.write(&rendition, kind, (&files, &targets[index]), &guard, reporter);
            if self.open && index == 0 && exit == Exit::Well {
                return Ok(opened(&self.file_of_page(kind, &targets[0], (0, files.len())), reporter));
            }
            Ok(exit)
        };
        Ok(limits::one_by_one(&watch, &self.files, reporter, |index, file, flight| {
            one(index, file, flight).unwrap_or_else(|exit| exit)
        }))
    }

    fn one(
        &self,
        press: &Press,
        file: &Path,
        (emblem, print): (Option<&[u8]>, Option<&PrintOptions>),
        settings: &Settings,
        reporter: &Reporter,
    ) -> Result<Rendition, Exit> {
        let (source, format) = reporter.source(file, self.from.map(Format::from))?;
        let picture = |name: &str| files::picture(file, name);
        let job = Job::new(&source, format)
            .emblem(emblem)
            .picture(&picture)
            .lines(self.line_ends.into())
            .missing_glyphs(self.missing.of(file, settings))
            .print(print);
        let rendition = render(press, &job).map_err(|findings| reporter.findings(&findings))?;
        reporter.findings(&rendition.findings);
        if print.is_some() {
            reporter.findings(&rendition.print_findings());
        }
        Ok(rendition)
    }

    /// Returns the pictures that a document names. A document that cannot be read has none here; the error is
    /// reported when it is rendered.
    fn pictures(&self, file: &Path, watch: &Watch, reporter: &Reporter) -> Vec<PathBuf> {
        if file == Path::new(STANDARD) {
            return Vec::new();
        }
        let Ok(_flight) = watch.begin(&limits::name(file), Allowance::of_file(file)) else { return Vec::new() };
        let read = files::source(file, self.from.map(Format::from), reporter.folders()).ok();
        let reading = read.and_then(|(source, format)| masthead::read::read(&source, format).ok());
        let names = reading.iter().flat_map(|reading| picture_names(&reading.document));
        names.map(|name| folder_of(file).join(name)).collect()
    }

    /// Exports a document to one file, or to one file per page.
    fn exported(
        &self,
        rendition: &Rendition,
        kind: Output,
        flight: &Flight,
        reporter: &Reporter,
    ) -> Result<Vec<Vec<u8>>, Exit> {
        match kind {
            Output::Pdf => {
                rendition.pdf(self.profile()).map(|pdf| vec![pdf]).map_err(|errors| reporter.findings(&errors))
            }
            Output::Png => {
                let ppi = self.ppi.unwrap_or(PPI);
                flight.allow(Allowance::of_images(rendition.pages.len(), export::pixels(ppi)));
                rendition.pages.png(ppi).map_err(|error| reporter.broken(error))
            }
            Output::Svg => Ok(rendition.pages.svg().into_iter().map(String::into_bytes).collect()),
        }
    }

    fn write(
        &self,
        rendition: &Rendition,
        kind: Output,
        (files, target): (&[Vec<u8>], &Path),
        guard: &Guard,
        reporter: &Reporter,
    ) -> Exit {
        if target == Path::new(STANDARD) {
            return match files {
                [one] => reporter.out(one),
                _ => reporter.error("cannot write several files to standard output; use -o to name a file"),
            };
        }
        let path = |index: usize| self.file_of_page(kind, target, (index, files.len()));
        if let Err(exit) = guard.allows((0..files.len()).map(|index| (path(index), kind.into())), reporter) {
            return exit;
        }
        for (index, bytes) in files.iter().enumerate() {
            if let Err(error) = files::write(&path(index), bytes) {
                return reporter.error(error);
            }
        }
        let pages = rendition.pages.len();
        let s = if pages == 1 { "" } else { "s" };
        let last = files.len().saturating_sub(1);
        let to = if last > 0 { format!(" to {}", path(last).display()) } else { String::new() };
        reporter.done(&format!("{}{to}: {pages} page{s}", path(0).display()));
        Exit::Well
    }

    /// Returns the file of a page, one of `count`.
    fn file_of_page(&self, kind: Output, target: &Path, (index, count): (usize, usize)) -> PathBuf {
        // A single page is written under exactly the name that was given.
        let alone = kind == Output::Pdf || count == 1 && self.output.as_deref() == Some(target);
        let digits = count.to_string().len();
        match alone {
            true => target.to_owned(),
            false => outputs::of_page(target, &format!("{:0digits$}", index + 1), kind.ending()),
        }
    }

    /// Returns the output path of each document. No two documents share one.
    fn targets(&self, kind: Output) -> Result<Vec<PathBuf>, Error> {
        let into_folder = self.output.as_deref().is_some_and(outputs::is_folder);
        if let Some(path) = &self.output
            && self.files.len() > 1
            && !into_folder
        {
            let shown = path.display();
            let message = format!("several documents need an output folder, and {shown} is not one; use {shown}/");
            return Err(Error::other(message));
        }
        let target = |file: &PathBuf| {
            let standard = file == Path::new(STANDARD);
            let named = if standard { Path::new("document") } else { file };
            let beside = outputs::beside(named, kind.ending());
            match &self.output {
                Some(folder) if into_folder => folder.join(beside.file_name().unwrap_or_default()),
                Some(file) => file.clone(),
                None if standard => STANDARD.into(),
                None => beside,
            }
        };
        let targets: Vec<PathBuf> = self.files.iter().map(target).collect();
        if let Some(folder) = self.output.as_deref().filter(|_| into_folder) {
            outputs::make(folder)?;
        }
        let mut takers = BTreeMap::new();
        for (file, target) in self.files.iter().zip(&targets) {
            if let Some(other) = takers.insert(files::identity(target), file) {
                let (a, b, to) = (other.display(), file.display(), target.display());
                return Err(Error::other(format!(
                    "{a} and {b} would both be written to {to}; render them separately, each with its own -o"
                )));
            }
        }
        Ok(targets)
    }
}

/// Opens a file with the program that the system has for it.
fn opened(file: &Path, reporter: &Reporter) -> Exit {
    match open::that_detached(file) {
        Ok(()) => Exit::Well,
        Err(error) => reporter.error(format!("{} cannot be opened: {error}", file.display())),
    }
}

impl From<For> for Profile {
    fn from(purpose: For) -> Self {
        match purpose {
            For::Archive => Self::Archive,
            For::Print => Self::Print,
            For::Screen => Self::Screen,
        }
    }
}

impl From<LineEnds> for Lines {
    fn from(ends: LineEnds) -> Self {
        match ends {
            LineEnds::Official => Self::Official,
            LineEnds::Engine => Self::Engine,
        }
    }
}
