//! The lists of a Word file: counts their levels and returns the labels that Word prints.

use std::collections::HashMap;

use roxmltree::Node;

use super::super::draft::{Label, Place};
use super::styles::{Styles, indent};
use super::xml::{attribute, child, elements, number, toggle, value};
use crate::prepare::words::ordinals;
use crate::prepare::{bracketed, roman};

/// The levels of a list.
const LEVELS: usize = 9;
/// The highest number that has a letter or a Roman numeral.
const MOST_LETTERS: usize = 780;
const MOST_ROMAN: usize = 3_999;

#[derive(Default)]
pub(super) struct Numbering {
    /// The definitions of lists.
    definitions: HashMap<String, Definition>,
    /// The lists: definition and what they override.
    lists: HashMap<String, List>,
    counters: HashMap<String, [Option<usize>; LEVELS]>,
}

#[derive(Default)]
struct Definition {
    levels: HashMap<usize, Level>,
    /// The style of lists that defines it, if it does not itself.
    link: Option<String>,
    style: Option<String>,
}

#[derive(Clone, Default)]
struct Level {
    start: usize,
    format: String,
    text: String,
    /// After which level it begins anew; 0: never.
    restart: Option<usize>,
    /// Whether all numbers are figures.
    is_legal: bool,
    /// The style of paragraphs of this level.
    style: Option<String>,
    indent: i32,
}

#[derive(Default)]
struct List {
    definition: String,
    levels: HashMap<usize, Level>,
    /// The levels that begin with another number in this list, until they have begun.
    starts: HashMap<usize, usize>,
}

impl Level {
    fn read(node: Node) -> Self {
        Self {
            start: number(node, "start").unwrap_or(1),
            format: value(node, "numFmt").unwrap_or("decimal").to_owned(),
            text: value(node, "lvlText").unwrap_or_default().to_owned(),
            restart: number(node, "lvlRestart"),
            is_legal: toggle(node, "isLgl").unwrap_or_default(),
            style: value(node, "pStyle").map(str::to_owned),
            indent: child(node, "pPr").and_then(indent).unwrap_or_default(),
        }
    }
}

/// Returns the number of a level.
fn level_of(node: Node) -> Option<usize> {
    attribute(node, "ilvl")?.parse().ok().filter(|level| *level < LEVELS)
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn read(root: Node) -> Self {
        let mut numbering = Self::default();
        for node in elements(root) {
            match node.tag_name().name() {
                "abstractNum" => {
                    let Some(id) = attribute(node, "abstractNumId") else { continue };
                    let levels = elements(node).filter(|node| node.tag_name().name() == "lvl");
                    let definition = Definition {
                        levels: levels.filter_map(|node| Some((level_of(node)?, Level::read(node)))).collect(),
                        link: value(node, "numStyleLink").map(str::to_owned),
                        style: value(node, "styleLink").map(str::to_owned),
                    };
                    numbering.definitions.insert(id.to_owned(), definition);
                }
                "num" => {
                    let (Some(id), Some(definition)) = (attribute(node, "numId"), value(node, "abstractNumId")) else {
                        continue;
                    };
                    let mut list = List { definition: definition.to_owned(), ..List::default() };
                    for change in elements(node).filter(|node| node.tag_name().name() == "lvlOverride") {
                        let Some(level) = level_of(change) else { continue };
                        list.starts.extend(number(change, "startOverride").map(|start| (level, start)));
                        list.levels.extend(child(change, "lvl").map(|node| (level, Level::read(node))));
                    }
                    numbering.lists.insert(id.to_owned(), list);
                }
                _ => {}
            }
        }
        numbering
    }

    /// Returns the definition of a list, following a link to the style that defines it.
    fn definition(&self, id: &str) -> String {
        let link = self.definitions.get(id).and_then(|definition| definition.link.as_deref());
        let defines = |(_, other): &(&String, &Definition)| link.is_some() && other.style.as_deref() == link;
        // If several define it, the choice must not depend on the order of a hash table.
        let linked = self.definitions.iter().filter(defines).map(|(id, _)| id).min();
        linked.map_or_else(|| id.to_owned(), Clone::clone)
    }

    fn level(&self, list: &List, definition: &str, level: usize) -> Option<Level> {
        let of_definition = || self.definitions.get(definition)?.levels.get(&level);
        list.levels.get(&level).or_else(of_definition).cloned()
    }

    /// Returns the level of paragraphs of a style in a list.
    pub fn level_of_style(&self, list: &str, styles: &Styles, style: Option<&str>) -> Option<usize> {
        let list = self.lists.get(list)?;
        let definition = self.definitions.get(&self.definition(&list.definition))?;
        styles.chain(style).find_map(|(id, _)| {
            let levels = definition.levels.iter().chain(&list.levels);
            levels.filter(|(_, level)| level.style.as_deref() == Some(id)).map(|(level, _)| *level).min()
        })
    }

    /// Counts a paragraph of a list, and returns its label. Returns `None` if the list has none.
    pub fn next(&mut self, id: &str, level: usize) -> Option<Label> {
        let level = level.min(LEVELS - 1);
        let definition = self.definition(&self.lists.get(id)?.definition);
        let start = self.lists.get_mut(id)?.starts.remove(&level);
        let list = self.lists.get(id)?;
        let levels: Vec<Option<Level>> = (0..LEVELS).map(|level| self.level(list, &definition, level)).collect();
        let own = levels.get(level)?.clone()?;
        let mut counters = self.counters.remove(&definition).unwrap_or_default();
        counters[level] = Some(match (start, counters[level]) {
            (Some(start), _) => start,
            (None, None) => own.start,
            (None, Some(before)) => before.saturating_add(1),
        });
        for below in level + 1..LEVELS {
            let restart = levels[below].as_ref().and_then(|level| level.restart);
            if restart.is_none_or(|after| after > level) {
                counters[below] = None;
            }
        }
        let text = text(&own, &levels, &counters);
        self.counters.insert(definition.clone(), counters);
        let place = Place { level, list: definition, indent: own.indent };
        (!text.is_empty()).then_some(Label { text, place })
    }
}

/// Returns the label with the numbers of its levels.
fn text(own: &Level, levels: &[Option<Level>], counters: &[Option<usize>; LEVELS]) -> String {
    if own.format == "none" {
        return String::new();
    }
    if own.format == "bullet" {
        return own.text.chars().next().map(bullet).map(String::from).unwrap_or_default();
    }
    let mut out = String::new();
    let mut rest = own.text.as_str();
    while let Some(at) = rest.find('%') {
        out += &rest[..at];
        rest = &rest[at + 1..];
        let Some(index) = rest.chars().next().and_then(|c| c.to_digit(10)).filter(|digit| *digit > 0) else {
            out.push('%');
            continue;
        };
        rest = &rest[1..];
        let index = index as usize - 1;
        let Some(level) = levels.get(index).and_then(Option::as_ref) else { continue };
        let number = counters[index].unwrap_or(level.start);
        out += &if own.is_legal { number.to_string() } else { figure(number, &level.format) };
    }
    (out + rest).trim().to_owned()
}

/// Returns a bullet of any font as a character that all fonts have.
fn bullet(c: char) -> char {
    match c {
        '\u{f0a7}' | '\u{f06e}' | '§' => '▪',
        'o' => '○',
        '\u{e000}'..='\u{f8ff}' | '·' => '•',
        c => c,
    }
}

/// Returns a number in a format of Word.
fn figure(number: usize, format: &str) -> String {
    let letters = || bracketed(1, number - 1).trim_matches(['(', ')']).to_owned();
    let lettered = (1..=MOST_LETTERS).contains(&number);
    let numeral = (1..=MOST_ROMAN).contains(&number);
    let of = |alphabet: &str| alphabet.chars().nth(number.wrapping_sub(1)).map(String::from);
    let small = match format {
        "lowerLetter" if lettered => Some(letters()),
        "upperLetter" if lettered => Some(letters().to_uppercase()),
        "lowerRoman" if numeral => Some(roman(number)),
        "upperRoman" if numeral => Some(roman(number).to_uppercase()),
        "decimalZero" => Some(format!("{number:02}")),
        "ordinal" => Some(format!("{number}{}", ordinals::ending(number as u64))),
        "russianLower" => of("абвгдежзиклмнопрстуфхцчшщэюя"),
        "russianUpper" => of("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"),
        "arabicAbjad" => of("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
        "arabicAlpha" => of("أبتثجحخدذرزسشصضطظعغفقكلمنهوي"),
        "decimalEnclosedCircle" => of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "chineseCounting" | "chineseCountingThousand" | "taiwaneseCountingThousand" | "japaneseCounting" => {
            chinese(number)
        }
        _ => None,
    };
    small.unwrap_or_else(|| number.to_string())
}

/// Returns 一, 十, 十一, 二十 up to 99.
fn chinese(number: usize) -> Option<String> {
    let digit = |digit: usize| "一二三四五六七八九".chars().nth(digit.wrapping_sub(1)).map(String::from);
    let unit = digit(number % 10).unwrap_or_default();
    match number / 10 {
        0 => digit(number),
        1 => Some(format!("十{unit}")),
        tens @ 2..=9 => Some(format!("{}十{unit}", digit(tens)?)),
        _ => None,
    }
}
