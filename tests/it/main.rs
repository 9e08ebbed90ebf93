//! The promises of the project, held from outside: through the library's public items and the program.
//! One test program, so that the engine is linked once; `cargo test --test it NAME` runs one file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and shows what it has seen"
)]

mod akn;
mod alike;
mod archive;
mod attacks;
mod batch;
mod chance;
mod check_command;
mod command_line;
mod corpus;
mod documentation;
mod editorial;
mod examples;
mod flagship;
#[path = "../../src/genuine.rs"]
mod genuine;
mod golden;
mod help;
mod hostile;
mod import;
mod library;
mod links;
mod markdown;
mod mutated;
mod mutations;
mod one_comemo;
mod pages;
mod pictures;
mod planted;
mod planting;
mod register;
mod robust;
mod scripts;
#[cfg(all(unix, feature = "serve"))]
mod serve;
mod suite;
mod typst_package;
mod words;
mod write;
mod xml;
