//! Tables on the page: figures are separate and uncut, within the margins, in every language; headers are
//! repeated.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use super::widths::{filled, shared};
use crate::diagnostic::{Diagnostic, Source};
use crate::model::Language;
use crate::read::{Format, WIDEST_FIGURES};
use crate::render::{Job, Rendition, lint, render};
use crate::typeset::{Coverage, Piece, Press, pieces, read_back};

fn yaml(language: Language, table: &str) -> String {
    let code = language.code();
    format!("symbol: A/86/902\nkind: report\nlanguage: {code}\ndate: 2031-10-27\ntitle: x\nbody:\n- table: {table}\n")
}

fn attempt(press: &Press, yaml: &str) -> Result<Rendition, Vec<Diagnostic>> {
    render(press, &Job::new(&Source::new("table.yaml", yaml), Format::Yaml))
}

/// Creates a table of different figures, with a number of columns, a header of words, and rows.
fn figures(columns: usize, figure: &str, head: &str, rows: usize) -> String {
    let row = |row: usize| {
        let cells =
            (0..columns).map(|column| format!("{:?}", figure.replace('#', &((row * 7 + column) % 10).to_string())));
        format!("[{}]", cells.collect::<Vec<_>>().join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("{{number: '7', header: [[{}]], rows: [{}]}}", vec![head; columns].join(", "), rows.join(", "))
}

/// The pieces of the table, in lines from the left.
fn lines(rendition: &Rendition) -> Vec<Vec<Piece>> {
    let mut cells: Vec<Piece> = pieces(&rendition.pages);
    cells.retain(|piece| piece.part == "body/0" && !piece.text.trim().is_empty());
    cells.sort_by(|one, other| (one.page, one.y, one.x).partial_cmp(&(other.page, other.y, other.x)).unwrap());
    cells.chunk_by(|one, other| (one.page, one.y) == (other.page, other.y)).map(<[Piece]>::to_vec).collect()
}

/// Nothing overlaps, nothing leaves the margins.
fn sound(rendition: &Rendition) {
    let pages = read_back(&rendition.pages);
    for line in lines(rendition) {
        for piece in &line {
            let landscape = pages[piece.page - 1].width > pages[piece.page - 1].height;
            let (left, right) = if landscape { (57.59, 719.4) } else { (60.0, 552.2) };
            assert!(piece.x >= left && piece.x + piece.width <= right, "{} at {}", piece.text, piece.x);
        }
        for pair in line.windows(2) {
            let gap = pair[1].x - pair[0].x - pair[0].width;
            assert!(gap > -0.05, "“{}” and “{}” overlap by {gap}", pair[0].text, pair[1].text);
        }
    }
}

#[test]
fn no_column_is_narrower_than_it_must_be() {
    let close = |found: Option<Vec<f64>>, wanted: &[f64]| {
        assert!(found.unwrap().iter().zip(wanted).all(|(one, other)| (one - other).abs() < 1e-9));
    };
    close(shared(&[0.5, 0.5], &[10.0, 20.0], 100.0), &[50.0, 50.0]);
    close(shared(&[0.1, 0.3, 0.6], &[30.0, 10.0, 10.0], 100.0), &[30.0, 70.0 / 3.0, 140.0 / 3.0]);
    close(shared(&[0.1, 0.3, 0.6], &[50.0, 20.0, 30.0], 100.0), &[50.0, 20.0, 30.0]);
    assert_eq!(shared(&[0.5, 0.5], &[50.0, 51.0], 100.0), None);
}

#[test]
fn columns_that_cannot_have_what_short_ones_ask_for_share_the_room() {
    let asked = [20.0, 90.0, 90.0];
    let widths = filled(&[10.0, 60.0, 30.0], &asked, 105.0);
    assert!(widths.iter().zip([10.0, 60.0, 35.0]).all(|(one, other)| (one - other).abs() < 1e-9), "{widths:?}");
    // All are short, by the error of their sum.
    let asked = [0.2, 2.6, 4.4, 3.7];
    assert!(asked.iter().sum::<f64>() > 10.9);
    assert_eq!(filled(&[0.1; 4], &asked, 10.9), asked);
}

#[test]
fn figures_stand_apart_or_the_table_is_named() {
    let press = Press::new([]).unwrap();
    let heads = [
        (Language::En, "Appropriation"),
        (Language::Fr, "Dépenses"),
        (Language::Es, "Consignación"),
        (Language::Ru, "Ассигнования"),
        (Language::Zh, "订正批款与支出"),
        (Language::Ar, "الاعتمادات المنقحة"),
    ];
    for (language, head) in heads {
        let mut sizes = Vec::new();
        for columns in [2, 5, 7, 9, 10, 11, 12, 14, 20] {
            // In Arabic lines the thousands of the second stand in another order.
            for figure in
                ["(1#,345,678.9)", "1# 345 678,9"].into_iter().take(if language == Language::Ar { 1 } else { 2 })
            {
                let table = figures(columns, figure, head, 2);
                let yaml = yaml(language, &table);
                let reported = lint(&Coverage::default(), &Source::new("table.yaml", &*yaml), Format::Yaml);
                let reported = reported.iter().any(|finding| finding.code == "table-too-wide");
                match attempt(&press, &yaml) {
                    Ok(rendition) => {
                        sound(&rendition);
                        assert!(!reported, "{columns} columns of {figure}");
                        let lines = lines(&rendition);
                        let said = lines.iter().map(|line| line.iter().map(|piece| piece.text.as_str()).collect());
                        let said: Vec<String> = said.collect();
                        for digit in (0..2).flat_map(|row| (0..columns).map(move |column| (row * 7 + column) % 10)) {
                            // Arabic parentheses are pieces of their own.
                            let figure = figure.replace('#', &digit.to_string());
                            let bare = figure.trim_matches(['(', ')']);
                            assert!(said.iter().any(|line| line.contains(bare)), "{figure} of {columns}: {said:?}");
                        }
                        let figures = lines.iter().flatten().filter(|piece| piece.text.contains('5'));
                        sizes.extend(figures.map(|piece| piece.size));
                    }
                    Err(findings) => {
                        assert!(reported && columns > 9, "{columns} columns of {figure}: {}", findings[0]);
                        let finding = findings.iter().find(|finding| finding.code == "table-too-wide").unwrap();
                        assert!(
                            finding.message.contains('7') && finding.message.contains("345"),
                            "{}",
                            finding.message
                        );
                        let place = finding.place.as_ref().unwrap();
                        assert!(place.source.text[place.span.clone()].starts_with("{number: '7'"), "{finding}");
                    }
                }
            }
        }
        sizes.sort_by(f64::total_cmp);
        assert!(sizes[0] < 7.3 && sizes[sizes.len() - 1] > 8.4, "{sizes:?}");
    }
}

#[test]
fn a_table_that_fits_the_column_stays_there_and_words_are_whole_where_they_can_be() {
    let press = Press::new([]).unwrap();
    let edges = |table: &str| {
        let rendition = attempt(&press, &yaml(Language::En, table)).unwrap();
        sound(&rendition);
        let lines = lines(&rendition);
        let left = lines.iter().flatten().map(|piece| piece.x).fold(f64::MAX, f64::min);
        let text = lines.iter().flatten().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ");
        let size = lines.iter().flatten().last().map(|piece| piece.size).unwrap();
        (left.floor(), size, text)
    };
    let (left, size, _) = edges("{rows: [[Harbour, '12,345.6', '7'], [Port, '1', '2']]}");
    assert_eq!((left, size), (123.0, 8.5));
    // Given widths are raised to what words need.
    let (left, size, text) = edges("{widths: [1, 30], rows: [[Internationalization, of everything that there is]]}");
    assert_eq!((left, size), (123.0, 10.0));
    assert!(text.contains("Internationalization"), "{text}");
    let words = ["Internationalization"; 7].join(", ");
    let (left, size, text) = edges(&format!("{{landscape: false, rows: [[{words}]]}}"));
    assert_eq!(left, 60.0);
    assert!(size < 8.5 && text.matches("Internationalization").count() == 7, "{size}: {text}");
    let (left, size, text) = edges(&format!("{{rows: [[{words}]]}}"));
    assert_eq!(left, 57.0);
    assert!(size > 8.0 && text.matches("Internationalization").count() == 7, "{size}: {text}");
    // A word that no line holds is cut, and makes nothing smaller.
    let (left, size, text) = edges(&format!("{{rows: [[{}, short, '1,234']]}}", "gauge".repeat(40)));
    assert_eq!((left, size), (123.0, 8.5));
    assert!(text.contains("short") && text.contains("1,234"), "{text}");
    // Words are cut before a figure is.
    let (left, size, text) = edges(&format!("{{rows: [[{words}, {words}, '12,345,678.9']]}}"));
    assert_eq!((left, size), (57.0, 6.0));
    assert!(text.contains("12,345,678.9") && !text.contains("Internationalization"), "{text}");
}

#[test]
fn heads_come_again_without_their_marks() {
    let press = Press::new([]).unwrap();
    for language in Language::ALL {
        let table = figures(3, "1#,345", "'Total[^1][^2] in A/86/1'", 90);
        let yaml = format!("{}footnotes: {{1: Of the year., 2: Of another.}}\n", yaml(language, &table));
        let rendition = attempt(&press, &yaml).unwrap();
        assert!(rendition.pdf(crate::export::Profile::Archive).is_ok(), "{}", language.code());
        let all = pieces(&rendition.pages);
        let heads = |page: usize| {
            let of_table = all.iter().filter(|piece| piece.page == page && piece.part == "body/0");
            let head: Vec<&Piece> = of_table.filter(|piece| !piece.text.contains("345")).collect();
            let marks = head.iter().filter(|piece| piece.size < 7.0).count();
            (head.iter().filter(|piece| piece.text.contains("Tot")).count(), marks > 0)
        };
        let pages = rendition.pages.pages().len();
        assert!(pages > 2);
        assert_eq!(heads(1), (3, true), "{}", language.code());
        assert!((2..=pages).all(|page| heads(page) == (3, false)), "{}", language.code());
        let notes: Vec<usize> = all.iter().filter(|piece| piece.part == "note/0").map(|piece| piece.page).collect();
        assert!(!notes.is_empty() && notes.iter().all(|page| *page == 1), "{notes:?}");
    }
}

/// The upper edges of the rules of a table, with their thicknesses, from above.
fn rules(rendition: &Rendition) -> Vec<(f64, f64)> {
    let of_table = read_back(&rendition.pages).into_iter().flat_map(|page| page.drawings);
    let mut rules: Vec<(f64, f64)> =
        of_table.filter(|drawing| drawing.part == "body/0").map(|rule| (rule.y, rule.height)).collect();
    rules.sort_by(|one, other| one.0.total_cmp(&other.0));
    rules
}

/// Asserts lengths, in points, to a fifth of a point.
fn measure(what: &str, found: &[f64], wanted: &[f64]) {
    let near = found.len() == wanted.len() && found.iter().zip(wanted).all(|(one, other)| (one - other).abs() < 0.2);
    assert!(near, "{what}: {found:?}, not {wanted:?}");
}

/// Measured: E/2025/57, tables 2 and 4 (docs/layout.md#tables).
#[test]
fn distances_are_those_of_the_originals() {
    let press = Press::new([]).unwrap();
    let table = "{number: '2', title: Gauges, units: (Metres), header: [[Harbour, '2027', '2028']], \
                 rows: [[Apia, '2', '1.5'], [Suva, '3', ''], {cells: [Total, '5', '1 538.0'], total: true}], source: Readings.}";
    let rendition = attempt(&press, &yaml(Language::En, table)).unwrap();
    let found_rules = rules(&rendition);
    let baselines: Vec<f64> = lines(&rendition).iter().map(|line| line[0].y).collect();
    let said: Vec<String> =
        lines(&rendition).iter().map(|line| line.iter().map(|piece| piece.text.as_str()).collect()).collect();
    assert_eq!(said[3..7], ["Harbour20272028", "Apia21.5", "Suva3–", "Total51 538.0"]);
    let [label, title, units, head, first, second, total, source] = baselines[..] else { panic!("{baselines:?}") };
    measure("rules", &found_rules.iter().map(|rule| rule.1).collect::<Vec<_>>(), &[0.48, 1.44, 0.48, 1.44]);
    let [upper, thick, thin, last] = [0, 1, 2, 3].map(|rule| found_rules[rule].0);
    let found = [title - label, units - title, upper - units, head - upper, thick - head, first - thick];
    measure("head", &found, &[12.0, 12.0, 14.4, 10.92, 5.64, 16.2]);
    let found = [second - first, thin - second, total - thin, last - total, source - last];
    measure("rows", &found, &[14.5, 6.12, 12.96, 6.24, 15.98]);
    let indent = lines(&rendition)[6][0].x - lines(&rendition)[4][0].x;
    measure("columns", &[indent, lines(&rendition)[4][0].x], &[14.4, 123.35]);
    let ends = [3, 4, 5, 6].map(|line| lines(&rendition)[line].last().map_or(0.0, |piece| piece.x + piece.width));
    assert!(ends.iter().all(|end| (end - ends[0]).abs() < 0.05), "figures end at {ends:?}");

    let table = "{number: '4', title: Gauges, header: [['No.', Title, Status]], \
                 rows: [['1', Reading of the gauges, Ongoing], ['2', Maps of the harbours, Planned]]}";
    let rendition = attempt(&press, &yaml(Language::En, table)).unwrap();
    let edges: Vec<f64> = rules(&rendition).into_iter().map(|(y, _)| y).collect();
    let baselines: Vec<f64> = lines(&rendition).iter().map(|line| line[0].y).collect();
    let [_, title, head, first, second] = baselines[..] else { panic!("{baselines:?}") };
    let found =
        [edges[0] - title, head - edges[0], edges[1] - head, first - edges[1], second - first, edges[2] - second];
    measure("texts", &found, &[14.4, 10.92, 5.64, 17.42, 20.04, 8.52]);
}

#[test]
fn an_arabic_table_is_the_mirror_image() {
    let press = Press::new([]).unwrap();
    let table = "{widths: [3, 1, 1], header: [[{text: Harbour, rows: 2}, {text: Gauges, columns: 2}], [Quays, Moles]], \
                 rows: [[Apia, '27', '1.5'], [Suva, '38', ''], {cells: [Total, '65', '1.4'], total: true}]}";
    let set = |language| attempt(&press, &yaml(language, table)).unwrap();
    let (latin, arabic) = (set(Language::En), set(Language::Ar));
    let across = |rendition: &Rendition| -> Vec<(f64, f64)> {
        let drawings = read_back(&rendition.pages).into_iter().flat_map(|page| page.drawings);
        let rules = drawings.filter(|drawing| drawing.part == "body/0");
        rules.map(|rule| (rule.x, rule.x + rule.width)).collect()
    };
    let mirrored: Vec<(f64, f64)> =
        across(&arabic).into_iter().map(|(left, right)| (612.0 - right, 612.0 - left)).collect();
    let flat = |rules: &[(f64, f64)]| rules.iter().flat_map(|(left, right)| [*left, *right]).collect::<Vec<_>>();
    measure("rules", &flat(&mirrored), &flat(&across(&latin)));
    let place = |rendition: &Rendition, text: &str| {
        let all = lines(rendition);
        let piece = all.iter().flatten().find(|piece| piece.text == text).unwrap_or_else(|| panic!("{text}: {all:?}"));
        (piece.x, piece.x + piece.width)
    };
    for text in ["Harbour", "Apia", "Suva", "Total"] {
        measure(text, &[612.0 - place(&arabic, text).1], &[place(&latin, text).0]);
    }
    for text in ["Quays", "Moles", "27", "1.5", "38", "65", "1.4"] {
        measure(text, &[612.0 - place(&arabic, text).0], &[place(&latin, text).1]);
    }
}

#[test]
fn wider_tables_stand_on_landscape_pages() {
    let press = Press::new([]).unwrap();
    // Whether each page is landscape, and the size of figures.
    let set = |table: &str| {
        let after = "- paragraph: After.\n";
        let rendition = attempt(&press, &(yaml(Language::En, table) + after)).unwrap();
        sound(&rendition);
        assert!(rendition.pdf(crate::export::Profile::Archive).is_ok());
        let pages = read_back(&rendition.pages);
        let landscape: Vec<bool> = pages.iter().map(|page| page.width > page.height).collect();
        for (page, landscape) in pages.iter().zip(&landscape) {
            let wanted = if *landscape { (792.0, 612.0) } else { (612.0, 792.0) };
            assert_eq!((page.width, page.height), wanted);
        }
        let of_table = pages.iter().flat_map(|page| &page.texts).filter(|text| text.part == "body/0");
        let sizes: Vec<f64> = of_table.filter(|text| text.text.contains("345")).map(|text| text.size).collect();
        (landscape, sizes[0])
    };
    let table =
        |columns, more: &str| figures(columns, "1#,345.6", "Total", 3).replace("number", &format!("{more}number"));
    assert_eq!(set(&table(9, "")), (vec![false], 8.5));
    assert_eq!(set(&table(14, "")), (vec![false, true, false], 8.5));
    assert_eq!(set(&table(3, "landscape: true, ")), (vec![false, true, false], 8.5));
    let (landscape, size) = set(&table(14, "landscape: false, "));
    assert!(landscape == [false] && size < 8.5, "{landscape:?}, {size}");
    // On a landscape page, type becomes smaller too.
    let (landscape, size) = set(&table(20, ""));
    assert!(landscape == [false, true, false] && size < 8.5, "{landscape:?}, {size}");
    // Long tables take several landscape pages.
    let long = figures(14, "1#,345.6", "Total", 40);
    assert_eq!(set(&long), (vec![false, true, true, false], 8.5));
}

#[test]
fn tables_wider_than_a_landscape_page_are_named() {
    for (more, page) in
        [("", "a landscape page has 661"), ("landscape: false, ", "a page that is not landscape has 492")]
    {
        let table = figures(30, "1#,345,678.9", "Total", 2).replace("number", &format!("{more}number"));
        let source = Source::new("table.yaml", yaml(Language::En, &table));
        let findings = lint(&Coverage::default(), &source, Format::Yaml);
        let finding = findings.iter().find(|finding| finding.code == "table-too-wide").unwrap();
        assert!(finding.message.contains(page), "{}", finding.message);
    }
}

/// The widths that `read` accepts are those that have room.
#[test]
fn figures_are_at_most_as_wide_as_their_page() {
    let measures = Press::measures_alone().unwrap();
    let tables = &measures.tables;
    let rooms = [tables.right, measures.landscape_right()].map(|right| (right - tables.left).floor());
    assert_eq!(rooms, WIDEST_FIGURES);
}

#[test]
fn long_rows_of_several_tables_are_tagged() {
    let press = Press::new([]).unwrap();
    let long = "reading of the tide gauges of a harbour ".repeat(150);
    let table = format!("{{widths: [1, 2], header: [[Port, Work]], rows: [[Apia, '{long}'], [Suva, '{long}']]}}");
    let two = format!("{}- table: {table}\n", yaml(Language::En, &table));
    let rendition = attempt(&press, &two).unwrap();
    let pages = |part: &str| -> std::collections::BTreeSet<usize> {
        pieces(&rendition.pages).iter().filter(|piece| piece.part == part).map(|piece| piece.page).collect()
    };
    assert!(pages("body/0").len() > 2 && pages("body/1").len() > 2);
    let pdf = rendition.pdf(crate::export::Profile::Archive);
    assert!(pdf.is_ok(), "{:?}", pdf.err());
}

/// A cell over several rows adds no lines to them if it has room.
#[test]
fn rows_are_as_high_as_their_cells() {
    let press = Press::new([]).unwrap();
    let long = "reading of the tide gauges of a harbour ".repeat(8);
    let baselines = |first: &str| {
        let table =
            format!("{{widths: [1, 3, 3], rows: [[{first}, '{long}', one], [Second, Short], [Third, '', '']]}}");
        let rendition = attempt(&press, &yaml(Language::En, &table)).unwrap();
        let lines = lines(&rendition);
        let of = |text: &str| lines.iter().flatten().find(|piece| piece.text == text).unwrap().y;
        [of("Second") - of("one"), of("Third") - of("Second")]
    };
    let short = baselines("{text: One, rows: 2}");
    assert!((short[1] - 20.0).abs() < 0.2, "{short:?}");
    assert_eq!(baselines("{text: One two three four five six seven eight nine, rows: 2}"), short);
    // What has no room goes on in the last of its rows.
    let more = baselines(&format!("{{text: '{}', rows: 2}}", "One two three ".repeat(12)));
    assert!(more[0] == short[0] && more[1] > short[1] + 11.0, "{more:?}");
}
