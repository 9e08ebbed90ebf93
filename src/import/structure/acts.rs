//! What marks the paragraphs of an act: the line that names the organ, and the words that open a paragraph.

use super::super::draft::{Paragraph, restyled, unstyled};
use crate::check::opening_words;
use crate::model::symbol::Organ;
use crate::model::{Inline, Language};
use crate::prepare::words::words;

/// The most characters of a line that names the organ.
const LONGEST_ORGAN: usize = 160;
/// The most words of it, if the organ is not known.
const MOST_WORDS: usize = 14;
/// The most words of it, if it has no emphasis either.
const MOST_OF_NAME: usize = 5;
/// The most characters of opening words.
const LONGEST_OPENING: usize = 80;
/// Commas of all scripts.
pub(super) const COMMAS: [char; 3] = [',', '，', '،'];

/// Whether a paragraph names the organ that acts: “The General Assembly,”. Of an organ that is not known, the line
/// stands out, ends with a comma and is followed by a preamble.
pub(super) fn is_enacting(paragraph: &Paragraph, next: Option<&Paragraph>, language: Language) -> bool {
    let plain = paragraph.plain();
    let text = plain.trim();
    let said = text.chars().any(char::is_alphabetic);
    if paragraph.label.is_some() || !said || text.chars().count() > LONGEST_ORGAN || text.contains('\n') {
        return false;
    }
    let has_comma = text.ends_with(COMMAS);
    let name = text.trim_end_matches(COMMAS).trim().to_lowercase();
    let is_known = Organ::ALL.iter().map(|organ| words(language).organ(*organ).to_lowercase()).any(|organ| {
        // An article comes before the name, in Arabic also a particle.
        name.strip_suffix(organ.as_str()).is_some_and(|before| before.trim().chars().count() <= 3)
            && (has_comma || name.len() > organ.len())
    });
    let begins_preamble = |next: &Paragraph| {
        let plain = next.plain();
        opening(&plain, language) == Some(false) || starts_emphasised(next) || plain.trim_end().ends_with(COMMAS)
    };
    let count = text.split_whitespace().count();
    let few = count <= MOST_WORDS;
    let is_name = count <= MOST_OF_NAME && text.starts_with(char::is_uppercase);
    let stands_out = paragraph.is_italic() || paragraph.is_bold() || text.starts_with("The ") || is_name;
    let opens = opening(text, language).is_some();
    is_known || has_comma && few && stands_out && !opens && next.is_some_and(begins_preamble)
}

/// Returns whether the opening words of a paragraph are operative or preambular. Returns `None` if they are not known.
pub(super) fn opening(text: &str, language: Language) -> Option<bool> {
    let text = text.trim_start();
    opening_words(text).filter(|_| language == Language::En).map(|(_, operative)| operative)
}

/// Whether the first words are emphasised, and others are not.
pub(super) fn starts_emphasised(paragraph: &Paragraph) -> bool {
    emphasised(&paragraph.pieces).is_some_and(|(_, end)| {
        let whole: usize = paragraph.pieces.iter().filter_map(Inline::text).map(str::len).sum();
        end < LONGEST_OPENING && end < whole
    })
}

/// Returns whether the emphasis at the beginning is italic, and where it ends.
fn emphasised(pieces: &[Inline]) -> Option<(bool, usize)> {
    let styles = |piece: &Inline| match piece {
        Inline::Text { italic, bold, .. } => (*italic, *bold),
        Inline::Note { .. } => (false, false),
    };
    let blank = |piece: &&Inline| piece.text().is_some_and(|text| text.trim().is_empty());
    let (italic, bold) = pieces.iter().find(|piece| !blank(piece)).map(styles)?;
    if !italic && !bold {
        return None;
    }
    let same = |piece: &&Inline| {
        blank(piece) || piece.text().is_some() && (styles(piece).0 && italic || styles(piece).1 && bold)
    };
    let end = pieces.iter().take_while(same).filter_map(Inline::text).map(str::len).sum();
    Some((italic, end))
}

/// Returns a line that names the organ with the name in italics.
pub(super) fn enacting(pieces: &[Inline]) -> Vec<Inline> {
    let plain: String = pieces.iter().filter_map(Inline::text).collect();
    restyled(&unstyled(pieces), plain.trim_end().trim_end_matches(COMMAS).len(), true, false)
}

/// Returns a paragraph with its opening words in italics, and whether they were not emphasised before.
pub(super) fn opened(paragraph: &Paragraph, language: Language) -> (Vec<Inline>, bool) {
    if starts_emphasised(paragraph)
        && let Some((italic, end)) = emphasised(&paragraph.pieces)
    {
        let pieces = if italic { paragraph.pieces.clone() } else { restyled(&paragraph.pieces, end, true, false) };
        return (pieces, false);
    }
    // Emphasis of a whole paragraph says nothing.
    let is_whole = paragraph.is_italic() || paragraph.is_bold();
    let pieces = if is_whole { unstyled(&paragraph.pieces) } else { paragraph.pieces.clone() };
    let plain = paragraph.plain();
    let blank = plain.len() - plain.trim_start().len();
    match opening_words(&plain[blank..]).filter(|_| language == Language::En) {
        Some((end, _)) => (restyled(&pieces, blank + end, true, false), true),
        None => (pieces, false),
    }
}
