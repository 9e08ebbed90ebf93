//! A file that is shown while it changes on disk.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State as Extract};
use axum::response::Response;
use masthead::check::selection::Selection;
use masthead::files::{self, SETTINGS, folder_of};
use masthead::{Error, ErrorKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use serde::Deserialize;
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

use super::binary::Binary;
use super::choices::Missing;
use super::live::PagesRequest;
use super::problem::Problem;
use super::request::parsed;
use super::requests::{CheckRequest, Input};
use super::routes::answer;
use super::state::State;
use super::task::{Task, What, Why};

/// How long to wait after a change: editors save in several steps.
const SETTLING: Duration = Duration::from_millis(8);
/// How often the file is looked at if the system reports no changes, as some network drives.
const LOOKING: Duration = Duration::from_secs(1);

/// The file to watch.
#[derive(Debug, Clone)]
pub struct FileToWatch {
    /// The file.
    pub path: PathBuf,
    /// Which findings to report.
    pub selection: Selection,
}

/// The file that is watched.
pub struct Watched {
    file: FileToWatch,
    /// Its bytes, or why it cannot be read.
    current: Mutex<Result<Vec<u8>, String>>,
    /// Counts its changes, and those of what belongs to it.
    pub version: watch::Sender<u64>,
    /// Reports changes as long as it lives.
    _watcher: RecommendedWatcher,
}

impl Watched {
    /// Begins to watch the folder of the file: editors replace files when they save.
    pub fn start(file: FileToWatch) -> Result<Arc<Self>, Error> {
        let (changes, changed) = mpsc::unbounded_channel();
        let folder = folder_of(&file.path).to_owned();
        let cannot = |error: notify::Error| {
            let message = format!("{} cannot be watched: {error}", folder.display());
            Error::new(ErrorKind::Io, message).at(&folder).because(error)
        };
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
        let current = Mutex::new(whole(&file.path));
        let watched = Arc::new(Self { file, current, version, _watcher: watcher });
        tokio::spawn(watched.clone().keep_current(changed));
        Ok(watched)
    }

    async fn keep_current(self: Arc<Self>, mut changed: mpsc::UnboundedReceiver<Vec<PathBuf>>) {
        loop {
            let mut paths = match timeout(LOOKING, changed.recv()).await {
                Ok(Some(paths)) => paths,
                Ok(None) => return,
                Err(_) => Vec::new(),
            };
            if !paths.is_empty() {
                sleep(SETTLING).await;
            }
            while let Ok(more) = changed.try_recv() {
                paths.extend(more);
            }
            let now = self.read().await;
            let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
            if *current != now || paths.iter().any(|path| belongs(path)) {
                *current = now;
                drop(current);
                self.version.send_modify(|version| *version += 1);
            }
        }
    }

    async fn read(&self) -> Result<Vec<u8>, String> {
        let path = self.file.path.clone();
        tokio::task::spawn_blocking(move || whole(&path)).await.map_err(|error| error.to_string())?
    }

    /// Returns the name of the file, as the user gave it.
    pub fn name(&self) -> String {
        self.file.path.display().to_string()
    }

    /// Returns the document as it is now.
    fn document(&self) -> Result<Input, Problem> {
        let name = self.name();
        match self.current.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            Ok(bytes) => Ok(Input { file: Some(Binary(bytes)), name: Some(name), ..Input::default() }),
            Err(reason) => Err(Problem::refused(
                Why::Document,
                format!("{name} cannot be read: {reason}"),
                Vec::<()>::new().into(),
            )),
        }
    }

    fn task(&self, what: What) -> Task {
        Task { what, file: Some(self.file.path.clone()) }
    }
}

/// Returns the bytes of the file, or why it cannot be read.
fn whole(path: &Path) -> Result<Vec<u8>, String> {
    files::whole(path).map_err(|error| error.to_string())
}

/// The pages of the watched file that a browser does not have: a request for `/v1/pages` without the document.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with parameters")]
struct Wanted {
    known: Vec<String>,
    most: Option<usize>,
    ppi: Option<f64>,
}

/// Returns pages of the watched file, as `/v1/pages` does.
pub async fn pages(Extract(state): Extract<State>, request: Request) -> Result<Response, Problem> {
    let (Wanted { known, most, ppi }, held) = parsed(request, &state.limits, &state.buffers).await?;
    let watched = state.watched.as_ref().ok_or_else(Problem::not_found)?;
    let document = watched.document()?;
    answer(&state, watched.task(What::Pages(PagesRequest { document, known, most, ppi })), Some(held)).await
}

/// Returns the findings about the watched file, as `/v1/check` does.
pub async fn check(Extract(state): Extract<State>) -> Result<Response, Problem> {
    let watched = state.watched.as_ref().ok_or_else(Problem::not_found)?;
    let Selection { strict, allow, only, .. } = watched.file.selection.clone();
    let (document, missing_glyphs) = (watched.document()?, Missing::BoxWithCode);
    let request = CheckRequest { document, strict, allow, only, fix: false, missing_glyphs };
    answer(&state, watched.task(What::Check(request)), None).await
}

/// Whether a file in the folder of the document can change its pages.
fn belongs(path: &Path) -> bool {
    let picture = |ending: &std::ffi::OsStr| ["svg", "png"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    path.extension().is_some_and(picture) || path.file_name().is_some_and(|name| name == SETTINGS)
}
