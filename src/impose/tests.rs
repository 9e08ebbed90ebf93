use super::*;
use crate::pdf::crafted;

fn shown(sides: &[Side]) -> Vec<String> {
    let page = |page: Option<usize>| page.map_or("-".to_owned(), |page| (page + 1).to_string());
    sides.iter().map(|side| format!("{} {}", page(side.pages[0]), page(side.pages[1]))).collect()
}

#[test]
fn sheets_read_in_order_once_folded() {
    let of = |pages, layout| shown(&sides(pages, layout, Duplex::ShortEdge));
    assert_eq!(of(4, Layout::Booklet), ["4 1", "2 3"]);
    assert_eq!(of(6, Layout::Booklet), ["- 1", "2 -", "6 3", "4 5"]);
    assert_eq!(of(3, Layout::TwoUp), ["1 2", "3 -"]);
    assert_eq!(of(12, Layout::Signatures(8)), ["8 1", "2 7", "6 3", "4 5", "12 9", "10 11"]);
    assert_eq!(shown(&sides(8, Layout::Booklet, Duplex::Manual)), ["8 1", "6 3", "4 5", "2 7"]);
    // Folding: the leaves of the sheets from the outside in give the pages in order.
    for pages in 1..=40 {
        let sides = sides(pages, Layout::Booklet, Duplex::ShortEdge);
        let mut leaves: Vec<Option<usize>> = Vec::new();
        for sheet in sides.chunks(2).rev() {
            let [front, back] = sheet else { panic!() };
            leaves.splice(0..0, [front.pages[1], back.pages[0]]);
            leaves.extend([back.pages[1], front.pages[0]]);
        }
        let wanted = (0..pages.next_multiple_of(4)).map(|page| (page < pages).then_some(page));
        assert!(leaves.into_iter().eq(wanted), "{pages}");
    }
}

#[test]
fn pages_stay_text_in_any_position() {
    let file = crafted::text(&[vec!["One".into()], vec!["Two".into()], vec!["Three".into()]]);
    let turned = crafted::page("/Rotate 90/MediaBox[-10 -10 782 602]", "", b"0 0 100 100 re f").bytes();
    let how = Imposition { layout: Layout::Booklet, paper: None, creep: 3.0, duplex: Duplex::ShortEdge };
    let files = [("a".to_owned(), file), ("b".to_owned(), turned)];
    let made = impose(&files, &how).unwrap();
    assert_eq!((made.pages, made.blanks, made.sides), (4, 0, 2));
    assert_eq!((made.paper.name, made.scale), ("tabloid", 1.0));
    let text = crate::golden::read_layout(&made.file, |pages| assert_eq!(pages, 2)).unwrap();
    let front: Vec<String> = text.pages[0].lines.iter().map(|line| line.text()).collect();
    assert!(front.iter().any(|line| line == "One"), "{front:?}");
    assert_eq!(impose(&files, &how).unwrap().file, made.file);
    let letter = Imposition { paper: Some(Paper::ALL[0]), ..how };
    assert!((impose(&files, &letter).unwrap().scale - 396.0 / 612.0).abs() < 1e-6);
}

#[test]
fn landscape_pages_stand_upright_on_the_sheet() {
    // A page that another program has turned is landscape too.
    let landscape = [("", "0 0 792 612"), ("/Rotate 90", "0 0 612 792")];
    for (more, media) in landscape {
        let file = crafted::of_boxes(&["0 0 612 792", media], more);
        let how = Imposition { layout: Layout::Booklet, paper: None, creep: 0.0, duplex: Duplex::ShortEdge };
        let made = impose(&[("a".to_owned(), file)], &how).unwrap();
        assert_eq!((made.paper.name, made.scale), ("tabloid", 1.0), "{more}");
        let source = Source::read(&crafted::of_boxes(&["0 0 612 792", media], more)).unwrap();
        assert!(source.pages.iter().all(|page| page.size == [612.0, 792.0]), "{more}");
        let form = source.file.get_object(source.pages[1].id).and_then(lopdf::Object::as_stream).unwrap();
        let matrix = form.dict.get(b"Matrix").and_then(lopdf::Object::as_array).unwrap();
        let matrix: Vec<f32> = matrix.iter().map(|number| number.as_float().unwrap()).collect();
        let wanted = if more.is_empty() { [0.0, 1.0, -1.0, 0.0, 612.0, 0.0] } else { [1.0, 0.0, 0.0, 1.0, 0.0, 0.0] };
        assert_eq!(matrix, wanted, "{more}");
    }
}

#[test]
fn damaged_files_are_refused() {
    let how = Imposition { layout: Layout::TwoUp, paper: None, creep: 0.0, duplex: Duplex::ShortEdge };
    let refused = impose(&[("x.pdf".to_owned(), b"%PDF-1.7 nothing".to_vec())], &how).unwrap_err().to_string();
    assert!(refused.starts_with("x.pdf: "), "{refused}");
    let sound = crafted::text(&[vec!["One".into()]]);
    // Every cut and every changed byte gives sheets or a message.
    for at in (0..sound.len()).step_by(7) {
        let mut changed = sound.clone();
        changed[at] ^= 0x15;
        let _ = impose(&[("x".to_owned(), changed)], &how);
        let _ = impose(&[("x".to_owned(), sound[..at].to_vec())], &how);
    }
}
