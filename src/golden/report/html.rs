//! One self-contained HTML file: pages before and now, differences in words.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::Value;

use crate::error::Error;
use crate::golden::difference::Difference;
use crate::golden::layout::Bounds;
use crate::golden::verdict::{Outcome, PageOutcome, PageState, State, Verdict};
use crate::json;
use crate::visible::visible_lines;

const PAGE: &str = include_str!("page.html");
const PLACE: &str = "\"DATA\"";

#[derive(Serialize)]
struct Data<'v> {
    title: &'v str,
    cases: Vec<Case<'v>>,
    orphans: Vec<String>,
}

#[derive(Serialize)]
struct Case<'v> {
    name: &'v str,
    state: State,
    message: &'v str,
    differences: &'v [Difference],
    pages: Vec<Page<'v>>,
}

#[derive(Serialize)]
struct Page<'v> {
    page: usize,
    was: Option<usize>,
    state: PageState,
    size: (f64, f64),
    before: Option<String>,
    after: Option<String>,
    boxes: &'v [Bounds],
    score: Option<f64>,
}

/// Returns the verdict as one HTML file. The images of unchanged pages are left out.
///
/// # Errors
///
/// Returns a sentence if a path is not text.
pub fn html(verdict: &Verdict, title: &str) -> Result<String, Error> {
    let orphans = verdict.orphans.iter().map(|path| path.display().to_string()).collect();
    let data = Data { title, cases: verdict.cases.iter().map(case).collect(), orphans };
    // The text of documents must not end the script that contains it.
    let mut data = json::value(&data).map_err(Error::internal)?;
    make_visible(&mut data);
    Ok(PAGE.replacen(PLACE, &data.to_string().replace('<', "\\u003c"), 1))
}

/// Replaces control characters in all texts by visible symbols.
fn make_visible(data: &mut Value) {
    match data {
        Value::String(text) => {
            if let Cow::Owned(visible) = visible_lines(text) {
                *text = visible;
            }
        }
        Value::Array(list) => list.iter_mut().for_each(make_visible),
        Value::Object(fields) => fields.values_mut().for_each(make_visible),
        _ => {}
    }
}

fn case(outcome: &Outcome) -> Case<'_> {
    Case {
        name: &outcome.name,
        state: outcome.state,
        message: &outcome.message,
        differences: &outcome.differences,
        pages: outcome.pages.iter().map(page).collect(),
    }
}

fn page(outcome: &PageOutcome) -> Page<'_> {
    let embedded = |png: &Option<Vec<u8>>| {
        let shown = png.as_ref().filter(|_| outcome.state != PageState::Same);
        shown.map(|png| format!("data:image/png;base64,{}", STANDARD.encode(png)))
    };
    Page {
        page: outcome.page,
        was: outcome.was,
        state: outcome.state,
        size: outcome.size,
        before: embedded(&outcome.before),
        after: embedded(&outcome.after),
        boxes: outcome.pixels.as_ref().map_or(&[], |pixels| &pixels.boxes),
        score: outcome.score,
    }
}
