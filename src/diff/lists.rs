//! Session block, opening, and other lines one below the other.

use super::merge::{At, Merge, inserted};
use super::side::Side;
use super::steps::{Moving, Step, steps};
use crate::model::fields::header;
use crate::model::{Kind, Path};
use crate::prepare::{Opening, OpeningRole, Run, Runs, SessionLine, SessionRole};

/// Returns the lines of the session block with their changes marked, one column per organ.
pub(super) fn session(merge: &mut Merge) -> Vec<Vec<SessionLine>> {
    let (old, new) = (merge.old, merge.new);
    let (before, after) = (&old.prepared.session, &new.prepared.session);
    let none = Vec::new();
    let column = |column: usize| {
        let (was, is) = (before.get(column).unwrap_or(&none), after.get(column).unwrap_or(&none));
        let passages = |side: &Side, lines: &[SessionLine]| -> Vec<_> {
            lines.iter().map(|line| side.passage(&format!("{:?}", line.role), &line.runs)).collect()
        };
        let key = |index: usize| format!("session/{column}/{index}");
        let fit = |a: usize, b: usize| was[a].role == is[b].role;
        let steps = steps(&passages(old, was), &passages(new, is), Moving::No, fit);
        let line = |step: &Step| match *step {
            Step::Both { old: a, new: b, .. } => {
                let path = Some(session_path(is[b].role));
                let runs = merge.text(At::new(&*new.name(&key(b)), path.clone(), path), &was[a].runs, &is[b].runs);
                SessionLine { runs, ends: Vec::new(), ..is[b].clone() }
            }
            Step::Gone { old: a, .. } => {
                let at = At::new(&*old.name(&key(a)), Some(session_path(was[a].role)), None);
                merge.list(at, super::Kind::Deleted, merge.deleted(&was[a].runs));
                SessionLine { runs: merge.struck(&was[a].runs), ends: Vec::new(), ..was[a].clone() }
            }
            Step::New(b) => {
                let at = At::new(&*new.name(&key(b)), None, Some(session_path(is[b].role)));
                merge.list(at, super::Kind::Inserted, merge.inserted(&is[b].runs));
                SessionLine { runs: inserted(&is[b].runs), ends: Vec::new(), ..is[b].clone() }
            }
        };
        steps.iter().map(line).collect()
    };
    (0..before.len().max(after.len())).map(column).collect()
}

fn session_path(role: SessionRole) -> Path {
    Path::from(match role {
        SessionRole::Organ => header::organ.name,
        SessionRole::Session | SessionRole::Dates => header::session.name,
        SessionRole::BodyName => header::body_name.name,
        SessionRole::AgendaItem => header::agenda_item.name,
        SessionRole::AgendaTitle => header::agenda_title.name,
    })
}

/// Returns the entries of the opening with their changes marked.
pub(super) fn opening(merge: &mut Merge) -> Vec<Opening> {
    let (old, new) = (merge.old, merge.new);
    let (was, is) = (&old.prepared.opening, &new.prepared.opening);
    let passages = |side: &Side| -> Vec<_> {
        let entries = side.prepared.opening.iter();
        entries.map(|entry| side.passage(&format!("{:?}", entry.role), &entry.runs)).collect()
    };
    let name = |side: &Side, index: usize| match side.signatories {
        Some(at) if at == index => header::signatories.name.to_owned(),
        _ => side.name(&format!("opening/{index}")).to_string(),
    };
    let fit =
        |a: usize, b: usize| was[a].role == is[b].role && (old.signatories == Some(a)) == (new.signatories == Some(b));
    let steps = steps(&passages(old), &passages(new), Moving::No, fit);
    let entry = |step: &Step| match *step {
        Step::Both { old: a, new: b, .. } => {
            let path = Some(opening_path(new, b));
            let at = At::new(name(new, b), path.clone(), path);
            let runs = merge.text(at, &was[a].runs, &is[b].runs);
            let number = Some(Path::from(header::number.name));
            let at = At::new("number", number.clone(), number);
            let number = merge.designation(at, was[a].number.as_ref(), is[b].number.as_ref());
            Opening { number, runs, ends: Vec::new(), ..is[b].clone() }
        }
        Step::Gone { old: a, .. } => {
            let at = At::new(name(old, a), Some(opening_path(old, a)), None);
            merge.list(at, super::Kind::Deleted, merge.deleted(&was[a].runs));
            let number = merge.number(was[a].number.as_ref(), None);
            Opening { number, runs: merge.struck(&was[a].runs), ends: Vec::new(), ..was[a].clone() }
        }
        Step::New(b) => {
            let at = At::new(name(new, b), None, Some(opening_path(new, b)));
            merge.list(at, super::Kind::Inserted, merge.inserted(&is[b].runs));
            let number = merge.number(None, is[b].number.as_ref());
            Opening { number, runs: inserted(&is[b].runs), ends: Vec::new(), ..is[b].clone() }
        }
    };
    steps.iter().map(entry).collect()
}

/// Returns the field that a paragraph of the opening prints: reports have their title as the headline.
fn opening_path(side: &Side, index: usize) -> Path {
    use OpeningRole::{Headline, Origin, Sponsors, Title};
    let signed = side.signatories == Some(index);
    Path::from(match (side.prepared.opening[index].role, side.prepared.kind) {
        (Sponsors, _) if signed => header::signatories.name,
        (Sponsors, Kind::Letter) | (Title, Kind::Note | Kind::Report) => header::submitted_by.name,
        (Sponsors, _) => header::sponsors.name,
        (Headline, Kind::Resolution | Kind::Decision) => header::adopted.name,
        (Headline | Title, _) => header::title.name,
        (Origin, _) => header::adopted_note.name,
    })
}

/// Returns lines one below the other with their changes marked.
pub(super) fn lines(merge: &mut Merge, at: &At, was: &[Runs], is: &[Runs]) -> Vec<Runs> {
    let passages =
        |side: &Side, lines: &[Runs]| -> Vec<_> { lines.iter().map(|line| side.passage("", line)).collect() };
    let steps = steps(&passages(merge.old, was), &passages(merge.new, is), Moving::No, |_, _| true);
    let none: &[Run] = &[];
    let line = |step: &Step| {
        let (number, old, new) = match *step {
            Step::Both { old, new, .. } => (new, was[old].as_slice(), is[new].as_slice()),
            Step::Gone { old, .. } => (old, was[old].as_slice(), none),
            Step::New(new) => (new, none, is[new].as_slice()),
        };
        let name = if was.len().max(is.len()) > 1 { format!(", line {}", number + 1) } else { String::new() };
        merge.text(at.within(&name, Path::clone), old, new)
    };
    steps.iter().map(line).collect()
}
