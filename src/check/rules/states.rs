//! The official names of Member States and observers, in their order (`states.tsv`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::check::steps;

static TABLE: &str = include_str!("states.tsv");

/// The status of a name among the names of States.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// An official name, with its index in the list.
    Official(usize),
    /// A form that is not used, with the index of the official one.
    Unused(usize),
}

pub(super) struct States {
    /// The official names, in order.
    pub names: Vec<&'static str>,
    known: FxHashMap<&'static str, Name>,
}

pub(super) static STATES: LazyLock<States> = LazyLock::new(|| {
    let mut states = States { names: Vec::new(), known: FxHashMap::default() };
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let name = columns.next().unwrap_or_default();
        let place = states.names.len();
        states.names.push(name);
        states.known.insert(name, Name::Official(place));
        for (column, what) in columns.zip([Name::Official(place), Name::Unused(place)]) {
            for form in column.split(';').filter(|form| !form.is_empty()) {
                states.known.insert(form, what);
            }
        }
    }
    states
});

/// Whether a text is the name of a State, in a form that is in use or was.
pub(crate) fn is_state(name: &str) -> bool {
    STATES.of(name).is_some()
}

impl States {
    /// Returns the status of a name, or `None` if no State has it.
    pub fn of(&self, name: &str) -> Option<Name> {
        self.known.get(name).copied()
    }

    /// Returns the official name most similar to a misspelt one, if any is close.
    pub fn nearest(&self, name: &str) -> Option<&'static str> {
        const LONGEST: usize = 80;
        const NEAR: f64 = 0.8;
        if name.len() > LONGEST {
            return None;
        }
        let lengths = |known: &&&str| {
            let (a, b) = (known.chars().count(), name.chars().count());
            a.abs_diff(b) as f64 <= (1.0 - NEAR) * a.max(b) as f64
        };
        steps::take(self.names.len());
        let close = |known: &&str| strsim::normalized_damerau_levenshtein(&known.to_lowercase(), &name.to_lowercase());
        let best = self.names.iter().filter(lengths).copied().max_by(|a, b| close(a).total_cmp(&close(b)))?;
        (close(&best) >= NEAR).then_some(best)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_complete_and_sorted() {
        // 193 Member States, the Holy See, the State of Palestine and the European Union.
        assert_eq!(STATES.names.len(), 196);
        let plain =
            |name: &str| name.to_lowercase().replace('ô', "o").replace('ü', "u").replace(['’', '(', ')', '-'], "");
        for pair in STATES.names.windows(2) {
            assert!(plain(pair[0]) < plain(pair[1]), "{} before {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn names_are_known_misspelt_or_none() {
        let place = |name: &str| STATES.names.iter().position(|known| *known == name).unwrap();
        assert_eq!(STATES.of("Chad"), Some(Name::Official(place("Chad"))));
        assert_eq!(STATES.of("Bahamas (The)"), Some(Name::Official(place("Bahamas"))));
        assert_eq!(STATES.of("Turkey"), Some(Name::Unused(place("Türkiye"))));
        assert_eq!(STATES.nearest("Azerbajan"), Some("Azerbaijan"));
        assert_eq!(STATES.nearest("Atlantis"), None);
    }
}
