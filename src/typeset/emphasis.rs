//! Emphasis in scripts without italics. Arabic words that are italic in other languages are bold, as in genuine texts,
//! and where all is italic there, or in small type, they are not emphasised. The opening words of Chinese paragraphs,
//! which genuine files mark as bold, are set in Kai, the italic of the Chinese face (measured: ST/SPACE/61/Rev.3).

use crate::model::Language;
use crate::prepare::{Block, OpeningRole, Prepared, Remark, Role, Run, Runs};

/// Makes emphasised words what the faces of the language have for them.
pub(super) fn suit_faces(prepared: &mut Prepared) {
    match prepared.language {
        Language::Ar => arabic_emphasis(prepared),
        Language::Zh => chinese_openings(prepared),
        _ => {}
    }
}

fn chinese_openings(prepared: &mut Prepared) {
    for block in &mut prepared.body {
        let Block::Paragraph { role, runs, .. } = block else { continue };
        if !matches!(role, Role::Enacting | Role::Preambular | Role::Operative | Role::Item) {
            continue;
        }
        for run in runs {
            if let Run::Text { italic, bold, .. } = run {
                *italic |= std::mem::take(bold);
            }
        }
    }
}

fn arabic_emphasis(prepared: &mut Prepared) {
    prepared.session.iter_mut().flatten().for_each(|line| suit(&mut line.runs, true));
    prepared.opening.iter_mut().for_each(|entry| suit(&mut entry.runs, entry.role != OpeningRole::Origin));
    prepared.notes.iter_mut().for_each(|note| suit(&mut note.runs, false));
    for block in &mut prepared.body {
        match block {
            Block::Paragraph { runs, .. } | Block::Heading { runs, .. } => suit(runs, true),
            Block::Annex { heading, title, .. } | Block::Part { heading, title, .. } => {
                suit(heading, true);
                title.iter_mut().for_each(|title| suit(title, true));
            }
            Block::Signature { lines } | Block::Closing { lines } => lines.iter_mut().for_each(|line| suit(line, true)),
            Block::Figure { title, units, below, .. } => framed(title, units, below),
            Block::Table { title, units, header, rows, below, .. } => {
                framed(title, units, below);
                header.iter_mut().chain(rows).flatten().for_each(|cell| suit(&mut cell.runs, true));
            }
        }
    }
}

/// Suits what stands above and below a table or figure, of which the title alone is not small.
fn framed(title: &mut Option<Runs>, units: &mut Option<Runs>, below: &mut [Remark]) {
    title.iter_mut().for_each(|title| suit(title, true));
    let small = units.iter_mut().chain(below.iter_mut().map(|remark| &mut remark.runs));
    small.for_each(|runs| suit(runs, false));
}

fn suit(runs: &mut Runs, emphasised: bool) {
    for run in runs {
        if let Run::Text { text, italic, bold, .. } = run
            && *italic
            && text.contains(arabic)
        {
            *italic = false;
            *bold |= emphasised;
        }
    }
}

fn arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}
