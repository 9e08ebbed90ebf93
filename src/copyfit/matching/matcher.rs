//! The adjustments of an original, found one kind after the other.

use std::collections::BTreeMap;

use super::original::{Original, Zone};
use super::pages;
use super::report::{Adjusted, Agreement, Matching, Unexplained};
use super::texts::{Part, Text, Texts, fit};
use super::tracking::{self, Found};
use super::words::{joined, of_paragraph};
use super::{heads, heights};
use crate::copyfit::adjustments::{clear, each};
use crate::golden::Names;
use crate::model::{Adjustment, Document, Edition, Layout, Path};
use crate::prepare::{Prepared, prepare_with_paths};
use crate::typeset::{Composition, Known, Paragraph, Press, Trials, words_of_lines};

/// What is known so far.
pub(super) struct Matcher<'m> {
    press: &'m Press,
    pub original: &'m Original,
    document: Document,
    prepared: Prepared,
    /// The paths of the blocks of the body in the model.
    paths: Vec<Path>,
    trials: Trials<'m>,
    pub texts: Texts,
    pub adjusted: BTreeMap<usize, Adjustment>,
    pub why: BTreeMap<usize, Vec<String>>,
    pub unexplained: Vec<Unexplained>,
    /// Whether line ends may be given word by word.
    adjusts_lines: bool,
}

/// What typists type, in hundredths of a point.
const COARSE: i32 = 5;
/// How far hundredths are tried that nobody types, but that rounding makes.
const FINE: i32 = 12;
/// At least so much of the words must be the same.
const LEAST_COMMON: f64 = 0.6;

impl<'m> Matcher<'m> {
    pub fn new(press: &'m Press, document: &Document, original: &'m Original) -> Result<Self, String> {
        let mut document = document.clone();
        clear(&mut document);
        let (prepared, paths) = prepare_with_paths(&document)?;
        let mut trials = Trials::new(press, &prepared)?;
        let composition = trials.composed(&document.layout, &prepared.adjusted, Known::Widths);
        let texts = Texts::new(&composition, original);
        let (common, of) = texts.common();
        if (common as f64) < LEAST_COMMON * of as f64 {
            let share = 100 * common / of.max(1);
            return Err(format!("it is another document: {share} % of the words are the same, in their order"));
        }
        let (adjusted, why, unexplained) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Ok(Self {
            press,
            original,
            document,
            prepared,
            paths,
            trials,
            texts,
            adjusted,
            why,
            unexplained,
            adjusts_lines: false,
        })
    }

    pub fn layout(&mut self) -> &mut Layout {
        &mut self.document.layout
    }

    /// The document with what was found so far.
    pub fn composed(&mut self, known: Known) -> Composition {
        self.trials.composed(&self.document.layout, &self.adjusted, known)
    }

    /// Prepares the document anew, whose header adjusts what is prepared.
    fn again(&mut self) -> Result<(), String> {
        let (prepared, _) = prepare_with_paths(&self.document)?;
        self.trials = Trials::new(self.press, &prepared)?;
        self.prepared = prepared;
        Ok(())
    }

    /// Whether a block can be adjusted by itself: it has a path of its own, and its text goes on nothing.
    pub fn is_adjustable(&self, block: usize) -> bool {
        self.paths.get(block).is_some_and(|path| {
            let own = self.paths.iter().filter(|other| *other == path).count() == 1;
            !path.is_empty() && own && path.entry("continue").is_none()
        })
    }

    /// What a paragraph is called.
    pub fn name(&self, part: Part) -> String {
        let key = match part {
            Part::Session => return "session block".to_owned(),
            Part::Opening(number) => format!("opening/{number}"),
            Part::Body(number) => format!("body/{number}"),
            Part::Note(number) => format!("note/{number}"),
        };
        Names::new(&self.prepared).of(&key).to_string()
    }

    pub fn cannot(&mut self, part: Part, message: impl Into<String>) {
        let part = self.name(part);
        self.unexplained.push(Unexplained { part, message: message.into() });
    }

    pub fn explain(&mut self, block: usize, why: impl Into<String>) {
        self.why.entry(block).or_default().push(why.into());
    }

    /// The edition, by the first baselines of later pages.
    pub fn edition(&mut self) -> Result<(), String> {
        /// Baselines so near, in points, are of that edition.
        const NEAR: f64 = 0.9;
        let mut first: BTreeMap<usize, f64> = BTreeMap::new();
        for line in self.original.lines.iter().filter(|line| line.page > 1 && line.zone == Zone::Text) {
            let y = first.entry(line.page).or_insert(line.y);
            *y = y.min(line.y);
        }
        let pages = |edition: &Edition| {
            let baseline = self.press.first_baseline(*edition);
            first.values().filter(|y| (*y - baseline).abs() < NEAR).count()
        };
        let found = Edition::ALL.iter().max_by_key(|edition| pages(edition)).filter(|edition| pages(edition) > 0);
        if let Some(edition) = found.filter(|edition| **edition != self.prepared.edition) {
            self.document.layout.edition = Some(*edition);
            self.again()?;
        }
        Ok(())
    }

    /// The tracking of body and notes, and, if they may be given, the line ends that none explains.
    pub fn tracking(&mut self, facsimile: bool) {
        self.adjusts_lines = facsimile;
        let measured = tracking::departures(&self.texts, self.original);
        let wanted: Vec<_> = self.texts.paragraphs.iter().map(|text| text.begins(self.original)).collect();
        let mut tried = self.tried(&|hundred| hundred % COARSE == 0);
        let all_fit = |at: &usize| tried.iter().any(|(_, begins)| fit(&begins[*at], &wanted[*at]));
        if !(0..wanted.len()).all(|at| all_fit(&at)) {
            tried.extend(self.tried(&|hundred| hundred % COARSE != 0 && hundred.abs() < FINE));
        }
        let usual = self.usual(&tried, &wanted);
        let plain =
            tried.iter().find(|(tracking, _)| *tracking == 0.0).map(|(_, begins)| begins.clone()).unwrap_or_default();
        if usual != 0.0 {
            self.document.layout.tracking = Some(usual);
        }
        for (index, wanted) in wanted.iter().enumerate() {
            let text = &self.texts.paragraphs[index];
            let part = text.part;
            if !text.known || text.words.is_empty() || !matches!(part, Part::Body(_) | Part::Note(_)) {
                continue;
            }
            if matches!(part, Part::Body(_)) && !text.justified {
                // Headings: of an annex, that of its title is adjusted.
                let last = self.texts.paragraphs.get(index + 1).is_none_or(|next| next.part != part);
                let found = Found { tracking: 0.0, fits: fit(&plain[index], wanted), off: 0.0 };
                if last && !found.fits {
                    self.settle(index, found, usual, facsimile);
                }
                continue;
            }
            let base = if matches!(part, Part::Body(_)) { usual } else { 0.0 };
            let near = tried.iter().map(|(tracking, begins)| (hundredths(tracking - base), begins[index].as_slice()));
            let found = tracking::chosen(measured[index], near, wanted);
            self.settle(index, found, base, facsimile);
        }
    }

    /// The words that begin the lines of every paragraph, with each tracking that may have been typed, of
    /// so many hundredths of a point.
    fn tried(&mut self, is: &dyn Fn(i32) -> bool) -> Vec<(f64, Vec<Vec<usize>>)> {
        const FARTHEST: i32 = 30;
        let marks: Vec<String> = self.prepared.notes.iter().map(|note| note.mark.clone()).collect();
        let tried = (-FARTHEST..=FARTHEST).filter(|hundred| is(*hundred)).map(|hundred| {
            let tracking = f64::from(hundred) / 100.0;
            let note = Adjustment { tracking: Some(tracking), ..Adjustment::default() };
            let notes = marks.iter().map(|mark| (mark.clone(), note.clone())).collect();
            let layout = Layout { tracking: Some(tracking), notes, ..self.document.layout.clone() };
            let composition = self.trials.composed(&layout, &self.adjusted, Known::Lines);
            (tracking, composition.paragraphs.iter().map(|paragraph| of_paragraph(paragraph).1).collect())
        });
        tried.collect()
    }

    /// The tracking of the document as a whole: the usual one, unless another explains many paragraphs more.
    fn usual(&self, tried: &[(f64, Vec<Vec<usize>>)], wanted: &[Vec<std::ops::RangeInclusive<usize>>]) -> f64 {
        const MORE: usize = 3;
        let body: Vec<usize> =
            (0..self.texts.paragraphs.len()).filter(|at| self.texts.paragraphs[*at].justified).collect();
        let fits = |begins: &[Vec<usize>]| body.iter().filter(|at| fit(&begins[**at], &wanted[**at])).count();
        let counts: Vec<(f64, usize)> = tried.iter().map(|(tracking, begins)| (*tracking, fits(begins))).collect();
        let plain = counts.iter().find(|(tracking, _)| *tracking == 0.0).map_or(0, |(_, count)| *count);
        let round = counts.iter().filter(|(tracking, _)| (tracking * 20.0).fract() == 0.0);
        let best = round.max_by_key(|(tracking, count)| (*count, -(tracking.abs() * 100.0) as i32));
        best.filter(|(_, count)| *count >= plain + MORE.max(body.len() / 10)).map_or(0.0, |(tracking, _)| *tracking)
    }

    /// Adjusts a paragraph by what was found of its tracking.
    fn settle(&mut self, index: usize, found: Found, base: f64, facsimile: bool) {
        /// Tracking that departs so far from what is drawn was not typed.
        const FAR: f64 = 0.04;
        let part = self.texts.paragraphs[index].part;
        let adjustable = match part {
            Part::Body(block) => self.is_adjustable(block),
            _ => true,
        };
        let given = facsimile && (!found.fits || found.off > FAR);
        let line_ends = if given { self.line_ends(index) } else { None };
        // What is drawn as usual is as usual, if its lines are given.
        let tracking = if found.off > FAR && line_ends.is_some() { 0.0 } else { found.tracking };
        let other = hundredths(tracking) != 0.0;
        if (other || line_ends.is_some()) && !adjustable {
            self.cannot(part, "its lines are adjusted in the original, and this text has no adjustments of its own");
            return;
        }
        let (fits, forced) = (found.fits || line_ends.is_some(), line_ends.is_some());
        if other || forced {
            let typed = other.then(|| hundredths(base + tracking));
            let layout = match part {
                Part::Body(block) => self.adjusted.entry(block).or_default(),
                Part::Note(note) => {
                    let mark = self.prepared.notes.get(note).map(|note| note.mark.clone()).unwrap_or_default();
                    self.document.layout.notes.entry(mark).or_default()
                }
                _ => return,
            };
            layout.tracking = typed;
            layout.line_ends = line_ends.unwrap_or_default();
        }
        if let Part::Body(block) = part {
            if other && fits && !forced {
                self.explain(block, format!("tracking {tracking:+.2}: its lines end as in the original"));
            } else if other {
                self.explain(block, format!("tracking {tracking:+.2}, as its letters stand in the original"));
            }
            if forced {
                self.explain(block, "line ends word by word: no tracking gives those of the original");
            }
        }
        if let (true, Part::Body(block)) = (forced, part) {
            self.make_room(index, block);
        }
    }

    /// Sets a paragraph whose lines are given, but have no room, so much closer that they have.
    fn make_room(&mut self, index: usize, block: usize) {
        const CLOSEST: i32 = 30;
        let before = self.adjusted.get(&block).and_then(|layout| layout.tracking);
        let usual = before.or(self.document.layout.tracking).unwrap_or_default();
        for hundred in (0..=CLOSEST).step_by(COARSE as usize) {
            let closer = hundredths(usual - f64::from(hundred) / 100.0);
            if hundred > 0
                && let Some(layout) = self.adjusted.get_mut(&block)
            {
                layout.tracking = Some(closer);
            }
            let composition = self.composed(Known::Lines);
            if pages::same_lines(&self.texts.paragraphs[index], &composition.paragraphs[index], self.original) {
                if hundred > 0 {
                    self.explain(block, format!("tracking {closer:+.2}, so that these lines have room"));
                }
                return;
            }
        }
        if let Some(layout) = self.adjusted.get_mut(&block) {
            layout.tracking = before;
        }
    }

    /// The lines of a paragraph of the original, in words.
    fn line_ends(&self, index: usize) -> Option<Vec<u16>> {
        let text = &self.texts.paragraphs[index];
        let said = joined(&text.words);
        let begins: Vec<usize> = text.begins(self.original).iter().map(|range| *range.end()).collect();
        let place = |begin: &usize| {
            let before = joined(&text.words[..*begin]).chars().count();
            before + usize::from(!text.words[*begin].joined)
        };
        words_of_lines(&said, &begins.iter().map(place).collect::<Vec<_>>()).filter(|ends| !ends.is_empty())
    }

    /// The lines of session block and titles.
    pub fn heads(&mut self) -> Result<(), String> {
        let composition = self.composed(Known::Lines);
        let lines = |is: fn(Part) -> bool| heads::lines(&self.texts, &composition, self.original, is);
        let session = lines(|part| part == Part::Session).unwrap_or_default();
        let titles = lines(|part| matches!(part, Part::Opening(_))).unwrap_or_default();
        let some = !session.is_empty() || !titles.is_empty();
        let layout = self.layout();
        (layout.session_lines, layout.title_lines) = (session, titles);
        if some { self.again() } else { Ok(()) }
    }

    /// The distances of lines and blocks, and the ends of the pages, one after the other.
    pub fn heights_and_pages(&mut self) {
        self.masthead();
        self.pitches();
        let mut rounds = 4 + 3 * self.original.pages;
        loop {
            let composition = self.composed(Known::Places);
            let changed = self.gaps(&composition) || self.page_ends(&composition);
            rounds -= 1;
            if !changed || rounds == 0 {
                break;
            }
        }
    }

    /// How high the masthead is, by the line that stands below it.
    fn masthead(&mut self) {
        const SAME: f64 = 0.35;
        const MOST: f64 = 60.0;
        let composition = self.composed(Known::Places);
        let head = self.texts.paragraphs.iter().zip(&composition.paragraphs).next();
        let below = |(text, _): &(&Text, &Paragraph)| matches!(text.part, Part::Session | Part::Opening(0));
        let Some((text, paragraph)) = head.filter(below) else { return };
        let line = text.lines(self.original).first().map(|line| &self.original.lines[*line]);
        if let (Some(line), Some((page, y))) = (line, paragraph.places.first())
            && line.page == *page
        {
            let more = line.y - y;
            if more.abs() > SAME && more.abs() < MOST {
                self.layout().masthead = Some(tenths(more));
            }
        }
    }

    fn pitches(&mut self) {
        let composition = self.composed(Known::Lines);
        let pitches = heights::pitches(&self.texts, &composition, self.original);
        for (index, pitch) in pitches.into_iter().enumerate() {
            if let (Part::Body(block), Some(pitch)) = (self.texts.paragraphs[index].part, pitch)
                && self.is_adjustable(block)
            {
                self.adjusted.entry(block).or_default().pitch = Some(pitch);
                self.explain(block, format!("pitch {pitch}, as its lines stand in the original"));
            }
        }
    }

    /// Adjusts what stands between blocks; whether anything was.
    fn gaps(&mut self, composition: &Composition) -> bool {
        let gaps = heights::gaps(&self.texts, composition, self.original);
        let mut changed = false;
        for (index, more) in gaps.into_iter().enumerate() {
            let text = &self.texts.paragraphs[index];
            let Some(more) = more.filter(|_| text.begins_part) else { continue };
            match text.part {
                Part::Opening(number) => {
                    let above = &mut self.document.layout.opening_above;
                    above.resize(above.len().max(number + 1), 0.0);
                    above[number] = tenths(above[number] + more);
                    changed = true;
                }
                Part::Body(block) if self.is_adjustable(block) => {
                    let above = &mut self.adjusted.entry(block).or_default().above;
                    *above = Some(tenths(above.unwrap_or_default() + more));
                    changed = true;
                }
                _ => {}
            }
        }
        changed
    }

    /// What was found.
    pub fn finish(mut self) -> Matching {
        let composition = self.composed(Known::Places);
        let agreement = self.agreement(&composition);
        self.left(&composition);
        let names = Names::new(&self.prepared);
        let blocks = std::mem::take(&mut self.adjusted);
        let blocks = blocks.into_iter().filter(|(_, layout)| !layout.is_empty());
        let adjusted: Vec<Adjusted> = blocks
            .map(|(block, layout)| Adjusted {
                path: self.paths[block].clone(),
                part: names.of(&format!("body/{block}")).to_string(),
                layout,
                why: self.why.remove(&block).unwrap_or_default(),
            })
            .collect();
        let layout = self.document.layout.clone();
        each(&mut self.document, &mut |path, layout| {
            let found = adjusted.iter().find(|adjusted| adjusted.path == *path);
            *layout = found.map(|adjusted| adjusted.layout.clone()).unwrap_or_default();
        });
        Matching {
            document: self.document,
            layout,
            adjusted,
            unexplained: self.unexplained,
            agreement,
            only_here: only_here(&self.texts),
            only_there: self.texts.others.iter().map(|word| self.original.words[*word].text.clone()).collect(),
        }
    }

    /// Reports the lines and page ends that are still other ones.
    fn left(&mut self, composition: &Composition) {
        for index in 0..self.texts.paragraphs.len() {
            let (text, paragraph) = (&self.texts.paragraphs[index], &composition.paragraphs[index]);
            let begins = of_paragraph(paragraph).1;
            let wanted = text.begins(self.original);
            if !text.known || fit(&begins, &wanted) {
                continue;
            }
            let other = |line: &usize| !matches!((begins.get(*line), wanted.get(*line)), (Some(own), Some(range)) if range.contains(own));
            let Some(line) = (0..begins.len().max(wanted.len())).find(other) else { continue };
            let end = |begin: Option<&usize>| match begin.and_then(|begin| begin.checked_sub(1)) {
                Some(last) => format!("after “{}”", text.words[last].text),
                None => "with the paragraph".to_owned(),
            };
            let their = wanted.get(line).map(|range| *range.end());
            let (own, their) = (end(begins.get(line)), end(their.as_ref()));
            let hint = if self.adjusts_lines { "" } else { "; --facsimile gives line ends word by word" };
            let part = text.part;
            self.cannot(part, format!("line {} ends {own}, in the original {their}{hint}", line + 1));
        }
        let theirs = pages::theirs(&self.texts, self.original);
        let ours = pages::ours(&self.texts, composition);
        if !composition.placed {
            return;
        }
        for (page, their) in theirs.iter().enumerate() {
            let Some((number, line)) = their.filter(|their| ours.get(page) != Some(their)) else { continue };
            let part = self.texts.paragraphs[number].part;
            self.cannot(
                part,
                format!("page {} of the original begins with its line {}, and ours does not", page + 2, line + 1),
            );
        }
    }

    fn agreement(&self, composition: &Composition) -> Agreement {
        let theirs = pages::theirs(&self.texts, self.original);
        let ours = pages::ours(&self.texts, composition);
        let (words, of_words) = self.texts.common();
        let known = || self.texts.paragraphs.iter().zip(&composition.paragraphs).filter(|(text, _)| text.known);
        let same = |(text, paragraph): &(&Text, &Paragraph)| pages::same_lines(text, paragraph, self.original);
        Agreement {
            pages: ours.len() + 1,
            original_pages: self.original.pages,
            page_ends: theirs.iter().zip(&ours).filter(|(their, own)| **their == Some(**own)).count(),
            paragraphs: known().filter(same).count(),
            of_paragraphs: known().count(),
            words,
            of_words,
        }
    }
}

fn only_here(texts: &Texts) -> Vec<String> {
    let words = texts.paragraphs.iter().flat_map(|text| text.words.iter().zip(&text.theirs));
    words.filter(|(_, their)| their.is_none()).map(|(word, _)| word.text.clone()).collect()
}

fn hundredths(points: f64) -> f64 {
    // Adding nothing makes 0 of −0.
    (points * 100.0).round() / 100.0 + 0.0
}

fn tenths(points: f64) -> f64 {
    (points * 10.0).round() / 10.0 + 0.0
}
