//! The thread that looks at what is worked on.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use super::allowance::{EACH_MORE, YOUNG};
use super::{Aloft, Cause, Entry, Inner, Limits, usage};

/// How often it looks, and how often where a document has taken half of the memory that it may.
const BETWEEN: Duration = Duration::from_millis(40);
const OFTEN: Duration = Duration::from_millis(4);
/// More than this between two looks is no time in which the process ran: it was stopped.
const LONGEST: Duration = Duration::from_millis(200);
/// Where a process takes no more than that of the processor in that time, it waits for something, and has
/// not only to share the processor.
const IDLE: (Duration, Duration) = (Duration::from_millis(20), Duration::from_secs(1));
/// How long a message is waited for that is being told.
const TELLING: Duration = Duration::from_millis(200);

/// Why the process is to end.
#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    /// A document is over its limit; several, if it cannot be said which of them is.
    Over(Vec<String>, Cause),
    /// The process that the user started has died.
    Orphaned,
    /// The user wishes it, by that signal, for the first or another time; the process may go on.
    Asked {
        /// The signal.
        signal: i32,
        /// How many times it was sent until now.
        times: usize,
    },
}

/// The file in the folder of the journal that says that the user wishes an end.
pub const ASKED: &str = "asked";

pub(super) fn start(
    inner: &Arc<Inner>,
    supervisor: Option<(PathBuf, u32)>,
    end: Box<dyn Fn(Ending) + Send>,
) -> io::Result<()> {
    if supervisor.is_none() && inner.limits == Limits::NONE {
        return Ok(());
    }
    let watched = Arc::downgrade(inner);
    let dog = Watchdog { watched, supervisor, end, asked: 0 };
    thread::Builder::new().name("watchdog".into()).spawn(move || dog.run()).map(drop)
}

struct Watchdog {
    watched: Weak<Inner>,
    supervisor: Option<(PathBuf, u32)>,
    end: Box<dyn Fn(Ending) + Send>,
    asked: usize,
}

impl Watchdog {
    fn run(mut self) {
        let mut meter = Meter::new();
        let mut between = BETWEEN;
        loop {
            thread::sleep(between);
            let Some(inner) = self.watched.upgrade() else { return };
            self.listen();
            let (clock, worked) = meter.passed();
            let resident = usage::resident();
            if let Some(resident) = resident {
                inner.resident.store(resident, Ordering::Relaxed);
            }
            let mut aloft = inner.aloft();
            let charge = meter.share(clock, worked, aloft.len()) + meter.waited(clock, worked);
            aloft.values_mut().for_each(|one| one.taken += charge);
            let all: Vec<&Aloft> = aloft.values().collect();
            let over = over(&all, inner.limits, resident.unwrap_or_default());
            between = if nearly(&all, inner.limits, resident.unwrap_or_default()) { OFTEN } else { BETWEEN };
            if let Some((documents, cause)) = over {
                // Nobody ends or begins a document from now on.
                let begun = Instant::now();
                let telling = || inner.telling.try_lock().is_err() && begun.elapsed() < TELLING;
                while telling() {
                    thread::sleep(Duration::from_millis(1));
                }
                if let [document] = &documents[..] {
                    inner.write(&Entry::Over { document: document.clone(), cause: cause.clone() });
                }
                (self.end)(Ending::Over(documents, cause));
            }
        }
    }

    /// Hears what the process says that the user started.
    fn listen(&mut self) {
        let Some((folder, process)) = &self.supervisor else { return };
        #[cfg(unix)]
        if std::os::unix::process::parent_id() != *process {
            (self.end)(Ending::Orphaned);
        }
        let Ok(text) = fs::read_to_string(folder.join(ASKED)) else { return };
        let said = text.split_once(' ').and_then(|(signal, times)| Some((signal.parse().ok()?, times.parse().ok()?)));
        if let Some((signal, times)) = said.filter(|(_, times)| *times > self.asked) {
            self.asked = times;
            (self.end)(Ending::Asked { signal, times });
        }
    }
}

/// How much time documents are charged with.
struct Meter {
    last: Instant,
    processor: Option<Duration>,
    /// Processor time that no document was charged with yet: the system counts it in steps.
    credit: Duration,
    /// What has passed since it was last looked whether the process waits.
    since: (Duration, Duration),
}

impl Meter {
    fn new() -> Self {
        let (credit, since) = (Duration::ZERO, (Duration::ZERO, Duration::ZERO));
        Self { last: Instant::now(), processor: usage::processor(), credit, since }
    }

    /// What has passed since the last look: on the clock, and of the processor.
    fn passed(&mut self) -> (Duration, Option<Duration>) {
        let now = Instant::now();
        let clock = (now - self.last).min(LONGEST);
        let processor = usage::processor();
        let worked = processor.zip(self.processor).map(|(now, before)| now.saturating_sub(before));
        (self.last, self.processor) = (now, processor);
        (clock, worked)
    }

    /// What each of so many documents has of the processor time, and no more than passed on the clock, so
    /// that neither other programs nor helping threads count.
    fn share(&mut self, clock: Duration, worked: Option<Duration>, documents: usize) -> Duration {
        let Some((worked, documents)) = worked.zip(u32::try_from(documents).ok().filter(|count| *count > 0)) else {
            self.credit = Duration::ZERO;
            return clock;
        };
        self.credit += worked;
        let share = clock.min(self.credit / documents);
        self.credit = (self.credit - share * documents).min(BETWEEN * documents);
        share
    }

    /// How long the process has waited, once that is clear.
    fn waited(&mut self, clock: Duration, worked: Option<Duration>) -> Duration {
        let (passed, taken) = (self.since.0 + clock, self.since.1 + worked.unwrap_or(clock));
        let (least, long_enough) = IDLE;
        self.since = if passed < long_enough { (passed, taken) } else { Default::default() };
        if passed >= long_enough && taken <= least { passed } else { Duration::ZERO }
    }
}

/// The document that is over a limit, or those among which it must be.
fn over(aloft: &[&Aloft], limits: Limits, resident: u64) -> Option<(Vec<String>, Cause)> {
    let named = |list: &[&Aloft]| list.iter().map(|one| one.document.clone()).collect();
    if let Some(memory) = limits.memory {
        let more = EACH_MORE * (aloft.len() as u64).saturating_sub(1);
        let grown = |one: &&&Aloft| {
            let most = one.allowance.memory(limits).unwrap_or(u64::MAX).saturating_add(more);
            resident.saturating_sub(one.resident) > most
        };
        if aloft.iter().any(|one| grown(&one)) {
            return Some((named(aloft), Cause::OverMemory(memory >> 20)));
        }
    }
    let deadline = limits.deadline?;
    let late = |one: &&&Aloft| one.allowance.time(limits).is_some_and(|most| one.taken > most);
    let found = aloft.iter().find(late)?;
    // One that was begun long ago may hold up another, whose thread helps with it.
    let young = found.taken.mul_f64(YOUNG);
    let old: Vec<&Aloft> = aloft.iter().filter(|one| one.taken > young || late(one)).copied().collect();
    Some((named(&old), Cause::OverDeadline(deadline.as_secs_f64())))
}

/// Whether a document has taken half of the memory that it may.
fn nearly(aloft: &[&Aloft], limits: Limits, resident: u64) -> bool {
    let half = |one: &&Aloft| {
        one.allowance.memory(limits).is_some_and(|most| resident.saturating_sub(one.resident) > most / 2)
    };
    aloft.iter().any(half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Allowance;

    const MIB: u64 = 1 << 20;

    fn aloft(document: &str, taken: f64, resident: u64) -> Aloft {
        let (taken, allowance) = (Duration::from_secs_f64(taken), Allowance::default());
        Aloft { document: document.into(), allowance, taken, resident: resident * MIB }
    }

    fn names(aloft: &[Aloft], resident: u64) -> Vec<String> {
        let all: Vec<&Aloft> = aloft.iter().collect();
        over(&all, Limits::new(5.0, 100), resident * MIB).map_or_else(Vec::new, |(names, _)| names)
    }

    #[test]
    fn one_that_is_late_is_named_and_of_two_old_ones_both() {
        assert!(names(&[aloft("a", 4.9, 0), aloft("b", 4.0, 0)], 50).is_empty());
        assert_eq!(names(&[aloft("a", 5.1, 0), aloft("b", 1.0, 0)], 50), ["a"]);
        assert_eq!(names(&[aloft("a", 5.1, 0), aloft("b", 4.0, 0), aloft("c", 0.1, 0)], 50), ["a", "b"]);
        let large = Aloft { allowance: Allowance::of_bytes(16 << 20), ..aloft("a", 20.0, 0) };
        assert!(names(&[large], 50).is_empty());
    }

    #[test]
    fn memory_is_counted_from_the_beginning_of_each() {
        assert!(names(&[aloft("a", 0.0, 500)], 599).is_empty());
        assert_eq!(names(&[aloft("a", 0.0, 500)], 601), ["a"]);
        assert!(names(&[aloft("a", 0.0, 500), aloft("b", 0.0, 500)], 660).is_empty());
        assert_eq!(names(&[aloft("a", 0.0, 500), aloft("b", 0.0, 600)], 700), ["a", "b"]);
    }

    #[test]
    fn documents_are_charged_with_what_they_can_have_taken() {
        let ms = Duration::from_millis;
        let mut meter = Meter::new();
        // Alone on an idle machine: the clock, though the system counts in steps.
        let sum: Duration = (0..10).map(|look| meter.share(ms(15), Some(ms(10 + look % 2 * 10)), 1)).sum();
        assert!(sum >= ms(130) && sum <= ms(150), "{sum:?}");
        // Helped by other threads: no more than the clock. Beside others or on a busy machine: its share.
        assert_eq!(meter.share(ms(20), Some(ms(80)), 1), ms(20));
        meter.credit = Duration::ZERO;
        assert_eq!(meter.share(ms(20), Some(ms(20)), 4), ms(5));
        assert_eq!(meter.share(ms(20), Some(ms(0)), 1), ms(0));
        assert_eq!(meter.share(ms(20), None, 3), ms(20));
        // What takes nothing of the processor waits; what takes a little is only held up.
        let mut waited = |every: usize| -> Duration {
            (0..100).map(|look: usize| meter.waited(ms(20), Some(ms(10 * u64::from(look.is_multiple_of(every)))))).sum()
        };
        assert_eq!((waited(100), waited(10)), (ms(2000), ms(0)));
    }
}
