//! Numbers in English words or with an ending: "seventy-seventh", "103rd".

const ONES: [&str; 20] = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const FIRST: [&str; 20] = [
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
const TENS: [&str; 10] = ["", "", "twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"];

/// Returns 77 for "seventy-seventh", 101 for "hundred and first", in any case.
pub fn ordinal(words: &str) -> Option<u32> {
    let words = words.to_ascii_lowercase();
    if let Some(rest) = words.strip_prefix("one hundred and ").or_else(|| words.strip_prefix("hundred and ")) {
        return below_hundred(rest).map(|number| 100 + number);
    }
    if words == "hundredth" || words == "one hundredth" { Some(100) } else { below_hundred(&words) }
}

fn below_hundred(words: &str) -> Option<u32> {
    let place = |list: &[&str], word: &str| list.iter().position(|known| *known == word && !word.is_empty());
    let number = if let Some(ones) = place(&FIRST, words) {
        ones
    } else if let Some(tens) = words.strip_suffix("ieth") {
        10 * place(&TENS, tens)?
    } else {
        let (tens, ones) = words.split_once("y-")?;
        10 * place(&TENS, tens)? + place(&FIRST, ones).filter(|ones| *ones < 10)?
    };
    u32::try_from(number).ok()
}

/// Returns "seventy-seventh" for 77, up to 199.
pub fn in_words(number: u32) -> Option<String> {
    let number = usize::try_from(number).ok()?;
    let below = |number: usize| match (number / 10, number % 10) {
        (0 | 1, _) => FIRST[number].to_owned(),
        (tens, 0) => format!("{}ieth", TENS[tens]),
        (tens, ones) => format!("{}y-{}", TENS[tens], FIRST[ones]),
    };
    match number {
        1..100 => Some(below(number)),
        100 => Some("hundredth".into()),
        101..200 => Some(format!("hundred and {}", below(number - 100))),
        _ => None,
    }
}

/// Returns "seven" for 7, up to nineteen.
pub fn cardinal(number: usize) -> Option<&'static str> {
    ONES.get(number).copied().filter(|word| !word.is_empty())
}

/// Returns the ending of an English ordinal in digits: "rd" for 103.
pub fn ending(number: u64) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_are_the_same() {
        for number in 1..200 {
            assert_eq!(ordinal(&in_words(number).unwrap()), Some(number));
        }
        assert_eq!(ordinal("Seventy-seventh"), Some(77));
        assert_eq!(ordinal("One hundred and first"), Some(101));
        for wrong in ["", "seventy", "seventy-tenth", "the", "ieth"] {
            assert_eq!(ordinal(wrong), None, "{wrong}");
        }
        assert_eq!((ending(1), ending(11), ending(103), ending(9462)), ("st", "th", "rd", "nd"));
        assert_eq!((cardinal(7), cardinal(0), cardinal(20)), (Some("seven"), None, None));
    }
}
