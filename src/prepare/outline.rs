//! The outline: how deep headings lie, with no level left out (PDF/UA-1, 7.4.2).

use super::prepared::{Block, Opening, OpeningRole};

/// Gives every heading and annex of the body its depth.
pub(super) fn outline(opening: &[Opening], body: &mut [Block]) {
    let titled = opening.iter().any(|entry| matches!(entry.role, OpeningRole::Title | OpeningRole::Headline));
    let top = u8::from(titled);
    let mut last = top;
    for block in body {
        match block {
            Block::Heading { level, depth, .. } => {
                *depth = (*level + top).min(last + 1);
                last = *depth;
            }
            Block::Annex { depth, title, .. } => {
                *depth = top + 1;
                last = *depth + u8::from(title.is_some());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8) -> Block {
        Block::Heading { level, depth: 0, number: None, stacked: false, hanging: None, runs: Vec::new() }
    }

    #[test]
    fn no_depth_is_left_out() {
        let mut body = vec![heading(3), heading(3), heading(1), heading(2), heading(4)];
        outline(&[], &mut body);
        let depths: Vec<u8> = body
            .iter()
            .map(|block| match block {
                Block::Heading { depth, .. } => *depth,
                _ => 0,
            })
            .collect();
        assert_eq!(depths, [1, 2, 1, 2, 3]);
    }
}
