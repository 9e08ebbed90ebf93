//! The `masthead` program: a command line for the library.

mod cli;

use std::process::ExitCode;

/// The stack size in bytes: enough to read the deepest document in any build; the library provides for the
/// engine's own depth.
const STACK: usize = 64 << 20;

fn main() -> ExitCode {
    if let Some(exit) = cli::supervise() {
        return exit.into();
    }
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(cli::run);
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(exit)) => exit.into(),
        Ok(Err(_)) => {
            eprintln!("masthead: internal error; please report it with the document");
            cli::Exit::Broken.into()
        }
        Err(error) => {
            eprintln!("masthead: cannot start a thread: {error}");
            cli::Exit::Broken.into()
        }
    }
}
