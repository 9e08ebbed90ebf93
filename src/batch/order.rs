//! A document of a batch that another process renders: the order, and what it makes of it.
//!
//! The process has no files of the batch. The order names all contents by their hashes, and what is made of it has no
//! names of the output folder: the process that keeps the folder, and the register, adds them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::names::within;
use super::output_paths;
use super::planned_document::findings;
use super::rendering::{Emblems, Failure, LoadedSource, Options};
use super::{Batch, Input, State};
use crate::diagnostic::{Diagnostic, Source, shortened};
use crate::digest::{sha256, sha256_of_list};
use crate::error::{Error, ErrorKind};
use crate::export::Profile;
use crate::export::print::PrintOptions;
use crate::files::{self, SETTINGS, Unread, folder_settings, settings_files};
use crate::limits::Cause;
use crate::model::house::Folder;
use crate::read::{Format, read};
use crate::register::Record;
use crate::typeset::{Lines, MissingGlyphs, Press};

/// The contents of files, by their SHA-256.
pub type Contents = BTreeMap<String, Vec<u8>>;

/// What to render, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Order {
    /// The source, by its name in messages.
    pub name: String,
    /// Its syntax; default: from the name, else from the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub syntax: Option<Format>,
    /// Its content.
    pub source: String,
    /// The settings of its folder and of those above it, the nearest first, each with the files that they name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<BTreeMap<String, String>>,
    /// Its pictures, or why they cannot be read.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pictures: BTreeMap<String, Result<String, String>>,
    /// The emblem to use instead of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emblem: Option<String>,
    /// The profile.
    pub profile: Profile,
    /// How lines are broken.
    pub lines: Lines,
    /// How characters that no font covers are handled.
    pub missing_glyphs: MissingGlyphs,
    /// How it is printed, for files of the print profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<PrintOptions>,
}

/// What was made of an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Made {
    /// The state: rendered, or why not.
    pub state: State,
    /// How far it came.
    pub stage: Stage,
    /// The findings of a document that was not rendered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Value>,
    /// The same as text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reported: Vec<String>,
    /// The record of the file, without its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Box<Record>>,
}

/// How far a document came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Stage {
    /// It could not be loaded, or ended the process.
    Begun,
    /// It could be loaded.
    Loaded,
    /// It has no errors.
    Prepared,
}

impl Made {
    pub(super) fn failed(stage: Stage, Failure { state, findings: errors, .. }: Failure) -> Self {
        let reported = errors.iter().map(Diagnostic::to_string).collect();
        Self { state, stage, findings: findings(&errors), reported, record: None }
    }

    /// What is made of a document that exceeds a limit, or ends the process.
    pub fn ended(name: &str, cause: &Cause) -> Self {
        let state = if cause.is_broken() { State::Broken } else { State::Refused };
        Self::failed(Stage::Begun, Failure::of(state, vec![cause.diagnostic(name)]))
    }

    /// What is made of a document whose contents, or whose result, cannot be had.
    pub fn unread(error: Diagnostic) -> Self {
        Self::failed(Stage::Begun, Failure::of(State::Unread, vec![error]))
    }

    /// What is made of a document with an internal error.
    pub fn broken(name: &str, message: &str) -> Self {
        Self::failed(Stage::Begun, Failure::broken(name, message))
    }
}

impl Order {
    /// Creates an order for a source with that name in messages, whose content has that hash, with default options.
    pub fn new(name: String, source: String) -> Self {
        Self {
            name,
            syntax: None,
            source,
            settings: Vec::new(),
            pictures: BTreeMap::new(),
            emblem: None,
            profile: Profile::Archive,
            lines: Lines::default(),
            missing_glyphs: MissingGlyphs::default(),
            print: None,
        }
    }

    /// Returns the hashes of all contents that it names.
    pub fn contents(&self) -> impl Iterator<Item = &String> {
        let pictures = self.pictures.values().filter_map(|picture| picture.as_ref().ok());
        [&self.source]
            .into_iter()
            .chain(self.settings.iter().flat_map(BTreeMap::values))
            .chain(pictures)
            .chain(&self.emblem)
    }

    /// Returns a hash of everything that determines what is made of it by a press with that fingerprint.
    pub fn key(&self, fingerprint: &str) -> String {
        sha256_of_list([fingerprint.as_bytes(), &serde_json::to_vec(self).unwrap_or_default()])
    }

    fn of_file(input: &Input, options: Options, print: &PrintOptions, contents: &mut Contents) -> Result<Self, Made> {
        let unloaded = |failure| Made::failed(Stage::Begun, failure);
        let bytes = files::source_bytes(&input.file).map_err(|unread| unloaded(Failure::unread(unread)))?;
        let loaded = files::source_of_bytes(&input.file, input.name(), bytes.clone(), None)
            .and_then(|(source, format)| Ok((source.in_folder(folder_settings(&input.file)?), format)))
            .map_err(|unread| unloaded(Failure::unread(unread)))?;
        let settings = settings_of(&input.file).map_err(|unread| unloaded(Failure::unread(unread)))?;
        let document = read(&loaded.0, loaded.1).ok().map(|reading| reading.document);
        let mut keep = |bytes: Vec<u8>| {
            let hash = sha256([&bytes]);
            contents.insert(hash.clone(), bytes);
            hash
        };
        let names = document.iter().flat_map(crate::picture_names);
        let mut picture =
            |name: &str| files::picture(&input.file, name).map(&mut keep).map_err(|error| error.to_string());
        let pictures = names.map(|name| (name.to_owned(), picture(name))).collect();
        let Options { emblem, profile, lines, missing_glyphs } = options;
        Ok(Self {
            name: input.name(),
            syntax: None,
            source: keep(bytes),
            settings: settings
                .into_iter()
                .map(|files| files.into_iter().map(|(name, bytes)| (name, keep(bytes))).collect())
                .collect(),
            pictures,
            emblem: emblem.map(|emblem| keep(emblem.to_vec())),
            profile,
            lines,
            missing_glyphs,
            print: (profile == Profile::Print).then(|| print.clone()),
        })
    }

    /// Returns the source, with the settings of its folder.
    ///
    /// # Errors
    ///
    /// Returns an error if it is not text, or not a source.
    pub fn loaded(&self, contents: &Contents) -> Result<(Arc<Source>, Format), Unread> {
        let bytes = contents.get(&self.source).cloned().unwrap_or_default();
        let (source, format) = files::source_of_bytes(Path::new(&self.name), self.name.clone(), bytes, self.syntax)?;
        Ok((source.in_folder(self.folder(contents)?), format))
    }

    /// Returns the settings of the folder. Those of a folder of this machine do not count.
    fn folder(&self, contents: &Contents) -> Result<Option<Arc<Folder>>, Unread> {
        if self.settings.is_empty() {
            return Ok(None);
        }
        let cannot = |error: std::io::Error| {
            let message = format!("the settings cannot be unpacked: {error}");
            Unread::File(Error::new(ErrorKind::Io, message).because(error))
        };
        let folder = tempfile::tempdir().map_err(cannot)?;
        let mut settings = Vec::new();
        for (distance, files) in self.settings.iter().enumerate() {
            let folder = folder.path().join(distance.to_string());
            // Whoever has sent it must not write elsewhere.
            if let Some(name) = files.keys().find(|name| !is_plain(name, &folder)) {
                let name = shortened(name);
                let message = format!("“{name}” is not the name of a file in the folder of the settings");
                return Err(Unread::File(Error::value(message)));
            }
            for (name, hash) in files {
                let path = folder.join(name);
                fs::create_dir_all(files::folder_of(&path)).map_err(cannot)?;
                fs::write(&path, contents.get(hash).map(Vec::as_slice).unwrap_or_default()).map_err(cannot)?;
            }
            settings.push(folder.join(SETTINGS));
        }
        files::chained(&settings)
    }

    /// Renders the document. Also returns its file.
    pub fn made(&self, press: &Press, contents: &Contents) -> (Made, Vec<u8>) {
        self.rendered(press, contents).unwrap_or_else(|made| (made, Vec::new()))
    }

    fn rendered(&self, press: &Press, contents: &Contents) -> Result<(Made, Vec<u8>), Made> {
        let unsent = || Error::other("it was not sent with the document");
        let of = |hash: &String| contents.get(hash).cloned().ok_or_else(unsent);
        let loaded = self.loaded(contents).map_err(|unread| Made::failed(Stage::Begun, Failure::unread(unread)))?;
        let options = Options {
            emblem: self.emblem.as_ref().and_then(|hash| contents.get(hash)).map(|bytes| Arc::from(bytes.as_slice())),
            profile: self.profile,
            lines: self.lines,
            missing_glyphs: self.missing_glyphs,
        };
        let (print, fingerprint) = (self.print.clone().unwrap_or_default(), press.fingerprint());
        let loaded = LoadedSource::new(loaded, options, &print, &fingerprint);
        let picture = |name: &str| match self.pictures.get(name) {
            Some(Ok(hash)) => of(hash),
            Some(Err(reason)) => Err(Error::other(reason)),
            None => Err(unsent()),
        };
        let ready = loaded.prepared(press, &picture, &print).map_err(|failure| Made::failed(Stage::Loaded, failure))?;
        let failed = |failure| Made::failed(Stage::Prepared, failure);
        let key = loaded.key_of_file(&ready, &fingerprint).map_err(failed)?;
        let (file, record) = loaded.rendered(press, ready, (String::new(), key)).map_err(failed)?;
        let (state, stage) = (State::Rendered, Stage::Prepared);
        Ok((Made { state, stage, findings: Vec::new(), reported: Vec::new(), record: Some(Box::new(record)) }, file))
    }
}

impl Batch<'_> {
    /// Orders a document, and gathers the contents that the order names.
    ///
    /// # Errors
    ///
    /// Returns what is made of it if it cannot be loaded.
    pub fn order(&self, input: &Input, emblems: &Emblems, contents: &mut Contents) -> Result<Order, Made> {
        let options = self.options(input, emblems).map_err(|failure| Made::failed(Stage::Begun, failure))?;
        Order::of_file(input, options, &self.print, contents)
    }
}

/// Files by their paths below a folder.
type Unpacked = Vec<(String, Vec<u8>)>;

/// Returns the settings of the folder of a document and of those above it, the nearest first, each with the files that
/// they name.
fn settings_of(document: &Path) -> Result<Vec<Unpacked>, Unread> {
    settings_files(files::folder_of(document)).iter().map(|path| with_files(path)).collect()
}

/// Returns a settings file, and the files that it names.
fn with_files(path: &Path) -> Result<Unpacked, Unread> {
    let folder = files::folder_of(path);
    let read = |name: &str| {
        let shown = folder.join(name);
        let named = |reason: &str| format!("{} cannot be read: {reason}", shown.display());
        files::whole(&shown).map_err(|error| Unread::File(error.reworded(named)))
    };
    let mut settings = read(SETTINGS)?;
    let mut files = Vec::new();
    for name in files::files_of_settings(&settings) {
        let bytes = read(&name)?;
        if is_plain(&name, folder) {
            files.push((name, bytes));
        } else {
            // Words may be anywhere; the process that renders has them beside the settings.
            let near = format!("words-{}.toml", sha256([&bytes]));
            settings = files::with_words_from(&settings, &name, &near).unwrap_or(settings);
            files.push((near, bytes));
        }
    }
    files.push((SETTINGS.to_owned(), settings));
    Ok(files)
}

/// Returns whether a name is that of a file in a folder, or below it, on every system.
fn is_plain(name: &str, folder: &Path) -> bool {
    within(name).is_ok() && output_paths::unfit(name, folder).is_none() && Path::new(name).is_relative()
}

/// What a file is: when it was changed, and its size; `None` if there is none.
type Stamp = Option<(SystemTime, u64)>;

/// The state of all files from which a document was ordered.
#[derive(Debug, Clone, PartialEq)]
pub struct Stamps {
    settings: Vec<PathBuf>,
    files: Vec<(PathBuf, Stamp)>,
}

impl Stamps {
    /// How much later a file must be read than it was changed: a further change might have the same time.
    const APART: Duration = Duration::from_secs(2);

    /// Returns the state of the files of an order that was begun at that time; `None` if they may be changing.
    pub fn of(input: &Input, order: &Order, begun: SystemTime) -> Option<Self> {
        let settings = settings_files(files::folder_of(&input.file));
        let named = settings.iter().flat_map(|path| {
            let named = files::whole(path).map(|text| files::files_of_settings(&text)).unwrap_or_default();
            named.into_iter().map(|name| files::folder_of(path).join(name)).chain([path.clone()]).collect::<Vec<_>>()
        });
        let pictures = order.pictures.keys().map(|name| files::folder_of(&input.file).join(name));
        let all = [input.file.clone()].into_iter().chain(named).chain(pictures).chain(input.choices.emblem.clone());
        let files: Vec<_> = all.map(|path| (path.clone(), stamp(&path))).collect();
        let settled = |(_, stamp): &(PathBuf, Stamp)| {
            let since = stamp.map(|(changed, _)| begun.duration_since(changed));
            since.is_none_or(|since| since.is_ok_and(|since| since >= Self::APART))
        };
        files.iter().all(settled).then_some(Self { settings, files })
    }

    /// Returns whether all files of a document are as they were.
    pub fn hold(&self, input: &Input) -> bool {
        self.files.iter().all(|(path, was)| stamp(path) == *was)
            && settings_files(files::folder_of(&input.file)) == self.settings
    }
}

fn stamp(path: &Path) -> Stamp {
    let about = path.metadata().ok()?;
    Some((about.modified().ok()?, about.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(settings: &[&str]) -> Order {
        Order {
            settings: vec![settings.iter().map(|name| ((*name).to_owned(), "hash".to_owned())).collect()],
            ..Order::new("a.yaml".to_owned(), String::new())
        }
    }

    #[test]
    fn settings_stay_in_their_folder() {
        let contents = Contents::from([("hash".to_owned(), Vec::new())]);
        let outside = tempfile::tempdir().unwrap();
        let absolute = outside.path().join("x.svg").display().to_string();
        for name in [&*absolute, "../x.svg", "a/../../x.svg", "a/", "", ".", "con.svg", "a\0b"] {
            let refused = order(&[SETTINGS, name]).folder(&contents);
            assert!(
                matches!(refused, Err(Unread::File(error)) if error.to_string().contains("name of a file")),
                "{name}"
            );
        }
        assert!(outside.path().read_dir().unwrap().next().is_none());
        assert!(
            matches!(order(&["x.svg"]).folder(&contents), Err(Unread::File(error)) if error.to_string().contains(SETTINGS))
        );
        assert!(order(&[SETTINGS, "art/x.svg"]).folder(&contents).is_ok());
    }

    #[test]
    fn words_from_elsewhere_come_along() {
        let folder = tempfile::tempdir().unwrap();
        let house = folder.path().join("house");
        fs::create_dir(&house).unwrap();
        fs::write(folder.path().join("w.toml"), "language = \"eo\"\n").unwrap();
        fs::write(house.join(SETTINGS), "[house]\nname = \"Board\"\nwords = \"../w.toml\"\n").unwrap();
        let files = settings_of(&house.join("a.yaml")).unwrap().remove(0);
        let [(words, bytes), (name, settings)] = &files[..] else { panic!("{files:?}") };
        assert!(is_plain(words, &house) && bytes.starts_with(b"language") && name == SETTINGS);
        assert_eq!(files::files_of_settings(settings), std::slice::from_ref(words));
    }

    #[test]
    fn settings_of_all_folders_above_come_along() {
        let folder = tempfile::tempdir().unwrap();
        let (near, far) = (folder.path().join("board/drafts"), folder.path().join("board"));
        fs::create_dir_all(&near).unwrap();
        fs::write(far.join(SETTINGS), "[house]\nname = \"Board\"\n[defaults]\norgan = \"The Board\"\n").unwrap();
        fs::write(near.join(SETTINGS), "[defaults]\ndate = 2029-10-01\n").unwrap();
        let document = near.join("a.yaml");
        let settings = settings_of(&document).unwrap();
        let contents: Contents = settings.iter().flatten().map(|(_, bytes)| (sha256([bytes]), bytes.clone())).collect();
        let hashed = |files: &Unpacked| files.iter().map(|(name, bytes)| (name.clone(), sha256([bytes]))).collect();
        let order = Order { settings: settings.iter().map(hashed).collect(), ..order(&[]) };
        let unpacked = order.folder(&contents).unwrap().unwrap();
        assert_eq!(Some(&unpacked), folder_settings(&document).unwrap().as_ref());
        assert!(unpacked.house.is_some() && unpacked.defaults.date.is_some() && unpacked.defaults.organ.is_some());
    }

    #[test]
    fn files_that_may_be_changing_are_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let input = Input::new(folder.path().join("a.yaml"), super::super::Choices::default());
        fs::write(&input.file, "a").unwrap();
        let now = SystemTime::now();
        assert_eq!(Stamps::of(&input, &order(&[]), now), None);
        let stamps = Stamps::of(&input, &order(&[]), now + Duration::from_secs(3)).unwrap();
        assert!(stamps.hold(&input));
        fs::write(folder.path().join(SETTINGS), "").unwrap();
        assert!(!stamps.hold(&input));
        fs::remove_file(folder.path().join(SETTINGS)).unwrap();
        fs::write(&input.file, "ab").unwrap();
        assert!(!stamps.hold(&input));
    }
}
