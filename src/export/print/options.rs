//! The options of a print file.

use serde::{Deserialize, Serialize};

use super::intent::OutputIntent;
use crate::error::Error;

/// The inks of a print file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Ink {
    /// Black alone: coloured pictures become grey.
    #[default]
    Black,
    /// Pictures keep their colours; everything else is black.
    Colour,
}

/// How a print file is made. The file carries these options.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PrintOptions {
    /// The inks.
    #[serde(default)]
    pub ink: Ink,
    /// The bleed on each side, in points.
    #[serde(default)]
    pub bleed: f64,
    /// Whether crop and registration marks are drawn.
    #[serde(default)]
    pub marks: bool,
    /// The printing condition to use instead of the built-in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_intent: Option<OutputIntent>,
}

impl PrintOptions {
    /// The largest bleed in points, 2 inches.
    pub const MOST_BLEED: f64 = 144.0;

    /// Sets the inks.
    pub fn ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }

    /// Sets the bleed on each side, in points.
    pub fn bleed(self, bleed: f64) -> Self {
        Self { bleed, ..self }
    }

    /// Sets whether crop and registration marks are drawn.
    pub fn marks(self, marks: bool) -> Self {
        Self { marks, ..self }
    }

    /// Sets the printing condition to use instead of the built-in one.
    pub fn output_intent(self, output_intent: impl Into<Option<OutputIntent>>) -> Self {
        Self { output_intent: output_intent.into(), ..self }
    }

    /// Returns the printing condition.
    pub(crate) fn intent(&self) -> OutputIntent {
        self.output_intent.clone().unwrap_or_else(OutputIntent::built_in)
    }
}

/// Returns a length in points, such as `9pt`, `3mm`, `0.3cm` or `0.125in`; a number alone is in points.
///
/// # Errors
///
/// Returns a message if it is not a length.
pub fn points(text: &str) -> Result<f64, Error> {
    const UNITS: [(&str, f64); 5] = [("pt", 1.0), ("mm", 72.0 / 25.4), ("cm", 72.0 / 2.54), ("in", 72.0), ("", 1.0)];
    let text = text.trim();
    let unit = UNITS.iter().find_map(|(name, points)| Some((text.strip_suffix(name)?, points)));
    let length = unit.and_then(|(number, points)| Some(number.trim().parse::<f64>().ok()? * points));
    length
        .filter(|length| length.is_finite())
        .ok_or_else(|| Error::value("not a length; use a number with pt, mm, cm or in"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_units() {
        for (text, wanted) in [("9pt", 9.0), ("9", 9.0), ("25.4 mm", 72.0), ("2.54cm", 72.0), ("0.125in", 9.0)] {
            assert!((points(text).unwrap() - wanted).abs() < 1e-9, "{text}");
        }
        for text in ["", "pt", "9 miles", "NaN", "inf"] {
            assert!(points(text).is_err(), "{text}");
        }
    }
}
