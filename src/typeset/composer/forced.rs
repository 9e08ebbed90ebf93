//! Forced line ends: set by hand, or read from an original.

use super::line_ends::next_opportunity;
use crate::prepare::{Run, Runs};

/// The runs between two forced line ends, and whether a space ended them.
pub(super) struct Cut {
    pub runs: Runs,
    pub space: bool,
}

/// Cuts runs at numbers of characters of their text, not counting marks. Spaces at a cut are left out.
pub(super) fn cut(runs: &[Run], ends: &[usize]) -> Vec<Cut> {
    let mut cuts = vec![Cut { runs: Runs::new(), space: false }];
    let mut ends = ends.iter().copied().peekable();
    let (mut at, mut skips) = (0, false);
    for run in runs {
        let Run::Text { text, .. } = run else {
            if matches!(run, Run::Break { .. }) {
                at += 1;
                while ends.next_if(|end| *end < at).is_some() {}
            }
            cuts.iter_mut().last().into_iter().for_each(|cut| cut.runs.push(run.clone()));
            continue;
        };
        let mut kept = String::new();
        let push = |kept: &mut String, cuts: &mut Vec<Cut>| {
            if !kept.is_empty() {
                let run = run.with_text(std::mem::take(kept));
                cuts.iter_mut().last().into_iter().for_each(|cut| cut.runs.push(run.clone()));
            }
        };
        for c in text.chars() {
            while ends.next_if(|end| *end < at).is_some() {}
            if ends.next_if_eq(&at).is_some() && at > 0 {
                push(&mut kept, &mut cuts);
                cuts.push(Cut { runs: Runs::new(), space: false });
                skips = true;
            }
            at += 1;
            if skips && c.is_whitespace() {
                let before = cuts.len().saturating_sub(2);
                cuts.iter_mut().skip(before).take(1).for_each(|cut| cut.space = true);
            } else {
                skips = false;
                kept.push(c);
            }
        }
        push(&mut kept, &mut cuts);
    }
    cuts.retain(|cut| !cut.runs.is_empty());
    cuts
}

/// Returns where lines with these numbers of words end. A word ends with a space of any kind, or where a line may end.
pub(in crate::typeset) fn after_words(runs: &[Run], counts: &[u16]) -> Vec<usize> {
    let mut chars = Vec::new();
    for run in runs {
        match run {
            Run::Text { text, .. } => chars.extend(text.chars().map(|c| if c == '\u{a0}' { ' ' } else { c })),
            Run::Break { .. } => chars.push(' '),
            Run::Note { .. } => {}
        }
    }
    let mut ends = Vec::with_capacity(counts.len());
    let mut at = 0;
    for count in counts {
        let mut end = at;
        for _ in 0..*count {
            let here = next_opportunity(&chars, at);
            (end, at) = (here.end, here.next);
        }
        if end >= chars.len() {
            break;
        }
        ends.push(end);
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(runs: &[Run], ends: &[usize]) -> Vec<(String, bool)> {
        let text = |run: &Run| match run {
            Run::Text { text, .. } => text.clone(),
            Run::Note { note, .. } => format!("[{note}]"),
            Run::Break { .. } => "|".to_owned(),
        };
        cut(runs, ends).iter().map(|cut| (cut.runs.iter().map(text).collect(), cut.space)).collect()
    }

    #[test]
    fn runs_are_cut_behind_words_and_their_marks() {
        let runs = [
            Run::text("Of tides"),
            Run::Note { note: 0, again: false, change: None },
            Run::text(" and socio-economic shores"),
        ];
        let cut = |counts: &[u16]| texts(&runs, &after_words(&runs, counts));
        let own =
            |list: &[(&str, bool)]| list.iter().map(|(text, space)| ((*text).to_owned(), *space)).collect::<Vec<_>>();
        assert_eq!(cut(&[2, 2]), own(&[("Of tides[0]", true), ("and socio-", false), ("economic shores", false)]));
        assert_eq!(
            cut(&[1, 1, 1]),
            own(&[("Of", true), ("tides[0]", true), ("and", true), ("socio-economic shores", false)])
        );
        assert_eq!(cut(&[]), own(&[("Of tides[0] and socio-economic shores", false)]));
        // A count beyond the last word ends no line.
        assert_eq!(cut(&[3, 9]), own(&[("Of tides[0] and", true), ("socio-economic shores", false)]));
        assert_eq!(texts(&runs, &[0, 99]), own(&[("Of tides[0] and socio-economic shores", false)]));
    }
}
