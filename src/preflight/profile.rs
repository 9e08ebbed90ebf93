//! Profiles: what a press asks for, as TOML.

use std::sync::Arc;

use super::codes::codes;
use crate::diagnostic::{Diagnostic, Source};
use crate::settings::{At, Settings};

/// The built-in profiles: name and text.
const BUILT_IN: [(&str, &str); 3] = [
    ("press", include_str!("profiles/press.toml")),
    ("colour", include_str!("profiles/colour.toml")),
    ("office", include_str!("profiles/office.toml")),
];

/// What a press asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Whether the file must claim a PDF/X standard.
    pub(super) standard: bool,
    /// Whether inks other than black are allowed.
    pub(super) colours: bool,
    /// Whether spot colours are allowed.
    pub(super) spots: bool,
    /// Whether RGB is allowed.
    pub(super) rgb: bool,
    /// Whether transparency is allowed.
    pub(super) transparency: bool,
    /// The highest PDF version, such as 1.6.
    pub(super) version: f64,
    /// The bleed on each side, in points.
    pub(super) bleed: f64,
    /// The lowest and the highest useful resolution of pictures, in pixels per inch.
    pub(super) resolution: (f64, f64),
    /// The lowest resolution of pictures in black and white.
    pub(super) bitmap_resolution: f64,
    /// The thinnest line in points.
    pub(super) hairline: f64,
    /// The smallest type in points.
    pub(super) smallest_type: f64,
    /// The most ink at one place, in per cent.
    pub(super) most_ink: f64,
    /// Codes that are not reported.
    allow: Vec<String>,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            standard: true,
            colours: false,
            spots: false,
            rgb: false,
            transparency: true,
            version: 1.6,
            bleed: 0.0,
            resolution: (225.0, 1200.0),
            bitmap_resolution: 550.0,
            hairline: 0.24,
            smallest_type: 4.0,
            most_ink: 300.0,
            allow: Vec::new(),
        }
    }
}

impl Profile {
    /// The names of the built-in profiles.
    pub const NAMES: [&str; 3] = [BUILT_IN[0].0, BUILT_IN[1].0, BUILT_IN[2].0];

    /// Returns a built-in profile, or `None` if there is none with that name.
    pub fn built_in(name: &str) -> Option<Self> {
        let (name, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Self::read(&Source::new(*name, *text)).ok()
    }

    /// Reads a profile. What it does not mention is as in the built-in profile “press”.
    ///
    /// # Errors
    ///
    /// Returns everything that is wrong with it.
    pub fn read(source: &Arc<Source>) -> Result<Self, Vec<Diagnostic>> {
        Settings::read(source, ("press-profile", "see “masthead help print” for the settings of a profile"), decode)
    }

    /// Adds codes that are not reported.
    pub fn allowing(mut self, codes: &[String]) -> Self {
        self.allow.extend_from_slice(codes);
        self
    }

    pub(super) fn reports(&self, code: &str) -> bool {
        let needless = match code {
            "press-standard" => !self.standard,
            "press-ink" => self.colours,
            "press-spot" => self.spots,
            "press-rgb" | "press-rgb-picture" => self.rgb,
            "press-transparency" => self.transparency,
            _ => false,
        };
        !needless && !self.allow.iter().any(|allowed| allowed == code)
    }
}

fn decode(reader: &mut Settings, root: &At) -> Profile {
    let usual = Profile::default();
    let [
        standard,
        colours,
        spots,
        rgb,
        transparency,
        version,
        bleed,
        resolution,
        too_high,
        bitmap,
        hairline,
        type_,
        ink,
        allow,
    ] = reader.table(
        root,
        [
            "standard",
            "colours",
            "spots",
            "rgb",
            "transparency",
            "version",
            "bleed",
            "resolution",
            "highest_resolution",
            "bitmap_resolution",
            "hairline",
            "smallest_type",
            "most_ink",
            "allow",
        ],
    );
    let mut truth = |at: Option<At>, usual| at.and_then(|at| reader.truth(&at)).unwrap_or(usual);
    let standard = truth(standard, usual.standard);
    let colours = truth(colours, usual.colours);
    let spots = truth(spots, usual.spots);
    let rgb = truth(rgb, usual.rgb);
    let transparency = truth(transparency, usual.transparency);
    let mut number =
        |at: Option<At>, most: f64, usual| at.and_then(|at| reader.number(&at, 0.0..=most)).unwrap_or(usual);
    let profile = Profile {
        standard,
        colours,
        spots,
        rgb,
        transparency,
        version: number(version, 2.0, usual.version),
        bleed: number(bleed, 144.0, usual.bleed),
        resolution: (number(resolution, 9999.0, usual.resolution.0), number(too_high, 9999.0, usual.resolution.1)),
        bitmap_resolution: number(bitmap, 9999.0, usual.bitmap_resolution),
        hairline: number(hairline, 10.0, usual.hairline),
        smallest_type: number(type_, 72.0, usual.smallest_type),
        most_ink: number(ink, 400.0, usual.most_ink),
        allow: Vec::new(),
    };
    let allow = allow.map(|at| reader.texts(&at)).unwrap_or_default();
    for (code, at) in &allow {
        if codes().all(|known| known.name != code) {
            reader.wrong(at, format!("unknown finding code “{code}”"), "run “masthead explain” to list all codes");
        }
    }
    Profile { allow: allow.into_iter().map(|(code, _)| code).collect(), ..profile }
}
