//! `masthead impose`: arranges the pages of PDF files on sheets of paper.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use masthead::export::print::points;
use masthead::impose::{Duplex, Imposition, Layout, Paper, impose};

use super::Exit;
use super::guard::{Guard, Kind};
use super::limits::{self, LimitOptions};
use super::report::Reporter;
use super::{files, outputs};

/// The arguments of `masthead impose`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead impose draft.pdf -o booklet.pdf --booklet
  masthead impose draft.pdf -o booklet.pdf --booklet --paper letter --duplex manual
  masthead impose part-1.pdf part-2.pdf -o book.pdf --signature 16 --creep 2mm
  masthead impose draft.pdf -o draft-2up.pdf --2up --paper a4

Pages stay text and drawings, and are made smaller only if the paper requires it. Blank pages are added at
the end where the sheets require them.

Exit status: 0 success; 1 a file was refused; 2 usage or I/O error; 3 internal error.")]
pub struct Impose {
    /// PDF files, one after the other
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Output file
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    layout: Layouts,
    /// Paper of the sheets; default: one that holds the pages in their own size
    #[arg(long, value_enum)]
    paper: Option<Papers>,
    /// Move the pages of the innermost sheet towards the fold, those of other sheets in proportion
    #[arg(long, value_name = "LENGTH", value_parser = creep, default_value = "0pt")]
    creep: f64,
    /// How the sheets are turned over
    #[arg(long, value_enum, default_value_t)]
    duplex: Turned,
    /// Overwrite input files and files of another kind
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    limits: LimitOptions,
}

/// The arrangement of the pages.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct Layouts {
    /// All sheets folded once, one within the other
    #[arg(long)]
    booklet: bool,
    /// Two pages side by side, in their order
    #[arg(long = "2up")]
    two_up: bool,
    /// Booklets of N pages, bound one behind the other; N is a multiple of 4
    #[arg(long, value_name = "N", value_parser = signature)]
    signature: Option<usize>,
}

/// The papers.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Papers {
    /// 8.5 × 11 inches
    Letter,
    /// 210 × 297 mm
    A4,
    /// 11 × 17 inches
    Tabloid,
    /// 297 × 420 mm
    A3,
}

/// How sheets are turned over.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Turned {
    /// On the short edge
    #[default]
    ShortEdge,
    /// On the long edge
    LongEdge,
    /// By hand: all fronts, then all backs
    Manual,
}

fn creep(text: &str) -> Result<f64, String> {
    const MOST: f64 = 36.0;
    let creep = points(text).map_err(|error| error.to_string())?;
    if (0.0..=MOST).contains(&creep) { Ok(creep) } else { Err(format!("must be from 0 to {MOST} pt")) }
}

fn signature(text: &str) -> Result<usize, String> {
    const MOST: usize = 128;
    let pages: usize = text.parse().map_err(|_| "not a number".to_owned())?;
    let fits = pages.is_multiple_of(4) && (4..=MOST).contains(&pages);
    if fits { Ok(pages) } else { Err(format!("must be a multiple of 4, from 4 to {MOST}")) }
}

impl Impose {
    /// Imposes the pages; nothing is written if a file cannot be read.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let guard = Guard::new(self.force, &self.files);
        if let Err(exit) = guard.allows([(&self.output, Kind::Pdf)], reporter) {
            return exit;
        }
        let Some(first) = self.files.first() else { return Exit::Usage };
        self.limits.of_one(first, reporter, || self.imposed(reporter))
    }

    fn imposed(&self, reporter: &Reporter) -> Exit {
        let mut read = Vec::with_capacity(self.files.len());
        for file in &self.files {
            let name = limits::name(file);
            match files::bytes(file) {
                Ok(bytes) => read.push((name, bytes)),
                Err(error) => return reporter.error(format!("{name} cannot be read: {error}")),
            }
        }
        let made = match impose(&read, &self.how()) {
            Ok(made) => made,
            Err(error) => {
                reporter.problem(&error.to_string());
                return Exit::Refused;
            }
        };
        let blanks = if made.blanks > 0 { format!(", {} blank", made.blanks) } else { String::new() };
        let scale = if made.scale < 1.0 { format!(" at {:.0} %", made.scale * 100.0) } else { String::new() };
        let (shown, paper) = (self.output.display(), made.paper.name);
        let done = format!("{shown}: {} pages{blanks}, on {} sides of {paper}{scale}", made.pages, made.sides);
        outputs::put(&self.output, &made.file, &done, reporter)
    }

    fn how(&self) -> Imposition {
        let layout = match (self.layout.signature, self.layout.two_up) {
            (Some(pages), _) => Layout::Signatures(pages),
            (None, true) => Layout::TwoUp,
            (None, false) => Layout::Booklet,
        };
        let paper = |paper| match paper {
            Papers::Letter => Paper::ALL[0],
            Papers::A4 => Paper::ALL[1],
            Papers::Tabloid => Paper::ALL[2],
            Papers::A3 => Paper::ALL[3],
        };
        let duplex = match self.duplex {
            Turned::ShortEdge => Duplex::ShortEdge,
            Turned::LongEdge => Duplex::LongEdge,
            Turned::Manual => Duplex::Manual,
        };
        let mut how = Imposition::new(layout);
        how.paper = self.paper.map(paper);
        how.creep = self.creep;
        how.duplex = duplex;
        how
    }
}
