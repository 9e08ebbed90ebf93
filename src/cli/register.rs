//! `masthead register`: queries and maintains the register of issued documents.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand, ValueEnum};
use masthead::Error;
use masthead::batch::{Joined, Report, join, read_report};
use masthead::files::folder_of;
use masthead::model::{Date, Kind, Language};
use masthead::read::parse_date;
use masthead::register::{
    Access, Difference, Filter, Missing, NAME, Record, Register as Base, Set, SymbolPattern, Unknown, rebuild,
};
use masthead::visible::{quoted_for_shell, visible, visible_json};

use super::Exit;
use super::guard::{Guard, Kind as Written};
use super::limits::LimitOptions;
use super::report::Reporter;
use super::table::{self, OutputFormat};

/// The arguments of `masthead register`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead register list --register out/register.sqlite --session 77 --sort date
  masthead register list -r out/register.sqlite --symbol 'A/77/L.*' --format csv
  masthead register show A/77/L.107 -r out/register.sqlite
  masthead register missing -r out/register.sqlite
  masthead register verify -r out/register.sqlite
  masthead register merge -r out/register.sqlite out/register-*.sqlite out/report-*.json

Exit status: 0 success; 1 something is missing, altered or unknown; 2 usage or I/O error;
3 internal error.")]
pub struct Register {
    #[command(subcommand)]
    action: Action,
    /// Register file
    #[arg(short, long, global = true, value_name = "FILE", default_value = NAME)]
    register: PathBuf,
}

#[derive(Subcommand)]
enum Action {
    /// List renditions
    List(List),
    /// Show everything that is known about a document
    Show {
        /// Symbol of the document, in upper or lower case
        symbol: String,
    },
    /// Show the history of a document: all its renditions, and related documents
    History {
        /// Symbol of the document, in upper or lower case
        symbol: String,
    },
    /// List what is missing: numbers in series, documents that others modify, languages, files
    Missing(Lacking),
    /// Compare the files on disk with their recorded hashes
    Verify,
    /// Export all renditions, including superseded ones
    Export {
        /// Output format
        #[arg(long, value_enum, default_value = "csv")]
        format: OutputFormat,
    },
    /// Merge other registers, and combine the reports of all parts into one
    Merge {
        /// Registers (.sqlite) and batch reports (.json)
        #[arg(required = true, value_name = "FILE")]
        from: Vec<PathBuf>,
        /// Overwrite input files and files of another kind
        #[arg(long)]
        force: bool,
    },
    /// Rebuild the register from PDF files and reports; an existing one is kept as a backup
    Rebuild {
        /// Folders of PDF files, and batch reports (.json)
        #[arg(required = true, value_name = "PATH")]
        from: Vec<PathBuf>,
        /// Overwrite input files, or a file of another kind
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        limits: LimitOptions,
    },
}

/// The filter and format of the list.
#[derive(Args)]
struct List {
    /// Pattern of symbols, in upper or lower case; * matches anything
    #[arg(long, value_name = "PATTERN")]
    symbol: Option<SymbolPattern>,
    /// Language
    #[arg(long, value_parser = language, value_name = "CODE")]
    language: Option<Language>,
    /// Kind of document
    #[arg(long, value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::name)), ignore_case = true)]
    kind: Option<String>,
    /// Session or year
    #[arg(long)]
    session: Option<String>,
    /// Agenda item
    #[arg(long, value_name = "ITEM")]
    agenda_item: Option<String>,
    /// Part of the title
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// Job number
    #[arg(long)]
    job: Option<String>,
    /// Earliest date of the document
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<Date>,
    /// Latest date of the document
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    to: Option<Date>,
    /// List only renditions with warnings
    #[arg(long)]
    warnings: bool,
    /// Include superseded renditions
    #[arg(long)]
    all: bool,
    /// Columns to sort by, such as date,-pages; a hyphen reverses the order
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS", allow_hyphen_values = true)]
    sort: Vec<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

/// What counts as missing.
#[derive(Args)]
struct Lacking {
    /// Languages that every document should have; default: the six official ones, for those of the United Nations
    #[arg(long, value_delimiter = ',', value_parser = language, value_name = "CODES")]
    languages: Vec<Language>,
    /// Report only gaps between registered documents, not from the start of the series
    #[arg(long)]
    between: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum How {
    /// Text
    #[default]
    Text,
    /// JSON
    Json,
}

fn language(code: &str) -> Result<Language, String> {
    let codes: Vec<&str> = Language::ALL.iter().map(|language| language.code()).collect();
    let found = Language::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code));
    found.ok_or_else(|| format!("expected one of {}", codes.join(", ")))
}

impl Register {
    /// Runs the subcommand.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        self.act(reporter).unwrap_or_else(|error| reporter.error(error))
    }

    fn act(&self, reporter: &Reporter) -> Result<Exit, Error> {
        match &self.action {
            Action::List(list) => {
                let (base, filter) = (self.open()?, list.filter());
                let unknown = base.unknown(&filter)?;
                if !unknown.is_empty() {
                    unknown.iter().for_each(|one| self.print(one, reporter));
                    return Ok(Exit::Refused);
                }
                Ok(reporter.out(&table::described(&base.list(&filter)?, list.format)?))
            }
            Action::Export { format } => {
                // Sorted, so that the order in which documents were rendered has no effect.
                let mut all = Filter::default();
                all.all = true;
                Ok(reporter.out(&table::described(&self.open()?.list(&all)?, *format)?))
            }
            Action::Show { symbol } => {
                let tell = |base: &Base, symbol: &str| {
                    let exit = reporter.lines(&self.show(base, symbol)?);
                    Ok(exit.max(self.replaced(base, symbol, reporter)?))
                };
                self.of_symbol(symbol, tell, reporter)
            }
            Action::History { symbol } => {
                let tell = |base: &Base, symbol: &str| Ok(reporter.lines(&self.history(base, symbol)?));
                self.of_symbol(symbol, tell, reporter)
            }
            Action::Missing(lacking) => self.missing(lacking, reporter),
            Action::Verify => self.verify(reporter),
            Action::Merge { from, force } => self.merge(from, *force, reporter),
            Action::Rebuild { from, force, limits } => self.rebuild(from, *force, limits, reporter),
        }
    }

    fn open(&self) -> Result<Base, Error> {
        if self.register == Path::new(NAME) && !self.register.exists() {
            let message = format!("there is no {NAME} here; name the register with -r, such as -r out/{NAME}");
            return Err(Error::other(message));
        }
        Base::open(&self.register, Access::Read)
    }

    fn print(&self, unknown: &Unknown, reporter: &Reporter) {
        reporter.error(unknown.described(&self.register.display().to_string()));
    }

    fn show(&self, base: &Base, symbol: &str) -> Result<String, Error> {
        let mut said = String::new();
        for entry in base.of_symbol(symbol)?.iter().filter(|entry| entry.current) {
            for (column, cell) in Record::COLUMNS.iter().zip(entry.record.cells()).filter(|(_, cell)| !cell.is_empty())
            {
                said += &line(&format!("{column:13} {cell}"));
            }
            said += &format!("{:13} {}\n", "recorded", entry.recorded);
            said += if entry.outdated {
                "outdated      its source is gone, has another file now, or has errors\n\n"
            } else {
                "\n"
            };
        }
        for (words, other) in base.related(symbol)? {
            let there = if base.of_symbol(&other)?.is_empty() { " (not in the register)" } else { "" };
            said += &format!("{words} {other}{there}\n");
        }
        let whole = |set: &Set| set.symbol.split(", ").any(|one| one == symbol);
        for set in base.sets(&[])?.iter().filter(|set| whole(set)) {
            said += &format!("languages: {}{}\n", codes(&set.there), lacking(set));
        }
        Ok(said)
    }

    /// Says so if a symbol has no current rendition, only earlier ones.
    fn replaced(&self, base: &Base, symbol: &str, reporter: &Reporter) -> Result<Exit, Error> {
        if base.of_symbol(symbol)?.iter().any(|entry| entry.current) {
            return Ok(Exit::Well);
        }
        let register = self.register.display().to_string();
        reporter.error(format!(
            "all renditions of {symbol} were replaced or removed; see “masthead register history {} -r {}”",
            quoted_for_shell(symbol),
            quoted_for_shell(&register)
        ));
        Ok(Exit::Refused)
    }

    fn history(&self, base: &Base, symbol: &str) -> Result<String, Error> {
        let mut said = String::new();
        for entry in base.of_symbol(symbol)? {
            let Record { language, pages, output, sha256, masthead, .. } = &entry.record;
            let state = entry.state();
            let (code, hash) = (language.code(), &sha256[..12]);
            let recorded = &entry.recorded;
            said += &line(&format!("{recorded} {code} {state:8} {pages:4} p.  masthead {masthead}  {hash}…  {output}"));
        }
        for (words, other) in base.related(symbol)? {
            said += &format!("{words} {other}\n");
        }
        Ok(said)
    }

    /// Prints what `say` returns for the symbol that is meant.
    fn of_symbol(
        &self,
        written: &str,
        tell: impl Fn(&Base, &str) -> Result<Exit, Error>,
        reporter: &Reporter,
    ) -> Result<Exit, Error> {
        let base = self.open()?;
        match base.meant(written)? {
            Ok(symbol) => tell(&base, &symbol),
            Err(unknown) => {
                self.print(&unknown, reporter);
                Ok(Exit::Refused)
            }
        }
    }

    fn missing(&self, lacking: &Lacking, reporter: &Reporter) -> Result<Exit, Error> {
        let missing = self.open()?.missing(&lacking.languages, lacking.between)?;
        let said = match lacking.format {
            How::Json => {
                let json = serde_json::to_string_pretty(&missing).map_err(Error::other)?;
                visible_json(&json) + "\n"
            }
            How::Text => in_words(&missing),
        };
        let exit = reporter.lines(&said);
        Ok(if missing.is_nothing() { exit } else { exit.max(Exit::Refused) })
    }

    fn verify(&self, reporter: &Reporter) -> Result<Exit, Error> {
        let (files, unsound) = self.open()?.unsound()?;
        let flaws = unsound.iter().map(|one| line(&format!("{}: {}", one.file, one.flaw.words())));
        let exit = reporter.lines(&flaws.collect::<String>());
        reporter.done(&format!("{files} files, {} with problems", unsound.len()));
        Ok(if unsound.is_empty() { exit } else { exit.max(Exit::Refused) })
    }

    /// Reads a report, with the files as the register names them.
    fn report(&self, path: &Path) -> Result<Report, Error> {
        Ok(read_report(path)?.moved(folder_of(path), folder_of(&self.register)))
    }

    fn merge(&self, from: &[PathBuf], force: bool, reporter: &Reporter) -> Result<Exit, Error> {
        let (reports, registers): (Vec<&PathBuf>, Vec<&PathBuf>) = from.iter().partition(|path| is_report(path));
        let reports = reports.iter().map(|path| self.report(path)).collect::<Result<Vec<_>, _>>()?;
        let others = registers.iter().map(|path| Base::open(path, Access::Read)).collect::<Result<Vec<_>, _>>()?;
        let joined = (!reports.is_empty()).then(|| join(reports)).transpose()?;
        one_division(&others, joined.as_ref().map(|joined| joined.parts))?;
        let beside = |name: &str| self.register.with_file_name(name);
        let made = [(beside("report.json"), Written::Json), (beside("report.html"), Written::Html)];
        let made = made.into_iter().filter(|_| joined.is_some());
        let targets = made.chain([(self.register.clone(), Written::Register)]);
        if let Err(exit) = Guard::new(force, from).allows(targets, reporter) {
            return Ok(exit);
        }
        let mut base = Base::open(&self.register, Access::Make)?;
        let mut exit = Exit::Well;
        let reported = joined.as_ref().map(Joined::reported).unwrap_or_default();
        let merged = base.merge_parts(&others, &reported)?;
        for (other, merged) in others.iter().zip(merged) {
            reporter.done(&format!("{}: {} renditions merged", other.path().display(), merged.taken));
            for file in merged.disputed {
                reporter.problem(&format!("{file}: the registers disagree; the latest record is current"));
                exit = Exit::Refused;
            }
        }
        let folder = base.folder();
        base.close()?;
        if let Some(joined) = joined {
            let summary = joined.write(&folder)?;
            let counts = format!("{} of {} documents have output files", summary.done, summary.documents);
            if summary.complete {
                reporter.done(&format!("done: {counts}"));
            } else {
                reporter.problem(&format!("INCOMPLETE: {counts}; {}", summary.troubles()));
                exit = Exit::Refused;
            }
        }
        Ok(exit)
    }

    fn rebuild(
        &self,
        from: &[PathBuf],
        force: bool,
        limits: &LimitOptions,
        reporter: &Reporter,
    ) -> Result<Exit, Error> {
        let clock = match reporter.clock() {
            Ok(clock) => clock,
            Err(exit) => return Ok(exit),
        };
        if let Err(exit) = Guard::new(force, from).allows([(&self.register, Written::Register)], reporter) {
            return Ok(exit);
        }
        let watch = match limits.watch(reporter, None) {
            Ok(watch) => watch,
            Err(exit) => return Ok(exit),
        };
        let press = match reporter.press(&[]) {
            Ok(press) => press,
            Err(exit) => return Ok(exit),
        };
        let (reports, folders): (Vec<&PathBuf>, Vec<&PathBuf>) = from.iter().partition(|path| is_report(path));
        if let Some(folder) = folders.iter().find(|folder| !folder.exists()) {
            return Err(Error::other(format!("{} does not exist", folder.display())));
        }
        let mut records = Vec::new();
        for report in reports {
            records.extend(self.report(report)?.documents.into_iter().filter_map(|outcome| outcome.record));
        }
        let folders: Vec<PathBuf> = folders.into_iter().cloned().collect();
        let rebuilt = rebuild(&press, &self.register, &folders, records, &clock.now(), &watch)?;
        for (file, reason) in &rebuilt.left {
            reporter.problem(&format!("{file} is not registered: {reason}"));
        }
        for file in &rebuilt.altered {
            reporter.problem(&format!(
                "{file} does not match its report; it is registered as reported, so it counts as altered"
            ));
        }
        for (file, differences, as_it_is) in &rebuilt.misreported {
            let how = if *as_it_is { "it is registered by its contents" } else { "it is registered as reported" };
            reporter.problem(&format!("{file}: its report has {}; {how}", listed(differences)));
        }
        for (file, differences) in &rebuilt.otherwise {
            reporter.problem(&format!("{file}: the previous register has {}", listed(differences)));
        }
        if rebuilt.files == 0 {
            let folders: Vec<String> = from.iter().map(|path| path.display().to_string()).collect();
            let message = "no file to register was found in";
            return Err(Error::other(format!("{message} {}; no register was written", folders.join(", "))));
        }
        if let Some(kept) = &rebuilt.kept {
            reporter.done(&format!("the previous register is kept as {}", kept.display()));
        }
        reporter.done(&format!("{} files registered in {}", rebuilt.files, self.register.display()));
        let well = rebuilt.left.is_empty() && rebuilt.altered.is_empty() && rebuilt.misreported.is_empty();
        Ok(if well && rebuilt.otherwise.is_empty() { Exit::Well } else { Exit::Refused })
    }
}

impl List {
    fn filter(&self) -> Filter {
        let column = |name: &String| match name.strip_prefix('-') {
            Some(name) => (name.to_owned(), true),
            None => (name.clone(), false),
        };
        let mut filter = Filter::default();
        filter.symbol.clone_from(&self.symbol);
        filter.language = self.language;
        filter.kind.clone_from(&self.kind);
        filter.session.clone_from(&self.session);
        filter.agenda_item.clone_from(&self.agenda_item);
        filter.title.clone_from(&self.title);
        filter.job.clone_from(&self.job);
        (filter.from, filter.to) = (self.from, self.to);
        (filter.warnings, filter.all) = (self.warnings, self.all);
        filter.sort = self.sort.iter().map(column).collect();
        filter
    }
}

/// Returns an error if registers are of parts that do not belong together, or do not match the reports.
fn one_division(registers: &[Base], reported: Option<usize>) -> Result<(), Error> {
    let mut known = reported.map(|parts| (parts, "the reports".to_owned()));
    for register in registers {
        let Some(parts) = register.division()? else { continue };
        let name = register.path().display().to_string();
        match &known {
            Some((others, other)) if *others != parts => {
                return Err(Error::other(format!(
                    "{name} belongs to a batch of {parts} parts, but {other} to one of {others}; merge only parts \
                     of the same batch"
                )));
            }
            Some(_) => {}
            None => known = Some((parts, name)),
        }
    }
    Ok(())
}

/// Lists the first differences and the number of the others.
fn listed(differences: &[Difference]) -> String {
    const MOST: usize = 3;
    let mut described: Vec<String> = differences.iter().take(MOST).map(ToString::to_string).collect();
    if differences.len() > MOST {
        described.push(format!("and {} more", differences.len() - MOST));
    }
    described.join(", ")
}

fn is_report(path: &std::path::Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

fn codes(languages: &[Language]) -> String {
    languages.iter().map(|language| language.code()).collect::<Vec<_>>().join(", ")
}

/// Describes what is missing or differs in a language set.
fn lacking(set: &Set) -> String {
    let mut said = String::new();
    if !set.missing.is_empty() {
        said += &format!("; not in {}", codes(&set.missing));
    }
    if !set.differing.is_empty() {
        // Languages with the same counts are listed together.
        let mut counts: BTreeMap<(usize, usize), Vec<Language>> = BTreeMap::new();
        for (language, paragraphs, notes) in &set.differing {
            counts.entry((*paragraphs, *notes)).or_default().push(*language);
        }
        let one = |((paragraphs, notes), languages): (&(usize, usize), &Vec<Language>)| {
            format!("{paragraphs} paragraphs and {notes} notes in {}", codes(languages))
        };
        said += &format!("; they differ: {}", counts.iter().map(one).collect::<Vec<_>>().join(", "));
    }
    said
}

fn in_words(missing: &Missing) -> String {
    let gaps = missing.gaps.iter().map(|gap| format!("{gap}: not in the register"));
    let chains = missing
        .chains
        .iter()
        .map(|(symbol, relation, other)| format!("{other}: not in the register; {symbol} {} it", relation.words()));
    let sets = missing.sets.iter().map(|set| format!("{}: in {}{}", set.symbol, codes(&set.there), lacking(set)));
    let files = missing.files.iter().map(|file| format!("{file}: not on disk"));
    gaps.chain(chains).chain(sets).chain(files).map(|text| line(&text)).collect()
}

/// Returns a single line, with control characters made visible.
fn line(text: &str) -> String {
    format!("{}\n", visible(text))
}
