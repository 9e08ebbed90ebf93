//! The options of print files.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use masthead::Profile;
use masthead::export::print::{Ink, OutputIntent, PrintOptions, points};

use super::Exit;
use super::files;
use super::report::Reporter;

/// The options of the print profile.
#[derive(Args)]
#[command(next_help_heading = "Options of the print profile")]
pub struct Print {
    /// Inks to print with: black alone, or black and the colours of pictures
    #[arg(long, value_enum, value_name = "INK")]
    ink: Option<Inks>,
    /// Bleed on each side, such as 9pt or 3mm
    #[arg(long, value_name = "LENGTH", value_parser = bleed)]
    bleed: Option<f64>,
    /// Draw crop and registration marks
    #[arg(long)]
    marks: bool,
    /// ICC profile of the printing condition (grey or CMYK) to use instead of the built-in one
    #[arg(long, value_name = "FILE")]
    output_intent: Option<PathBuf>,
}

/// The inks.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Inks {
    /// Black alone; coloured pictures become grey
    Black,
    /// Pictures keep their colours
    Colour,
}

fn bleed(text: &str) -> Result<f64, String> {
    let bleed = points(text).map_err(|error| error.to_string())?;
    let most = PrintOptions::MOST_BLEED;
    if (0.0..=most).contains(&bleed) { Ok(bleed) } else { Err(format!("must be from 0 to {most} pt")) }
}

impl Print {
    /// Returns the options. With `profile`, the only profile that is used, they must be those of print files.
    ///
    /// # Errors
    ///
    /// Returns the exit status if an option has no effect or a file cannot be used.
    pub fn options(&self, profile: Option<Profile>, reporter: &Reporter) -> Result<PrintOptions, Exit> {
        let given = [
            ("--ink", self.ink.is_some()),
            ("--bleed", self.bleed.is_some()),
            ("--marks", self.marks),
            ("--output-intent", self.output_intent.is_some()),
        ];
        if let Some(profile) = profile.filter(|profile| *profile != Profile::Print)
            && let Some((option, _)) = given.iter().find(|(_, given)| *given)
        {
            let name = profile.name();
            return Err(reporter.error(format!("{option} has no effect with --profile {name}; use --profile print")));
        }
        let intent = self.output_intent.as_ref().map(|path| {
            let shown = path.display();
            let bytes =
                files::bytes(path).map_err(|error| reporter.error(format!("{shown} cannot be read: {error}")))?;
            OutputIntent::new(bytes).map_err(|reason| reporter.error(format!("{shown} cannot be used: {reason}")))
        });
        let output_intent = intent.transpose()?;
        let ink = match self.ink {
            Some(Inks::Colour) => Ink::Colour,
            Some(Inks::Black) | None => Ink::Black,
        };
        if ink == Ink::Colour && output_intent.as_ref().is_some_and(|intent| intent.inks() == 1) {
            return Err(reporter.error("a grey output intent has no colours; use --ink black, or a CMYK profile"));
        }
        let bleed = self.bleed.unwrap_or_default();
        Ok(PrintOptions::default().ink(ink).bleed(bleed).marks(self.marks).output_intent(output_intent))
    }
}
