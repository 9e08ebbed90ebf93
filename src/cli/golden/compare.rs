//! `masthead golden compare`: compares any two PDFs.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use masthead::Error;
use masthead::export::pixels;
use masthead::golden::{Compared, Foreign, Level, Rules, Tolerance, Verdict, compare_pdfs, report};
use masthead::limits::Allowance;

use super::{verdict_text, withdraw};
use crate::exit::Exit;
use crate::guard::{Guard, Kind};
use crate::limits::{self, LimitOptions};
use crate::report::Reporter;
use crate::{files, outputs};

/// The arguments of `masthead golden compare`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead golden compare ours.pdf official.pdf
  masthead golden compare ours.pdf official.pdf --report report.html
  masthead golden compare ours.pdf official.pdf --least 95

Pages are paired by their text, so that an inserted, removed or moved page does not change the scores
of the others. The score of a pair is the mean of three shares: words found on both pages, words in
the same place (to 1.5 points), and ink in the same place. A page found in only one file scores 0.

Files that look the same count as the same, whatever their bytes and metadata; --bytes compares
these too.

Exit status: 0 no difference, or at least the required score; 1 otherwise; 2 usage or I/O error;
3 internal error.")]
pub struct Compare {
    /// PDF file before
    #[arg(value_name = "A.pdf")]
    before: PathBuf,
    /// PDF file now
    #[arg(value_name = "B.pdf")]
    after: PathBuf,
    /// Distance in points by which things may move or grow
    #[arg(long, default_value_t = 0.5, value_name = "N", value_parser = distance)]
    points: f64,
    /// Tolerated difference of a pixel, from 0 to 255
    #[arg(long, default_value_t = 32, value_name = "N")]
    delta: u8,
    /// Lowest score to accept, from 0 to 100
    #[arg(long, value_name = "SCORE", value_parser = score)]
    least: Option<f64>,
    /// Resolution of the pages, in pixels per inch
    #[arg(long, default_value_t = 96.0, value_name = "N", value_parser = crate::render::ppi)]
    ppi: f64,
    /// Also compare metadata and bytes of the files
    #[arg(long)]
    bytes: bool,
    /// List every difference
    #[arg(long)]
    all: bool,
    /// Write a report with images: one HTML file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Write JSON, for programs
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Let reports overwrite the compared files, and files of another kind
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    limits: LimitOptions,
}

fn distance(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|points| *points >= 0.0).ok_or_else(|| "must be a number from 0".to_owned())
}

fn score(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|score| (0.0..=100.0).contains(score))
        .ok_or_else(|| "expected a score from 0 to 100".to_owned())
}

impl Compare {
    /// Prints the scores and the differences.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let targets = [(&self.report, Kind::Html), (&self.json, Kind::Json)];
        let targets = targets.iter().filter_map(|(path, kind)| Some((path.as_deref()?, *kind)));
        let reads = [&self.before, &self.after];
        if let Err(exit) = Guard::new(self.force, reads).allows(targets.clone(), reporter) {
            return exit;
        }
        if let Err(exit) = withdraw(targets.map(|(path, _)| path), &reads, reporter) {
            return exit;
        }
        let watch = match self.limits.watch(reporter, None) {
            Ok(watch) => watch,
            Err(exit) => return exit,
        };
        let read = |path: &Path| {
            let flight = limits::begin(&watch, path, reporter)?;
            let images = |pages| Allowance::of_images(pages, pixels(self.ppi)).and(Allowance::of_pages(pages));
            let read = files::whole(path)
                .and_then(|bytes| Foreign::read(&bytes, self.ppi, |pages| flight.allow(images(pages))));
            read.map_err(|message| reporter.error(format!("{} cannot be read: {message}", path.display())))
        };
        let (before, after) = match (read(&self.before), read(&self.after)) {
            (Ok(before), Ok(after)) => (before, after),
            (before, after) => return before.err().into_iter().chain(after.err()).max().unwrap_or(Exit::Usage),
        };
        // From here on, both files count: either may be why the comparison takes long.
        let both = format!("{} compared with {}", self.after.display(), self.before.display());
        let pages = before.layout.pages.len() + after.layout.pages.len();
        let allowance = Allowance::of_pages(pages).and(Allowance::of_images(pages, pixels(self.ppi)));
        let _flight = match watch.begin(&both, allowance) {
            Ok(flight) => flight,
            Err(quarantined) => return limits::quarantined(&both, &quarantined, reporter),
        };
        let mut tolerance = Tolerance::default();
        (tolerance.points, tolerance.delta) = (Some(self.points), Some(self.delta));
        tolerance.file = Some(self.bytes);
        let compared = match compare_pdfs(&before, &after, &Rules::of(tolerance), self.ppi) {
            Ok(compared) => compared,
            Err(error) => return reporter.broken(error),
        };
        let reports = [&self.report, &self.json].into_iter().filter_map(|path| path.as_deref());
        let told = outputs::tell(&self.verdict_text(&compared, reporter), reports, reporter);
        let exit = self.write(&compared, reporter).max(told);
        let file = compared.differences.iter().any(|difference| difference.level == Level::File);
        let well = match self.least {
            Some(least) => compared.score >= least && !file,
            None => compared.differences.is_empty(),
        };
        exit.max(if well { Exit::Well } else { Exit::Refused })
    }

    fn verdict_text(&self, compared: &Compared, reporter: &Reporter) -> String {
        let mut text = String::from("   A     B    text  geometry  pixels   score\n");
        let number = |page: Option<usize>| page.map_or_else(|| "–".to_owned(), |page| page.to_string());
        for page in &compared.scores {
            let (before, after, score) = (number(page.before), number(page.after), page.score);
            let _ = match (page.before, page.after) {
                (Some(_), Some(_)) => writeln!(
                    text,
                    "{before:>4}  {after:>4}  {:6.1}  {:8.1}  {:6.1}  {score:6.1}",
                    page.text, page.geometry, page.pixels
                ),
                (None, _) => writeln!(text, "{before:>4}  {after:>4}  new page                {score:6.1}"),
                _ => writeln!(text, "{before:>4}  {after:>4}  removed page            {score:6.1}"),
            };
        }
        let _ = writeln!(text, " all                                {:6.1}", compared.score);
        let counts = [(compared.added, "new"), (compared.removed, "removed")];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> =
            counts.map(|(count, what)| format!("{count} {what} page{}", if *count == 1 { "" } else { "s" })).collect();
        if !counts.is_empty() {
            let _ = writeln!(text, "{}", counts.join(", "));
        }
        if compared.differences.is_empty() && !compared.same_bytes {
            text += "the files look the same, but bytes or metadata differ (use --bytes to list how)\n";
        }
        text.push('\n');
        text + &verdict_text::differences(&compared.differences, reporter.coloured(&std::io::stdout()), self.all)
    }

    fn write(&self, compared: &Compared, reporter: &Reporter) -> Exit {
        let name = format!("{} and {}", self.before.display(), self.after.display());
        let verdict = || Verdict::of_pdfs(&name, compared);
        let json = || serde_json::to_string_pretty(compared).map(|json| json + "\n").map_err(Error::other);
        let reports = [
            self.report.as_ref().map(|path| (path, report::html(&verdict(), &name))),
            self.json.as_ref().map(|path| (path, json())),
        ];
        let mut exit = Exit::Well;
        for (path, text) in reports.into_iter().flatten() {
            exit = exit.max(match text {
                Ok(text) => outputs::put(path, text.as_bytes(), &format!("written: {}", path.display()), reporter),
                Err(error) => reporter.error(error),
            });
        }
        exit
    }
}
