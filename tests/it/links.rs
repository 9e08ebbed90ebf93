//! Links in running text, compared with those of genuine files in six languages.
//!
//! Exceptions seen: files link resolutions of other bodies and symbols of other organisations
//! (CAC/COSP/…), the first of two symbols only (A/77/277-S/2022/606), and leave a part's letter
//! (54/237 C) or, in Arabic, numbers such as 2373 (د-22) without a link or with another's.

use crate::akn::{File, files};
use masthead::model::{Block, Document, Kind, Language, Passage};
use masthead::prepare::{Block as Printed, Run, prepare};

#[test]
#[ignore = "needs genuine documents (MASTHEAD_CORPUS)"]
fn links_are_as_in_genuine_files() {
    let files = files();
    for language in Language::ALL {
        let (mut theirs, mut found, mut ours, mut shared) = (0, 0, 0, 0);
        for file in files.iter().filter(|file| file.language == language) {
            for (text, addresses) in &file.linked {
                let expected: Vec<String> = addresses.iter().filter_map(|address| symbol(address)).collect();
                let made = links(file, text);
                theirs += expected.len();
                ours += made.len();
                found += expected.iter().filter(|symbol| made.contains(symbol)).count();
                shared += made.iter().filter(|symbol| expected.contains(symbol)).count();
            }
        }
        println!("{}: {found} of their {theirs} links, {shared} of our {ours}", language.code());
        assert!(found * 100 >= theirs * 94, "{language:?}: {found} of {theirs}");
        assert!(shared * 100 >= ours * 91, "{language:?}: {shared} of {ours}");
    }
}

/// The symbol to which an address leads.
fn symbol(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("undocs.org/")?;
    let (_, symbol) = rest.split_once('/')?;
    Some(symbol.chars().filter(|c| !c.is_whitespace()).collect())
}

/// The symbols to which a paragraph of that text links.
fn links(file: &File, text: &str) -> Vec<String> {
    let text = text.replace('\\', "\\\\").replace('*', "\\*").replace('[', "\\[");
    let document = Document {
        symbol: vec!["A/77/1".into()],
        kind: Kind::Note,
        language: file.language,
        body: vec![Block::Paragraph(Passage { text: text.into(), ..Passage::default() })],
        ..Document::default()
    };
    let prepared = prepare(&document).unwrap();
    let runs = prepared.body.iter().flat_map(|block| match block {
        Printed::Paragraph { runs, .. } => runs.as_slice(),
        _ => &[],
    });
    runs.filter_map(|run| match run {
        Run::Text { link: Some(link), .. } => symbol(link),
        _ => None,
    })
    .collect()
}
