//! Checksums of the renditions in the register, which reveal bits that flipped on disk.
//!
//! SQLite compares its indexes with its tables (`integrity_check`); the checksum covers the columns without an
//! index.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use crate::digest::sha256_of_list;

const COLUMN: &str = "checksum";

/// Returns the SHA-256 of all columns of a row except the checksum itself.
fn of_row(row: &Row) -> rusqlite::Result<String> {
    let mut parts = Vec::new();
    for (index, name) in row.as_ref().column_names().enumerate().filter(|(_, name)| *name != COLUMN) {
        parts.push(name.as_bytes().to_vec());
        parts.push(match row.get_ref(index)? {
            ValueRef::Null => Vec::new(),
            ValueRef::Integer(number) => number.to_le_bytes().to_vec(),
            ValueRef::Real(number) => number.to_le_bytes().to_vec(),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.to_vec(),
        });
    }
    Ok(sha256_of_list(parts))
}

/// Stores the checksum of a rendition that was entered or changed.
pub(super) fn seal(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    let query = "SELECT * FROM renditions WHERE id = ?1";
    let checksum = connection.prepare_cached(query)?.query_row([id], of_row)?;
    connection.prepare_cached("UPDATE renditions SET checksum = ?1 WHERE id = ?2")?.execute((checksum, id))?;
    Ok(())
}

/// Stores the checksums of all renditions, for a register from a version without checksums.
pub(super) fn seal_all(connection: &Connection) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT id FROM renditions")?;
    let ids: Vec<i64> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    ids.into_iter().try_for_each(|id| seal(connection, id))
}

/// Returns the file of the first rendition whose checksum does not match.
pub(super) fn broken(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare("SELECT * FROM renditions ORDER BY output, id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if row.get::<_, String>(COLUMN)? != of_row(row)? {
            return row.get("output").map(Some);
        }
    }
    Ok(None)
}
