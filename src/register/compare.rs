//! Compares the record of a file in a register or a report with the contents of the file.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Access, Record, Register};
use crate::diagnostic::shortened;

/// A difference between two records of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The column.
    pub column: String,
    /// The value in the report or the register.
    pub said: String,
    /// The value in the file.
    pub is: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} “{}” instead of “{}”", self.column, shortened(&self.said), shortened(&self.is))
    }
}

/// Returns the columns in which two records of a file differ, including those that are in no table.
pub(super) fn differences(said: &Record, is: &Record) -> Vec<Difference> {
    let mut found = differing(&cells(said), &cells(is));
    let mut more = |column: &str, same: bool| {
        let reported = |what: &str| what.to_owned();
        if !same && found.is_empty() {
            found.push(Difference {
                column: column.into(),
                said: reported("another"),
                is: reported("that of the file"),
            });
        }
    };
    more("header", said.header == is.header);
    more("pictures", said.pictures == is.pictures);
    found
}

type Cells = BTreeMap<String, String>;

/// Returns the cells of a record that can be read from the file itself.
fn cells(record: &Record) -> Cells {
    let all = Record::COLUMNS.iter().zip(record.cells());
    let known = all.filter(|(column, _)| !["source", "key", "warnings"].contains(*column));
    known.map(|(column, cell)| ((*column).to_owned(), cell)).collect()
}

/// Returns the cells that differ, except those with no value now.
fn differing(said: &Cells, is: &Cells) -> Vec<Difference> {
    let all = is.iter().filter_map(|(column, is)| Some((column, said.get(column)?, is)));
    let differing = all.filter(|(_, said, is)| said != is && !is.is_empty());
    let reported = |(column, said, is): (&String, &String, &String)| Difference {
        column: column.clone(),
        said: said.clone(),
        is: is.clone(),
    };
    differing.map(reported).collect()
}

/// The columns of the table of renditions that can be read from a file.
const TABLE: &str = "output, symbol, language, kind, session, agenda_item, title, distribution, date, adopted, number,
    job, pages, paragraphs, notes, profile, sha256, bytes, masthead";

impl Register {
    /// Returns what the register holds about its current files, in its table and in its records, as far as it can be
    /// read. A register with other tables than masthead creates is not read.
    pub(super) fn said(path: &Path) -> BTreeMap<String, (Cells, Option<Record>)> {
        let read = || {
            let register = Self::connect(path, Access::Read).ok()?;
            register.version().ok().filter(|version| *version > 0)?;
            let query = format!("SELECT {TABLE}, record FROM renditions WHERE current = 1");
            let mut statement = register.connection.prepare(&query).ok()?;
            let columns = statement.column_count() - 1;
            let names: Vec<String> = statement.column_names().take(columns).map(str::to_owned).collect();
            let row = |row: &rusqlite::Row| {
                let text = |at: usize| {
                    let value: rusqlite::types::Value = row.get(at)?;
                    Ok(match value {
                        rusqlite::types::Value::Text(text) => text,
                        rusqlite::types::Value::Integer(number) => number.to_string(),
                        _ => String::new(),
                    })
                };
                let cells = (0..columns).map(text).collect::<rusqlite::Result<Vec<_>>>()?;
                let record: String = row.get(columns)?;
                Ok((
                    cells[0].clone(),
                    (names.iter().cloned().zip(cells).collect(), serde_json::from_slice(record.as_bytes()).ok()),
                ))
            };
            Some(statement.query_map([], row).ok()?.map_while(Result::ok).collect())
        };
        read().unwrap_or_default()
    }

    /// Returns the differences between two registers about the same files, by file, in the table or the record.
    pub(super) fn otherwise(before: &Path, now: &Path) -> Vec<(String, Vec<Difference>)> {
        let before = Self::said(before);
        let now = Self::said(now);
        let of = |(output, (cells, record)): (String, (Cells, Option<Record>))| {
            let (said, known) = before.get(&output)?;
            let mut found = differing(said, &cells);
            if found.is_empty() {
                found = match (known, &record) {
                    (Some(known), Some(record)) => differences(known, record),
                    (None, Some(_)) => vec![Difference {
                        column: "record".into(),
                        said: "one that cannot be read".into(),
                        is: "that of the file".into(),
                    }],
                    _ => Vec::new(),
                };
            }
            (!found.is_empty()).then_some((output, found))
        };
        now.into_iter().filter_map(of).collect()
    }
}
