//! A/77/L.107, the document that the project began with: its four pages as they were issued.

use crate::pages::{Piece, flow, missing, pieces, rendered};
use masthead::Press;

const FLAGSHIP: &str = "examples/a-77-l-107.yaml";

fn flagship() -> (masthead::Rendition, Vec<Piece>) {
    let rendition = rendered(&Press::new([]).unwrap(), FLAGSHIP);
    let pieces = pieces(&rendition);
    (rendition, pieces)
}

#[test]
fn pages_end_where_the_official_ones_do() {
    let (rendition, pieces) = flagship();
    assert_eq!(rendition.pages.len(), 4);
    assert!(flow(&pieces, 2).starts_with("Taking into account the commitment"));
    assert!(flow(&pieces, 3).starts_with("trafficking in drugs"));
    assert!(flow(&pieces, 4).starts_with("United Nations system enhance dialogue"));
    assert_eq!(rendition.findings, []);
}

#[test]
fn notes_stand_on_the_pages_of_their_marks() {
    let (_, pieces) = flagship();
    let notes = [
        (1, "Any changes to the list of sponsors"),
        (2, "Treaty Series"),
        (2, "No. 50518"),
        (2, "Ibid., vol. 729"),
        (2, "S-30/1"),
        (3, "the Eurasian Economic Commission was signed"),
        (3, "and the League of Arab States was signed"),
    ];
    for (page, note) in notes {
        assert!(flow(&pieces, page).contains(note), "{note} is not on page {page}");
    }
}

#[test]
fn every_text_is_there_with_its_spaces() {
    assert_eq!(missing(&flagship().0), None);
}

/// docs/layout.md#masthead, docs/layout.md#first-page-foot, docs/layout.md#later-pages: within a point.
#[test]
fn masthead_headers_and_feet_are_in_their_places() {
    let (_, pieces) = flagship();
    let places = [
        (1, "United Nations", 123.1, 57.8),
        (1, "General Assembly", 123.1, 86.4),
        (1, "Distr.: Limited", 396.8, 86.7),
        (1, "28\u{a0}August 2023", 396.8, 98.4),
        (1, "Original: English", 396.8, 122.4),
        (1, "Seventy-seventh session", 60.0, 222.3),
        (1, "Agenda item 127 (s)", 60.0, 234.3),
        (1, "23-16564 (E)", 65.2, 747.6),
        (2, "A/77/L.107", 60.0, 59.0),
        (2, "2/4", 60.0, 755.3),
        (2, "23-16564", 524.5, 753.8),
        (3, "23-16564", 60.0, 753.8),
        (3, "3/4", 541.0, 755.3),
        (4, "4/4", 60.0, 755.3),
        (2, "Taking into account", 147.1, 82.3),
    ];
    for (page, text, x, y) in places {
        let found = pieces.iter().any(|piece| {
            piece.page == page && piece.text == text && (piece.x - x).abs() < 1.0 && (piece.y - y).abs() < 1.0
        });
        let seen: Vec<_> = pieces.iter().filter(|p| p.page == page && p.text == text).map(|p| (p.x, p.y)).collect();
        assert!(found, "“{text}” on page {page} is not at {x}, {y} but at {seen:?}");
    }
    let symbol = pieces.iter().find(|piece| piece.text == "/77/L.107").unwrap();
    assert!((symbol.y - 56.5).abs() < 1.0);
}
