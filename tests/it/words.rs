//! The words of the six languages, compared with the lines that genuine files print.
//!
//! Exceptions seen: "11-" for "11 -" in one Arabic file; letters "A." and "B." of parts of
//! A/RES/77/258; one Russian and two Spanish files that print another day or year than the
//! other languages do. Lines that a file lacks, as the numbers of eleven Russian resolutions
//! of the Security Council, are not compared. What is read as alike, though files write it in
//! one way or another, is said in [`alike`]. Facts are those of the English file.

use std::collections::{BTreeMap, HashMap};

use crate::akn::{File, files, plain};
use masthead::model::{Block, Document, Kind, Language, Passage, Session};
use masthead::prepare::words::{fill, words};
use masthead::prepare::{Block as Printed, OpeningRole, Prepared, Run, Runs, SessionRole, prepare};

/// How many lines agree, of how many.
type Counts = BTreeMap<(&'static str, Language), (usize, usize)>;

#[test]
#[ignore = "needs genuine documents (MASTHEAD_CORPUS)"]
fn lines_are_as_in_genuine_files() {
    let files = files();
    let english = files.iter().filter(|file| file.language == Language::En);
    let key = |file: &File| file.symbol.replace(' ', "");
    let facts: HashMap<String, &File> = english.map(|file| (key(file), file)).collect();
    let mut counts = Counts::new();
    let mut others = Vec::new();
    for file in &files {
        let prepared = prepare(&document(file, facts[&key(file)])).unwrap();
        let made = |kind: &'static str| (kind, ours(kind, file, &prepared));
        let lines = file.lines.iter().map(|(kind, printed)| (made(kind), printed.clone()));
        let labels = file.numbers.iter().map(|number| (("label", label(number, file.language)), number.clone()));
        for ((kind, ours), printed) in lines.chain(labels) {
            let (ours, printed) = (alike(kind, file.language, &ours), alike(kind, file.language, &printed));
            // In Russian, the committee of a report is in the dative.
            let declined = kind == "committee" && file.language == Language::Ru && !file.decision;
            if printed.is_empty() || kind == "symbol" || declined {
                continue;
            }
            let (agree, all) = counts.entry((kind, file.language)).or_default();
            *all += 1;
            if ours == printed {
                *agree += 1;
            } else {
                others.push(format!("{} {:?} {kind}: “{printed}”, ours “{ours}”", file.symbol, file.language));
            }
        }
    }
    show(&counts);
    others.iter().for_each(|other| println!("{other}"));
    for ((kind, language), (agree, all)) in &counts {
        assert!(agree * 100 >= all * 98, "{kind} in {language:?}: {agree} of {all} agree");
    }
}

/// A document with the facts of the English file, and of the file itself only the meeting.
fn document(file: &File, facts: &File) -> Document {
    let number = facts.symbol.split_once("RES/").or_else(|| facts.symbol.split_once("DEC/")).unwrap().1;
    let item = facts.line("agenda item").map(|line| line.trim_start_matches("Agenda item").trim_start_matches('s'));
    let council = file.symbol.starts_with('S');
    let meeting = match file.language {
        Language::Zh if council => format!("第{}", file.meeting.replace("通过", "")),
        Language::Ar if file.meeting.is_empty() => meeting_within(file),
        _ => file.meeting.clone(),
    };
    let text = "x".to_owned();
    Document {
        symbol: vec![file.symbol.as_str().into()],
        kind: if file.decision { Kind::Decision } else { Kind::Resolution },
        language: file.language,
        date: facts.published,
        adopted: facts.adopted,
        session: facts.session.map(Session::Number),
        agenda_item: item.map(|item| item.trim().into()),
        meeting: Some(meeting.into()),
        number: Some(number.replace(" B", "")),
        title: Some(text.as_str().into()),
        body: vec![Block::Paragraph(Passage { text: text.into(), ..Passage::default() })],
        ..Document::default()
    }
}

/// The meeting in an Arabic line of adoption in which it is not marked.
fn meeting_within(file: &File) -> String {
    let line = file.line("adopted at").unwrap_or_default();
    line.split_once("جلسته ").map(|(_, rest)| format!("جلسته {}", rest.split(' ').next().unwrap())).unwrap_or_default()
}

/// The line of that kind which masthead makes.
fn ours(kind: &str, file: &File, prepared: &Prepared) -> String {
    let head = &prepared.masthead;
    let of_session = |role| prepared.session.concat().iter().find(|line| line.role == role).map(|l| said(&l.runs));
    let of_opening = |role, nth| prepared.opening.iter().filter(|o| o.role == role).nth(nth).map(|o| said(&o.runs));
    let made = match kind {
        "name" => Some(head.name.clone()),
        "organ" => Some(head.organs.concat()),
        "distribution" => Some(head.distribution.clone()),
        "date of issue" => head.date.clone(),
        "session" => of_session(SessionRole::Session),
        "agenda item" => of_session(SessionRole::AgendaItem),
        "adopted by" | "resolution" => of_opening(OpeningRole::Headline, 0),
        "adopted at" => of_opening(OpeningRole::Title, 0),
        "number" => prepared.opening.iter().find_map(|opening| opening.number.as_ref().map(ToString::to_string)),
        "closing date" => prepared.body.iter().find_map(|block| match block {
            Printed::Closing { lines } => lines.get(1).map(said),
            _ => None,
        }),
        "committee" => {
            let names = &words(file.language).committees;
            let printed = file.line("committee").unwrap_or_default();
            let named = names.iter().find(|name| printed.contains(name.as_str()));
            named.map(|name| if file.decision { name.clone() } else { printed.to_owned() })
        }
        _ => None,
    };
    made.map(|line| plain(&line)).unwrap_or_default()
}

/// What runs say, with a space for the end of a line.
fn said(runs: &Runs) -> String {
    let piece = |run: &Run| match run {
        Run::Text { text, .. } => text.clone(),
        _ => " ".to_owned(),
    };
    runs.iter().map(piece).collect()
}

/// The number or label of ours that is the one printed.
fn label(printed: &str, language: Language) -> String {
    const MOST: usize = 200;
    let words = words(language);
    let labels = (1..=2).flat_map(|level| (0..MOST).map(move |index| words.label(level, index)));
    let numbers = (1..=MOST).map(|number| fill(&words.number, &number.to_string()));
    let printed = alike("label", language, printed);
    labels.chain(numbers).find(|ours| *ours == printed).unwrap_or_default()
}

/// A line with what files write in one way or another written in one way.
fn alike(kind: &str, language: Language, line: &str) -> String {
    match (kind, language) {
        // Five of thirteen have no comma, one has a space after the stroke of a month.
        ("adopted at", Language::Ar) => line.replace('،', "").replace("/ ", "/"),
        // The files lack the organ.
        ("adopted at", Language::Zh) => line.replace("安全理事会第", "").replace(' ', ""),
        // Some lack the space at the end of the line.
        ("adopted at", Language::En) => line.replace(", on ", ", on"),
        // Two of fifteen have a space before the letter.
        ("agenda item", Language::Zh) => line.replace(' ', ""),
        // Some have the Cyrillic letter.
        ("agenda item" | "label", Language::Ru) => line.replace("а)", "a)"),
        ("label", Language::Ar) => line.replace("(ه)", "(هـ)"),
        _ => line.to_owned(),
    }
}

fn show(counts: &Counts) {
    let mut kinds: Vec<&str> = counts.keys().map(|(kind, _)| *kind).collect();
    kinds.dedup();
    println!("{:14} {}", "", Language::ALL.map(|language| format!("{:>11}", language.code())).concat());
    for kind in kinds {
        let cell = |language| {
            let (agree, all) = counts.get(&(kind, language)).copied().unwrap_or_default();
            format!("{:>11}", format!("{agree}/{all}"))
        };
        println!("{kind:14} {}", Language::ALL.map(cell).concat());
    }
}
