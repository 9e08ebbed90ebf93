//! The part of `masthead.toml` that completes documents: the house and the defaults of a folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Once, Unread, folder_of, picture, shown, standing, text};
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::model::house::{Address, Defaults, False, Folder, House, Symbols};
use crate::model::words::Words;
use crate::model::{Date, Distribution, Language, Named, Session};
use crate::picture::sound_picture;
use crate::prepare::words;
use crate::settings::{At, Settings};

/// The name of the settings of a folder and its subfolders.
pub const SETTINGS: &str = "masthead.toml";

/// The code of findings about settings, and their hint where there is none that is more specific.
pub const REPORTED: (&str, &str) = (
    "masthead-settings",
    "use the tables [check], [render], [house] and [defaults]; see “masthead help checking” and “masthead help house”",
);

/// The tables of the settings.
pub const TABLES: [&str; 4] = ["check", "render", "house", "defaults"];

/// Returns the settings file for documents of a folder: its own, or that of the nearest folder above.
pub fn settings_file(folder: &Path) -> Option<PathBuf> {
    settings_files(folder).into_iter().next()
}

/// Returns the settings files of a folder and of those above it, the nearest first.
pub(crate) fn settings_files(folder: &Path) -> Vec<PathBuf> {
    // A missing document is reported when it is read; a folder may not exist yet.
    let real = folder.canonicalize().unwrap_or_else(|_| standing(&std::path::absolute(folder).unwrap_or_default()));
    real.ancestors().map(|folder| folder.join(SETTINGS)).filter(|path| path.is_file()).collect()
}

/// The settings of folders, each read once in a run.
#[derive(Debug, Default)]
pub struct Folders {
    /// Those of each file.
    read: Once<Option<Arc<Folder>>>,
    /// Those of each folder, with what it has from the folders above.
    whole: Once<Option<Arc<Folder>>>,
}

impl Folders {
    /// Returns what completes a document: the house of the nearest folder that has one, and for each field the value of
    /// the nearest folder that gives one.
    ///
    /// # Errors
    ///
    /// Returns everything that is wrong with house and defaults.
    pub fn of(&self, document: &Path) -> Result<Option<Arc<Folder>>, Unread> {
        self.whole.get(folder_of(document), |folder| self.inherited(&settings_files(folder)))
    }

    fn inherited(&self, files: &[PathBuf]) -> Result<Option<Arc<Folder>>, Unread> {
        let mut whole: Option<Arc<Folder>> = None;
        for path in files {
            let one = self.read.get(path, read)?;
            whole = match (whole, one) {
                (Some(near), Some(above)) => Some(Arc::new(Folder::clone(&near).or(&above).identified())),
                (near, above) => near.or(above),
            };
        }
        Ok(whole)
    }
}

/// Returns what completes a single document.
///
/// # Errors
///
/// Returns everything that is wrong with house and defaults.
pub fn folder_settings(document: &Path) -> Result<Option<Arc<Folder>>, Unread> {
    Folders::default().of(document)
}

/// Returns what settings files give together, the nearest first, wherever they are.
pub(crate) fn chained(files: &[PathBuf]) -> Result<Option<Arc<Folder>>, Unread> {
    Folders::default().inherited(files)
}

fn read(path: &Path) -> Result<Option<Arc<Folder>>, Unread> {
    let source = text(&shown(path))?;
    let folder = Settings::read(&source, REPORTED, |reader, root| {
        let [_, _, house, defaults] = reader.table(root, TABLES);
        decode(reader, house, defaults, path)
    });
    let folder = folder.map_err(Unread::Settings)?;
    Ok((folder != Folder::default()).then(|| Arc::new(folder.identified())))
}

/// Returns the files that sound settings name: words and emblems.
pub(crate) fn files_of_settings(settings: &[u8]) -> Vec<String> {
    let settings: toml::Table = toml::from_slice(settings).unwrap_or_default();
    let named = |table: &str, key: &str| Some(settings.get(table)?.get(key)?.as_str()?.to_owned());
    [named("house", "emblem"), named("house", "words"), named("defaults", "emblem")].into_iter().flatten().collect()
}

/// Returns sound settings that name another file for the words of the house.
pub(crate) fn with_words_from(settings: &[u8], before: &str, now: &str) -> Option<Vec<u8>> {
    let mut settings: toml::Table = toml::from_slice(settings).ok()?;
    let words = settings.get_mut("house")?.get_mut("words")?;
    if words.as_str() != Some(before) {
        return None;
    }
    *words = now.into();
    toml::to_string(&settings).ok().map(String::into_bytes)
}

/// Decodes house and defaults of the settings file at a path.
pub fn decode(reader: &mut Settings, house: Option<At>, defaults: Option<At>, path: &Path) -> Folder {
    let mut folder = Folder::default();
    if let Some(at) = house {
        let [name, emblem, symbols, barcode, recycle, qr, links, author, organs, words] = reader.table(
            &at,
            ["name", "emblem", "symbols", "barcode", "recycle", "qr", "links", "author", "organs", "words"],
        );
        if name.is_none() && at.is_table() {
            let hint = "add name = \"…\", which stands above the rule of page 1";
            reader.wrong(&at, "the house has no “name”", hint);
        }
        let forms = Symbols::ALL.map(|form| (form.name(), form));
        folder.house = Some(House {
            name: name.and_then(|at| filled(reader, &at)),
            emblem: None,
            symbols: symbols.and_then(|at| reader.choice(&at, forms)),
            barcode: barcode.and_then(|at| reader.truth(&at)),
            recycle: recycle.and_then(|at| reader.truth(&at)),
            qr: qr.and_then(|at| address(reader, &at)),
            links: links.and_then(|at| address(reader, &at)),
            author: author.and_then(|at| filled(reader, &at)),
            organs: organs.map(|at| names(reader, &at)).unwrap_or_default(),
            words: words.and_then(|at| own_words(reader, &at, path)),
        });
        folder.emblem = emblem.and_then(|at| drawn(reader, &at, path));
    }
    if let Some(at) = defaults {
        let [organ, language, distribution, date, original, session, emblem] = reader.table(&at, Defaults::FIELDS);
        let whose = Distribution::ALL.map(|whose| (whose.name(), whose));
        folder.defaults = Defaults {
            organ: organ.and_then(|at| filled(reader, &at)),
            language: language.and_then(|at| spoken(reader, &at)),
            distribution: distribution.and_then(|at| reader.choice(&at, whose)),
            date: date.and_then(|at| day(reader, &at)),
            original: original
                .map(|at| reader.texts(&at).iter().filter_map(|(_, at)| spoken(reader, at)).collect())
                .unwrap_or_default(),
            session: session.and_then(|at| sitting(reader, &at)),
        };
        folder.emblem = emblem.and_then(|at| drawn(reader, &at, path)).or(folder.emblem);
    }
    folder
}

/// Returns a text that is not empty.
fn filled(reader: &mut Settings, at: &At) -> Option<String> {
    let text = reader.text(at)?;
    if text.trim().is_empty() {
        reader.wrong(at, format!("“{}” is empty", at.name()), "give it a value, or remove the line");
        return None;
    }
    Some(text)
}

/// Returns a language by its code.
fn spoken(reader: &mut Settings, at: &At) -> Option<Language> {
    let code = reader.text(at)?;
    let language = Language::of(&code);
    if language.is_none() {
        let codes = Language::ALL.map(Language::code).join(", ");
        let message = format!("unknown value “{code}” for “{}”", at.name());
        reader.wrong(at, message, format!("use one of {codes}, or another code of ISO 639 with words of its own"));
    }
    language
}

/// Reads the words of a language from a file beside the settings.
fn own_words(reader: &mut Settings, at: &At, path: &Path) -> Option<Arc<Words>> {
    let name = filled(reader, at)?;
    let source = match text(&shown(&folder_of(path).join(&name))) {
        Ok(source) => source,
        Err(unread) => {
            reader.wrong(
                at,
                unread.findings().remove(0).message,
                format!("give the path of a table of words, relative to {SETTINGS}"),
            );
            return None;
        }
    };
    match words::read(&source) {
        Ok(words) => Some(Arc::new(words)),
        Err(errors) => {
            reader.add(errors);
            None
        }
    }
}

fn address(reader: &mut Settings, at: &At) -> Option<Address> {
    if at.is_false() {
        return Some(Address::None(False));
    }
    let (pattern, _) = reader.texts(at).into_iter().next()?;
    Address::parse(&pattern).map_err(|error| reader.wrong(at, format!("{}: {error}", at.name()), Address::HINT)).ok()
}

fn names(reader: &mut Settings, at: &At) -> Named<String> {
    let entries = reader.entries(at);
    entries.into_iter().filter_map(|(letters, at)| Some((letters, filled(reader, &at)?))).collect()
}

fn day(reader: &mut Settings, at: &At) -> Option<Date> {
    let date = crate::read::date(&reader.date(at)?);
    date.map_err(|(message, hint)| reader.wrong(at, format!("“{}”: {message}", at.name()), &hint)).ok()
}

/// Returns a session: its number, or its words.
fn sitting(reader: &mut Settings, at: &At) -> Option<Session> {
    if at.is_number() {
        return reader.whole(at, 1..=999).map(Session::Number);
    }
    filled(reader, at).map(|words| Session::Text(words.as_str().into()))
}

/// Returns an emblem, from the folder of the settings or below it.
fn drawn(reader: &mut Settings, at: &At, path: &Path) -> Option<Vec<u8>> {
    let name = filled(reader, at)?;
    let data = picture(path, &name).and_then(|data| match sound_picture(&data) {
        Ok(_) => Ok(data),
        Err(unsound) => Err(Error::foreign(unsound.to_string())),
    });
    data.map_err(|reason| {
        let hint = format!("use an SVG or PNG file, with a path relative to {SETTINGS}");
        reader.wrong(at, format!("the emblem “{name}” cannot be used: {reason}"), hint);
    })
    .ok()
}

impl Unread {
    /// Returns the findings of it.
    pub fn findings(self) -> Vec<Diagnostic> {
        match self {
            Self::File(error) => vec![Diagnostic::error("unread", error.to_string())],
            Self::Text(error) => vec![*error],
            Self::Settings(errors) => errors,
        }
    }
}

impl From<Unread> for Error {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::File(error) => error,
            Unread::Text(finding) => (*finding).into(),
            Unread::Settings(findings) => findings.into(),
        }
    }
}
