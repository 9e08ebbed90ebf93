//! Batches: thousands of documents rendered with one press, each written once, atomically.
//!
//! A batch writes to one folder: the files, a register of them, and a report. The register is its memory: what is
//! registered and unaltered on disk is not rendered again, so a batch resumes after any interruption. See
//! docs/batch.md.

mod collected;
mod inputs;
mod manifest;
mod missing_sources;
mod names;
mod order;
mod outcome;
mod output_paths;
mod page;
mod plan;
mod planned_document;
mod pool;
mod quarantine;
mod recorder;
mod rendering;
mod report;
mod shard;
mod worker;

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, Instant};

pub use collected::{Deliveries, Delivery};
pub use inputs::{Input, Inputs, inputs, no_documents};
pub use manifest::Choices;
pub use missing_sources::MissingSource;
pub use names::Pattern;
pub use order::{Contents, Made, Order, Stage, Stamps};
pub use outcome::{Outcome, State, Summary, Whole};
pub use plan::Plan;
pub use planned_document::PlannedDocument;
pub use report::{Joined, Report, join, read as read_report};
pub use shard::{Shard, register_name};

use crate::error::{Error, ErrorKind};
use crate::export::Profile;
use crate::export::print::PrintOptions;
use crate::files::Folders;
use crate::limits::{self, Watch};
use crate::register::{Access, Register};
use crate::typeset::{Lines, MissingGlyphs, Press};
use pool::Listener;
pub use pool::panic_message;
use quarantine::Quarantine;
use recorder::Recorder;
pub use rendering::Emblems;
use rendering::{Failure, Options};
use report::Writer;
use worker::{Common, Worker};

/// How a batch is rendered.
///
/// ```
/// use masthead::batch::{Batch, inputs};
/// use masthead::{Error, Press, Profile};
///
/// let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("draft.yaml"), "
/// symbol: A/84/L.901
/// kind: draft-resolution
/// date: 2029-10-01
/// body:
///   - enacting: '*The General Assembly*,'
///   - operative: '*Decides* to remain seized of the matter.'
/// ")?;
/// let out = folder.path().join("out");
/// let drafts = folder.path().display().to_string();
/// let inputs = inputs(&[drafts], &out).map_err(Error::from)?;
/// let press = Press::new([])?;
/// let batch = Batch::new(&press, &out).names("{symbol}".parse()?).profile(Profile::Screen);
/// let plan = batch.plan(inputs).map_err(Error::from)?;
/// let now = || "2029-10-01T12:00:00Z".to_owned(); // the library reads no clock
/// let run = batch.run(&plan, &now, &mut |outcome| println!("{}: {}", outcome.source, outcome.state.words()))?;
/// assert!(run.summary.complete && batch.out.join("A_84_L.901.pdf").exists());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
pub struct Batch<'b> {
    /// The press.
    pub press: &'b Press,
    /// The output folder; created if missing.
    pub out: PathBuf,
    /// The register; created if missing.
    pub register: PathBuf,
    /// How files are named.
    pub names: Pattern,
    /// The PDF profile.
    pub profile: Profile,
    /// How files of the print profile are made.
    pub print: PrintOptions,
    /// How lines are broken.
    pub lines: Lines,
    /// How characters that no font covers are handled.
    pub missing_glyphs: MissingGlyphs,
    /// The emblem (SVG or PNG) to use instead of the documents' own.
    pub emblem: Option<Vec<u8>>,
    /// The number of threads.
    pub jobs: usize,
    /// Whether to render up-to-date files again.
    pub force: bool,
    /// Whether this is a dry run, which writes nothing.
    pub rehearsal: bool,
    /// The part of the batch to render.
    pub shard: Option<Shard>,
    /// Stops the batch when set: documents in progress are finished, and no more begun.
    pub stop: Arc<AtomicBool>,
    /// The watch over the documents. It ends the process if one exceeds its limits: a program that can start another
    /// process continues from the journal; others use [`Watch::none`].
    pub watch: Watch,
}

/// The result of a batch.
#[non_exhaustive]
pub struct Run {
    /// The counts.
    pub summary: Summary,
    /// An error that stopped it, or a file other than a document that could not be written.
    pub trouble: Option<Error>,
}

/// Returns the number of processors of this machine, which is how many documents are rendered at once by default.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// The folder, within the output folder, for unfinished files.
const OWN_FOLDER: &str = ".masthead";

/// How long a batch waits for one that was killed to release its lock, and for one whose process is still running.
const LONGEST_WAIT: Duration = Duration::from_secs(2);
const SHORTEST_WAIT: Duration = Duration::from_millis(100);
const BETWEEN_TRIES: Duration = Duration::from_millis(10);

/// Returns whether the batch that holds a lock was killed, and its worker is about to notice.
fn is_ending(lock: &Path, waited: Duration) -> bool {
    let owner = fs::read_to_string(lock).ok().and_then(|text| text.parse().ok());
    let runs = owner.and_then(limits::runs) == Some(true);
    waited < if runs { SHORTEST_WAIT } else { LONGEST_WAIT }
}

impl<'b> Batch<'b> {
    /// Creates a batch that writes to a folder, with the options that `masthead batch` has by default: archive files, named as
    /// their sources and rendered on all processors, and the register among them.
    pub fn new(press: &'b Press, out: impl Into<PathBuf>) -> Self {
        let out = out.into();
        Self {
            press,
            register: out.join(register_name(None)),
            out,
            names: Pattern::default(),
            profile: Profile::default(),
            print: PrintOptions::default(),
            lines: Lines::default(),
            missing_glyphs: MissingGlyphs::default(),
            emblem: None,
            jobs: cores(),
            force: false,
            rehearsal: false,
            shard: None,
            stop: Arc::default(),
            watch: Watch::none(),
        }
    }

    /// Sets the register, which otherwise is in the output folder.
    pub fn register(self, register: impl Into<PathBuf>) -> Self {
        Self { register: register.into(), ..self }
    }

    /// Sets how files are named.
    pub fn names(self, names: Pattern) -> Self {
        Self { names, ..self }
    }

    /// Sets the PDF profile.
    pub fn profile(self, profile: Profile) -> Self {
        Self { profile, ..self }
    }

    /// Sets how files of the print profile are made.
    pub fn print(self, print: PrintOptions) -> Self {
        Self { print, ..self }
    }

    /// Sets how lines are broken.
    pub fn lines(self, lines: Lines) -> Self {
        Self { lines, ..self }
    }

    /// Sets how characters that no font covers are handled.
    pub fn missing_glyphs(self, missing_glyphs: MissingGlyphs) -> Self {
        Self { missing_glyphs, ..self }
    }

    /// Sets the emblem (SVG or PNG) to use instead of the documents' own.
    pub fn emblem(self, emblem: impl Into<Option<Vec<u8>>>) -> Self {
        Self { emblem: emblem.into(), ..self }
    }

    /// Sets the number of threads.
    pub fn jobs(self, jobs: usize) -> Self {
        Self { jobs, ..self }
    }

    /// Sets whether to render up-to-date files again.
    pub fn force(self, force: bool) -> Self {
        Self { force, ..self }
    }

    /// Sets whether this is a dry run, which writes nothing.
    pub fn rehearsal(self, rehearsal: bool) -> Self {
        Self { rehearsal, ..self }
    }

    /// Sets the part of the batch to render. A register in the output folder then has the name of the part.
    pub fn shard(self, shard: impl Into<Option<Shard>>) -> Self {
        let shard = shard.into();
        let register = match self.register == self.out.join(register_name(self.shard)) {
            true => self.out.join(register_name(shard)),
            false => self.register,
        };
        Self { shard, register, ..self }
    }

    /// Sets what stops the batch.
    pub fn stop(self, stop: Arc<AtomicBool>) -> Self {
        Self { stop, ..self }
    }

    /// Sets the watch over the documents.
    pub fn watch(self, watch: Watch) -> Self {
        Self { watch, ..self }
    }

    /// Renders what is planned. `now` returns the time for the register; `on_outcome` is called for every document,
    /// in order.
    ///
    /// # Errors
    ///
    /// Returns a message if the batch cannot begin: its folder cannot be written, another batch is writing to it,
    /// or the register is damaged.
    pub fn run(
        &self,
        plan: &Plan,
        now: &dyn Fn() -> String,
        on_outcome: &mut dyn FnMut(&Outcome),
    ) -> Result<Run, Error> {
        let stop = &*self.stop;
        let documents = plan.documents();
        let whole = self.shard.map(|_| plan.whole.clone());
        let mut summary = Summary { whole, ..Summary::new(documents.len(), plan.unseen, self.shard) };
        summary.complete &= plan.whole.documents > 0;
        if self.rehearsal {
            let common = self.common(Path::new(""))?;
            self.each(documents, &common, stop, |outcome: Outcome| {
                summary.add(&outcome);
                on_outcome(&outcome);
            })?;
            return Ok(Run { summary, trouble: None });
        }
        self.recorded(plan, summary, now, on_outcome, |common, recorder| {
            Worker::new(self, common, stop).quarantine(documents)?;
            self.each(documents, common, stop, recorder)
        })
    }

    /// Has documents made, and their outcomes recorded.
    fn recorded(
        &self,
        plan: &Plan,
        summary: Summary,
        now: &dyn Fn() -> String,
        on_outcome: &mut dyn FnMut(&Outcome),
        make: impl FnOnce(&Common, &mut Recorder) -> Result<(), Error>,
    ) -> Result<Run, Error> {
        let (unfinished, _locks) = self.occupy()?;
        let mut register = Register::open(&self.register, Access::Make)?;
        if let Some(shard) = self.shard {
            register.divide(shard.of)?;
        }
        let report = Writer::begin(&self.out, &unfinished, self.shard, Some(plan.whole.inputs.clone()))?;
        let common = self.common(&unfinished)?;
        let mut recorder = Recorder::new(self, (register, report, summary), now, on_outcome);
        make(&common, &mut recorder)?;
        let (summary, trouble) = recorder.finish(plan, &common.prefix);
        // If it cannot be removed now, the next batch does so.
        let _ = fs::remove_dir_all(&unfinished);
        Ok(Run { summary, trouble })
    }

    fn each(
        &self,
        documents: &[PlannedDocument],
        common: &Common,
        stop: &AtomicBool,
        listener: impl Listener<Outcome>,
    ) -> Result<(), Error> {
        let begin = || Worker::new(self, common, stop);
        let first = self.watch.first(documents.iter().map(|planned| planned.input.name()));
        let one = |worker: &mut Worker, index: usize| worker.outcome(&documents[index]);
        let broken = |index: usize, said: String| {
            let planned = &documents[index];
            Outcome { earlier_file: self.has_file(planned), ..planned.broken(&said) }
        };
        pool::work_with_first((&first, self.jobs), documents.len(), stop, begin, one, broken, listener)
    }

    /// Returns how a document is rendered.
    fn options(&self, input: &Input, emblems: &Emblems) -> Result<Options, Failure> {
        let emblem = emblems.of_input(input)?;
        let profile = input.choices.profile.unwrap_or(self.profile);
        let lines = input.choices.lines.unwrap_or(self.lines);
        let missing_glyphs = input.choices.missing_glyphs.unwrap_or(self.missing_glyphs);
        Ok(Options { emblem, profile, lines, missing_glyphs })
    }

    /// Returns whether the file of the document exists, in any state.
    fn has_file(&self, planned: &PlannedDocument) -> bool {
        planned.output.as_ref().is_ok_and(|output| self.out.join(output).is_file())
    }

    fn common(&self, unfinished: &Path) -> Result<Common, Error> {
        let prefix = match self.register.is_file() {
            true => Register::connect(&self.register, Access::Read)?.name_of(&self.out.join("x")),
            false => "x".to_owned(),
        };
        let prefix = prefix.strip_suffix('x').unwrap_or_default().to_owned();
        let quarantine = Quarantine::read(&self.out.join(OWN_FOLDER));
        Ok(Common {
            fingerprint: self.press.fingerprint(),
            prefix,
            unfinished: unfinished.to_owned(),
            quarantine,
            folders: Folders::default(),
            emblems: Emblems::of(self),
        })
    }

    /// Creates the output folder and locks it against other batches. Returns an empty folder for unfinished files,
    /// and the locks, which the system releases however the program ends. Parts share the lock that a whole batch
    /// holds alone, and each also has its own.
    fn occupy(&self) -> Result<(PathBuf, Vec<File>), Error> {
        let plain = |error| Error::file(&self.out, "written", error);
        let own = self.out.join(OWN_FOLDER);
        fs::create_dir_all(&own).map_err(plain)?;
        let mark = Shard::mark(self.shard);
        let lock = |name: &str, take: fn(&File) -> Result<(), TryLockError>| {
            let path = own.join(name);
            let lock = File::options().create(true).append(true).open(&path).map_err(plain)?;
            let begun = Instant::now();
            loop {
                match take(&lock) {
                    Ok(()) => return Ok(lock),
                    Err(TryLockError::WouldBlock) if is_ending(&path, begun.elapsed()) => thread::sleep(BETWEEN_TRIES),
                    Err(TryLockError::WouldBlock) => {
                        let message = format!("another batch is writing to {}", self.out.display());
                        return Err(Error::new(ErrorKind::Busy, message).at(&self.out));
                    }
                    Err(TryLockError::Error(error)) => return Err(plain(error)),
                }
            }
        };
        let locks = match self.shard {
            None => vec![lock("lock", File::try_lock)?],
            Some(shard) => {
                let locks = vec![lock("lock", File::try_lock_shared)?, lock(&format!("lock{mark}"), File::try_lock)?];
                self.refuse_others(shard, &own)?;
                locks
            }
        };
        if let Some(mut own) = locks.last() {
            let owner = self.watch.owner().to_string();
            own.set_len(0).and_then(|()| own.write_all(owner.as_bytes())).map_err(plain)?;
        }
        let unfinished = own.join(format!("unfinished{mark}"));
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).map_err(plain)?;
        }
        fs::create_dir(&unfinished).map_err(plain)?;
        Ok((unfinished, locks))
    }

    /// Returns an error if parts of another division are at work in the folder, or have left files there: they do
    /// not belong together with this one.
    fn refuse_others(&self, shard: Shard, own: &Path) -> Result<(), Error> {
        let other = |path: &Path| {
            let (name, other) = Shard::of_name(path.file_stem()?.to_str()?)?;
            (other.of != shard.of).then(|| (name.to_owned(), other))
        };
        let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        let left = entries(&self.out).map(|entry| entry.path()).filter(|path| {
            let ending = path.extension().unwrap_or_default();
            let kept = |(name, _): (String, Shard)| {
                (name == "report" && ending == "json") || (name == "register" && ending == "sqlite")
            };
            other(path).is_some_and(kept)
        });
        let is_held = |path: &PathBuf| {
            let lock = File::open(path).map(|lock| lock.try_lock_shared());
            other(path).is_some_and(|(name, _)| name == "lock") && matches!(lock, Ok(Err(TryLockError::WouldBlock)))
        };
        let at_work = entries(own).map(|entry| entry.path()).filter(is_held);
        let found = left.chain(at_work).min();
        match found.as_deref().and_then(other) {
            None => Ok(()),
            Some((_, Shard { part, of })) => Err(Error::value(format!(
                "{} holds part {part} of {of} of a batch, and this is part {} of {}; use a separate folder for each \
                 division, or remove report-*-of-{of}.* and register-*-of-{of}.sqlite",
                self.out.display(),
                shard.part,
                shard.of
            ))
            .at(&self.out)),
        }
    }
}
