//! Reading AKN4UN: what is kept, reported and refused.

mod collections;

use super::*;
use crate::model::{Block, Document as Model, Kind, Language, Session, Text};
use crate::prepare::words::words;
use crate::read::{Format, Reading, read};

const HEAD: &str = r##"<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution">
<meta><identification source="#x"><FRBRWork><FRBRdate date="2029-12-19" name="adoption"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification>
<presentation><docketNumber>29-90001 (E) 211229</docketNumber></presentation></meta>
<coverPage><p><docNumber refersTo="#symbol">A/RES/84/901</docNumber></p>
<p><docStatus refersTo="#generalDistribution">Distr.: General</docStatus></p><p><docDate date="2029-12-21">21 December 2029</docDate></p>
<p><session value="84">Eighty-fourth session</session></p><p><inline name="agenda item" title="18">Agenda item 18</inline></p>
<p><docTitle>Resolution adopted by the General Assembly on 19 December 2029</docTitle></p>
<p><docProponent>[without reference to a Main Committee (A/84/L.9)]</docProponent></p></coverPage>
<preface><p><docNumber>84/901.</docNumber><docTitle><span class="bold">	Tides</span></docTitle></p></preface>"##;

fn reading(rest: &str) -> Reading {
    let text = format!("{HEAD}{rest}</statement></akomaNtoso>");
    read(&Source::new("test.xml", text), Format::Xml).unwrap_or_else(|errors| panic!("{}", errors[0]))
}

fn texts(model: &Model) -> String {
    serde_json::to_string(&model.body).unwrap()
}

#[test]
fn header_fields() {
    let Reading { document, warnings, .. } = reading(
        "<mainBody/><conclusions><p><event><location>51st plenary meeting</location></event></p></conclusions>",
    );
    assert_eq!((document.kind, document.symbol.as_slice()), (Kind::Resolution, &["A/RES/84/901".into()][..]));
    assert_eq!(document.session, Some(Session::Number(84)));
    assert_eq!(document.agenda_item.as_ref().map(Text::written), Some("18"));
    assert_eq!(
        document.adopted_note.as_ref().map(Text::written),
        Some("without reference to a Main Committee (A/84/L.9)")
    );
    assert_eq!(
        (document.number.as_deref(), document.title.as_ref().map(Text::written)),
        (Some("84/901"), Some("Tides"))
    );
    assert_eq!(document.meeting.as_ref().map(Text::written), Some("51st plenary meeting"));
    assert_eq!((document.job.as_deref(), document.job_date.unwrap().day()), (Some("29-90001"), 21));
    assert!(document.adopted_text.is_empty(), "our words say the same");
    assert!(warnings.is_empty(), "{}", warnings[0]);
}

#[test]
fn paragraphs_notes_and_lists() {
    let document = reading(
        r##"<preamble><formula><p><span class="italic">The General Assembly</span>,</p></formula>
<container name="Recalling"><p>	<span class="italic">Recalling </span>2 * 3<authorialNote marker="1"><p>	1	<a href="https://undocs.org/en/S/RES/1(1946)">1 (1946)</a>.</p></authorialNote> and n<sup>o</sup> 4, </p></container></preamble>
<mainBody><paragraph><num>1.</num><content><p>Decides</p></content></paragraph>
<paragraph><num>2.</num><list><intro><p>Invites:</p></intro><point><num>(a)</num><content><p>All;</p></content></point>
<sublist><point><num>(i)</num><content><p>Some;</p></content></point></sublist></list></paragraph>
<paragraph><content><p>	(c)	Others.</p></content></paragraph></mainBody>"##,
    )
    .document;
    assert_eq!(
        texts(&document),
        r#"[{"enacting":"*The General Assembly*,"},{"preambular":"*Recalling* 2 \\* 3[^1] and n^o^ 4,"},{"operative":"Decides"},{"operative":{"text":"Invites:","items":[{"text":"All;","items":["Some;"]},{"text":"Others.","label":"(c)"}]}}]"#
    );
    assert_eq!(document.footnotes["1"], "[1 (1946)](https://undocs.org/en/S/RES/1%281946%29).");
}

#[test]
fn styles_within_words_never_change_the_text() {
    let document = reading(r#"<mainBody><paragraph><content><p>G(1e<span class="bold">C</span>)<span class="italic">x</span>y *</p></content></paragraph></mainBody>"#).document;
    let Block::Paragraph(passage) = &document.body[0] else { panic!("{:?}", document.body) };
    assert_eq!(passage.text.plain(), "G(1eC)xy *");
}

#[test]
fn what_is_not_known_is_reported_and_kept() {
    let Reading { document, warnings, source, .. } = reading(
        "\n<mainBody><paragraph><content><p>a <blink>b</blink></p></content></paragraph>\n<figure>c</figure></mainBody>",
    );
    assert_eq!(texts(&document), r#"[{"paragraph":"a b"},{"paragraph":"c"}]"#);
    let reported: Vec<_> =
        warnings.iter().map(|w| (w.code, source.text[w.place.as_ref().unwrap().span.clone()].to_owned())).collect();
    assert_eq!(reported, [("xml-not-understood", "<blink>".to_owned()), ("xml-not-understood", "<figure>".to_owned())]);
}

#[test]
fn flat_labels_and_numbers_are_levels() {
    let flat: String = ["1.\tFirst", "(a)\tone;", "(i)\ttwo;", "(ii)\tthree;", "(b)\tfour.", "2.\tSecond"]
        .iter()
        .map(|text| format!("<paragraph><content><p>\t{text}</p></content></paragraph>"))
        .collect();
    assert_eq!(
        texts(&reading(&format!("<mainBody>{flat}</mainBody>")).document),
        r#"[{"operative":{"text":"First","items":[{"text":"one;","items":["two;","three;"]},"four."]}},{"operative":"Second"}]"#
    );
}

#[test]
fn nothing_that_a_page_cannot_have_is_refused() {
    let long = "x".repeat(30);
    let rest = format!(
        "<mainBody><paragraph><num>{long}</num><content><p>a</p></content></paragraph>\
         <paragraph><num>2.</num><list><point><num>(a)</num><content><p>b</p></content></point></list></paragraph>\
         <list><point><content><p>c</p></content></point></list>loose\
         <paragraph><num>(b)</num><content><p>合作： 大会</p></content></paragraph></mainBody>\
         <conclusions><p>Done.</p></conclusions>"
    );
    let Reading { document, warnings, .. } = reading(&rest);
    assert_eq!(
        texts(&document),
        format!(
            r#"[{{"paragraph":"{long} a"}},{{"operative":{{"text":"(a) b","number":"2."}}}},{{"paragraph":{{"text":"c","items":[{{"text":"合作：大会","label":"(b)"}}]}}}},{{"paragraph":"loose"}},{{"paragraph":"Done."}}]"#
        )
    );
    assert_eq!(warnings.len(), 2, "loose text and conclusions");
}

#[test]
fn documents_of_other_times_and_kinds() {
    let of = |symbol: &str, cover: &str| {
        let text = format!("{HEAD}<mainBody><p>x</p></mainBody></statement></akomaNtoso>")
            .replace("A/RES/84/901", symbol)
            .replace("<docNumber>84/901.</docNumber>", "")
            .replace("</coverPage>", &format!("{cover}</coverPage>"));
        read(&Source::new("t.xml", text), Format::Xml).unwrap_or_else(|errors| panic!("{}", errors[0])).document
    };
    for (symbol, number) in [
        ("A/RES/1514 (XV)", "1514 (XV)"),
        ("A/RES/46/36 L", "46/36 L"),
        ("A/RES/ES-11/1", "ES-11/1"),
        ("A/RES/S-30/1", "S-30/1"),
        ("E/RES/2029/4", "2029/4"),
        ("S/RES/242 (1967)", "242 (1967)"),
    ] {
        assert_eq!(of(symbol, "").number.as_deref(), Some(number), "{symbol}");
    }
    let statement = of("S/PRST/2029/5", "");
    assert_eq!((statement.kind, statement.number, statement.adopted), (Kind::PresidentialStatement, None, None));
    assert_eq!(
        statement.title.as_ref().map(Text::written),
        Some("Resolution adopted by the General Assembly on 19 December 2029")
    );
    assert!(statement.agenda_title.contains(&"Tides".into()), "nothing of it is lost");
}

#[test]
fn odd_files_are_read_all_the_same() {
    let rest = "<mainBody><table><tr><td>a\u{202b}\u{202c}</td><td>b</td></tr><tr><td>c</td></tr></table>\
         <paragraph><heading> </heading></paragraph><paragraph><num>1.</num><content><p/></content></paragraph>\
         <paragraph><content><p>x</p></content></paragraph></mainBody>";
    let text = format!("{HEAD}{rest}</statement></akomaNtoso>")
        .replace("<docNumber>84/901.</docNumber>", "")
        .replace("<coverPage>", "<coverPage><p><inline name=\"odd\">Odd</inline></p>");
    let Reading { document, warnings, .. } = read(&Source::new("t.xml", text), Format::Xml).unwrap();
    assert_eq!(document.number.as_deref(), Some("84/901"), "out of the symbol");
    assert_eq!((document.agenda_title.as_slice(), warnings.len()), (&["Odd".into()][..], 1));
    assert_eq!(texts(&document), r#"[{"table":{"rows":[["a","b"],["c",""]]}},{"operative":"x"}]"#);
}

#[test]
fn other_xml_is_refused_with_its_place() {
    let error = |text: &str| {
        let error = &read(&Source::new("t.xml", text), Format::Xml).unwrap_err()[0];
        (error.code, error.place.as_ref().unwrap().span.start)
    };
    assert_eq!(error("<a>\n<b><c><d>"), ("xml-syntax", 13));
    assert_eq!(error("<a>\n<b></a>").0, "not-akn");
    assert_eq!(error("<html/>").0, "not-akn");
    assert_eq!(error("  ").0, "empty-source");
    assert_eq!(error("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>").0, "xml-syntax");
    let deep = format!(
        "{HEAD}<mainBody>{}{}</mainBody></statement></akomaNtoso>",
        "<container>".repeat(300),
        "</container>".repeat(300)
    );
    assert!(read(&Source::new("t.xml", deep), Format::Xml).is_ok_and(|reading| !reading.warnings.is_empty()));
}

/// The texts that a body prints, in order, blocks separated by a slash.
fn printed(rest: &str) -> String {
    fn gather(value: &serde_json::Value, out: &mut Vec<String>) {
        use serde_json::Value as Json;
        match value {
            Json::String(text) => out.push(text.clone()),
            Json::Array(list) => list.iter().for_each(|value| gather(value, out)),
            Json::Object(map) => {
                for key in ["number", "label"] {
                    map.get(key).into_iter().for_each(|value| gather(value, out));
                }
                let rest = map.iter().filter(|(key, _)| !["number", "label", "level"].contains(&key.as_str()));
                rest.for_each(|(_, value)| gather(value, out));
            }
            _ => {}
        }
    }
    let Reading { document, warnings, .. } = reading(rest);
    assert!(warnings.is_empty(), "{}", warnings[0]);
    let blocks = serde_json::to_value(&document.body).unwrap();
    let blocks = blocks.as_array().unwrap().iter().map(|block| {
        let mut out = Vec::new();
        gather(block, &mut out);
        out.join(" ")
    });
    blocks.collect::<Vec<_>>().join(" / ")
}

/// Every element of the hierarchy, by its name in the schema.
const HIERARCHY: [&str; 33] = [
    "alinea",
    "article",
    "book",
    "chapter",
    "clause",
    "division",
    "indent",
    "level",
    "list",
    "paragraph",
    "part",
    "point",
    "proviso",
    "rule",
    "section",
    "subchapter",
    "subclause",
    "subdivision",
    "sublist",
    "subparagraph",
    "subpart",
    "subrule",
    "subsection",
    "subtitle",
    "title",
    "tome",
    "transitional",
    "hcontainer",
    "tblock",
    "blockContainer",
    "container",
    "speech",
    "debateSection",
];

#[test]
fn places_of_the_hierarchy_keep_number_heading_and_text_in_order() {
    for name in HIERARCHY {
        let text = |inner: &str| printed(&format!("<mainBody><{name}>{inner}</{name}></mainBody>"));
        let said = text(
            "<num>VII</num><heading>Head</heading><subheading>Under</subheading><content><p>One.</p><p>Two.</p></content>",
        );
        assert_eq!(said.replace(" / ", " "), "VII Head Under One. Two.", "{name}");
        let said = text("<num>8</num><content><p>Eight.</p></content>");
        assert_eq!(said, "8 Eight.", "{name}");
        let within = "<intro><p>Intro:</p></intro><point><num>(a)</num><content><p>all;</p></content></point>\
             <point><num>(b)</num><content><p>some.</p></content></point><wrapUp><p>End.</p></wrapUp>";
        let said = text(&format!("<num>9</num>{within}")).replace(" / ", " ");
        assert!(
            ["9 Intro: all; some. End.", "9 Intro: (a) all; (b) some. End."].contains(&said.as_str()),
            "{name}: {said}"
        );
        let nested =
            format!("<num>I</num><heading>Outer</heading><{name}><num>1</num><content><p>in</p></content></{name}>");
        assert_eq!(text(&nested).replace(" / ", " "), "I Outer 1 in", "{name}");
    }
}

#[test]
fn numbers_of_divisions_without_a_heading_stand_before_what_they_hold() {
    let said = printed(
        "<body><article><num>Article 4</num><paragraph><num>1.</num><content><p>First.</p></content></paragraph>\
         <paragraph><num>2.</num><intro><p>Second:</p></intro><subparagraph><num>(a)</num><content><p>sub.</p></content>\
         </subparagraph></paragraph></article><article><num>Article 5</num><paragraph><num>1.</num><content><p>Again.</p>\
         </content></paragraph></article></body>",
    );
    assert_eq!(said, "Article 4 / First. / Second: sub. / Article 5 / 1. Again.");
}

#[test]
fn lists_of_every_form_keep_their_items_apart() {
    let list = |list: &str| {
        printed(&format!(
            "<mainBody><paragraph><num>9.</num><content><p>Of:</p>{list}</content></paragraph></mainBody>"
        ))
    };
    assert_eq!(
        list("<ul><li>one</li><li><b>two</b> three<ul><li>in</li></ul></li><li><p>four</p></li></ul>"),
        "9. Of: • one • **two** three • in • four"
    );
    assert_eq!(list("<ol><li>one</li><li>two</li></ol>"), "9. Of: 1. one 2. two");
    assert_eq!(list("<ol><li value=\"x)\">one</li></ol>"), "9. Of: x) one");
    let block_list = "<blockList><listIntroduction>these:</listIntroduction><item><num>(i)</num><p>one</p><p>more</p></item>\
         <item><num>(ii)</num><heading>Head</heading><p>two</p></item><listWrapUp>end</listWrapUp></blockList>";
    assert_eq!(list(block_list), "9. Of: these: (i) one more (ii) Head two end");
    assert_eq!(list("<blockList><item><p>bare</p></item><item><p>items</p></item></blockList>"), "9. Of: bare items");
}

#[test]
fn preambles_keep_recitals_and_citations() {
    let said = printed(
        "<preface><longTitle><p>An Act of tides</p></longTitle></preface><preamble><formula><p>We,</p></formula><citations>\
         <citation><num>A</num><p>Having regard,</p></citation></citations><recitals><intro><p>Whereas:</p></intro>\
         <recital><num>(1)</num><p>one;</p></recital><recital><num>(2)</num><p>two,</p></recital></recitals></preamble><mainBody/>",
    );
    assert_eq!(said, "An Act of tides / We, / A Having regard, / Whereas: / (1) one; / (2) two,");
}

#[test]
fn debates_keep_speakers_and_speeches() {
    for name in ["speech", "question", "answer"] {
        let said = printed(&format!(
            "<debateBody><debateSection><heading>Tides</heading><{name}><from>Ms. A:</from><p>Yes.</p><p>No.</p></{name}>\
             <scene>Applause.</scene></debateSection></debateBody>"
        ));
        assert_eq!(said, "Tides / Ms. A: / Yes. / No. / Applause.", "{name}");
    }
}

#[test]
fn headings_between_paragraphs_have_their_levels() {
    let levels = |rest: &str| -> Vec<u8> {
        let levels = reading(rest).document.body.into_iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading.level),
            _ => None,
        });
        levels.collect()
    };
    let text = "<paragraph><content><p>x</p></content></paragraph>";
    assert_eq!(
        levels(&format!(
            "<mainBody><crossHeading>A</crossHeading>{text}<section><heading>B</heading><crossHeading>C</crossHeading>{text}<subsection>\
             <heading>D</heading><subheading>E</subheading>{text}</subsection></section></mainBody>"
        )),
        [2, 2, 3, 3, 4]
    );
    let classed = "<paragraph class=\"H4\"><content><p><subheading>F</subheading></p></content></paragraph>";
    assert_eq!(levels(&format!("<mainBody>{classed}{text}</mainBody>")), [4]);
    let said = texts(&reading("<mainBody><section><subheading>I</subheading><crossHeading refersTo=\"#preamble\"><i>Having</i> met,</crossHeading></section></mainBody>").document);
    assert_eq!(
        said, r#"[{"heading":{"level":2,"text":"I"}},{"preambular":"*Having* met,"}]"#,
        "a preambular paragraph by its own word"
    );
}

#[test]
fn a_picture_is_not_left_out_without_a_word() {
    let codes = |inner: &str| {
        let body = format!("<mainBody><paragraph><content><p>One.</p>{inner}</content></paragraph></mainBody>");
        reading(&body).warnings.iter().map(|warning| (warning.code, warning.message.clone())).collect::<Vec<_>>()
    };
    let left_out = "<img> is not fully understood; the picture is left out; add it as a figure in another syntax";
    let found = codes("<p><img src=\"map.svg\" alt=\"A map\"/></p>");
    assert_eq!(found, [("xml-not-understood", left_out.to_owned())]);
    assert_eq!(codes("<p><img src=\"\" alt=\"bar code\"/>Two.</p>"), []);
}

#[test]
fn what_is_deleted_is_struck_and_what_is_quoted_has_marks() {
    let read = |num: &str, said: &str| {
        let Reading { document, warnings, .. } = reading(&format!(
            "<mainBody><paragraph><num>{num}</num><content><p>{said}</p></content></paragraph></mainBody>"
        ));
        (texts(&document), warnings)
    };
    let (said, warnings) = read("1.", "the <del>old <i>and</i> tried</del> <ins>new</ins> word<ins>s</ins>");
    assert_eq!(said, r#"[{"operative":"the ~~old *and* tried~~ ++new++ word++s++"}]"#);
    assert!(warnings.is_empty());
    let (said, warnings) = read("<del>2</del><ins>1</ins>.", "the <del><ins>old</ins></del> word");
    assert_eq!(said, r#"[{"operative":"the ~~old~~ word"}]"#);
    assert_eq!(warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["xml-deleted"]);
    assert_eq!(warnings[0].message, "“2” is struck out in the file; it is not printed");
    let quote = |inner: &str| {
        printed(&format!("<mainBody><paragraph><content><p>{inner}</p></content></paragraph></mainBody>"))
    };
    assert_eq!(quote("say <quotedText>tides</quotedText>."), "say “tides”.");
    assert_eq!(quote("say <quotedText startQuote=\"«\">tides</quotedText>."), "say «tides».");
    assert_eq!(quote("say <quotedText startQuote=\"'\" endQuote=\"`\">tides</quotedText>."), "say 'tides`.");
    assert_eq!(quote("say “<quotedText>tides</quotedText>”."), "say “tides”.");
    let blocks = "replace: <mod><quotedStructure><paragraph><num>4.</num><content><p>Four.</p></content></paragraph><p>Five.</p></quotedStructure></mod>";
    assert_eq!(quote(blocks), "replace: / “4. Four. / Five.”");
}

/// A document of that element, name, symbol and date of adoption.
fn of_kind(element: &str, name: &str, symbol: &str, adopted: bool) -> Model {
    let text = format!("{HEAD}<mainBody><p>x</p></mainBody></statement></akomaNtoso>")
        .replace("statement name=\"resolution\"", &format!("{element} name=\"{name}\""))
        .replace("</statement>", &format!("</{element}>"))
        .replace("A/RES/84/901", symbol)
        .replace("<docNumber>84/901.</docNumber>", "")
        .replace("name=\"adoption\"", if adopted { "name=\"adoption\"" } else { "name=\"publication\"" });
    read(&Source::new("t.xml", text), Format::Xml).unwrap_or_else(|errors| panic!("{}", errors[0])).document
}

#[test]
fn nothing_is_stated_that_the_file_does_not_state() {
    for (element, name, symbol, kind) in [
        ("statement", "draft resolution", "A/84/L.901", Kind::DraftResolution),
        ("statement", "draftDecision", "A/84/L.901", Kind::DraftDecision),
        ("statement", "resolution", "A/84/L.901", Kind::DraftResolution),
        ("statement", "decision", "A/C.3/84/L.9", Kind::DraftDecision),
        ("statement", "declaration", "A/84/L.901", Kind::DraftResolution),
        ("statement", "declaration", "A/84/901", Kind::Note),
        ("statement", "resolution", "S/2029/901", Kind::DraftResolution),
        ("bill", "bill", "A/84/L.901", Kind::DraftResolution),
        ("act", "act", "A/RES/84/901", Kind::Resolution),
        ("doc", "letter", "A/84/901", Kind::Letter),
        ("doc", "", "A/84/901", Kind::Note),
        ("amendment", "", "A/84/L.902", Kind::Amendment),
        ("debateReport", "x", "A/84/901", Kind::Report),
        ("statement", "presidentialStatement", "S/PRST/2029/7", Kind::PresidentialStatement),
    ] {
        let model = of_kind(element, name, symbol, false);
        assert_eq!(model.kind, kind, "{element} {name} {symbol}");
        assert_eq!(model.adopted, None, "{element} {name} {symbol}");
        assert_eq!(model.number.is_some(), kind == Kind::Resolution, "{element} {name} {symbol}");
    }
    assert_eq!(of_kind("statement", "resolution", "S/2029/901", true).kind, Kind::Resolution);
    assert_eq!(
        of_kind("statement", "resolution", "S/2029/901", true).number,
        None,
        "no number is made of a symbol that has none"
    );
}

#[test]
fn files_that_are_not_well_formed_are_recovered() {
    let recovered = |rest: &str| {
        let Reading { document, warnings, source, .. } = reading(rest);
        let reported = warnings.iter().find(|warning| warning.code == "xml-recovered").expect("it is reported");
        let place = reported.place.as_ref().unwrap().span.clone();
        (texts(&document), source.text[place].to_owned())
    };
    let one = r#"[{"paragraph":"one"},{"paragraph":"two"}]"#;
    let p = |inner: &str| format!("<paragraph><content><p>{inner}</p></content></paragraph>");
    for (rest, place) in [
        (format!("<paragraph><content><p>one</content></paragraph>{}", p("two")), "<p>"),
        (format!("<paragraph><content><p>one</p></content>{}", p("two")), "<paragraph>"),
        (format!("<paragraph>one</docTitle></p>{}", p("two")), "</docTitle>"),
        (format!("{}</i>{}", p("one"), p("two")), "</i>"),
        (format!("<p a=\"1\" a=\"2\">one</p>{}", p("two")), "a=\"2\""),
        (format!("<p a=1>one</p>{}", p("two")), "a=1"),
        (
            format!("<p x:a=\"1\">one</p>{}", p("two")),
            "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">",
        ),
    ] {
        assert_eq!(recovered(&format!("<mainBody>{rest}</mainBody>")), (one.to_owned(), place.to_owned()), "{rest}");
    }
    let signs = recovered("<mainBody><p>a & b < c &nbsp;d &odd; &eacute;&#65; <![CDATA[<e>]]></p></mainBody>").0;
    assert_eq!(signs, "[{\"paragraph\":\"a & b < c \u{a0}d &odd; éA <e>\"}]");
    let crossed = recovered("<mainBody><p>a <b>b <i>c</b> d</i> e</p></mainBody>").0;
    assert!(crossed.replace('*', "").contains("a b c d e"), "{crossed}");
}

#[test]
fn what_cannot_be_recovered_safely_is_refused() {
    for rest in [
        "<mainBody><p>one",
        "<mainBody><p>a</p><!-- b</mainBody>",
        "<mainBody><p class=\"x>a</p><p class=\"y\">b</p></mainBody>",
    ] {
        let text = format!("{HEAD}{rest}");
        let text = if rest.ends_with("</mainBody>") { text + "</statement></akomaNtoso>" } else { text };
        let errors = read(&Source::new("t.xml", text), Format::Xml).unwrap_err();
        assert_eq!(errors[0].code, "xml-syntax", "{rest}");
    }
}

#[test]
fn statements_of_the_president_have_the_usual_title() {
    let text = |body: &str| {
        format!("{HEAD}{body}</statement></akomaNtoso>")
            .replace("name=\"resolution\"", "name=\"presidentialStatement\"")
            .replace("A/RES/84/901", "S/PRST/2029/7")
            .replace("<docNumber>84/901.</docNumber><docTitle><span class=\"bold\">\tTides</span></docTitle>", "")
            .replace("<p><docTitle>Resolution adopted by the General Assembly on 19 December 2029</docTitle></p>", "")
            .replace("<p><session value=\"84\">Eighty-fourth session</session></p>", "")
    };
    let title =
        "<p><docTitle><span class=\"bold\">Statement by the President of the Security Council</span></docTitle></p>";
    let document =
        read(&Source::new("t.xml", text(&format!("<mainBody>{title}<p>At the meeting:</p></mainBody>"))), Format::Xml)
            .unwrap()
            .document;
    assert_eq!(
        (document.title.as_ref().map(Text::written), texts(&document).as_str()),
        (None, r#"[{"paragraph":"At the meeting:"}]"#)
    );
    let prepared = crate::prepare::prepare(&document).unwrap();
    assert_eq!(prepared.metadata.title, "Statement by the President of the Security Council");
    assert!(prepared.opening.len() == 1 && prepared.masthead.organs == ["Security Council"]);
}

#[test]
fn contradictions_within_a_file_are_settled_with_a_hint() {
    let reading = |from: &str, to: &str, body: &str| {
        let text = format!("{HEAD}<mainBody><p>{body}</p></mainBody></statement></akomaNtoso>")
            .replace(from, to)
            .replace("<docNumber>84/901.</docNumber>", "");
        let Reading { document, warnings, .. } = read(&Source::new("t.xml", text), Format::Xml).unwrap();
        let codes: Vec<_> = warnings.iter().map(|warning| warning.code).collect();
        (document, codes)
    };
    let (document, reported) = reading("x", "x", &"Генеральная Ассамблея ".repeat(100));
    assert_eq!((document.language, reported), (crate::model::Language::Ru, vec!["xml-disagrees"]));
    let council = "<docNumber refersTo=\"#symbol\"></docNumber></p><p><docTitle refersTo=\"#resolutionNumber\">Resolution 2990 (2029)</docTitle>";
    let (document, reported) = reading("<docNumber refersTo=\"#symbol\">A/RES/84/901</docNumber>", council, "x");
    assert_eq!((document.symbol[0].text(), reported.contains(&"xml-disagrees")), ("S/RES/2990 (2029)", true));
    let council = council.replace("></docNumber>", ">S/RES/2990 (2028)</docNumber>");
    let (document, reported) = reading("<docNumber refersTo=\"#symbol\">A/RES/84/901</docNumber>", &council, "x");
    assert_eq!((document.number.as_deref(), reported.contains(&"xml-disagrees")), (Some("2990 (2029)"), true));
    let organ = "<coverPage><p><docAuthority>Security Council</docAuthority></p>";
    let (document, reported) = reading("<coverPage>", organ, "x");
    assert_eq!((document.agenda_title, reported), (Vec::new(), vec!["xml-disagrees"]));
}

#[test]
fn invisible_characters_are_reported() {
    let Reading { document, warnings, .. } =
        reading("<mainBody><p>A pro\u{ad}gram, pro\u{ad}grams of the o\u{fb03}ce, Co\u{302}te</p></mainBody>");
    assert!(texts(&document).contains("A program, programs of the office, C\u{f4}te"), "{}", texts(&document));
    let reported: Vec<_> = warnings.iter().map(|warning| (warning.code, warning.edits.len())).collect();
    assert_eq!(reported, [("invisible-character", 2), ("presentation-form", 1)]);
    let lost = reading("<mainBody><p>A \u{e123}</p></mainBody>");
    let abilities = crate::check::Abilities {
        covers: &|_| true,
        mute: &|_| None,
        too_wide: &|_| Vec::new(),
        unreached: &|_| Vec::new(),
    };
    let found = crate::check::check(&lost, &abilities);
    assert!(found.iter().any(|finding| finding.code == "replacement-character" && !finding.is_error()));
}

/// A resolution in German as the German Translation Section writes it.
const GERMAN: &str = r##"<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution">
<meta><identification source="#x"><FRBRWork><FRBRdate date="2029-11-14" name="adoption"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="deu"/></FRBRExpression></identification>
<presentation><docketNumber>29-90001 (G)</docketNumber></presentation></meta>
<coverPage><p><docAuthority refersTo="#publisher">Vereinte Nationen</docAuthority></p>
<p><docNumber refersTo="#symbol">S/RES/2990 (2029)</docNumber></p>
<p><docAuthority refersTo="#issuingBody">Sicherheitsrat</docAuthority></p>
<p><docStatus refersTo="#generalDistribution">Verteilung: Allgemein</docStatus></p>
<p><docDate date="2029-11-14" refersTo="#dateOfIssuance">14. November 2029</docDate></p>
<p><docTitle refersTo="#resolutionNumber">Resolution 2990 (2029)</docTitle></p>
<p><docTitle refersTo="#adoption">verabschiedet auf der <inline name="adoptionMeeting" title="9912.">9912. Sitzung des Sicherheitsrats </inline>am <docDate date="2029-11-14" refersTo="#adoptionDate">14. November 2029</docDate></docTitle></p></coverPage>
<mainBody><paragraph><num>1.</num><list><intro><p><span class="italic">ersucht</span> den Generalsekretär,</p></intro>
<point><num>a)</num><content><p>die Gezeiten nach Resolution 2989 (2029) zu messen;</p></content></point>
<point><num>b)</num><content><p>„Pegel“ zu setzen.</p></content></point></list></paragraph></mainBody>
<attachments><attachment><doc name="annex"><mainBody>
<paragraph><content><p><span class="bold">Anlage I </span></p></content></paragraph><paragraph><content><p>Erste.</p></content></paragraph>
<paragraph><content><p><span class="bold">Anlage II </span></p></content></paragraph><paragraph><content><p>Zweite.</p></content></paragraph>
</mainBody></doc></attachment></attachments></statement></akomaNtoso>"##;

#[test]
fn german_is_read_and_printed() {
    let Reading { document, warnings, .. } = read(&Source::new("t.xml", GERMAN), Format::Xml).unwrap();
    assert!(warnings.is_empty(), "{}", warnings[0]);
    assert_eq!((document.language, document.agenda_title.len()), (Language::De, 0));
    assert_eq!(document.meeting.as_ref().map(Text::written), Some("9912. Sitzung des Sicherheitsrats"));
    assert!(document.adopted_text.is_empty());
    let annexes = document.body.iter().filter_map(|block| match block {
        Block::Annex(annex) => annex.heading.as_ref().map(|heading| heading.written()),
        _ => None,
    });
    assert_eq!(annexes.collect::<Vec<_>>(), ["Anlage I", "Anlage II"]);
    let prepared = crate::prepare::prepare(&document).unwrap();
    let said = serde_json::to_string(&prepared).unwrap();
    for words in [
        "Vereinte Nationen",
        "Sicherheitsrat",
        "Verteilung: Allgemein",
        "14.\u{a0}November 2029",
        "verabschiedet auf der 9912. Sitzung des Sicherheitsrats",
        "29-90001 (G)",
        "https://undocs.org/ot/S/RES/2989(2029)",
        "https://docs.un.org/ot/S/RES/2990(2029)",
    ] {
        assert!(said.contains(words), "{words}");
    }
}

#[test]
fn a_text_is_adopted_at_several_meetings() {
    let closing = |meetings: &[&str], dates: &[(&str, &str)]| {
        let meetings = meetings.iter().map(|text| format!("<inline name=\"adoptionMeeting\">{text}</inline>"));
        let dates = dates
            .iter()
            .map(|(day, text)| format!("<docDate date=\"{day}\" refersTo=\"#adoptionDate\">{text}</docDate>"));
        let (meetings, dates) = (meetings.collect::<String>(), dates.collect::<String>());
        reading(&format!("<mainBody><p>x</p></mainBody><conclusions><p>{meetings}<eol/>{dates}</p></conclusions>"))
    };
    let days = [("2029-12-19", "19 December 2029"), ("2030-02-01", "1 February 2030")];
    let Reading { document, warnings, .. } = closing(&["51st meeting", "60th meeting", "61st meeting"], &days);
    assert!(warnings.is_empty(), "{}", warnings[0]);
    let also: Vec<_> =
        document.also_adopted.iter().map(|also| (also.meeting.as_ref().map(Text::written), also.date)).collect();
    assert_eq!(also, [(Some("60th meeting"), "2030-02-01".parse().ok()), (Some("61st meeting"), None)]);
    let prepared = serde_json::to_string(&crate::prepare::prepare(&document).unwrap()).unwrap();
    let order = ["51st meeting", "19\u{a0}December", "60th meeting", "1\u{a0}February", "61st meeting"];
    assert!(order.windows(2).all(|pair| prepared.rfind(pair[0]) < prepared.rfind(pair[1])), "{prepared}");
    // Two meetings of one day.
    let Reading { document, warnings, .. } = closing(&["51st meeting", "52nd meeting"], &[days[0], days[0]]);
    assert_eq!((document.also_adopted[0].date, warnings.len()), (document.adopted, 0));
    // A date whose words give a different day is kept in its place.
    let Reading { warnings, .. } =
        closing(&["51st meeting", "60th meeting"], &[days[0], ("2030-02-01", "2 March 2030")]);
    assert_eq!(warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["xml-not-understood"]);
}

#[test]
fn the_page_says_when_a_text_was_adopted() {
    let text = format!(
        "{HEAD}<mainBody><p>x</p></mainBody><conclusions><p><inline name=\"adoptionMeeting\">51st meeting</inline><docDate date=\"2029-12-19\" refersTo=\"#adoptionDate\">19 December 2029</docDate></p></conclusions></statement></akomaNtoso>"
    );
    let text = text.replace("date=\"2029-12-19\" name=\"adoption\"", "date=\"2029-12-21\" name=\"adoption\"");
    let Reading { document, warnings, .. } = read(&Source::new("t.xml", text), Format::Xml).unwrap();
    assert_eq!((document.adopted.unwrap().day(), document.adopted_text.len()), (19, 0));
    assert_eq!(warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["xml-disagrees"]);
}

#[test]
fn a_session_or_number_that_disagrees_with_the_symbol_is_kept_with_a_hint() {
    let text = format!("{HEAD}<mainBody><p>x</p></mainBody></statement></akomaNtoso>")
        .replace("<docNumber>84/901.</docNumber>", "<docNumber>83/901.</docNumber>")
        .replace(">A/RES/84/901<", ">A/RES/83/902<");
    let reading = read(&Source::new("t.xml", text), Format::Xml).unwrap();
    assert_eq!(reading.document.session, Some(Session::Number(84)));
    let abilities = crate::check::Abilities {
        covers: &|_| true,
        mute: &|_| None,
        too_wide: &|_| Vec::new(),
        unreached: &|_| Vec::new(),
    };
    let mut found = crate::check::check(&reading, &abilities);
    found.extend(crate::check::editorial_lints(&reading, true));
    for code in ["session-mismatch", "symbol-number"] {
        let finding = found.iter().find(|finding| finding.code == code).unwrap();
        assert_eq!(finding.severity, Severity::Hint, "{code}");
    }
    let said = serde_json::to_string(&crate::prepare::prepare(&reading.document).unwrap()).unwrap();
    assert!(said.contains("Eighty-fourth session") && said.contains("A/RES/83/902") && said.contains("83/901."));
}

#[test]
fn lines_of_the_cover_page_without_elements_are_read_by_their_words() {
    for (code, language, lines) in [
        ("eng", Language::En, ["Eighty-fourth session", "Agenda item 71 (b)", "Third Committee", "21 December 2029"]),
        (
            "fra",
            Language::Fr,
            [
                "Quatre-vingt-quatrième session",
                "Point 71 b) de l’ordre du jour",
                "Troisième Commission",
                "21 décembre 2029",
            ],
        ),
        (
            "spa",
            Language::Es,
            [
                "Octogésimo cuarto período de sesiones",
                "Tema 71 b) del programa",
                "Tercera Comisión",
                "21 de diciembre de 2029",
            ],
        ),
        (
            "rus",
            Language::Ru,
            ["Восемьдесят четвертая сессия", "Пункт 71 b) повестки дня", "Третий комитет", "21 декабря 2029 года"],
        ),
        ("zho", Language::Zh, ["第八十四届会议", "议程项目71(b)", "第三委员会", "2029年12月21日"]),
        (
            "deu",
            Language::De,
            ["Vierundachtzigste Tagung", "Tagesordnungspunkt 71 b)", "Dritter Ausschuss", "21. Dezember 2029"],
        ),
    ] {
        let organ = words(language);
        let anyhow = [organ.publisher.as_str(), organ.organ(crate::model::symbol::Organ::GeneralAssembly)];
        let said: String = anyhow.iter().chain(&lines).map(|line| format!("<p>{line}</p>")).collect();
        let from = HEAD.find("<p><docStatus").unwrap();
        let text = format!("{}{said}</coverPage><mainBody><p>x</p></mainBody></statement></akomaNtoso>", &HEAD[..from])
            .replace("language=\"eng\"", &format!("language=\"{code}\""));
        let Reading { document, warnings, .. } = read(&Source::new("t.xml", text), Format::Xml).unwrap();
        assert!(warnings.is_empty(), "{}", warnings[0]);
        assert_eq!(document.session, Some(Session::Number(84)), "{code}");
        assert!(document.agenda_item.as_ref().map(Text::written).is_some_and(|item| item.starts_with("71")), "{code}");
        assert_eq!(document.body_name.as_ref().map(Text::written), Some(lines[2]), "{code}");
        assert_eq!((document.date.unwrap().day(), document.agenda_title.len()), (21, 0), "{code}");
    }
    let other = HEAD.replace("<coverPage>", "<coverPage><p>Security Council</p><p>Item 9</p>");
    let text = format!("{other}<mainBody><p>x</p></mainBody></statement></akomaNtoso>");
    let document = read(&Source::new("t.xml", text), Format::Xml).unwrap().document;
    assert_eq!(document.agenda_title, ["Security Council", "Item 9"], "what is not known is kept");
}
