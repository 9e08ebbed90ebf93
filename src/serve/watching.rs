//! A file that is shown while it changes on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

use super::binary::Binary;
use super::pool::{Pool, Undone};
use super::requests::{CheckRequest, Input, Missing, Page, PageContent, Pages, PagesRequest};
use super::task::{Answer, Task, What};
use crate::check::selection::Selection;
use crate::files::{self, folder_of};

/// How long to wait after a change: editors save in several steps.
const SETTLING: Duration = Duration::from_millis(8);
/// How often the file is looked at if the system reports no changes, as some network drives.
const LOOKING: Duration = Duration::from_secs(1);
/// How many pages are shown at once, before the others.
const FIRST: usize = 4;

/// The file to watch.
#[derive(Debug, Clone)]
pub struct FileToWatch {
    /// The file.
    pub path: PathBuf,
    /// Which findings to report.
    pub selection: Selection,
}

/// The file that is watched, and its pages.
pub struct Watched {
    file: FileToWatch,
    pool: Arc<Pool>,
    shown: Mutex<Shown>,
    /// Counts what is shown.
    pub version: watch::Sender<u64>,
    /// Reports changes as long as it lives.
    _watcher: RecommendedWatcher,
}

/// What the browsers show.
#[derive(Default)]
struct Shown {
    pages: Vec<String>,
    contents: BTreeMap<String, PageContent>,
    parts: BTreeMap<String, usize>,
    findings: Value,
    problem: Option<String>,
    /// Whether the problem may be gone shortly.
    passing: bool,
}

/// Why something cannot be shown, in a sentence.
struct Failure {
    reason: String,
    passing: bool,
}

impl From<String> for Failure {
    fn from(reason: String) -> Self {
        Self { reason, passing: false }
    }
}

impl From<Undone> for Failure {
    fn from(undone: Undone) -> Self {
        Self { reason: undone.to_string(), passing: undone.is_passing() }
    }
}

impl Watched {
    /// Begins to watch the folder of the file: editors replace files when they save.
    pub fn start(file: FileToWatch, pool: Arc<Pool>) -> Result<Arc<Self>, String> {
        let (changes, changed) = mpsc::unbounded_channel();
        let folder = folder_of(&file.path).to_owned();
        let cannot = |error| format!("{} cannot be watched: {error}", folder.display());
        let tell = move |event: notify::Result<notify::Event>| {
            // Reading is no change. The channel closes only with the server.
            if let Ok(event) = event
                && !event.kind.is_access()
            {
                let _ = changes.send(event.paths);
            }
        };
        let mut watcher = notify::recommended_watcher(tell).map_err(cannot)?;
        watcher.watch(&folder, RecursiveMode::NonRecursive).map_err(cannot)?;
        let (version, _) = watch::channel(0);
        let watched = Arc::new(Self { file, pool, shown: Mutex::default(), version, _watcher: watcher });
        tokio::spawn(watched.clone().keep_current(changed));
        Ok(watched)
    }

    async fn keep_current(self: Arc<Self>, mut changed: mpsc::UnboundedReceiver<Vec<PathBuf>>) {
        let mut last = None;
        loop {
            let now = self.read().await;
            if last.as_ref() != Some(&now) {
                self.show(&now).await;
                last = Some(now).filter(|_| !self.shown().passing);
            }
            match timeout(LOOKING, changed.recv()).await {
                Ok(None) => return,
                Ok(Some(mut paths)) => {
                    sleep(SETTLING).await;
                    while let Ok(more) = changed.try_recv() {
                        paths.extend(more);
                    }
                    if paths.iter().any(|path| is_picture(path)) {
                        last = None;
                    }
                }
                Err(_) => {}
            }
        }
    }

    async fn read(&self) -> Result<Vec<u8>, String> {
        let path = self.file.path.clone();
        tokio::task::spawn_blocking(move || files::whole(&path)).await.map_err(|error| error.to_string())?
    }

    /// Shows the first pages of a new text that changed, then the others and the findings.
    async fn show(&self, read: &Result<Vec<u8>, String>) {
        let name = self.file.path.display().to_string();
        self.shown().passing = false;
        match read {
            Err(reason) => self.shown().fail(format!("{name} cannot be read: {reason}").into()),
            Ok(bytes) => {
                let document = Input { file: Some(Binary(bytes.clone())), name: Some(name), ..Input::default() };
                let first = self.pages(&document, Some(FIRST)).await;
                let complete = self.show_pages(first);
                let rest = async {
                    if !complete {
                        let rest = self.pages(&document, None).await;
                        self.show_pages(rest);
                    }
                };
                let (findings, ()) = tokio::join!(self.findings(&document), rest);
                let mut shown = self.shown();
                match findings {
                    Ok(findings) => shown.findings = findings,
                    Err(failure) => shown.fail(failure),
                }
            }
        }
        self.version.send_modify(|version| *version += 1);
    }

    /// Shows pages, and returns whether all of them are there.
    fn show_pages(&self, pages: Result<Pages, Failure>) -> bool {
        let mut shown = self.shown();
        shown.problem = None;
        let complete = match pages {
            Ok(pages) => shown.take(pages),
            Err(failure) => {
                shown.fail(failure);
                true
            }
        };
        drop(shown);
        self.version.send_modify(|version| *version += 1);
        complete
    }

    async fn pages(&self, document: &Input, most: Option<usize>) -> Result<Pages, Failure> {
        let known = self.shown().contents.keys().cloned().collect();
        self.perform(What::Pages(PagesRequest { document: document.clone(), known, most, ppi: None })).await
    }

    async fn findings(&self, document: &Input) -> Result<Value, Failure> {
        let Selection { strict, allow, only } = self.file.selection.clone();
        let (document, missing_glyphs) = (document.clone(), Missing::BoxWithCode);
        let check = CheckRequest { document, strict, allow, only, fix: false, missing_glyphs };
        self.perform(What::Check(check)).await
    }

    async fn perform<T: DeserializeOwned>(&self, what: What) -> Result<T, Failure> {
        let task = Task { what, file: Some(self.file.path.clone()) };
        let (answer, body) = self.pool.perform(task, None).await?;
        Err(Failure::from(match answer {
            Answer::Done { .. } => return serde_json::from_slice(&body).map_err(|error| error.to_string().into()),
            Answer::Refused { detail, .. } => detail,
            Answer::Over(cause) => cause.diagnostic("the document").message,
            Answer::Broken(message) => format!("internal error: {message}"),
            #[cfg(feature = "queue")]
            Answer::Other | Answer::Made(_) => "internal error: an answer to another task".to_owned(),
        }))
    }

    fn shown(&self) -> std::sync::MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what a browser needs that has the contents of the pages in `sent`.
    pub fn event(&self, sent: &mut BTreeSet<String>) -> Value {
        let shown = self.shown();
        let page = |key: &String| {
            let content = if sent.contains(key) { None } else { shown.contents.get(key).cloned() };
            Page { key: key.clone(), content }
        };
        let pages: Vec<Page> = shown.pages.iter().map(page).collect();
        *sent = shown.pages.iter().filter(|key| shown.contents.contains_key(*key)).cloned().collect();
        json!({
            "file": self.file.path.display().to_string(),
            "pages": pages,
            "parts": shown.parts,
            "findings": shown.findings,
            "problem": shown.problem,
        })
    }
}

impl Shown {
    fn fail(&mut self, failure: Failure) {
        self.problem = Some(failure.reason);
        self.passing |= failure.passing;
    }

    /// Takes over new pages, and returns whether the contents of all are there.
    fn take(&mut self, new: Pages) -> bool {
        let mut contents = std::mem::take(&mut self.contents);
        self.pages = new.pages.iter().map(|page| page.key.clone()).collect();
        for Page { key, content } in new.pages {
            if let Some(content) = content.or_else(|| contents.remove(&key)) {
                self.contents.insert(key, content);
            }
        }
        self.parts = new.parts;
        self.pages.iter().all(|key| self.contents.contains_key(key))
    }
}

fn is_picture(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ["svg", "png"].iter().any(|picture| ending.eq_ignore_ascii_case(picture)))
}
