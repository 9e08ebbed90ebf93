//! Records the inks and colour spaces with which a page is painted.

use super::colour::{Colour, Space, is_spot, plate};
use super::paint::Painter;

/// What is painted.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum What {
    Text,
    Line,
    Area,
}

impl What {
    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Line => "a line",
            Self::Area => "an area",
        }
    }
}

impl Painter<'_> {
    /// Records what is painted with a colour.
    pub(super) fn paints(&mut self, what: What, colour: &Colour, overprints: bool, at: [f64; 2]) {
        self.painted = true;
        self.uses_space(&colour.space);
        let noun = what.name();
        match &colour.space {
            Space::Rgb => {
                self.found("press-rgb", Some(at), format!("{noun} in RGB"));
                if !colour.is_white() {
                    self.uses_process_inks();
                }
            }
            Space::CalibratedGrey => self.found("press-calibrated", Some(at), format!("{noun} in calibrated grey")),
            Space::Inks(names) => self.spots(names, at),
            _ => {}
        }
        let inks = colour.inks();
        let used: Vec<&(String, f64)> = inks.iter().filter(|(_, amount)| *amount > 0.001).collect();
        self.inks.extend(used.iter().map(|(ink, _)| ink.clone()).filter(|ink| ink != "None"));
        let coloured: Vec<&str> = used
            .iter()
            .map(|(ink, _)| ink.as_str())
            .filter(|ink| matches!(*ink, "cyan" | "magenta" | "yellow"))
            .collect();
        if !coloured.is_empty() {
            self.found("press-ink", Some(at), format!("{noun} printed with {}", coloured.join(", ")));
            if what == What::Text && used.iter().any(|(ink, amount)| ink == "black" && *amount > 0.5) {
                self.found("press-rich-black", Some(at), "text in black and other inks");
            }
        }
        let sum: f64 = used.iter().map(|(_, amount)| amount * 100.0).sum();
        if sum > self.profile.most_ink + 0.5 {
            self.found("press-ink-limit", Some(at), format!("{noun} with {sum:.0} % of ink"));
        }
        if overprints && colour.space != Space::Pattern {
            match colour.is_white() {
                true => self.found("press-white-overprint", Some(at), format!("{noun} in white overprints")),
                false => self.found("press-overprint", Some(at), format!("{noun} overprints")),
            }
        }
    }

    pub(super) fn spots(&mut self, names: &[String], at: [f64; 2]) {
        for name in names.iter().filter(|name| is_spot(&plate(name))) {
            self.inks.insert(name.clone());
            self.found("press-spot", Some(at), format!("the spot colour {name}"));
        }
    }

    /// Records the inks of a picture in CMYK, and those into which a press converts what is in RGB.
    pub(super) fn uses_process_inks(&mut self) {
        self.inks.extend(["cyan", "magenta", "yellow", "black"].map(str::to_owned));
    }

    pub(super) fn uses_space(&mut self, space: &Space) {
        if *space != Space::Pattern {
            self.spaces.insert(space.name());
        }
    }
}
