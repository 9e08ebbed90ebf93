//! How the documents of a batch are rendered.

use std::path::PathBuf;

use clap::Args;
use masthead::Profile;
use masthead::batch::Inputs;
use masthead::export::print::PrintOptions;

use super::Exit;
use super::print::Print;
use super::render::{For, LineEnds, Missing};
use super::report::Reporter;
use super::settings::Settings;

/// How the documents of a batch are rendered.
#[derive(Args)]
pub struct Rendering {
    /// PDF profile
    #[arg(long, value_enum, default_value_t)]
    pub profile: For,
    /// How lines are broken
    #[arg(long, value_enum, default_value_t)]
    pub line_ends: LineEnds,
    #[command(flatten)]
    missing: Missing,
    #[command(flatten)]
    print: Print,
    /// Emblem (SVG or PNG file) to use instead of the built-in neutral one
    #[arg(long, value_name = "FILE")]
    pub emblem: Option<PathBuf>,
    /// Folder of extra fonts, for characters that the built-in fonts lack
    #[arg(long, value_name = "FOLDER")]
    pub fonts: Vec<PathBuf>,
}

impl Rendering {
    /// Completes the options of documents by the settings of their folders, and reports what is wrong with these.
    pub fn complete(&self, inputs: &mut Inputs, reporter: &Reporter) -> Result<(), Exit> {
        let files: Vec<PathBuf> = inputs.documents.iter().map(|document| document.file.clone()).collect();
        let settings = Settings::of_files(&files, reporter)?;
        for document in &mut inputs.documents {
            document.choices.missing_glyphs.get_or_insert_with(|| self.missing.of(&document.file, &settings));
        }
        Ok(())
    }

    /// Returns the options of print files, unless none are made. A manifest may ask for some, whatever the profile of the
    /// others; `more` says whether documents can follow that are not known yet.
    pub fn print_options(&self, inputs: &Inputs, more: bool, reporter: &Reporter) -> Result<PrintOptions, Exit> {
        let asks = more || inputs.documents.iter().any(|document| document.choices.profile == Some(Profile::Print));
        self.print.options((!asks).then(|| self.profile.into()), reporter)
    }
}
