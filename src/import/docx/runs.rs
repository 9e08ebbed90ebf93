//! The runs of a paragraph: text with its styles, links, changes and notes.

use roxmltree::Node;

use super::super::Changes;
use super::super::symbols::{Font, PRIVATE};
use super::Reader;
use super::notes::KINDS;
use super::styles::RunStyle;
use super::xml::{attribute, child, elements, text_of, value};
use crate::check::is_embedding;
use crate::model::{Change, Inline};
use crate::percent::without_brackets;

/// What surrounds a run.
#[derive(Clone, Default)]
pub(super) struct Around {
    /// The style of the paragraph.
    pub style: RunStyle,
    pub change: Option<Change>,
    pub address: Option<String>,
}

/// The content of a paragraph.
#[derive(Default)]
pub(super) struct Line<'a, 'i> {
    pub pieces: Vec<Inline>,
    /// The text boxes that are anchored in it.
    pub boxes: Vec<Node<'a, 'i>>,
    pub pictures: usize,
    /// Text that is not printed.
    pub hidden: String,
    /// Text in drawings.
    pub drawn: Vec<String>,
    /// Whether text stands below the line, which no page shows.
    pub is_lowered: bool,
    /// Whether a character has no code but that of its symbol font.
    pub is_symbolic: bool,
}

impl Reader {
    /// Reads what is in a paragraph or in a wrapper of runs.
    pub(super) fn runs<'a, 'i>(&mut self, node: Node<'a, 'i>, around: &Around, line: &mut Line<'a, 'i>) {
        for part in elements(node) {
            match part.tag_name().name() {
                "r" => self.run(part, around, line),
                "ins" | "moveTo" => self.changed(part, Change::Inserted, around, line),
                "del" | "moveFrom" => self.changed(part, Change::Struck, around, line),
                "hyperlink" => {
                    let target = attribute(part, "id").and_then(|id| self.links.get(id));
                    let target = target.map(|target| addressed(target));
                    let within = Around { address: target.or(around.address.clone()), ..around.clone() };
                    self.runs(part, &within, line);
                }
                "AlternateContent" => alternative(part).into_iter().for_each(|node| self.runs(node, around, line)),
                // Formulas have runs of their own, whose text is that of runs.
                "t" => {
                    let text = shown(&text_of(part), RunStyle::default(), line);
                    self.text(&text, RunStyle::default(), around, line);
                }
                name if name.ends_with("Pr") => {}
                _ => self.runs(part, around, line),
            }
        }
    }

    /// Reads runs that were inserted or deleted.
    fn changed<'a, 'i>(&mut self, node: Node<'a, 'i>, change: Change, around: &Around, line: &mut Line<'a, 'i>) {
        match self.changes {
            Changes::Accept if change == Change::Struck => {}
            Changes::Accept => self.runs(node, around, line),
            // What was inserted and then deleted is deleted.
            Changes::Keep => {
                let change = around.change.filter(|outer| *outer == Change::Struck).unwrap_or(change);
                self.runs(node, &Around { change: Some(change), ..around.clone() }, line);
            }
        }
    }

    fn run<'a, 'i>(&mut self, node: Node<'a, 'i>, around: &Around, line: &mut Line<'a, 'i>) {
        let properties = child(node, "rPr");
        let own = properties.map(RunStyle::read).unwrap_or_default();
        let name = properties.and_then(|properties| value(properties, "rStyle"));
        let mut style = own;
        if name.is_some() {
            style = style.or(self.styles.run(name));
        }
        style = style.or(around.style);
        if around.address.is_some() || self.styles.is_of_links(name) {
            style.underlined = own.underlined.filter(|_| own.italic == Some(true));
        }
        let mut custom = None;
        self.run_parts(node, style, around, &mut custom, line);
    }

    fn run_parts<'a, 'i>(
        &mut self,
        node: Node<'a, 'i>,
        style: RunStyle,
        around: &Around,
        custom: &mut Option<(&'static super::notes::Kind, String)>,
        line: &mut Line<'a, 'i>,
    ) {
        for part in elements(node) {
            let text = match part.tag_name().name() {
                // A deleted run was left out before, unless changes are kept.
                "t" | "delText" => shown(&text_of(part), style, line),
                "tab" | "ptab" => "\t".to_owned(),
                "br" | "cr" => "\n".to_owned(),
                "noBreakHyphen" => "\u{2011}".to_owned(),
                "softHyphen" => "\u{ad}".to_owned(),
                "sym" => symbol(part, style, line).map(String::from).unwrap_or_default(),
                "commentReference" => {
                    self.comments += 1;
                    continue;
                }
                "instrText" | "delInstrText" | "fldChar" | "footnoteRef" | "endnoteRef" | "annotationRef" => continue,
                "drawing" | "pict" | "object" => {
                    let before = (line.boxes.len(), line.drawn.len());
                    boxes(part, line);
                    let is_picture = |node: Node| matches!(node.tag_name().name(), "blip" | "imagedata" | "OLEObject");
                    // Charts and diagrams have their words in other parts of the file.
                    let is_empty = (line.boxes.len(), line.drawn.len()) == before;
                    line.pictures += usize::from(is_empty || part.descendants().any(is_picture));
                    continue;
                }
                "AlternateContent" => {
                    if let Some(node) = alternative(part) {
                        self.run_parts(node, style, around, custom, line);
                    }
                    continue;
                }
                name => {
                    if let Some(kind) = KINDS.iter().find(|kind| kind.reference == name) {
                        let id = attribute(part, "id").unwrap_or_default().to_owned();
                        if matches!(attribute(part, "customMarkFollows"), Some("1" | "true" | "on")) {
                            *custom = Some((kind, id));
                        } else {
                            let mark = self.notes.refer(kind, id, None);
                            line.pieces.push(Inline::note(mark).with_change(around.change));
                        }
                    } else if !name.ends_with("Pr") {
                        self.run_parts(part, style, around, custom, line);
                    }
                    continue;
                }
            };
            match custom.take().filter(|_| !text.trim().is_empty()) {
                // The mark of the note is typed after its reference.
                Some((kind, id)) => {
                    let mark = self.notes.refer(kind, id, Some(text.trim()));
                    line.pieces.push(Inline::note(mark).with_change(around.change));
                }
                None => self.text(&text, style, around, line),
            }
        }
        if let Some((kind, id)) = custom.take() {
            let mark = self.notes.refer(kind, id, None);
            line.pieces.push(Inline::note(mark).with_change(around.change));
        }
    }

    /// Adds text, without characters that override its direction, which pages must not have. What is underlined in
    /// a typescript is italic in print.
    fn text(&self, text: &str, style: RunStyle, around: &Around, line: &mut Line) {
        if style.hidden == Some(true) {
            line.hidden += text;
            return;
        }
        line.is_lowered |= style.lowered == Some(true) && !text.trim().is_empty();
        // What is struck by hand is deleted, as in tracked changes that are kept.
        let struck = style.struck.filter(|struck| *struck).map(|_| Change::Struck);
        line.pieces.push(Inline::Text {
            text: text.chars().filter(|c| !is_embedding(*c)).collect(),
            italic: style.italic.unwrap_or_default() || style.underlined.unwrap_or_default(),
            bold: style.bold.unwrap_or_default(),
            raised: style.raised.unwrap_or_default(),
            change: struck.or(around.change),
            address: around.address.clone(),
        });
    }
}

/// Returns the content of which a program that knows it shows the first, and others the last.
pub(super) fn alternative<'a, 'i>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    child(node, "Choice").or_else(|| child(node, "Fallback"))
}

/// Collects the text boxes in a drawing, without those for older programs, and the words that are drawn.
fn boxes<'a, 'i>(node: Node<'a, 'i>, line: &mut Line<'a, 'i>) {
    for part in elements(node) {
        match part.tag_name().name() {
            "txbxContent" => line.boxes.push(part),
            "t" => line.drawn.push(text_of(part)),
            "textpath" => line.drawn.extend(attribute(part, "string").map(str::to_owned)),
            "AlternateContent" => alternative(part).into_iter().for_each(|node| boxes(node, line)),
            _ => boxes(part, line),
        }
    }
}

/// Returns an address without characters that end it in a text.
fn addressed(target: &str) -> String {
    without_brackets(&target.trim().replace(' ', "%20"))
}

/// Returns text as Word shows it: in capitals, and with the characters of its font.
fn shown(text: &str, style: RunStyle, line: &mut Line) -> String {
    let is_capital = style.capitals == Some(true);
    let shown = |c: char| {
        let c = if is_capital { capital(c) } else { c };
        style.font(c).shown(c).unwrap_or_else(|| {
            line.is_symbolic = true;
            c
        })
    };
    text.chars().map(shown).collect()
}

/// Returns a letter as a capital, if that is one letter: Word leaves ß.
fn capital(c: char) -> char {
    let mut letters = c.to_uppercase();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter,
        _ => c,
    }
}

/// Returns the character of `<w:sym>`, whose font may be that of its run.
fn symbol(node: Node, style: RunStyle, line: &mut Line) -> Option<char> {
    let code = u32::from_str_radix(attribute(node, "char")?, 16).ok()?;
    let font = attribute(node, "font").map(Font::of);
    let is_of_symbols = font.is_some_and(|font| font != Font::Usual);
    // Some programs leave out where the codes of symbol fonts begin.
    let c = char::from_u32(if is_of_symbols && code < 0x100 { code + PRIVATE } else { code })?;
    let shown = font.unwrap_or_else(|| style.font(c)).shown(c);
    line.is_symbolic |= shown.is_none();
    Some(shown.unwrap_or(c))
}
