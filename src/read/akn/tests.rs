//! AKN4UN read: what is kept, what is told, what is refused.

use super::*;
use crate::model::{Block, Document as Model, Kind, Session};
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
    read(&Source::new("test.xml", text), Format::Xml).unwrap_or_else(|faults| panic!("{}", faults[0]))
}

fn texts(model: &Model) -> String {
    serde_json::to_string(&model.body).unwrap()
}

#[test]
fn header_fields() {
    let Reading { document, warnings, .. } = reading(
        "<mainBody/><conclusions><p><event><location>51st plenary meeting</location></event></p></conclusions>",
    );
    assert_eq!((document.kind, document.symbol.as_slice()), (Kind::Resolution, &["A/RES/84/901".to_owned()][..]));
    assert_eq!(document.session, Some(Session::Number(84)));
    assert_eq!(document.agenda_item.as_deref(), Some("18"));
    assert_eq!(document.adopted_note.as_deref(), Some("without reference to a Main Committee (A/84/L.9)"));
    assert_eq!((document.number.as_deref(), document.title.as_deref()), (Some("84/901"), Some("Tides")));
    assert_eq!(document.meeting.as_deref(), Some("51st plenary meeting"));
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
    assert_eq!(crate::model::inline::plain(&passage.text), "G(1eC)xy *");
}

#[test]
fn what_is_not_known_is_told_and_kept() {
    let Reading { document, warnings, source, .. } = reading(
        "\n<mainBody><paragraph><content><p>a <blink>b</blink></p></content></paragraph>\n<figure>c</figure></mainBody>",
    );
    assert_eq!(texts(&document), r#"[{"paragraph":"a b"},{"paragraph":"c"}]"#);
    let told: Vec<_> =
        warnings.iter().map(|w| (w.code, source.text[w.place.as_ref().unwrap().span.clone()].to_owned())).collect();
    assert_eq!(told, [("xml-not-understood", "<blink>".to_owned()), ("xml-not-understood", "<figure>".to_owned())]);
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
        read(&Source::new("t.xml", text), Format::Xml).unwrap_or_else(|faults| panic!("{}", faults[0])).document
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
    assert_eq!((statement.kind, statement.number, statement.adopted), (Kind::Note, None, None));
    assert_eq!(statement.title.as_deref(), Some("Resolution adopted by the General Assembly on 19 December 2029"));
    assert!(statement.agenda_title.contains(&"Tides".to_owned()), "nothing of it is lost");
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
    assert_eq!((document.agenda_title.as_slice(), warnings.len()), (&["Odd".to_owned()][..], 1));
    assert_eq!(texts(&document), r#"[{"table":{"rows":[["a","b"],["c",""]]}},{"operative":"x"}]"#);
}

#[test]
fn what_is_no_akn_is_refused_with_its_place() {
    let fault = |text: &str| {
        let fault = &read(&Source::new("t.xml", text), Format::Xml).unwrap_err()[0];
        (fault.code, fault.place.as_ref().unwrap().span.start)
    };
    assert_eq!(fault("<a>\n<b></a>"), ("xml-syntax", 7));
    assert_eq!(fault("<html/>").0, "not-akn");
    assert_eq!(fault("  ").0, "empty-source");
    assert_eq!(fault("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>").0, "xml-syntax");
    let deep = format!(
        "{HEAD}<mainBody>{}{}</mainBody></statement></akomaNtoso>",
        "<container>".repeat(300),
        "</container>".repeat(300)
    );
    assert!(read(&Source::new("t.xml", deep), Format::Xml).is_ok_and(|reading| !reading.warnings.is_empty()));
}
