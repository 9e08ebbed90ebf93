//! `masthead golden compare`: any two PDFs.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use masthead::golden::{Compared, Foreign, Rules, Tolerance, Verdict, compare_pdfs, report};

use super::told;
use crate::cli::Exit;
use crate::cli::files;
use crate::cli::report::Reporter;

/// What `masthead golden compare` is given.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead golden compare ours.pdf official.pdf
  masthead golden compare ours.pdf official.pdf --report report.html
  masthead golden compare ours.pdf official.pdf --least 95

The score of a page is the mean of three shares: of words that both have, of words in the same
place to 1.5 points, of ink in the same place.

Exit status: 0 no difference, or at least the score asked for; 1 otherwise; 2 a file that cannot
be read.")]
pub struct Compare {
    /// The PDF before
    #[arg(value_name = "A.pdf")]
    before: PathBuf,
    /// The PDF now
    #[arg(value_name = "B.pdf")]
    after: PathBuf,
    /// Points by which things may move or grow
    #[arg(long, default_value_t = 0.5, value_name = "N")]
    points: f64,
    /// By how much of 255 a pixel may differ
    #[arg(long, default_value_t = 32, value_name = "N")]
    delta: u8,
    /// The score, from 0 to 100, at which differences are well
    #[arg(long, value_name = "SCORE")]
    least: Option<f64>,
    /// Pixels an inch of the pages
    #[arg(long, default_value_t = 96.0, value_name = "N", value_parser = crate::cli::render::ppi)]
    ppi: f64,
    /// Tell every difference
    #[arg(long)]
    all: bool,
    /// Write a report with pictures: one HTML file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Write JSON, for programs
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

impl Compare {
    /// Tells the scores and the differences.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let read = |path: &Path| {
            let bytes =
                files::whole(path).map_err(|message| format!("{} cannot be read: {message}", path.display()))?;
            Foreign::read(&bytes, self.ppi).map_err(|message| format!("{} cannot be read: {message}", path.display()))
        };
        let (before, after) = match (read(&self.before), read(&self.after)) {
            (Ok(before), Ok(after)) => (before, after),
            (before, after) => {
                let errors = before.err().into_iter().chain(after.err());
                return errors.map(|message| reporter.error(&message)).max().unwrap_or(Exit::Usage);
            }
        };
        let tolerance = Tolerance { points: Some(self.points), delta: Some(self.delta), ..Tolerance::default() };
        let compared = match compare_pdfs(&before, &after, &Rules::of(tolerance), self.ppi) {
            Ok(compared) => compared,
            Err(message) => return reporter.broken(&message),
        };
        let exit = self.write(&compared, reporter).max(reporter.out(self.told(&compared, reporter).as_bytes()));
        let well = self.least.map_or(compared.differences.is_empty(), |least| compared.score >= least);
        exit.max(if well { Exit::Well } else { Exit::Refused })
    }

    fn told(&self, compared: &Compared, reporter: &Reporter) -> String {
        let mut text = String::from("page    text  geometry  pixels   score\n");
        for page in &compared.scores {
            let (number, score) = (page.page, page.score);
            let _ = writeln!(
                text,
                "{number:4}  {:6.1}  {:8.1}  {:6.1}  {score:6.1}",
                page.text, page.geometry, page.pixels
            );
        }
        let _ = writeln!(text, "all                              {:6.1}\n", compared.score);
        text + &told::differences(&compared.differences, reporter.coloured(&std::io::stdout()), self.all)
    }

    fn write(&self, compared: &Compared, reporter: &Reporter) -> Exit {
        let name = format!("{} and {}", self.before.display(), self.after.display());
        let verdict = || Verdict::of_pdfs(&name, compared);
        let json = || serde_json::to_string_pretty(compared).map(|json| json + "\n").map_err(|error| error.to_string());
        let reports = [
            self.report.as_ref().map(|path| (path, report::html(&verdict(), &name))),
            self.json.as_ref().map(|path| (path, json())),
        ];
        let mut exit = Exit::Well;
        for (path, text) in reports.into_iter().flatten() {
            match text.and_then(|text| files::write(path, text.as_bytes())) {
                Ok(()) => reporter.done(&format!("written: {}", path.display())),
                Err(message) => exit = exit.max(reporter.error(&message)),
            }
        }
        exit
    }
}
