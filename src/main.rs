//! The program `masthead`: the command line over the library.

mod cli;

use std::process::ExitCode;

/// Enough to read the deepest document, however the program was compiled; the library sees to the
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
            eprintln!("masthead: this is an error of the program itself; please report it with the document");
            cli::Exit::Broken.into()
        }
        Err(error) => {
            eprintln!("masthead: no thread to work in: {error}");
            cli::Exit::Broken.into()
        }
    }
}
