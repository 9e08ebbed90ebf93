//! Which header fields are printed on the pages of a document, according to the table of fields. `prepare` uses
//! it to print, `check` to report what is not printed, and published files use it to keep in the session block
//! what their pages have no other place for.

use crate::model::Document;
use crate::model::fields::{Design, Field, Given, Hidden, header};

/// Returns what prevents a field from being printed on pages that have a place for it, given the other fields.
fn hidden<T>(field: &Field<T>, design: Design, given: Given) -> Option<&'static Hidden> {
    field.printed.hidden().iter().find(|hidden| (hidden.when)(design, given))
}

/// Whether pages of that design print the field, given the other fields.
pub(crate) fn is_printed<T>(field: &Field<T>, design: Design, given: Given) -> bool {
    field.printed.designs().contains(&design) && hidden(field, design, given).is_none()
}

/// Whether the pages of a document print the field.
pub(crate) fn prints(document: &Document, field: &Field) -> bool {
    is_printed(field, Design::of_document(document), &|name| text_of(header::ALL, document, name))
}

/// Returns the fields that a document, or a part of one, gives but pages of that design do not print; why, if
/// because of other fields; and what to do.
pub(crate) fn unprinted<T>(
    table: &[Field<T>],
    record: &T,
    design: Design,
) -> Vec<(&'static str, Option<&'static str>, &'static str)> {
    let given = |name: &str| text_of(table, record, name);
    let lost = |field: &Field<T>| given(field.name).is_some() && !is_printed(field, design, &given);
    let reason = |field: &Field<T>| match hidden(field, design, &given) {
        Some(hidden) if field.printed.designs().contains(&design) => (field.name, Some(hidden.why), hidden.hint),
        _ => (field.name, None, "remove it, or correct the kind"),
    };
    table.iter().filter(|field| lost(field)).map(reason).collect()
}

/// Returns the text of the field of that name, if it is given.
fn text_of<T>(table: &[Field<T>], record: &T, name: &str) -> Option<String> {
    let field = table.iter().find(|field| field.name == name)?;
    (field.value)(record).text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Abilities, check};
    use crate::diagnostic::Source;
    use crate::model::Kind;
    use crate::model::fields::TextKind;
    use crate::prepare::prepare;
    use crate::read::{Format, read};

    /// Every field with text or a date, with a value that can be found on the page.
    const FIELDS: [(&str, &str, &str); 22] = [
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
        ("signatories", "[Fieldvalue]", "Fieldvalue"),
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
        for field in header::ALL.iter().filter(|field| field.text.is_own() || field.text == TextKind::Nested) {
            let known = FIELDS.iter().any(|(name, ..)| *name == field.name);
            assert!(known || matches!(field.name, "symbol" | "house" | "metadata"), "{} has no value here", field.name);
        }
        let abilities =
            Abilities { covers: &|_| true, mute: &|_| None, too_wide: &|_| Vec::new(), unreached: &|_| Vec::new() };
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
