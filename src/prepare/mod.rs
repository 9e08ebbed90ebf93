//! Stage `prepare`: turns a [`Document`] into [`Prepared`] data and determines every word that is printed.

mod body;
mod citations;
mod designation;
mod edition;
mod layout;
mod links;
mod notes;
mod opening;
mod outline;
mod prepared;
mod printed_fields;
mod tables;
pub mod words;

pub(crate) use body::{numbered, stopped};
pub use designation::Designation;
pub use layout::text_of;
pub(crate) use layout::{Mismatch, mismatches};
pub(crate) use links::{Leads, Own, links_of, symbols_in};
pub(crate) use notes::cut;
pub(crate) use opening::{Said, agenda_line, body_name, session_lines, sponsor_line, statement_title};
pub(crate) use outline::outline;
pub use prepared::{
    Block, Cell, Columns, Extent, Foot, Masthead, Metadata, Note, Opening, OpeningRole, Prepared, Redline, Remark,
    Role, Run, Running, Runs, SessionLine, SessionRole, Size,
};
pub(crate) use printed_fields::{is_printed, prints, unprinted};
pub(crate) use tables::{Grid, is_digit, placed};
pub(crate) use words::{bracketed, roman};

use crate::error::Error;
use crate::model::fields::{Design, header};
use crate::model::symbol::{Series, Symbol};
use crate::model::{Adoption, Date, Distribution, Document, House, Kind, Part, Path, Text};
use body::Closing;
use notes::Notes;
use words::{Words, words_of};

/// Determines every word of a document.
///
/// # Errors
///
/// Returns a message if the document has no symbol, which `check` would have refused.
pub fn prepare(document: &Document) -> Result<Prepared, Error> {
    prepare_with_paths(document).map(|(prepared, _)| prepared).map_err(Error::document)
}

/// The paths in the model of what is printed.
pub(crate) struct Paths {
    /// Those of the blocks of the body: `body[3].items[1]`.
    pub body: Vec<Path>,
    /// Those of the footnotes: `footnotes.1`.
    pub notes: Vec<Path>,
}

/// The same, and the path of every block of the body and of every footnote in the model.
pub(crate) fn prepare_with_paths(document: &Document) -> Result<(Prepared, Paths), String> {
    let words = words_of(document);
    let first = document.symbol.first().ok_or("the document has no symbol")?;
    if let Some(error) = document.symbol.iter().find_map(Symbol::error) {
        return Err(error.to_owned());
    }
    let organs = words::organs(document);
    let mut notes = Notes::new(document, words);
    let mut session = opening::session(document, &organs, words, &mut notes);
    let mut opening = opening::opening(document, first, words, &mut notes);
    layout::end_lines(document, &mut session, &mut opening);
    let mut body = body::body(document, &closing(document, words), words, &mut notes);
    outline(&opening, &mut body.blocks);
    let (notes, note_paths) = notes.finish();
    let symbols = document.symbol.iter().map(Symbol::text).collect::<Vec<_>>().join("-");
    let date = document.date.or(document.adopted).or(document.job_date);
    let running_title = running_title(document);
    // Resolutions of the General Assembly, and others with the same layout.
    let adopted = document.kind.is_adopted() && running_title.is_some();
    let prepared = Prepared {
        metadata: Metadata {
            title: title(document, &symbols, words),
            symbol: symbols,
            date,
            subjects: document.metadata.subjects().into_iter().map(str::to_owned).collect(),
            author: document.house.as_ref().and_then(|house| house.author.clone()),
        },
        kind: document.kind,
        language: document.language,
        edition: document.layout.edition.unwrap_or_else(|| edition::edition(date, adopted)),
        close_notes: adopted,
        masthead: masthead(document, organs, words),
        session,
        opening,
        body: body.blocks,
        running: Running { symbols: document.symbol.iter().map(Symbol::printed).collect(), title: running_title },
        foot: foot(document, first, words),
        notes,
        layout: document.layout.clone(),
        adjusted: body.adjusted,
        redline: None,
    };
    Ok((prepared, Paths { body: body.paths, notes: note_paths }))
}

fn title(document: &Document, symbols: &str, words: &Words) -> String {
    let usual = || (document.kind == Kind::PresidentialStatement).then(|| words.kinds.presidential_statement.clone());
    let title = document.title.as_ref().map(Text::resulting).or_else(usual);
    title.filter(|t| !t.is_empty()).unwrap_or_else(|| symbols.to_owned())
}

/// Returns the distribution of a document: drafts of limited distribution have an L. in their symbol.
pub(crate) fn distribution(document: &Document) -> Distribution {
    let limited = document.symbol.iter().any(|symbol| symbol.series == Series::Limited);
    document.distribution.unwrap_or(if limited { Distribution::Limited } else { Distribution::General })
}

fn masthead(document: &Document, named: Vec<Option<String>>, words: &Words) -> Masthead {
    let mut organs: Vec<String> = Vec::new();
    for organ in named.into_iter().flatten() {
        if !organs.contains(&organ) {
            organs.push(organ);
        }
    }
    let translated = !document.original.is_empty() && !document.original.contains(&document.language);
    let originals: Vec<String> =
        document.original.iter().map(|language| words.language(*language).to_owned()).collect();
    Masthead {
        name: publisher(document, words).to_owned(),
        symbols: document.symbol.iter().map(Symbol::head_and_rest).collect(),
        organs,
        distribution: words.distribution(distribution(document)).to_owned(),
        date: document.date.map(|date| words.issued(date)),
        language: translated.then(|| words.language_line(document.language)),
        original: (!originals.is_empty()).then(|| words::fill(&words.original, &originals.join("/"))),
        emblem: document.own_emblem().cloned(),
        bare: document.house.is_some() && document.own_emblem().is_none(),
    }
}

/// Returns the name above the upper rule of page 1.
pub(crate) fn publisher<'d>(document: &'d Document, words: &'d Words) -> &'d str {
    match &document.house {
        Some(house) => house.name.as_deref().unwrap_or_default(),
        None => &words.publisher,
    }
}

/// Returns the running title: adopted resolutions of the General Assembly and the Economic and Social Council have
/// their title in the running header; those of the Security Council have none.
fn running_title(document: &Document) -> Option<String> {
    if !prints(document, &header::running_title) {
        return None;
    }
    let title = document.running_title.as_ref().or(document.title.as_ref())?;
    Some(shortened(title.resulting()))
}

/// Shortens a title to fit the running header: three lines at most, cut after a word.
fn shortened(title: String) -> String {
    const LONGEST: usize = 200;
    match title.char_indices().nth(LONGEST) {
        None => title,
        Some((at, _)) => {
            let whole = title[..at].rfind(' ').unwrap_or(at);
            format!("{}…", &title[..whole])
        }
    }
}

/// Returns the closing lines: meeting and date of an adopted text, one pair below the other; the Security
/// Council has them in the heading.
fn closing(document: &Document, words: &Words) -> Closing {
    let closes = Design::of_document(document) == Design::Adopted;
    let in_words = |date: Date| Text::verbatim(&words.date_in_words(date));
    let lines = |meeting: &Option<Text>, adopted: Option<Date>| -> Vec<Text> {
        let Some(meeting) = meeting.as_ref().filter(|_| closes) else { return Vec::new() };
        std::iter::once(meeting.clone()).chain(adopted.map(in_words)).collect()
    };
    let of_part = |part: &Part| match &part.adopted_text[..] {
        [] => lines(&part.meeting, part.adopted.or(document.adopted)),
        given if closes => given.to_vec(),
        _ => Vec::new(),
    };
    let mut all = lines(&document.meeting, document.adopted);
    if !all.is_empty() {
        let also = |also: &Adoption| [also.meeting.clone(), also.date.map(in_words)];
        all.extend(document.also_adopted.iter().flat_map(also).flatten());
    }
    Closing { all, parts: document.parts.iter().map(of_part).collect() }
}

fn foot(document: &Document, symbol: &Symbol, words: &Words) -> Foot {
    let job_line = document.job.as_ref().map(|job| {
        let date = document.job_date.map(|date| {
            let year = date.year().rem_euclid(100);
            format!("    {:02}{:02}{year:02}", date.day(), date.month())
        });
        format!("{job} ({}){}", words.letter, date.unwrap_or_default())
    });
    let coded = |job: &String| {
        let digits: String = job.chars().filter(char::is_ascii_alphanumeric).collect();
        format!("*{}*", digits.to_ascii_uppercase())
    };
    let house = document.house.as_ref();
    let has = |setting: fn(&House) -> Option<bool>| house.and_then(setting).unwrap_or(true);
    let address = match house {
        Some(House { qr, .. }) => {
            qr.as_ref().and_then(|qr| qr.of(symbol.text(), document.language)).unwrap_or_default()
        }
        None => symbol.address(document.language),
    };
    Foot {
        job: document.job.clone(),
        job_line,
        barcode: document.job.as_ref().filter(|_| has(|house| house.barcode)).map(coded),
        folio: prepared::FOLIO.to_owned(),
        recycle: if has(|house| house.recycle) { words.recycle.clone() } else { String::new() },
        address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind::{DraftResolution, Note, Resolution};
    use crate::model::{Block, Language, Passage};

    fn said(symbols: &[&str], document: Document) -> Prepared {
        let symbol = symbols.iter().map(|symbol| (*symbol).into()).collect();
        prepare(&Document { symbol, ..document }).unwrap()
    }

    #[test]
    fn bodies_are_named_on_page_1() {
        let lines = |symbol, document| {
            let prepared = said(&[symbol], document);
            let session = prepared.session.iter().flatten().map(|line| serde_json::to_string(&line.runs).unwrap());
            (prepared.masthead.organs, session.collect::<Vec<_>>().concat())
        };
        let (organs, session) = lines("A/HRC/58/L.4", Document::default());
        assert_eq!(organs, ["General Assembly"]);
        assert_eq!(session, r#"[{"text":"Human Rights Council"}][{"text":"Fifty-eighth session"}]"#);
        let given = || Document { body_name: Some("Human Rights Council".into()), ..Document::default() };
        assert_eq!(lines("A/HRC/58/L.4", given()).1.matches("Human Rights Council").count(), 1);
        let (organs, session) = lines("CRC/C/GC/20*", Document { language: Language::Ar, ..Document::default() });
        assert_eq!(organs, ["اتفاقية حقوق الطفل"]);
        assert!(session.contains("لجنة حقوق الطفل"));
        assert_eq!(lines("TIDE/1", Document::default()).0, Vec::<String>::new());
        assert_eq!(
            lines("TIDE/1", Document { organ: Some("Tides Board".into()), ..Document::default() }).0,
            ["Tides Board"]
        );
        assert_eq!(
            said(&["A/84/1", "TIDE/1"], Document { organ: Some("Tides Board".into()), ..Document::default() })
                .session
                .len(),
            2
        );
    }

    #[test]
    fn the_asterisk_of_a_reissue_is_printed_and_identifies_nothing() {
        let prepared = said(&["A/78/L.1*", "S/2029/3**"], Document::default());
        let symbols = [("A", "/78/L.1*"), ("S", "/2029/3**")].map(|(head, rest)| (head.to_owned(), rest.to_owned()));
        assert_eq!(prepared.masthead.symbols, symbols);
        assert_eq!(prepared.running.symbols, ["A/78/L.1*", "S/2029/3**"]);
        assert_eq!(prepared.metadata.symbol, "A/78/L.1-S/2029/3");
        assert_eq!(prepared.foot.address, "https://docs.un.org/en/A/78/L.1");
    }

    #[test]
    fn parts_have_heads_closing_lines_and_notes_of_one_count() {
        let part = |letter: &str, meeting: Option<&str>, adopted: Option<&str>| Part {
            letter: Some(letter.into()),
            meeting: meeting.map(Text::from),
            adopted: adopted.map(|date| date.parse().unwrap()),
            body: vec![
                Block::Operative(Passage { text: format!("x[^1] {letter}[^*]").into(), ..Passage::default() }),
                Block::Annex(crate::model::Annex::default()),
            ],
            footnotes: [("1".to_owned(), format!("of {letter}").into())].into_iter().collect(),
            ..Part::default()
        };
        let document = Document {
            kind: Resolution,
            adopted: "2029-12-19".parse().ok(),
            meeting: Some("60th meeting".into()),
            title: Some("Tides[^*]".into()),
            parts: vec![part("A", Some("50th meeting"), None), part("B", Some("51st meeting"), Some("2029-12-20"))],
            footnotes: [("*".to_owned(), "star".into())].into_iter().collect(),
            ..Document::default()
        };
        let prepared = said(&["A/RES/84/80 A-B"], document);
        let lines: Vec<String> = prepared
            .body
            .iter()
            .map(|block| match block {
                super::Block::Part { heading, .. } => {
                    format!("part {}", serde_json::to_value(heading).unwrap()[0]["text"])
                }
                super::Block::Paragraph { label, .. } => label.as_ref().unwrap().to_string(),
                super::Block::Closing { lines } => {
                    lines.iter().map(|line| serde_json::to_string(line).unwrap()).collect()
                }
                _ => "annex".to_owned(),
            })
            .collect();
        let text = |line: &str| format!("[{{\"text\":\"{line}\"}}]");
        let closing = |lines: &[&str]| lines.iter().map(|line| text(line)).collect::<String>();
        assert_eq!(
            lines,
            [
                "part \"A\"".to_owned(),
                "1.".to_owned(),
                closing(&["50th meeting", "19\u{a0}December 2029"]),
                "annex".to_owned(),
                "part \"B\"".to_owned(),
                "1.".to_owned(),
                closing(&["51st meeting", "20\u{a0}December 2029", "60th meeting", "19\u{a0}December 2029"]),
                "annex".to_owned(),
            ]
        );
        let marks: Vec<&str> = prepared.notes.iter().map(|note| note.mark.as_str()).collect();
        assert_eq!(marks, ["*", "1", "2"]);
        assert_eq!(prepared.running.title.as_deref(), Some("Tides"));
    }

    #[test]
    fn several_texts_are_adopted_in_every_language() {
        let headline = |language, kind, count: usize| {
            let parts = vec![Part::default(); count];
            let document =
                Document { language, kind, parts, adopted: "2029-12-19".parse().ok(), ..Document::default() };
            let runs = serde_json::to_value(&said(&["A/RES/84/80 A-B"], document).opening[0].runs).unwrap();
            runs[0]["text"].as_str().unwrap().to_owned()
        };
        for (language, kind, count, wanted) in [
            (Language::En, Resolution, 2, "Resolutions adopted by the General Assembly"),
            (Language::En, Resolution, 1, "Resolution adopted by the General Assembly"),
            (Language::En, Kind::Decision, 2, "Decisions adopted by the General Assembly"),
            (Language::Fr, Resolution, 3, "Résolutions adoptées par l’Assemblée générale"),
            (Language::Es, Resolution, 2, "Resoluciones aprobadas por la Asamblea General"),
            (Language::Ru, Resolution, 2, "Резолюции, принятые Генеральной Ассамблеей"),
            (Language::Zh, Resolution, 2, "2029年12月19日大会决议"),
            (Language::Ar, Resolution, 2, "قراران اتخذتهما الجمعية العامة"),
            (Language::Ar, Resolution, 3, "قرارات اتخذتها الجمعية العامة"),
        ] {
            assert_eq!(headline(language, kind, count), wanted);
        }
    }

    #[test]
    fn no_document_links_to_itself() {
        let links = |language, symbols: &[&str], kind, number: Option<&str>, text: &str| {
            let body = vec![Block::Paragraph(Passage { text: text.into(), ..Passage::default() })];
            let number = number.map(str::to_owned);
            let title = Some("Report of S/2029/9".into());
            let document = Document { language, kind, number, title, body, ..Document::default() };
            let json = serde_json::to_string(&said(symbols, document)).unwrap();
            json.matches("\"link\"").count()
        };
        // One link is that of the title, to another document.
        for language in Language::ALL {
            assert_eq!(
                links(language, &["S/RES/2803 (2025)"], Resolution, Some("2803 (2025)"), "S/RES/2803 (2025)"),
                1
            );
            assert_eq!(links(language, &["A/84/434", "S/2029/9"], Note, None, "A/84/434 S/2029/9"), 0);
        }
        let en = Language::En;
        assert_eq!(links(en, &["A/RES/78/323"], Resolution, Some("78/323"), "Recalling resolution 78/323 of"), 1);
        assert_eq!(links(en, &["A/RES/78/323"], Resolution, Some("78/323"), "Recalling resolution 78/324 of"), 2);
        assert_eq!(links(en, &["A/84/L.1/Rev.1"], DraftResolution, None, "A/84/L.1 and A/84/L.1/Rev.1"), 2);
        assert_eq!(links(en, &["A/84/L.1*"], DraftResolution, None, "A/84/L.1 [here](https://undocs.org/A/84/L.1)"), 1);
    }

    #[test]
    fn marks_are_part_of_changes() {
        let text = "word~~[^1] old[^2]~~ ++new[^1]++ and[^2]";
        let footnotes = ["1", "2"].map(|mark| (mark.to_owned(), "A note.".into())).into_iter().collect();
        let body = vec![Block::Paragraph(Passage { text: text.into(), ..Passage::default() })];
        let prepared = said(&["A/84/1"], Document { body, footnotes, ..Document::default() });
        let block = serde_json::to_value(&prepared.body[0]).unwrap();
        let runs = block["runs"].as_array().unwrap().iter().filter(|run| run["note"].is_number());
        let marks: Vec<_> = runs.map(|run| (run["note"].as_u64().unwrap(), run["change"].as_str())).collect();
        assert_eq!(marks, [(0, Some("struck")), (1, Some("struck")), (0, Some("inserted")), (1, None)]);
    }

    #[test]
    fn a_translation_names_its_language() {
        let languages = |language, original: &[Language]| {
            let symbol = vec!["A/77/1".into()];
            let document = Document { symbol, language, original: original.to_vec(), ..Document::default() };
            let masthead = prepare(&document).unwrap().masthead;
            [masthead.language, masthead.original].map(Option::unwrap_or_default)
        };
        assert_eq!(languages(Language::Fr, &[Language::En]), ["Français", "Original\u{a0}: anglais"]);
        assert_eq!(languages(Language::Es, &[Language::Fr]), ["Español", "Original: francés"]);
        assert_eq!(languages(Language::Ru, &[Language::En]), ["Russian", "Original: English"]);
        assert_eq!(languages(Language::En, &[Language::Ar, Language::En]), ["", "Original: Arabic/English"]);
        assert_eq!(languages(Language::Zh, &[]), ["", ""]);
    }
}
