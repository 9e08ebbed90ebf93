//! Collections: every shape in which files have several texts under one number.

use crate::diagnostic::Source;
use crate::model::{Document, Text};
use crate::prepare::{Block, Prepared, Run, prepare};
use crate::read::{Format, Reading, read};

const META: &str = r##"<meta><identification source="#x"><FRBRWork><FRBRdate date="2029-12-19" name="adoption"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>"##;

/// A collection with that body, and that content next to it.
fn reading(body: &str, beside: &str) -> Reading {
    let text = format!(
        r##"<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><documentCollection name="publication">{META}
<coverPage><p><docNumber refersTo="#symbol">A/RES/84/80 A-B</docNumber></p>
<p><session value="84">Eighty-fourth session</session></p>
<p><docTitle>Resolutions adopted by the General Assembly on 19 December 2029</docTitle></p></coverPage>
<preface><p><docNumber>84/80.</docNumber><docTitle><span class="bold">	Tides</span></docTitle></p></preface>
<collectionBody>{body}</collectionBody></documentCollection>{beside}</akomaNtoso>"##
    );
    read(&Source::new("t.xml", text), Format::Xml).unwrap_or_else(|errors| panic!("{}", errors[0]))
}

fn reference(to: &str) -> String {
    format!("<component><documentRef href=\"{to}\"/></component>")
}

/// A text with that letter; its title, its paragraph and its note name it.
fn statement(letter: &str, closing: &str) -> String {
    let preface = match letter {
        "" => String::new(),
        _ => format!(
            "<preface><p><docNumber>{letter}</docNumber><docTitle><span class=\"bold\">\t\tTitle {letter}</span></docTitle></p></preface>"
        ),
    };
    format!(
        "<statement name=\"resolution\">{META}{preface}<mainBody><paragraph><num>1.</num><content><p>Text {letter}<authorialNote marker=\"7\"><p>Note {letter}.</p></authorialNote></p></content></paragraph></mainBody><conclusions><p>{closing}</p></conclusions></statement>"
    )
}

const MEETING: &str = "<inline name=\"adoptionMeeting\">51st plenary meeting</inline><eol/><docDate date=\"2029-12-19\">19 December 2029</docDate>";

fn component(identifier: &str, statement: &str) -> String {
    format!("<component eId=\"{identifier}\">{statement}</component>")
}

fn components(list: &[(&str, &str)]) -> String {
    let list: String = list.iter().map(|(id, letter)| component(id, &statement(letter, MEETING))).collect();
    format!("<components>{list}</components>")
}

fn codes(reading: &Reading) -> Vec<&'static str> {
    reading.warnings.iter().map(|warning| warning.code).collect()
}

/// Letter, text and footnotes of every part.
fn said(document: &Document) -> Vec<String> {
    let text = |part: &crate::model::Part| {
        let letter = part.letter.clone().unwrap_or_default();
        format!("{letter}: {} {:?}", serde_json::to_string(&part.body).unwrap(), part.footnotes)
    };
    document.parts.iter().map(text).collect()
}

/// All words of the opening and the body, in order, with common spaces.
fn words(prepared: &Prepared) -> String {
    let mut words = Vec::new();
    let mut add = |runs: &[Run]| {
        words.extend(runs.iter().filter_map(|run| match run {
            Run::Text { text, .. } => Some(text.clone()),
            _ => None,
        }));
    };
    prepared.opening.iter().for_each(|entry| add(&entry.runs));
    for block in &prepared.body {
        match block {
            Block::Paragraph { runs, .. } | Block::Heading { runs, .. } => add(runs),
            Block::Part { heading, title, .. } => [heading].into_iter().chain(title).for_each(|runs| add(runs)),
            Block::Closing { lines } => lines.iter().for_each(|line| add(line)),
            _ => {}
        }
    }
    words.join("|").replace('\u{a0}', " ")
}

#[test]
fn components_are_read_in_the_order_of_the_references() {
    for hash in ["", "#"] {
        let body = reference(&format!("{hash}two")) + &reference(&format!("{hash}one"));
        let read = reading(&body, &components(&[("one", "A"), ("two", "B")]));
        assert_eq!(codes(&read), [""; 0]);
        let document = &read.document;
        assert_eq!(
            (document.number.as_deref(), document.title.as_ref().map(Text::written)),
            (Some("84/80"), Some("Tides"))
        );
        assert!(document.body.is_empty() && document.adopted_text.is_empty() && document.meeting.is_none());
        assert_eq!(
            said(document),
            [
                "B: [{\"operative\":\"Text B[^1]\"}] {\"1\": \"Note B.\"}",
                "A: [{\"operative\":\"Text A[^1]\"}] {\"1\": \"Note A.\"}"
            ]
        );
        assert_eq!(document.parts[0].title.as_ref().map(Text::written), Some("Title B"));
        assert_eq!(document.parts[0].meeting.as_ref().map(Text::written), Some("51st plenary meeting"));
        assert_eq!(document.parts[0].adopted, None, "it is that of the document");
        let prepared = prepare(document).unwrap();
        assert_eq!(
            words(&prepared),
            "Resolutions adopted by the General Assembly|on 19 December 2029|Tides|B|Title B|Text B|51st plenary meeting|19 December 2029|A|Title A|Text A|51st plenary meeting|19 December 2029"
        );
        let marks: Vec<&str> = prepared.notes.iter().map(|note| note.mark.as_str()).collect();
        assert_eq!(marks, ["1", "2"], "notes are numbered through");
    }
}

#[test]
fn documents_may_stand_in_the_collection() {
    let body = component("a", &statement("A", MEETING)) + &component("b", &statement("B", MEETING));
    let read = reading(&body, "");
    assert_eq!((codes(&read), said(&read.document).len()), (vec![], 2));
    // Components within the collection, and a document referred to by its own identifier.
    let inner = statement("A", MEETING).replacen("<statement ", "<statement eId=\"st\" ", 1);
    let text = reading(&reference("#st"), &format!("<components>{}</components>", component("c", &inner)));
    assert_eq!((codes(&text), said(&text.document).len()), (vec![], 1));
}

#[test]
fn wrong_references_are_reported_and_no_word_is_lost() {
    let body = reference("one") + &reference("one") + &reference("nowhere") + "<component><documentRef/></component>";
    let read = reading(&body, &components(&[("one", "A"), ("two", "B")]));
    assert_eq!(codes(&read), ["xml-reference"; 4]);
    let place = |at: usize| {
        let place = read.warnings[at].place.as_ref().unwrap();
        place.source.text[place.span.clone()].to_owned()
    };
    assert_eq!(place(1), "<documentRef href=\"nowhere\"/>");
    assert_eq!(place(3), "<component eId=\"two\">");
    let letters: Vec<_> = read.document.parts.iter().map(|part| part.letter.as_ref().map(Text::written)).collect();
    assert_eq!(letters, [Some("A"), Some("B")]);
    // Components that refer to each other.
    let (one, two) = (
        "<component eId=\"m\"><documentRef href=\"n\"/></component>",
        "<component eId=\"n\"><documentRef href=\"m\"/></component>",
    );
    let each = reading(
        &(reference("m") + &reference("one")),
        &components(&[("one", "A")]).replace("<components>", &format!("<components>{one}{two}")),
    );
    assert_eq!((codes(&each), each.document.parts.len()), (vec!["xml-reference"; 3], 1));
    // Unclaimed text stays within its component, whatever the order.
    let stray = components(&[("one", "A"), ("two", "B")]).replacen(
        "<mainBody>",
        "<coverPage><p>Stray</p></coverPage><mainBody>",
        1,
    );
    let read = reading(&(reference("two") + &reference("one")), &stray);
    assert!(said(&read.document)[1].contains("Stray"), "{:?}", said(&read.document));
    // A reference to its own container.
    let round = reading("<component eId=\"x\"><documentRef href=\"#x\"/></component>", &components(&[("one", "A")]));
    assert_eq!(codes(&round), ["xml-reference"; 2]);
    assert_eq!(round.document.parts.len(), 1);
}

#[test]
fn a_collection_of_one_without_a_letter_is_a_document() {
    let read = reading(&reference("one"), &components(&[("one", "")]));
    assert_eq!((read.document.parts.len(), read.document.body.len(), read.document.footnotes.len()), (0, 1, 1));
    assert_eq!(read.document.meeting.as_ref().map(Text::written), Some("51st plenary meeting"));
    let lettered = reading(&reference("one"), &components(&[("one", "B")]));
    assert_eq!((lettered.document.parts.len(), lettered.document.body.len()), (1, 0));
}

#[test]
fn collections_lie_in_collections() {
    let inner = format!(
        "<documentCollection name=\"x\">{META}<preface><p><docNumber>A</docNumber><docTitle>Both</docTitle></p></preface><collectionBody>{}{}</collectionBody></documentCollection>",
        component("i", &statement("I", "")),
        component("ii", &statement("II", MEETING))
    );
    let read = reading(&(component("a", &inner) + &component("b", &statement("B", MEETING))), "");
    let prepared = prepare(&read.document).unwrap();
    assert!(
        words(&prepared).ends_with(
            "Tides|A|Both|I|Title I|Text I|II|Title II|Text II|51st plenary meeting|19 December 2029|B|Title B|Text B|51st plenary meeting|19 December 2029"
        ),
        "{}",
        words(&prepared)
    );
}

#[test]
fn what_closes_a_part_otherwise_is_kept_in_its_order() {
    let two = "<inline name=\"adoptionMeeting\">3rd plenary meeting</inline><inline name=\"adoptionMeeting\">4th plenary meeting</inline><docDate date=\"2029-12-19\">19 December 2029</docDate><docDate date=\"2029-12-20\">20 December 2029</docDate>";
    let other = MEETING.replace("19 December", "20 December").replace("-19", "-20");
    let alone = "<location>5th plenary meeting</location>";
    let body: String = [two, &other, alone].iter().map(|closing| component("x", &statement("A", closing))).collect();
    let read = reading(&body, "");
    assert_eq!(codes(&read), [""; 0]);
    let parts = &read.document.parts;
    assert_eq!(parts[0].adopted_text.len(), 4);
    assert_eq!(parts[1].adopted.unwrap().to_string(), "2029-12-20");
    assert_eq!(parts[2].adopted_text, ["5th plenary meeting"]);
    let words = words(&prepare(&read.document).unwrap());
    assert!(words.contains("3rd plenary meeting|4th plenary meeting|19 December 2029|20 December 2029|A|"), "{words}");
    assert!(words.ends_with("Text A|5th plenary meeting"), "{words}");
}

#[test]
fn texts_beside_the_components_are_kept_in_their_places() {
    let cover = "<coverPage><p>Eighty-fourth session</p><p>Cover A</p></coverPage>";
    let noted = statement("A", MEETING).replacen(
        "<docNumber>A</docNumber>",
        "<docNumber>A</docNumber><authorialNote marker=\"*\"><p>Of the letter.</p></authorialNote>",
        1,
    );
    let noted = noted.replacen("<preface>", &format!("{cover}<preface>"), 1);
    let body = component("a", &noted) + &component("b", &statement("B", MEETING));
    let read = reading(&body, "<components><component eId=\"z\"><p>Astray</p></component></components>");
    assert_eq!(read.document.parts[0].letter.as_ref().map(Text::written), Some("A[^*]"));
    assert_eq!(read.document.parts[0].footnotes["*"], "Of the letter.");
    let words = words(&prepare(&read.document).unwrap());
    assert!(words.contains("Title A|Cover A|Text A|") && words.contains("Text B|Astray"), "{words}");
    assert!(!words.contains("session"), "it is in the header: {words}");
}
