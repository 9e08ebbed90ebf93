//! The process that reads documents: it takes one task after the other from its standard input.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process;
use std::sync::{Arc, Mutex, PoisonError};

use masthead::limits::{Allowance, Ending, Limits, Watch, Watching};
use masthead::{Coverage, Press};
use masthead::{Error, ErrorKind};
use serde_json::json;

use super::frames;
use super::limits::ANSWER;
use super::perform::{Answered, Bench, perform};
use super::requests::Input;
use super::task::{Answer, Task, What, Why};

/// How the server starts a worker: the program, with arguments that lead to [`work`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Worker {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
}

impl Worker {
    /// Creates the command of a worker.
    pub fn new(program: impl Into<PathBuf>, arguments: Vec<String>) -> Self {
        Self { program: program.into(), arguments }
    }
}

/// Works until standard input ends, on that many threads (0: one for each processor). A task that exceeds the limits, or
/// panics, ends the process after its answer.
///
/// # Errors
///
/// Returns a sentence if the work cannot begin.
pub fn work(fonts: Vec<Vec<u8>>, limits: Limits, threads: usize) -> Result<(), Error> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(masthead::STACK_SIZE)
        .build_global()
        .map_err(|error| Error::new(ErrorKind::Process, format!("cannot start threads: {error}")))?;
    let out = Arc::new(Mutex::new(io::stdout()));
    let last_words = out.clone();
    let end = Box::new(move |ending| {
        if let Ending::Over(_, cause) = ending {
            answer(&last_words, &(Answer::Over(cause), Vec::new()));
            process::exit(0);
        }
    });
    let watch = Watch::start(Watching { limits, supervisor: None, end })
        .map_err(|error| Error::new(ErrorKind::Process, error.to_string()))?;
    let bench = Bench { press: Press::new(fonts.clone())?, coverage: Coverage::new(fonts) };
    let mut tasks = io::stdin().lock();
    while let Ok(Some(message)) = frames::read(&mut tasks) {
        let answered = performed(&bench, &watch, &message);
        answer(&out, &answered);
        if matches!(answered.0, Answer::Broken(_)) {
            break;
        }
    }
    Ok(())
}

fn performed(bench: &Bench, watch: &Watch, message: &[u8]) -> Answered {
    let task: Task = match serde_json::from_slice(message) {
        Ok(task) => task,
        Err(error) => return broken(error.to_string()),
    };
    let Ok(flight) = watch.begin("document", Allowance::of_bytes(task.size())) else {
        return broken("the watchdog has ended".into());
    };
    unless_it_panics(|| perform(bench, &task, &flight))
}

/// A worker whose code has panicked may be in any state: it answers, and ends.
fn unless_it_panics(work: impl FnOnce() -> Answered) -> Answered {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| broken("a panic".into()))
}

fn broken(message: String) -> Answered {
    (Answer::Broken(message), Vec::new())
}

/// Returns the head and the body of an answer as messages, or those of a refusal if they are too large for the server.
fn messages((head, body): &Answered) -> (Vec<u8>, &[u8]) {
    let message = |head| serde_json::to_vec(head).unwrap_or_default();
    let written = message(head);
    if written.len() + body.len() <= ANSWER {
        return (written, body);
    }
    let detail =
        format!("the answer would be larger than {} MiB; ask for single pages, or send less at once", ANSWER >> 20);
    (message(&Answer::Refused { why: Why::Request, detail, findings: json!([]) }), &[])
}

impl Task {
    /// The size of its documents or files, in bytes.
    fn size(&self) -> u64 {
        let of = |input: &Input| input.source.len() + input.file.as_ref().map_or(0, |file| file.0.len());
        let size = match &self.what {
            What::Render(request) => of(&request.document),
            What::Check(request) => of(&request.document),
            What::Convert(request) => of(&request.document),
            What::Prepare(request) => of(&request.document),
            What::Pages(request) => of(&request.document),
            What::Diff(request) => of(&request.before) + of(&request.after),
            What::Compare(request) => request.before.0.len() + request.after.0.len(),
            #[cfg(feature = "queue")]
            What::Order(ordered) => ordered.contents.get(&ordered.order.source).map_or(0, |source| source.0.len()),
        };
        size as u64
    }
}

/// Writes an answer. If nobody reads it, the process ends when its input does.
fn answer(out: &Mutex<io::Stdout>, answered: &Answered) {
    let (head, body) = messages(answered);
    let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = frames::write(&mut *out, &head).and_then(|()| frames::write(&mut *out, body)).and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_answer() {
        let answered = unless_it_panics(|| panic!("of a test"));
        assert!(matches!(answered.0, Answer::Broken(reason) if reason == "a panic"));
    }

    #[test]
    fn answers_that_are_too_large_are_refused() {
        let sent = |head: Answer, size| {
            let answered = (head, vec![0; size]);
            let (head, body) = messages(&answered);
            (serde_json::from_slice::<Answer>(&head).unwrap(), body.len())
        };
        let done = |size| sent(Answer::Done { media_type: "image/png".into(), pages: None, findings: 0 }, size);
        assert!(matches!(done(ANSWER - 100), (Answer::Done { .. }, _)));
        // The head counts, too.
        let findings = json!("x".repeat(ANSWER));
        let many = sent(Answer::Refused { why: Why::Document, detail: String::new(), findings }, 0);
        for refused in [done(ANSWER), many] {
            assert!(matches!(refused, (Answer::Refused { why: Why::Request, .. }, 0)));
        }
    }
}
