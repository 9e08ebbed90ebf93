//! The parts of masthead that serve others: [`serve`], the HTTP server of `masthead serve` and `masthead watch`, and
//! [`queue`], batches on any number of machines.
//!
//! Both give each document to a process of its own, so that a document that exceeds its limits costs one answer.

// What only the queue uses is within the others' reach.
#![cfg_attr(not(feature = "queue"), allow(dead_code, unused_imports))]

#[cfg(feature = "queue")]
pub mod queue;
pub mod serve;
