//! The styles of a Word file: what a paragraph or a run inherits.

use std::collections::HashMap;

use roxmltree::Node;

use super::super::draft::Role;
use super::super::symbols::{Font, is_private};
use super::xml::{attribute, child, elements, number, toggle, value};

/// The most styles that are based on each other.
const MOST_STEPS: usize = 20;

#[derive(Default)]
pub(super) struct Styles {
    known: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

/// A style, without what it inherits.
#[derive(Default)]
pub(super) struct Style {
    pub name: String,
    based_on: Option<String>,
    pub run: RunStyle,
    pub paragraph: ParagraphStyle,
}

/// The properties of a run, where they are given.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RunStyle {
    pub italic: Option<bool>,
    pub bold: Option<bool>,
    pub underlined: Option<bool>,
    pub hidden: Option<bool>,
    pub raised: Option<bool>,
    pub lowered: Option<bool>,
    pub struck: Option<bool>,
    /// Whether all letters are printed as capitals.
    pub capitals: Option<bool>,
    /// The fonts of plain letters and of others.
    pub fonts: [Option<Font>; 2],
}

/// The properties of a paragraph, where they are given.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphStyle {
    pub list: Option<String>,
    pub level: Option<usize>,
    pub outline: Option<u8>,
    pub centred: Option<bool>,
    pub indent: Option<i32>,
}

impl RunStyle {
    /// Reads `<w:rPr>`.
    pub fn read(node: Node) -> Self {
        Self {
            italic: toggle(node, "i").or(toggle(node, "iCs").filter(|on| *on)),
            bold: toggle(node, "b").or(toggle(node, "bCs").filter(|on| *on)),
            underlined: toggle(node, "u"),
            hidden: toggle(node, "vanish"),
            raised: value(node, "vertAlign").map(|place| place == "superscript"),
            lowered: value(node, "vertAlign").map(|place| place == "subscript"),
            struck: toggle(node, "dstrike").filter(|on| *on).or(toggle(node, "strike")),
            // Of the two kinds of capitals, a run has one.
            capitals: toggle(node, "caps").or(toggle(node, "smallCaps").filter(|on| *on).map(|_| false)),
            fonts: [("ascii", "asciiTheme"), ("hAnsi", "hAnsiTheme")].map(|(name, theme)| font(node, name, theme)),
        }
    }

    /// Takes what is not given from another.
    pub fn or(self, other: Self) -> Self {
        Self {
            italic: self.italic.or(other.italic),
            bold: self.bold.or(other.bold),
            underlined: self.underlined.or(other.underlined),
            hidden: self.hidden.or(other.hidden),
            raised: self.raised.or(other.raised),
            lowered: self.lowered.or(other.lowered),
            struck: self.struck.or(other.struck),
            capitals: self.capitals.or(other.capitals),
            fonts: std::array::from_fn(|at| self.fonts[at].or(other.fonts[at])),
        }
    }

    /// Returns the font of a character.
    pub fn font(self, c: char) -> Font {
        let [plain, others] = self.fonts;
        let is_of_symbols = |font: &Font| *font != Font::Usual;
        let font = match c {
            _ if c.is_ascii() => plain,
            // Word puts the codes of symbol fonts here, whatever of the two names the font.
            _ if is_private(c) => others.filter(is_of_symbols).or(plain),
            _ => others.or(plain),
        };
        font.unwrap_or(Font::Usual)
    }
}

/// Returns the font of some letters; one of the theme comes before one that is named.
fn font(node: Node, name: &str, theme: &str) -> Option<Font> {
    let fonts = child(node, "rFonts")?;
    let of_theme = attribute(fonts, theme).map(|_| Font::Usual);
    of_theme.or_else(|| attribute(fonts, name).map(Font::of))
}

/// Returns the indentation in the properties of a paragraph, in twentieths of a point.
pub(super) fn indent(node: Node) -> Option<i32> {
    let indent = child(node, "ind")?;
    attribute(indent, "left").or(attribute(indent, "start"))?.trim().parse().ok()
}

impl ParagraphStyle {
    /// Reads `<w:pPr>`.
    pub fn read(node: Node) -> Self {
        let numbering = child(node, "numPr");
        Self {
            list: numbering.and_then(|numbering| value(numbering, "numId")).map(str::to_owned),
            level: numbering.and_then(|numbering| number(numbering, "ilvl")),
            outline: number(node, "outlineLvl"),
            centred: value(node, "jc").map(|place| place == "center"),
            indent: indent(node),
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            list: self.list.or(other.list),
            level: self.level.or(other.level),
            outline: self.outline.or(other.outline),
            centred: self.centred.or(other.centred),
            indent: self.indent.or(other.indent),
        }
    }
}

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(root: Node) -> Self {
        let mut styles = Self::default();
        for node in elements(root).filter(|node| node.tag_name().name() == "style") {
            let Some(id) = attribute(node, "styleId") else { continue };
            let is_usual = matches!(attribute(node, "default"), Some("1" | "true" | "on"));
            if is_usual && attribute(node, "type") == Some("paragraph") {
                styles.usual = Some(id.to_owned());
            }
            let style = Style {
                name: value(node, "name").unwrap_or(id).to_owned(),
                based_on: value(node, "basedOn").map(str::to_owned),
                run: child(node, "rPr").map(RunStyle::read).unwrap_or_default(),
                paragraph: child(node, "pPr").map(ParagraphStyle::read).unwrap_or_default(),
            };
            styles.known.insert(id.to_owned(), style);
        }
        styles
    }

    /// Returns a style and those that it is based on.
    pub fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let first = id.and_then(|id| self.known.get_key_value(id)).or_else(|| {
            let usual = self.usual.as_deref().filter(|_| id.is_none())?;
            self.known.get_key_value(usual)
        });
        let next = |(_, style): &(&'s String, &'s Style)| {
            style.based_on.as_deref().and_then(|id| self.known.get_key_value(id))
        };
        std::iter::successors(first, next).take(MOST_STEPS).map(|(id, style)| (id.as_str(), style))
    }

    /// Returns the properties of the runs of a style.
    pub fn run(&self, id: Option<&str>) -> RunStyle {
        self.chain(id).fold(RunStyle::default(), |run, (_, style)| run.or(style.run))
    }

    /// Returns the properties of a paragraph of a style, after its own.
    pub fn paragraph(&self, id: Option<&str>, own: ParagraphStyle) -> ParagraphStyle {
        self.chain(id).fold(own, |paragraph, (_, style)| paragraph.or(style.paragraph.clone()))
    }

    /// Returns what the name of a style, or of one that it is based on, says about a paragraph.
    pub fn role(&self, id: Option<&str>) -> Option<Role> {
        self.chain(id).find_map(|(_, style)| role(&style.name))
    }

    /// Whether a style is that of links.
    pub fn is_of_links(&self, id: Option<&str>) -> bool {
        id.is_some() && self.chain(id).any(|(_, style)| style.name.to_lowercase().contains("hyperlink"))
    }
}

/// Returns what a style is for, by its name: those of Word, which are English in files, and those of the templates
/// of the United Nations, such as “_ H _Ch_GA”.
fn role(name: &str) -> Option<Role> {
    let bare: String = name.to_lowercase().chars().filter(|c| !matches!(c, ' ' | '_' | '-')).collect();
    let level = |digits: &str| digits.parse::<u8>().ok().filter(|level| (1..=9).contains(level));
    if let Some(level) = bare.strip_prefix("heading").and_then(level) {
        return Some(Role::Heading(level));
    }
    if bare.starts_with("toc") || bare.starts_with("contents") {
        return Some(Role::Contents);
    }
    // The templates of Geneva and New York add G and GA.
    let of_template = bare.strip_prefix('j').unwrap_or(&bare);
    let of_template = of_template.strip_suffix("ga").or(of_template.strip_suffix('g')).unwrap_or(of_template);
    match of_template {
        "hm" => return Some(Role::Title),
        "hch" | "ch" => return Some(Role::Heading(1)),
        "h1" => return Some(Role::Heading(2)),
        "h2/3" | "h23" | "h2" => return Some(Role::Heading(3)),
        "h4" | "h5/6" | "h56" => return Some(Role::Heading(4)),
        _ => {}
    }
    match bare.as_str() {
        "title" | "titlehch" => Some(Role::Title),
        "quote" | "intensequote" | "quotations" | "blocktext" => Some(Role::Quote),
        "caption" | "table" | "tablecaption" => Some(Role::Caption),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_styles_say_what_they_are_for() {
        for (name, wanted) in [
            ("heading 2", Some(Role::Heading(2))),
            ("_ H _Ch_GA", Some(Role::Heading(1))),
            ("_ H __M_G", Some(Role::Title)),
            ("_ H_2/3", Some(Role::Heading(3))),
            ("J_H_1", Some(Role::Heading(2))),
            ("toc 1", Some(Role::Contents)),
            ("Title", Some(Role::Title)),
            ("Intense Quote", Some(Role::Quote)),
            ("__Single Txt", None),
            ("_ParaNo._GA", None),
            ("Header", None),
            ("Normal", None),
        ] {
            assert_eq!(role(name), wanted, "{name}");
        }
    }
}
