//! The expected text of a prepared document, part by part.

use super::names::Names;
use super::words::{Looks, Passage, Piece, tokens};
use crate::prepare::{Block, Cell, Designation, Prepared, Run};

/// Returns every passage of a document, in the order of the document, and the labels of those that
/// have one ("4." or "(a)").
pub(super) fn said(prepared: &Prepared, names: &Names) -> Vec<Passage> {
    let mut list = Vec::new();
    let mut add = |name: &str, runs: &[Run]| {
        let tokens = tokens(runs.iter().filter_map(|run| piece(run, prepared)));
        list.push(Passage { name: name.into(), tokens, page: None });
    };
    let text = |text: &str| vec![Run::text(text)];
    let masthead = &prepared.masthead;
    add("name", &text(&masthead.name));
    let symbols: Vec<String> = masthead.symbols.iter().map(|(head, rest)| format!("{head}{rest}")).collect();
    add("symbol", &text(&symbols.join("-")));
    add("organ", &text(&masthead.organs.join(" ")));
    add("distribution", &text(&masthead.distribution));
    let languages = [&masthead.language, &masthead.original].map(|line| line.clone().unwrap_or_default());
    let date = masthead.date.clone().unwrap_or_default();
    let job = prepared.foot.job_line.clone().unwrap_or_default();
    for (name, said) in [("date", date), ("original", languages.concat()), ("job number", job)] {
        if !said.is_empty() {
            add(name, &text(&said));
        }
    }
    add("recycling", &text(&prepared.foot.recycle));
    for (column, lines) in prepared.session.iter().enumerate() {
        for (index, line) in lines.iter().enumerate() {
            add(&names.of(&format!("session/{column}/{index}")), &line.runs);
        }
    }
    for (index, entry) in prepared.opening.iter().enumerate() {
        let number = entry.number.iter().map(|number| Run::text(format!("{number} ")));
        let runs: Vec<Run> = number.chain(entry.runs.iter().cloned()).collect();
        add(&names.of(&format!("opening/{index}")), &runs);
    }
    for (index, block) in prepared.body.iter().enumerate() {
        for (within, runs) in passages(block) {
            add(&format!("{}{within}", names.of(&format!("body/{index}"))), &runs);
        }
    }
    for (index, note) in prepared.notes.iter().enumerate() {
        add(&names.of(&format!("note/{index}")), &note.runs);
    }
    list
}

/// Returns the passages of a block, each with the suffix of its name.
pub(crate) fn passages(block: &Block) -> Vec<(String, Vec<Run>)> {
    let whole = |runs: &[Run]| (String::new(), runs.to_vec());
    let titled = |label: &Option<Designation>, title: &Option<Vec<Run>>| {
        let label = label.iter().map(|label| (", label".to_owned(), label.runs().clone()));
        let title = title.iter().map(|title| (", title".to_owned(), title.clone()));
        label.chain(title).collect::<Vec<_>>()
    };
    match block {
        Block::Paragraph { runs, .. } => vec![whole(runs)],
        Block::Heading { number, runs, .. } => {
            let number = number.iter().map(|number| Run::text(format!("{number} ")));
            vec![(String::new(), number.chain(runs.iter().cloned()).collect())]
        }
        Block::Annex { heading, title, .. } | Block::Part { heading, title, .. } => {
            let title = title.iter().map(|title| (", title".to_owned(), title.clone()));
            std::iter::once(whole(heading)).chain(title).collect()
        }
        Block::Closing { lines } | Block::Signature { lines } => {
            let line = |(index, runs): (usize, &Vec<Run>)| (format!(", line {}", index + 1), runs.clone());
            lines.iter().enumerate().map(line).collect()
        }
        Block::Table { label, title, header, rows, .. } => {
            let mut list = titled(label, title);
            list.extend(cells(", head", header));
            list.extend(cells("", rows));
            list
        }
        Block::Figure { label, title, description, .. } => {
            let mut list = titled(label, title);
            list.push((", description".into(), vec![Run::text(description.as_str())]));
            list
        }
    }
}

fn cells(head: &str, rows: &[Vec<Cell>]) -> Vec<(String, Vec<Run>)> {
    let cell = |row: usize, column: usize| format!("{head}, row {}, column {}", row + 1, column + 1);
    let of_row = |(row, cells): (usize, &Vec<Cell>)| {
        let cells = cells.iter().enumerate().map(|(column, content)| (cell(row, column), content.runs.clone()));
        cells.collect::<Vec<_>>()
    };
    rows.iter().enumerate().flat_map(of_row).collect()
}

pub(crate) fn piece<'p>(run: &'p Run, prepared: &'p Prepared) -> Option<Piece<'p>> {
    match run {
        &Run::Text { ref text, italic, bold, raised, change, ref link } => {
            let looks = Looks { italic, bold, raised, change, link: link.clone(), style: None };
            Some(Piece { text, note: None, looks, line: 0 })
        }
        Run::Note { note, change, .. } => {
            let mark = prepared.notes.get(*note).map_or("", |note| note.mark.as_str());
            Some(Piece { text: mark, note: Some(*note), looks: Looks { change: *change, ..Looks::default() }, line: 0 })
        }
        Run::Break { .. } => Some(Piece { text: " ", note: None, looks: Looks::default(), line: 0 }),
    }
}
