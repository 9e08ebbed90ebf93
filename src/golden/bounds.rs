//! What the numbers of `golden.toml` may be.

use serde::de::{Deserialize, Deserializer, Error};

/// Pixels an inch: fewer show no letters, more would fill a disk.
const PPI: std::ops::RangeInclusive<f64> = 18.0..=300.0;

/// Pixels an inch of page images.
pub(super) fn ppi<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    within(f64::deserialize(from)?, PPI, "ppi is from 18 to 300")
}

/// How much may differ.
pub(super) fn amount<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    within(f64::deserialize(from)?, 0.0..=f64::MAX, "a tolerance is a number from 0").map(Some)
}

/// A share of a page.
pub(super) fn share<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    within(f64::deserialize(from)?, 0.0..=1.0, "share is from 0 to 1").map(Some)
}

/// The number of a page.
pub(super) fn page<'de, D: Deserializer<'de>>(from: D) -> Result<usize, D::Error> {
    within(usize::deserialize(from)?, 1..=usize::MAX, "the first page is page 1")
}

fn within<N: PartialOrd, E: Error>(number: N, bounds: std::ops::RangeInclusive<N>, said: &str) -> Result<N, E> {
    if bounds.contains(&number) { Ok(number) } else { Err(E::custom(said)) }
}
