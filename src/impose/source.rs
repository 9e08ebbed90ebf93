//! A file whose pages are imposed.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

/// The maximum size of the content of a page, unpacked.
const MOST_CONTENT: usize = 128 << 20;
/// The maximum number of levels of the page tree.
const DEEPEST: usize = 100;

/// A file, its pages as forms.
pub(super) struct Source {
    pub file: Document,
    pub pages: Vec<Form>,
    /// Whether it is read from right to left.
    pub reads_from_right: bool,
}

/// A page as a form.
pub(super) struct Form {
    pub id: ObjectId,
    /// Width and height as read.
    pub size: [f64; 2],
}

impl Source {
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let mut file = Document::load_mem(bytes).map_err(|error| format!("it is damaged: {error}"))?;
        if file.is_encrypted() {
            return Err("it is protected by a password".to_owned());
        }
        let ids: Vec<ObjectId> = file.page_iter().collect();
        let mut pages: Vec<Form> = Vec::with_capacity(ids.len());
        for (index, id) in ids.into_iter().enumerate() {
            let first = pages.first().map(|page| page.size);
            pages.push(form(&mut file, id, first).map_err(|reason| format!("page {}: {reason}", index + 1))?);
        }
        if pages.is_empty() {
            return Err("it has no pages".to_owned());
        }
        let preferences =
            file.catalog().and_then(|it| it.get_deref(b"ViewerPreferences", &file)).and_then(Object::as_dict);
        let direction = preferences.and_then(|it| it.get(b"Direction")).and_then(Object::as_name);
        let reads_from_right = direction.is_ok_and(|name| name == b"R2L");
        Ok(Self { file, pages, reads_from_right })
    }

    /// Returns the size of the first page.
    pub fn size(&self) -> [f64; 2] {
        self.pages.first().map_or([612.0, 792.0], |page| page.size)
    }
}

/// Returns an entry of a page, which it may have from a node above it.
fn inherited<'f>(file: &'f Document, page: ObjectId, key: &[u8]) -> Option<&'f Object> {
    let mut node = file.get_dictionary(page).ok()?;
    for _ in 0..DEEPEST {
        if let Ok(value) = node.get_deref(key, file) {
            return Some(value);
        }
        node = node.get_deref(b"Parent", file).and_then(Object::as_dict).ok()?;
    }
    None
}

/// Whether a page is wider than high.
fn lies([width, height]: [f64; 2]) -> bool {
    width > height
}

fn rectangle(file: &Document, object: &Object) -> Option<[f64; 4]> {
    let side = |side: &Object| file.dereference(side).ok()?.1.as_float().ok().map(f64::from);
    let sides: Vec<f64> = object.as_array().ok()?.iter().filter_map(side).collect();
    let [a, b, c, d]: [f64; 4] = sides.try_into().ok()?;
    let rectangle = [a.min(c), b.min(d), a.max(c), b.max(d)];
    (rectangle[2] - rectangle[0] >= 1.0 && rectangle[3] - rectangle[1] >= 1.0).then_some(rectangle)
}

/// Turns a page into a form whose lower left corner is the origin, and which is not rotated. A page that lies on its side
/// in comparison with the first one stands on the sheet as that does, its head at the left.
fn form(file: &mut Document, page: ObjectId, first: Option<[f64; 2]>) -> Result<Form, String> {
    let boxes = [&b"TrimBox"[..], b"CropBox", b"MediaBox"];
    let area = boxes.iter().find_map(|name| rectangle(file, inherited(file, page, name)?)).ok_or("it has no size")?;
    let [left, bottom, right, top] = area;
    let (width, height) = (right - left, top - bottom);
    let turned = inherited(file, page, b"Rotate").and_then(|it| it.as_i64().ok()).unwrap_or_default().rem_euclid(360);
    let shown = if turned % 180 == 0 { [width, height] } else { [height, width] };
    let turned = if first.is_some_and(|first| lies(first) != lies(shown)) { (turned + 270) % 360 } else { turned };
    let (matrix, size) = match turned {
        90 => ([0.0, -1.0, 1.0, 0.0, -bottom, right], [height, width]),
        180 => ([-1.0, 0.0, 0.0, -1.0, right, top], [width, height]),
        270 => ([0.0, 1.0, -1.0, 0.0, top, -left], [height, width]),
        _ => ([1.0, 0.0, 0.0, 1.0, -left, -bottom], [width, height]),
    };
    let resources = inherited(file, page, b"Resources").cloned().unwrap_or_else(|| Dictionary::new().into());
    let group = file.get_dictionary(page).and_then(|page| page.get(b"Group")).ok().cloned();
    let content = file.get_page_content_with_limit(page, MOST_CONTENT).map_err(|error| error.to_string())?;
    let numbers = |list: &[f64]| list.iter().map(|number| Object::Real(*number as f32)).collect::<Vec<_>>();
    let mut dict = Dictionary::new();
    dict.set("Type", "XObject");
    dict.set("Subtype", "Form");
    dict.set("BBox", numbers(&area));
    dict.set("Matrix", numbers(&matrix));
    dict.set("Resources", resources);
    if let Some(group) = group {
        dict.set("Group", group);
    }
    let mut stream = Stream::new(dict, content);
    stream.compress().map_err(|error| error.to_string())?;
    Ok(Form { id: file.add_object(stream), size })
}
