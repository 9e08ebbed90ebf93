//! The outline: the depth of headings, without skipped levels (PDF/UA-1, 7.4.2).

use super::prepared::{Block, Opening, OpeningRole};

/// Sets the depth of every heading, annex and part of the body.
pub(crate) fn outline(opening: &[Opening], body: &mut [Block]) {
    let titled = opening.iter().any(|entry| matches!(entry.role, OpeningRole::Title | OpeningRole::Headline));
    let title = u8::from(titled);
    // What is above: the title, and the part.
    let mut top = title;
    let mut last = top;
    for block in body {
        match block {
            Block::Heading { level, depth, .. } => {
                *depth = (*level + top).min(last + 1);
                last = *depth;
            }
            Block::Part { depth, title: own, .. } => {
                top = title + 1;
                *depth = top;
                last = top + u8::from(own.is_some());
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
        Block::Heading { level, depth: 0, number: None, stacked: false, runs: Vec::new() }
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

    #[test]
    fn the_content_of_a_part_is_below_it() {
        let part = |title: Option<Vec<_>>| Block::Part { heading: Vec::new(), title, depth: 0, level: 2 };
        let mut body = vec![part(Some(Vec::new())), heading(3), heading(1), part(None), heading(1)];
        outline(&[], &mut body);
        let depths = body.iter().map(|block| match block {
            Block::Heading { depth, .. } | Block::Part { depth, .. } => *depth,
            _ => 0,
        });
        assert_eq!(depths.collect::<Vec<_>>(), [1, 3, 2, 1, 2]);
    }
}
