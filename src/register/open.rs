//! Registers opened, made and brought up to date.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::Register;

/// What marks an SQLite file as a register: "mhrg".
const APPLICATION: i32 = 0x6d68_7267;

/// The scripts that bring a register from one version to the next; its version is how many of
/// them it has seen. Never change one that was released: add another.
const MIGRATIONS: [&str; 1] = [include_str!("schema.sql")];

/// How long another program that writes is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a register is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It must be there, and is only read.
    Read,
    /// It must be there.
    Write,
    /// It is made if it is not there.
    Make,
}

impl Register {
    /// Opens a register and looks whether it is sound.
    ///
    /// # Errors
    ///
    /// A sentence: it is not there, is damaged, is another kind of file, or was made by a later
    /// masthead.
    pub fn open(path: &Path, access: Access) -> Result<Self, String> {
        let shown = path.display();
        if access != Access::Make && !path.is_file() {
            return Err(format!("there is no register {shown}"));
        }
        // The library would take it for a new one.
        if path.metadata().is_ok_and(|file| file.len() == 0) {
            return Err(damaged(path, "it is empty"));
        }
        let register = Self::connect(path, access)?;
        let plain = |error| register.plain(error);
        let sound = register.connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
        match sound.map_err(plain)? {
            said if said == "ok" => {}
            said => return Err(damaged(path, &said)),
        }
        let number = |pragma: &str| register.connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
        let (application, version) =
            (number("PRAGMA application_id").map_err(plain)?, number("PRAGMA user_version").map_err(plain)?);
        let tables = number("SELECT count(*) FROM sqlite_schema").map_err(plain)?;
        if application != i64::from(APPLICATION) && tables > 0 {
            return Err(format!("{shown} is no register of masthead"));
        }
        let newest = MIGRATIONS.len();
        match usize::try_from(version) {
            Ok(version) if version <= newest => {
                if version < newest && access == Access::Read {
                    return Err(format!(
                        "{shown} was made by an earlier masthead; open it once with a command that writes"
                    ));
                }
                register.migrate(version).map_err(plain)?;
            }
            _ => return Err(format!("{shown} was made by a later masthead (version {version} of registers)")),
        }
        Ok(register)
    }

    /// Opens a register that was found sound before, for another thread.
    pub(crate) fn connect(path: &Path, access: Access) -> Result<Self, String> {
        let flags = match access {
            Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Access::Make => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        };
        let plain = |error| sentence(path, error);
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(plain)?;
        if access == Access::Read && !wal(path).exists() && unwritable(&connection) {
            // Even a reader writes beside the file, unless it is told that the file cannot change.
            let flags = flags | OpenFlags::SQLITE_OPEN_URI;
            connection = Connection::open_with_flags(unchanging(path), flags).map_err(plain)?;
        }
        connection.busy_timeout(PATIENCE).map_err(plain)?;
        if access != Access::Read {
            connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).map_err(plain)?;
            // With the write-ahead log a program that is killed loses nothing and a machine that
            // stops loses at most the last documents, which are then rendered again.
            connection.pragma_update(None, "synchronous", "normal").map_err(plain)?;
        }
        Ok(Self { connection, path: path.to_owned() })
    }

    fn migrate(&self, seen: usize) -> rusqlite::Result<()> {
        for (index, script) in MIGRATIONS.iter().enumerate().skip(seen) {
            let version = index + 1;
            self.connection.execute_batch(&format!(
                "BEGIN IMMEDIATE;\n{script}\nPRAGMA application_id = {APPLICATION};\nPRAGMA user_version = {version};\nCOMMIT;"
            ))?;
        }
        Ok(())
    }

    /// Closes the register, with all that is in its log written into the file itself.
    ///
    /// # Errors
    ///
    /// A sentence, if it cannot be written.
    pub fn close(self) -> Result<(), String> {
        let Self { connection, path } = self;
        connection.close().map_err(|(_, error)| sentence(&path, error))
    }

    /// What SQLite says, as a sentence.
    pub(super) fn plain(&self, error: rusqlite::Error) -> String {
        sentence(&self.path, error)
    }
}

pub(super) fn sentence(path: &Path, error: rusqlite::Error) -> String {
    let shown = path.display();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(path, &error.to_string()),
        Some(ErrorCode::DiskFull) => format!("{shown} cannot be written: the disk is full"),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            format!("{shown} is being written by another program")
        }
        _ => format!("{shown}: {error}"),
    }
}

/// The log beside a register.
fn wal(path: &Path) -> PathBuf {
    PathBuf::from(format!("{}-wal", path.display()))
}

/// Whether a register cannot be read because nothing can be written beside it.
fn unwritable(connection: &Connection) -> bool {
    let read = connection.query_row("PRAGMA schema_version", [], |row| row.get::<_, i64>(0));
    let code = read.err().and_then(|error| error.sqlite_error_code());
    matches!(code, Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// The address of a register that nobody writes.
fn unchanging(path: &Path) -> String {
    let path = path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}?immutable=1")
}

fn damaged(path: &Path, said: &str) -> String {
    let shown = path.display();
    format!(
        "the register {shown} is damaged ({said}); make it anew from the files and reports with \
         “masthead register rebuild FOLDER --register {shown}”, which keeps the damaged one"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_that_cannot_change_is_read_by_its_address() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("50% of a#b?.sqlite");
        Register::open(&path, Access::Make).unwrap().close().unwrap();
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(unchanging(&path), flags).unwrap();
        let count = connection.query_row("SELECT count(*) FROM renditions", [], |row| row.get::<_, i64>(0));
        assert_eq!(count.unwrap(), 0);
        // Nothing was written beside it.
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(!unwritable(&connection));
    }
}
