//! Reads the documents of a submission, on all processors.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use tokio::sync::mpsc;

use super::entry::Entry;
use crate::batch::{Batch, Contents, Made, Order, PlannedDocument};
use crate::digest::sha256_of_list;

/// A document that was read.
pub struct Gathered {
    /// Its name within the batch.
    pub id: String,
    /// What is stored about it.
    pub entry: Entry,
    /// What to render, or why it cannot be.
    pub order: Result<Order, Made>,
    /// The contents that the order names.
    pub contents: Contents,
}

/// Reads documents, and passes them on as they are read, until nobody takes them.
pub fn gather(
    batch: &Batch,
    fingerprint: &str,
    documents: &[PlannedDocument],
    to: &mpsc::Sender<Gathered>,
) -> Result<(), String> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(batch.jobs).stack_size(crate::stack::ENOUGH).build();
    let pool = pool.map_err(|error| format!("cannot start {} threads: {error}", batch.jobs))?;
    let taken = AtomicBool::new(true);
    pool.install(|| {
        documents.par_iter().for_each(|planned| {
            if taken.load(Ordering::Relaxed) && !batch.stop.load(Ordering::Relaxed) {
                let sent = to.blocking_send(gathered(batch, fingerprint, planned));
                taken.fetch_and(sent.is_ok(), Ordering::Relaxed);
            }
        });
    });
    Ok(())
}

fn gathered(batch: &Batch, fingerprint: &str, planned: &PlannedDocument) -> Gathered {
    let mut contents = Contents::new();
    let order = batch.order(&planned.input, &mut contents);
    let key = match &order {
        Ok(order) => order.key(fingerprint),
        Err(made) => sha256_of_list([serde_json::to_vec(made).unwrap_or_default()]),
    };
    let entry = Entry {
        index: planned.index,
        key,
        input: planned.input.clone(),
        output: planned.output.clone().map_err(|reason| (&*reason).into()),
        source: order.as_ref().ok().map(|order| order.source.clone()),
    };
    Gathered { id: Entry::id(&planned.input), entry, order, contents }
}
