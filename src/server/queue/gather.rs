//! Reads the documents of a submission, on all processors.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use masthead::batch::{Batch, Contents, Emblems, Made, Order, PlannedDocument, Stamps};
use masthead::digest::sha256_of_list;
use rayon::prelude::*;
use tokio::sync::mpsc;

use super::entry::Entry;
use super::memory::{Memory, Remembered};

/// A document that was read, or has not changed since.
pub struct Gathered {
    /// Its name within the batch.
    pub id: String,
    /// What is stored about it.
    pub entry: Entry,
    /// What to render, or why it cannot be; `None` if it has not changed, and the queue has it.
    pub order: Option<Result<Order, Made>>,
    /// The contents that the order names.
    pub contents: Contents,
    /// Their names.
    pub named: Vec<String>,
}

/// Returns whether the queue has a version of a document, with all contents of these names.
pub type HasAll<'g> = &'g (dyn Fn(&str, &Entry, &[String]) -> bool + Sync);

/// Reads documents, and passes them on as they are read, until nobody takes them.
pub fn gather(
    (batch, fingerprint): (&Batch, &str),
    documents: &[PlannedDocument],
    (memory, has_all): (&Memory, HasAll),
    to: &mpsc::Sender<Gathered>,
) -> Result<(), String> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(batch.jobs).stack_size(masthead::STACK_SIZE).build();
    let pool = pool.map_err(|error| format!("cannot start {} threads: {error}", batch.jobs))?;
    let (taken, emblems) = (AtomicBool::new(true), Emblems::of(batch));
    pool.install(|| {
        documents.par_iter().for_each(|planned| {
            if taken.load(Ordering::Relaxed) && !batch.stop.load(Ordering::Relaxed) {
                let id = Entry::id(&planned.input);
                let unchanged = unchanged(&id, planned, (memory, has_all));
                let gathered =
                    unchanged.unwrap_or_else(|| gathered((batch, &emblems), fingerprint, (id, planned), memory));
                taken.fetch_and(to.blocking_send(gathered).is_ok(), Ordering::Relaxed);
            }
        });
    });
    Ok(())
}

fn unchanged(id: &str, planned: &PlannedDocument, (memory, has_all): (&Memory, HasAll)) -> Option<Gathered> {
    let Remembered { stamps, entry, named } = memory.unchanged(id, planned)?;
    let entry = Entry::of(planned, entry.key, entry.source);
    if !has_all(id, &entry, &named) {
        return None;
    }
    memory.set(id, Some(Remembered { stamps, entry: entry.clone(), named: named.clone() }));
    Some(Gathered { id: id.to_owned(), entry, order: None, contents: Contents::new(), named })
}

fn gathered(
    (batch, emblems): (&Batch, &Emblems),
    fingerprint: &str,
    (id, planned): (String, &PlannedDocument),
    memory: &Memory,
) -> Gathered {
    let begun = SystemTime::now();
    let mut contents = Contents::new();
    let order = batch.order(&planned.input, emblems, &mut contents);
    let key = match &order {
        Ok(order) => order.key(fingerprint),
        Err(made) => sha256_of_list([serde_json::to_vec(made).unwrap_or_default()]),
    };
    let entry = Entry::of(planned, key, order.as_ref().ok().map(|order| order.source.clone()));
    let named: Vec<String> = order.iter().flat_map(Order::contents).cloned().collect();
    let stamps = order.as_ref().ok().and_then(|order| Stamps::of(&planned.input, order, begun));
    memory.set(&id, stamps.map(|stamps| Remembered { stamps, entry: entry.clone(), named: named.clone() }));
    Gathered { id, entry, order: Some(order), contents, named }
}
