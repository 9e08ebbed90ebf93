//! The contents of files in the object store: sources, settings and pictures under the hash of their bytes; files and long
//! results under the key of their document. Nothing that is there is stored again: the client would remove the parts that
//! others are reading.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use async_nats::jetstream::object_store::{InfoErrorKind, ObjectInfo, ObjectMetadata, ObjectStore};
use async_nats::jetstream::stream::{DirectGetErrorKind, RawMessageErrorKind, Stream};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use bytes::Bytes;
use masthead::digest::sha256;

use super::error::QueueError;
use super::listing::subjects_in;
use super::messages::{age, purge};
use super::patience::patiently;
use super::subjects::last;

/// The most bytes of a message of contents: most files are one message.
const CHUNK: usize = 512 << 10;

/// The most bytes of contents.
const MOST: usize = 256 << 20;
/// How long parts of contents may be there before what they are part of is complete.
const UNFINISHED: Duration = Duration::from_secs(3600);

/// The name of the file of a document with that key.
pub fn file_name(key: &str) -> String {
    format!("file-{key}")
}

/// The name of what was made of a document with that key, if it is too long for a message.
pub fn outcome_name(key: &str) -> String {
    format!("outcome-{key}")
}

/// A bucket of the object store.
#[derive(Clone)]
pub struct Bucket {
    /// The bucket.
    pub objects: ObjectStore,
    /// Its stream.
    pub stream: Stream<()>,
    /// Its name.
    pub name: String,
    /// The most bytes of a message of it.
    pub chunk: usize,
}

impl Bucket {
    /// Stores bytes with that hash under a name, unless they are there, and no older than `renewed`.
    pub async fn put(
        &self,
        (name, hash): (&str, &str),
        bytes: &[u8],
        renewed: Option<Duration>,
    ) -> Result<(), QueueError> {
        let digest = digest(hash);
        patiently(|| async {
            if let Some(info) = self.info(name).await?
                && (info.size, &info.digest) == (bytes.len(), &digest)
                && renewed
                    .is_none_or(|most| info.modified.and_then(|time| age(time.into())).is_some_and(|age| age < most))
            {
                return Ok(());
            }
            let chunk_size = Some(bytes.len().clamp(1, CHUNK.min(self.chunk)));
            let about = ObjectMetadata { name: name.to_owned(), chunk_size, ..ObjectMetadata::default() };
            let stored = self.objects.put(about, &mut &*bytes).await;
            stored.map(drop).map_err(|error| QueueError::of("contents cannot be stored", &error))
        })
        .await
    }

    async fn info(&self, name: &str) -> Result<Option<ObjectInfo>, QueueError> {
        match self.objects.info(name).await {
            Ok(info) => Ok(Some(info).filter(|info| !info.deleted)),
            Err(error) if error.kind() == InfoErrorKind::NotFound => Ok(None),
            Err(error) => Err(QueueError::of("contents cannot be found", &error)),
        }
    }

    fn about(&self, name: &str) -> String {
        format!("$O.{}.M.{}", self.name, URL_SAFE.encode(name))
    }

    fn parts(&self, nuid: &str) -> String {
        format!("$O.{}.C.{nuid}", self.name)
    }

    /// Returns the bytes under a name. The messages of the object are read one by one: the client would create a consumer
    /// for each object, and the server keeps that for a while.
    pub async fn get(&self, name: &str) -> Result<Vec<u8>, QueueError> {
        patiently(|| async {
            let lost = || QueueError::lost(format!("the contents {name} are no longer stored"));
            let about = self.about(name);
            let mut meta = self.message(&about, None).await?.ok_or_else(lost)?.1;
            loop {
                let info: ObjectInfo = serde_json::from_slice(&meta).map_err(|_| lost())?;
                if info.deleted || info.size > MOST {
                    return Err(lost());
                }
                if let Some(bytes) = self.joined(&info).await? {
                    return Ok(bytes);
                }
                // Somebody has stored them again meanwhile, or they are gone.
                let now = self.certain(&about, None).await?.ok_or_else(lost)?.1;
                if now == meta {
                    self.remove(name).await;
                    return Err(lost());
                }
                meta = now;
            }
        })
        .await
    }

    /// Returns the bytes of an object; `None` if some are gone.
    async fn joined(&self, info: &ObjectInfo) -> Result<Option<Vec<u8>>, QueueError> {
        let subject = self.parts(&info.nuid);
        let (mut bytes, mut from) = (Vec::with_capacity(info.size.min(CHUNK)), 1);
        while bytes.len() < info.size {
            let Some((sequence, chunk)) = self.message(&subject, Some(from)).await? else { return Ok(None) };
            bytes.extend_from_slice(&chunk);
            from = sequence + 1;
        }
        Ok(Some(bytes))
    }

    /// Returns the bytes under their hash.
    pub async fn get_hashed(&self, hash: &str) -> Result<Vec<u8>, QueueError> {
        self.get_sound(hash, hash).await
    }

    /// Returns the bytes under a name, which must have that hash.
    pub async fn get_sound(&self, name: &str, hash: &str) -> Result<Vec<u8>, QueueError> {
        let bytes = self.get(name).await?;
        if sha256([&bytes]) == hash {
            return Ok(bytes);
        }
        self.remove(name).await;
        Err(QueueError::lost(format!("the contents {name} are damaged")))
    }

    /// Removes what nobody can use, so that it is known to be missing when the batch is submitted again.
    async fn remove(&self, name: &str) {
        // Whoever may only read leaves it to others.
        let _ = self.stream.purge().filter(self.about(name)).await;
    }

    /// Returns the first message with that subject from a place in the stream on, or the last of all. Any server of a
    /// cluster is asked first, and the one that certainly knows only if that has none.
    async fn message(&self, subject: &str, from: Option<u64>) -> Result<Option<(u64, Bytes)>, QueueError> {
        let direct = self.stream.direct_get_builder();
        let found = match from {
            Some(from) => direct.sequence(from).next_by_subject(subject).send().await,
            None => direct.last_by_subject(subject).send().await,
        };
        match found {
            Ok(message) => Ok(Some((message.sequence, message.payload))),
            Err(error) if error.kind() == DirectGetErrorKind::NotFound => self.certain(subject, from).await,
            Err(error) => Err(QueueError::of("contents cannot be read", &error)),
        }
    }

    /// Returns the same from the server that certainly knows.
    async fn certain(&self, subject: &str, from: Option<u64>) -> Result<Option<(u64, Bytes)>, QueueError> {
        let raw = self.stream.raw_message_builder();
        let found = match from {
            Some(from) => raw.sequence(from).next_by_subject(subject).send().await,
            None => raw.last_by_subject(subject).send().await,
        };
        match found {
            Ok(message) => Ok(Some((message.sequence, message.payload))),
            Err(error) if error.kind() == RawMessageErrorKind::NoMessageFound => Ok(None),
            Err(error) => Err(QueueError::of("contents cannot be read", &error)),
        }
    }

    /// Returns the names under which there are contents.
    pub async fn names(&self) -> Result<BTreeSet<String>, QueueError> {
        let about = subjects_in(&self.stream, &format!("$O.{}.M.*", self.name)).await?;
        let name = |subject: &String| String::from_utf8(URL_SAFE.decode(last(subject)).ok()?).ok();
        Ok(about.iter().filter_map(name).collect())
    }

    /// Removes contents, of those that were there before, that nothing names; and parts of such as were never completed.
    /// Returns the number of both.
    pub async fn sweep(&self, before: &BTreeSet<String>, named: &HashSet<String>) -> Result<u64, QueueError> {
        let mut removed = 0;
        for name in before.iter().filter(|name| !named.contains(*name)) {
            if let Some(info) = self.info(name).await? {
                purge(&self.stream, &self.parts(&info.nuid)).await?;
            }
            removed += purge(&self.stream, &self.about(name)).await?;
        }
        let parts = subjects_in(&self.stream, &format!("$O.{}.C.*", self.name)).await?;
        let names = self.names().await?;
        if parts.len() <= names.len() {
            return Ok(removed);
        }
        let mut known = HashSet::new();
        for name in &names {
            known.extend(self.info(name).await?.map(|info| self.parts(&info.nuid)));
        }
        for part in parts.iter().filter(|part| !known.contains(*part)) {
            let Ok(message) = self.stream.direct_get_last_for_subject(part.as_str()).await else { continue };
            if age(message.time.into()).is_some_and(|age| age > UNFINISHED) {
                removed += purge(&self.stream, part).await?;
            }
        }
        Ok(removed)
    }
}

/// Returns a hash as the client writes it.
fn digest(hash: &str) -> Option<String> {
    let pairs = (0..hash.len()).step_by(2).map(|at| u8::from_str_radix(hash.get(at..at + 2)?, 16).ok());
    pairs.collect::<Option<Vec<u8>>>().map(|bytes| format!("SHA-256={}", URL_SAFE.encode(bytes)))
}
