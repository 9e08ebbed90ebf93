//! The size of an SVG file once everything that it refers to is drawn in place: a
//! few elements that refer to each other in steps can become millions.

use std::collections::HashMap;

use roxmltree::{Document, Node};

use super::allowed::{OUTLINED, is_drawn, is_read, local, reference};
use super::outline::DEEPEST;
use super::style::{MATCHES, Stylesheet};
use super::{MOST_ELEMENTS, SIMPLER, Unsound};
use crate::diagnostic::shortened;

/// The number of bytes of values that cost as much as an element.
const BYTES: usize = 64;
/// The cost of a character of text, which is shaped and becomes a path.
const CHARACTER: u64 = 20;
/// The maximum number of spans of a text: each span with its own style is searched among all others.
const MOST_SPANS: usize = 500;
/// The maximum number of stops of a gradient.
const MOST_STOPS: usize = 500;
/// The maximum number of elements with the same identifier that others refer to.
const MOST_NAMESAKES: usize = 10;
/// The maximum number of visits to elements, many of which are visited several times.
const MOST_STEPS: u64 = 2_000_000;

const FILL: usize = 0;
const STROKE: usize = 1;
const MARKERS: [usize; 3] = [2, 3, 4];
const MIDDLE: usize = 3;
/// The fill and the stroke of the referring element, which an element may ask for.
const AROUND: [usize; 2] = [5, 6];
const ASKS: [u32; 2] = [u32::MAX, u32::MAX - 1];

/// What an element inherits: the list of elements that paint and mark it, 0 for none.
type Inherited = [u32; 7];

/// What is known about an element.
#[derive(Default)]
struct Fact {
    parent: Option<usize>,
    children: Vec<usize>,
    name: &'static str,
    cost: u64,
    /// The maximum number of corners with a marker.
    corners: u64,
    /// Elements that are drawn in its place or complete it.
    linked: Vec<usize>,
    /// Elements that clip or mask it.
    clipping: Vec<usize>,
    /// What it sets for itself and its descendants.
    sets: Vec<(usize, u32)>,
}

/// Returns the number of elements that a file draws.
///
/// # Errors
///
/// Fails if there are too many, or if they refer to themselves.
pub(super) fn elements(xml: &Document, sheet: &Stylesheet) -> Result<u64, Unsound> {
    let graph = Graph::new(xml, sheet)?;
    let root = xml.root_element().id().get_usize();
    let mut walk = Walk { graph: &graph, known: HashMap::new(), open: Vec::new(), steps: 0 };
    walk.element(root, [0; 7], 0)
}

/// The elements of a file and what they refer to.
struct Graph {
    facts: HashMap<usize, Fact>,
    /// Lists of elements that identifiers refer to.
    lists: Vec<Vec<usize>>,
}

const SHAPES: [&str; 7] = ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"];
/// Elements that are completed or replaced by others.
const LINKING: [&str; 4] = ["use", "linearGradient", "radialGradient", "pattern"];
const OTHERS: [&str; 3] = ["use", "text", "tspan"];

impl Graph {
    fn new(xml: &Document, sheet: &Stylesheet) -> Result<Self, Unsound> {
        let mut ids: HashMap<&str, Vec<usize>> = HashMap::new();
        for node in xml.descendants().filter(is_drawn) {
            for id in node.attributes().filter(|attribute| is_read(attribute) && attribute.name() == "id") {
                ids.entry(id.value()).or_default().push(node.id().get_usize());
            }
        }
        let mut graph = Self { facts: HashMap::new(), lists: vec![Vec::new()] };
        for node in xml.descendants().filter(is_drawn) {
            let fact = graph.fact(node, sheet, &ids)?;
            graph.facts.insert(node.id().get_usize(), fact);
        }
        Ok(graph)
    }

    fn fact(&mut self, node: Node, sheet: &Stylesheet, ids: &HashMap<&str, Vec<usize>>) -> Result<Fact, Unsound> {
        let name = node.tag_name().name();
        let known = SHAPES.iter().chain(&OTHERS).find(|known| **known == name);
        let mut fact = Fact { name: known.copied().unwrap_or_default(), ..Fact::default() };
        fact.cost = 1 + sheet.matches(node) / MATCHES;
        fact.parent = node.parent_element().map(|parent| parent.id().get_usize());
        fact.children = node.children().filter(is_drawn).map(|child| child.id().get_usize()).collect();
        if name == "text" {
            let characters = |inner: Node| inner.text().filter(|_| inner.is_text()).map_or(0, |it| it.chars().count());
            if node.descendants().filter(is_drawn).count() > MOST_SPANS {
                return Err(Unsound::new(format!("one of its texts has more than {MOST_SPANS} parts"), OUTLINED));
            }
            fact.cost += CHARACTER * node.descendants().map(characters).sum::<usize>() as u64;
        }
        if fact.children.len() > MOST_STOPS && name.ends_with("Gradient") {
            return Err(Unsound::new(format!("one of its gradients has more than {MOST_STOPS} stops"), SIMPLER));
        }
        let attributes = node.attributes().filter(is_read).map(|attribute| (attribute.name(), attribute.value()));
        let mut sets: [Vec<usize>; 5] = Default::default();
        let mut asks = [0; 2];
        let (mut clears, mut inherits) = ([false; 5], [false; 5]);
        let named = |id: &str| match ids.get(id) {
            Some(found) if found.len() > MOST_NAMESAKES => {
                let reason =
                    format!("more than {MOST_NAMESAKES} of its elements have the identifier “{}”", shortened(id));
                Err(Unsound::new(reason, super::PLAIN))
            }
            found => Ok(found.into_iter().flatten().copied()),
        };
        for (property, value) in attributes.chain(sheet.properties(node)) {
            let found = || named(reference(value).unwrap_or_default());
            fact.cost += (value.len() / BYTES) as u64;
            match property {
                "href" if LINKING.contains(&name) => fact.linked.extend(named(local(value).unwrap_or_default())?),
                "clip-path" | "mask" => fact.clipping.extend(found()?),
                "d" | "points" => fact.corners = corners(value),
                "marker" => {
                    for slot in MARKERS {
                        sets[slot].extend(found()?);
                    }
                }
                _ => {
                    const SLOTS: [&str; 5] = ["fill", "stroke", "marker-start", "marker-mid", "marker-end"];
                    let Some(slot) = SLOTS.iter().position(|slot| *slot == property) else { continue };
                    if value.trim() == "inherit" {
                        inherits[slot] = true;
                        continue;
                    }
                    clears[slot] = true;
                    sets[slot].extend(found()?);
                    if slot <= STROKE {
                        asks[slot] = match value.trim() {
                            "context-fill" => ASKS[0],
                            "context-stroke" => ASKS[1],
                            _ => asks[slot],
                        };
                    }
                }
            }
        }
        if ["rect", "circle", "ellipse", "line"].contains(&name) {
            fact.corners = 6;
        }
        for (slot, found) in sets.into_iter().enumerate() {
            let asked = asks.get(slot).copied().unwrap_or_default();
            // This code does not determine which of its styles applies.
            if [!found.is_empty(), asked != 0, inherits[slot]].into_iter().filter(|paints| *paints).count() > 1 {
                return Err(Unsound::new("one of its elements is painted or marked in two ways", super::PLAIN));
            }
            if !found.is_empty() {
                self.lists.push(found);
                fact.sets.push((slot, self.lists.len() as u32 - 1));
            } else if asked != 0 || clears[slot] && !inherits[slot] {
                fact.sets.push((slot, asked));
            }
        }
        Ok(fact)
    }
}

struct Walk<'g> {
    graph: &'g Graph,
    /// The costs of elements that are referred to.
    known: HashMap<(usize, Inherited), u64>,
    /// The elements that are being visited.
    open: Vec<usize>,
    steps: u64,
}

impl Walk<'_> {
    /// Returns the cost of an element with everything that is drawn for it.
    fn element(&mut self, index: usize, mut inherited: Inherited, depth: usize) -> Result<u64, Unsound> {
        self.steps += 1;
        if depth > DEEPEST {
            let reason = format!("its elements, with those that they refer to, are nested more than {DEEPEST} deep");
            return Err(Unsound::new(reason, SIMPLER));
        }
        let graph = self.graph;
        let Some(fact) = graph.facts.get(&index) else { return Ok(0) };
        for (slot, list) in &fact.sets {
            inherited[*slot] = *list;
        }
        let (mut cost, name) = (fact.cost, fact.name);
        let painted = [FILL, STROKE].map(|slot| match ASKS.iter().position(|asks| *asks == inherited[slot]) {
            Some(asked) => inherited[AROUND[asked]],
            None => inherited[slot],
        });
        self.open.push(index);
        let shape = SHAPES.contains(&name);
        if shape || OTHERS.contains(&name) {
            for list in painted {
                add(&mut cost, self.list(list, inherited, depth)?, 1)?;
            }
        }
        let mut within = inherited;
        (within[AROUND[0]], within[AROUND[1]]) = (painted[0], painted[1]);
        if shape {
            for slot in MARKERS {
                let times = if slot == MIDDLE { fact.corners } else { 1 };
                add(&mut cost, self.list(inherited[slot], within, depth)?, times)?;
            }
        }
        for target in &fact.clipping {
            add(&mut cost, self.referred(*target, inherited, depth)?, 1)?;
        }
        for target in &fact.linked {
            let one = match name {
                "use" => self.kept(*target, within, depth)?,
                _ => self.referred(*target, inherited, depth)?,
            };
            add(&mut cost, one, 1)?;
        }
        for child in &fact.children {
            add(&mut cost, self.element(*child, inherited, depth + 1)?, 1)?;
        }
        self.open.pop();
        Ok(cost)
    }

    /// Returns the cost of the elements of a list.
    fn list(&mut self, list: u32, page_one_shell: Inherited, depth: usize) -> Result<u64, Unsound> {
        let graph = self.graph;
        let mut cost = 0;
        for target in graph.lists.get(list as usize).into_iter().flatten() {
            add(&mut cost, self.referred(*target, page_one_shell, depth)?, 1)?;
        }
        Ok(cost)
    }

    /// Returns the cost of an element that paints, clips, masks or marks another: it inherits from its
    /// own position.
    fn referred(&mut self, index: usize, page_one_shell: Inherited, depth: usize) -> Result<u64, Unsound> {
        let facts = &self.graph.facts;
        let mut line = Vec::new();
        let mut at = facts.get(&index).and_then(|fact| fact.parent);
        while let Some(fact) = at.and_then(|at| facts.get(&at)) {
            line.push(&fact.sets);
            at = fact.parent;
        }
        let mut inherited = [0; 7];
        for (slot, list) in line.into_iter().rev().flatten() {
            inherited[*slot] = *list;
        }
        AROUND.iter().for_each(|slot| inherited[*slot] = page_one_shell[*slot]);
        self.kept(index, inherited, depth)
    }

    /// Returns the cost of an element that inherits this, calculated once.
    fn kept(&mut self, index: usize, inherited: Inherited, depth: usize) -> Result<u64, Unsound> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Err(Unsound::new("its elements refer to each other too often", SIMPLER));
        }
        if self.open.contains(&index) {
            return Err(Unsound::new("one of its elements refers to itself", super::PLAIN));
        }
        if let Some(cost) = self.known.get(&(index, inherited)) {
            return Ok(*cost);
        }
        let cost = self.element(index, inherited, depth + 1)?;
        self.known.insert((index, inherited), cost);
        Ok(cost)
    }
}

fn add(sum: &mut u64, cost: u64, times: u64) -> Result<(), Unsound> {
    *sum = sum.saturating_add(cost.saturating_mul(times));
    if *sum <= MOST_ELEMENTS {
        return Ok(());
    }
    let reason = format!("it draws more than {MOST_ELEMENTS} elements, or as much in long paths and texts");
    Err(Unsound::new(reason, SIMPLER))
}

/// Returns the maximum number of corners of a path: the arguments of its commands, divided by those per corner.
fn corners(path: &str) -> u64 {
    let (mut corners, mut each, mut numbers) = (0, 2, 0_u64);
    let (mut within, mut point) = (false, false);
    for byte in path.bytes() {
        let begins = match byte {
            b'0'..=b'9' => !within,
            b'.' => !within || point,
            _ => false,
        };
        numbers += u64::from(begins);
        within = matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E');
        point = byte == b'.' || within && point && !begins;
        let next = match byte.to_ascii_lowercase() {
            b'm' | b'l' | b't' | b'z' => 2,
            // An arc becomes four curves, and its flags need no spaces.
            b'h' | b'v' | b'a' => 1,
            b'c' => 6,
            b's' | b'q' => 4,
            _ => continue,
        };
        corners += numbers.div_ceil(each) + u64::from(byte.eq_ignore_ascii_case(&b'z'));
        (each, numbers) = (next, 0);
    }
    corners + numbers.div_ceil(each)
}
