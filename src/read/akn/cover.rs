//! Reads the header fields from the identification, the cover page, the preface and the
//! conclusions of a statement. What masthead would print in the same words is not repeated; if
//! the source words it differently, it is kept as written.

use roxmltree::Node as Element;

use super::adoption::{conclusions, number_of, preface, title};
use super::characters::same_name;
use super::extensions::is;
use super::pieces::{followed, split};
use super::{Noted, Reader, bare, elements, field, kinds, named, opening, plain, said, symbols, text, worded};
use crate::model::fields::header;
use crate::model::limits::is_job_number;
use crate::model::symbol::{Organ, Series, Sitting, Symbol};
use crate::model::{Date, Distribution, Document, Inline, Kind, Language, Text};
use crate::prepare::words::{Words, official_body, organs, words};
use crate::read::tree::{Field, Node, Value};

/// The facts that the other fields depend on.
pub(super) struct Facts {
    pub kind: Kind,
    /// The organ that acts.
    pub organ: Organ,
    /// The known names under which it is issued.
    pub organs: Vec<String>,
    /// The body named above the session.
    pub body: Option<&'static str>,
    pub words: &'static Words,
    /// The date of adoption in words.
    pub adopted: String,
    /// How many texts it has under one number; 0 if it is a single text.
    pub parts: usize,
}

/// Reads the fields of a statement, or of a collection of the given documents.
pub(super) fn fields(reader: &mut Reader, statement: Element, parts: &[Element]) -> Vec<Field> {
    let mut fields = Vec::new();
    let whole = if parts.is_empty() { statement } else { statement.document().root_element() };
    let (at, language) = language(reader, whole);
    fields.push(said("language", at, language.code()));
    let named_kind = std::iter::once(&statement).chain(parts).find_map(|node| kinds::named(*node));
    let symbols = symbols::symbols(reader, statement, named_kind);
    reader.symbols = symbols.iter().map(|(_, symbol)| symbol.clone()).collect();
    let first = reader.symbols.first().cloned();
    let adoption = std::iter::once(&statement).chain(parts).find_map(|node| kinds::adoption(*node));
    let kind = kinds::kind(reader, statement, (named_kind, adoption.is_some()), first.as_ref());
    reader.kind = kind;
    fields.push(said("kind", opening(statement), kind.name()));
    match &symbols[..] {
        [] => {}
        [(at, symbol)] => fields.push(said("symbol", at.clone(), symbol.printed())),
        [(at, _), ..] => {
            let nodes = symbols.iter().map(|(at, symbol)| Node::text(symbol.printed(), at.clone())).collect();
            fields.push(field("symbol", at.clone(), Value::List(nodes)));
        }
    }
    let words = words(language);
    reader.language = language;
    let adopted = adoption.filter(|_| kind.is_adopted());
    let day = adopted.and_then(date_of);
    let in_words = day.map(|date| words.date_in_words(date)).unwrap_or_default();
    if let Some(node) = adopted {
        kinds::settle_adoption(reader, statement, node);
        fields.push(said("adopted", opening(node), day.map(String::from).unwrap_or_default()));
    }
    let organ = first.as_ref().map_or(Organ::GeneralAssembly, Symbol::acting);
    let known = Document { language, symbol: reader.symbols.clone(), ..Document::default() };
    let known = organs(&known).into_iter().flatten();
    let above = first.as_ref().and_then(|symbol| official_body(symbol, language));
    let facts =
        Facts { kind, organ, organs: known.collect(), body: above, words, adopted: in_words, parts: parts.len() };
    if let Some(node) = named(whole, "docketNumber").next() {
        job(reader, node, &mut fields);
    }
    for part in elements(statement) {
        match part.tag_name().name() {
            "coverPage" => elements(part).for_each(|line| cover(reader, line, &facts, &mut fields)),
            "preface" => elements(part).for_each(|line| preface(reader, line, &facts, &mut fields)),
            "conclusions" => conclusions(reader, part, &facts, &mut fields),
            _ => {}
        }
    }
    if let Some((at, symbol)) = symbols.into_iter().next()
        && matches!(symbol.series, Series::Resolution | Series::Decision)
        && kind.is_adopted()
        && fields.iter().all(|field| field.key != "number")
    {
        let symbol = if parts.is_empty() { symbol.text() } else { symbol.without_letters() };
        fields.push(said("number", at, number_of(symbol)));
    }
    fields
}

/// A language of each script.
pub(crate) const OF_SCRIPT: [Language; 4] = [Language::En, Language::Ru, Language::Zh, Language::Ar];

/// Counts the letters of each of these scripts.
pub(crate) fn letters_of_scripts<'t>(texts: impl Iterator<Item = &'t str>) -> [usize; OF_SCRIPT.len()] {
    let mut letters = [0; OF_SCRIPT.len()];
    for c in texts.flat_map(str::chars) {
        match c {
            'a'..='z' => letters[0] += 1,
            '\u{400}'..='\u{4ff}' => letters[1] += 1,
            // A Chinese word has one or two characters.
            '\u{4e00}'..='\u{9fff}' => letters[2] += 3,
            '\u{600}'..='\u{6ff}' => letters[3] += 1,
            _ => {}
        }
    }
    letters
}

/// Returns the declared language of the file, if the text is in its script; else the language of its
/// script.
fn language(reader: &mut Reader, statement: Element) -> (std::ops::Range<usize>, Language) {
    /// How many letters of another script show that a file is written in it.
    const CLEARLY: usize = 200;
    let said = named(statement, "FRBRlanguage").find_map(|node| {
        let code = node.attribute("language")?;
        LANGUAGES.iter().find(|(three, _)| *three == code).map(|(_, language)| (node, *language))
    });
    let texts = statement.descendants().filter_map(|node| node.text().filter(|_| node.is_text()));
    let letters = letters_of_scripts(texts);
    let most = (0..letters.len()).max_by_key(|script| letters[*script]).unwrap_or_default();
    let Some((node, language)) = said else {
        let language = OF_SCRIPT[most];
        reader.not_understood(statement, &format!("no known language is named, and “{}” is assumed", language.code()));
        return (opening(statement), language);
    };
    let script = OF_SCRIPT.iter().position(|other| *other == language).unwrap_or_default();
    if !reader.exact && most != script && letters[most] > CLEARLY + 3 * letters[script] {
        let (said, found) = (language.code(), OF_SCRIPT[most].code());
        let message = format!(
            "the file gives its language as “{said}”, but its text is in the script of “{found}”, which is used"
        );
        reader.settle(node, message, "correct the language");
        return (opening(node), OF_SCRIPT[most]);
    }
    (opening(node), language)
}

/// Returns a language by its ISO 639-3 code.
pub(crate) const LANGUAGES: [(&str, Language); Language::ALL.len()] = [
    ("ara", Language::Ar),
    ("zho", Language::Zh),
    ("eng", Language::En),
    ("fra", Language::Fr),
    ("rus", Language::Ru),
    ("spa", Language::Es),
    ("deu", Language::De),
    ("por", Language::Pt),
    ("ita", Language::It),
];

/// Returns the date of an element, if it is a valid one.
pub(super) fn date_of(node: Element) -> Option<Date> {
    node.attribute("date")?.parse().ok().filter(|day: &Date| day.year() != 1)
}

/// Reads "24-14711 (E)" and, after it, the date of the job, such as 010224.
fn job(reader: &mut Reader, node: Element, fields: &mut Vec<Field>) {
    let text = plain(node);
    let (number, rest) = text.split_once(' ').unwrap_or((&text, ""));
    if !is_job_number(number) {
        if text.contains(char::is_alphanumeric) {
            reader.not_understood(node, "its job number is left out");
        }
        return;
    }
    fields.push(said("job", node.range(), number));
    let day = rest.rsplit(' ').next().unwrap_or_default();
    if day.len() == 6 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        let day = format!("20{}-{}-{}", &day[4..], &day[2..4], &day[..2]);
        fields.extend(day.parse().ok().map(|day: Date| said("job_date", node.range(), day)));
    }
}

/// Reads the sponsors, with the marks next to their names.
fn sponsors(reader: &mut Reader, line: Element, fields: &mut Vec<Field>) {
    reader.says_all(line);
    let mut names: Vec<Node> = Vec::new();
    for node in elements(line) {
        let mark = match node.tag_name().name() {
            "docProponent" => {
                names.push(reader.text(node));
                continue;
            }
            "authorialNote" => match reader.note(node) {
                Noted::Mark(mark) => Some(mark),
                _ => None,
            },
            "noteRef" => reader.mark_of(node),
            _ => None,
        };
        if let (Some(mark), Some(Node { value: Value::Text(name), .. })) = (mark, names.last_mut()) {
            *name = followed(std::mem::take(name), vec![Inline::note(mark)]);
        }
    }
    fields.push(field("sponsors", line.range(), Value::List(names)));
}

/// Reads a line of the cover page. Elements worded differently from the printed page, and text
/// next to them, stay unclaimed and so are kept as a separate line (unclaimed_text.rs).
fn cover(reader: &mut Reader, line: Element, facts: &Facts, fields: &mut Vec<Field>) {
    if is(line, &header::sponsors) {
        return sponsors(reader, line, fields);
    }
    let whole = |above: &Element| ["docTitle", "docProponent"].contains(&above.tag_name().name());
    for node in line.descendants().filter(Element::is_element) {
        if node.ancestors().skip(1).take_while(|above| *above != line).any(|above| whole(&above)) {
            continue;
        }
        if let Some(field) = header::ALL.iter().find(|field| field.xml.is_some_and(|tag| tag.whole) && is(node, field))
        {
            fields.push(worded(field.name, node.range(), text::of(reader, [node])));
            continue;
        }
        let refers = node.attribute("refersTo").unwrap_or_default();
        match node.tag_name().name() {
            "docAuthority" => {
                let organs = facts.organs.iter().map(String::as_str);
                let expected = std::iter::once(facts.words.publisher.as_str()).chain(organs);
                let same = expected.chain(facts.body).any(|expected| same_name(expected, &plain(node)));
                says_if(reader, node, same);
                if !same && is(node, &header::organ) && facts.organ == Organ::Other {
                    fields.push(said("organ", node.range(), reader.plain(node)));
                } else if !same && let Some(other) = other_organ(&plain(node), facts.words) {
                    reader.says_all(node);
                    let message = format!(
                        "the cover page names the {other}, but the symbol belongs to another organ, which is printed"
                    );
                    reader.settle(node, message, "correct the name, or the symbol");
                }
            }
            "docStatus" => {
                let which = refers.trim_start_matches('#').trim_end_matches("Distribution");
                let written = plain(node);
                let is_it = |status: &Distribution| match which {
                    "" => same_name(facts.words.distribution(*status), &written),
                    _ => status.name() == which,
                };
                let general = (which.is_empty() && written.is_empty()).then_some(Distribution::General);
                if let Some(status) = Distribution::ALL.into_iter().find(is_it).or(general) {
                    fields.push(said("distribution", node.range(), status.name()));
                    says_if(reader, node, same_name(facts.words.distribution(status), &written));
                }
            }
            "docDate" if is(node, &header::adopted) => says_if(reader, node, same(&facts.adopted, &plain(node))),
            "docDate" => {
                if let Some(day) = date_of(node) {
                    fields.push(said("date", node.range(), day));
                    says_if(reader, node, same_name(&facts.words.issued(day), &plain(node)));
                }
            }
            "session" => session(reader, node, facts, fields),
            "inline" => inline(reader, node, facts, fields),
            "docTitle" => title(reader, node, refers, facts, fields),
            // One of several names in a line, which stays in its order.
            "docProponent" if !reader.exact && node.parent().is_some_and(|line| plain(line) != plain(node)) => {}
            "docProponent" => {
                let words = text::of(reader, [node]);
                if words.written().starts_with("\\[") && words.written().ends_with("\\]") {
                    let (_, origin) = split(&words, "[".len());
                    let (origin, _) = split(&origin, origin.plain().len() - "]".len());
                    fields.push(worded("adopted_note", node.range(), origin));
                } else if facts.body == Some(words.written()) {
                    reader.says_all(node);
                } else {
                    fields.push(worded("body_name", node.range(), words));
                }
            }
            _ => {}
        }
    }
}

/// Returns the name if it is that of a principal organ.
fn other_organ<'w>(name: &str, words: &'w Words) -> Option<&'w str> {
    Organ::ALL.into_iter().map(|organ| words.organ(organ)).find(|organ| same_name(organ, name))
}

/// Claims an element if the page prints it.
pub(super) fn says_if(reader: &mut Reader, node: Element, is_said: bool) {
    if is_said {
        reader.says_all(node);
    }
}

/// Reads the session as its number, if masthead's wording is the same.
fn session(reader: &mut Reader, node: Element, facts: &Facts, fields: &mut Vec<Field>) {
    let text = text::of(reader, [node]);
    let number =
        node.attribute("value").and_then(|value| value.parse().ok()).filter(|number| (1..1000).contains(number));
    let expected = number.map(|number| facts.words.sitting(Sitting::Session(number)));
    let value = match number {
        Some(number) if expected.as_deref() == Some(text.written()) => Value::Number(number.to_string()),
        _ => Value::Text(text),
    };
    fields.push(field("session", node.range(), value));
}

fn inline(reader: &mut Reader, node: Element, facts: &Facts, fields: &mut Vec<Field>) {
    match node.attribute("name").unwrap_or_default() {
        "agenda item" => {
            let said_there = text::of(reader, [node]);
            let item = node
                .attribute("title")
                .or_else(|| bare::item_of(facts.words, said_there.written()))
                .unwrap_or_default();
            let expected = facts.words.agenda_line(item);
            let same = same(&expected, said_there.written()) && item.starts_with(|c: char| c.is_ascii_digit());
            fields.push(worded("agenda_item", node.range(), if same { Text::verbatim(item) } else { said_there }));
        }
        // The title of the item; for a decision, the heading it is filed under.
        "agenda item name" | "decision type" => {
            let line = Node::inline(text::of(reader, [node]), node.range());
            add_line(fields, line);
        }
        "original language" => {
            reader.says_all(node);
            let codes = node.attribute("title").unwrap_or_default().split(' ');
            let codes = codes.map(|code| Node::text(code, node.range())).collect();
            fields.push(field("original", node.range(), Value::List(codes)));
        }
        "language" => {
            let expected = facts.words.language_line(reader.language);
            says_if(reader, node, same_name(&expected, &plain(node)));
        }
        _ => {}
    }
}

/// Adds a line under the agenda item.
pub(super) fn add_line(fields: &mut Vec<Field>, line: Node) {
    match fields.iter_mut().find(|field| field.key == "agenda_title") {
        Some(Field { node: Node { value: Value::List(lines), .. }, .. }) => lines.push(line),
        _ => fields.push(field("agenda_title", line.span.clone(), Value::List(vec![line]))),
    }
}

/// Whether two texts are equal apart from the kind of their spaces.
pub(super) fn same(a: &str, b: &str) -> bool {
    let words = |text: &str| {
        text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    words(a) == words(b)
}
