//! Colour spaces, by what they mean for the press.

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;

/// A colour space.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Space {
    /// Black ink.
    Grey,
    /// Grey of a defined appearance.
    CalibratedGrey,
    /// Red, green and blue, or a colour of a defined appearance.
    Rgb,
    Cmyk,
    /// Named inks, one for each component; process inks have their usual names.
    Inks(Vec<String>),
    Pattern,
}

/// The maximum nesting: an indexed space of separations.
const DEEPEST: usize = 4;

impl Space {
    pub fn of_name(name: &Name, resources: &Resources) -> Option<Self> {
        match device(name) {
            Some(space) => Some(space),
            None => Self::of_object(&resources.get_color_space(name)?, resources, DEEPEST),
        }
    }

    pub fn of(object: &Object, resources: &Resources) -> Option<Self> {
        Self::of_object(object, resources, DEEPEST)
    }

    fn of_object(object: &Object, resources: &Resources, deepest: usize) -> Option<Self> {
        let deeper = deepest.checked_sub(1)?;
        let list = match object {
            Object::Name(name) => {
                return device(name).or_else(|| Self::of_object(&resources.get_color_space(name)?, resources, deeper));
            }
            Object::Array(list) => list,
            _ => return None,
        };
        let mut entries = list.iter::<Object>();
        let family = entries.next()?.into_name()?;
        match family.as_ref() {
            b"ICCBased" => {
                let profile: Stream = entries.next()?.into_stream()?;
                match profile.dict().get::<i32>("N")? {
                    1 => Some(Self::CalibratedGrey),
                    3 => Some(Self::Rgb),
                    _ => Some(Self::Cmyk),
                }
            }
            b"CalGray" => Some(Self::CalibratedGrey),
            b"CalRGB" | b"Lab" => Some(Self::Rgb),
            b"Indexed" | b"I" => Self::of_object(&entries.next()?, resources, deeper),
            b"Separation" => Some(Self::Inks(vec![entries.next()?.into_name()?.as_str().to_owned()])),
            b"DeviceN" => {
                let names: Array = entries.next()?.into_array()?;
                Some(Self::Inks(names.iter::<Name>().map(|name| name.as_str().to_owned()).collect()))
            }
            b"Pattern" => Some(Self::Pattern),
            _ => device(&family),
        }
    }

    /// Returns its name for people.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::CalibratedGrey => "calibrated grey",
            Self::Rgb => "RGB",
            Self::Cmyk => "CMYK",
            Self::Inks(_) => "spot",
            Self::Pattern => "pattern",
        }
    }

    /// Returns the values at the beginning: black in most spaces.
    pub fn beginning(&self) -> Vec<f64> {
        match self {
            Self::Grey | Self::CalibratedGrey => vec![0.0],
            Self::Rgb => vec![0.0; 3],
            Self::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
            Self::Inks(names) => vec![1.0; names.len()],
            Self::Pattern => Vec::new(),
        }
    }
}

fn device(name: &Name) -> Option<Space> {
    match name.as_ref() {
        b"DeviceGray" | b"G" => Some(Space::Grey),
        b"CalGray" => Some(Space::CalibratedGrey),
        b"DeviceRGB" | b"RGB" | b"CalRGB" => Some(Space::Rgb),
        b"DeviceCMYK" | b"CMYK" => Some(Space::Cmyk),
        b"Pattern" => Some(Space::Pattern),
        _ => None,
    }
}

/// A colour.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Colour {
    pub space: Space,
    pub values: Vec<f64>,
}

impl Colour {
    pub fn black() -> Self {
        Self { values: Space::Grey.beginning(), space: Space::Grey }
    }

    /// Returns the amount of each ink, from 0 to 1. Colours that are not inks have none here.
    pub fn inks(&self) -> Vec<(String, f64)> {
        const PROCESS: [&str; 4] = ["cyan", "magenta", "yellow", "black"];
        let value = |index: usize| self.values.get(index).copied().unwrap_or_default();
        match &self.space {
            Space::Grey | Space::CalibratedGrey => vec![("black".to_owned(), 1.0 - value(0))],
            Space::Cmyk => PROCESS.iter().enumerate().map(|(index, name)| ((*name).to_owned(), value(index))).collect(),
            Space::Inks(names) => names.iter().enumerate().map(|(index, name)| (plate(name), value(index))).collect(),
            Space::Rgb | Space::Pattern => Vec::new(),
        }
    }

    pub fn is_white(&self) -> bool {
        match self.space {
            Space::Rgb => self.values.iter().all(|value| *value > 0.999),
            Space::Pattern => false,
            _ => self.inks().iter().all(|(_, amount)| *amount < 0.001),
        }
    }
}

/// Returns the plate of a named ink.
pub(super) fn plate(name: &str) -> String {
    match name {
        "Cyan" | "Magenta" | "Yellow" | "Black" => name.to_lowercase(),
        other => other.to_owned(),
    }
}

/// Returns whether an ink has a plate of its own, apart from the four process inks.
pub(super) fn is_spot(ink: &str) -> bool {
    !matches!(ink, "cyan" | "magenta" | "yellow" | "black" | "All" | "None")
}

/// Returns the colour space of a shading.
pub(super) fn of_shading(shading: &Object, resources: &Resources) -> Option<Space> {
    let dict: Dict = match shading {
        Object::Dict(dict) => dict.clone(),
        Object::Stream(stream) => stream.dict().clone(),
        _ => return None,
    };
    Space::of(&dict.get::<Object>("ColorSpace")?, resources)
}
