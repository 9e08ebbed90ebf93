//! `masthead adopt`: turns a draft into the adopted text.

use clap::Args;
use masthead::model::{Date, Document, Text};
use masthead::read::parse_date;
use masthead::revise::{Adopted, adopted};

use super::Exit;
use super::report::Reporter;
use super::successor::Successor;

/// The arguments of `masthead adopt`.
#[derive(Args)]
#[command(after_help = "Example:
  masthead adopt A_77_L.107_Rev.1.yaml --symbol A/RES/77/338 --date 2023-09-01 --issued 2023-09-14 \\
      --job 23-17572 --meeting '99th plenary meeting'

The adopted text has the number in its symbol, the adoption, its origin and the meeting, and nothing that only
drafts have: sponsors and their notes, the original language, limited distribution. Its words are those of the
draft. The origin of a draft of the plenary of the General Assembly is known; give that of others with --note:
'on the report of the Third Committee (A/80/555, para. 12)'. Shows the difference, and asks before it writes;
comments and line breaks of YAML remain.

Exit status: 0 success; 1 errors found in the document; 2 usage or I/O error; 3 internal error.")]
pub struct Adopt {
    #[command(flatten)]
    successor: Successor,
    /// Symbol of the adopted text
    #[arg(long)]
    symbol: String,
    /// Number of the adopted text; default: what follows RES or DEC in its symbol
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    /// Date of adoption
    #[arg(long, value_parser = parse_date)]
    date: Date,
    /// Date of issue
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    issued: Option<Date>,
    /// Job number
    #[arg(long, value_name = "NUMBER")]
    job: Option<String>,
    /// Meeting, as it is printed: '99th plenary meeting'
    #[arg(long)]
    meeting: Option<String>,
    /// Origin, printed in brackets
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

impl Adopt {
    /// Shows the difference, and writes the adopted text if confirmed.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let mut adoption = Adopted::new(&self.symbol, self.date);
        adoption.number.clone_from(&self.number);
        adoption.issued = self.issued;
        adoption.job.clone_from(&self.job);
        adoption.meeting = self.meeting.as_deref().map(Text::from);
        adoption.note = self.note.as_deref().map(Text::from);
        let lacks = |document: &Document| {
            let lacking = [
                (document.number.is_none(), "--number"),
                (document.adopted_note.is_none(), "--note (its origin)"),
                (document.meeting.is_none(), "--meeting"),
                (document.job.is_none(), "--job"),
                (document.date.is_none(), "--issued (its date of issue)"),
            ];
            let lacking: Vec<&str> =
                lacking.into_iter().filter(|(lacks, _)| *lacks).map(|(_, option)| option).collect();
            (!lacking.is_empty())
                .then(|| format!("not given: {}; add them to the document when they are known", lacking.join(", ")))
        };
        self.successor.run(|document, _| adopted(document, &adoption), lacks, reporter)
    }
}
