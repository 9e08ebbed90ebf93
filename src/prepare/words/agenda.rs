//! Turns agenda items such as "127 (s)" or "13 and 72" into the line that the language prints.

use std::sync::LazyLock;

use regex::Regex;

use super::{Words, fill, listed};
use crate::model::words::Agenda;
use crate::prepare::designation::SUFFIXES;

/// Matches a number with an optional letter, each with an optional Latin suffix: 127, 127 (s), 127 s), 127 bis,
/// 127 (s ter).
static ITEM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let suffixed = |of: &str| format!(r"{of}(?:[ \x{{a0}}](?:{SUFFIXES}))?");
    let (number, letter) = (suffixed("[0-9]+"), suffixed(r"\p{L}{1,2}"));
    Regex::new(&format!(r"^({number})(?:[ \x{{a0}}]?\(?({letter})\))?$")).ok()
});

/// Matches what separates two items in any language.
static BETWEEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r" ?[,、،] ?| (?:and|et|y|e|ed|и|und|و) ?|和").ok());

impl Words {
    /// Returns "Agenda item 127 (s)" for `127 (s)`, given in the form of any language; an item
    /// in another form is put after "Agenda item" as it is.
    pub fn agenda_line(&self, text: &str) -> String {
        self.agenda_items(&self.items(text).unwrap_or_else(|| vec![text.to_owned()]))
    }

    /// Returns the line of several items, each in the form of the language.
    pub(crate) fn agenda_items(&self, items: &[String]) -> String {
        let Agenda { one, two, several, comma, and, .. } = &self.agenda;
        let pattern = match items.len() {
            1 => one,
            2 => two.as_ref().unwrap_or(several),
            _ => several,
        };
        fill(pattern, &listed(items, comma, and))
    }

    fn items(&self, text: &str) -> Option<Vec<String>> {
        let (item, between) = (ITEM.as_ref()?, BETWEEN.as_ref()?);
        let one = |text| {
            let found = item.captures(text)?;
            let number = found.get(1)?.as_str();
            Some(match found.get(2) {
                Some(letter) => self.lettered_item(number, letter.as_str()),
                None => number.to_owned(),
            })
        };
        // A house's own word for “and”.
        let and = &self.agenda.and;
        let apart = and.starts_with(' ') && and.ends_with(' ');
        let text = if apart { text.replace(and.as_str(), ", ") } else { text.to_owned() };
        between.split(text.trim()).map(one).collect()
    }

    /// Returns "127 (s)", from number and letter, which may be the Latin one.
    fn lettered_item(&self, number: &str, letter: &str) -> String {
        // Its suffix stays Latin.
        let (letter, suffix) = letter.split_at(letter.find([' ', '\u{a0}']).unwrap_or(letter.len()));
        let own = match letter.as_bytes() {
            [latin @ b'a'..=b'z'] => self.letters.get(usize::from(latin - b'a')),
            _ => None,
        };
        let letter = own.map_or(letter, String::as_str);
        self.agenda.lettered.replace("{number}", number).replace("{letter}", &format!("{letter}{suffix}"))
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Language;
    use crate::prepare::words::words;

    #[test]
    fn one_item_or_several() {
        for (language, one, lettered, two) in [
            (Language::En, "Agenda item 24", "Agenda item 127 (s)", "Agenda items 7 and 141"),
            (
                Language::Fr,
                "Point 24 de l’ordre du jour",
                "Point 127_s) de l’ordre du jour",
                "Points 7 et 141 de l’ordre du jour",
            ),
            (Language::Es, "Tema 24_del programa", "Tema 127_s)_del programa", "Temas 7 y 141_del programa"),
            (Language::Ru, "Пункт 24 повестки дня", "Пункт 127 s) повестки дня", "Пункты 7 и 141 повестки дня"),
            (Language::De, "Tagesordnungspunkt 24", "Tagesordnungspunkt 127_s)", "Tagesordnungspunkte 7 und 141"),
            (Language::Zh, "议程项目24", "议程项目127(s)", "议程项目7和141"),
            (Language::Ar, "البند 24 من جدول الأعمال", "البند 127 (ق) من جدول الأعمال", "البندان 7 و 141 من جدول الأعمال"),
        ] {
            let line = |text| words(language).agenda_line(text).replace('\u{a0}', "_");
            assert_eq!(line("24"), one);
            for form in ["127 (s)", "127(s)", "127 s)", "127\u{a0}s)"] {
                assert_eq!(line(form), lettered);
            }
            for form in ["7 and 141", "7 et 141", "7 und 141", "7和141", "7 و 141", "7, 141"] {
                assert_eq!(line(form), two);
            }
        }
        let mut own = words(Language::En).clone();
        (own.agenda.several, own.agenda.and) = ("Agendapunten {}".into(), " of ".into());
        assert_eq!(own.agenda_line("7 of 141"), "Agendapunten 7 of 141");
        assert_eq!(own.agenda_line("7, 9 (a) of 141"), "Agendapunten 7, 9 (a) of 141");
        assert_eq!(own.agenda_line("7 or 141"), "Agenda item 7 or 141");
        let arabic = words(Language::Ar);
        assert_eq!(arabic.agenda_line("127 (ق)"), arabic.agenda_line("127 (s)"));
        assert_eq!(words(Language::En).agenda_line("7[^1]"), "Agenda item 7[^1]");
        assert_eq!(words(Language::En).agenda_line("7 bis and 9 (s ter)"), "Agenda items 7 bis and 9 (s ter)");
        assert_eq!(words(Language::Fr).agenda_line("9 (s ter)"), "Point 9\u{a0}s ter) de l’ordre du jour");
        assert_eq!(arabic.agenda_line("9 (s ter)"), "البند 9 (ق ter) من جدول الأعمال");
    }
}
