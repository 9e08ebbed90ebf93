//! Style sheets of SVG files: the rules that the engine reads, matched as it matches them.

use roxmltree::{Document, Node};
use simplecss::{AttributeOperator, Declaration, DeclarationTokenizer, Element, PseudoClass, StyleSheet};

use super::allowed::property;
use super::{MOST_ELEMENTS, PLAIN, Unsound};

/// The maximum length of all style sheets, in bytes, and of a style attribute.
const LONGEST: usize = 1 << 20;
const LONGEST_INLINE: usize = 10_000;
/// The maximum number of values: at the end of each, the style parser counts the lines from the beginning.
const MOST_COUNTED: usize = 200_000_000;
/// The maximum number of values of all selectors: each selector of a rule gets its own copies.
const MOST_DECLARATIONS: usize = 200_000;
/// The maximum number of comparisons of a selector with an element or its ancestors.
const MOST_MATCHES: u64 = MATCHES * MOST_ELEMENTS;
/// The number of comparisons that cost as much as an element.
pub(super) const MATCHES: u64 = 500;
const LONGEST_SELECTOR: usize = 400;
/// Descendant selectors, such as `.a .b`: each further one is searched among all
/// ancestors.
const MOST_PARTS: usize = 2;

/// The rules of a file.
pub(super) struct Stylesheet<'x> {
    sheet: StyleSheet<'x>,
    /// The number of selectors with a second part.
    parts_more: u64,
}

impl<'x> Stylesheet<'x> {
    /// Reads the rules of all `<style>` elements of a file.
    ///
    /// # Errors
    ///
    /// Returns what in them is not supported, or would take too long.
    pub fn of(xml: &'x Document<'_>) -> Result<Self, Unsound> {
        let mut sheet = StyleSheet::new();
        let (mut length, mut declarations) = (0, 0);
        // The engine reads those of any namespace.
        for node in xml.descendants().filter(|node| node.has_tag_name("style")) {
            for text in node.descendants().filter_map(|inner| inner.text().filter(|_| inner.is_text())) {
                length += text.len();
                if length > LONGEST {
                    return Err(intricate());
                }
                let more = simple(text)?;
                if more.saturating_mul(text.len()) > MOST_COUNTED {
                    return Err(intricate());
                }
                declarations += more;
            }
            if declarations > MOST_DECLARATIONS {
                return Err(intricate());
            }
            sheet.parse_more(node.text().unwrap_or_default());
        }
        for declaration in sheet.rules.iter().flat_map(|rule| &rule.declarations) {
            property(declaration.name, declaration.value)?;
        }
        let mut parts_more = 0;
        for rule in &sheet.rules {
            let selector = rule.selector.to_string();
            let parts = selector.split_whitespace().filter(|part| ![">", "+"].contains(part)).count();
            if parts > MOST_PARTS || selector.len() > LONGEST_SELECTOR {
                return Err(intricate());
            }
            parts_more += parts as u64 - 1;
        }
        let sheet = Self { parts_more, sheet };
        let matches: u64 = xml.descendants().filter(Node::is_element).map(|node| sheet.matches(node)).sum();
        if matches > MOST_MATCHES {
            return Err(intricate());
        }
        Ok(sheet)
    }

    /// Returns the number of comparisons of selectors with an element or its ancestors.
    pub fn matches(&self, node: Node) -> u64 {
        let class = node.attribute("class").map_or(0, str::len) as u64;
        let page_one_shell = if self.parts_more > 0 { node.ancestors().count() as u64 } else { 0 };
        self.sheet.rules.len() as u64 * (1 + class / 16) + self.parts_more * page_one_shell
    }

    /// Returns the properties that a file gives an element in its style sheets and its own style.
    pub fn properties<'n>(&'n self, node: Node<'n, '_>) -> impl Iterator<Item = (&'n str, &'n str)> {
        let matching = self.sheet.rules.iter().filter(move |rule| rule.selector.matches(&Styled(node)));
        let own = DeclarationTokenizer::from(node.attribute("style").unwrap_or_default());
        let pair = |declaration: Declaration<'n>| (declaration.name, declaration.value);
        matching.flat_map(|rule| rule.declarations.iter().copied()).chain(own).map(pair)
    }
}

/// Checks that a style attribute has only supported properties.
pub(super) fn inline(text: &str) -> Result<(), Unsound> {
    simple(text)?;
    if text.len() > LONGEST_INLINE {
        return Err(intricate());
    }
    DeclarationTokenizer::from(text).try_for_each(|declaration| property(declaration.name, declaration.value))
}

/// Returns the maximum number of values that a style sheet gives to selectors; refuses ambiguous syntax.
fn simple(text: &str) -> Result<usize, Unsound> {
    let lower = text.to_ascii_lowercase();
    for unwanted in ["@import", "@font-face", "\\"] {
        if lower.contains(unwanted) {
            let reason = format!("one of its styles has “{unwanted}”, which is not supported");
            let fonts = "convert text to paths and save it as a plain SVG file";
            return Err(Unsound::new(reason, if unwanted == "@font-face" { fonts } else { PLAIN }));
        }
    }
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let quoted = bare.split(['"', '\'']).skip(1).step_by(2);
    if quoted.into_iter().any(|quoted| quoted.contains(['{', '}', ';'])) {
        return Err(intricate());
    }
    let count = |rule: &str| {
        let (selectors, values) = rule.rsplit_once('{').unwrap_or(("", rule));
        (1 + selectors.matches(',').count()) * (1 + values.matches(';').count())
    };
    Ok(bare.split('}').map(count).sum())
}

fn intricate() -> Unsound {
    Unsound::new("its styles are too complex", "save it with presentation attributes, or as a plain SVG file")
}

/// An element, in the form in which selectors match it.
struct Styled<'n, 'i>(Node<'n, 'i>);

impl Element for Styled<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(Styled)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(Styled)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator) -> bool {
        self.0.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass) -> bool {
        class == PseudoClass::FirstChild && self.prev_sibling_element().is_none()
    }
}
