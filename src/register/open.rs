//! Opening, creating and upgrading registers.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::{Register, checksum};
use crate::error::{Error, ErrorKind};
use crate::visible::quoted_for_shell;

/// The application id that marks an SQLite file as a register: "mhrg".
const APPLICATION: i32 = 0x6d68_7267;

/// The scripts that upgrade a register from one version to the next; its version is the number of scripts applied.
/// Never change one that was released: add another.
const MIGRATIONS: [&str; 3] = [include_str!("schema.sql"), include_str!("schema-2.sql"), include_str!("schema-3.sql")];

/// The first version with checksums of renditions.
const WITH_CHECKSUMS: usize = 2;

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a register is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Read only; the register must exist.
    Read,
    /// Read and write; the register must exist.
    Write,
    /// Read and write; the register is created if missing.
    Make,
}

impl Register {
    /// Opens a register and checks its integrity. An empty file, as left by a program that was killed while creating
    /// a register, counts as a new one.
    ///
    /// # Errors
    ///
    /// Returns a message if it does not exist, is damaged, is another kind of file, or was made by a later version
    /// of masthead.
    pub fn open(path: &Path, access: Access) -> Result<Self, Error> {
        let shown = path.display();
        if path.is_dir() {
            let within = path.join(super::NAME);
            return Err(unfit(
                path,
                format!("{shown} is a folder; a register is a file, such as {}", within.display()),
            ));
        }
        if access != Access::Make && !path.is_file() {
            return Err(unfit(path, format!("the register {shown} does not exist")));
        }
        let mut register = Self::connect(path, access)?;
        let version = register.version()?;
        if version < MIGRATIONS.len() && access == Access::Read {
            let message = match version {
                0 => format!("the register {shown} is empty: nothing has been recorded in it yet"),
                _ => format!("{shown} was made by an earlier version of masthead; run a command that writes to it"),
            };
            return Err(unfit(path, message));
        }
        // Before the upgrade, which gives every rendition a new checksum.
        register.sound(version >= WITH_CHECKSUMS)?;
        register.migrate().map_err(|error| sentence(path, error))?;
        Ok(register)
    }

    fn sound(&self, checksums: bool) -> Result<(), Error> {
        let plain = |error| self.plain(error);
        let sound = self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0));
        match sound.map_err(plain)? {
            said if said == "ok" => {}
            said => return Err(damaged(&self.path, &said)),
        }
        let broken = if checksums { checksum::broken(&self.connection).map_err(plain)? } else { None };
        match broken {
            None => Ok(()),
            Some(output) => Err(damaged(&self.path, &format!("the entry for “{output}” has been changed"))),
        }
    }

    /// Returns the version of the register; 0 if it is new.
    pub(super) fn version(&self) -> Result<usize, Error> {
        let plain = |error| self.plain(error);
        let shown = self.path.display();
        let number = |pragma: &str| self.connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
        let objects = schema(&self.connection).map_err(plain)?;
        if objects.is_empty() {
            return Ok(0);
        }
        if number("PRAGMA application_id").map_err(plain)? != i64::from(APPLICATION) {
            return Err(unfit(&self.path, format!("{shown} is not a masthead register")));
        }
        let version = number("PRAGMA user_version").map_err(plain)?;
        let version = usize::try_from(version).ok().filter(|version| *version <= MIGRATIONS.len());
        let later = || unfit(&self.path, format!("{shown} was made by a later version of masthead"));
        let version = version.ok_or_else(later)?;
        // A view instead of a table, or a trigger, would run code in any program that opens the register.
        let expected = expected(version).map_err(plain)?;
        let foreign = objects.iter().find(|object| object.kind == "trigger");
        let missing = expected.iter().find(|object| !objects.contains(object));
        match foreign.or(missing) {
            None => Ok(version),
            Some(object) => {
                Err(damaged(&self.path, &format!("its {} “{}” is not as expected", object.kind, object.name)))
            }
        }
    }

    /// Opens a register that was checked before, for another thread. What is opened to be read refuses to be written.
    pub(crate) fn connect(path: &Path, access: Access) -> Result<Self, Error> {
        let flags = match access {
            // A reader that may not write at all would leave the files that it needs next to the register.
            Access::Read | Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Access::Make => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        };
        let plain = |error| sentence(path, error);
        let threads = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags | threads).map_err(plain)?;
        if access == Access::Read && !wal(path).exists() && unwritable(&connection) {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            connection = Connection::open_with_flags(unchanging(path), flags | threads).map_err(plain)?;
        }
        connection.busy_timeout(PATIENCE).map_err(plain)?;
        if access == Access::Read {
            connection.pragma_update(None, "query_only", true).map_err(plain)?;
        } else {
            write_ahead(&connection).map_err(plain)?;
            // What is recorded must survive a crash of the machine.
            connection.pragma_update(None, "synchronous", "full").map_err(plain)?;
        }
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Upgrades a register to the newest version. Several programs may do so at once: the first does it, and the
    /// others wait and find it done.
    fn migrate(&mut self) -> rusqlite::Result<()> {
        let version = |connection: &Connection| {
            connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).map(|seen| seen as usize)
        };
        if version(&self.connection)? >= MIGRATIONS.len() {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for script in MIGRATIONS.iter().skip(version(&transaction)?) {
            transaction.execute_batch(script)?;
        }
        checksum::seal_all(&transaction)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", MIGRATIONS.len() as i64)?;
        transaction.commit()
    }

    /// Closes the register, writing everything in its log to the file itself.
    ///
    /// # Errors
    ///
    /// Returns a message if it cannot be written.
    pub fn close(self) -> Result<(), Error> {
        let Self { connection, path } = self;
        connection.close().map_err(|(_, error)| sentence(&path, error))
    }

    /// Turns an SQLite error into a message.
    pub(super) fn plain(&self, error: rusqlite::Error) -> Error {
        sentence(&self.path, error)
    }
}

/// Returns an error of SQLite in the words of a register.
pub(super) fn sentence(path: &Path, error: rusqlite::Error) -> Error {
    let shown = path.display();
    let said = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(path, &error.to_string()),
        Some(ErrorCode::DiskFull) => {
            Error::new(ErrorKind::Io, format!("{shown} cannot be written: the disk is full")).at(path)
        }
        _ if is_busy(&error) => {
            Error::new(ErrorKind::Busy, format!("{shown} is being written by another program")).at(path)
        }
        _ => unfit(path, format!("{shown}: {error}")),
    };
    said.because(error)
}

/// Returns the error of a register that cannot be used.
pub(super) fn unfit(path: &Path, message: String) -> Error {
    Error::new(ErrorKind::Register, message).at(path)
}

/// Switches to the write-ahead log. While another program does the same, SQLite reports a lock at once instead of
/// waiting, so this retries.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let begun = Instant::now();
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())) {
            Err(error) if is_busy(&error) && begun.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(10));
            }
            done => return done,
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// A table, index, view or trigger of a register, with the statement that made it.
#[derive(PartialEq, Eq)]
struct Object {
    kind: String,
    name: String,
    sql: Option<String>,
}

fn schema(connection: &Connection) -> rusqlite::Result<Vec<Object>> {
    let mut statement = connection.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY name")?;
    let object = |row: &rusqlite::Row| Ok(Object { kind: row.get(0)?, name: row.get(1)?, sql: row.get(2)? });
    statement.query_map([], object)?.collect()
}

/// Returns the schema of a register of that version.
fn expected(version: usize) -> rusqlite::Result<Vec<Object>> {
    let connection = Connection::open_in_memory()?;
    for script in &MIGRATIONS[..version] {
        connection.execute_batch(script)?;
    }
    schema(&connection)
}

/// Returns the path of the write-ahead log of a register.
fn wal(path: &Path) -> PathBuf {
    PathBuf::from(format!("{}-wal", path.display()))
}

/// Returns whether a register cannot be read because nothing can be written next to it.
fn unwritable(connection: &Connection) -> bool {
    let read = connection.query_row("PRAGMA schema_version", [], |row| row.get::<_, i64>(0));
    let code = read.err().and_then(|error| error.sqlite_error_code());
    matches!(code, Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// Returns the URI of a register that nobody writes to.
fn unchanging(path: &Path) -> String {
    let path = path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}?immutable=1")
}

fn damaged(path: &Path, said: &str) -> Error {
    let shown = path.display();
    let name = shown.to_string();
    let name = quoted_for_shell(&name);
    let rebuild = format!("from the files and reports with “masthead register rebuild FOLDER --register {name}”");
    let message = match crate::files::head(path) {
        Ok(head) if !may_be_register(&head) => format!(
            "{shown} is not a register ({said}); name the register with --register; if it was one, move it away and rebuild it \
             {rebuild}"
        ),
        _ => {
            format!(
                "the register {shown} is damaged ({said}); rebuild it {rebuild}, which keeps the damaged one as a backup"
            )
        }
    };
    unfit(path, message)
}

/// Returns whether a file that begins with `head` may be a register. A damaged one still counts: the error is reported
/// when it is opened.
pub fn may_be_register(head: &[u8]) -> bool {
    head.contains(&0) && ![&b"%PDF-"[..], b"\x89PNG"].iter().any(|other| head.starts_with(other))
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
        // Nothing was written next to it.
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(!unwritable(&connection));
    }

    #[test]
    fn an_empty_file_is_a_new_register() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.sqlite");
        std::fs::write(&path, "").unwrap();
        assert!(Register::open(&path, Access::Read).err().unwrap().to_string().contains("nothing has been recorded"));
        Register::open(&path, Access::Make).unwrap().close().unwrap();
        assert!(Register::open(&path, Access::Read).unwrap().all().unwrap().is_empty());
    }

    #[test]
    fn a_reader_writes_nothing_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.sqlite");
        Register::open(&path, Access::Make).unwrap().close().unwrap();
        let before = std::fs::read(&path).unwrap();
        let register = Register::open(&path, Access::Read).unwrap();
        assert!(register.all().unwrap().is_empty());
        assert!(register.connection.execute("DELETE FROM renditions", []).is_err());
        drop(register);
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["register.sqlite"]);
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn programs_that_begin_at_once_share_a_register() {
        for _ in 0..20 {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("register.sqlite");
            std::thread::scope(|scope| {
                let open = || Register::open(&path, Access::Make).map(drop);
                let opened: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
                opened.into_iter().for_each(|thread| thread.join().unwrap().unwrap());
            });
        }
    }

    #[test]
    fn views_and_triggers_are_not_run() {
        let odd = [
            "ALTER TABLE renditions RENAME TO other; CREATE VIEW renditions AS SELECT * FROM other",
            "CREATE TRIGGER after_it AFTER INSERT ON renditions BEGIN DELETE FROM symbols; END",
            "DROP INDEX outputs",
        ];
        for script in odd {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("register.sqlite");
            Register::open(&path, Access::Make).unwrap().close().unwrap();
            Connection::open(&path).unwrap().execute_batch(script).unwrap();
            for access in [Access::Read, Access::Write, Access::Make] {
                let refused = Register::open(&path, access).err().unwrap().to_string();
                assert!(refused.contains("damaged"), "{script}: {refused}");
            }
        }
    }

    #[test]
    fn registers_of_version_1_are_upgraded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.sqlite");
        let old = Connection::open(&path).unwrap();
        old.execute_batch(MIGRATIONS[0]).unwrap();
        let insert = "INSERT INTO renditions (current, recorded, output, symbol, language, kind, title, distribution,
             pages, paragraphs, notes, profile, source, source_key, key, sha256, bytes, masthead, record)
             VALUES (1, '', 'a.pdf', 'A/84/L.1', 'en', '', '', '', 1, 1, 1, '', '', '', '', '', 1, '', '{}')";
        old.execute(insert, []).unwrap();
        old.execute_batch(&format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = 1")).unwrap();
        drop(old);
        assert!(Register::open(&path, Access::Read).err().unwrap().to_string().contains("earlier version of masthead"));
        Register::open(&path, Access::Write).unwrap().close().unwrap();
        let register = Register::open(&path, Access::Read).unwrap();
        assert_eq!(checksum::broken(&register.connection), Ok(None));
        // A column without an index changes on disk.
        let changed = Connection::open(&path).unwrap();
        changed.execute("UPDATE renditions SET pages = 3", []).unwrap();
        drop(changed);
        let refused = Register::open(&path, Access::Read).err().unwrap();
        assert_eq!((refused.kind(), refused.path()), (ErrorKind::Register, Some(path.as_path())));
        let refused = refused.to_string();
        assert!(refused.contains("the entry for “a.pdf” has been changed"), "{refused}");
    }
}
