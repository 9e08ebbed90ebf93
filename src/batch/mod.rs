//! Batches: thousands of documents rendered with one press, each once, none half.
//!
//! A batch writes into one folder: the files, a register of them, and a report. The register is
//! its memory: what it knows and finds unaltered on the disk is not rendered again, so that a
//! batch that was stopped in whatever way goes on where it stopped. docs/batch.md tells more.

mod crew;
mod desk;
mod inputs;
mod manifest;
mod names;
mod outcome;
mod page;
mod plan;
mod report;
mod shard;

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub use inputs::{Input, Inputs, inputs, no_documents};
pub use manifest::Choices;
pub use names::Pattern;
pub use outcome::{Outcome, State, Summary, Whole};
pub use plan::{Plan, Planned};
pub use report::{Report, merge, read as read_report};
pub use shard::Shard;

use crate::export::Profile;
use crate::register::{Access, Record, Register};
use crate::typeset::{Lines, MissingGlyphs, Press};
use desk::{Common, Desk};
use report::Writer;

/// How a batch is rendered.
pub struct Batch<'b> {
    /// The press.
    pub press: &'b Press,
    /// The folder of the files; it is made if it is not there.
    pub out: PathBuf,
    /// The register; it is made if it is not there.
    pub register: PathBuf,
    /// How files are named.
    pub names: Pattern,
    /// What the files are for.
    pub profile: Profile,
    /// Who chooses the line ends.
    pub lines: Lines,
    /// What becomes of characters that no font has.
    pub missing_glyphs: MissingGlyphs,
    /// An emblem (SVG or PNG) in place of the documents' own.
    pub emblem: Option<Vec<u8>>,
    /// How many threads.
    pub jobs: usize,
    /// Whether also files are rendered that are up to date.
    pub force: bool,
    /// Whether it is only looked what would be done; nothing is written then.
    pub rehearsal: bool,
    /// Which part of the batch.
    pub shard: Option<Shard>,
    /// Set from outside, it ends the batch: documents that are begun are finished, and no more begun.
    pub stop: Arc<AtomicBool>,
}

/// What came of a batch.
pub struct Run {
    /// The counts.
    pub summary: Summary,
    /// What stopped it or could not be written, apart from documents.
    pub trouble: Option<String>,
}

/// How many renditions are entered into the register at once.
const AT_ONCE: usize = 16;

/// The folder, in that of the files, for what is not finished.
const OWN_FOLDER: &str = ".masthead";

impl Batch<'_> {
    /// Renders what is planned. `now` gives the time for the register; `told` hears of every
    /// document, in order.
    ///
    /// # Errors
    ///
    /// A sentence, if the batch cannot begin: its folder cannot be written, another batch is
    /// writing into it, or the register is not sound.
    pub fn run(&self, plan: &Plan, now: &dyn Fn() -> String, told: &mut dyn FnMut(&Outcome)) -> Result<Run, String> {
        let stop = &*self.stop;
        let documents = plan.documents();
        let whole = self.shard.map(|_| plan.whole.clone());
        let mut summary = Summary { whole, ..Summary::new(documents.len(), self.shard) };
        if self.rehearsal {
            let common = self.common(Path::new(""))?;
            self.each(documents, &common, stop, |outcome| {
                summary.add(&outcome);
                told(&outcome);
            })?;
            return Ok(Run { summary, trouble: None });
        }
        let (unfinished, _locks) = self.occupy()?;
        let mut register = Register::open(&self.register, Access::Make)?;
        let mut report = Writer::begin(&self.out, &unfinished, self.shard, Some(plan.whole.inputs.clone()))?;
        let common = self.common(&unfinished)?;
        let mut trouble = None;
        let mut fresh: Vec<Record> = Vec::new();
        self.each(documents, &common, stop, |outcome| {
            summary.add(&outcome);
            told(&outcome);
            fresh.extend(outcome.record.iter().filter(|_| outcome.enter).cloned());
            let mut kept = report.add(&outcome);
            if fresh.len() >= AT_ONCE {
                kept = kept.and(register.enter(&fresh, &now()));
                fresh.clear();
            }
            if let Err(message) = kept {
                stop.store(true, Ordering::Relaxed);
                trouble.get_or_insert(message);
            }
        })?;
        let kept = register.enter(&fresh, &now()).and_then(|()| register.close()).and(report.finish(&summary));
        if let Err(message) = kept {
            trouble.get_or_insert(message);
        }
        // What is left in it is of no use; the next batch will remove it.
        let _ = fs::remove_dir_all(&unfinished);
        Ok(Run { summary, trouble })
    }

    fn each(
        &self,
        documents: &[Planned],
        common: &Common,
        stop: &AtomicBool,
        take: impl FnMut(Outcome),
    ) -> Result<(), String> {
        let begin = || Desk::new(self, common, stop);
        let one = |desk: &mut Desk, index: usize| desk.outcome(&documents[index]);
        let broken = |index: usize, said: String| documents[index].broken(&said);
        crew::work(self.jobs, documents.len(), stop, begin, one, broken, take)
    }

    fn common(&self, unfinished: &Path) -> Result<Common, String> {
        let prefix = match self.register.is_file() {
            true => Register::connect(&self.register, Access::Read)?.name_of(&self.out.join("x")),
            false => "x".to_owned(),
        };
        let prefix = prefix.strip_suffix('x').unwrap_or_default().to_owned();
        Ok(Common { fingerprint: self.press.fingerprint(), prefix, unfinished: unfinished.to_owned() })
    }

    /// Makes the folder and locks it against other batches; an empty folder for what is not
    /// finished, and the locks, which the system removes when the program ends in whatever way.
    /// Parts share the lock that a whole batch has alone, and each has one of its own.
    fn occupy(&self) -> Result<(PathBuf, Vec<File>), String> {
        let plain = |error: std::io::Error| format!("{} cannot be written: {error}", self.out.display());
        let own = self.out.join(OWN_FOLDER);
        fs::create_dir_all(&own).map_err(plain)?;
        let mark = Shard::mark(self.shard);
        let lock = |name: &str, take: fn(&File) -> Result<(), TryLockError>| {
            let lock = File::create(own.join(name)).map_err(plain)?;
            match take(&lock) {
                Ok(()) => Ok(lock),
                Err(TryLockError::WouldBlock) => Err(format!("another batch is writing into {}", self.out.display())),
                Err(TryLockError::Error(error)) => Err(plain(error)),
            }
        };
        let locks = match self.shard {
            None => vec![lock("lock", File::try_lock)?],
            Some(_) => vec![lock("lock", File::try_lock_shared)?, lock(&format!("lock{mark}"), File::try_lock)?],
        };
        let unfinished = own.join(format!("unfinished{mark}"));
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).map_err(plain)?;
        }
        fs::create_dir(&unfinished).map_err(plain)?;
        Ok((unfinished, locks))
    }
}
