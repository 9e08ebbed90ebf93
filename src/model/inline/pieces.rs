//! Joins pieces of inline text.

use std::ops::Range;

use super::{Change, Inline};

/// What is folded to one space.
const SPACES: [char; 4] = [' ', '\n', '\t', '\r'];

/// The pieces so far, with spaces folded and neighbours of one style joined.
#[derive(Default)]
pub(super) struct Pieces {
    list: Vec<Inline>,
    after_space: bool,
}

impl Pieces {
    pub fn push(&mut self, piece: Inline) {
        let Some(more) = piece.text() else {
            self.after_space = false;
            return self.list.push(piece);
        };
        let mut folded = String::with_capacity(more.len());
        self.after_space |= self.list.is_empty();
        for c in more.chars() {
            let space = SPACES.contains(&c);
            if !space || !self.after_space {
                folded.push(if space { ' ' } else { c });
            }
            self.after_space = space;
        }
        if folded.is_empty() {
            return;
        }
        let piece = piece.with_text(folded);
        match (self.list.last_mut(), &piece) {
            (Some(last), Inline::Text { text: more, .. }) if last.has_style_of(&piece) => {
                if let Inline::Text { text, .. } = last {
                    text.push_str(more);
                }
            }
            _ => self.list.push(piece),
        }
    }

    pub fn finish(mut self) -> Vec<Inline> {
        if let Some(Inline::Text { text, .. }) = self.list.last_mut() {
            text.truncate(text.trim_end_matches(' ').len());
            if text.is_empty() {
                self.list.pop();
            }
        }
        self.list
    }
}

/// Joins pieces, with spaces moved out of their styles. Spaces within a change remain part of it.
pub(crate) fn joined(pieces: impl IntoIterator<Item = Inline>) -> Vec<Inline> {
    let mut apart: Vec<Inline> = Vec::new();
    for piece in pieces {
        let Inline::Text { text, change, .. } = &piece else {
            apart.push(piece);
            continue;
        };
        let lead = text.len() - text.trim_start_matches(SPACES).len();
        let end = text.trim_end_matches(SPACES).len().max(lead);
        apart.extend([space(&text[..lead], *change), piece.with_text(&text[lead..end]), space(&text[end..], *change)]);
    }
    apart.retain(|piece| piece.text() != Some(""));
    let mut out = Pieces::default();
    let mut rest = &apart[..];
    while let Some(change) = rest.first().map(Inline::change) {
        let other = |piece: &Inline| piece.change() != change;
        let (changed, later) = rest.split_at(rest.iter().position(other).unwrap_or(rest.len()));
        rest = later;
        let seen = |piece: &Inline| piece.text().is_none_or(|text| !text.trim_matches(SPACES).is_empty());
        let first = changed.iter().position(seen).unwrap_or(changed.len());
        let last = changed.iter().rposition(seen).unwrap_or_default();
        for (index, piece) in changed.iter().enumerate() {
            let edge = index < first || index > last;
            out.push(match piece.text() {
                Some(text) if edge => space(text, None),
                _ => piece.clone(),
            });
        }
    }
    out.finish()
}

/// Returns spaces in no style, as part of a change or not.
fn space(text: &str, within: Option<Change>) -> Inline {
    Inline::plain(text).with_change(within)
}

/// Changes the style of parts of texts, italic and raised.
pub(crate) fn restyled(
    pieces: &[Inline],
    parts: impl Fn(&str) -> Vec<Range<usize>>,
    style: fn(italic: &mut bool, raised: &mut bool),
) -> Vec<Inline> {
    let mut out = Pieces::default();
    for piece in pieces {
        let text = piece.text().unwrap_or_default();
        let mut done = 0;
        for part in parts(text) {
            out.push(piece.with_text(&text[done..part.start]));
            let mut own = piece.with_text(&text[part.clone()]);
            if let Inline::Text { italic, raised, .. } = &mut own {
                style(italic, raised);
            }
            out.push(own);
            done = part.end;
        }
        out.push(piece.with_text(&text[done..]));
    }
    out.finish()
}
