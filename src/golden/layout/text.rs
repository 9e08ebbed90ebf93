//! A layout as text: the form of a reference, for people and for `diff`.
//!
//! Styles come first, each with a letter. Then every page with its parts in brackets; a line has
//! its baseline and its spans, each with its style, its start and end, and its words:
//!
//! ```text
//! masthead layout 1
//!
//! a: Masthead Serif 103, 10 pt, tracking 0.18
//!
//! page 1: 612 x 792
//! [upper rule]
//! rule 59.80 64.80 492.50 x 0.48
//! [operative paragraph 1]
//! 345.60 a 147.10-156.20 "1." a 170.90-487.80 "Requests the Secretary-General "
//! ```

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use super::{Bounds, Drawing, Layout, Line, Page, Span, Style};

use crate::error::Error;

const HEAD: &str = "masthead layout 1";

impl Layout {
    /// Returns the number of pages of a layout in a file; `None` if it is not one.
    pub(in crate::golden) fn pages_in(file: &Path) -> Option<usize> {
        let text = fs::read_to_string(file).ok()?;
        let mut lines = text.lines();
        (lines.next()? == HEAD).then(|| lines.filter(|line| line.starts_with("page ")).count())
    }

    /// Returns the layout as text.
    pub fn to_text(&self) -> String {
        let mut letters: Vec<String> = Vec::new();
        let mut body = String::new();
        for (index, page) in self.pages.iter().enumerate() {
            let _ = writeln!(body, "\npage {}: {} x {}", index + 1, page.width, page.height);
            let mut part: Option<&Arc<str>> = None;
            for drawing in &page.drawings {
                enter(&mut part, &drawing.part, &mut body);
                write_drawing(drawing, &mut body);
            }
            for line in &page.lines {
                enter(&mut part, &line.part, &mut body);
                let _ = write!(body, "{:.2}", line.y);
                for span in &line.spans {
                    write_span(span, &mut letters, &mut body);
                }
                body.push('\n');
            }
        }
        let styles = letters.iter().enumerate().fold(String::new(), |mut styles, (index, style)| {
            let _ = writeln!(styles, "{}: {style}", letter(index));
            styles
        });
        format!("{HEAD}\n\n{styles}{body}")
    }
}

/// Writes the name of the part of the next item if it changes.
fn enter<'l>(part: &mut Option<&'l Arc<str>>, of: &'l Arc<str>, body: &mut String) {
    if part.replace(of) != Some(of) {
        let _ = writeln!(body, "[{of}]");
    }
}

fn write_drawing(drawing: &Drawing, body: &mut String) {
    let Bounds { x, y, width, height } = drawing.bounds;
    let what = if drawing.picture.is_some() { "picture" } else { "rule" };
    let _ = write!(body, "{what} {x:.2} {y:.2} {width:.2} x {height:.2}");
    for more in drawing.picture.iter().chain(&drawing.colour) {
        let _ = write!(body, " {more}");
    }
    body.push('\n');
}

fn write_span(span: &Span, letters: &mut Vec<String>, body: &mut String) {
    let style = span.style.to_string();
    let index = letters.iter().position(|known| *known == style).unwrap_or_else(|| {
        letters.push(style);
        letters.len() - 1
    });
    let _ = write!(body, " {} {:.2}-{:.2}", letter(index), span.left, span.right);
    if span.rise != 0.0 {
        let _ = write!(body, " ^{:.2}", span.rise);
    }
    let _ = write!(body, " {}", serde_json::Value::from(span.text.as_str()));
}

/// a, b, …, z, a1, b1, …
fn letter(index: usize) -> String {
    const LETTERS: usize = 26;
    let first = char::from(b'a' + (index % LETTERS) as u8);
    match index / LETTERS {
        0 => first.to_string(),
        round => format!("{first}{round}"),
    }
}

impl FromStr for Layout {
    type Err = Error;

    /// Reads a layout back.
    ///
    /// # Errors
    ///
    /// Returns the number and text of the first line that is not a line of a layout.
    fn from_str(text: &str) -> Result<Self, Error> {
        let mut lines = text.lines().enumerate();
        if lines.next().is_none_or(|(_, head)| head != HEAD) {
            return Err(Error::value(format!("the file does not begin with “{HEAD}”")));
        }
        let mut reader = Reader::default();
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let wrong = || Error::value(format!("line {} is not a line of a layout: {line}", index + 1));
            reader.line(line).ok_or_else(wrong)?;
        }
        Ok(Self { pages: reader.pages })
    }
}

#[derive(Default)]
struct Reader {
    styles: BTreeMap<String, Arc<Style>>,
    pages: Vec<Page>,
    part: Arc<str>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Option<()> {
        if let Some(page) = line.strip_prefix("page ") {
            let (width, height) = page.split_once(": ")?.1.split_once(" x ")?;
            let (width, height) = (width.parse().ok()?, height.parse().ok()?);
            self.pages.push(Page { width, height, lines: Vec::new(), drawings: Vec::new() });
            self.part = Arc::default();
        } else if let Some(part) = line.strip_prefix('[') {
            self.part = part.strip_suffix(']')?.into();
        } else if let Some(rule) = line.strip_prefix("rule ") {
            let (bounds, colour) = bounds(rule)?;
            self.drawing(Drawing { part: self.part.clone(), bounds, picture: None, colour })?;
        } else if let Some(picture) = line.strip_prefix("picture ") {
            let (bounds, digest) = bounds(picture)?;
            let picture = Some(digest.unwrap_or_default());
            self.drawing(Drawing { part: self.part.clone(), bounds, picture, colour: None })?;
        } else if line.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            let (y, mut rest) = line.split_once(' ')?;
            let mut spans = Vec::new();
            while !rest.is_empty() {
                let (span, more) = self.span(rest)?;
                spans.push(span);
                rest = more.trim_start_matches(' ');
            }
            let line = Line { part: self.part.clone(), y: y.parse().ok()?, spans };
            self.pages.last_mut()?.lines.push(line);
        } else {
            let (letter, style) = line.split_once(": ")?;
            self.styles.insert(letter.to_owned(), Arc::new(style_of(style)?));
        }
        Some(())
    }

    fn drawing(&mut self, drawing: Drawing) -> Option<()> {
        self.pages.last_mut()?.drawings.push(drawing);
        Some(())
    }

    fn span<'t>(&self, text: &'t str) -> Option<(Span, &'t str)> {
        let (letter, rest) = text.split_once(' ')?;
        let (places, rest) = rest.split_once(" \"")?;
        let (places, rise) = places.split_once(" ^").unwrap_or((places, "0"));
        // Either may be below 0.
        let dash = places.char_indices().skip(1).find(|(_, c)| *c == '-')?.0;
        let (left, right) = (places[..dash].parse().ok()?, places[dash + 1..].parse().ok()?);
        let rest = &text[text.len() - rest.len() - 1..];
        let mut words = serde_json::Deserializer::from_str(rest).into_iter::<String>();
        let said = words.next()?.ok()?;
        let style = self.styles.get(letter)?.clone();
        Some((Span { left, right, rise: rise.parse().ok()?, style, text: said }, &rest[words.byte_offset()..]))
    }
}

/// Reads a rectangle, and returns the text after it.
fn bounds(text: &str) -> Option<(Bounds, Option<String>)> {
    let mut words = text.split(' ');
    let mut number = || words.next().and_then(|word| word.parse::<f64>().ok());
    let (x, y, width) = (number()?, number()?, number()?);
    words.next().filter(|by| *by == "x")?;
    let height = words.next()?.parse().ok()?;
    Some((Bounds { x, y, width, height }, words.next().map(str::to_owned)))
}

fn style_of(text: &str) -> Option<Style> {
    let at = text.find(" pt")?;
    let (face, size) = text[..at].rsplit_once(", ")?;
    let mut style = Style {
        face: face.to_owned(),
        size: size.parse().ok()?,
        bold: false,
        italic: false,
        colour: None,
        tracking: None,
    };
    for word in text[at + " pt".len()..].split(", ").filter(|word| !word.is_empty()) {
        match word.strip_prefix("tracking ") {
            Some(tracking) => style.tracking = Some(tracking.parse().ok()?),
            None if word == "bold" => style.bold = true,
            None if word == "italic" => style.italic = true,
            None => style.colour = Some(word.to_owned()),
        }
    }
    Some(style)
}
