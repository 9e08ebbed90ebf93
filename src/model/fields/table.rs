//! The table of fields: for each its name, what it holds (`Value`) and what kind of text it is (`Text`), then,
//! where there is more to say, which pages print it, how AKN4UN XML says it and what `check` asks of it. Its
//! words for the schema and docs/model.md are those of the member of the struct.

use super::Design::{self, Adopted, CouncilDecision, CouncilResolution, Submitted};
use super::Printed::{In, Instead, Unless};
use super::Text::{Code, Content, Data, Line, Nested, Number, Plain, Prose};
use super::{About, Asks, Field, Given, Hidden, Place, Tag, Value, fields};
use crate::model::{Document, Part};

fields! {
    /// The fields of a document.
    header of Document:

    symbol: Symbols = a(Code).xml(refers("docNumber", "#symbol")).asks(&[Asks::Needed("A/77/L.107"), Asks::Symbols]);
    organ: Text = a(Plain).xml(refers("docAuthority", "#issuingBody"));
    kind: Kind = a(Data).printed(Instead("decides the design of the page")).xml(tag("statement"))
        .asks(&[Asks::Needed("draft-resolution")]).common();
    language: Language = a(Data).printed(Instead("decides the language of all words that masthead adds"))
        .xml(tag("FRBRlanguage")).asks(&[Asks::Covered]).common();
    distribution: Distribution = a(Data).xml(tag("docStatus"));
    date: Date = a(Data).xml(refers("docDate", "#dateOfIssuance")).asks(&[Asks::AnyDate("2023-08-28")]).common();
    original: Languages = a(Data).xml(inline("original language")).common();
    job: Text = a(Code).xml(tag("docketNumber")).asks(&[Asks::JobNumber]);
    job_date: Date = a(Data).printed(Unless(Design::ALL, &[WITHOUT_JOB])).xml(tag("docketNumber"));
    session: Session = a(Line).xml(tag("session")).asks(&[Asks::SessionOfSymbol]).common();
    agenda_item: Text = a(Number).xml(inline("agenda item"));
    agenda_title: Lines = a(Prose).xml(inline("agenda item name"));
    body_name: Text = a(Prose).xml(tag("docProponent"));
    sponsors: List = a(Line).printed(Unless(&[Submitted], &[BESIDE_SUBMITTED_BY])).xml(part_of("p", "sponsors")).common();
    submitted_by: Text = a(Prose).printed(In(&[Submitted])).xml(part_of("docProponent", "submitted-by").whole());
    adopted: Date = a(Data).printed(Unless(ADOPTED, &[UNSAID])).xml(refers("docDate", "#adoptionDate"))
        .asks(&[Asks::DateOfAdopted("2024-08-13")]);
    adopted_note: Text = a(Prose).printed(In(TITLED)).xml(tag("docProponent"));
    adopted_text: Lines = a(Prose).printed(In(ADOPTED)).xml(tag("docTitle"));
    document_type: Text = a(Line).xml(tag("docType").whole());
    part: Text = a(Number).printed(In(TITLED)).xml(refers("docNumber", "#letter")).common();
    number: Text = a(Code).printed(In(ADOPTED)).xml(tag("docNumber")).asks(&[Asks::NumberOfAdopted("78/323")]).common();
    title: Text = a(Prose).xml(refers("docTitle", "#title")).common();
    running_title: Text = a(Plain).printed(In(&[Adopted]));
    meeting: Text = a(Line).printed(Unless(&[Adopted, CouncilResolution], &[BESIDE_COUNCIL_TEXT]))
        .xml(inline("adoptionMeeting")).common();
    also_adopted: Adoptions = a(Nested).printed(Unless(&[Adopted], &[WITHOUT_FIRST_MEETING])).xml(inline("adoptionMeeting"));
    emblem: Text = a(Data).asks(&[Asks::Picture]);
    metadata: Metadata = a(Nested).printed(Instead("no; subjects become keywords of the PDF")).common();
    body: Blocks = a(Content).asks(&[Asks::Blocks]).common();
    parts: Parts = a(Content);
    footnotes: Notes = a(Content).common();
}

fields! {
    /// The fields of a part of a document.
    part of Part:

    letter: Text = a(Number).xml(tag("docNumber"));
    title: Text = a(Prose).xml(refers("docTitle", "#title"));
    meeting: Text = a(Line).printed(Unless(&[Adopted], &[BESIDE_ADOPTED_TEXT])).xml(inline("adoptionMeeting"));
    adopted: Date = a(Data).printed(Unless(&[Adopted], &[BESIDE_ADOPTED_TEXT, WITHOUT_MEETING]))
        .xml(refers("docDate", "#adoptionDate"));
    adopted_text: Lines = a(Prose).printed(In(&[Adopted])).xml(inline("adoptionMeeting"));
    metadata: Metadata = a(Nested);
    body: Blocks = a(Content);
    footnotes: Notes = a(Content);
}

/// A field of that kind of text.
const fn a(text: super::Text) -> About {
    About::a(text)
}

const fn tag(element: &'static str) -> Tag {
    Tag::new(element)
}

/// An element that refers to what it is.
const fn refers(element: &'static str, to: &'static str) -> Tag {
    Tag::new(element).with("refersTo", to)
}

const fn inline(name: &'static str) -> Tag {
    Tag::new("inline").with("name", name)
}

/// An element that masthead alone tells from others of its name.
const fn part_of(element: &'static str, part: &'static str) -> Tag {
    Tag::new(element).with("masthead:part", part)
}

const ADOPTED: &[Design] = &[Adopted, CouncilResolution, CouncilDecision];
const TITLED: &[Design] = &[Adopted, CouncilDecision];

const ONE_OF_TWO: &str = "remove one of the two";

const BESIDE_SUBMITTED_BY: Hidden = Hidden {
    when: |_, given| given(header::submitted_by.name).is_some(),
    why: "beside “submitted_by”, which replaces it",
    hint: ONE_OF_TWO,
};
const UNSAID: Hidden = Hidden { when: adoption_unsaid, ..WITHOUT_MEETING };
const WITHOUT_MEETING: Hidden = Hidden {
    when: |_, given| given(header::meeting.name).is_none(),
    why: "without “meeting”",
    hint: "give the meeting, or leave it out",
};
const BESIDE_ADOPTED_TEXT: Hidden = Hidden {
    when: |_, given| given(header::adopted_text.name).is_some(),
    why: "beside “adopted_text”, which replaces it",
    hint: ONE_OF_TWO,
};
const BESIDE_COUNCIL_TEXT: Hidden = Hidden {
    when: |design, given| {
        design == CouncilResolution && given(header::adopted_text.name).is_some_and(|text| !says_meeting(&text, given))
    },
    ..BESIDE_ADOPTED_TEXT
};
const WITHOUT_FIRST_MEETING: Hidden = Hidden {
    when: |_, given| given(header::meeting.name).is_none(),
    why: "without “meeting”, which it follows",
    hint: "give the first of the meetings as “meeting”",
};
const WITHOUT_JOB: Hidden = Hidden {
    when: |_, given| given(header::job.name).is_none(),
    why: "without “job”, which it follows",
    hint: "give the job number, or remove this field",
};

/// Whether the lines that state an adoption include the meeting.
fn says_meeting(adoption: &str, given: Given) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    given(header::meeting.name).is_some_and(|meeting| letters(adoption).contains(&letters(&meeting)))
}

/// Whether the date of adoption is neither on the page nor in the metadata, which use it if there is no other.
fn adoption_unsaid(design: Design, given: Given) -> bool {
    let given = |field: Field| given(field.name).is_some();
    let said = given(header::adopted_text)
        || match design {
            CouncilResolution => given(header::meeting),
            Adopted if given(header::meeting) => true,
            _ => !given(header::document_type),
        };
    !said && given(header::date)
}
