//! The streams and buckets of the queue.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_nats::connection::State;
use async_nats::jetstream::object_store::{self, ObjectStore};
use async_nats::jetstream::stream::{self, DiscardPolicy, LastRawMessageErrorKind, RetentionPolicy, Stream};
use async_nats::jetstream::{Context, ErrorCode, kv};
use futures_util::TryStreamExt;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::batch_name::BatchName;
use super::connect::Connection;
use super::contents::Bucket;
use super::error::{self, QueueError};
use super::header::Header;
use super::patience::patiently;
use super::subjects;

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
    replicas: usize,
    buckets: Arc<Mutex<HashMap<BatchName, Bucket>>>,
}

const WORK: &str = "MASTHEAD_WORK";
const RESULTS: &str = "MASTHEAD_RESULTS";
const DEAD: &str = "MASTHEAD_DEAD";
const BATCHES: &str = "masthead-batches";
const DOCUMENTS: &str = "masthead-documents";
const ATTEMPTS: &str = "masthead-attempts";
/// The beginnings of the names of all streams of the queue.
pub(super) const OWN: [&str; 3] = ["MASTHEAD_", "KV_masthead-", "OBJ_masthead-"];
/// How long attempts at documents are remembered.
const REMEMBERED: Duration = Duration::from_secs(7 * 24 * 3600);

impl Queue {
    /// Connects to the queue; `None` if there is none yet.
    ///
    /// # Errors
    ///
    /// Returns an error if the server cannot be reached, or refuses the client.
    pub async fn open(connection: &Connection) -> Result<Option<Self>, QueueError> {
        let context = connection.open().await?;
        let stream = async |name: &str| match context.get_stream(name).await {
            Ok(stream) => Ok(Some(stream)),
            Err(error) if error::code(&error) == Some(ErrorCode::STREAM_NOT_FOUND) => Ok(None),
            Err(error) => Err(QueueError::of(&format!("the stream {name} cannot be opened"), &error)),
        };
        let bucket = async |name: &str| match context.get_key_value(name).await {
            Ok(bucket) => Ok(Some(bucket)),
            Err(error) if error::code(&error) == Some(ErrorCode::STREAM_NOT_FOUND) => Ok(None),
            Err(error) => Err(QueueError::of(&format!("the bucket {name} cannot be opened"), &error)),
        };
        let streams = (stream(WORK).await?, stream(RESULTS).await?, stream(DEAD).await?);
        let buckets = (bucket(BATCHES).await?, bucket(DOCUMENTS).await?, bucket(ATTEMPTS).await?);
        let (Some(work), Some(results), Some(dead)) = streams else { return Ok(None) };
        let (Some(batches), Some(documents), Some(attempts)) = buckets else { return Ok(None) };
        let replicas = results.cached_info().config.num_replicas;
        let buckets = Arc::default();
        Ok(Some(Self { context, work, results, dead, batches, documents, attempts, replicas, buckets }))
    }

    /// Connects to the queue; without one, an error.
    ///
    /// # Errors
    ///
    /// Returns an error if there is none, or the server cannot be reached, or refuses the client.
    pub async fn existing(connection: &Connection) -> Result<Self, QueueError> {
        let hint = "masthead queue submit creates it; masthead queue status lists its batches";
        let none = || QueueError::batch(format!("there is no queue at {}", connection.shown()), hint);
        Self::open(connection).await?.ok_or_else(none)
    }

    /// Connects, and creates the queue if there is none. With `replicas`, that many servers keep each message of it
    /// from now on; without, it stays as it is, or one server does.
    ///
    /// # Errors
    ///
    /// Returns an error if the server cannot be reached, refuses the client, or cannot store the queue.
    pub async fn create(connection: &Connection, replicas: Option<usize>) -> Result<Self, QueueError> {
        let context = connection.open().await?;
        let before = match context.get_stream(RESULTS).await {
            Ok(stream) => Some(stream.cached_info().config.num_replicas),
            Err(_) => None,
        };
        let number = replicas.or(before).unwrap_or(1);
        let limited = |name: &str, subjects: &str| stream::Config {
            name: name.to_owned(),
            subjects: vec![subjects.to_owned()],
            max_messages_per_subject: 1,
            num_replicas: number,
            allow_direct: true,
            ..stream::Config::default()
        };
        let work = stream::Config {
            retention: RetentionPolicy::WorkQueue,
            discard: DiscardPolicy::New,
            discard_new_per_subject: true,
            ..limited(WORK, subjects::WORK)
        };
        let stream = async |config: stream::Config| {
            let made = context.get_or_create_stream(&config).await;
            made.map_err(|error| QueueError::of(&format!("the stream {} cannot be created", config.name), &error))
        };
        let bucket = async |name: &str, max_age: Duration| {
            let config = kv::Config { bucket: name.to_owned(), max_age, num_replicas: number, ..kv::Config::default() };
            if let Ok(bucket) = context.get_key_value(name).await {
                return Ok(bucket);
            }
            let made = context.create_key_value(config).await;
            made.map_err(|error| QueueError::of(&format!("the bucket {name} cannot be created"), &error))
        };
        let queue = Self {
            work: stream(work).await?,
            results: stream(limited(RESULTS, subjects::RESULTS)).await?,
            dead: stream(limited(DEAD, subjects::DEAD)).await?,
            batches: bucket(BATCHES, Duration::ZERO).await?,
            documents: bucket(DOCUMENTS, Duration::ZERO).await?,
            attempts: bucket(ATTEMPTS, REMEMBERED).await?,
            context: context.clone(),
            replicas: number,
            buckets: Arc::default(),
        };
        if replicas.is_some() {
            queue.replicate(number).await?;
        }
        Ok(queue)
    }

    /// Has so many servers keep each message of all streams and buckets.
    async fn replicate(&self, number: usize) -> Result<(), QueueError> {
        let mut streams = self.context.streams();
        let plain = |error: &_| QueueError::of("the queue cannot be listed", error);
        while let Some(info) = streams.try_next().await.map_err(|error| plain(&error))? {
            let name = &info.config.name;
            if info.config.num_replicas != number && OWN.iter().any(|own| name.starts_with(own)) {
                let config = stream::Config { num_replicas: number, ..info.config.clone() };
                let updated = self.context.update_stream(&config).await;
                updated
                    .map_err(|error| QueueError::of(&format!("the replicas of {name} cannot be changed"), &error))?;
            }
        }
        Ok(())
    }

    /// Returns whether the server can be reached at present.
    pub(super) fn is_connected(&self) -> bool {
        self.context.client().connection_state() == State::Connected
    }

    /// Returns how many bytes a message may have.
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
        let chunk = self.largest_message() / 2;
        let stream = self.context.get_stream_no_info(format!("OBJ_{name}")).await;
        let stream = stream.map_err(|error| QueueError::of("the contents cannot be opened", &error))?;
        let bucket = Bucket { objects, stream, name, chunk };
        known().insert(batch.clone(), bucket.clone());
        Ok(bucket)
    }

    /// Limits how long the contents of a batch are kept.
    pub(super) async fn limit(&self, batch: &BatchName, keep: Duration) -> Result<(), QueueError> {
        let cannot = |error: &(dyn std::error::Error + 'static)| {
            QueueError::of(&format!("the contents of batch {batch} cannot be limited"), error)
        };
        let stream = self.context.get_stream(format!("OBJ_{}", bucket_of(batch))).await;
        let config = stream.map_err(|error| cannot(&error))?.cached_info().config.clone();
        if config.max_age != keep {
            let config = stream::Config { max_age: keep, ..config };
            self.context.update_stream(&config).await.map_err(|error| cannot(&error))?;
        }
        Ok(())
    }

    /// Closes the contents of a batch, which are removed.
    pub(super) fn close(&self, batch: &BatchName) {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner).remove(batch);
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
            num_replicas: self.replicas,
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
