//! docs/model.md out of the schema, the table of printed fields, the writers and the findings.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use masthead::check::explain::explanations;
use masthead::diagnostic::Source;
use masthead::model::fields::{Design, Field, header};
use masthead::model::{Document, Path, Segment};
use masthead::{Coverage, Format, lint, write};
use serde_json::{Map, Value, json};
use similar::{Change, ChangeTag, TextDiff};

const HEAD: &str = "# The document model

<!-- Written by tests/it/documentation out of the program. -->

One document is one file, in one of four syntaxes. YAML and JSON have the same names and the same structure. A Markdown
file has the header fields as YAML between two lines `---`, and the body below them ([markdown.md](markdown.md)). AKN4UN
XML has elements of its own ([akn.md](akn.md)). `masthead convert` turns each of them into the others, and
`masthead schema` prints the JSON Schema from which the names, types and descriptions on this page are taken.

Each field and block is shown with the lines that `masthead convert` writes for it, for XML without the surrounding
elements. JSON corresponds to YAML: `agenda_item: 127 (s)` is `\"agenda_item\": \"127 (s)\"`.

*Findings* are the codes of `masthead check` about the field or block; `masthead explain CODE` and
[rules.md](rules.md) explain them. Codes about any text are listed under [Inline text](#inline-text), and those about
the syntax of a file in [rules.md](rules.md#form-and-structure).

";

const INLINE: &str = "## Inline text

Titles, sponsors, paragraphs, items, cells and footnotes are inline text, a small Markdown. Document symbols and numbers
of resolutions become links automatically. No-break spaces and hyphens (U+00A0, U+2011) are kept and respected. Everything
else is printed verbatim. Designations (numbers and labels), `organ`, `job`, `number` and `running_title` have no markup.

| written | is | in XML |
|---|---|---|
";

/// The parts of blocks that have a section of their own.
const PARTS: [&str; 5] = ["Passage", "Item", "Adjustment", "Row", "Cell"];
/// What stands for every text among the fields and blocks that codes are about.
const EVERY_TEXT: &str = "every text";

/// Inline markup and what it means.
const MARKUP: [(&str, &str); 8] = [
    ("*italic*", "italic"),
    ("**bold**", "bold"),
    ("1^er^", "raised"),
    ("~~old~~", "deleted text, struck through, as in an amendment; also within a word, and around other markup"),
    (
        "++new++",
        "inserted text, underlined; after a letter and before a figure or punctuation, as in C++11 or “C++, and C++”, `++` is printed; `H++\\2++O` inserts a figure, `Fiji++,++` a comma, and `Fiji++\\, and Chad++` what begins with one",
    ),
    ("[text](https://example.org)", "a link to an http, https or mailto address"),
    (
        "[^1]",
        "the mark of a footnote; a mark of asterisks, `[^*]`, is printed as it is, others are numbered in the order of the page",
    ),
    ("\\*", "the character itself, not markup"),
];

/// The pages of the documentation about the model.
pub fn page(schema: &Value) -> String {
    let asked = Asked::new();
    let mut text = HEAD.to_owned();
    text += "## Header fields\n\n";
    for (name, field) in fields(schema) {
        if name != "body" {
            header_field(&mut text, schema, name, field, &asked);
        }
    }
    text += "## Blocks\n\n`body` is a list of blocks, each a map with one key, the kind of the block. A bare text is short \
             for a map with only `text`.\n\n";
    let body = asked.of("body");
    writeln!(text, "Findings about the body as a whole: {body}\n").unwrap();
    for kind in schema["$defs"]["Block"]["oneOf"].as_array().unwrap() {
        block(&mut text, schema, kind, &asked);
    }
    text += "## Parts of blocks\n\n";
    for part in PARTS {
        writeln!(text, "### {part}\n\n{}\n", sentence(&schema["$defs"][part])).unwrap();
        text += &table(schema, record(schema, part));
    }
    text += INLINE;
    for (written, meaning) in MARKUP {
        let body = json!([{ "paragraph": format!("A {written} b.") }]);
        let notes = if written.contains("[^") { json!({ "1": "See A/59/PV.65." }) } else { json!({}) };
        let xml = written_as(&document(&[("body", body), ("footnotes", notes)]), Format::Xml);
        let said = xml.lines().find_map(|line| line.split_once(">A ")?.1.rsplit_once(" b.<")).unwrap().0;
        writeln!(text, "| `{written}` | {meaning} | `{said}` |").unwrap();
    }
    writeln!(text, "\n- Findings: {}", asked.of(EVERY_TEXT)).unwrap();
    text
}

fn header_field(text: &mut String, schema: &Value, name: &str, field: &Value, asked: &Asked) {
    writeln!(text, "### {name}\n\n{}\n", sentence(field)).unwrap();
    let required = schema["required"].as_array().unwrap().iter().any(|required| required == name);
    writeln!(text, "- Type: {}{}", kind(schema, field), if required { "; required" } else { "" }).unwrap();
    writeln!(text, "- Printed: {}", row(name).printed.words()).unwrap();
    writeln!(text, "- Findings: {}\n", asked.of(name)).unwrap();
    let mut within = Vec::new();
    records(schema, field, &mut within);
    for part in within {
        if !part.eq_ignore_ascii_case(name) {
            writeln!(text, "#### {part}\n\n{}\n", sentence(&schema["$defs"][part])).unwrap();
        }
        *text += &table(schema, record(schema, part));
    }
    let example = &field["examples"][0];
    assert!(!example.is_null(), "the field {name} has no example in the schema: give it #[schemars(example = …)]");
    let with = document(&[(name, example.clone())]);
    let without = match name {
        "symbol" => document(&[(name, json!("A/77/L.2"))]),
        "kind" => document(&[(name, json!("note"))]),
        _ => document(&[(name, Value::Null)]),
    };
    examples(text, &with, &without);
}

fn block(text: &mut String, schema: &Value, kind: &Value, asked: &Asked) {
    let (name, field) = fields(kind).next().unwrap();
    writeln!(text, "### {name}\n\n{}\n\n- Findings: {}\n", sentence(field), asked.of(name)).unwrap();
    let part = reference(field).unwrap();
    match part {
        "Passage" => text.push_str("Its fields are those of a [passage](#passage).\n\n"),
        _ => *text += &table(schema, record(schema, part)),
    }
    let example = &kind["examples"][0];
    assert!(!example.is_null(), "the block {name} has no example in the schema: give it #[schemars(example = …)]");
    let other = json!({ "quote": "The moon." });
    let blocks = if name == "annex" { json!([other, example]) } else { json!([example, other]) };
    let with = document(&[("body", blocks)]);
    let without = document(&[("body", json!([other]))]);
    examples(text, &with, &without);
}

/// What the table of fields says of one.
fn row(name: &str) -> &'static Field {
    header::ALL.iter().find(|field| field.name == name).unwrap()
}

/// What each syntax has for what one document says and another does not.
fn examples(text: &mut String, with: &Document, without: &Document) {
    let added = |format: Format| added(&written_as(without, format), &written_as(with, format));
    let (yaml, markdown, xml) = (added(Format::Yaml), added(Format::Markdown), added(Format::Xml));
    let mut show = |name: &str, tag: &str, said: &str| {
        if !said.is_empty() {
            writeln!(text, "{name}:\n\n````{tag}\n{said}````\n").unwrap();
        }
    };
    if yaml == markdown {
        show("YAML and Markdown", "yaml", &yaml);
    } else {
        show("YAML", "yaml", &yaml);
        show("Markdown", "markdown", &markdown);
    }
    show("XML", "xml", &xml);
}

fn written_as(document: &Document, format: Format) -> String {
    let text = write(document, format).unwrap();
    if format != Format::Xml {
        return text;
    }
    // Identifiers and metadata of annexes repeat those of the document.
    let (head, rest) = text.split_once("<coverPage").unwrap();
    let identified = |line: &&str| !line.contains("<FRBR") && !line.contains("<TLC");
    let head: String = head.lines().filter(identified).map(|line| format!("{line}\n")).collect();
    let mut pieces = rest.split("<meta>");
    let mut kept = pieces.next().unwrap().to_owned();
    pieces.for_each(|piece| kept += piece.split_once("</meta>").unwrap().1);
    regex::Regex::new(r#" eId="[^"]*""#).unwrap().replace_all(&(head + "<coverPage" + &kept), "").into_owned()
}

/// The lines that one text has beside those of another, each run of them without the indent that it shares.
fn added(before: &str, after: &str) -> String {
    let difference = TextDiff::from_lines(before, after);
    let changes: Vec<_> = difference.iter_all_changes().filter(|change| change.tag() != ChangeTag::Delete).collect();
    let runs = changes.split(|change| change.tag() == ChangeTag::Equal);
    let run = |run: &[Change<&str>]| {
        let lines =
            run.iter().map(Change::value).filter(|line| !line.trim().is_empty() && !line.starts_with("<akomaNtoso"));
        let lines: Vec<&str> = lines.collect();
        let shared = lines.iter().map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
        lines.iter().map(|line| &line[shared..]).collect::<String>()
    };
    runs.map(run).collect()
}

/// A document with those fields in which each of them is printed.
fn document(given: &[(&str, Value)]) -> Document {
    let name = given.first().map_or("", |(name, _)| *name);
    let adopted =
        header::ALL.iter().any(|field| field.name == name && !field.printed.designs().contains(&Design::Submitted));
    let (symbol, kind) = if adopted { ("A/RES/78/323", "resolution") } else { ("A/77/L.1", "draft-resolution") };
    let mut fields = json!({
        "symbol": symbol, "kind": kind, "date": "2023-08-30", "body": [{ "paragraph": "The moon." }],
    });
    // What the field stands beside.
    match name {
        "job_date" => fields["job"] = json!("23-16564"),
        "footnotes" => fields["body"] = json!([{ "paragraph": "The moon.[^*] The tide.[^1]" }]),
        "running_title" => fields["title"] = json!("Tides and shores of the world"),
        "organ" => fields["symbol"] = json!("TIDE/1"),
        "also_adopted" => fields["meeting"] = json!("103rd plenary meeting"),
        "parts" if given.iter().all(|(_, value)| !value.is_null()) => fields["body"] = json!([]),
        _ => {}
    }
    for (name, value) in given {
        if value.is_null() {
            fields.as_object_mut().unwrap().remove(*name)
        } else {
            fields.as_object_mut().unwrap().insert((*name).to_owned(), value.clone())
        };
    }
    serde_json::from_value(fields).unwrap()
}

fn fields(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    schema["properties"].as_object().unwrap().iter().map(|(name, field)| (name.as_str(), field))
}

/// The schema of the map of that name, or of the map that it may be besides a text.
fn record<'s>(schema: &'s Value, name: &str) -> &'s Value {
    let schemas = &schema["$defs"];
    let map = format!("{name}Map");
    schemas.get(&map).unwrap_or(&schemas[name])
}

/// The maps within a field, outermost first; blocks and their parts have sections of their own.
fn records<'s>(schema: &'s Value, value: &'s Value, found: &mut Vec<&'s str>) {
    if let Some(name) =
        reference(value).filter(|name| *name != "Block" && !PARTS.contains(name) && !found.contains(name))
    {
        let definition = &schema["$defs"][name];
        if definition.get("properties").is_some() {
            found.push(name);
        }
        records(schema, definition, found);
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| records(schema, value, found)),
        Value::Object(map) => map.values().for_each(|value| records(schema, value, found)),
        _ => {}
    }
}

/// The fields of a map.
fn table(schema: &Value, record: &Value) -> String {
    let mut text = String::from("| field | type | |\n|---|---|---|\n");
    for (name, field) in fields(record) {
        let needed = record["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
        let needed = if needed { "; required" } else { "" };
        writeln!(text, "| `{name}` | {}{needed} | {} |", kind(schema, field), sentence(field)).unwrap();
    }
    text + "\n"
}

fn sentence(schema: &Value) -> String {
    schema["description"].as_str().unwrap().replace('\n', " ")
}

fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix("#/$defs/")
}

/// A type in words.
fn kind(schema: &Value, field: &Value) -> String {
    if let Some(name) = reference(field) {
        return named(schema, name);
    }
    let several = |schemas: &Vec<Value>| {
        let kinds = schemas.iter().filter(|one| one["type"] != "null").map(|one| kind(schema, one));
        kinds.collect::<Vec<_>>().join(" or ")
    };
    if let Some(schemas) = field["anyOf"].as_array() {
        return several(schemas);
    }
    if let Some(value) = field.get("const") {
        return format!("`{value}`");
    }
    let name = match &field["type"] {
        Value::Array(names) => names.iter().find(|name| *name != "null").unwrap(),
        name => name,
    };
    match name.as_str().unwrap() {
        "string" => "text".into(),
        "integer" => match (&field["minimum"], &field["maximum"]) {
            (Value::Number(least), Value::Number(most)) => format!("whole number from {least} to {most}"),
            _ => "whole number".into(),
        },
        "number" => "number".into(),
        "boolean" => "`true` or `false`".into(),
        "array" => match kind(schema, &field["items"]).as_str() {
            text @ ("text" | "number") => format!("list of {text}s"),
            list if list.starts_with("list") => list.replacen("list", "list of lists", 1),
            other => format!("list of {other}"),
        },
        "object" => "map from mark to text".into(),
        other => panic!("no words for the type {other}"),
    }
}

/// The type of that name: its choices, or where it is described.
fn named(schema: &Value, name: &str) -> String {
    let definition = &schema["$defs"][name];
    if let Some(choices) = definition["oneOf"].as_array().filter(|choices| choices[0].get("const").is_some()) {
        let choices: Vec<_> =
            choices.iter().filter_map(|choice| choice["const"].as_str()).map(|name| format!("`{name}`")).collect();
        return choices.join(", ");
    }
    match name {
        "Date" => "date (`2023-08-28`)".into(),
        "Block" => "[blocks](#blocks)".into(),
        _ if PARTS.contains(&name) || definition.get("properties").is_some() => {
            format!("[{0}](#{0})", name.to_lowercase())
        }
        _ => kind(schema, definition),
    }
}

/// Which codes are about which field or kind of block.
struct Asked(BTreeMap<String, BTreeSet<&'static str>>);

impl Asked {
    /// By the examples of all codes: what the right one changes, and where the wrong one is reported.
    fn new() -> Self {
        let coverage = Coverage::new([]);
        let mut asked: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
        for one in explanations() {
            let Some((breaks, keeps)) = one.examples else { continue };
            let source = Source::new("example.yaml", completed(breaks, one.editorial));
            let found = lint(&coverage, &source, Format::Yaml).into_iter().find(|finding| finding.code == one.code);
            let place = found.unwrap_or_else(|| panic!("the example of {} does not break it", one.code)).place.unwrap();
            let (wrong, right) = (values(breaks, one.editorial), values(keeps, one.editorial));
            if wrong.is_empty() || right.is_empty() {
                continue; // It is about the syntax.
            }
            if text_at(&wrong, &place.path).is_some_and(|text| anywhere(&coverage, text, &wrong, one.code)) {
                asked.entry(EVERY_TEXT.into()).or_default().insert(one.code);
                continue;
            }
            let changed = |key: &&String| wrong.get(*key) != right.get(*key);
            let mut about: BTreeSet<String> = wrong.keys().chain(right.keys()).filter(changed).cloned().collect();
            let at_block = block_at(&wrong, &place.path).map(|(kind, _)| kind);
            if about.is_empty() || at_block.is_some() && about.contains("body") {
                about.remove("body");
                let field = || place.path.root().unwrap_or_default();
                about.insert(at_block.unwrap_or_else(field).to_owned());
            }
            for name in about {
                asked.entry(name).or_default().insert(one.code);
            }
        }
        Self(asked)
    }

    fn of(&self, name: &str) -> String {
        let codes: Vec<_> = self.0.get(name).into_iter().flatten().map(|code| format!("`{code}`")).collect();
        if codes.is_empty() { "none of its own".into() } else { codes.join(", ") }
    }
}

/// Fields that every document needs, and those that the editorial rules look for.
const NEEDED: [(&str, &str); 4] =
    [("symbol", "A/84/L.12"), ("kind", "draft-resolution"), ("date", "2029-11-28"), ("body", "[paragraph: Tides.]")];
const EDITED: [(&str, &str); 11] = [
    ("symbol", "A/84/L.12"),
    ("kind", "draft-resolution"),
    ("distribution", "limited"),
    ("date", "2029-11-28"),
    ("session", "84"),
    ("agenda_item", "127 (s)"),
    ("agenda_title", "Tides and shores"),
    ("sponsors", "[Azerbaijan, China]"),
    ("title", "Tides and shores of the world"),
    (
        "body",
        "[enacting: '*The General Assembly*,', preambular: '*Recalling* its resolution 70/1 of 25 September 2015,[^1]', \
         operative: '*Decides* to remain seized of the matter.']",
    ),
    ("footnotes", "{1: Resolution 70/1.}"),
];

/// The fields of an example with those that it needs beside them; “-name” leaves one of them out.
fn completed(example: &str, editorial_lints: bool) -> String {
    let given = |name: &str| {
        example.lines().any(|line| line.starts_with(&format!("{name}:")) || line.strip_prefix('-') == Some(name))
    };
    let noted = !given("body") || example.contains("[^1]");
    let needed = if editorial_lints { &EDITED[..] } else { &NEEDED };
    let beside = needed.iter().filter(|(name, _)| !given(name) && (*name != "footnotes" || noted));
    let own = example.lines().filter(|line| !line.starts_with('-')).map(|line| format!("{line}\n"));
    own.chain(beside.map(|(name, value)| format!("{name}: {value}\n"))).collect()
}

/// The fields of an example as JSON, as far as it can be read.
fn values(example: &str, editorial_lints: bool) -> Map<String, Value> {
    let source = Source::new("example.yaml", completed(example, editorial_lints));
    let (reading, _) = masthead::read::read_what_can_be(&source, Format::Yaml);
    let document = reading.map(|reading| serde_json::to_value(reading.document).unwrap());
    document.and_then(|document| document.as_object().cloned()).unwrap_or_default()
}

/// The kind of the block at a path such as `body[3].body[0].text`, and the value of the path in it.
fn block_at<'d>(document: &'d Map<String, Value>, path: &Path) -> Option<(&'d str, &'d Value)> {
    let mut blocks = document.get("body");
    let mut found = None;
    for place in path.places_in("body") {
        let (kind, value) = blocks?.get(place)?.as_object()?.iter().next()?;
        blocks = value.get("body");
        found = Some((kind.as_str(), value));
    }
    let (kind, value) = found?;
    // A bare text stands for a map with `text`.
    let field = path.last().and_then(Segment::name).and_then(|name| value.get(name));
    Some((kind, field.unwrap_or(value)))
}

/// The text at a path.
fn text_at<'d>(document: &'d Map<String, Value>, path: &Path) -> Option<&'d str> {
    let value = block_at(document, path).map(|(_, value)| value).or_else(|| document.get(&path.to_string()));
    value?.as_str()
}

/// Whether a text is reported for the same in a paragraph.
fn anywhere(coverage: &Coverage, text: &str, document: &Map<String, Value>, code: &str) -> bool {
    let mut document = document.clone();
    document.insert("body".into(), json!([{ "paragraph": text }]));
    document.insert("title".into(), json!("Tides and shores of the world"));
    let source = Source::new("example.json", Value::Object(document).to_string());
    lint(coverage, &source, Format::Json).iter().any(|finding| {
        finding.code == code && finding.place.as_ref().is_some_and(|place| place.path.root() == Some("body"))
    })
}
