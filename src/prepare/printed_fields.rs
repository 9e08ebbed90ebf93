//! Which header fields are printed on the pages of a document: a single table, by kind and organ.
//! `prepare` uses it to print, `check` to report what is not printed, and published files
//! use it to keep in the session block what their pages have no other place for.

use crate::model::symbol::Organ;
use crate::model::{Adoption, Date, Document, Kind, Symbol};

/// How the pages of a document show its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Design {
    /// Drafts and other documents that are not adopted: who submitted it.
    Submitted,
    /// A statement by a president: its title alone.
    Statement,
    /// An adopted text: adoption and origin above number and title, the meeting at the end.
    Adopted,
    /// A resolution of the Security Council: number, meeting and date above.
    CouncilResolution,
    /// A decision of the Security Council: like an adopted text, but without closing lines and running title.
    CouncilDecision,
}

use Design::{Adopted, CouncilDecision, CouncilResolution, Statement, Submitted};

impl Design {
    /// Returns the design of a document of that kind, and of the organ of that symbol.
    pub fn of(kind: Kind, symbol: Option<&Symbol>) -> Self {
        match (kind, symbol.map(|symbol| symbol.organ)) {
            (Kind::Resolution, Some(Organ::SecurityCouncil)) => CouncilResolution,
            (Kind::Decision, Some(Organ::SecurityCouncil)) => CouncilDecision,
            (Kind::PresidentialStatement, _) => Statement,
            (kind, _) if kind.is_adopted() => Adopted,
            _ => Submitted,
        }
    }

    /// Returns the documents that have it.
    fn documents(self) -> &'static str {
        match self {
            Submitted => "documents that are not adopted",
            Statement => "presidential statements",
            Adopted => "adopted texts",
            CouncilResolution => "resolutions of the Security Council",
            CouncilDecision => "decisions of the Security Council",
        }
    }

    /// Returns the design of a document.
    pub fn of_document(document: &Document) -> Self {
        Self::of(document.kind, document.symbol.first())
    }
}

/// Where a field is printed: the designs that have a place for it, and what prevents it.
struct Row(&'static str, &'static [Design], Option<Hidden>);

/// When other fields, given or not, prevent one from being printed, and how that is reported.
struct Hidden {
    when: fn(Design, Given) -> bool,
    why: &'static str,
    hint: &'static str,
}

/// Returns the text of a field, if it is given.
type Given<'g> = &'g dyn Fn(&str) -> Option<String>;

const EVERY: &[Design] = &[Submitted, Statement, Adopted, CouncilResolution, CouncilDecision];
const ADOPTED: &[Design] = &[Adopted, CouncilResolution, CouncilDecision];
const TITLED: &[Design] = &[Adopted, CouncilDecision];
const ONE_OF_TWO: &str = "remove one of the two";

/// The fields that are not printed on all pages; all others are always on the page or in the file's metadata.
const TABLE: [Row; 11] = [
    Row(
        "sponsors",
        &[Submitted],
        Some(Hidden {
            when: |_, given| given("submitted_by").is_some(),
            why: "beside “submitted_by”, which replaces it",
            hint: ONE_OF_TWO,
        }),
    ),
    Row("submitted_by", &[Submitted], None),
    Row(
        "adopted",
        ADOPTED,
        Some(Hidden { when: adoption_unsaid, why: "without “meeting”", hint: "give the meeting, or leave it out" }),
    ),
    Row("adopted_note", TITLED, None),
    Row("adopted_text", ADOPTED, None),
    Row("part", TITLED, None),
    Row("number", ADOPTED, None),
    Row("running_title", &[Adopted], None),
    Row(
        "meeting",
        &[Adopted, CouncilResolution],
        Some(Hidden {
            when: |design, given| {
                design == CouncilResolution && given("adopted_text").is_some_and(|said| !says(&said, given))
            },
            why: "beside “adopted_text”, which replaces it",
            hint: ONE_OF_TWO,
        }),
    ),
    Row(
        "also_adopted",
        &[Adopted],
        Some(Hidden {
            when: |_, given| given("meeting").is_none(),
            why: "without “meeting”, which it follows",
            hint: "give the first of the meetings as “meeting”",
        }),
    ),
    Row(
        "job_date",
        EVERY,
        Some(Hidden {
            when: |_, given| given("job").is_none(),
            why: "without “job”, which it follows",
            hint: "give the job number, or remove this field",
        }),
    ),
];

/// Whether the lines that state an adoption include the meeting.
fn says(adoption: &str, given: Given) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    given("meeting").is_some_and(|meeting| letters(adoption).contains(&letters(&meeting)))
}

/// Whether the date of adoption is neither on the page nor in the metadata, which use it if there is no other.
fn adoption_unsaid(design: Design, given: Given) -> bool {
    let given = |field| given(field).is_some();
    let said = given("adopted_text")
        || match design {
            CouncilResolution => given("meeting"),
            Adopted if given("meeting") => true,
            _ => !given("document_type"),
        };
    !said && given("date")
}

/// Where a field that not all pages have a place for is printed.
#[derive(Debug, Clone)]
pub struct Printing {
    /// The documents that print it, if not all do.
    pub documents: Option<Vec<&'static str>>,
    /// Whether documents that are not adopted print it.
    pub submitted: bool,
    /// What prevents it from being printed there.
    pub unless: Option<&'static str>,
}

/// Returns where a field is printed, or `None` if it is always on the page or in the metadata of the file.
pub fn printing(field: &str) -> Option<Printing> {
    let Row(_, designs, hidden) = TABLE.iter().find(|Row(name, ..)| *name == field)?;
    Some(Printing {
        documents: (*designs != EVERY).then(|| designs.iter().map(|design| design.documents()).collect()),
        submitted: designs.contains(&Submitted),
        unless: hidden.as_ref().map(|hidden| hidden.why),
    })
}

/// Whether pages of that design print the field, given the other fields.
pub(crate) fn is_printed(field: &str, design: Design, given: Given) -> bool {
    let row = TABLE.iter().find(|Row(name, ..)| *name == field);
    row.is_none_or(|Row(_, designs, hidden)| {
        designs.contains(&design) && !hidden.as_ref().is_some_and(|hidden| (hidden.when)(design, given))
    })
}

/// Whether the pages of a document print the field.
pub(crate) fn prints(document: &Document, field: &str) -> bool {
    is_printed(field, Design::of_document(document), &|field| text_of(document, field))
}

/// Returns the fields that a document gives but its pages do not print; why, if because of other fields; and what
/// to do.
pub(crate) fn unprinted(document: &Document) -> Vec<(&'static str, Option<&'static str>, &'static str)> {
    let design = Design::of_document(document);
    let lost = TABLE.iter().filter(|Row(field, ..)| text_of(document, field).is_some() && !prints(document, field));
    let reported = |Row(field, designs, hidden): &Row| match hidden {
        Some(hidden) if designs.contains(&design) => (*field, Some(hidden.why), hidden.hint),
        _ => (*field, None, "remove it, or correct the kind"),
    };
    lost.map(reported).collect()
}

/// Returns the text of a field that the table names or depends on, if a document gives it.
fn text_of(document: &Document, field: &str) -> Option<String> {
    let lines = |texts: &[String]| (!texts.is_empty()).then(|| texts.join(" "));
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    match field {
        "sponsors" => lines(&document.sponsors),
        "submitted_by" => document.submitted_by.clone(),
        "adopted" => day(document.adopted),
        "adopted_note" => document.adopted_note.clone(),
        "adopted_text" => lines(&document.adopted_text),
        "document_type" => document.document_type.clone(),
        "part" => document.part.clone(),
        "number" => document.number.clone(),
        "running_title" => document.running_title.clone(),
        "meeting" => document.meeting.clone(),
        "also_adopted" => {
            let said = |also: &Adoption| also.meeting.clone().into_iter().chain(day(also.date));
            lines(&document.also_adopted.iter().flat_map(said).collect::<Vec<_>>())
        }
        "date" => day(document.date),
        "job" => document.job.clone(),
        "job_date" => day(document.job_date),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Abilities, check};
    use crate::diagnostic::Source;
    use crate::prepare::prepare;
    use crate::read::{Format, read};

    /// Every field with text or a date, with a value that can be found on the page.
    const FIELDS: [(&str, &str, &str); 21] = [
        ("organ", "Fieldvalue", "Fieldvalue"),
        ("date", "2031-03-07", "7\u{a0}March 2031"),
        ("original", "fr", "Original: French"),
        ("job", "31-77777", "31-77777"),
        ("job_date", "2031-05-09", "090531"),
        ("session", "Fieldvalue", "Fieldvalue"),
        ("agenda_item", "Fieldvalue", "Fieldvalue"),
        ("agenda_title", "Fieldvalue", "Fieldvalue"),
        ("body_name", "Fieldvalue", "Fieldvalue"),
        ("sponsors", "[Fieldvalue]", "Fieldvalue"),
        ("submitted_by", "Fieldvalue", "Fieldvalue"),
        ("adopted", "2031-04-08", "8\u{a0}April 2031"),
        ("adopted_note", "Fieldvalue", "Fieldvalue"),
        ("adopted_text", "Fieldvalue", "Fieldvalue"),
        ("document_type", "Fieldvalue", "Fieldvalue"),
        ("part", "Fieldvalue", "Fieldvalue"),
        ("number", "97/979", "97/979"),
        ("title", "Fieldvalue", "Fieldvalue"),
        ("running_title", "Fieldvalue", "Fieldvalue"),
        ("meeting", "Fieldvalue", "Fieldvalue"),
        ("also_adopted", "[{meeting: Fieldvalue}]", "Fieldvalue"),
    ];

    /// Other fields, which may replace it or which it needs.
    const BESIDE: [&str; 7] = [
        "",
        "title: Tides\n",
        "submitted_by: Chair\n",
        "adopted_text: Agreed on\ndate: 2029-01-02\n",
        "meeting: 3rd meeting\nadopted: 2029-01-03\ndate: 2029-01-02\n",
        "document_type: Decision\ndate: 2029-01-02\n",
        "job: 29-11111\n",
    ];

    #[test]
    fn every_field_is_on_the_page_or_reported() {
        let abilities = Abilities { covers: &|_| true, mute: &|_| None, too_wide: &|_| Vec::new(), unreached: &|_| Vec::new() };
        let symbols = [
            "A/84/12",
            "S/2029/12",
            "E/2029/12",
            "T/12",
            "ST/12",
            "A/HRC/58/12",
            "CRC/C/12",
            "TIDE/12",
            "S/RES/9 (2029)",
        ];
        let mut reported = 0;
        for symbol in symbols {
            for kind in Kind::ALL {
                for (field, value, shown) in FIELDS {
                    for beside in BESIDE.iter().filter(|beside| !beside.contains(&format!("{field}:"))) {
                        let yaml = format!(
                            "symbol: {symbol}\nkind: {}\n{beside}{field}: {value}\nbody: [paragraph: x]\n",
                            kind.name()
                        );
                        let reading = read(&Source::new("t.yaml", yaml.as_str()), Format::Yaml).unwrap();
                        let bare = value.trim_matches(['[', ']']);
                        let found = check(&reading, &abilities).iter().any(|finding| {
                            let place = finding.place.as_ref().unwrap();
                            finding.code == "field-not-printed" && place.source.text[place.span.clone()].contains(bare)
                        });
                        let prepared = prepare(&reading.document).unwrap();
                        // The lines that state the adoption include its date.
                        let in_words = field == "adopted" && !reading.document.adopted_text.is_empty();
                        let dated = in_words || prepared.metadata.date.is_some_and(|date| date.to_string() == value);
                        let printed = serde_json::to_string(&prepared).unwrap().contains(shown);
                        assert!(printed || dated || found, "neither printed nor reported:\n{yaml}");
                        assert!(!(printed && found), "printed, and reported:\n{yaml}");
                        reported += usize::from(found);
                    }
                }
            }
        }
        assert!(reported > 100);
    }
}
