//! `masthead golden review`: accepts or rejects differences case by case.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;

use clap::Args;
use masthead::golden::{Outcome, Verdict, report};

use super::{Cases, ReportFiles, may_change, verdict_text};
use crate::exit::Exit;
use crate::files;
use crate::guard::Kind;
use crate::report::Reporter;

/// The arguments of `masthead golden review`.
#[derive(Args)]
#[command(after_help = "Example:
  masthead golden review drafts/

For each case, type a letter and press Enter: a accepts it, r rejects it (its references stay),
d lists all its differences, p writes a report with its pages, A accepts it and all that follow, q quits.")]
pub struct Review {
    #[command(flatten)]
    cases: Cases,
    /// Review even if CI is set, and overwrite any existing report file
    #[arg(long)]
    force: bool,
    /// File for the report with pages, if requested
    #[arg(long, default_value = "report.html", value_name = "FILE")]
    report: PathBuf,
}

/// What the user decided about a case.
enum Answer {
    Accept,
    AcceptRest,
    Reject,
    Quit,
}

impl Review {
    /// Walks through the cases that can be accepted. If any is rejected, the exit status is 1.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        if let Err(exit) = may_change(self.force, reporter) {
            return exit;
        }
        let targets = vec![(self.report.as_path(), Kind::Html)];
        let reports = ReportFiles { targets, force: self.force, always_written: false };
        let (mut verdict, unseen) = match self.cases.verdict(&reports, reporter) {
            Ok(verdict) => verdict,
            Err(exit) => return exit,
        };
        let (open, others): (Vec<Outcome>, Vec<Outcome>) = verdict.cases.into_iter().partition(Outcome::acceptable);
        verdict.cases = others;
        let mut exit = if verdict.passed() { Exit::Well } else { Exit::Refused };
        if exit != Exit::Well || open.is_empty() {
            let text = verdict_text::verdict(&verdict, reporter.coloured(&io::stdout()), false);
            exit = exit.max(reporter.out(text.as_bytes()));
        }
        let (mut accepted, mut rejected) = (0, 0);
        let mut rest = false;
        for (index, case) in open.iter().enumerate() {
            let answer = if rest { Answer::Accept } else { self.ask(case, index + 1, open.len(), reporter) };
            match answer {
                Answer::Quit => {
                    rejected += open.len() - index;
                    break;
                }
                Answer::Reject => rejected += 1,
                Answer::Accept | Answer::AcceptRest => {
                    rest |= matches!(answer, Answer::AcceptRest);
                    match case.accept() {
                        Ok(()) => accepted += 1,
                        Err(error) => exit = exit.max(reporter.error(error)),
                    }
                }
            }
        }
        reporter.done(&format!("{accepted} accepted, {rejected} not accepted"));
        let exit = exit.max(unseen);
        if rejected > 0 { exit.max(Exit::Refused) } else { exit }
    }

    /// Shows a case and asks until there is an answer; end of input means quit.
    fn ask(&self, case: &Outcome, number: usize, of: usize, reporter: &Reporter) -> Answer {
        let colour = reporter.coloured(&io::stdout());
        let show = |all: bool| {
            reporter.out(format!("\n[{number}/{of}] {}", verdict_text::outcome(case, colour, all)).as_bytes())
        };
        show(false);
        loop {
            reporter.out(b"(a)ccept  (r)eject  all (d)ifferences  report with (p)ages  (A)ccept the rest  (q)uit > ");
            let _ = io::stdout().flush();
            let mut line = String::new();
            match io::stdin().lock().read_line(&mut line) {
                Ok(0) | Err(_) => return Answer::Quit,
                Ok(_) => {}
            }
            match line.trim() {
                "a" => return Answer::Accept,
                "A" => return Answer::AcceptRest,
                "r" => return Answer::Reject,
                "q" => return Answer::Quit,
                "d" => drop(show(true)),
                "p" => self.write_report(case, reporter),
                _ => drop(reporter.out(b"type one of the letters in parentheses\n")),
            }
        }
    }

    fn write_report(&self, case: &Outcome, reporter: &Reporter) {
        let alone = Verdict::of_cases(vec![case.clone()]);
        let written = report::html(&alone, &case.name).and_then(|html| files::write(&self.report, html.as_bytes()));
        match written {
            Ok(()) => drop(reporter.out(format!("written: {}\n", self.report.display()).as_bytes())),
            Err(error) => drop(reporter.error(error)),
        }
    }
}
