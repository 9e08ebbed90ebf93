//! Elements of XML and how they are written.

use crate::model::fields::Field;
use crate::read::NAMESPACE;

/// The namespace of Akoma Ntoso.
const AKN: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// The namespace of the UN's profile.
const AKN4UN: &str = "http://un.org/akn4un";

/// The prefix of masthead's extensions.
const OURS: &str = "masthead:";

/// An element with its attributes and content.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Child>,
}

/// The content of an element.
#[derive(Debug, Clone)]
pub(super) enum Child {
    Text(String),
    Element(Element),
}

impl Element {
    pub fn new(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    /// Creates the element that contains a field; a field that has none is written in masthead's own.
    pub fn of<T>(field: &Field<T>) -> Self {
        match field.xml {
            Some(tag) => Self::new(tag.element).marked(field),
            None => Self::new("masthead:field").with("name", field.name),
        }
    }

    /// Adds the attribute that distinguishes the element of a field from others of the same name.
    pub fn marked<T>(self, field: &Field<T>) -> Self {
        match field.xml.and_then(|tag| tag.attribute) {
            Some((name, value)) => self.with(name, value),
            None => self,
        }
    }

    /// Adds an attribute.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// Adds an attribute if there is a value.
    pub fn with_some(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Appends an element.
    pub fn holding(mut self, element: Self) -> Self {
        self.children.push(Child::Element(element));
        self
    }

    /// Appends several children.
    pub fn holding_all<C: Into<Child>>(mut self, children: impl IntoIterator<Item = C>) -> Self {
        self.children.extend(children.into_iter().map(Into::into));
        self
    }

    /// Appends an element in place.
    pub fn push(&mut self, element: Self) {
        self.children.push(Child::Element(element));
    }

    /// Appends text.
    pub fn saying(mut self, text: impl Into<String>) -> Self {
        self.children.push(Child::Text(text.into()));
        self
    }

    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }

    pub fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    /// Returns the file with this root element; the namespaces that occur are declared.
    pub fn document(mut self) -> String {
        self.attributes.insert(0, ("xmlns", AKN.into()));
        for (prefix, name, space) in [("akn4un:", "xmlns:akn4un", AKN4UN), (OURS, "xmlns:masthead", NAMESPACE)] {
            if self.has(prefix) {
                self.attributes.push((name, space.into()));
            }
        }
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(0, &mut out);
        out.push('\n');
        out
    }

    /// Returns the element alone, as a separate file.
    pub fn fragment(self) -> String {
        let root = self.with("xmlns", AKN).with("xmlns:masthead", NAMESPACE);
        let mut out = String::new();
        root.write(0, &mut out);
        out
    }

    fn has(&self, prefix: &str) -> bool {
        let named = self.name.starts_with(prefix) || self.attributes.iter().any(|(name, _)| name.starts_with(prefix));
        named || self.children.iter().any(|child| matches!(child, Child::Element(inner) if inner.has(prefix)))
    }

    /// Elements are put on lines of their own, but not within text, where a line end would be a space.
    fn write(&self, depth: usize, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\"{}\"", escaped(value, true)));
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        let flowing = self.flows();
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(&escaped(text, false)),
                Child::Element(inner) => {
                    if !flowing {
                        new_line(depth + 1, out);
                    }
                    inner.write(depth + 1, out);
                }
            }
        }
        if !flowing {
            new_line(depth, out);
        }
        out.push_str(&format!("</{}>", self.name));
    }

    /// Whether its content is a line of text.
    fn flows(&self) -> bool {
        const LINES: [&str; 22] = [
            "p",
            "span",
            "a",
            "sup",
            "inline",
            "heading",
            "subheading",
            "num",
            "listIntroduction",
            "caption",
            "docTitle",
            "docNumber",
            "docProponent",
            "docStatus",
            "docDate",
            "docType",
            "docAuthority",
            "session",
            "authorialNote",
            "noteRef",
            "organization",
            "docketNumber",
        ];
        LINES.contains(&self.name) || self.children.iter().any(|child| matches!(child, Child::Text(_)))
    }
}

impl From<Element> for Child {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

fn new_line(depth: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

/// Escapes text for XML. Characters that XML cannot express are left out:
/// where one matters, the exact text is given in an attribute.
pub(crate) fn escaped(text: &str, attribute: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out
}
