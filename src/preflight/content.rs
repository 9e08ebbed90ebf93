//! Follows the operators of a page, through its forms and patterns.

use std::collections::HashMap;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::colour::{Colour, Space};
use super::fonts::Font;
use super::paint::{Painter, Path};
use super::pictures::{is_picture, is_postscript};
use super::state::{IDENTITY, Matrix, State, moved, product, scales};
use crate::pdf::numbers;

/// The maximum nesting of forms.
const DEEPEST: usize = 30;
/// How often a form is followed on a page: further uses show nothing new but other sizes.
const MOST_USES: usize = 20;

/// A walk through a page.
pub(super) struct Walk<'w> {
    painter: Painter<'w>,
    uses: HashMap<ObjectIdentifier, usize>,
}

impl<'w> Walk<'w> {
    pub fn new(painter: Painter<'w>) -> Self {
        Self { painter, uses: HashMap::new() }
    }

    /// Returns what was painted.
    pub fn painter(self) -> Painter<'w> {
        self.painter
    }

    pub fn page(&mut self, page: &Page) {
        if let Some(content) = page.page_stream() {
            self.content(content, page.resources(), State::new(IDENTITY), 0);
        }
        if let Some(group) = page.raw().get::<Dict>("Group")
            && group.get::<Object>("CS").and_then(|space| Space::of(&space, page.resources())) == Some(Space::Rgb)
            && self.painter.has("press-transparency")
        {
            self.painter.found("press-transparency", None, "transparency is blended in RGB");
        }
        if !self.painter.painted {
            self.painter.found("press-blank", None, "the page is blank");
        }
    }

    fn content(&mut self, content: &[u8], resources: &Resources, mut state: State, depth: usize) {
        let mut saved: Vec<State> = Vec::new();
        let mut path = Path::default();
        let (mut text, mut line) = (IDENTITY, IDENTITY);
        let mut leading = 0.0;
        let mut operators = UntypedIter::new(content);
        while let Some(instruction) = operators.next() {
            let operator: Vec<u8> = instruction.operator.to_vec();
            let operands: Vec<Object> = instruction.operands().cloned().collect();
            let numbers = numbers(&operands);
            let number = |index: usize| numbers.get(index).copied().unwrap_or_default();
            let name = operands.iter().find_map(|operand| match operand {
                Object::Name(name) => Some(name),
                _ => None,
            });
            match operator.as_slice() {
                b"q" => saved.push(state.clone()),
                b"Q" => state = saved.pop().unwrap_or(state),
                b"cm" => {
                    if let Some(matrix) = matrix(&numbers) {
                        state.matrix = product(matrix, state.matrix);
                    }
                }
                b"w" => state.line_width = number(0),
                b"gs" => {
                    if let Some(settings) = name.and_then(|name| resources.get_ext_g_state(name)) {
                        self.painter.settings(&settings, &mut state);
                    }
                }
                b"g" => state.fill = Colour { space: Space::Grey, values: numbers },
                b"G" => state.stroke = Colour { space: Space::Grey, values: numbers },
                b"rg" => state.fill = Colour { space: Space::Rgb, values: numbers },
                b"RG" => state.stroke = Colour { space: Space::Rgb, values: numbers },
                b"k" => state.fill = Colour { space: Space::Cmyk, values: numbers },
                b"K" => state.stroke = Colour { space: Space::Cmyk, values: numbers },
                b"cs" | b"CS" => {
                    if let Some(space) = name.and_then(|name| Space::of_name(name, resources)) {
                        let colour = Colour { values: space.beginning(), space };
                        if operator == b"cs" { state.fill = colour } else { state.stroke = colour }
                    }
                }
                b"sc" | b"scn" | b"SC" | b"SCN" => {
                    if let Some(Object::Stream(pattern)) = name.and_then(|name| resources.get_pattern(name)) {
                        self.form(&pattern, resources, &state, depth);
                    } else if let Some(Object::Dict(pattern)) = name.and_then(|name| resources.get_pattern(name))
                        && let Some(shading) = pattern.get::<Object>("Shading")
                    {
                        self.painter.shading(&shading, resources, &state);
                    }
                    let colour = if operator[0] == b's' { &mut state.fill } else { &mut state.stroke };
                    colour.values = numbers;
                }
                b"m" => path.point(moved([number(0), number(1)], state.matrix)),
                b"l" | b"c" | b"v" | b"y" => path.mixed = true,
                b"re" => {
                    path.point(moved([number(0), number(1)], state.matrix));
                    let [x, y] = scales(state.matrix);
                    let side = (number(2).abs() * x).min(number(3).abs() * y);
                    path.thin = Some(path.thin.map_or(side, |thin| thin.min(side)));
                }
                b"f" | b"F" | b"f*" => self.painter.filled(&std::mem::take(&mut path), &state),
                b"S" | b"s" => self.painter.stroked(&std::mem::take(&mut path), &state),
                b"B" | b"B*" | b"b" | b"b*" => {
                    let path = std::mem::take(&mut path);
                    self.painter.filled(&Path { thin: None, ..path }, &state);
                    self.painter.stroked(&path, &state);
                }
                b"n" => path = Path::default(),
                b"sh" => {
                    if let Some(shading) = name.and_then(|name| resources.get_shading(name)) {
                        self.painter.shading(&shading, resources, &state);
                    }
                }
                b"BT" => (text, line) = (IDENTITY, IDENTITY),
                b"Tm" => {
                    if let Some(matrix) = matrix(&numbers) {
                        (text, line) = (matrix, matrix);
                    }
                }
                b"Td" | b"TD" => {
                    if operator == b"TD" {
                        leading = -number(1);
                    }
                    line = product([1.0, 0.0, 0.0, 1.0, number(0), number(1)], line);
                    text = line;
                }
                b"TL" => leading = number(0),
                b"T*" => {
                    line = product([1.0, 0.0, 0.0, 1.0, 0.0, -leading], line);
                    text = line;
                }
                b"Tr" => state.mode = number(0) as i64,
                b"Tf" => {
                    state.font_size = number(0);
                    state.font = name.and_then(|name| resources.get_font(name)).map(|font| Font::of(&font));
                }
                b"Tj" | b"TJ" | b"'" | b"\"" => {
                    if matches!(operator.as_slice(), b"'" | b"\"") {
                        line = product([1.0, 0.0, 0.0, 1.0, 0.0, -leading], line);
                        text = line;
                    }
                    if !operands.iter().all(is_blank) {
                        self.painter.text(product(text, state.matrix), &state);
                    }
                }
                b"Do" => {
                    if let Some(object) = name.and_then(|name| resources.get_x_object(name)) {
                        self.drawn(&object, resources, &state, depth);
                    }
                }
                b"BI" => {
                    if let Some(Object::Stream(picture)) = operands.first() {
                        self.painter.picture(picture, resources, &state);
                    }
                }
                _ => {}
            }
        }
    }

    fn drawn(&mut self, object: &Stream, resources: &Resources, state: &State, depth: usize) {
        if is_postscript(object.dict()) {
            self.painter.found("press-postscript", None, "the page has PostScript");
        } else if is_picture(object) {
            self.painter.picture(object, resources, state);
        } else {
            if object.dict().contains_key("OPI") {
                self.painter.found("press-alternate", None, "a form is a placeholder");
            }
            self.form(object, resources, state, depth);
        }
    }

    fn form(&mut self, form: &Stream, resources: &Resources, state: &State, depth: usize) {
        let uses = self.uses.entry(form.obj_id()).or_default();
        *uses += 1;
        if *uses > MOST_USES || depth >= DEEPEST {
            return;
        }
        let Ok(content) = form.decoded() else { return };
        let own = form.dict().get::<Dict>("Resources").unwrap_or_default();
        let numbers: Vec<f64> =
            form.dict().get::<Array>("Matrix").map(|list| list.iter::<f64>().collect()).unwrap_or_default();
        let matrix = product(matrix(&numbers).unwrap_or(IDENTITY), state.matrix);
        let state = State { matrix, ..state.clone() };
        self.content(&content, &Resources::from_parent(own, resources.clone()), state, depth + 1);
    }
}

/// Returns whether an operand shows nothing but spaces, which need no ink: as characters, or as the third glyph of a
/// font, which is its space by convention.
fn is_blank(operand: &Object) -> bool {
    match operand {
        Object::String(text) => {
            let bytes = text.as_bytes();
            bytes.iter().all(|byte| *byte == b' ')
                || bytes.len() % 2 == 0 && bytes.chunks(2).all(|glyph| glyph == [0, 3])
        }
        Object::Array(list) => list.iter::<Object>().all(|part| is_blank(&part)),
        _ => true,
    }
}

fn matrix(numbers: &[f64]) -> Option<Matrix> {
    numbers.try_into().ok().filter(|matrix: &Matrix| matrix.iter().all(|number| number.is_finite()))
}
