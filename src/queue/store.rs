//! The streams and buckets of the queue.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_nats::jetstream::object_store::{self, ObjectStore};
use async_nats::jetstream::stream::{self, DiscardPolicy, LastRawMessageErrorKind, RetentionPolicy, Stream};
use async_nats::jetstream::{Context, ErrorCode, kv};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::batch_name::BatchName;
use super::connect::Connection;
use super::contents::Bucket;
use super::error::{self, QueueError};
use super::header::Header;
use super::patience::patiently;
use super::subjects;

/// How the queue is stored, if it does not exist yet.
#[derive(Debug, Clone, Copy)]
pub struct Storage {
    /// The number of servers that keep each message.
    pub replicas: usize,
    /// How long results and contents are kept; `None` means until they are purged.
    pub keep: Option<Duration>,
}

impl Default for Storage {
    fn default() -> Self {
        Self { replicas: 1, keep: None }
    }
}

/// The queue.
#[derive(Clone)]
pub struct Queue {
    pub(super) context: Context,
    pub(super) work: Stream,
    pub(super) results: Stream,
    pub(super) dead: Stream,
    pub(super) batches: kv::Store,
    pub(super) documents: kv::Store,
    pub(super) attempts: kv::Store,
    storage: Storage,
    buckets: Arc<Mutex<HashMap<BatchName, Bucket>>>,
}

const WORK: &str = "MASTHEAD_WORK";
const RESULTS: &str = "MASTHEAD_RESULTS";
const DEAD: &str = "MASTHEAD_DEAD";
const BATCHES: &str = "masthead-batches";
const DOCUMENTS: &str = "masthead-documents";
const ATTEMPTS: &str = "masthead-attempts";
/// How long attempts at documents are remembered.
const REMEMBERED: Duration = Duration::from_secs(7 * 24 * 3600);

impl Queue {
    /// Connects, and creates the streams and buckets that do not exist.
    ///
    /// # Errors
    ///
    /// Returns an error if the server cannot be reached, refuses the client, or cannot store the queue.
    pub async fn open(connection: &Connection, storage: Storage) -> Result<Self, QueueError> {
        let context = connection.open().await?;
        let limited = |name: &str, subjects: &str| stream::Config {
            name: name.to_owned(),
            subjects: vec![subjects.to_owned()],
            max_messages_per_subject: 1,
            max_age: storage.keep.unwrap_or_default(),
            num_replicas: storage.replicas,
            allow_direct: true,
            ..stream::Config::default()
        };
        let work = stream::Config {
            retention: RetentionPolicy::WorkQueue,
            discard: DiscardPolicy::New,
            discard_new_per_subject: true,
            max_age: Duration::ZERO,
            ..limited(WORK, subjects::WORK)
        };
        let stream = async |config: stream::Config| {
            let made = context.get_or_create_stream(&config).await;
            made.map_err(|error| QueueError::of(&format!("the stream {} cannot be created", config.name), &error))
        };
        let bucket = async |name: &str, max_age: Duration| {
            let config = kv::Config {
                bucket: name.to_owned(),
                max_age,
                num_replicas: storage.replicas,
                ..kv::Config::default()
            };
            if let Ok(bucket) = context.get_key_value(name).await {
                return Ok(bucket);
            }
            let made = context.create_key_value(config).await;
            made.map_err(|error| QueueError::of(&format!("the bucket {name} cannot be created"), &error))
        };
        Ok(Self {
            work: stream(work).await?,
            results: stream(limited(RESULTS, subjects::RESULTS)).await?,
            dead: stream(limited(DEAD, subjects::DEAD)).await?,
            batches: bucket(BATCHES, Duration::ZERO).await?,
            documents: bucket(DOCUMENTS, Duration::ZERO).await?,
            attempts: bucket(ATTEMPTS, REMEMBERED).await?,
            context: context.clone(),
            storage,
            buckets: Arc::default(),
        })
    }

    /// Returns the number of servers that keep each message, and how many bytes a message may have.
    pub(super) fn largest_message(&self) -> usize {
        self.context.client().max_payload()
    }

    /// Returns what is common to the documents of a batch; `None` if there is no such batch.
    pub(super) async fn header(&self, batch: &BatchName) -> Result<Option<Header>, QueueError> {
        read(&self.batches, batch.as_str()).await
    }

    /// Stores what is common to the documents of a batch.
    pub(super) async fn set_header(&self, batch: &BatchName, header: &Header) -> Result<(), QueueError> {
        write(&self.batches, batch.as_str(), header).await.map(drop)
    }

    /// Returns the contents of a batch, its sources and its files; creates the bucket if `make` is set.
    pub(super) async fn contents(&self, batch: &BatchName, make: bool) -> Result<Bucket, QueueError> {
        let known = || self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        // One that is to be created may have been removed meanwhile.
        if let Some(bucket) = known().get(batch).filter(|_| !make) {
            return Ok(bucket.clone());
        }
        let name = bucket_of(batch);
        let objects = patiently(|| self.objects(batch, &name, make)).await?;
        let stream = self.context.get_stream_no_info(format!("OBJ_{name}")).await;
        let stream = stream.map_err(|error| QueueError::of("the contents cannot be opened", &error))?;
        let bucket = Bucket { objects, stream, name };
        known().insert(batch.clone(), bucket.clone());
        Ok(bucket)
    }

    async fn objects(&self, batch: &BatchName, name: &str, make: bool) -> Result<ObjectStore, QueueError> {
        let missing = match self.context.get_object_store(name).await {
            Ok(objects) => return Ok(objects),
            Err(error) => error,
        };
        match error::code(&missing) {
            Some(ErrorCode::STREAM_NOT_FOUND) if make => {}
            Some(ErrorCode::STREAM_NOT_FOUND) => {
                return Err(QueueError::lost(format!("the contents of batch {batch} are gone")));
            }
            _ => return Err(QueueError::of(&format!("the contents of batch {batch} cannot be opened"), &missing)),
        }
        let config = object_store::Config {
            bucket: name.to_owned(),
            max_age: self.storage.keep.unwrap_or_default(),
            num_replicas: self.storage.replicas,
            ..object_store::Config::default()
        };
        let made = self.context.create_object_store(config).await;
        made.map_err(|error| QueueError::of(&format!("the bucket of batch {batch} cannot be created"), &error))
    }
}

/// The name of the bucket with the contents of a batch.
pub(super) fn bucket_of(batch: &BatchName) -> String {
    format!("masthead-{batch}")
}

/// Returns a value of a bucket, from the server that certainly knows the last one.
pub(super) async fn read<T: DeserializeOwned>(bucket: &kv::Store, key: &str) -> Result<Option<T>, QueueError> {
    let subject = format!("{}{key}", bucket.prefix);
    let read = patiently(|| async {
        match bucket.stream.get_last_raw_message_by_subject(&subject).await {
            Ok(message) => Ok(Some(message.payload)),
            Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => Ok(None),
            Err(error) => Err(QueueError::of(&format!("{key} cannot be read"), &error)),
        }
    });
    // A value that was removed is empty.
    let Some(bytes) = read.await?.filter(|bytes| !bytes.is_empty()) else { return Ok(None) };
    let value = serde_json::from_slice(&bytes);
    value.map(Some).map_err(|error| QueueError::lost(format!("{key} is of another version of masthead: {error}")))
}

/// Sets a value of a bucket, and returns its revision.
pub(super) async fn write(bucket: &kv::Store, key: &str, value: &impl Serialize) -> Result<u64, QueueError> {
    let bytes =
        serde_json::to_vec(value).map_err(|error| QueueError::batch(error.to_string(), "use names in UTF-8"))?;
    patiently(|| async {
        let put = bucket.put(key, bytes.clone().into()).await;
        put.map_err(|error| QueueError::of(&format!("{key} cannot be stored"), &error))
    })
    .await
}
