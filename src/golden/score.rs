//! How alike two PDFs are, page by page.

use image::GrayImage;
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::compare::compare;
use super::difference::Difference;
use super::foreign::Foreign;
use super::layout::Page;
use super::pixels::{self, POINTS};
use super::rules::Rules;
use super::verdict::{PageOutcome, PageState};

/// Words stand in the same place if they are no further apart, in points.
const NEAR: f64 = 1.5;

/// How alike two pages are, from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// The page, from 1.
    pub page: usize,
    /// The words that both have, in order, of all words.
    pub text: f64,
    /// The words that both have in the same place, to 1.5 points, of all words.
    pub geometry: f64,
    /// The ink that both have in the same squares of 3 points, of all ink.
    pub pixels: f64,
    /// The mean of the three.
    pub score: f64,
}

/// Two PDFs held against each other.
#[derive(Debug, Clone, Serialize)]
pub struct Compared {
    /// The mean of the scores of all pages; a page that only one has counts 0.
    pub score: f64,
    /// How alike each page is.
    pub scores: Vec<Score>,
    /// How they differ.
    pub differences: Vec<Difference>,
    /// Their pages.
    #[serde(skip)]
    pub pages: Vec<PageOutcome>,
}

/// Compares two PDFs, whose pages are drawn at `ppi` pixels an inch.
///
/// # Errors
///
/// A sentence, if an image cannot be encoded.
pub fn compare_pdfs(before: &Foreign, after: &Foreign, rules: &Rules, ppi: f64) -> Result<Compared, String> {
    let mut differences = compare(&before.subject(), &after.subject(), rules);
    let count = before.layout.pages.len().max(after.layout.pages.len());
    let mut pages = Vec::new();
    let mut scores = Vec::new();
    for index in 0..count {
        let score = score(before, after, index);
        let page = page(before, after, index, rules, ppi, score.score)?;
        differences.extend(super::now::told(&page, &after.layout));
        scores.push(score);
        pages.push(page);
    }
    differences.sort_by_key(|difference| difference.level);
    let score = scores.iter().map(|page| page.score).sum::<f64>() / count.max(1) as f64;
    Ok(Compared { score, scores, differences, pages })
}

fn score(before: &Foreign, after: &Foreign, index: usize) -> Score {
    let none = Score { page: index + 1, text: 0.0, geometry: 0.0, pixels: 0.0, score: 0.0 };
    let (Some(was), Some(is)) = (before.layout.pages.get(index), after.layout.pages.get(index)) else {
        return none;
    };
    let (olds, news) = (words(was), words(is));
    let text = |words: &[Word]| words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
    let (mut same, mut near) = (0, 0);
    for op in capture_diff_slices(Algorithm::Myers, &text(&olds), &text(&news)) {
        let DiffOp::Equal { .. } = op else { continue };
        for (old, new) in olds[op.old_range()].iter().zip(&news[op.new_range()]) {
            same += 1;
            near += usize::from((old.x - new.x).abs() <= NEAR && (old.y - new.y).abs() <= NEAR);
        }
    }
    let all = (olds.len() + news.len()) as f64;
    let share = |both: usize| if all == 0.0 { 100.0 } else { 200.0 * both as f64 / all };
    let pixels = match (before.images.get(index), after.images.get(index)) {
        (Some(was), Some(is)) => 100.0 * common_ink(was, is),
        _ => 0.0,
    };
    let (text, geometry) = (share(same), share(near));
    Score { text, geometry, pixels, score: (text + geometry + pixels) / 3.0, ..none }
}

struct Word {
    text: String,
    x: f64,
    y: f64,
}

/// The words of a page, from top to bottom. Spans of one word in several styles are one.
fn words(page: &Page) -> Vec<Word> {
    let mut list: Vec<Word> = Vec::new();
    for line in &page.lines {
        let mut open = false;
        for span in &line.spans {
            let text = span.text.trim_end();
            match list.last_mut().filter(|_| open) {
                Some(word) => word.text.push_str(text),
                None => list.push(Word { text: text.to_owned(), x: span.left, y: line.y }),
            }
            open = !span.text.ends_with(' ');
        }
    }
    list
}

/// The share of ink that is in the same squares, of 3 pixels at 72 an inch: letters of two fonts
/// differ within a square, and words that moved do not stay in theirs.
fn common_ink(one: &GrayImage, other: &GrayImage) -> f64 {
    let (mut common, mut all) = (0.0, 0.0);
    let (width, height) = (one.width().max(other.width()), one.height().max(other.height()));
    let side = (width / 204).max(1);
    for top in (0..height).step_by(side as usize) {
        for left in (0..width).step_by(side as usize) {
            let ink = |image: &GrayImage| {
                let cells = (top..top + side).flat_map(|y| (left..left + side).map(move |x| (x, y)));
                let dark =
                    cells.filter_map(|(x, y)| image.get_pixel_checked(x, y)).map(|pixel| 255.0 - f64::from(pixel.0[0]));
                dark.sum::<f64>()
            };
            let (a, b) = (ink(one), ink(other));
            common += 2.0 * a.min(b);
            all += a + b;
        }
    }
    if all == 0.0 { 1.0 } else { common / all }
}

fn page(
    before: &Foreign,
    after: &Foreign,
    index: usize,
    rules: &Rules,
    ppi: f64,
    score: f64,
) -> Result<PageOutcome, String> {
    let (was, is) = (before.images.get(index), after.images.get(index));
    let tolerance = rules.tolerance(Some(index + 1));
    let found = match (was, is) {
        (Some(was), Some(is)) => {
            let masks = rules.rectangles(index + 1);
            pixels::compare(was, is, &masks, tolerance.delta(), POINTS / ppi)
                .filter(|found| found.share > tolerance.share())
        }
        _ => None,
    };
    let state = match (was, is) {
        (None, _) => PageState::New,
        (_, None) => PageState::Removed,
        _ if found.is_some() => PageState::Different,
        _ => PageState::Same,
    };
    let encode = |image: Option<&GrayImage>| image.map(pixels::encode).transpose();
    let layout = after.layout.pages.get(index).or(before.layout.pages.get(index));
    Ok(PageOutcome {
        page: index + 1,
        state,
        pixels: found,
        before: encode(was)?,
        after: encode(is)?,
        size: layout.map_or((0.0, 0.0), |page| (page.width, page.height)),
        score: Some(score),
    })
}
