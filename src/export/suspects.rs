//! `Suspects` in a PDF file: whether its tags are unreliable.
//!
//! The exporter writes `/Suspects false`, as ISO 32000-1 (table 321) allows and PDF/UA-1 (7.1) requires.
//! poppler's `pdfinfo` reports every value except `true` as having a wrong type. False is the
//! default, so the entry is removed. Blanks replace it: no object moves.

const CATALOGUE: &[u8] = b"/Type/Catalog";
const ENTRY: &[u8] = b"/Suspects false";

/// Returns the file without that entry. The catalogue is its last object, after all texts of the document.
pub(super) fn without_suspects(mut file: Vec<u8>) -> Vec<u8> {
    let last = |of: &[u8]| file.windows(of.len()).rposition(|bytes| bytes == of);
    if let (Some(catalogue), Some(entry)) = (last(CATALOGUE), last(ENTRY))
        && entry > catalogue
    {
        file[entry..entry + ENTRY.len()].fill(b' ');
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_entry_of_the_catalogue_is_left_out() {
        let said =
            b"stream /Suspects false endstream <</Type/Catalog/MarkInfo<</Marked true/Suspects false>>>>".to_vec();
        let left = String::from_utf8(without_suspects(said.clone())).unwrap();
        assert_eq!(left.len(), said.len());
        assert!(left.starts_with("stream /Suspects false ") && left.ends_with("<</Marked true               >>>>"));
        let none = b"stream /Suspects false endstream <</Type/Catalog>>".to_vec();
        assert_eq!(without_suspects(none.clone()), none);
    }
}
