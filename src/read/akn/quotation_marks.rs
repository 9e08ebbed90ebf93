//! Quotation marks, which quoted text in Akoma Ntoso does not include.

use roxmltree::Node as Element;

use super::Reader;
use crate::prepare::words::words;

/// Returns the marks around a quotation: those given in the file, else those of its language. Embedded
/// text of other documents has only the given ones.
pub(super) fn marks(reader: &Reader, node: Element) -> (String, String) {
    let named = |name| node.attribute(name).map(str::to_owned);
    let (start, end) = (named("startQuote"), named("endQuote"));
    let [usual_start, usual_end] = match node.tag_name().name() {
        "quotedText" | "quotedStructure" => words(reader.language).quotes.each_ref().map(String::as_str),
        _ => ["", ""],
    };
    let end = end.or_else(|| start.as_deref().map(closing)).unwrap_or_else(|| usual_end.to_owned());
    (start.unwrap_or_else(|| usual_start.to_owned()), end)
}

/// Whether the text around an element, or within it, already has quotation marks.
pub(super) fn is_marked(node: Element) -> bool {
    const MARKS: &str = "\"“”„‟«»‘’‚‹›「」『』《》";
    let text_of = |node: Option<Element>| -> String {
        let texts = node.into_iter().flat_map(|node| node.descendants().collect::<Vec<_>>());
        texts.filter(Element::is_text).filter_map(|node| node.text().map(str::to_owned)).collect()
    };
    let own = text_of(Some(node));
    let within = own.trim_start().starts_with(|c| MARKS.contains(c)) && own.trim_end().ends_with(|c| MARKS.contains(c));
    let before = text_of(node.prev_sibling()).trim_end().ends_with(|c| MARKS.contains(c));
    let after = text_of(node.next_sibling()).trim_start().starts_with(|c| MARKS.contains(c));
    within || (before && after)
}

/// Returns the mark that closes what `start` opens.
fn closing(start: &str) -> String {
    start
        .chars()
        .rev()
        .map(|c| match c {
            '“' | '„' => '”',
            '”' => '“',
            '‘' | '‚' => '’',
            '«' => '»',
            '‹' => '›',
            '「' => '」',
            '『' => '』',
            '《' => '》',
            '(' => ')',
            '[' => ']',
            c => c,
        })
        .collect()
}
