//! Word files, munify's JSON and pasted text become documents, and no word is lost.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use masthead::diagnostic::{Diagnostic, Source};
use masthead::import::{Changes, Imported, Origin, import};
use masthead::model::{Block, Document, Item, Number};
use masthead::prepare::prepare;
use masthead::read::read;
use masthead::{Format, write};
use proptest::prelude::*;
use rawzip::{CompressionMethod, ZipArchiveWriter};

/// Returns an archive of parts, packed as word processors pack them.
fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut out);
    for (name, content) in parts {
        let (mut entry, config) =
            archive.new_file(name).compression_method(CompressionMethod::DEFLATE).start().unwrap();
        let packed = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast());
        let mut writer = config.wrap(packed);
        writer.write_all(content).unwrap();
        let (packed, descriptor) = writer.finish().unwrap();
        packed.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    out
}

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"";

/// The parts of a Word file besides its text.
#[derive(Default)]
struct Word<'t> {
    body: &'t str,
    footnotes: &'t str,
    endnotes: &'t str,
    header: &'t str,
    /// More definitions of lists.
    lists: &'t str,
}

const STYLES: &str = r#"
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1GA"><w:name w:val="_ H_1_GA"/></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Mine"/><w:basedOn w:val="H1GA"/></w:style>
<w:style w:type="paragraph" w:styleId="ParaNoGA"><w:name w:val="_ParaNo._GA"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Loud"><w:name w:val="Loud"/><w:rPr><w:caps/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Em"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>"#;

const NUMBERING: &str = r#"
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>"#;

impl Word<'_> {
    fn bytes(&self) -> Vec<u8> {
        let part = |element: &str, content: &str| {
            format!("<?xml version=\"1.0\"?><w:{element} {NAMESPACES}>{content}</w:{element}>").into_bytes()
        };
        let relation = |(id, kind, target): (usize, &str, &str)| {
            let mode = if kind == "hyperlink" { "External" } else { "Internal" };
            format!("<Relationship Id=\"r{id}\" Type=\"x/{kind}\" Target=\"{target}\" TargetMode=\"{mode}\"/>")
        };
        let relations: String = [
            (1, "styles", "styles.xml"),
            (2, "numbering", "numbering.xml"),
            (3, "footnotes", "footnotes.xml"),
            (4, "endnotes", "endnotes.xml"),
            (5, "header", "header1.xml"),
            (6, "hyperlink", "https://example.org/tides"),
        ]
        .into_iter()
        .map(relation)
        .collect();
        archive(&[
            ("_rels/.rels", b"<Relationships><Relationship Id=\"r1\" Type=\"x/officeDocument\" Target=\"word/document.xml\"/></Relationships>".to_vec()),
            ("word/_rels/document.xml.rels", format!("<Relationships>{relations}</Relationships>").into_bytes()),
            ("word/document.xml", part("document", &format!("<w:body>{}</w:body>", self.body))),
            ("word/styles.xml", part("styles", STYLES)),
            ("word/numbering.xml", part("numbering", &(NUMBERING.to_owned() + self.lists))),
            ("word/footnotes.xml", part("footnotes", self.footnotes)),
            ("word/endnotes.xml", part("endnotes", self.endnotes)),
            ("word/header1.xml", part("hdr", self.header)),
        ])
    }
}

fn t(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{style}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn p(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

/// Returns a Word file of plain paragraphs.
pub fn word_file(paragraphs: &[&str]) -> Vec<u8> {
    let body: String = paragraphs.iter().map(|text| p(&t(text))).collect();
    Word { body: &body, ..Word::default() }.bytes()
}

fn listed(list: u8, level: u8, content: &str) -> String {
    p(&format!("<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{content}"))
}

fn imported(bytes: Vec<u8>, changes: Changes) -> Imported {
    import("t.docx", bytes, None, changes).unwrap_or_else(|errors| panic!("{}", errors[0]))
}

fn of_body(body: &str) -> Imported {
    imported(Word { body, ..Word::default() }.bytes(), Changes::Accept)
}

fn of_text(text: &str) -> Imported {
    import("t.txt", text.into(), Some(Origin::Text), Changes::Accept).unwrap_or_else(|errors| panic!("{}", errors[0]))
}

/// The blocks of a document, a line for each: kind, number, text; sub-paragraphs with slashes.
fn outline(document: &Document) -> String {
    fn items(list: &[Item], depth: usize, out: &mut String) {
        for item in list {
            let label = item.label.as_deref().unwrap_or_default();
            writeln!(out, "{} {label}{}", "/".repeat(depth), item.text).unwrap();
            items(&item.items, depth + 1, out);
            item.continuation.iter().for_each(|text| writeln!(out, "{}… {text}", "/".repeat(depth)).unwrap());
        }
    }
    fn blocks(list: &[Block], out: &mut String) {
        for block in list {
            let kind = match block {
                Block::Enacting(_) => "E",
                Block::Preambular(_) => "P",
                Block::Operative(_) => "O",
                Block::Numbered(_) => "N",
                Block::Quote(_) => "Q",
                _ => "-",
            };
            match (block, block.passage()) {
                (_, Some(passage)) => {
                    let number = match &passage.number {
                        Number::Next => String::new(),
                        Number::Unnumbered => "unnumbered ".to_owned(),
                        Number::Set(number) => format!("{number}. "),
                    };
                    writeln!(out, "{kind} {number}{}", passage.text).unwrap();
                    items(&passage.items, 1, out);
                    passage.continuation.iter().for_each(|text| writeln!(out, "… {text}").unwrap());
                }
                (Block::Heading(heading), _) => {
                    let number = heading.number.as_deref().unwrap_or_default();
                    writeln!(out, "{} {number} {}", "#".repeat(heading.level.into()), heading.text).unwrap();
                }
                (Block::Annex(annex), _) => {
                    let text = |text: &Option<masthead::model::Text>| text.as_ref().map(ToString::to_string);
                    writeln!(out, "A {:?} {:?}", annex.number, text(&annex.title)).unwrap();
                    blocks(&annex.body, out);
                }
                (other, _) => writeln!(out, "{}", serde_json::to_string(other).unwrap()).unwrap(),
            }
        }
    }
    let mut out = String::new();
    blocks(&document.body, &mut out);
    out
}

fn codes(imported: &Imported) -> Vec<&'static str> {
    imported.findings.iter().map(|finding| finding.code).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Counts the words of texts.
fn counted<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    texts.into_iter().flat_map(words).for_each(|word| *counts.entry(word).or_default() += 1);
    counts
}

/// Everything that the document says: what its source says, and what its pages print.
fn said(imported: &Imported) -> BTreeMap<String, usize> {
    fn texts(value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => out.push(text.clone()),
            serde_json::Value::Number(number) => out.push(number.to_string()),
            serde_json::Value::Array(values) => values.iter().for_each(|value| texts(value, out)),
            serde_json::Value::Object(fields) => fields.values().for_each(|value| texts(value, out)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    texts(&serde_json::to_value(&imported.document).unwrap(), &mut all);
    let mut said = counted(all.iter().map(String::as_str));
    let mut printed = Vec::new();
    let mut printable = imported.document.clone();
    if printable.symbol.is_empty() {
        printable.symbol.push("A/1".to_owned().into());
    }
    if let Ok(prepared) = prepare(&printable) {
        texts(&serde_json::to_value(&prepared).unwrap(), &mut printed);
    }
    for (word, count) in counted(printed.iter().map(String::as_str)) {
        let known = said.entry(word).or_default();
        *known = count.max(*known);
    }
    // What a finding shows is not lost.
    for finding in &imported.findings {
        let Some(place) = finding.place.as_ref().filter(|_| finding.code != "import-changed") else { continue };
        for word in words(&place.source.text[place.span.clone()]) {
            *said.entry(word).or_default() += 1;
        }
        words(&finding.message).for_each(|word| *said.entry(word).or_default() += 1);
    }
    said
}

/// Asserts that every word is in the document or in a finding, and that the document reads back from every syntax.
fn nothing_is_lost(name: &str, texts: &[&str], imported: &Imported) {
    let said = said(imported);
    for (word, count) in counted(texts.iter().copied()) {
        let found = said.get(&word).copied().unwrap_or_default();
        assert!(
            found >= count,
            "{name}: “{word}” occurs {count} times, {found} in the document\n{:#?}",
            imported.document.body
        );
    }
    for format in [Format::Yaml, Format::Markdown, Format::Json] {
        let text = write(&imported.document, format).unwrap();
        match read(&Source::new(name, text.clone()), format) {
            Ok(back) => assert_eq!(back.document, imported.document, "{name}\n{text}"),
            Err(errors) => {
                let symbol = |error: &Diagnostic| error.message.contains("symbol");
                assert!(errors.iter().all(symbol), "{name}: {}\n{text}", errors[0]);
            }
        }
    }
}

/// The texts of the elements `w:t` in a body.
fn texts_of(body: &str) -> Vec<String> {
    let wrapped = format!("<x {NAMESPACES}>{body}</x>");
    let document = roxmltree::Document::parse(&wrapped).unwrap();
    let texts = document.descendants().filter(|node| node.tag_name().name() == "t");
    texts.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

const ITALIC: &str = "<w:i/>";
const UNDERLINED: &str = "<w:u w:val=\"single\"/>";

/// A draft whose lists Word counts.
fn draft(emphasis: &str) -> String {
    let act = |opening: &str, rest: &str| styled(emphasis, opening) + &t(rest);
    [
        p(&t("A/84/L.7")),
        p(&(t("Distr.: Limited") + "<w:r><w:tab/></w:r>" + &t("3 October 2029"))),
        p(&t("Original: English")),
        p(&t("Eighty-fourth session")),
        p(&t("Agenda item 12 (b)")),
        p(&styled("<w:b/>", "Tides and shores: tides")),
        p(&t("Chile, Fiji and Malta: draft resolution")),
        p(&format!("<w:pPr><w:pStyle w:val=\"T\"/></w:pPr>{}", t("The measurement of tides"))),
        p(&act("The General Assembly", ",")),
        p(&act("Recalling", " its resolution 80/12 of 4\u{a0}December 2025,")),
        p(&act("Deeply concerned", " at the rise of the sea,")),
        listed(1, 0, &act("Decides", " to measure the tides;")),
        listed(1, 0, &act("Requests", " the Secretary-General:")),
        listed(1, 1, &t("To publish the figures;")),
        listed(1, 1, &t("To convene a meeting on:")),
        listed(1, 2, &t("The north;")),
        listed(1, 2, &t("The south;")),
        p(&t("within existing resources;")),
        listed(1, 0, &act("Decides", " to remain seized of the matter.")),
    ]
    .concat()
}

#[test]
fn a_draft_keeps_its_structure() {
    for emphasis in [ITALIC, UNDERLINED, "<w:b/>", "<w:rStyle w:val=\"Em\"/>", ""] {
        let body = draft(emphasis);
        let imported = of_body(&body);
        let Document { symbol, session, agenda_item, agenda_title, sponsors, title, date, distribution, .. } =
            &imported.document;
        assert_eq!(symbol[0].text(), "A/84/L.7");
        assert_eq!(session.as_ref().unwrap().text(), "84");
        assert_eq!(agenda_item.as_ref().unwrap(), &"12 (b)");
        assert_eq!(agenda_title[0], "Tides and shores: tides");
        assert_eq!(sponsors.iter().map(ToString::to_string).collect::<Vec<_>>(), ["Chile", "Fiji", "Malta"]);
        assert_eq!(title.as_ref().unwrap(), &"The measurement of tides");
        assert_eq!(date.unwrap().to_string(), "2029-10-03");
        assert_eq!(serde_json::to_value(distribution).unwrap(), "limited");
        assert_eq!(
            outline(&imported.document),
            "E *The General Assembly*,\n\
             P *Recalling* its resolution 80/12 of 4\u{a0}December 2025,\n\
             P *Deeply concerned* at the rise of the sea,\n\
             O *Decides* to measure the tides;\n\
             O *Requests* the Secretary-General:\n\
             / To publish the figures;\n\
             / To convene a meeting on:\n\
             // The north;\n\
             // The south;\n\
             … within existing resources;\n\
             O *Decides* to remain seized of the matter.\n"
        );
        let expected: &[&str] = if emphasis.is_empty() { &["import-changed"] } else { &[] };
        assert_eq!(codes(&imported), expected, "{emphasis}: {:?}", imported.findings);
        let texts = texts_of(&body);
        nothing_is_lost(emphasis, &texts.iter().map(String::as_str).collect::<Vec<_>>(), &imported);
    }
}

#[test]
fn typed_numbers_and_labels_are_those_of_lists() {
    let head = "A/84/L.7\nDraft resolution\nThe General Assembly,\nRecalling its resolution 80/12,\n";
    for [one, a, b, i, ii, two] in [
        ["1.", "(a)", "(b)", "(i)", "(ii)", "2."],
        ["1)", "a)", "b)", "i)", "ii)", "2)"],
        ["1.\t", "a.", "b.", "i.", "ii.", "2.\t"],
    ] {
        let text = format!(
            "{head}{one} Requests the Secretary-General:\n{a} To publish;\n{b} To convene on:\n{i} The north;\n\
             {ii} The south;\n{two} Decides to remain seized of the matter.\n"
        );
        let imported = of_text(&text);
        assert_eq!(
            outline(&imported.document),
            "E *The General Assembly*,\nP *Recalling* its resolution 80/12,\nO *Requests* the Secretary-General:\n\
             / To publish;\n/ To convene on:\n// The north;\n// The south;\nO *Decides* to remain seized of the matter.\n"
        );
    }
    let odd = of_text(&format!("{head}4. Decides to measure;\n(c) The north;\n9. Decides to stop."));
    assert!(outline(&odd.document).ends_with("O 4. *Decides* to measure;\n/ (c)The north;\nO 9. *Decides* to stop.\n"));
}

#[test]
fn numbers_begin_where_a_list_says() {
    let body = [
        p(&t("The Tides Board,")),
        p(&(styled(ITALIC, "Noting") + &t(" the tides,"))),
        listed(2, 0, &t("Decides to measure;")),
        listed(2, 0, &t("Decides to measure again:")),
        listed(3, 0, &t("in the north;")),
        listed(3, 0, &t("in the south;")),
    ]
    .concat();
    let imported = of_body(&body);
    assert_eq!(
        outline(&imported.document),
        "E *The Tides Board*,\nP *Noting* the tides,\nO 7. *Decides* to measure;\nO *Decides* to measure again:\n\
         / •in the north;\n/ •in the south;\n"
    );
}

#[test]
fn bullets_of_several_lists_are_nested_by_their_indentation() {
    let bullet = |indent: u16, text: &str| {
        p(&format!(
            "<w:pPr><w:numPr><w:numId w:val=\"{}\"/></w:numPr><w:ind w:left=\"{indent}\"/></w:pPr>{}",
            3 + indent / 700,
            t(text)
        ))
    };
    let lists = "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"2\"/></w:num><w:abstractNum w:abstractNumId=\"2\">\
        <w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"o\"/></w:lvl></w:abstractNum>";
    let body = [
        p(&t("A/84/5")),
        p(&t("1. The gauges are:")),
        bullet(360, "in the north:"),
        bullet(720, "old;"),
        bullet(360, "in the south."),
    ]
    .concat();
    let imported = imported(Word { body: &body, lists, ..Word::default() }.bytes(), Changes::Accept);
    assert_eq!(outline(&imported.document), "N The gauges are:\n/ •in the north:\n// ○old;\n/ •in the south.\n");
}

#[test]
fn a_draft_without_numbers_is_told_apart() {
    let imported = of_text(
        "Der Tidenrat,\n\nin Bekräftigung der Charta und der Regeln,\n\nbesorgt über die Flut und die Ebbe,\n\n\
         beschließt, die Flut zu messen;\n\nfordert die Häfen auf, mitzuwirken.\n",
    );
    let kinds: Vec<_> = outline(&imported.document).lines().filter_map(|line| line.chars().next()).collect();
    assert_eq!(kinds, ['E', 'P', 'P', 'O', 'O']);
    let english =
        of_text("The General Assembly,\nRecalling the tides,\nDecides to measure;\nRequests the harbours to help.");
    assert!(outline(&english.document).contains("\nO *Decides* to measure;\nO *Requests* the harbours to help.\n"));
    assert!(codes(&english).contains(&"import-changed"));
}

#[test]
fn notes_keep_their_marks_and_places() {
    let note = |kind: &str, id: u8, text: &str| {
        format!("<w:{kind} w:id=\"{id}\"><w:p><w:r><w:{kind}Ref/></w:r>{}</w:p></w:{kind}>", t(text))
    };
    let refer = |kind: &str, id: u8| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let body = [
        p(&t("The General Assembly,")),
        p(&(t("Recalling the report") + &refer("footnote", 5) + &t(" of the Board,") + &refer("footnote", 2))),
        p(&(t("Noting the list,")
            + &refer("endnote", 2)
            + "<w:r><w:footnoteReference w:customMarkFollows=\"1\" w:id=\"7\"/><w:t>*</w:t></w:r>")),
        p(&t("1. Decides to measure.")),
    ]
    .concat();
    let separator = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>".to_owned();
    let footnotes = [
        separator,
        note("footnote", 2, " Second."),
        note("footnote", 5, " First."),
        note("footnote", 7, "* Starred."),
        note("footnote", 9, "Orphan."),
    ]
    .concat();
    let endnotes = note("endnote", 2, "At the end.");
    let word = Word { body: &body, footnotes: &footnotes, endnotes: &endnotes, ..Word::default() };
    let imported = imported(word.bytes(), Changes::Accept);
    let notes: Vec<_> = imported.document.footnotes.iter().map(|(mark, text)| format!("{mark} {text}")).collect();
    assert_eq!(notes, ["1 First.", "2 Second.", "end-1 At the end.", "* Starred."]);
    assert!(
        outline(&imported.document)
            .contains("P *Recalling* the report[^1] of the Board,[^2]\nP *Noting* the list,[^end-1][^*]")
    );
    assert!(codes(&imported).contains(&"import-left-out"), "a note without a reference");
    let texts = texts_of(&(body + &footnotes + &endnotes));
    nothing_is_lost("notes", &texts.iter().map(String::as_str).collect::<Vec<_>>(), &imported);
    let pasted = of_text(
        "The General Assembly,\nRecalling the report[1] of the Board,\n1. Decides to measure.\n\n[1] See A/84/5.\n[2] Nowhere.",
    );
    assert_eq!(pasted.document.footnotes["1"], "See A/84/5.");
    assert!(codes(&pasted).contains(&"import-unplaced"));
}

#[test]
fn changes_are_accepted_or_kept() {
    let deleted = |text: &str| {
        format!("<w:del w:id=\"1\"><w:r><w:delText xml:space=\"preserve\">{text}</w:delText></w:r></w:del>")
    };
    let inserted = |text: &str| format!("<w:ins w:id=\"2\">{}</w:ins>", t(text));
    let body = [
        p(&t("The General Assembly,")),
        p(&(t("Recalling the ") + &deleted("old ") + &inserted("new ") + &t("report,"))),
        p(&format!("<w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr>{}", t("1. Decides to "))),
        p(&t("measure;")),
        p(&format!("<w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr>{}", deleted("2. Gone entirely;"))),
        p(&t("2. Decides to stay.")),
    ]
    .concat();
    let bytes = Word { body: &body, ..Word::default() }.bytes();
    let accepted = imported(bytes.clone(), Changes::Accept);
    assert_eq!(
        outline(&accepted.document),
        "E *The General Assembly*,\nP *Recalling* the new report,\nO *Decides* to measure;\nO *Decides* to stay.\n"
    );
    let kept = outline(&imported(bytes, Changes::Keep).document);
    assert!(kept.contains("P *Recalling* the ~~old~~ ++new++ report,\n"), "{kept}");
    assert!(kept.contains("~~Gone entirely;~~"), "{kept}");
}

#[test]
fn tables_have_titles_headers_and_merged_cells() {
    let cell = |properties: &str, content: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(content));
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let bold = |text: &str| cell("", &styled("<w:b/>", text));
    let plain = |text: &str| cell("", &t(text));
    let body = [
        p(&t("The General Assembly,")),
        p(&t("Recalling the gauges,")),
        p(&t("1. Takes note of the table.")),
        p(&t("Table 1")),
        p(&styled("<w:b/>", "Gauges by region")),
        format!(
            "<w:tbl>{}{}{}{}</w:tbl>",
            row(&[bold("Region"), bold("Gauges"), bold("Harbours")]),
            row(&[plain("North"), cell("<w:vMerge w:val=\"restart\"/>", &t("15")), plain("7")]),
            row(&[plain("South"), cell("<w:vMerge/>", ""), plain("9")]),
            row(&[cell("<w:gridSpan w:val=\"2\"/>", &t("Both"))]),
        ),
        format!("<w:tbl>{}</w:tbl>", row(&[plain("2. Decides to frame a paragraph.")])),
    ]
    .concat();
    let imported = of_body(&body);
    let Some(Block::Table(table)) = imported.document.body.iter().find(|block| matches!(block, Block::Table(_))) else {
        panic!("{}", outline(&imported.document));
    };
    assert_eq!((table.number.as_deref(), table.title.as_ref().unwrap().written()), (Some("1"), "Gauges by region"));
    assert_eq!((table.header.len(), table.rows.len()), (1, 3));
    assert_eq!((table.rows[0].cells[1].rows, table.rows[1].cells.len(), table.rows[2].cells[0].columns), (2, 2, 2));
    assert!(outline(&imported.document).ends_with("O *Decides* to frame a paragraph.\n"));
    let texts = texts_of(&body);
    nothing_is_lost("tables", &texts.iter().map(String::as_str).collect::<Vec<_>>(), &imported);
}

#[test]
fn words_in_any_wrapper_stay() {
    let boxed = format!(
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        p(&t("Boxed words"))
    );
    let body = [
        p(&t("The General Assembly,")),
        p(&format!(
            "{}<w:smartTag><w:smartTag>{}</w:smartTag></w:smartTag><w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>,",
            t("Recalling the "), t("tagged "), t("controlled report")
        )),
        p(&format!(
            "{}<w:hyperlink r:id=\"r6\">{}</w:hyperlink><m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>{}",
            t("Noting "), styled(UNDERLINED, "tide tables"), t(",")
        )),
        p(&format!("{}{boxed}", t("Aware of the coast,"))),
        "<w:sdt><w:sdtContent><w:customXml>".to_owned() + &p(&t("1. Decides")) + "</w:customXml></w:sdtContent></w:sdt>",
        p(&(t("2. Decides on H") + "<w:r><w:noBreakHyphen/></w:r>" + &styled("<w:vertAlign w:val=\"superscript\"/>", "2")
            + "<w:fldSimple w:instr=\"PAGE\">" + &t("33") + "</w:fldSimple><w:r><w:instrText>REF a</w:instrText></w:r>")),
        p(&styled("<w:vanish/>", "Hidden words")),
        format!("<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr>{}</w:p>", t("Contents line 3")),
    ]
    .concat();
    let header = p(&t("A/84/L.7")) + &p(&t("Running words"));
    let word = Word { body: &body, header: &header, ..Word::default() };
    let imported = imported(word.bytes(), Changes::Accept);
    let shown = outline(&imported.document);
    assert_eq!(imported.document.symbol[0].text(), "A/84/L.7");
    for part in
        ["tagged controlled report", "[tide tables](https://example.org/tides)", "x=2", "H\u{2011}^2^33", "Boxed words"]
    {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    assert_eq!(shown.matches("Boxed words").count(), 1);
    let left_out = imported.findings.iter().filter(|finding| finding.code == "import-left-out").count();
    assert_eq!(left_out, 3, "hidden text, contents, header: {:?}", imported.findings);
    let texts = texts_of(&(body.replace("<mc:Fallback>", "<!--").replace("</mc:Fallback>", "-->") + &header));
    nothing_is_lost("wrappers", &texts.iter().map(String::as_str).collect::<Vec<_>>(), &imported);
}

#[test]
fn running_text_has_headings_annexes_and_signatures() {
    let style = |style: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", t(text));
    let body = [
        p(&t("A/84/55")),
        style("T", "Report of the Tides Board"),
        style("Sub", "I. Introduction"),
        style("ParaNoGA", "The Board met in May."),
        style("ParaNoGA", "It heard harbour masters."),
        p(&t("(a) From the north;")),
        p(&t("(b) From the south.")),
        p(&t("A paragraph without a number.")),
        p(&t("(Signed) Ana Marín")),
        p(&t("Chair")),
        p(&styled("<w:b/>", "Annex II")),
        style("H1GA", "Rules"),
        p(&t("1. A gauge is read at noon.")),
    ]
    .concat();
    let imported = of_body(&body);
    assert_eq!(
        outline(&imported.document),
        "## I Introduction\nN The Board met in May.\nN It heard harbour masters.\n/ From the north;\n/ From the south.\n\
         - A paragraph without a number.\n{\"signature\":{\"text\":\"(Signed) Ana Marín\",\"lines\":[\"Chair\"]}}\n\
         A Some(\"II\") Some(\"Rules\")\nN A gauge is read at noon.\n"
    );
    assert_eq!(imported.document.kind.name(), "report");
    assert_eq!(imported.document.title.as_ref().unwrap(), &"Report of the Tides Board");
}

#[test]
fn a_head_has_notes_contents_and_names_of_bodies() {
    let line = |text: &str| p(&format!("{}<w:r><w:tab/></w:r>{}", t(text), t("7")));
    let star = "<w:r><w:footnoteReference w:customMarkFollows=\"1\" w:id=\"1\"/><w:t>*</w:t></w:r>";
    let body = [
        p(&(t("CRC/C/GC/20") + star)),
        p(&t("Committee on the Rights of the Child")),
        p(&t("\u{202b}Convention on the Rights of the Child\u{202c}")),
        p(&styled("<w:b/>", "General comment")),
        p(&t("Contents")),
        p(&t("Page")),
        line("Introduction"),
        line("Conclusions"),
        p(&t("1. The tide rises.")),
    ]
    .concat();
    let footnotes = "<w:footnote w:id=\"1\"><w:p><w:r><w:t>* Adopted in May.</w:t></w:r></w:p></w:footnote>";
    let imported = imported(Word { body: &body, footnotes, ..Word::default() }.bytes(), Changes::Accept);
    assert_eq!(imported.document.title.as_ref().unwrap(), &"General comment[^*]");
    assert_eq!(outline(&imported.document), "N The tide rises.\n");
    assert_eq!(imported.document.footnotes["*"], "Adopted in May.");
    let left_out = codes(&imported).iter().filter(|code| **code == "import-left-out").count();
    assert_eq!(left_out, 4, "{:?}", imported.findings);
}

#[test]
fn lines_of_a_paragraph_that_are_paragraphs_are_divided() {
    let lines = ["1. Decides to measure;", "2. Requests the harbours", "of the north:", "a. to clean;", "b. to read."];
    let body = [
        p(&styled("<w:b/>", "THE TIDES BOARD,")),
        p(&(t("Recalling the tides,") + "<w:r><w:br/></w:r>" + &t("Noting the shores,"))),
        p(&lines.map(t).join("<w:r><w:br/></w:r>")),
    ]
    .concat();
    assert_eq!(
        outline(&of_body(&body).document),
        "E *THE TIDES BOARD*,\nP *Recalling* the tides,\nP *Noting* the shores,\nO *Decides* to measure;\n\
         O *Requests* the harbours of the north:\n/ to clean;\n/ to read.\n"
    );
}

#[test]
fn what_fits_nowhere_is_a_paragraph_and_a_finding() {
    let text = "A/84/L.7\nSome words about nothing in particular that nobody asked for.\nThe measurement of tides\n\
                The General Assembly,\nRecalling the tides,\n1. Decides to measure.\nIt was a fine day.\n";
    let imported = of_text(text);
    assert_eq!(codes(&imported).iter().filter(|code| **code == "import-unplaced").count(), 2);
    let place = imported.findings.iter().find(|finding| finding.code == "import-unplaced").unwrap();
    assert!(place.render(false).contains("t.txt:2:1"), "{}", place.render(false));
    nothing_is_lost("unplaced", &[text], &imported);
}

#[test]
fn lines_of_some_width_are_joined() {
    let imported = of_text(
        "A/84/L.7\n\nThe General Assembly,\n\nRecalling its resolution 80/12 of 4 December 2025 on the tides and\n\
         on the shores of the world,\n\n1. Decides to measure the tides of all harbours and to publish the\n\
         figures once a year;\n2. Decides to stop.\n",
    );
    assert_eq!(
        outline(&imported.document),
        "E *The General Assembly*,\nP *Recalling* its resolution 80/12 of 4 December 2025 on the tides and on the shores of \
         the world,\nO *Decides* to measure the tides of all harbours and to publish the figures once a year;\n\
         O *Decides* to stop.\n"
    );
}

#[test]
fn what_goes_on_stays_before_the_sub_paragraphs() {
    let text = "A/84/L.7\n\nThe General Assembly,\n\n1. Urges all harbours\n   to act on gauges:\n   (a) one that\n   \
                goes on;\n   (b) two;\n   and calls on them.\n2. Decides,\n   without delay,\n   (a) to stop.\n";
    let lines = "O *Urges* all harbours to act on gauges:\n/ one that goes on;\n/ two;\n… and calls on them.\n\
                 O *Decides*, without delay,\n/ to stop.\n";
    assert_eq!(outline(&of_text(text).document), format!("E *The General Assembly*,\n{lines}"));
    let word: String = text.lines().filter(|line| !line.is_empty()).map(|line| p(&t(line.trim()))).collect();
    assert_eq!(outline(&of_body(&word).document), format!("E *The General Assembly*,\n{lines}"));
}

const MUNIFY: &str = r#"{"header": {"conferenceName": "Harbour MUN", "documentNumber": "A/84/L.7", "topic": "Tides",
  "authoringDelegation": "Chile", "sponsoringDelegations": ["Fiji", "Malta"]},
 "resolution": {"committeeName": "General Assembly",
  "preamble": [{"id": "p1", "content": "Recalling the *Charter*,"}, {"id": "p2", "content": ""}],
  "operative": [
   {"id": "o1", "blocks": [{"type": "text", "id": "b1", "content": "Requests the harbours:"},
    {"type": "subclauses", "id": "b2", "items": [
      {"id": "s1", "blocks": [{"type": "text", "id": "b3", "content": "To clean:"},
        {"type": "subclauses", "id": "b4", "items": [{"id": "s2", "blocks": [{"type": "text", "id": "b5", "content": "The gauges;"}]}]}]},
      {"id": "s3", "blocks": [{"type": "text", "id": "b6", "content": "To measure;"}]}]},
    {"type": "text", "id": "b7", "content": "without delay;"}]},
   {"id": "o2", "content": "Decides to stop:", "subClauses": [{"id": "s4", "content": "Now;", "children": [{"id": "s5", "content": "Or later."}]}]}]}}"#;

#[test]
fn white_space_in_a_title_is_of_any_length() {
    let text = "A/RES/78/323\nResolution adopted by the General Assembly on 13 August 2024\n\
        78/323. É\u{a0}\u{a0}\u{a0}b\nThe General Assembly,\n1. Decides to remain seized of the matter.\n";
    let document = of_text(text).document;
    assert_eq!(document.title.unwrap().plain(), "É b");
    assert_eq!(document.number.as_deref(), Some("78/323"));
}

#[test]
fn munify_is_read_in_both_versions() {
    let imported = import("r.json", MUNIFY.into(), None, Changes::Accept).unwrap();
    assert_eq!(
        outline(&imported.document),
        "E *The General Assembly*,\nP *Recalling* the \\*Charter\\*,\nO *Requests* the harbours:\n/ To clean:\n// The gauges;\n\
         / To measure;\n… without delay;\nO *Decides* to stop:\n/ Now;\n// Or later.\n"
    );
    let names: Vec<_> = imported.document.sponsors.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["Chile", "Fiji", "Malta"]);
    assert!(imported.findings.iter().any(|finding| finding.message.contains("conferenceName")));
    let alone = r#"{"committeeName": "Der Sicherheitsrat", "preamble": [{"id": "p", "content": "in Bekräftigung der Charta und der Regeln,"}], "operative": []}"#;
    let alone = import("r.json", alone.into(), None, Changes::Accept).unwrap();
    assert_eq!(outline(&alone.document), "E *Der Sicherheitsrat*,\nP in Bekräftigung der Charta und der Regeln,\n");
    let error = import("r.json", b"{\"a\": 1}".to_vec(), None, Changes::Accept).unwrap_err();
    assert_eq!(error[0].code, "import-unknown");
    assert_eq!(import("r.json", b"{".to_vec(), None, Changes::Accept).unwrap_err()[0].code, "json-syntax");
}

#[test]
fn documents_and_web_pages_are_not_pasted_text() {
    let yaml = "symbol: A/84/L.7\nkind: draft-resolution\ndate: 2029-10-03\ntitle: Tides\nbody:\n  - enacting: \"*The General Assembly*,\"\n  - operative: x.\n";
    let document = read(&Source::new("t", yaml), Format::Yaml).unwrap().document;
    for (format, name) in
        [(Format::Yaml, "YAML"), (Format::Json, "JSON"), (Format::Markdown, "Markdown"), (Format::Xml, "XML")]
    {
        let text = write(&document, format).unwrap();
        for text in [text.clone(), format!("\u{feff}{}", text.replace('\n', "\r\n"))] {
            let refused = import("t", text.into(), None, Changes::Accept).unwrap_err();
            assert_eq!(refused[0].code, "import-unknown");
            assert!(refused[0].message.ends_with(&format!("already, in {name}")), "{}", refused[0]);
            assert!(refused[0].to_string().contains("masthead convert"), "{}", refused[0]);
        }
    }
    assert!(import("t", yaml.into(), Some(Origin::Text), Changes::Accept).is_ok(), "it was asked for");
    let page = import("t", "<!DOCTYPE html><p>Tides</p>".into(), None, Changes::Accept).unwrap_err();
    assert!(page[0].message.contains("web page"), "{}", page[0]);
    for text in [
        "Symbol: DR/1.2\nSponsors: Chile, Fiji\nTitle: Tides\n\nThe General Assembly,\n\nRecalling tides,\n\n1. Decides so.",
        "[Draft of 3 May]\n\nThe General Assembly,\n\nRecalling tides,\n\n1. Decides so.",
        "[1] See A/84/2.\n\nThe tides are high.[1]\n",
        "---\nTides\n---\n\nThe tides are high.\n",
    ] {
        assert!(import("t", text.into(), None, Changes::Accept).is_ok(), "{text}");
    }
}

#[test]
fn what_is_struck_by_hand_is_deleted() {
    for strike in ["<w:strike/>", "<w:dstrike/>"] {
        let imported = of_body(&p(&(t("The tides are ") + &styled(strike, "low") + &t(" high."))));
        assert_eq!(outline(&imported.document), "- The tides are ~~low~~ high.\n");
    }
    let imported = of_body(&p(&(t("CO") + &styled("<w:vertAlign w:val=\"subscript\"/>", "2") + &t(" is a gas."))));
    assert!(codes(&imported).contains(&"import-changed"));
}

#[test]
fn what_is_drawn_is_kept_or_reported() {
    let drawn = |content: &str| {
        of_body(
            &(p(&t("The tides are high."))
                + &p(&(t("They fall.") + &format!("<w:r><w:drawing>{content}</w:drawing></w:r>")))),
        )
    };
    for content in ["<x:chart xmlns:x=\"c\"/>", "<x:relIds xmlns:x=\"d\"/>"] {
        assert!(codes(&drawn(content)).contains(&"import-left-out"), "{content}");
    }
    for content in ["<a:t xmlns:a=\"a\">canvas</a:t>", "<v:textpath xmlns:v=\"v\" string=\"canvas\"/>"] {
        let imported = drawn(content);
        assert!(outline(&imported.document).contains("canvas"), "{content}");
        assert!(codes(&imported).contains(&"import-changed"));
    }
    let both = "<x:blip xmlns:x=\"b\"/><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>";
    assert!(codes(&drawn(both)).contains(&"import-left-out"));
    let divided = of_body(&p("<w:r><w:t>one<!-- c --> two</w:t></w:r>"));
    assert!(serde_json::to_string(&divided.document).unwrap().contains("one two"));
}

#[test]
fn headers_give_symbol_and_job_alone() {
    let header = [
        p(&t("A/84/L.7")),
        p(&t("Sponsors: Chile, Fiji")),
        p(&t("Date: 3 May 2020")),
        p(&t("12/4 of the drafting group")),
    ]
    .concat();
    let body = p(&t("Topic: Tides"))
        + &p(&t("Sponsors: Chile, Fiji"))
        + &p(&t("The General Assembly,"))
        + &p(&t("Recalling tides,"))
        + &listed(1, 0, &t("Decides so."));
    let imported = imported(Word { body: &body, header: &header, ..Word::default() }.bytes(), Changes::Accept);
    let Document { symbol, sponsors, title, date, number, .. } = &imported.document;
    assert_eq!((symbol[0].text(), sponsors.len(), date, number), ("A/84/L.7", 2, &None, &None));
    assert_eq!(title.as_ref().unwrap(), &"Tides");
    assert_eq!(codes(&imported).iter().filter(|code| **code == "import-left-out").count(), 2);
}

#[test]
fn sponsors_stand_before_the_last_colon() {
    let imported = of_text(
        "A/84/L.7\nSponsors: Chile, Fiji: draft resolution\nSignatories: Peru and Ghana\nTides\n\nThe General Assembly,\nRecalling tides,\n1. Decides so.\n",
    );
    assert_eq!(imported.document.sponsors, ["Chile", "Fiji"]);
    assert_eq!(imported.document.signatories, ["Peru", "Ghana"]);
    assert_eq!(outline(&imported.document), "E *The General Assembly*,\nP *Recalling* tides,\nO *Decides* so.\n");
    let imported =
        of_text("Topic: Of tides\n78/323. Of shores\n\nThe General Assembly,\nRecalling tides,\n1. Decides so.\n");
    nothing_is_lost("titles", &["Of tides", "78/323. Of shores"], &imported);
}

#[test]
fn the_name_of_a_meeting_may_be_long() {
    let meeting = "103rd plenary, commemorative, ceremonial and high-level closing meeting";
    assert!((60..80).contains(&meeting.len()));
    let imported = of_text(&format!(
        "A/RES/78/323\n\nResolution adopted by the General Assembly on 13 August 2024\n\n78/323. Tides\n\n\
         The General Assembly,\n\nRecalling tides,\n\n1. Decides so.\n\n{meeting}\n\n13 August 2024\n"
    ));
    assert_eq!(imported.document.meeting.unwrap(), meeting);
    assert_eq!(imported.document.body.len(), 3);
}

#[test]
fn texts_are_in_any_language_of_masthead() {
    for (text, language) in [
        (
            "A Assembleia Geral,\n\nRecordando os mares do mundo e das costas,\n\n1. Decide observar os mares em conjunto.",
            "pt",
        ),
        (
            "L’Assemblea generale,\n\nRicordando i mari del mondo e delle coste,\n\n1. Decide di osservare il mare con gli Stati.",
            "it",
        ),
    ] {
        assert_eq!(of_text(text).document.language.code(), language);
    }
}

#[test]
fn hostile_files_are_refused() {
    let code = |bytes: Vec<u8>| match import("t.docx", bytes, None, Changes::Accept) {
        Ok(_) => "",
        Err(errors) => errors[0].code,
    };
    let document = |text: Vec<u8>| archive(&[("word/document.xml", text)]);
    assert_eq!(code(document(vec![b' '; 40 << 20])), "too-large");
    let entities = b"<!DOCTYPE d [<!ENTITY a \"aaaa\">]><d><body>&a;</body></d>".to_vec();
    assert_eq!(code(document(entities)), "docx-damaged");
    let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
    assert_eq!(code(document(deep.into_bytes())), "docx-damaged");
    assert_eq!(code(document(b"<d/>".to_vec())), "docx-damaged");
    assert_eq!(code(document(b"<d><body/></d>".to_vec())), "empty-source");
    assert_eq!(code(archive(&[("content.xml", b"<x/>".to_vec())])), "import-unknown");
    assert_eq!(code(b"PK\x03\x04 and no more".to_vec()), "docx-damaged");
    assert_eq!(code(b"\xD0\xCF\x11\xE0\xA1\xB1".to_vec()), "import-unknown");
    assert_eq!(code(b"\xff\xfe\xff".to_vec()), "not-utf-8");
}

#[test]
fn the_command_writes_and_reports() {
    let folder = tempfile::tempdir().unwrap();
    let masthead = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
        command.args(arguments).current_dir(folder.path()).stdin(Stdio::null()).output().unwrap()
    };
    let body = draft(UNDERLINED).replace("Original: English", "Seconded: Peru");
    std::fs::write(folder.path().join("draft.docx"), Word { body: &body, ..Word::default() }.bytes()).unwrap();
    let run = masthead(&["import", "draft.docx", "-o", "draft.yaml"]);
    let shown = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{shown}");
    assert!(shown.contains("warning[import-unplaced]") && shown.contains("draft.docx:3:1"), "{shown}");
    let yaml = std::fs::read_to_string(folder.path().join("draft.yaml")).unwrap();
    assert!(yaml.contains("symbol: A/84/L.7"), "{yaml}");
    let markdown = masthead(&["import", "draft.docx", "-q", "--to", "md"]);
    assert!(String::from_utf8_lossy(&markdown.stdout).contains("*Recalling* its resolution"));
    assert!(markdown.stderr.is_empty());
    let refused = masthead(&["import", "draft.yaml", "--from", "docx"]);
    assert_eq!(refused.status.code(), Some(1));
    let itself = masthead(&["import", "draft.docx", "-o", "draft.docx"]);
    assert_eq!(itself.status.code(), Some(2));
    let rendered = masthead(&["render", "draft.docx"]);
    assert!(String::from_utf8_lossy(&rendered.stderr).contains("masthead import"));
}

#[test]
fn a_comma_names_no_organ() {
    let text = "Recalling tides,\nRecalling tides,\n,\nThe General Assembly,";
    let imported = import("t.txt", text.as_bytes().to_vec(), Some(Origin::Text), Changes::Accept).unwrap();
    assert!(!imported.document.body.iter().any(|block| matches!(block, Block::Enacting(it) if it.text.plain() == ",")));
    nothing_is_lost("comma", &[text], &imported);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Bytes of the parts, changed at random places.
    #[test]
    fn damaged_files_never_panic(changes in proptest::collection::vec((any::<u32>(), any::<u8>()), 1..12), cut in any::<u32>(), whole in any::<bool>()) {
        let note = "<w:footnote w:id=\"1\"><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnote>";
        let body = draft(ITALIC) + "<w:p><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>";
        let damaged = |mut bytes: Vec<u8>| {
            for (at, byte) in &changes {
                let at = *at as usize % bytes.len();
                bytes[at] = *byte;
            }
            bytes
        };
        let bytes = if whole {
            let mut bytes = damaged(Word { body: &body, footnotes: note, ..Word::default() }.bytes());
            bytes.truncate(bytes.len().saturating_sub(cut as usize % 64));
            bytes
        } else {
            // Text that stays UTF-8 gets farther than bytes of an archive.
            let text = String::from_utf8_lossy(&damaged(body.into_bytes())).into_owned();
            Word { body: &text, footnotes: note, ..Word::default() }.bytes()
        };
        for changes in [Changes::Accept, Changes::Keep] {
            if let Ok(imported) = import("t.docx", bytes.clone(), None, changes) {
                write(&imported.document, Format::Yaml).unwrap();
            }
        }
    }

    /// Lines at random: nothing is lost, and what is written reads back.
    #[test]
    fn no_word_of_any_text_is_lost(lines in proptest::collection::vec("(A/84/L\\.7|The General Assembly,|Recalling tides,|[1-4]\\. Decides so;|\\([a-c]\\) item;|\\(i+\\) sub;|- dash|Annex I|Topic: x|\\(Signed\\) y|[a-zA-Z ,.:;()*]{0,40})", 1..14)) {
        // What a head states twice is one field.
        let mut lines = lines;
        let mut seen = std::collections::BTreeSet::new();
        lines.retain(|line| !["A/84/L.7", "The General Assembly,", "Topic: x"].contains(&line.as_str()) || seen.insert(line.clone()));
        let text = lines.join("\n");
        if let Ok(imported) = import("t.txt", text.clone().into_bytes(), Some(Origin::Text), Changes::Accept) {
            nothing_is_lost("random", &[&text.replace("Topic:", "")], &imported);
        }
    }

    /// Whatever is taken for an item or for text that goes on: words are printed in the order in which they were written.
    #[test]
    fn words_stay_in_their_order(lines in proptest::collection::vec(("([2-9]\\. Decides|\\([a-d]\\)|\\(ii?\\)|-|and|to|The|Recalling)", "[,;:.]?"), 1..12)) {
        let line = |(index, (begins, ends)): (usize, &(String, String))| format!("{begins} word{index:02}{ends}\n");
        let body: String = lines.iter().enumerate().map(line).collect();
        let text = format!("A/84/L.7\n\nThe General Assembly,\n\n1. Decides so:\n{body}");
        let outline = outline(&of_text(&text).document);
        let printed: Vec<&str> = outline.match_indices("word").map(|(at, _)| &outline[at + 4..at + 6]).collect();
        let written: Vec<String> = (0..lines.len()).map(|index| format!("{index:02}")).collect();
        assert_eq!(printed, written, "{text}\n{outline}");
    }
}

#[test]
fn characters_of_symbol_fonts_are_those_of_others() {
    let sign = |font: &str, code: &str| format!("<w:r><w:sym w:font=\"{font}\" w:char=\"{code}\"/></w:r>");
    let of = |font: &str, text: &str| styled(&format!("<w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\"/>"), text);
    let paragraph = |content: &str| of_body(&p(&(t("The tides ") + content + &t(" rise."))));
    let signs = [
        sign("Symbol", "F06D"),
        sign("Symbol", "F061"),
        sign("Wingdings", "F0FC"),
        of("Symbol", "D \u{f0b0}"),
        styled("<w:rFonts w:ascii=\"Symbol\"/>", "\u{f0a3}"),
    ];
    let known = paragraph(&signs.concat());
    assert_eq!(outline(&known.document), "- The tides μα✓Δ °≤ rise.\n");
    assert!(!codes(&known).contains(&"import-changed"), "{:?}", known.findings);
    for left in [sign("Webdings", "F061"), of("Wingdings", "a"), t("\u{e001}")] {
        assert!(codes(&paragraph(&left)).contains(&"import-changed"), "{left}");
    }
    let pasted = of_text("A/84/5\n\n1. The tide \u{f0b0} rises:\n\u{f0b7}\tnow;\n\u{f0b7}\tor \u{f8ff} later.\n");
    assert_eq!(outline(&pasted.document), "N The tide ° rises:\n/ •now;\n/ •or \u{f8ff} later.\n");
    assert!(codes(&pasted).contains(&"import-changed"), "{:?}", pasted.findings);
}

#[test]
fn capitals_are_those_that_word_shows() {
    let own = styled("<w:caps/>", "nato straße") + &t(" stays ") + &styled("<w:smallCaps/>", "small") + &t(".");
    assert_eq!(outline(&of_body(&p(&own)).document), "- NATO STRAßE stays small.\n");
    let of_style = t("loud and ") + &styled("<w:caps w:val=\"0\"/>", "quiet.");
    let of_style = p(&format!("<w:pPr><w:pStyle w:val=\"Loud\"/></w:pPr>{of_style}"));
    assert_eq!(outline(&of_body(&of_style).document), "- LOUD AND quiet.\n");
}

#[test]
fn notes_of_several_paragraphs_are_reported() {
    let body = p(&(t("The tides rise") + "<w:r><w:footnoteReference w:id=\"1\"/></w:r>" + &t(" high.")));
    let table = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p(&t("Two.")));
    for (second, text, message) in [
        (String::new(), "One.", None),
        (p(&t("Two.")), "One. Two.", Some("the paragraphs of a note are joined")),
        (table, "One. Two.", Some("a table within a note is read as its text")),
    ] {
        let footnotes = format!("<w:footnote w:id=\"1\">{}{second}</w:footnote>", p(&t("One.")));
        let imported =
            imported(Word { body: &body, footnotes: &footnotes, ..Word::default() }.bytes(), Changes::Accept);
        assert_eq!(imported.document.footnotes["1"], text);
        let changed = imported.findings.iter().find(|finding| finding.code == "import-changed");
        assert_eq!(changed.map(|finding| finding.message.as_str()), message);
    }
}

#[test]
fn tables_have_units_sources_and_notes() {
    let raised = |text: &str| styled("<w:vertAlign w:val=\"superscript\"/>", text);
    let cell = |content: &str| format!("<w:tc>{}</w:tc>", p(content));
    let row = |cells: [String; 2]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row([cell(&styled("<w:b/>", "Region")), cell(&styled("<w:b/>", "Amount"))]),
        row([cell(&(t("North") + &raised("a"))), cell(&t("15"))]),
    );
    let (title, units) = (styled("<w:b/>", "Budget"), t("(Thousands of United States dollars)"));
    let line = "<w:r><w:br/></w:r>";
    for (above, mark) in [
        (p(&t("Table 1")) + &p(&title) + &p(&units), raised("a")),
        (p(&t("Table 1. Budget")) + &p(&units), styled(ITALIC, "a")),
        (p(&(t("Table 1") + line + &title + line + &units)), raised("a")),
    ] {
        let body = [
            p(&t("The General Assembly,")),
            p(&t("Recalling the budget,")),
            p(&t("1. Takes note of the table.")),
            above,
            table.clone(),
            p(&(styled(ITALIC, "Source") + &t(": Secretariat."))),
            p(&(mark + &t(" Including shipping."))),
            p(&t("2. Decides to stop.")),
        ]
        .concat();
        let imported = of_body(&body);
        let Some(Block::Table(table)) = imported.document.body.iter().find(|block| matches!(block, Block::Table(_)))
        else {
            panic!("{}", outline(&imported.document));
        };
        let said = [&table.title, &table.units, &table.source].map(|text| text.as_ref().map(ToString::to_string));
        let wanted = ["Budget", "(Thousands of United States dollars)", "Secretariat."];
        assert_eq!(said, wanted.map(|text| Some(text.to_owned())));
        assert_eq!(table.number.as_deref(), Some("1"));
        assert_eq!(table.rows[0].cells[0].text.written(), "North[^a]");
        assert_eq!(table.notes["a"], "Including shipping.");
        assert!(outline(&imported.document).ends_with("O *Decides* to stop.\n"), "{}", outline(&imported.document));
        let texts = texts_of(&body);
        let texts: Vec<&str> = texts.iter().map(String::as_str).filter(|text| *text != "a").collect();
        nothing_is_lost("units", &texts, &imported);
    }
}

#[test]
fn headings_with_which_bodies_begin_are_no_titles() {
    for heading in ["Summary", "Introduction", "Contents"] {
        let bold = |text: &str| p(&styled("<w:b/>", text));
        let body = [
            p(&t("A/84/55")),
            bold("Tides in the Pacific"),
            bold("Report of the Secretary-General"),
            bold(heading),
            p(&t("The tides rise everywhere.")),
        ]
        .concat();
        let imported = of_body(&body);
        let Document { title, submitted_by, kind, .. } = &imported.document;
        assert_eq!(title.as_ref().unwrap(), &"Tides in the Pacific");
        assert_eq!(submitted_by.as_ref().unwrap(), &"Report of the Secretary-General");
        assert_eq!(kind.name(), "report");
        assert_eq!(outline(&imported.document), format!("##  {heading}\n- The tides rise everywhere.\n"));
    }
    let alone = of_text("A/84/55\n\nSummary\n\nThe tides rise everywhere.\n");
    assert_eq!(alone.document.title, None);
    assert_eq!(outline(&alone.document), "##  Summary\n- The tides rise everywhere.\n");
}

#[test]
fn inserted_numbers_are_kept() {
    let text = "A/84/L.7\nDraft resolution\nThe General Assembly,\nRecalling its resolution 80/12,\n1. Decides to measure;\n\
        1 bis.\tAlso decides to insert this;\n2. Decides to stop:\n(a) now;\n(a bis) or later;\n(b) or never.\n";
    let expected = "O *Decides* to measure;\nO 1 bis. *Also decides* to insert this;\nO *Decides* to stop:\n/ now;\n\
        / (a bis)or later;\n/ (b)or never.\n";
    let word: String = text.lines().map(|line| p(&t(&line.replace('\t', "</w:t><w:tab/><w:t>")))).collect();
    for imported in [of_text(text), of_body(&word)] {
        let shown = outline(&imported.document);
        assert!(shown.ends_with(expected), "{shown}");
    }
    let report = of_text("A/84/55\n\n1. The tide rises.\n1 bis. It falls.\n2. It stays.\n2A. It goes.\n3. It ends.\n");
    assert_eq!(
        outline(&report.document),
        "N The tide rises.\nN 1 bis. It falls.\nN It stays.\nN 2A. It goes.\nN It ends.\n"
    );
}
