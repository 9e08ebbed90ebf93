//! templates/ as a Typst package: documents written in Typst have the pages that the program makes of the same words,
//! without the program.

mod files;
mod pages;
mod words;
mod world;
