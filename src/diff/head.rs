//! Masthead and foot: lines that are printed as they are.

use std::collections::BTreeMap;

use super::Kind;
use super::merge::{At, Merge};
use crate::model::Path;
use crate::model::fields::header;
use crate::prepare::{Prepared, Run, Runs};

/// A line of masthead or foot.
struct Line {
    name: &'static str,
    /// The names on the way to its value.
    path: &'static [&'static str],
    /// What it says.
    said: fn(&Prepared) -> Option<String>,
    /// Where it says it, if a document that has no such line can have one.
    place: Option<fn(&mut Prepared) -> &mut Option<String>>,
}

const LINES: [Line; 8] = [
    Line {
        name: "name",
        path: &[header::house.name, "name"],
        said: |it| Some(it.masthead.name.clone()).filter(|name| !name.is_empty()),
        place: None,
    },
    Line { name: "symbol", path: &[header::symbol.name], said: |it| Some(symbols(it)), place: None },
    Line {
        name: "organ",
        path: &[header::organ.name],
        said: |it| Some(it.masthead.organs.join(", ")).filter(|organs| !organs.is_empty()),
        place: None,
    },
    Line {
        name: "distribution",
        path: &[header::distribution.name],
        said: |it| Some(it.masthead.distribution.clone()),
        place: None,
    },
    Line {
        name: "date",
        path: &[header::date.name],
        said: |it| it.masthead.date.clone(),
        place: Some(|it| &mut it.masthead.date),
    },
    Line {
        name: "language",
        path: &[header::language.name],
        said: |it| it.masthead.language.clone(),
        place: Some(|it| &mut it.masthead.language),
    },
    Line {
        name: "original",
        path: &[header::original.name],
        said: |it| it.masthead.original.clone(),
        place: Some(|it| &mut it.masthead.original),
    },
    Line {
        name: "job number",
        path: &[header::job.name],
        said: |it| it.foot.job_line.clone(),
        place: Some(|it| &mut it.foot.job_line),
    },
];

/// Returns the lines that changed, by their names, and lists the changes. Where a line is gone, it is there again.
pub(super) fn merged(merge: &mut Merge, redline: &mut Prepared) -> BTreeMap<String, Runs> {
    let mut head = BTreeMap::new();
    let (old, new) = (&merge.old.prepared, &merge.new.prepared);
    for Line { name, path, said, place } in LINES {
        let (was, is) = (said(old), said(new));
        if was == is {
            continue;
        }
        let whole = path.iter().fold(Path::default(), |path, name| path.field(*name));
        let path = |said: &Option<String>| said.as_ref().map(|_| whole.clone());
        let at = At::new(name, path(&was), path(&is));
        let runs = |said: &Option<String>| said.iter().map(|text| Run::text(text.as_str())).collect::<Runs>();
        let marked = merge.text(at, &runs(&was), &runs(&is));
        head.insert(name.to_owned(), marked);
        if let (Some(place), None) = (place, &is) {
            *place(redline) = was;
        }
    }
    // By default it is the title, whose changes are listed with it.
    let (was, is) = (&old.running.title, &new.running.title);
    let titles = |prepared: &Prepared| prepared.metadata.title.clone();
    if was != is && (was.is_some() && *was != Some(titles(old)) || is.is_some() && *is != Some(titles(new))) {
        let runs = |said: &Option<String>| said.iter().map(|text| Run::text(text.as_str())).collect::<Runs>();
        let path = |said: &Option<String>| said.as_ref().map(|_| Path::from(header::running_title.name));
        let words = merge.words(&merge.stretches(&runs(was), &runs(is)));
        merge.list(At::new("running title", path(was), path(is)), Kind::Changed, words);
    }
    head
}

/// Returns the symbols, as they are printed.
fn symbols(prepared: &Prepared) -> String {
    let symbols = prepared.masthead.symbols.iter().map(|(head, rest)| format!("{head}{rest}"));
    symbols.collect::<Vec<_>>().join("-")
}
