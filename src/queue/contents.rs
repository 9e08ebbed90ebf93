//! The contents of files in the object store, each under the hash of its bytes: stored once, and checked when it is read.

use async_nats::jetstream::object_store::{GetErrorKind, InfoErrorKind, ObjectMetadata, ObjectStore};
use tokio::io::AsyncReadExt;

use super::error::QueueError;
use super::patience::patiently;
use crate::digest::sha256;

/// The most bytes of a message of contents: most files are one message.
const CHUNK: usize = 512 << 10;

/// Stores bytes under a name.
pub async fn put(store: &ObjectStore, name: &str, bytes: &[u8]) -> Result<(), QueueError> {
    patiently(|| async {
        let chunk_size = Some(bytes.len().clamp(1, CHUNK));
        let about = ObjectMetadata { name: name.to_owned(), chunk_size, ..ObjectMetadata::default() };
        let stored = store.put(about, &mut &*bytes).await;
        stored.map(drop).map_err(|error| QueueError::of("contents cannot be stored", &error))
    })
    .await
}

/// Returns whether bytes are stored under a name.
pub async fn has(store: &ObjectStore, name: &str) -> Result<bool, QueueError> {
    patiently(|| async {
        match store.info(name).await {
            Ok(info) => Ok(!info.deleted),
            Err(error) if error.kind() == InfoErrorKind::NotFound => Ok(false),
            Err(error) => Err(QueueError::of("contents cannot be found", &error)),
        }
    })
    .await
}

/// Returns the bytes under a name.
pub async fn get(store: &ObjectStore, name: &str) -> Result<Vec<u8>, QueueError> {
    patiently(|| async {
        let mut object = store.get(name).await.map_err(|error| match error.kind() {
            GetErrorKind::NotFound => QueueError::lost(format!("the contents {name} are no longer stored")),
            _ => QueueError::of("contents cannot be read", &error),
        })?;
        let mut bytes = Vec::with_capacity(object.info.size);
        let read = object.read_to_end(&mut bytes).await;
        read.map_err(|error| QueueError::of("contents cannot be read", &error))?;
        Ok(bytes)
    })
    .await
}

/// Returns the bytes with that hash.
pub async fn get_hashed(store: &ObjectStore, hash: &str) -> Result<Vec<u8>, QueueError> {
    let bytes = get(store, hash).await?;
    match sha256([&bytes]) == hash {
        true => Ok(bytes),
        false => Err(QueueError::lost(format!("the contents {hash} are damaged"))),
    }
}
