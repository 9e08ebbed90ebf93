//! Colours of the engine's file: its calibrated greys become plain black ink, and its colours stay, or become greys.
//!
//! The engine writes every colour in one of two ICC-based spaces, which resources, pictures and gradients share.

use std::collections::{BTreeSet, HashSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::options::Ink;

const GREY: &[u8] = b"DeviceGray";

/// Converts the colours of a file, to be printed with a number of inks.
///
/// # Errors
///
/// Returns a sentence if the file is not one of the engine.
pub(super) fn convert(file: &mut Document, ink: Ink, inks: i64) -> Result<(), String> {
    let greys = spaces(file, 1);
    let colours = spaces(file, 3);
    blend(file, &colours, if inks == 1 { GREY } else { b"DeviceCMYK" });
    match ink {
        Ink::Black if !colours.is_empty() => Greying { colours: &colours, done: HashSet::new() }.everything(file)?,
        _ => {}
    }
    let device = || Object::Name(GREY.to_vec());
    for id in greys.into_iter().chain(colours.into_iter().filter(|_| ink == Ink::Black)) {
        file.objects.insert(id, device());
    }
    Ok(())
}

/// Sets the space in which transparent objects are blended to that of the press: in another, black ink would become
/// a mix of inks.
fn blend(file: &mut Document, colours: &BTreeSet<ObjectId>, space: &[u8]) {
    let dicts = file.objects.values_mut().filter_map(|object| match object {
        Object::Stream(stream) => Some(&mut stream.dict),
        Object::Dictionary(dict) => Some(dict),
        _ => None,
    });
    for dict in dicts {
        let Ok(Object::Dictionary(group)) = dict.get_mut(b"Group") else { continue };
        if group.get(b"CS").and_then(Object::as_reference).is_ok_and(|id| colours.contains(&id)) {
            group.set("CS", Object::Name(space.to_vec()));
        }
    }
}

/// Returns the ICC-based colour spaces with that number of components.
fn spaces(file: &Document, components: i64) -> BTreeSet<ObjectId> {
    let based = |object: &Object| {
        let [Object::Name(name), profile] = object.as_array().ok()?.as_slice() else { return None };
        let stream = file.get_object(profile.as_reference().ok()?).ok()?.as_stream().ok()?;
        let count = stream.dict.get(b"N").and_then(Object::as_i64).ok()?;
        (name == b"ICCBased").then_some(count)
    };
    file.objects.iter().filter(|(_, object)| based(object) == Some(components)).map(|(id, _)| *id).collect()
}

struct Greying<'c> {
    colours: &'c BTreeSet<ObjectId>,
    /// The content streams and functions that were converted.
    done: HashSet<ObjectId>,
}

impl Greying<'_> {
    fn everything(&mut self, file: &mut Document) -> Result<(), String> {
        let ids: Vec<ObjectId> = file.objects.keys().copied().collect();
        for id in ids {
            let Ok(object) = file.get_object(id) else { continue };
            match object {
                Object::Stream(stream) if self.is_coloured(&stream.dict) => {
                    let stream = grey_picture(stream)?;
                    file.objects.insert(id, Object::Stream(stream));
                }
                Object::Dictionary(dict) if dict.has(b"ShadingType") && self.is_coloured(dict) => {
                    let function = dict.get(b"Function").and_then(Object::as_reference);
                    self.function(file, function.map_err(|_| "a gradient has no function")?)?;
                }
                Object::Stream(stream) => {
                    let names = self.names(file, &stream.dict);
                    self.content(file, id, &names)?;
                }
                Object::Dictionary(dict) if dict.has_type(b"Page") => {
                    let names = self.names(file, dict);
                    for content in file.get_page_contents(id) {
                        self.content(file, content, &names)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn is_coloured(&self, dict: &Dictionary) -> bool {
        let space = dict.get(b"ColorSpace").and_then(Object::as_reference);
        space.is_ok_and(|space| self.colours.contains(&space))
    }

    /// Returns the names of the coloured spaces in the resources of a page or form.
    fn names(&self, file: &Document, dict: &Dictionary) -> Vec<Vec<u8>> {
        let resources = dict.get_deref(b"Resources", file).and_then(Object::as_dict);
        let spaces = resources.and_then(|it| it.get_deref(b"ColorSpace", file)).and_then(Object::as_dict);
        let of = |(name, space): (&Vec<u8>, &Object)| {
            space.as_reference().is_ok_and(|space| self.colours.contains(&space)).then(|| name.clone())
        };
        spaces.map(|spaces| spaces.iter().filter_map(of).collect()).unwrap_or_default()
    }

    fn content(&mut self, file: &mut Document, id: ObjectId, names: &[Vec<u8>]) -> Result<(), String> {
        if names.is_empty() || !self.done.insert(id) {
            return Ok(());
        }
        let stream = file.get_object_mut(id).and_then(Object::as_stream_mut).map_err(unlike)?;
        let mut content = Content::decode(&stream.get_plain_content().map_err(unlike)?).map_err(unlike)?;
        // Whether the spaces for fills and for strokes are coloured.
        let mut now = (false, false);
        let mut saved = Vec::new();
        for operation in &mut content.operations {
            let named = || operation.operands.first().and_then(|name| name.as_name().ok());
            let is_coloured = || named().is_some_and(|name| names.iter().any(|known| known == name));
            match operation.operator.as_str() {
                "q" => saved.push(now),
                "Q" => now = saved.pop().unwrap_or_default(),
                "cs" => now.0 = is_coloured(),
                "CS" => now.1 = is_coloured(),
                "scn" | "sc" if now.0 => grey_numbers(&mut operation.operands)?,
                "SCN" | "SC" if now.1 => grey_numbers(&mut operation.operands)?,
                _ => {}
            }
        }
        *stream = repacked(stream, content.encode().map_err(unlike)?)?;
        Ok(())
    }

    /// Converts what a gradient's function returns.
    fn function(&mut self, file: &mut Document, id: ObjectId) -> Result<(), String> {
        if !self.done.insert(id) {
            return Ok(());
        }
        let dict = file.get_object_mut(id).and_then(Object::as_dict_mut).map_err(unlike)?;
        for end in [b"C0", b"C1"] {
            if let Ok(Object::Array(colour)) = dict.get_mut(end) {
                grey_numbers(colour)?;
            }
        }
        if let Ok(Object::Array(range)) = dict.get_mut(b"Range") {
            range.truncate(2);
        }
        let parts = dict.get(b"Functions").and_then(Object::as_array).cloned().unwrap_or_default();
        for part in parts {
            self.function(file, part.as_reference().map_err(unlike)?)?;
        }
        Ok(())
    }
}

fn unlike(_: lopdf::Error) -> String {
    "the engine wrote colours in an unknown form".to_owned()
}

/// Replaces red, green and blue by their luminance (ITU-R BT.601).
fn grey_numbers(colour: &mut Vec<Object>) -> Result<(), String> {
    let numbers: Result<Vec<f32>, _> = colour.iter().map(Object::as_float).collect();
    let numbers = numbers.map_err(unlike)?;
    let [red, green, blue] = numbers[..] else { return Err("a colour has not three components".to_owned()) };
    *colour = vec![Object::Real(0.299 * red + 0.587 * green + 0.114 * blue)];
    Ok(())
}

/// Returns a picture of three channels, of 8 or 16 bits, as a grey one.
fn grey_picture(stream: &Stream) -> Result<Stream, String> {
    let data = stream.get_plain_content().map_err(unlike)?;
    let wide = stream.dict.get(b"BitsPerComponent").and_then(Object::as_i64).is_ok_and(|bits| bits == 16);
    let pixel = if wide { 6 } else { 3 };
    // The upper bytes are enough for print.
    let upper = |pixel: &[u8]| if wide { [pixel[0], pixel[2], pixel[4]] } else { [pixel[0], pixel[1], pixel[2]] };
    let grey = data.chunks_exact(pixel).map(|pixel| crate::export::luminance(upper(pixel))).collect();
    let mut picture = repacked(stream, grey)?;
    picture.dict.set("ColorSpace", Object::Name(GREY.to_vec()));
    picture.dict.set("BitsPerComponent", 8);
    Ok(picture)
}

/// Returns a stream with other data.
fn repacked(stream: &Stream, data: Vec<u8>) -> Result<Stream, String> {
    let mut dict = stream.dict.clone();
    dict.remove(b"Filter");
    dict.remove(b"DecodeParms");
    let mut stream = Stream::new(dict, data);
    stream.compress().map_err(unlike)?;
    Ok(stream)
}
