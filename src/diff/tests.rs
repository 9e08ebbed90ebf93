#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::{Path as File, PathBuf};

use super::*;
use crate::diagnostic::Source;
use crate::model::{self, Block, Item, Number, Passage, Text};
use crate::prepare::{self, Run, Runs};
use crate::read::{Format, read};
use crate::write;

/// The examples and the documents of the golden suite.
fn documents() -> Vec<(String, Document)> {
    fn files(folder: &File, list: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("yaml" | "md") => list.push(path),
                None if path.is_dir() => files(&path, list),
                _ => {}
            }
        }
    }
    let mut list = Vec::new();
    ["../examples", "../tests/suite"].iter().for_each(|folder| files(File::new(folder), &mut list));
    // Those of houses need the settings of their folder.
    list.retain(|path| !path.components().any(|part| part.as_os_str() == "houses"));
    list.sort();
    let document = |path: PathBuf| {
        let name = path.display().to_string();
        let source = Source::new(name.as_str(), std::fs::read_to_string(&path).unwrap());
        read(&source, Format::of_name(&name)).ok().map(|reading| (name, reading.document))
    };
    let list: Vec<_> = list.into_iter().filter_map(document).collect();
    assert!(list.len() > 35, "{}", list.len());
    list
}

fn listed(name: &str, old: &Document, new: &Document) -> Vec<Change> {
    let compared = compare(old, new).unwrap();
    shown(name, old, new, &compared);
    compared.changes
}

/// Returns a text without spaces: those around words that are struck remain.
fn unspaced(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Checks that the pages, without what is struck, read as the newer document, and, if nothing moved, without what is
/// inserted as the older one; and that all that is struck or inserted is listed.
fn shown(name: &str, old: &Document, new: &Document, compared: &Compared) {
    let texts = |prepared: &Prepared, leave: Option<model::Change>| -> Vec<String> {
        let mut prepared = prepared.clone();
        let mut all = Vec::new();
        let mut add = |runs: &mut Runs| {
            let words = runs.iter().filter_map(|run| match run {
                Run::Text { change: Some(change), .. } if Some(*change) == leave => None,
                // What marks that a text moved, or that a picture was replaced.
                Run::Text { text, italic: true, .. } if text.starts_with('[') && text.ends_with(']') => None,
                Run::Text { text, .. } => Some(text.as_str()),
                _ => None,
            });
            all.push(unspaced(&words.collect::<String>()));
        };
        prepared.session.iter_mut().flatten().for_each(|line| add(&mut line.runs));
        prepared.opening.iter_mut().for_each(|entry| add(&mut entry.runs));
        prepared.body.iter_mut().for_each(|block| blocks::each(block, &mut add));
        prepared.notes.iter_mut().for_each(|note| add(&mut note.runs));
        all.retain(|text| !text.is_empty());
        all
    };
    let is = prepare::prepare(new).unwrap();
    if texts(&is, Some(model::Change::Struck)) != texts(&is, None) {
        return; // it strikes words itself
    }
    assert_eq!(texts(&compared.redline, Some(model::Change::Struck)), texts(&is, None), "{name}");
    let moves = compared.changes.iter().any(|change| change.kind == Kind::Moved);
    if !moves {
        let mut struck = texts(&compared.redline, Some(model::Change::Inserted));
        let mut was = texts(&prepare::prepare(old).unwrap(), None);
        // Notes that are gone come after the others.
        struck.sort();
        was.sort();
        assert_eq!(struck, was, "{name}");
    }
}

fn kinds(changes: &[Change]) -> Vec<Kind> {
    changes.iter().map(|change| change.kind).collect()
}

fn only(changes: &[Change], allowed: &[Kind], needed: Kind) -> bool {
    kinds(changes).iter().all(|kind| allowed.contains(kind)) && kinds(changes).contains(&needed)
}

fn deleted(change: &Change) -> String {
    change
        .words
        .iter()
        .filter_map(|words| if let Words::Deleted(text) = words { Some(text.trim()) } else { None })
        .collect()
}

fn inserted(change: &Change) -> String {
    change
        .words
        .iter()
        .filter_map(|words| if let Words::Inserted(text) = words { Some(text.trim()) } else { None })
        .collect()
}

#[test]
fn a_document_is_the_same_as_itself_in_every_syntax() {
    for (name, document) in documents() {
        assert_eq!(listed(&name, &document, &document), [], "{name}");
        for format in [Format::Json, Format::Markdown, Format::Xml] {
            let text = write(&document, format).unwrap();
            let again = read(&Source::new("t", text), format).unwrap().document;
            assert_eq!(listed(&name, &document, &again), [], "{name} as {format:?}");
        }
    }
}

/// A document with a change, and whether the list shows it and nothing else; `None` if there is nothing to change.
type Plant = fn(&mut Document) -> Option<fn(&[Change]) -> bool>;

fn passages(document: &mut Document) -> Vec<&mut Passage> {
    fn passage(block: &mut Block) -> Option<&mut Passage> {
        match block {
            Block::Preambular(it) | Block::Operative(it) | Block::Paragraph(it) | Block::Numbered(it) => Some(it),
            _ => None,
        }
    }
    document.body.iter_mut().filter_map(passage).collect()
}

const PLANTS: [(&str, Plant); 12] = [
    ("a word changed", |document| {
        let mut all = passages(document);
        let passage = all.iter_mut().rev().find(|passage| passage.text.plain().split(' ').count() > 4)?;
        let last = passage.text.plain().rsplit(' ').next()?.to_owned();
        let at = passage.text.written().rfind(&last)?;
        let written = passage.text.written();
        passage.text = format!("{}lighthouse{}", &written[..at], &written[at + last.len()..]).into();
        Some(|changes| {
            changes.len() == 1 && changes[0].kind == Kind::Changed && inserted(&changes[0]).contains("lighthouse")
        })
    }),
    ("a sentence inserted", |document| {
        let mut all = passages(document);
        let passage = all.first_mut()?;
        passage.text = format!("{} Lamps burn all night.", passage.text).into();
        Some(|changes| {
            let all = |change: &Change| inserted(change) == "Lamps burn all night." && deleted(change).is_empty();
            changes.len() == 1 && changes[0].kind == Kind::Changed && all(&changes[0])
        })
    }),
    ("a paragraph deleted", |document| {
        let index = document.body.iter().position(|block| block.passage().is_some_and(|it| it.items.is_empty()))?;
        document.body.remove(index);
        Some(|changes| only(changes, &[Kind::Deleted, Kind::Renumbered], Kind::Deleted))
    }),
    ("a paragraph inserted", |document| {
        let text: Text = "*Lights* the lamps of every harbour;".into();
        document.body.push(Block::Operative(Passage { text, ..Passage::default() }));
        Some(|changes| {
            only(changes, &[Kind::Inserted], Kind::Inserted) && inserted(&changes[0]).contains("lamps of every harbour")
        })
    }),
    ("a paragraph moved", |document| {
        let movable = |block: &Block| matches!(block, Block::Operative(_) | Block::Preambular(_) | Block::Paragraph(_));
        let from = document.body.iter().position(movable)?;
        let to = document.body.iter().rposition(movable)?;
        (to > from + 1).then_some(())?;
        let block = document.body.remove(from);
        document.body.insert(to, block);
        Some(|changes| only(changes, &[Kind::Moved, Kind::Renumbered], Kind::Moved))
    }),
    ("a paragraph moved and changed", |document| {
        let long = |block: &Block| matches!(block, Block::Operative(it) | Block::Preambular(it) if it.items.is_empty() && it.text.plain().len() > 90);
        let from = document.body.iter().position(long)?;
        (document.body.len() > from + 3).then_some(())?;
        let block = document.body.remove(from);
        document.body.push(block);
        let mut all = passages(document);
        let passage = all.pop()?;
        passage.text = format!("{} by lamplight", passage.text).into();
        Some(|changes| {
            let moved = changes.iter().find(|change| change.kind == Kind::Moved);
            only(changes, &[Kind::Moved, Kind::Renumbered], Kind::Moved)
                && moved.is_some_and(|change| inserted(change).contains("by lamplight") && deleted(change).is_empty())
        })
    }),
    ("a paragraph renumbered", |document| {
        let mut numbered = document.body.iter_mut().filter_map(|block| match block {
            Block::Operative(passage) | Block::Numbered(passage) => Some(passage),
            _ => None,
        });
        numbered.next()?.number = Number::Set("40".into());
        Some(|changes| only(changes, &[Kind::Renumbered], Kind::Renumbered))
    }),
    ("a note changed", |document| {
        let (_, note) = document.footnotes.iter_mut().next()?;
        *note = format!("{note} See the table of lamps.").into();
        Some(|changes| {
            changes.len() == 1 && changes[0].part.starts_with("footnote") && changes[0].kind == Kind::Changed
        })
    }),
    ("a cell changed", |document| {
        let tables =
            document.body.iter_mut().filter_map(|block| if let Block::Table(it) = block { Some(it) } else { None });
        let cell = tables.last()?.rows.iter_mut().rev().find(|row| row.cells.len() > 1)?.cells.last_mut()?;
        // A word instead of a figure would align the column in another way.
        let words = cell.text.plain().chars().any(char::is_alphabetic);
        cell.text = words.then(|| "lamps".into())?;
        Some(|changes| changes.len() == 1 && changes[0].part.contains(", column ") && inserted(&changes[0]) == "lamps")
    }),
    ("a title changed", |document| {
        let title = document.title.as_mut()?;
        *title = format!("{title} and lamps").into();
        Some(|changes| {
            changes.len() == 1 && changes[0].new == Some("title".into()) && inserted(&changes[0]).contains("lamps")
        })
    }),
    ("an item inserted", |document| {
        let mut all = passages(document);
        let passage = all.iter_mut().find(|passage| !passage.items.is_empty())?;
        passage.items.insert(1, Item { text: "To light every lamp at dusk;".into(), ..Item::default() });
        Some(|changes| {
            let item = changes.iter().find(|change| change.kind == Kind::Inserted);
            only(changes, &[Kind::Inserted, Kind::Renumbered], Kind::Inserted)
                && item.is_some_and(|change| inserted(change) == "To light every lamp at dusk;")
        })
    }),
    ("a date changed", |document| {
        document.date = Some("2011-11-11".parse().unwrap());
        Some(|changes| changes.len() == 1 && changes[0].part == "date")
    }),
];

#[test]
fn planted_changes_are_all_that_is_shown() {
    let mut pairs = [0; PLANTS.len()];
    for (name, old) in documents() {
        for (index, (what, plant)) in PLANTS.iter().enumerate() {
            let mut new = old.clone();
            let Some(well) = plant(&mut new) else { continue };
            let name = format!("{name}: {what}");
            let changes = listed(&name, &old, &new);
            assert!(well(&changes), "{name}\n{}", to_text(&changes, false));
            pairs[index] += 1;
            // Back again.
            assert!(!listed(&name, &new, &old).is_empty(), "{name}");
        }
    }
    assert!(pairs.iter().all(|count| *count > 1), "{pairs:?}");
    assert!(pairs.iter().sum::<usize>() > 200, "{pairs:?}");
}

#[test]
fn changes_of_several_kinds_are_shown_together_in_any_two_syntaxes() {
    let old = "symbol: A/84/L.901\nkind: draft-resolution\ndate: 2029-10-01\nsession: 84\ntitle: Tides[^*]\nbody:\n\
        - enacting: '*The General Assembly*,'\n\
        - preambular: '*Recalling* its resolution 79/7 on the tides of the world,[^1]'\n\
        - preambular: '*Noting* that harbours have gauges, and that every gauge is read twice a day,'\n\
        - operative: {text: '*Requests* all States:', items: [To read gauges;, To publish tables;]}\n\
        - operative: '*Welcomes* the report of the Secretary-General on the tides.'\n\
        - table: {number: '1', rows: [[Africa, '15'], [Asia, '20']]}\n\
        footnotes: {'*': A star., 1: See A/79/PV.3.}\n";
    let new = "symbol: A/84/L.901/Rev.1\nkind: draft-resolution\ndate: 2029-10-01\nsession: 84\ntitle: Tides[^*]\nbody:\n\
        - enacting: '*The General Assembly*,'\n\
        - preambular: '*Noting* that harbours have gauges, and that every gauge is read twice a day,'\n\
        - operative: '*Welcomes* the report of the Secretary-General on the tides;'\n\
        - operative: {text: '*Requests* all States:', items: [To read *gauges*;, To lamp;, To publish tables.]}\n\
        - table: {number: '1', rows: [[Africa, '16'], [Europe, '9'], [Asia, '20']]}\n\
        footnotes: {'*': A star.}\n";
    let model = |text: &str, to: Format| {
        let document = read(&Source::new("t.yaml", text), Format::Yaml).unwrap().document;
        let written = write(&document, to).unwrap();
        read(&Source::new("t", written), to).unwrap().document
    };
    let once = diff(&model(old, Format::Yaml), &model(new, Format::Yaml)).unwrap();
    let text = to_text(&once, false);
    for part in [
        "preambular paragraph 1: deleted\n    [-*Recalling* its resolution 79/7 on the tides of the world,[^1]-]",
        "operative paragraph 1: moved from operative paragraph 2\n    … of the Secretary-General on the tides[-.-]{+;+}",
        "operative paragraph 2 (a): changed\n    To read [-gauges-] {+*gauges*+};",
        "operative paragraph 2 (b): inserted\n    {+To lamp;+}",
        "table 1, row 1, column 2: changed\n    [-15-]{+16+}",
        "table 1, row 2: inserted\n    {+Europe 9+}",
        "footnote 1: deleted",
        "symbol: changed\n    [-A/84/L.901-]{+A/84/L.901/Rev.1+}",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    for from in [Format::Yaml, Format::Markdown, Format::Xml, Format::Json] {
        for to in [Format::Json, Format::Xml, Format::Markdown] {
            let (old, new) = (model(old, from), model(new, to));
            let again = compare(&old, &new).unwrap();
            shown("pair", &old, &new, &again);
            assert_eq!(to_text(&again.changes, false), text, "{from:?} {to:?}");
        }
    }
}

fn yaml(text: &str) -> Document {
    read(&Source::new("t.yaml", text), Format::Yaml).unwrap_or_else(|errors| panic!("{}", errors[0])).document
}

#[test]
fn a_note_that_moves_with_its_text_is_not_deleted() {
    let [first, second] = [
        "  - preambular: '*Recalling* the long report of the tide group of all seas,[^1]'\n",
        "  - preambular: '*Noting* what harbour masters of all regions have written,[^2]'\n",
    ];
    let document = |body: [&str; 2]| {
        yaml(&format!(
            "symbol: A/84/L.1\nkind: draft-resolution\nbody:\n{}footnotes: {{1: See A/71/11., 2: See A/71/22.}}\n",
            body.concat()
        ))
    };
    let changes = listed("notes", &document([first, second]), &document([second, first]));
    assert_eq!(changes.iter().map(|change| change.kind).collect::<Vec<_>>(), [Kind::Moved], "{changes:?}");
}

#[test]
fn the_note_of_a_text_that_is_replaced_is_another_note() {
    let document = |body: &str, note: &str| {
        yaml(&format!(
            "symbol: A/84/L.1\nkind: draft-resolution\nbody:\n  - preambular: '{body}[^1]'\nfootnotes: {{1: {note}}}\n"
        ))
    };
    let old = document("*Recalling* the long report of the tide group of all seas,", "Resolution 71/11.");
    let other = document("*Noting* what harbour masters wrote,", "Resolution 72/22.");
    let said: Vec<_> = listed("notes", &old, &other).into_iter().map(|it| (it.part.to_string(), it.kind)).collect();
    assert!(said.contains(&("footnote 1".into(), Kind::Inserted)), "{said:?}");
    assert!(said.contains(&("footnote 1".into(), Kind::Deleted)), "{said:?}");
    let same = document("*Recalling* the report of the tide group of all the seas,", "Resolution 72/22.");
    let said: Vec<_> = listed("notes", &old, &same).into_iter().map(|it| (it.part.to_string(), it.kind)).collect();
    assert_eq!(said.last(), Some(&("footnote 1".into(), Kind::Changed)), "{said:?}");
}

#[test]
fn settings_of_blocks_are_compared() {
    let document = |body: &str| yaml(&format!("symbol: A/84/L.1\nkind: note\nbody: [{body}]\n"));
    let table = "table: {rows: [[a, b]]";
    for (old, new, part) in [
        (
            "annex: {body: [paragraph: Tides.]}",
            "annex: {new_page: false, body: [paragraph: Tides.]}",
            "annex, new_page",
        ),
        (&format!("{table}}}"), &format!("{table}, landscape: true}}"), "table, landscape"),
        ("paragraph: Tides.", "paragraph: {text: Tides., layout: {page_break: before}}", "paragraph, layout"),
    ] {
        let changes = listed(part, &document(old), &document(new));
        let said: Vec<_> = changes.iter().map(|change| (change.part.as_str(), change.kind)).collect();
        assert!(
            matches!(said[..], [(name, Kind::Field)] if name.contains(&part[part.find(',').unwrap()..])),
            "{said:?}"
        );
    }
}

#[test]
fn settings_of_a_house_are_compared() {
    let document =
        |house: &str| yaml(&format!("symbol: A/84/1\nkind: note\nhouse: {{{house}}}\nbody: [paragraph: Tides]\n"));
    let old = document("name: House One, barcode: false, emblem: a.svg");
    let new = document("name: House Two, barcode: true, emblem: b.svg");
    let parts: Vec<String> = listed("houses", &old, &new).into_iter().map(|change| change.part.to_string()).collect();
    assert_eq!(parts, ["name", "house.emblem", "house.barcode"]);
    assert_eq!(listed("houses", &old, &old), []);
}

#[test]
fn links_of_a_house_that_follow_from_the_words_are_no_changes() {
    let document = |symbol: &str, links: &str| {
        let house = format!("house: {{name: Nordlicht, symbols: free, links: '{links}', organs: {{DR: Plenum}}}}");
        yaml(&format!("symbol: {symbol}\nkind: note\n{house}\nbody: [paragraph: See DR/1/1 and DR/1/7.]\n"))
    };
    let old = document("DR/1/1", "https://x.example/{symbol}");
    let parts = |new: &Document| -> Vec<String> {
        listed("links", &old, new).into_iter().map(|change| change.part.to_string()).collect()
    };
    assert_eq!(parts(&document("DR/1/2", "https://x.example/{symbol}")), ["symbol"]);
    assert_eq!(parts(&document("DR/1/1", "https://y.example/{symbol}")), ["house.links"]);
}

#[test]
fn signatories_are_a_part_of_their_own() {
    let document = |sponsors: &str, names: &str| {
        yaml(&format!(
            "symbol: A/84/L.1\nkind: draft-resolution\n{sponsors}signatories: [{names}]\ntitle: Tides\nbody: [operative: Text.]\n"
        ))
    };
    for sponsors in ["", "sponsors: [Chile]\n"] {
        let changes = listed("signatories", &document(sponsors, "Peru, Mali"), &document(sponsors, "Peru, Togo"));
        assert_eq!(changes.len(), 1, "{changes:?}");
        assert_eq!(
            (changes[0].part.as_str(), changes[0].new.as_ref().unwrap().to_string()),
            ("signatories", "signatories".into())
        );
    }
}
