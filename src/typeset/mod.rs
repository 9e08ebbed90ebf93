//! Stage `typeset`: from [`Prepared`] to pages. It decides the position of everything.

mod boxes;
mod codes;
mod composer;
mod coverage;
mod emphasis;
mod engine;
mod faces;
mod figures;
mod first_page_notes;
pub mod fit;
mod keyed;
mod line_choice;
mod lines;
mod links;
mod long_words;
mod marks;
mod measures;
mod notes_with_marks;
#[cfg(test)]
mod notes_with_marks_tests;
mod pages;
mod pieces;
mod plan;
mod press;
mod repair;
mod setter;
mod tables;
mod templates;
mod trials;
mod world;

use std::collections::BTreeSet;

pub use boxes::MissingGlyphs;
pub(crate) use boxes::{sketch_boxed, typeset_boxed};
pub use coverage::Coverage;
pub use line_choice::Lines;
pub use pages::{Page, Pages};
pub use pieces::{Drawing, DrawingKind, PagePieces, Piece, pieces, read_back};
pub use press::Press;
pub(crate) use trials::{Composition, Known, Paragraph, Stretch, Trials, words_of_lines};

use crate::error::{Error, ErrorKind};
use crate::json;
use crate::picture::Pictures;
pub(crate) use plan::Unreached;

use crate::prepare::Prepared;
use crate::stack::with_room;
use composer::Method;
use engine::{Data, Drawings, compiled, drawings};
use notes_with_marks::together;
use plan::{Plan, plan};
pub use setter::PageId;
use setter::page_ids;

/// The pages of a document of which only some are wanted.
#[non_exhaustive]
pub struct Sketch {
    /// All pages; those that are not wanted have no text.
    pub pages: Pages,
    /// What identifies each page; `None` if the engine has set them, and all of them are complete.
    pub ids: Option<Vec<PageId>>,
}

/// Chooses the pages that are wanted, from 1; without it, all of them are.
pub type Choice<'c> = Option<&'c dyn Fn(&[PageId]) -> BTreeSet<usize>>;

/// Sets the pages of a document.
///
/// # Errors
///
/// Returns the engine's message, for instance about a damaged picture.
pub fn typeset(press: &Press, prepared: &Prepared, pictures: &Pictures, lines: Lines) -> Result<Pages, Error> {
    let sketch = sketch(press, prepared, pictures, lines, None);
    sketch.map(|sketch| sketch.pages).map_err(|reason| Error::new(ErrorKind::Engine, reason))
}

/// Sets the pages of a document that are wanted.
fn sketch(
    press: &Press,
    prepared: &Prepared,
    pictures: &Pictures,
    lines: Lines,
    choice: Choice,
) -> Result<Sketch, String> {
    with_room(|| {
        let mut opened = opened(press, prepared, pictures)?;
        let measures = press.measures.of(prepared.language);
        if let Some(pages) = prepared.layout.pages {
            let goal = fit::Goal { pages: Some(pages.into()), ..fit::Goal::default() };
            fit::search(&opened, measures, &goal, &|_| true).apply(&mut opened);
        }
        let drawings = drawings(&opened, pictures)?;
        let set = |framed: &BTreeSet<usize>| typeset_once(press, &opened, &drawings, lines, framed, choice);
        let guess = first_page_notes::first_guess(&opened, measures);
        let sketch =
            set(&guess).and_then(|sketch| match first_page_notes::better(&opened, measures, &sketch.pages, &guess) {
                Some(framed) => set(&framed),
                None => Ok(sketch),
            });
        // Also after a failure: the cache for one document is of no use to the next.
        if let Some(documents) = press.kept_for {
            comemo::evict(documents);
        }
        sketch
    })
}

/// Returns the plan of a document as JSON, in the form that the templates receive.
///
/// # Errors
///
/// Returns a sentence about a table that cannot be set.
pub fn plan_as_json(press: &Press, prepared: &Prepared) -> Result<String, Error> {
    let opened = opened(press, prepared, &Pictures::new()).map_err(Error::document)?;
    let framed = first_page_notes::first_guess(prepared, press.measures.of(prepared.language));
    let plan = plan(&opened, &press.measures, &framed, Lines::Official, true);
    json::pretty(&plan).map_err(Error::internal)
}

/// Returns the content of a document, with its tables laid out, its figures measured and its long words opened.
fn opened(press: &Press, prepared: &Prepared, pictures: &Pictures) -> Result<Prepared, String> {
    let mut opened = prepared.clone();
    let measures = press.measures.of(prepared.language);
    figures::measure(&mut opened, pictures, measures);
    emphasis::suit_faces(&mut opened);
    tables::lay_out(&mut opened, measures)?;
    long_words::open_long_words(&mut opened);
    Ok(opened)
}

/// Sets the pages with these notes in the frame of page 1.
fn typeset_once(
    press: &Press,
    prepared: &Prepared,
    drawings: &Drawings,
    lines: Lines,
    framed: &BTreeSet<usize>,
    choice: Choice,
) -> Result<Sketch, String> {
    let method = Method { lines, remembers: choice.is_some() };
    let mut planned = plan(prepared, &press.measures, framed, method, true);
    if let Some(sketch) = paint(press, &planned, drawings, choice)? {
        return Ok(sketch);
    }
    let pages = engine_pages(press, &mut planned, drawings)?;
    let pages = match &planned.ends {
        // Something is taller than planned: the engine ends the pages.
        Some(ends) if !ends.agree(pages.pages().len()) => {
            engine_pages(press, &mut plan(prepared, &press.measures, framed, lines, false), drawings)?
        }
        _ => pages,
    };
    Ok(Sketch { pages, ids: None })
}

/// Has the engine set the shell of page 1, and sets the lines. Returns `None` if they cannot be set.
fn paint(press: &Press, plan: &Plan, drawings: &Drawings, choice: Choice) -> Result<Option<Sketch>, String> {
    let Some(ends) = setter::sets(plan) else { return Ok(None) };
    let shell = plan.page_one_shell();
    let shell = Data::new(&shell, drawings, true).to_json()?;
    let ids = choice.map(|_| page_ids(plan, ends, &shell, drawings.digest()));
    let wanted = choice.zip(ids.as_deref()).map(|(choice, ids)| choice(ids));
    let page_one_shell = compiled(press, shell, drawings)?;
    let pages = setter::paint(press, page_one_shell.engine(), plan, ends, wanted);
    Ok(pages.map(|pages| Sketch { pages, ids }))
}

/// Has the engine set a plan.
fn engine_pages(press: &Press, plan: &mut Plan, drawings: &Drawings) -> Result<Pages, String> {
    together(plan, &press.measures, |plan| compiled(press, Data::new(plan, drawings, false).to_json()?, drawings))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::prepare::prepare;
    use crate::read::{Format, read};
    use crate::typeset::measures::Measures;

    /// Checks that the engine produces as many pages as the composer has calculated.
    fn agrees(press: &Press, yaml: &str) -> bool {
        let reading = read(&Source::new("test.yaml", yaml), Format::Yaml).unwrap();
        let prepared = prepare(&reading.document).unwrap();
        let drawings = drawings(&prepared, &Pictures::new()).unwrap();
        let mut planned = plan(&prepared, &press.measures, &BTreeSet::new(), Lines::Official, true);
        let pages = engine_pages(press, &mut planned, &drawings).unwrap();
        planned.ends.is_some_and(|ends| ends.complete && ends.agree(pages.pages().len()))
    }

    /// A draft of paragraphs of many lengths, with notes, items and headings here and there.
    pub(crate) fn draft(seed: usize) -> String {
        let mut state = seed;
        let mut next = |below: usize| {
            state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
            (state >> 8) % below
        };
        let words = ["the", "tide", "tables", "of", "harbours", "and", "observations", "gauges", "in", "concern"];
        let mut body = String::from("body:\n- enacting: '*The General Assembly*,'\n");
        let mut notes = String::from("footnotes:\n");
        let mut marks = 0;
        let mut text = |next: &mut dyn FnMut(usize) -> usize| {
            let mut text = String::new();
            for _ in 0..next(120) + 2 {
                text += words[next(words.len())];
                if next(40) == 0 {
                    marks += 1;
                    text += &format!("[^{marks}]");
                    notes += &format!("  '{marks}': {}\n", "Official records ".repeat(next(16) + 1));
                }
                text.push(' ');
            }
            text
        };
        for index in 0..40 {
            if next(12) == 0 {
                body += "- heading: {level: 3, text: Harbours and their tides}\n";
            }
            match next(5) {
                0 => {
                    body += &format!("- operative: {{text: '{}:', items: ['{};', 'that;']}}\n", index, text(&mut next))
                }
                1 | 2 => body += &format!("- preambular: '{}'\n", text(&mut next)),
                _ => body += &format!("- operative: '{}'\n", text(&mut next)),
            }
        }
        format!(
            "symbol: A/84/L.{seed}\nkind: draft-resolution\ndate: 2029-12-19\nsession: 84\nagenda_item: '18'\n\
             agenda_title: Tides\nsponsors: [Kiribati]\ntitle: Tide tables\n{body}{notes}"
        )
    }

    #[test]
    fn pages_end_as_planned() {
        let press = Press::new([]).unwrap();
        for seed in 1..25 {
            assert!(agrees(&press, &draft(seed)), "{}", draft(seed));
        }
    }

    #[test]
    fn a_wrong_reckoning_shows() {
        let press = Press::new([]).unwrap();
        let reading = read(&Source::new("test.yaml", draft(3)), Format::Yaml).unwrap();
        let prepared = prepare(&reading.document).unwrap();
        let drawings = drawings(&prepared, &Pictures::new()).unwrap();
        let set = |measures: &Measures| {
            let mut planned = plan(&prepared, measures, &BTreeSet::new(), Lines::Official, true);
            let pages = engine_pages(&press, &mut planned, &drawings).unwrap().pages().len();
            (planned.ends.unwrap().pages(), pages)
        };
        // Pages that are calculated as taller than they are overflow: the difference shows.
        let mut measures = press.measures.clone();
        measures.page.bottom += 40.0;
        let (pages_fixed, pages) = set(&measures);
        assert!(pages > pages_fixed, "{pages} pages, {pages_fixed} planned");
    }
}
