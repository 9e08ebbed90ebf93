//! The edition of the official template, by the date of a document.

use crate::model::{Date, Edition};

/// When an edition came into use (year, month, day), and whether only for texts that the
/// General Assembly has adopted (measured: 63 documents of 2023–2025).
const EDITIONS: [(Edition, (i32, u8, u8), bool); 2] =
    [(Edition::Of2025, (2025, 6, 10), false), (Edition::Adopted2025, (2025, 7, 29), true)];

/// Returns the latest edition on that day, or the earliest if there is no date.
pub(super) fn edition(date: Option<Date>, adopted: bool) -> Edition {
    let day = date.map(|date| (date.year(), date.month(), date.day()));
    let in_use = |(_, from, only_adopted): &&(Edition, (i32, u8, u8), bool)| {
        day.is_some_and(|day| day >= *from) && (adopted || !only_adopted)
    };
    EDITIONS.iter().rfind(in_use).map_or(Edition::Of2023, |(edition, ..)| *edition)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_date_and_kind() {
        let on = |date: &str, adopted| edition(date.parse().ok(), adopted);
        assert_eq!(on("2025-06-09", false), Edition::Of2023);
        assert_eq!(on("2025-06-10", true), Edition::Of2025);
        assert_eq!(on("2025-10-01", false), Edition::Of2025);
        assert_eq!(on("2025-10-01", true), Edition::Adopted2025);
        assert_eq!(edition(None, true), Edition::Of2023);
    }
}
