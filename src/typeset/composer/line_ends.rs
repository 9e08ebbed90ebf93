//! Where lines end: Word's full justification.
//!
//! A line takes words as long as they fit. The first that does not is still taken if the
//! spaces of the line can be compressed for it, by a quarter at most, and if that moves a
//! space by no more than half of what leaving the word out would stretch it
//! (docs/line-breaking.md).

use std::ops::Range;

use super::spacing::{closes, opens};
use crate::typeset::long_words::ideographic;

/// A measured paragraph: characters, their advances in points, and its widths.
pub(super) struct Measured<'m> {
    pub chars: &'m [char],
    pub advances: &'m [f64],
    /// The addition to every advance; after the last character of a line it hangs.
    pub tracking: f64,
    /// The width of the first line, from the start of its text.
    pub first: f64,
    /// The width of the other lines.
    pub others: f64,
    /// Whether spaces are compressed: those of footnotes are not.
    pub compressed: bool,
    /// Whether punctuation may stand beyond the end of a line, as in Chinese.
    pub hangs: bool,
}

/// A line end: the characters that end with it: spaces, or none after a hyphen.
pub(super) type LineEnd = Range<usize>;

/// The line ends of a paragraph.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LineEnds {
    /// Every line end except that of the last line.
    pub ends: Vec<LineEnd>,
    /// The lines, from 0, whose last character stands beyond their end.
    pub hanging: Vec<usize>,
    /// Whether the last line is compressed, or its last character stands beyond its end.
    pub last_compressed: bool,
}

/// A possible line end: after `end`, the next line beginning at `next`.
#[derive(Clone, Copy)]
pub(in crate::typeset) struct Opportunity {
    pub end: usize,
    pub next: usize,
}

/// The words of a line so far.
#[derive(Clone, Copy)]
struct Taken {
    end: Opportunity,
    /// The natural width.
    width: f64,
    /// The natural width of its spaces.
    spaces: f64,
}

/// The limits for compressing spaces.
#[derive(Clone, Copy)]
struct Limits {
    /// In parts of their natural width.
    compression: f64,
    /// In parts of the stretching without the word.
    preference: f64,
}

/// Word's own limits.
const USUAL: Limits = Limits { compression: 0.25, preference: 0.5 };
/// The limits if this saves a last line of one short word: typists tighten such paragraphs.
const TIGHT: Limits = Limits { compression: 0.30, preference: 0.6 };
/// The longest last line that is saved, in characters.
const LONE_WORD: usize = 6;

/// Returns the line ends of a paragraph.
pub(super) fn line_ends(paragraph: &Measured) -> LineEnds {
    let usual = lines_within(paragraph, USUAL);
    let last = usual.ends.last().map_or(0, |end| end.end);
    if usual.ends.is_empty() || paragraph.chars.len() - last > LONE_WORD {
        return usual;
    }
    let tight = lines_within(paragraph, TIGHT);
    if tight.ends.len() < usual.ends.len() { tight } else { usual }
}

fn lines_within(paragraph: &Measured, limits: Limits) -> LineEnds {
    let mut lines = LineEnds::default();
    let mut measure = paragraph.first + paragraph.tracking;
    let (mut start, mut at) = (0, 0);
    let mut taken: Option<Taken> = None;
    let (mut width, mut spaces) = (0.0, 0.0);
    while at < paragraph.chars.len() {
        let here = next_opportunity(paragraph.chars, at);
        let sum = |range: Range<usize>| paragraph.advances[range].iter().sum::<f64>();
        let fixed = (at..here.end).filter(|index| matches!(paragraph.chars[*index], ' ' | '\u{a0}'));
        let with = Taken {
            end: here,
            width: width + sum(at..here.end),
            spaces: spaces + fixed.map(|index| paragraph.advances[index]).sum::<f64>(),
        };
        let hangs = paragraph.hangs && with.width > measure && hangs(paragraph, here.end, with.width, measure);
        if with.width <= measure || hangs || (paragraph.compressed && compresses(with, taken, measure, limits)) {
            lines.last_compressed = with.width > measure;
            if hangs {
                lines.hanging.push(lines.ends.len());
            }
            taken = Some(with);
            let gap = sum(here.end..here.next);
            (width, spaces) = (with.width + gap, with.spaces + gap);
            at = here.next;
            continue;
        }
        let end = taken.map_or_else(|| overlong(paragraph, start, measure), |taken| taken.end.end..taken.end.next);
        start = end.end;
        at = start;
        lines.ends.push(end);
        lines.last_compressed = false;
        (width, spaces, taken) = (0.0, 0.0, None);
        measure = paragraph.others + paragraph.tracking;
    }
    lines
}

/// Whether what does not fit is one sign of punctuation, for which lines have room beyond their end (measured:
/// ST/SPACE/61/Rev.3, 17 lines).
fn hangs(paragraph: &Measured, end: usize, width: f64, measure: f64) -> bool {
    const HANGING: &str = "，。、；：";
    let last = end.checked_sub(1).filter(|last| HANGING.contains(paragraph.chars[*last]));
    last.is_some_and(|last| width - paragraph.advances[last] <= measure)
}

/// Returns whether a line is compressed for a word that does not fit.
fn compresses(with: Taken, without: Option<Taken>, measure: f64, limits: Limits) -> bool {
    let Some(without) = without.filter(|without| without.spaces > 0.0) else {
        return false;
    };
    let compression = (with.width - measure) / with.spaces;
    let stretching = (measure - without.width) / without.spaces;
    compression <= limits.compression && compression <= limits.preference * stretching
}

/// Returns the next possible line end.
pub(in crate::typeset) fn next_opportunity(chars: &[char], from: usize) -> Opportunity {
    let mut at = from;
    while at < chars.len() {
        if chars[at] == ' ' && !numbers(chars, at) {
            let next = chars[at..].iter().position(|c| *c != ' ').map_or(chars.len(), |n| at + n);
            return Opportunity { end: at, next };
        }
        at += 1;
        if at < chars.len() && breaks_after(chars, at - 1, from) {
            return Opportunity { end: at, next: at };
        }
    }
    Opportunity { end: at, next: at }
}

/// Stands for the characters of a raised mark among Chinese ones: it begins no line.
pub(in crate::typeset) const MARK: char = '\u{fffc}';

/// The words behind which no line ends before a number (measured: of over 400 such places in 72 documents none is a
/// line end, while resolution 70/1 is divided as often as any other words). Authors type a no-break space, which not
/// every source has kept.
const NUMBERED: [&str; 14] = [
    "para.",
    "paras.",
    "paragraph",
    "No.",
    "Nos.",
    "vol.",
    "vols.",
    "chap.",
    "chaps.",
    "sect.",
    "sects.",
    "annex",
    "art.",
    "arts.",
];

/// Whether the space at a place stands between such a word and a number.
fn numbers(chars: &[char], at: usize) -> bool {
    const LONGEST: usize = 9;
    let numeral = |c: &char| c.is_ascii_digit() || "IVX".contains(*c);
    if !chars.get(at + 1).is_some_and(numeral) {
        return false;
    }
    let from = at.saturating_sub(LONGEST + 1);
    let begins = chars[from..at]
        .iter()
        .rposition(|c| !(c.is_alphabetic() || *c == '.'))
        .map_or(from, |before| from + before + 1);
    let word = &chars[begins..at];
    NUMBERED.iter().any(|known| known.chars().eq(word.iter().copied()))
}

/// Whether a line may end between a character and the next because one of them is Chinese: not after a sign that
/// opens, nor before one that closes, nor within a dash or an ellipsis.
fn parted(one: char, next: char) -> bool {
    (ideographic(one) || ideographic(next))
        && !opens(one)
        && !closes(next)
        && !matches!(one, '(' | '\u{a0}' | '\u{2060}')
        && !matches!(next, ')' | '%' | '·' | '—' | '…' | ' ' | '\u{a0}' | '\u{2060}' | '\u{200b}' | MARK)
}

/// Returns whether a line may end after the character at `at` of a word that begins at `from`: between Chinese
/// characters, and after hyphens and dashes, but not before a figure (COVID-19), nor after a prefix of up to three
/// letters (Non-, co-).
fn breaks_after(chars: &[char], at: usize, from: usize) -> bool {
    const SHORTEST: usize = 3;
    let next = chars[at + 1];
    if parted(chars[at], next) {
        return true;
    }
    match chars[at] {
        _ if at == from => false,
        '\u{200b}' => true,
        '-' => {
            let letters = |range: Range<usize>| chars[range].iter().filter(|c| c.is_alphanumeric()).count();
            next.is_alphabetic() && letters(word_start(chars, at)..at) > SHORTEST
        }
        '\u{2013}' | '\u{2014}' => !matches!(next, ' ' | '\u{a0}' | '-' | '\u{2013}' | '\u{2014}'),
        _ => false,
    }
}

/// Returns the start of the word that contains the character at `at`.
fn word_start(chars: &[char], at: usize) -> usize {
    const FARTHEST: usize = 40;
    let from = at.saturating_sub(FARTHEST);
    let blank = |c: &char| matches!(c, ' ' | '\u{a0}' | '\u{2013}' | '\u{2014}');
    chars[from..at].iter().rposition(blank).map_or(from, |blank| from + blank + 1)
}

/// Returns where to cut a word that is longer than a line: at the end of the line, but
/// after at least one character.
fn overlong(paragraph: &Measured, start: usize, measure: f64) -> LineEnd {
    let mut width = 0.0;
    for (index, advance) in paragraph.advances[start..].iter().enumerate() {
        width += advance;
        if width > measure && index > 0 {
            return start + index..start + index;
        }
    }
    let end = paragraph.chars.len();
    end..end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a text whose characters are all 1 wide, its spaces too.
    fn lines(text: &str, measure: f64) -> (Vec<String>, bool) {
        let chars: Vec<char> = text.chars().collect();
        let advances = vec![1.0; chars.len()];
        let measured = Measured {
            chars: &chars,
            advances: &advances,
            tracking: 0.0,
            first: measure,
            others: measure,
            compressed: true,
            hangs: true,
        };
        let found = line_ends(&measured);
        let mut start = 0;
        let mut lines = Vec::new();
        for end in found.ends.iter().cloned().chain(std::iter::once(chars.len()..chars.len())) {
            lines.push(chars[start..end.start].iter().collect());
            start = end.end;
        }
        (lines, found.last_compressed)
    }

    #[test]
    fn words_that_fit_are_taken() {
        assert_eq!(lines("aa bb cc dd", 8.0), (vec!["aa bb cc".into(), "dd".into()], false));
    }

    #[test]
    fn a_line_is_compressed_for_a_word_that_nearly_fits() {
        // 1 over, on 5 spaces: 0.2; without "gggg" 4 spaces would stretch by 4 / 4.
        let text = "aa bb cc dd ee gggg hh";
        assert_eq!(lines(text, 18.0).0, ["aa bb cc dd ee gggg", "hh"]);
        // 2 over: 0.4 is more than a quarter.
        assert_eq!(lines(text, 17.0).0, ["aa bb cc dd ee", "gggg hh"]);
        assert_eq!(lines("aa bb cc dd ee gggg", 18.0), (vec!["aa bb cc dd ee gggg".into()], true));
    }

    #[test]
    fn hyphens_dashes_and_no_break_spaces() {
        assert_eq!(lines("aaaa bbbb-cccc", 10.0).0, ["aaaa bbbb-", "cccc"]);
        assert_eq!(lines("aaaa non-cccc", 10.0).0, ["aaaa", "non-cccc"]);
        assert_eq!(lines("aaaa COVID-19", 11.0).0, ["aaaa", "COVID-19"]);
        assert_eq!(lines("aaaa 2023\u{2013}2026", 10.0).0, ["aaaa 2023\u{2013}", "2026"]);
        assert_eq!(lines("aaaa 15\u{a0}May", 8.0).0, ["aaaa", "15\u{a0}May"]);
    }

    #[test]
    fn numbers_stay_with_what_they_number() {
        assert_eq!(lines("aaaa (paras. 15 and 16", 13.0).0, ["aaaa", "(paras. 15", "and 16"]);
        assert_eq!(lines("aaaa annex II bb", 10.0).0, ["aaaa", "annex II", "bb"]);
        assert_eq!(lines("aaaa resolution 15", 16.0).0, ["aaaa resolution", "15"]);
        assert_eq!(lines("aaaaa para. of 15", 12.0).0, ["aaaaa para.", "of 15"]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut() {
        assert_eq!(lines("aaaaaaaaaa", 4.0).0, ["aaaa", "aaaa", "aa"]);
        assert_eq!(lines("b aaaaaaaaaa", 4.0).0, ["b", "aaaa", "aaaa", "aa"]);
    }

    #[test]
    fn chinese_lines_end_between_characters_and_their_punctuation_hangs() {
        assert_eq!(lines("一二三四五六", 4.0).0, ["一二三四", "五六"]);
        assert_eq!(lines("一二三，四五六七", 3.0).0, ["一二三，", "四五六", "七"]);
        assert_eq!(lines("一二三》四五", 3.0).0, ["一二", "三》四", "五"]);
        assert_eq!(lines("一二“三四五", 3.0).0, ["一二", "“三四", "五"]);
        assert_eq!(lines("一二United三四", 7.0).0, ["一二", "United三", "四"]);
        assert_eq!(lines("一二三——四", 4.0).0, ["一二", "三——四"]);
        assert_eq!(lines("一二三。", 3.0), (vec!["一二三。".into()], true));
    }
}
