//! Checks the lines, areas, fonts and pictures with which a page is painted.

use std::collections::BTreeSet;

use hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;

use super::colour::{Colour, Space, of_shading};
use super::findings::Findings;
use super::inks::What;
use super::pictures::Picture;
use super::profile::Profile;
use super::state::{Matrix, State, moved, scale};

/// Rounding of programs that write widths.
const TOLERANCE: f64 = 0.005;

/// What is known about a page so far.
pub(super) struct Painter<'p> {
    page: usize,
    corner: [f64; 2],
    pub(super) profile: &'p Profile,
    findings: &'p mut Findings,
    pub(super) inks: BTreeSet<String>,
    pub(super) spaces: BTreeSet<&'static str>,
    /// Whether anything was painted.
    pub painted: bool,
}

/// The path under construction.
#[derive(Default)]
pub(super) struct Path {
    pub start: Option<[f64; 2]>,
    /// The least side of its rectangles, if it has nothing else.
    pub thin: Option<f64>,
    pub mixed: bool,
}

impl<'p> Painter<'p> {
    pub fn new(page: usize, corner: [f64; 2], profile: &'p Profile, findings: &'p mut Findings) -> Self {
        let (inks, spaces) = Default::default();
        Self { page, corner, profile, findings, inks, spaces, painted: false }
    }

    /// Returns the inks and the colour spaces of the page.
    pub fn used(self) -> (BTreeSet<String>, BTreeSet<&'static str>) {
        (self.inks, self.spaces)
    }

    /// Returns whether something with that code was found.
    pub fn has(&self, code: &str) -> bool {
        self.findings.has(code)
    }

    pub fn found(&mut self, code: &'static str, at: Option<[f64; 2]>, message: impl Into<String>) {
        let at = at.map(|[x, y]| [x - self.corner[0], y - self.corner[1]]);
        self.findings.of_page(self.page, code, at, message);
    }

    /// Applies a graphics state dictionary.
    pub fn settings(&mut self, settings: &Dict, state: &mut State) {
        if let Some(width) = settings.get::<f64>("LW") {
            state.line_width = width;
        }
        if let Some(strokes) = settings.get::<bool>("OP") {
            state.stroke_overprint = strokes;
            state.fill_overprint = strokes;
        }
        if let Some(fills) = settings.get::<bool>("op") {
            state.fill_overprint = fills;
        }
        let alpha = ["CA", "ca"].into_iter().filter_map(|key| settings.get::<f64>(key)).fold(1.0, f64::min);
        if alpha < 1.0 {
            self.found("press-transparency", None, "an object is transparent");
        }
        if let Some(mode) = settings.get::<Name>("BM")
            && !matches!(mode.as_ref(), b"Normal" | b"Compatible")
        {
            self.found("press-transparency", None, format!("objects are blended ({})", mode.as_str()));
        }
        // What a mask is made of is not printed.
        if settings.get::<Dict>("SMask").is_some() {
            self.found("press-transparency", None, "an object has a soft mask");
        }
        let is_own = |key: &str| match settings.get::<Object>(key) {
            None => false,
            Some(Object::Name(name)) => !matches!(name.as_ref(), b"Identity" | b"Default"),
            Some(Object::Null(_)) => false,
            Some(_) => true,
        };
        if is_own("TR") || is_own("TR2") {
            self.found("press-transfer", None, "a graphics state has a transfer function");
        }
        if is_own("HT") {
            self.found("press-transfer", None, "a graphics state has a halftone");
        }
    }

    pub fn picture(&mut self, stream: &Stream, resources: &Resources, state: &State) {
        let picture = Picture::of(stream, resources);
        let at = moved([0.0, 0.0], state.matrix);
        match &picture.space {
            Some(space) => {
                self.uses_space(space);
                if matches!(space, Space::Cmyk | Space::Rgb) {
                    self.uses_process_inks();
                }
                if let Space::Inks(names) = space {
                    self.spots(names, at);
                }
            }
            None => self.paints(What::Area, &state.fill, state.fill_overprint, at),
        }
        self.painted = true;
        let at = [at[0] - self.corner[0], at[1] - self.corner[1]];
        picture.check(self.page, at, state.matrix, self.profile, self.findings);
    }

    pub fn shading(&mut self, shading: &Object, resources: &Resources, state: &State) {
        self.painted = true;
        let at = moved([0.0, 0.0], state.matrix);
        let Some(space) = of_shading(shading, resources) else { return };
        let values = space.beginning();
        match space {
            Space::Cmyk => {
                self.uses_space(&space);
                self.uses_process_inks();
                if !self.profile.colours {
                    self.found("press-ink", Some(at), "a gradient is in CMYK");
                }
            }
            space => self.paints(What::Area, &Colour { space, values }, false, at),
        }
    }

    pub fn filled(&mut self, path: &Path, state: &State) {
        let Some(at) = path.start else { return };
        if let Some(thin) = path.thin.filter(|_| !path.mixed)
            && thin < self.profile.hairline - TOLERANCE
            && !state.fill.is_white()
        {
            self.hairline(thin, at);
        }
        self.paints(What::Area, &state.fill, state.fill_overprint, at);
    }

    pub fn stroked(&mut self, path: &Path, state: &State) {
        let Some(at) = path.start else { return };
        let width = state.line_width * scale(state.matrix);
        if width < self.profile.hairline - TOLERANCE && !state.stroke.is_white() {
            self.hairline(width, at);
        }
        self.paints(What::Line, &state.stroke, state.stroke_overprint, at);
    }

    fn hairline(&mut self, width: f64, at: [f64; 2]) {
        let least = self.profile.hairline;
        self.found("press-hairline", Some(at), format!("a line of {width:.2} pt is thinner than {least:.2} pt"));
    }

    pub fn text(&mut self, matrix: Matrix, state: &State) {
        // Invisible text, such as that of scans, is not printed.
        const INVISIBLE: [i64; 2] = [3, 7];
        if INVISIBLE.contains(&state.mode) {
            return;
        }
        let at = moved([0.0, 0.0], matrix);
        if let Some(font) = &state.font {
            if font.is_type_3 {
                self.found("press-type3", Some(at), format!("the font {} is of Type 3", font.name));
            } else if !font.is_embedded {
                self.found("press-font", Some(at), format!("the font {} is not embedded", font.name));
            }
            let size = state.font_size.abs() * scale(matrix);
            if size > 0.0 && size < self.profile.smallest_type && !font.is_type_3 {
                let least = self.profile.smallest_type;
                self.found("press-small-type", Some(at), format!("type of {size:.1} pt is smaller than {least:.1} pt"));
            }
        }
        if !matches!(state.mode, 1 | 5) {
            self.paints(What::Text, &state.fill, state.fill_overprint, at);
        }
        if matches!(state.mode, 1 | 2 | 5 | 6) {
            self.paints(What::Line, &state.stroke, state.stroke_overprint, at);
        }
    }
}

impl Path {
    pub fn point(&mut self, at: [f64; 2]) {
        self.start.get_or_insert(at);
    }
}
