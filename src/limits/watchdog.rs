//! The thread that watches the documents in progress.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use super::allowance::{EACH_MORE, YOUNG};
use super::{Aloft, Cause, Entry, Inner, Limits, usage};

/// The intervals between checks: the usual one, and the one when a document has used half of its memory.
const BETWEEN: Duration = Duration::from_millis(40);
const OFTEN: Duration = Duration::from_millis(4);
/// The longest time to count between two checks: if more has passed, the process was suspended.
const LONGEST: Duration = Duration::from_millis(200);
/// A process that uses no more than this processor time in this period is waiting for something, not just sharing
/// the processor.
const IDLE: (Duration, Duration) = (Duration::from_millis(20), Duration::from_secs(1));
/// How long to wait for a message that is being printed.
const TELLING: Duration = Duration::from_millis(200);

/// Why the process should end.
#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    /// A document is over its limit; several are given if it is not clear which.
    Over(Vec<String>, Cause),
    /// The process that the user started is gone.
    Orphaned,
    /// The user asks for it with a signal, for the first or another time; the process may continue.
    Asked {
        /// The signal.
        signal: i32,
        /// The number of times it has been sent.
        times: usize,
    },
}

/// The file in the folder of the journal that passes on the user's signals.
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
                // The lock is held, so no document begins or ends from here on.
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

    /// Checks for messages from the process that the user started.
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

/// Measures the time with which documents are charged.
struct Meter {
    last: Instant,
    processor: Option<Duration>,
    /// Processor time that has not been charged to a document yet: the system counts it in steps.
    credit: Duration,
    /// Clock and processor time since the last check whether the process is waiting.
    since: (Duration, Duration),
}

impl Meter {
    fn new() -> Self {
        let (credit, since) = (Duration::ZERO, (Duration::ZERO, Duration::ZERO));
        Self { last: Instant::now(), processor: usage::processor(), credit, since }
    }

    /// Returns the clock time and the processor time since the last check.
    fn passed(&mut self) -> (Duration, Option<Duration>) {
        let now = Instant::now();
        let clock = (now - self.last).min(LONGEST);
        let processor = usage::processor();
        let worked = processor.zip(self.processor).map(|(now, before)| now.saturating_sub(before));
        (self.last, self.processor) = (now, processor);
        (clock, worked)
    }

    /// Returns each document's share of the processor time, limited to the clock time, so that neither other
    /// programs nor helping threads count.
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

    /// Returns how long the process has been waiting, once that is clear.
    fn waited(&mut self, clock: Duration, worked: Option<Duration>) -> Duration {
        let (passed, taken) = (self.since.0 + clock, self.since.1 + worked.unwrap_or(clock));
        let (least, long_enough) = IDLE;
        self.since = if passed < long_enough { (passed, taken) } else { Default::default() };
        if passed >= long_enough && taken <= least { passed } else { Duration::ZERO }
    }
}

/// Returns the document that is over a limit, or several of which one must be.
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
    // A document begun long ago may hold up another, whose thread helps with it.
    let young = found.taken.mul_f64(YOUNG);
    let old: Vec<&Aloft> = aloft.iter().filter(|one| one.taken > young || late(one)).copied().collect();
    Some((named(&old), Cause::OverDeadline(deadline.as_secs_f64())))
}

/// Returns whether a document has used half of its memory.
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
        // Alone on an idle machine: the clock time, though the system counts in steps.
        let sum: Duration = (0..10).map(|look| meter.share(ms(15), Some(ms(10 + look % 2 * 10)), 1)).sum();
        assert!(sum >= ms(130) && sum <= ms(150), "{sum:?}");
        // Helped by other threads: no more than the clock time. With others or on a busy machine: its share.
        assert_eq!(meter.share(ms(20), Some(ms(80)), 1), ms(20));
        meter.credit = Duration::ZERO;
        assert_eq!(meter.share(ms(20), Some(ms(20)), 4), ms(5));
        assert_eq!(meter.share(ms(20), Some(ms(0)), 1), ms(0));
        assert_eq!(meter.share(ms(20), None, 3), ms(20));
        // Without any processor time, the process is waiting; with a little, it is only held up.
        let mut waited = |every: usize| -> Duration {
            (0..100).map(|look: usize| meter.waited(ms(20), Some(ms(10 * u64::from(look.is_multiple_of(every)))))).sum()
        };
        assert_eq!((waited(100), waited(10)), (ms(2000), ms(0)));
    }
}
