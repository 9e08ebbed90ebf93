//! The table of fields. Each row has the name of the field, the type of its value ([`Value`]) and what kind of
//! text it is ([`TextKind`](super::TextKind)); then, if there is more to know, which pages print it, which element of
//! AKN4UN XML contains it and what `check` requires of it. Its description in the schema and in docs/model.md is
//! the doc comment of the member of the struct.

use super::Design::{self, Adopted, CouncilDecision, CouncilResolution, Submitted};
use super::Printed::{In, Instead, Unless};
use super::TextKind::{Code, Content, Data, Line, Nested, Number, Plain, Prose};
use super::{About, Asks, Field, Given, Hidden, Place, Printed, Tag, Value, fields};
use crate::model::{Document, Part};

fields! {
    /// The fields of a document.
    header of Document:

    symbol: Symbols = field(Code).xml(refers("docNumber", "#symbol"))
        .asks(&[Asks::Needed("A/77/L.107"), Asks::Symbols]);
    organ: Plain = field(Plain).xml(refers("docAuthority", "#issuingBody"));
    kind: Kind = field(Data).printed(Instead("decides the design of the page")).xml(tag("statement"))
        .asks(&[Asks::Needed("draft-resolution")]).common();
    language: Language = field(Data).printed(Instead("decides the language of all words that masthead adds"))
        .xml(tag("FRBRlanguage")).asks(&[Asks::Covered]).common();
    distribution: Distribution = field(Data).xml(tag("docStatus"));
    date: Date = field(Data).xml(refers("docDate", "#dateOfIssuance")).asks(&[Asks::AnyDate("2023-08-28")]).common();
    original: Languages = field(Data).xml(inline("original language")).asks(&[Asks::NamedLanguages]).common();
    job: Plain = field(Code).xml(tag("docketNumber")).asks(&[Asks::JobNumber]);
    job_date: Date = field(Data).printed(Unless(Design::ALL, &[WITHOUT_JOB])).xml(tag("docketNumber"));
    session: Session = field(Line).xml(tag("session")).asks(&[Asks::SessionOfSymbol]).common();
    agenda_item: Text = field(Number).xml(inline("agenda item"));
    agenda_title: Lines = field(Prose).xml(inline("agenda item name"));
    body_name: Text = field(Prose).xml(tag("docProponent"));
    sponsors: List = field(Line).printed(Unless(&[Submitted], &[BESIDE_SUBMITTED_BY]))
        .xml(part_of("p", "sponsors")).common();
    signatories: List = field(Line).printed(In(&[Submitted]));
    submitted_by: Text = field(Prose).printed(In(&[Submitted])).xml(part_of("docProponent", "submitted-by").whole());
    adopted: Date = field(Data).printed(Unless(ADOPTED, &[UNSAID])).xml(refers("docDate", "#adoptionDate"))
        .asks(&[Asks::DateOfAdopted("2024-08-13")]);
    adopted_note: Text = field(Prose).printed(In(TITLED)).xml(tag("docProponent"));
    adopted_text: Lines = field(Prose).printed(In(ADOPTED)).xml(tag("docTitle"));
    document_type: Text = field(Line).xml(tag("docType").whole());
    part: Text = field(Number).printed(In(TITLED)).xml(refers("docNumber", "#letter")).common();
    number: Plain = field(Code).printed(In(ADOPTED)).xml(tag("docNumber")).asks(&[Asks::NumberOfAdopted("78/323")])
        .common();
    title: Text = field(Prose).xml(refers("docTitle", "#title")).common();
    running_title: Text = field(Plain).printed(In(&[Adopted]));
    meeting: Text = field(Line).printed(Unless(&[Adopted, CouncilResolution], &[BESIDE_COUNCIL_TEXT]))
        .xml(inline("adoptionMeeting")).common();
    also_adopted: Adoptions = field(Nested).printed(Unless(&[Adopted], &[WITHOUT_FIRST_MEETING]))
        .xml(inline("adoptionMeeting"));
    emblem: Plain = field(Data).asks(&[Asks::Picture]);
    house: House = field(Nested).printed(Instead("decides the name, the organs, the emblem and the codes of page 1, and links"))
        .asks(&[Asks::Named]);
    layout: Layout = field(Data).printed(Instead("no; it decides where lines and pages end")).common();
    metadata: Metadata = field(Nested).printed(Instead("no; subjects become keywords of the PDF")).common();
    body: Blocks = field(Content).asks(&[Asks::Blocks]).common();
    parts: Parts = field(Content);
    footnotes: Notes = field(Content).common();
}

fields! {
    /// The fields of a part of a document.
    part of Part:

    letter: Text = field(Number).xml(tag("docNumber"));
    title: Text = field(Prose).xml(refers("docTitle", "#title"));
    meeting: Text = field(Line).printed(Unless(&[Adopted], &[BESIDE_ADOPTED_TEXT])).xml(inline("adoptionMeeting"));
    adopted: Date = field(Data).printed(Unless(&[Adopted], &[BESIDE_ADOPTED_TEXT, WITHOUT_MEETING]))
        .xml(refers("docDate", "#adoptionDate"));
    adopted_text: Lines = field(Prose).printed(In(&[Adopted])).xml(inline("adoptionMeeting"));
    metadata: Metadata = field(Nested);
    layout: Adjustment = field(Data);
    body: Blocks = field(Content);
    footnotes: Notes = field(Content);
}

/// Begins the row of a field of that kind of text, which every page prints.
const fn field(text: super::TextKind) -> About {
    About { text, printed: Printed::Always, xml: None, asks: &[], common: false }
}

/// An element of that name.
const fn tag(element: &'static str) -> Tag {
    Tag::new(element)
}

/// An element with that `refersTo`.
const fn refers(element: &'static str, to: &'static str) -> Tag {
    Tag::new(element).with("refersTo", to)
}

/// An `inline` element of that name.
const fn inline(name: &'static str) -> Tag {
    Tag::new("inline").with("name", name)
}

/// An element with an attribute of masthead's own, since AKN4UN does not distinguish it from others.
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
