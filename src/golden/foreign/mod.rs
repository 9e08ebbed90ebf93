//! PDFs of other programs: their text, rules, pictures and pixels, read with hayro.

mod drawn;
mod glyphs;
mod lines;
mod parts;

use hayro::hayro_interpret::hayro_syntax::{Pdf, page::Page as PdfPage};
use hayro::hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::kurbo::{Affine, Rect};
use hayro::{RenderCache, RenderSettings};
use image::GrayImage;

use super::compare::Subject;
use super::facts::Facts;
use super::layout::{Bounds, Drawing, Layout, Line, Page, Styles, rounded};
use super::pixels::POINTS;
use crate::error::Error;
use crate::export::luminance;
use crate::pdf::{self, Refused};
use glyphs::Reader;

/// A PDF that was read.
#[derive(Debug)]
#[non_exhaustive]
pub struct Foreign {
    /// Its lines, rules and pictures. Parts are recognised by their appearance: "paragraph 4", "footnote 2".
    pub layout: Layout,
    /// Its pages in greyscale.
    pub(super) images: Vec<GrayImage>,
    /// Its metadata.
    pub facts: Facts,
}

impl Foreign {
    /// Reads a PDF file and draws its pages at `ppi` pixels per inch. Before that, `pages` receives their
    /// number.
    ///
    /// # Errors
    ///
    /// Returns a sentence with a code if the file is damaged, protected by a password or not a PDF file, or if
    /// its structure exceeds the limits for files from elsewhere.
    pub fn read(bytes: &[u8], ppi: f64, pages: impl FnOnce(usize) + Send) -> Result<Self, Error> {
        let read = |pdf: &Pdf| {
            pages(pdf.pages().len());
            pdf::check_drawing(pdf, ppi)?;
            read(pdf, ppi, Facts::of_pdf(pdf, bytes))
        };
        Ok(pdf::open(bytes, read)?)
    }
}

/// Reads what the pages of a PDF file say and where, and draws none of them. `pages` hears how many there are
/// before that.
///
/// # Errors
///
/// A sentence with a code, as of [`Foreign::read`].
pub fn read_layout(bytes: &[u8], pages: impl FnOnce(usize) + Send) -> Result<Layout, Error> {
    /// Nothing is drawn: pages may be as large as they are.
    const PPI: f64 = 1.0;
    let read = |pdf: &Pdf| {
        pages(pdf.pages().len());
        pdf::check_drawing(pdf, PPI)?;
        let settings = InterpreterSettings::default();
        let (cache, mut styles) = (InterpreterCache::new(), Styles::default());
        Ok(pdf.pages().iter().map(|page| layout(page, &cache, &settings, &mut styles)).collect())
    };
    let mut layout = Layout { pages: pdf::open(bytes, read)? };
    parts::name(&mut layout);
    Ok(layout)
}

impl Foreign {
    pub(super) fn subject(&self) -> Subject<'_> {
        Subject { prepared: None, layout: &self.layout, facts: Some(&self.facts) }
    }
}

fn read(pdf: &Pdf, ppi: f64, facts: Facts) -> Result<Foreign, Refused> {
    let settings = InterpreterSettings::default();
    let (cache, drawings) = (InterpreterCache::new(), RenderCache::new());
    let mut styles = Styles::default();
    let mut pages = Vec::new();
    let mut images = Vec::new();
    for page in pdf.pages().iter() {
        pages.push(layout(page, &cache, &settings, &mut styles));
        images.push(drawn(page, &drawings, &settings, ppi).ok_or_else(Refused::broken_down)?);
    }
    let mut layout = Layout { pages };
    parts::name(&mut layout);
    Ok(Foreign { layout, images, facts })
}

fn layout<'p>(
    page: &'p PdfPage<'p>,
    cache: &InterpreterCache<'p>,
    settings: &InterpreterSettings,
    styles: &mut Styles,
) -> Page {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let to_page = Affine::new(page.initial_transform(true).as_coeffs());
    let area = Rect::new(0.0, 0.0, width, height);
    let mut context = Context::new(to_page, area, cache, page.xref(), settings.clone());
    let mut reader = Reader::new(area);
    interpret_page(page, &mut context, &mut reader);
    let (ruled, lines): (Vec<Line>, Vec<Line>) = lines::of(reader.glyphs, styles).into_iter().partition(is_rule);
    let mut drawings = reader.drawings;
    drawings.extend(ruled.iter().map(rule));
    Page { width: rounded(width), height: rounded(height), lines, drawings: drawn::whole(drawings) }
}

/// Word's rule above footnotes is made of underscores.
fn is_rule(line: &Line) -> bool {
    line.text().trim().chars().all(|c| c == '_')
}

fn rule(line: &Line) -> Drawing {
    let thin = 0.5;
    let bounds = Bounds { x: line.left(), y: line.y, width: rounded(line.right() - line.left()), height: thin };
    Drawing { part: "".into(), bounds, picture: None, colour: None }
}

fn drawn<'p>(
    page: &'p PdfPage<'p>,
    cache: &RenderCache<'p>,
    settings: &InterpreterSettings,
    ppi: f64,
) -> Option<GrayImage> {
    let scale = (ppi / POINTS) as f32;
    let how = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let drawn = hayro::render(page, cache, settings, &how);
    let pixels = drawn.data().iter().map(|pixel| luminance([pixel.r, pixel.g, pixel.b])).collect();
    GrayImage::from_raw(drawn.width().into(), drawn.height().into(), pixels)
}
