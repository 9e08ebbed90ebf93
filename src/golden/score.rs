//! The similarity of two PDFs, page by page.

use std::path::PathBuf;

use image::GrayImage;
use serde::Serialize;
use similar::DiffOp;

use super::align::Pair;
use super::checking::Case;
use super::common::differences;
use super::compare::{compare_paired, with_pixels};
use super::difference::Difference;
use super::foreign::Foreign;
use super::layout::Page;
use super::page_pairs::PagePairs;
use super::pixels::{self, POINTS};
use super::rules::Rules;
use super::verdict::{Outcome, PageOutcome, PageState, State, Verdict};

use crate::error::Error;

/// The greatest distance of words that count as being in the same place, in points.
const NEAR: f64 = 1.5;

/// The similarity of two pages, from 0 to 100; all 0 for a page that only one document has.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct Score {
    /// The number of the page in the first document, from 1, if it has one.
    pub before: Option<usize>,
    /// Its number in the second.
    pub after: Option<usize>,
    /// The share of words that both have, in order.
    pub text: f64,
    /// The share of words that both have in the same place, within 1.5 points.
    pub geometry: f64,
    /// The share of ink that both have in the same squares of 3 points.
    pub pixels: f64,
    /// The mean of the three.
    pub score: f64,
}

/// The comparison of two PDFs.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Compared {
    /// The mean score of all pages; a page that only one document has counts 0.
    pub score: f64,
    /// The number of pages that only the second document has.
    pub added: usize,
    /// The number of pages that only the first document has.
    pub removed: usize,
    /// Whether the files are identical, byte for byte.
    pub same_bytes: bool,
    /// The score of each pair of pages.
    pub scores: Vec<Score>,
    /// The differences.
    pub differences: Vec<Difference>,
    /// Their pages.
    #[serde(skip)]
    pub pages: Vec<PageOutcome>,
}

impl Verdict {
    /// Converts the comparison to the only case of a verdict, for reports.
    pub fn of_pdfs(name: &str, compared: &Compared) -> Self {
        let case = Case { name: name.to_owned(), document: PathBuf::new(), references: PathBuf::new() };
        let state = if compared.differences.is_empty() { State::Same } else { State::Different };
        let (differences, pages) = (compared.differences.clone(), compared.pages.clone());
        let outcome = Outcome { differences, pages, ..Outcome::of(&case, state) };
        Self::of_cases(vec![outcome])
    }
}

/// Compares two PDFs, whose pages are drawn at `ppi` pixels per inch. Their metadata and bytes
/// are compared if the tolerance requires it.
///
/// ```
/// use masthead::diagnostic::Source;
/// use masthead::golden::{Foreign, Rules, compare_pdfs};
/// use masthead::{Format, Job, Press, Profile, render};
///
/// let press = Press::new([])?;
/// let read = |words: &str| {
///     let text = format!("
/// symbol: A/84/L.901
/// kind: draft-resolution
/// date: 2029-10-01
/// body:
///   - enacting: '*The General Assembly*,'
///   - operative: '*Decides* to {words} the matter.'
/// ");
///     let source = Source::new("draft.yaml", text);
///     let rendition = render(&press, &Job::new(&source, Format::Yaml))?;
///     let pdf = rendition.pdf(Profile::Screen)?;
///     Foreign::read(&pdf, 72.0, |_pages| ())
/// };
/// let (before, after) = (read("remain seized of")?, read("consider")?);
/// let compared = compare_pdfs(&before, &after, &Rules::default(), 72.0)?;
/// assert!(compared.score < 100.0 && !compared.differences.is_empty());
/// println!("{}", compared.differences[0]); // in words, with the page
/// # Ok::<(), masthead::Error>(())
/// ```
///
/// # Errors
///
/// Returns a sentence if a tolerance is out of bounds, or if an image cannot be encoded.
pub fn compare_pdfs(before: &Foreign, after: &Foreign, rules: &Rules, ppi: f64) -> Result<Compared, Error> {
    rules.tolerance(None).checked()?;
    let pairs = PagePairs::of((&before.layout, &before.images), (&after.layout, &after.images));
    let differences = compare_paired(&before.subject(), &after.subject(), rules, &pairs);
    let mut pages = Vec::new();
    let mut scores = Vec::new();
    for pair in &pairs.pairs {
        let score = score(before, after, pair);
        let page =
            PageOutcome { score: Some(score.score), ..page(before, after, pair, rules, ppi).map_err(Error::internal)? };
        scores.push(score);
        pages.push(page);
    }
    let reported = pages.iter().filter_map(|page| super::current::reported(page, &after.layout));
    let differences = with_pixels(differences, reported);
    let count = |state| pages.iter().filter(|page| page.state == state).count();
    Ok(Compared {
        score: scores.iter().map(|page| page.score).sum::<f64>() / scores.len().max(1) as f64,
        added: count(PageState::New),
        removed: count(PageState::Removed),
        same_bytes: before.facts.sha256 == after.facts.sha256,
        scores,
        differences,
        pages,
    })
}

fn score(before: &Foreign, after: &Foreign, pair: &Pair) -> Score {
    let number = |index: Option<usize>| index.map(|index| index + 1);
    let none = Score { before: number(pair.before), after: number(pair.after), ..Score::default() };
    let (Some(old), Some(new)) = (pair.before, pair.after) else { return none };
    let (olds, news) = (words(&before.layout.pages[old]), words(&after.layout.pages[new]));
    let [old_texts, new_texts] =
        [&olds, &news].map(|words| words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>());
    let (mut same, mut near) = (0, 0);
    for op in differences(&old_texts, &new_texts) {
        let DiffOp::Equal { .. } = op else { continue };
        for (old, new) in olds[op.old_range()].iter().zip(&news[op.new_range()]) {
            same += 1;
            near += usize::from((old.x - new.x).abs() <= NEAR && (old.y - new.y).abs() <= NEAR);
        }
    }
    let all = (olds.len() + news.len()) as f64;
    let share = |both: usize| if all == 0.0 { 100.0 } else { 200.0 * both as f64 / all };
    let pixels = 100.0 * common_ink(&before.images[old], &after.images[new]);
    let (text, geometry) = (share(same), share(near));
    Score { text, geometry, pixels, score: (text + geometry + pixels) / 3.0, ..none }
}

struct Word {
    text: String,
    x: f64,
    y: f64,
}

/// Returns the words of a page, from top to bottom. The spans of a word in several styles are joined.
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

/// Returns the share of ink in the same squares, of 3 pixels at 72 per inch: letters of two fonts
/// differ within a square, and words that moved leave theirs.
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

fn page(before: &Foreign, after: &Foreign, pair: &Pair, rules: &Rules, ppi: f64) -> Result<PageOutcome, String> {
    let (was, is) = (pair.before.map(|old| &before.images[old]), pair.after.map(|new| &after.images[new]));
    let (old, new) = (pair.before.map(|old| &before.layout.pages[old]), pair.after.map(|new| &after.layout.pages[new]));
    let encode = |image: Option<&GrayImage>| image.map(pixels::encode).transpose();
    let mut page = PageOutcome { before: encode(was)?, after: encode(is)?, ..PageOutcome::of(pair, old, new) };
    if let (Some(was), Some(is)) = (was, is) {
        let tolerance = rules.tolerance(Some(page.page));
        let masks = rules.rectangles(page.page);
        page.pixels = pixels::compare(was, is, &masks, tolerance.delta(), POINTS / ppi)
            .filter(|found| found.share > tolerance.share());
        page.state = if page.pixels.is_some() { PageState::Different } else { PageState::Same };
    }
    Ok(page)
}
