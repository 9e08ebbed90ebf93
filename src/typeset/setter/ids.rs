//! What identifies each page before it is painted, so that only pages that are wanted need to be.

use std::collections::BTreeSet;
use std::hash::Hash;

use serde::Serialize;
use typst::utils::hash128;

use crate::prepare::Run;
use crate::typeset::plan::{Item, Line, PageEnds, Plan, Row};

/// What identifies a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageId {
    /// A digest of everything that determines how it looks.
    pub digest: u128,
    /// The parts of the document on it, as `templates/part.typ` names them.
    pub parts: Vec<String>,
}

/// Returns the ids of all pages, from what the engine receives for page 1 and a digest of all drawings.
pub(in crate::typeset) fn page_ids(plan: &Plan, ends: &PageEnds, shell: &[u8], drawn: u128) -> Vec<PageId> {
    let Plan { running, column, top, raised, lowered, notes, closing_rule, .. } = plan;
    let around = (running, column, top, raised, lowered, notes.style, notes.raised, notes.rule, closing_rule);
    let around = hash128(&(json(&around), plan.language.code(), ends.pages(), drawn));
    let of_page = |number: usize| {
        let placed = running.header.iter().chain(&running.feet).map(|placed| placed.part.to_owned());
        let mut content =
            Content { plan, bytes: Vec::new(), lines: Vec::new(), parts: placed.collect(), notes: BTreeSet::new() };
        if number == 1 {
            content.bytes.extend_from_slice(shell);
            content.parts.extend(plan.session.iter().flatten().map(|item| item.part.clone()));
            for item in &plan.items[..plan.opening] {
                content.item(item);
                item.lines.iter().for_each(|line| content.line(line));
            }
        }
        let mut before = None;
        for row in rows_of(ends, number) {
            let item = &plan.items[row.item];
            if before.replace(row.item) != Some(row.item) {
                content.item(item);
            }
            content.add(&(row.index, row.gap, row.landscape));
            item.lines.get(row.index).into_iter().for_each(|line| content.line(line));
        }
        content.finish(&(around, number, number == ends.pages()))
    };
    (1..=ends.pages()).map(of_page).collect()
}

/// What stands on a page.
struct Content<'p> {
    plan: &'p Plan<'p>,
    bytes: Vec<u8>,
    lines: Vec<&'p Line>,
    parts: Vec<String>,
    notes: BTreeSet<usize>,
}

impl<'p> Content<'p> {
    fn add(&mut self, value: &impl Serialize) {
        self.bytes.extend(json(value));
    }

    /// Adds an item without its lines, of which others may stand on other pages; a table with all of them.
    fn item(&mut self, item: &Item) {
        let Item { part, design, fit, gap, lift, depth, landscape, first, turnover, end, label, picture, .. } = item;
        self.add(&(part, design, fit, gap, lift, depth, landscape, first, turnover, end, label, picture));
        self.parts.push(part.clone());
        if let Some(table) = &item.table {
            // The engine receives tables without the ends of pages within rows.
            self.bytes.extend(format!("{table:?}").into_bytes());
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.flat_map(|cell| &cell.lines).for_each(|line| self.refer(line));
        }
    }

    fn line(&mut self, line: &'p Line) {
        self.lines.push(line);
        self.refer(line);
    }

    /// Adds the notes of a line.
    fn refer(&mut self, line: &Line) {
        self.notes.extend(line.runs.iter().filter_map(|run| match run {
            Run::Note { note, .. } => Some(*note),
            _ => None,
        }));
    }

    fn finish(mut self, around: &impl Hash) -> PageId {
        for note in std::mem::take(&mut self.notes) {
            self.add(&self.plan.notes.list.get(note));
            self.parts.push(format!("note/{note}"));
        }
        PageId { digest: hash128(&(around, self.bytes, self.lines)), parts: self.parts }
    }
}

/// Adds the pages that are needed to know where the first lines of others come from: those on which their paragraphs begin.
pub(super) fn with_beginnings(mut pages: BTreeSet<usize>, ends: &PageEnds) -> BTreeSet<usize> {
    for number in (2..=ends.pages()).rev() {
        let goes_on = rows_of(ends, number).first().is_some_and(|row| row.index > 0);
        if goes_on && pages.contains(&number) {
            pages.insert(number - 1);
        }
    }
    pages
}

/// Returns the lines of a page, from 1.
fn rows_of(ends: &PageEnds, number: usize) -> &[Row] {
    let start = |page: usize| page.checked_sub(2).map_or(Some(0), |before| ends.starts.get(before).copied());
    let end = ends.rows.len();
    ends.rows.get(start(number).unwrap_or(end)..start(number + 1).unwrap_or(end)).unwrap_or_default()
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::picture::Pictures;
    use crate::prepare::{Prepared, prepare};
    use crate::read::{Format, read};
    use crate::typeset::tests::draft;
    use crate::typeset::{Lines, PagePieces, Press, Sketch, read_back, sketch, typeset};

    fn prepared(yaml: &str) -> Prepared {
        prepare(&read(&Source::new("test.yaml", yaml), Format::Yaml).unwrap().document).unwrap()
    }

    fn chosen(press: &Press, prepared: &Prepared, wanted: &dyn Fn(&[PageId]) -> BTreeSet<usize>) -> Sketch {
        sketch(press, prepared, &Pictures::new(), Lines::Official, Some(wanted)).unwrap()
    }

    fn complete(press: &Press, prepared: &Prepared) -> Vec<PagePieces> {
        read_back(&typeset(press, prepared, &Pictures::new(), Lines::Official).unwrap())
    }

    /// A long table, whose rows go on on later pages, with notes around it.
    fn table() -> String {
        let row = |n: usize| format!("    - ['{n}', '{}']\n", "tide tables of harbours and gauges ".repeat(n % 9 + 1));
        let rows: String = (0..60).map(row).collect();
        let table = format!("- table:\n    header: [[Number, Tables]]\n    rows:\n{rows}");
        draft(3).replacen("- preambular", &format!("{table}- preambular"), 1)
    }

    #[test]
    fn a_page_that_is_wanted_is_that_of_the_complete_document() {
        let press = Press::new([]).unwrap();
        for yaml in [draft(1), draft(2), draft(7), table()] {
            let prepared = prepared(&yaml);
            let all = complete(&press, &prepared);
            for number in 1..=all.len() {
                let some = chosen(&press, &prepared, &|_| BTreeSet::from([number]));
                assert_eq!(some.ids.map(|ids| ids.len()), Some(all.len()));
                let pages = read_back(&some.pages);
                assert_eq!(pages[number - 1], all[number - 1], "page {number}");
            }
        }
    }

    #[test]
    fn pages_with_the_same_id_look_the_same() {
        let press = Press::new([]).unwrap();
        let ids = |prepared: &Prepared| chosen(&press, prepared, &|_| BTreeSet::new()).ids.unwrap();
        for (seed, yaml) in [(1, draft(1)), (2, draft(2)), (0, table())] {
            let before = prepared(&yaml);
            let (old, was) = (ids(&before), complete(&press, &before));
            let (mut kept, mut changed) = (0, 0);
            let body = yaml.find("body:").unwrap();
            let words: Vec<usize> = yaml.match_indices("harbours").map(|(at, _)| at).filter(|at| *at > body).collect();
            for at in words.iter().skip(seed).step_by(words.len() / 3 + 1) {
                for word in ["*harbours*", "harbours of the islands"] {
                    let mut yaml = yaml.clone();
                    yaml.replace_range(*at..at + "harbours".len(), word);
                    let after = prepared(&yaml);
                    let (new, is) = (ids(&after), complete(&press, &after));
                    for (page, id) in new.iter().enumerate() {
                        let same = old.get(page) == Some(id);
                        assert!(!same || was[page] == is[page], "page {} after “{word}” at {at}", page + 1);
                        kept += usize::from(same);
                        changed += usize::from(!same);
                    }
                }
            }
            assert!(kept > changed && changed > 0, "{kept} kept, {changed} changed");
        }
    }
}
