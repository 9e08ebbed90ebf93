//! The language of a text.

use crate::model::Language;
use crate::read::{OF_SCRIPT, letters_of_scripts};

/// Frequent words that others of these languages do not have.
const FREQUENT: [(Language, &[&str]); 6] = [
    (Language::En, &["the", "of", "and", "its", "with"]),
    (Language::Fr, &["le", "les", "des", "et", "du", "aux", "dans"]),
    (Language::Es, &["el", "los", "las", "y", "del", "que", "con"]),
    (Language::De, &["der", "die", "und", "den", "von", "zu", "mit"]),
    (Language::Pt, &["os", "do", "dos", "das", "em", "uma", "não", "ao", "pelo", "pela"]),
    (Language::It, &["il", "gli", "di", "che", "della", "delle", "dei", "degli", "alla", "nella", "è"]),
];

/// Returns the language of texts: by their script, and of Latin ones by their words.
pub(in super::super) fn language(texts: &[String]) -> Language {
    let letters = letters_of_scripts(texts.iter().map(String::as_str));
    let most = (0..letters.len()).rev().max_by_key(|script| letters[*script]).unwrap_or_default();
    if most > 0 && letters[most] > 0 {
        return OF_SCRIPT[most];
    }
    let words = texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphabetic()));
    let mut counts = [0; FREQUENT.len()];
    for word in words.map(str::to_lowercase) {
        for (count, (_, known)) in counts.iter_mut().zip(FREQUENT) {
            *count += usize::from(known.contains(&word.as_str()));
        }
    }
    // Of equally many, the first.
    let best = (0..counts.len()).rev().max_by_key(|index| counts[*index]).unwrap_or_default();
    FREQUENT[best].0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_recognised() {
        for (text, wanted) in [
            ("The tide of the sea and its coast", Language::En),
            ("Les marées et les côtes du monde", Language::Fr),
            ("Las mareas y los mares del mundo", Language::Es),
            ("Die Gezeiten und der Mond", Language::De),
            ("As marés do mundo e os seus mares, que a Assembleia observa em conjunto", Language::Pt),
            ("Le maree del mondo e i mari che l’Assemblea osserva con gli Stati della costa", Language::It),
            ("Приливы и отливы", Language::Ru),
            ("潮汐", Language::Zh),
            ("المد والجزر", Language::Ar),
            ("", Language::En),
        ] {
            assert_eq!(language(&[text.to_owned()]), wanted, "{text}");
        }
    }
}
