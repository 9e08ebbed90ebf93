//! Differences of geometry: positions of parts, line ends, appearance.

use similar::DiffOp;

use super::align::{self, Pair};
use super::difference::{Difference, Kind, several};
use super::layout::{Drawing, Layout, Style};
use super::moves::{Move, Moves, points};
use super::names::{furniture, region};
use super::page_pairs::PagePairs;
use super::page_text::Part;

/// Returns the differences between paired parts.
pub(super) fn differences(
    before: &[&Part],
    after: &[&Part],
    pairs: &[Pair],
    pages: &PagePairs,
    tolerance: f64,
) -> Vec<Difference> {
    let mut list = Vec::new();
    let mut moves = Moves::default();
    for pair in pairs {
        match (pair.before.map(|old| before[old]), pair.after.map(|new| after[new])) {
            (Some(old), Some(new)) => {
                let text = old.passage.tokens.iter().map(|token| token.key()).eq(new
                    .passage
                    .tokens
                    .iter()
                    .map(|token| token.key()));
                let looks = of_looks(old, new);
                let same_type = looks.is_empty();
                list.extend(looks);
                list.extend(of_lines(old, new));
                if text && same_type {
                    list.extend(of_widths(old, new, tolerance));
                }
                list.extend(of_pitch(old, new, tolerance));
                list.extend(of_drawings(old, new, tolerance));
                moves.add(of_place(old, new, pages, tolerance));
            }
            (Some(old), None) => list.extend(lone(old, "is missing")),
            (None, Some(new)) => list.extend(lone(new, "is new")),
            (None, None) => {}
        }
    }
    list.extend(moves.reported());
    list
}

/// Reports a missing or new part that has only rules and pictures; for text, the words are reported.
fn lone(part: &Part, what: &str) -> Option<Difference> {
    let (page, drawing) = part.drawings.first().filter(|_| part.lines.is_empty())?;
    let kind = if drawing.picture.is_some() { Kind::Picture } else { Kind::Rule };
    Some(Difference::new(kind, &*part.passage.name, format!("{what} on page {page}")).on(Some(*page)))
}

/// Compares font, size, tracking and colour of the same words. Emphasis is reported with the text.
fn of_looks(old: &Part, new: &Part) -> Vec<Difference> {
    let mut reported: Vec<(Kind, String)> = Vec::new();
    for op in align::words(&old.passage.tokens, &new.passage.tokens) {
        let DiffOp::Equal { .. } = op else { continue };
        let (olds, news) = (&old.passage.tokens[op.old_range()], &new.passage.tokens[op.new_range()]);
        for (old, new) in olds.iter().zip(news) {
            let (Some(before), Some(now)) = (&old.looks.style, &new.looks.style) else { continue };
            for (kind, message) in looks(before, now) {
                if !reported.iter().any(|(_, known)| *known == message) {
                    reported.push((kind, message));
                }
            }
        }
    }
    let part = &*new.passage.name;
    reported.into_iter().map(|(kind, message)| Difference::new(kind, part, message).on(new.page())).collect()
}

fn looks(before: &Style, now: &Style) -> Vec<(Kind, String)> {
    /// Kerning and rounding change the median of advances by less.
    const TRACKING: f64 = 0.015;
    let mut list = Vec::new();
    if before.face != now.face {
        list.push((Kind::Font, format!("the font {} became {}", before.face, now.face)));
    }
    if before.bold != now.bold && before.italic == now.italic {
        let message = if now.bold { "type that was regular is now bold" } else { "type that was bold is now regular" };
        list.push((Kind::Font, message.to_owned()));
    }
    if before.italic != now.italic {
        let message =
            if now.italic { "type that was upright is now italic" } else { "type that was italic is now upright" };
        list.push((Kind::Font, message.to_owned()));
    }
    if before.size != now.size {
        list.push((Kind::Size, format!("the type of {} pt became {} pt", before.size, now.size)));
    }
    if before.colour != now.colour {
        let name = |colour: &Option<String>| colour.clone().unwrap_or_else(|| "black".to_owned());
        list.push((Kind::Colour, format!("the colour {} became {}", name(&before.colour), name(&now.colour))));
    }
    if let (Some(old), Some(new)) = (before.tracking, now.tracking)
        && (old - new).abs() > TRACKING
        && list.is_empty()
    {
        list.push((Kind::Tracking, format!("the tracking of {old:.2} pt became {new:.2} pt")));
    }
    list
}

/// Compares the number of lines, and the words after which they end.
fn of_lines(old: &Part, new: &Part) -> Option<Difference> {
    let (before, now) = (old.lines.len(), new.lines.len());
    let mut says: Vec<String> = first_other_end(old, new).into_iter().collect();
    if before != now {
        says.push(format!("{} became {now}", several(before, "line")));
    }
    let size = before.abs_diff(now).max(1) as f64;
    let reported = |says: Vec<String>| Difference::new(Kind::LineEnds, &*new.passage.name, says.join("; ")).sized(size);
    (!says.is_empty() && before > 0 && now > 0).then(|| reported(says).on(new.page()))
}

/// Returns the first line that ends after another word.
fn first_other_end(old: &Part, new: &Part) -> Option<String> {
    let ends = |part: &Part, index: usize| {
        let tokens = &part.passage.tokens;
        tokens.get(index + 1).is_some_and(|next| next.line != tokens[index].line)
    };
    for op in align::words(&old.passage.tokens, &new.passage.tokens) {
        let DiffOp::Equal { .. } = op else { continue };
        for (at, to) in op.old_range().zip(op.new_range()) {
            if ends(old, at) != ends(new, to) {
                let line = new.passage.tokens[to].line;
                let last = |part: &Part, line: usize| {
                    let text = part.lines.get(line).map(|(_, line)| line.text()).unwrap_or_default();
                    text.split_whitespace().last().map(str::to_owned).unwrap_or_default()
                };
                let was = last(old, line);
                return Some(match (last(new, line), line) {
                    (now, 0) => format!("now breaks after “{now}”, no longer after “{was}”"),
                    (now, line) => {
                        format!("line {} now breaks after “{now}”, no longer after “{was}”", line + 1)
                    }
                });
            }
        }
    }
    None
}

/// Reports lines, and words within them, that moved differently from the part as a whole.
fn of_widths(old: &Part, new: &Part, tolerance: f64) -> Option<Difference> {
    if old.lines.len() != new.lines.len() {
        return None;
    }
    let shift = new.lines.first()?.1.left() - old.lines.first()?.1.left();
    for (index, ((page, before), (_, now))) in old.lines.iter().zip(&new.lines).enumerate() {
        if before.text() != now.text() || before.spans.len() != now.spans.len() {
            continue;
        }
        let line = if old.lines.len() == 1 { String::new() } else { format!("line {}: ", index + 1) };
        let far = |moved: f64| (moved - shift).abs() > tolerance;
        let reported = |message: String, size: f64| {
            Difference::new(Kind::Width, &*new.passage.name, message).on(Some(*page)).sized(size.abs())
        };
        for (was, is) in before.spans.iter().zip(&now.spans) {
            let (left, right) = (is.left - was.left, is.right - was.right);
            let words = is.text.trim();
            if far(left) {
                let way = if left > 0.0 { "right" } else { "left" };
                return Some(reported(
                    format!("{line}“{words}” begins {} further {way}", points(left - shift)),
                    left - shift,
                ));
            }
            if far(right) {
                let way = if right > 0.0 { "right" } else { "left" };
                return Some(reported(
                    format!("{line}“{words}” ends {} further {way}", points(right - shift)),
                    right - shift,
                ));
            }
        }
    }
    None
}

/// Compares the distance between the lines of a part, on one page.
fn of_pitch(old: &Part, new: &Part, tolerance: f64) -> Option<Difference> {
    let pitches = |part: &Part| -> Vec<f64> {
        let same_page = |pair: &&[(usize, &super::layout::Line)]| pair[0].0 == pair[1].0;
        part.lines.windows(2).filter(same_page).map(|pair| pair[1].1.y - pair[0].1.y).collect()
    };
    let (olds, news) = (pitches(old), pitches(new));
    if olds.len() != news.len() {
        return None;
    }
    let (was, is) = olds.iter().zip(&news).find(|(was, is)| (*was - *is).abs() > tolerance)?;
    let message = format!("lines that were {} apart are {} apart", points(*was), points(*is));
    Some(Difference::new(Kind::LinePitch, &*new.passage.name, message).on(new.page()).sized((was - is).abs()))
}

fn of_drawings(old: &Part, new: &Part, tolerance: f64) -> Vec<Difference> {
    let mut list = Vec::new();
    let name = &*new.passage.name;
    let kind = |drawing: &Drawing| if drawing.picture.is_some() { Kind::Picture } else { Kind::Rule };
    let noun = |drawing: &Drawing| if drawing.picture.is_some() { "picture" } else { "rule" };
    let (olds, news) = (&old.drawings, &new.drawings);
    for ((_, was), (page, is)) in olds.iter().zip(news) {
        let (a, b) = (was.bounds, is.bounds);
        let mut says = Vec::new();
        if was.picture != is.picture {
            says.push("shows a different picture".to_owned());
        }
        if was.colour != is.colour {
            let colour = |drawing: &Drawing| drawing.colour.clone().unwrap_or_else(|| "black".to_owned());
            list.push(
                Difference::new(Kind::Colour, name, format!("the colour {} became {}", colour(was), colour(is)))
                    .on(Some(*page)),
            );
        }
        let larger = (a.width - b.width).abs().max((a.height - b.height).abs());
        if larger > tolerance {
            says.push(format!("measures {} × {}, no longer {} × {}", b.width, b.height, a.width, a.height));
        }
        if !says.is_empty() {
            let size = if was.picture == is.picture { larger } else { f64::INFINITY };
            list.push(Difference::new(kind(is), name, says.join("; ")).on(Some(*page)).sized(size));
        }
    }
    let gone = olds.iter().skip(news.len()).map(|(page, drawing)| (page, drawing, "is missing"));
    let more = news.iter().skip(olds.len()).map(|(page, drawing)| (page, drawing, "is new"));
    for (page, drawing, what) in gone.chain(more) {
        let message = format!("a {} {what} on page {page}", noun(drawing));
        list.push(Difference::new(kind(drawing), name, message).on(Some(*page)));
    }
    list
}

/// Returns the move of a part. On a page that only has another number, a part has not moved.
fn of_place(old: &Part, new: &Part, pages: &PagePairs, tolerance: f64) -> Move {
    let lines = !old.lines.is_empty() && !new.lines.is_empty();
    let place = |part: &Part| match lines {
        true => part.lines.first().map(|(page, line)| (*page, line.start(), line.y)),
        false => part.drawings.first().map(|(page, drawing)| (*page, drawing.bounds.x, drawing.bounds.y)),
    };
    let name = new.passage.name.clone();
    let region = region(&name);
    let mut moved = Move { name, region, repeated: new.repeated(), pages: (0, 0), by: (0.0, 0.0), counts: true };
    if let (Some((from, x, y)), Some((to, now_x, now_y))) = (place(old), place(new)) {
        let from = if pages.are(from, to) { to } else { from };
        moved.pages = (from, to);
        let far = |by: f64| if by.abs() > tolerance { by } else { 0.0 };
        moved.by = if from == to { (far(now_x - x), far(now_y - y)) } else { (0.0, 0.0) };
        // Rules of notes move with the notes.
        moved.counts = !(new.lines.is_empty() && region == "footnotes" && new.drawings.len() == 1);
    }
    moved
}

/// Compares the beginnings of the pages that both have.
pub(super) fn of_beginnings(
    before: &Layout,
    after: &Layout,
    pages: &PagePairs,
    masked: impl Fn(&str) -> bool,
) -> Vec<Difference> {
    let begins = |layout: &Layout, page: usize| {
        let line = layout
            .pages
            .get(page)?
            .lines
            .iter()
            .find(|line| !furniture(&line.part) && region(&line.part) == "text" && !masked(&line.part))?;
        Some((line.part.clone(), line.text().trim().to_owned()))
    };
    let words = |text: &str| text.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    let reported = pages.both().filter(|(old, page)| *old > 0 && *page > 0).filter_map(|(old, page)| {
        let was = begins(before, old).unwrap_or_default();
        let (part, is) = begins(after, page).unwrap_or_default();
        let other = words(&was.1) != words(&is) && was.1 != is;
        let says =
            || format!("now begins with “{}” ({part}), no longer with “{}” ({})", words(&is), words(&was.1), was.0);
        other.then(|| Difference::new(Kind::PageBegins, format!("page {}", page + 1), says()).on(Some(page + 1)))
    });
    reported.collect()
}
