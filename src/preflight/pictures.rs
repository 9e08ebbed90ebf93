//! Pictures: resolution, colours, placeholders.

use hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;

use super::colour::Space;
use super::findings::Findings;
use super::profile::Profile;
use super::state::{Matrix, scales};

/// What a picture is.
pub(super) struct Picture {
    width: f64,
    height: f64,
    bitmap: bool,
    /// The colour space; `None` for a mask, which is printed in the current colour.
    pub space: Option<Space>,
    has_mask: bool,
    placeholder: bool,
}

impl Picture {
    pub fn of(stream: &Stream, resources: &Resources) -> Self {
        let dict = stream.dict();
        let number = |long: &str, short: &str| dict.get::<f64>(long).or(dict.get::<f64>(short)).unwrap_or_default();
        let mask = dict.get::<bool>("ImageMask").or(dict.get::<bool>("IM")).unwrap_or_default();
        let space = dict.get::<Object>("ColorSpace").or(dict.get::<Object>("CS"));
        let space = space.filter(|_| !mask).and_then(|space| match &space {
            Object::Name(name) => Space::of_name(name, resources),
            other => Space::of(other, resources),
        });
        Self {
            width: number("Width", "W"),
            height: number("Height", "H"),
            bitmap: mask || number("BitsPerComponent", "BPC") == 1.0,
            space,
            has_mask: dict.get::<Stream>("SMask").is_some(),
            placeholder: dict.contains_key("Alternates") || dict.contains_key("OPI"),
        }
    }

    /// Checks a picture that is drawn on the unit square of `matrix`.
    pub fn check(&self, page: usize, at: [f64; 2], matrix: Matrix, profile: &Profile, findings: &mut Findings) {
        // Rules and dots that some programs draw as pictures.
        const SMALLEST: f64 = 3.0;
        let [width, height] = scales(matrix);
        let ppi = (72.0 * self.width / width).min(72.0 * self.height / height);
        let sized = format!("a picture of {:.0} × {:.0} pixels", self.width, self.height);
        if ppi.is_finite() && width.min(height) >= SMALLEST {
            let (code, least) = match self.bitmap {
                true => ("press-bitmap-resolution", profile.bitmap_resolution),
                false => ("press-resolution", profile.resolution.0),
            };
            if ppi < least {
                findings.of_page(page, code, Some(at), format!("{sized} has {ppi:.0} ppi, less than {least:.0}"));
            }
            let most = profile.resolution.1 * if self.bitmap { 2.0 } else { 1.0 };
            if ppi > most {
                let message = format!("{sized} has {ppi:.0} ppi, more than {most:.0}");
                findings.of_page(page, "press-resolution-high", Some(at), message);
            }
        }
        match self.space {
            Some(Space::Rgb) => findings.of_page(page, "press-rgb-picture", Some(at), format!("{sized} is in RGB")),
            Some(Space::CalibratedGrey) => {
                findings.of_page(page, "press-calibrated", Some(at), format!("{sized} is in calibrated grey"));
            }
            Some(Space::Cmyk) if !profile.colours => {
                findings.of_page(page, "press-ink", Some(at), format!("{sized} is in CMYK"));
            }
            _ => {}
        }
        if self.has_mask {
            findings.of_page(page, "press-transparency", Some(at), format!("{sized} is transparent in part"));
        }
        if self.placeholder {
            findings.of_page(page, "press-alternate", Some(at), format!("{sized} has alternates or is a placeholder"));
        }
    }
}

/// Returns whether a drawn object is a picture.
pub(super) fn is_picture(stream: &Stream) -> bool {
    stream.dict().get::<Name>("Subtype").is_some_and(|name| name.as_ref() == b"Image")
}

/// Returns whether a drawn object is PostScript.
pub(super) fn is_postscript(dict: &Dict) -> bool {
    let is = |key: &str| dict.get::<Name>(key).is_some_and(|name| name.as_ref() == b"PS");
    is("Subtype") || is("Subtype2")
}
