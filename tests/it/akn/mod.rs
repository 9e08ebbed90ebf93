//! What a genuine AKN4UN file says of its document, and the lines that it prints.

use crate::genuine;
use masthead::model::{Date, Language};
use roxmltree::{Document, Node};

/// One file.
pub struct File {
    pub language: Language,
    pub symbol: String,
    pub decision: bool,
    /// When the document was adopted.
    pub adopted: Option<Date>,
    /// When it was published.
    pub published: Option<Date>,
    /// The meeting, as it is printed.
    pub meeting: String,
    pub session: Option<u32>,
    /// The kinds of line and what is printed.
    pub lines: Vec<(&'static str, String)>,
    /// The numbers of paragraphs and labels of sub-paragraphs.
    pub numbers: Vec<String>,
    /// The paragraphs, each with the addresses to which it links.
    pub linked: Vec<(String, Vec<String>)>,
}

impl File {
    /// The first line of a kind.
    pub fn line(&self, kind: &str) -> Option<&str> {
        self.lines.iter().find(|(of, _)| *of == kind).map(|(_, text)| text.as_str())
    }
}

/// Every file.
pub fn files() -> Vec<File> {
    genuine::files(&["akn"], &[".xml"]).iter().map(|path| file(&std::fs::read_to_string(path).unwrap())).collect()
}

fn file(xml: &str) -> File {
    let document = Document::parse(xml).unwrap();
    let root = document.root_element();
    let all = |name: &'static str| root.descendants().filter(move |node| node.tag_name().name() == name);
    let language = match all("FRBRlanguage").next().and_then(|node| node.attribute("language")) {
        Some("ara") => Language::Ar,
        Some("zho") => Language::Zh,
        Some("fra") => Language::Fr,
        Some("deu") => Language::De,
        Some("rus") => Language::Ru,
        Some("spa") => Language::Es,
        _ => Language::En,
    };
    let dated = |name: &str| {
        let of_name = |node: &Node| node.attribute("name") == Some(name);
        all("FRBRdate").find(of_name).and_then(|node| node.attribute("date")?.parse().ok())
    };
    let session = all("session").next();
    let lines: Vec<_> = root.descendants().filter_map(|node| Some((kind(node)?, text(node)))).collect();
    let meetings = all("inline").filter(|node| node.attribute("name") == Some("adoptionMeeting"));
    let counted = |node: &Node| node.parent().is_some_and(|of| ["paragraph", "point"].contains(&of.tag_name().name()));
    let numbers = all("num").filter(counted);
    File {
        language,
        symbol: lines.iter().find(|(kind, _)| *kind == "symbol").map(|(_, text)| text.clone()).unwrap(),
        decision: all("statement").next().and_then(|node| node.attribute("name")) == Some("decision"),
        adopted: dated("adoption"),
        published: dated("publication"),
        meeting: meetings.map(text).find(|meeting| !meeting.is_empty()).unwrap_or_default(),
        session: session.and_then(|node| node.attribute("value")?.parse().ok()),
        lines,
        numbers: numbers.map(text).collect(),
        linked: all("p").filter(running).map(|node| (own_text(node), addresses(node))).collect(),
    }
}

/// The kind of line that an element is.
fn kind(node: Node) -> Option<&'static str> {
    let within = |name: &str| node.ancestors().any(|ancestor| ancestor.tag_name().name() == name);
    let refers = node.attribute("refersTo");
    match (node.tag_name().name(), refers, node.attribute("name")) {
        ("docNumber", Some("#symbol"), _) => Some("symbol"),
        ("docAuthority", Some("#publisher"), _) => Some("name"),
        ("docAuthority", Some("#issuingBody"), _) => Some("organ"),
        ("docStatus", ..) => Some("distribution"),
        ("docDate", Some("#dateOfIssuance"), _) => Some("date of issue"),
        ("session", ..) => Some("session"),
        ("inline", _, Some("agenda item")) => Some("agenda item"),
        ("docTitle", None, _) => Some("adopted by"),
        ("docTitle", Some("#resolutionNumber"), _) => Some("resolution"),
        ("docTitle", Some("#adoption"), _) => Some("adopted at"),
        ("docNumber", ..) if within("preface") && refers != Some("#letter") => Some("number"),
        ("docDate", Some("#adoptionDate"), _) if within("conclusions") => Some("closing date"),
        ("docProponent", Some(committee), _) if committee.ends_with("thCommittee") => Some("committee"),
        ("docProponent", Some("#firstCommittee" | "#secondCommittee" | "#thirdCommittee"), _) => Some("committee"),
        _ => None,
    }
}

/// The text of an element, with one common space where it has spaces.
fn text(node: Node) -> String {
    let whole: String = node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    plain(&whole)
}

/// Whether a paragraph is one of running text.
fn running(node: &Node) -> bool {
    node.ancestors().any(|ancestor| ["preamble", "mainBody"].contains(&ancestor.tag_name().name()))
}

/// The text of a paragraph without that of its notes.
fn own_text(node: Node) -> String {
    let own = node.descendants().filter(|part| part.is_text() && paragraph(*part) == Some(node));
    own.filter_map(|part| part.text()).collect()
}

/// The addresses to which a paragraph links, each once where a link is in pieces.
fn addresses(node: Node) -> Vec<String> {
    let links = node.descendants().filter(|part| part.tag_name().name() == "a" && paragraph(*part) == Some(node));
    let mut addresses: Vec<String> = links.filter_map(|link| link.attribute("href").map(str::to_owned)).collect();
    addresses.dedup();
    addresses
}

/// The paragraph in which a node stands.
fn paragraph<'a, 'i>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    node.ancestors().find(|ancestor| ancestor.tag_name().name() == "p")
}

/// A text with one common space where it has spaces, and with the common hyphen.
pub fn plain(text: &str) -> String {
    text.replace('\u{2011}', "-").split_whitespace().collect::<Vec<_>>().join(" ")
}
