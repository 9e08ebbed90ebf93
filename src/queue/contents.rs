//! The contents of files in the object store, each under the hash of its bytes: stored once, and checked when it is read.

use async_nats::jetstream::object_store::{InfoErrorKind, ObjectInfo, ObjectMetadata, ObjectStore};
use async_nats::jetstream::stream::{DirectGetErrorKind, RawMessageErrorKind, Stream};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use bytes::Bytes;

use super::error::QueueError;
use super::patience::patiently;
use crate::digest::sha256;

/// The most bytes of a message of contents: most files are one message.
const CHUNK: usize = 512 << 10;

/// A bucket of the object store.
#[derive(Clone)]
pub struct Bucket {
    /// The bucket.
    pub objects: ObjectStore,
    /// Its stream.
    pub stream: Stream<()>,
    /// Its name.
    pub name: String,
}

impl Bucket {
    /// Stores bytes under a name.
    pub async fn put(&self, name: &str, bytes: &[u8]) -> Result<(), QueueError> {
        patiently(|| async {
            let chunk_size = Some(bytes.len().clamp(1, CHUNK));
            let about = ObjectMetadata { name: name.to_owned(), chunk_size, ..ObjectMetadata::default() };
            let stored = self.objects.put(about, &mut &*bytes).await;
            stored.map(drop).map_err(|error| QueueError::of("contents cannot be stored", &error))
        })
        .await
    }

    /// Returns whether bytes are stored under a name.
    pub async fn has(&self, name: &str) -> Result<bool, QueueError> {
        patiently(|| async {
            match self.objects.info(name).await {
                Ok(info) => Ok(!info.deleted),
                Err(error) if error.kind() == InfoErrorKind::NotFound => Ok(false),
                Err(error) => Err(QueueError::of("contents cannot be found", &error)),
            }
        })
        .await
    }

    /// Returns the bytes under a name. The messages of the object are read one by one: the client would create a consumer
    /// for each object, and the server keeps that for a while.
    pub async fn get(&self, name: &str) -> Result<Vec<u8>, QueueError> {
        patiently(|| async {
            let lost = || QueueError::lost(format!("the contents {name} are no longer stored"));
            let about = format!("$O.{}.M.{}", self.name, URL_SAFE.encode(name));
            let about = self.message(&about, None).await?.ok_or_else(lost)?.1;
            let info: ObjectInfo = serde_json::from_slice(&about).map_err(|_| lost())?;
            let subject = format!("$O.{}.C.{}", self.name, info.nuid);
            let (mut bytes, mut from) = (Vec::with_capacity(info.size), 1);
            while bytes.len() < info.size && !info.deleted {
                let (sequence, chunk) = self.message(&subject, Some(from)).await?.ok_or_else(lost)?;
                bytes.extend_from_slice(&chunk);
                from = sequence + 1;
            }
            if info.deleted { Err(lost()) } else { Ok(bytes) }
        })
        .await
    }

    /// Returns the bytes with that hash.
    pub async fn get_hashed(&self, hash: &str) -> Result<Vec<u8>, QueueError> {
        let bytes = self.get(hash).await?;
        match sha256([&bytes]) == hash {
            true => Ok(bytes),
            false => Err(QueueError::lost(format!("the contents {hash} are damaged"))),
        }
    }

    /// Returns the first message with that subject from a place in the stream on, or the last of all. Any server of a
    /// cluster is asked first, and the one that certainly knows only if that has none.
    async fn message(&self, subject: &str, from: Option<u64>) -> Result<Option<(u64, Bytes)>, QueueError> {
        let (direct, raw) = (self.stream.direct_get_builder(), self.stream.raw_message_builder());
        let found = match from {
            Some(from) => direct.sequence(from).next_by_subject(subject).send().await,
            None => direct.last_by_subject(subject).send().await,
        };
        let error = match found {
            Ok(message) => return Ok(Some((message.sequence, message.payload))),
            Err(error) => error,
        };
        if error.kind() != DirectGetErrorKind::NotFound {
            return Err(QueueError::of("contents cannot be read", &error));
        }
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
}
