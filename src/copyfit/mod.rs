//! Copyfitting of a source: finds the adjustments that bring a document to a number of pages (`masthead fit`) or that
//! an original has (`masthead match`), and writes them into the source without changing anything else.

mod adjustments;
mod goals;
pub mod matching;
mod targets;
mod written;

use std::sync::Arc;

use serde::Serialize;

pub use crate::typeset::fit::{Extent, Goal};

use crate::diagnostic::{Diagnostic, Source};
use crate::error::Error;
use crate::golden::Names;
use crate::model::Path;
use crate::prepare::prepare_with_paths;
use crate::read::{Format, Reading};
use crate::render::Picture;
use crate::typeset::fit::{Change, fit as search};
use crate::{MissingGlyphs, Press};
use adjustments::is_adjustable;
use targets::Target;
pub use written::written;

/// The result of fitting a document.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Fit {
    /// The extent of the document; `None` if it is known only after typesetting.
    pub before: Option<Extent>,
    /// Its extent with the adjustments.
    pub after: Option<Extent>,
    /// The adjustments.
    pub adjustments: Vec<Adjusted>,
    /// Why the goal was not reached, as a sentence.
    pub obstacle: Option<String>,
    /// The source with the adjustments; `None` if there are none.
    #[serde(skip)]
    pub text: Option<String>,
}

/// An adjustment and its effect.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Adjusted {
    /// The adjusted part: "operative paragraph 12".
    pub part: String,
    /// The path of the field: `body[14].layout.tracking`.
    pub path: Path,
    #[serde(skip)]
    target: Target,
    /// The value of the field, in points.
    pub value: f64,
    /// The number of lines that it adds to the part; negative if it saves lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<isize>,
}

/// Finds the least visible adjustments that bring a document to a goal.
///
/// # Errors
///
/// Returns all findings if one of them is an error.
pub fn fit(
    press: &Press,
    source: &Arc<Source>,
    format: Format,
    picture: Picture,
    goal: &Goal,
) -> Result<Fit, Vec<Diagnostic>> {
    let (reading, _) = crate::render::check(press, source, format, MissingGlyphs::default())?;
    let failed = |code, reason: String| vec![Diagnostic::error(code, reason).in_source(source, 0..0)];
    let (prepared, paths) = prepare_with_paths(&reading.document).map_err(|reason| failed("not-prepared", reason))?;
    let paths = paths.body;
    let pictures = crate::render::pictures(&reading, None, picture)?;
    let may = |block: usize| is_adjustable(&paths, block);
    let fitted =
        search(press, &prepared, &pictures, goal, &may).map_err(|error| failed("not-typeset", error.to_string()))?;
    let names = Names::new(&prepared);
    let adjustments: Vec<Adjusted> = fitted
        .changes
        .iter()
        .map(|change| {
            let (part, target, value, lines) = match *change {
                Change::Tracking { block, tracking, lines } => (
                    names.of(&format!("body/{block}")).to_string(),
                    Target::Tracking(paths[block].clone()),
                    tracking,
                    Some(lines),
                ),
                Change::FirstPageFoot(foot) => ("foot of page 1".to_owned(), Target::FirstPageFoot, foot, None),
                Change::Pitch(pitch) => ("line pitch".to_owned(), Target::Pitch, pitch, None),
            };
            Adjusted { part, path: target.path(), target, value, lines }
        })
        .collect();
    let text = (!adjustments.is_empty()).then(|| adjusted(&reading, &adjustments)).transpose();
    Ok(Fit {
        before: fitted.before,
        after: fitted.after,
        obstacle: fitted.obstacle.as_ref().map(|obstacle| goals::sentence(obstacle, goal, &names)),
        adjustments,
        text: text.map_err(|error| failed("not-written", error.to_string()))?,
    })
}

/// Returns the source of a document with these adjustments added to its own.
fn adjusted(reading: &Reading, adjustments: &[Adjusted]) -> Result<String, Error> {
    let mut wanted = reading.document.clone();
    for Adjusted { path, target, value, .. } in adjustments {
        if !target.set(&mut wanted, *value) {
            return Err(Error::value(format!("{path} is not a block")));
        }
    }
    written(reading, &wanted)
}
