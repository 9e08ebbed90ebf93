//! The memory that requests and answers may take while they are held.

use std::sync::Arc;

use axum::body::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The memory for bodies of requests and answers, and for messages to workers; a permit is a byte.
#[derive(Clone)]
pub struct Buffers(Arc<Semaphore>);

/// A share of it, until this is dropped.
pub type Held = OwnedSemaphorePermit;

impl Buffers {
    /// Creates room for that many bytes.
    pub fn new(bytes: usize) -> Self {
        Self(Arc::new(Semaphore::new(bytes.min(Semaphore::MAX_PERMITS))))
    }

    /// Takes room for bytes, or returns `None` if there is too little at present.
    pub fn take(&self, bytes: usize) -> Option<Held> {
        let bytes = u32::try_from(bytes).ok()?;
        self.0.clone().try_acquire_many_owned(bytes).ok()
    }

    /// Returns bytes whose room is free again when they have been sent; `None` if there is too little at present.
    pub fn keep(&self, bytes: Vec<u8>) -> Option<Bytes> {
        let held = self.take(bytes.len())?;
        Some(Bytes::from_owner(Kept { bytes, _held: held }))
    }
}

struct Kept {
    bytes: Vec<u8>,
    _held: Held,
}

impl AsRef<[u8]> for Kept {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_free_again_when_bytes_have_been_sent() {
        let buffers = Buffers::new(10);
        let kept = buffers.keep(vec![0; 8]).unwrap();
        let part = kept.slice(2..4);
        drop(kept);
        assert!(buffers.take(3).is_none());
        drop(part);
        let mut held = buffers.take(3).unwrap();
        held.merge(buffers.take(7).unwrap());
        assert!(buffers.take(1).is_none());
        drop(held);
        assert!(buffers.take(10).is_some());
    }
}
