//! `masthead render`: documents to PDF, PNG or SVG files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use masthead::{Format, Job, Lines, Press, Profile, Rendition, export, render};

use super::Exit;
use super::files::{self, STANDARD, Unread};
use super::report::Reporter;
use super::syntax::Syntax;

/// What `masthead render` is given.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead render draft.yaml                       draft.pdf beside it: PDF/A-3a, PDF/UA-1
  masthead render *.yaml -o out/                   several documents into a folder
  masthead render draft.yaml --format png --ppi 96 draft-1.png, draft-2.png, …
  masthead render - < draft.yaml > draft.pdf       from standard input to standard output
  masthead render draft.yaml --emblem seal.svg     with an emblem of your own")]
pub struct Render {
    /// Documents: YAML, JSON or Markdown files, - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A file, or a folder (always for several documents); - for standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// What kind of file to write
    #[arg(long, value_enum, default_value_t)]
    format: Output,
    /// What a PDF file is for
    #[arg(long, value_enum, default_value_t)]
    profile: For,
    /// Pixels an inch of PNG files
    #[arg(long, default_value_t = 144.0, value_parser = ppi, value_name = "N")]
    ppi: f64,
    /// An emblem in place of the built-in neutral one: an SVG or PNG file
    #[arg(long, value_name = "FILE")]
    emblem: Option<PathBuf>,
    /// Folders of fonts for characters that the program's own do not have
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    /// Who chooses the line ends
    #[arg(long, value_enum, default_value_t)]
    line_ends: LineEnds,
    /// The syntax of the documents; default: by the name, else by the text
    #[arg(long, value_enum)]
    from: Option<Syntax>,
}

/// A kind of output file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Output {
    /// One PDF file
    #[default]
    Pdf,
    /// A PNG file a page
    Png,
    /// An SVG file a page
    Svg,
}

/// The profiles of PDF files.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum For {
    /// To be kept and read by everyone: PDF/A-3a and PDF/UA-1
    #[default]
    Archive,
    /// To be printed: PDF/A-2b, no tags
    Print,
    /// To be looked at: plain and small
    Screen,
}

/// Who chooses the line ends.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum LineEnds {
    /// The rule of the official pages, where it is known for the language
    #[default]
    Official,
    /// The typesetting engine
    Engine,
}

/// An emblem that can be set.
pub fn emblem(path: &Path) -> Result<Vec<u8>, String> {
    files::whole(path)
        .and_then(|data| masthead::typeset::sound_picture(&data).map(|()| data))
        .map_err(|reason| format!("the emblem {} cannot be used: {reason}", path.display()))
}

pub(super) fn ppi(text: &str) -> Result<f64, String> {
    let range = 10.0..=1200.0;
    let number: f64 = text.parse().map_err(|_| "it is no number".to_owned())?;
    if range.contains(&number) { Ok(number) } else { Err("it must be from 10 to 1200".into()) }
}

impl Render {
    /// Renders every document; one that is refused does not stop the others.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let targets = match self.targets() {
            Ok(targets) => targets,
            Err(message) => return reporter.error(&message),
        };
        let emblem = match self.emblem.as_deref().map(emblem).transpose() {
            Ok(emblem) => emblem,
            Err(message) => return reporter.error(&message),
        };
        let press = match reporter.press(&self.fonts) {
            Ok(press) => press,
            Err(exit) => return exit,
        };
        let one = |(file, target): (&PathBuf, &PathBuf)| self.one(&press, file, target, emblem.as_deref(), reporter);
        self.files.iter().zip(&targets).map(one).max().unwrap_or(Exit::Well)
    }

    fn one(&self, press: &Press, file: &Path, target: &Path, emblem: Option<&[u8]>, reporter: &Reporter) -> Exit {
        let (source, format) = match files::source(file, self.from.map(Format::from)) {
            Ok(read) => read,
            Err(Unread::File(message)) => return reporter.error(&message),
            Err(Unread::Text(fault)) => return reporter.findings(&[*fault]),
        };
        let job = Job {
            emblem,
            picture: &|name| files::picture(file, name),
            lines: self.line_ends.into(),
            ..Job::new(&source, format)
        };
        let rendition = match render(press, &job) {
            Ok(rendition) => rendition,
            Err(findings) => return reporter.findings(&findings),
        };
        reporter.findings(&rendition.findings);
        self.write(&rendition, target, reporter)
    }

    fn write(&self, rendition: &Rendition, target: &Path, reporter: &Reporter) -> Exit {
        let files = match self.format {
            Output::Pdf => match rendition.pdf(self.profile.into()) {
                Ok(pdf) => vec![pdf],
                Err(faults) => return reporter.findings(&faults),
            },
            Output::Png => match export::png(&rendition.pages, self.ppi) {
                Ok(pages) => pages,
                Err(message) => return reporter.broken(&message),
            },
            Output::Svg => export::svg(&rendition.pages).into_iter().map(String::into_bytes).collect(),
        };
        if target == Path::new(STANDARD) {
            return match &files[..] {
                [one] => reporter.out(one),
                _ => reporter.error("only one file can go to standard output; name a file with -o"),
            };
        }
        let digits = files.len().to_string().len();
        for (index, bytes) in files.iter().enumerate() {
            let path = match self.format {
                Output::Pdf => target.to_owned(),
                Output::Png | Output::Svg => {
                    let page = format!("-{:0digits$}", index + 1);
                    files::with_ending(target, &page, self.ending())
                }
            };
            if let Err(message) = files::write(&path, bytes) {
                return reporter.error(&message);
            }
        }
        let pages = rendition.pages.pages().len();
        let s = if pages == 1 { "" } else { "s" };
        reporter.done(&format!("{}: {pages} page{s}", target.display()));
        Exit::Well
    }

    fn ending(&self) -> &'static str {
        match self.format {
            Output::Pdf => "pdf",
            Output::Png => "png",
            Output::Svg => "svg",
        }
    }

    /// Where each document goes; two never go to one file.
    fn targets(&self) -> Result<Vec<PathBuf>, String> {
        let into_folder = self
            .output
            .as_deref()
            .is_some_and(|path| path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\']));
        if let Some(path) = &self.output
            && self.files.len() > 1
            && !into_folder
        {
            return Err(format!("{} must be a folder that exists, for several documents", path.display()));
        }
        let target = |file: &PathBuf| {
            let standard = file == Path::new(STANDARD);
            let named = if standard { Path::new("document") } else { file };
            let beside = files::with_ending(named, "", self.ending());
            match &self.output {
                Some(folder) if into_folder => folder.join(beside.file_name().unwrap_or_default()),
                Some(file) => file.clone(),
                None if standard => STANDARD.into(),
                None => beside,
            }
        };
        let targets: Vec<PathBuf> = self.files.iter().map(target).collect();
        if let Some(folder) = self.output.as_deref().filter(|_| into_folder) {
            fs::create_dir_all(folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
        }
        let mut takers = BTreeMap::new();
        for (file, target) in self.files.iter().zip(&targets) {
            let standard = target == Path::new(STANDARD);
            if let Some(other) = takers.insert(files::identity(target), file) {
                let (a, b, to) = (other.display(), file.display(), target.display());
                return Err(format!("{a} and {b} would both be written to {to}"));
            }
            let read = self.files.iter().chain(&self.emblem);
            if !standard && read.into_iter().any(|read| files::identity(read) == files::identity(target)) {
                return Err(format!("{} would be written over", target.display()));
            }
        }
        Ok(targets)
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
