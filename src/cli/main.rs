//! The `masthead` program. All of it is the library beside it, because cargo compiles a library while those below it are
//! still being optimised, and a program only afterwards.

fn main() -> std::process::ExitCode {
    masthead_cli::main()
}
