//! References within a text: to its own paragraphs, and to several things under one noun.

use rustc_hash::FxHashMap;

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, Section};
use crate::check::pattern::Pattern;
use crate::diagnostic::Severity;
use crate::model::{Block, Number, Path};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "paragraph-reference",
        severity: Severity::Warning,
        asks: "A paragraph cited as “above” must come earlier, one cited as “below” later, and one “of the present resolution” must exist in it.",
        source: "Editorial Manual, References to paragraphs; every genuine document.",
        breaks: "body: [operative: '*Notes* the tides;', operative: '*Decides* to act on paragraph 9 above.']",
        keeps: "body: [operative: '*Notes* the tides;', operative: '*Decides* to act on paragraph 1 above.']",
        languages: Languages::English,
        needs: Needs::Document,
        check: paragraph,
    },
    Rule {
        code: "reference-number",
        severity: Severity::Warning,
        asks: "Use the plural of a noun before several numbers and the singular before one: “resolutions 70/1 and 71/2”, “paragraphs 3 and 4”, “para. 7”.",
        source: "English grammar; every genuine document.",
        breaks: "body: [preambular: '*Recalling* its resolution 70/1 of 25 September 2015 and 71/2 of 4 October 2016,']",
        keeps: "body: [preambular: '*Recalling* its resolutions 70/1 of 25 September 2015 and 71/2 of 4 October 2016,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: number,
    },
];

static ABOVE: Pattern = Pattern::new(concat!(
    r"(?-u:\b)paragraphs?[ \x{a0}](?P<at>[0-9]{1,3}(?:[ \x{a0}]\([a-z]\))?(?:(?:, and |, | and |–| to | or )[0-9]{1,3}(?:[ \x{a0}]\([a-z]\))?)*),?[ \x{a0}]",
    r"(?P<where>above|below|of (?:the present|this) (?:draft )?(?:resolution|decision))(?-u:\b)",
));

/// The number of the paragraph in each block of a section, and the highest number each may refer to.
struct Numbers {
    own: Vec<usize>,
    highest: Vec<usize>,
}

impl Numbers {
    fn of(section: &Section) -> Self {
        let own = numbers(section);
        let mut list = vec![0; own.len()];
        let mut highest = 0;
        for (index, number) in own.iter().enumerate().rev() {
            highest = highest.max(*number);
            list[index] = highest;
            // In a document of several parts each has its own numbers.
            if *number == 1 && own[..index].iter().any(|before| *before > 1) {
                highest = 0;
            }
        }
        Self { own, highest: list }
    }

    /// Returns the number of the paragraph at a block, and the highest number it may refer to.
    fn at(&self, block: usize) -> Option<(usize, usize)> {
        Some((*self.own.get(block)?, *self.highest.get(block)?))
    }
}

fn paragraph(manuscript: &Manuscript, sink: &mut RuleSink) {
    let sections: FxHashMap<&Path, Numbers> =
        manuscript.sections.iter().map(|section| (&section.path, Numbers::of(section))).collect();
    for (prose, range, hit) in ABOVE.all(manuscript) {
        let (Some(list), Some(word)) = (hit.name("at"), hit.name("where")) else { continue };
        let numbers = prose.path.entry("body").and_then(|(section, block)| sections.get(section)?.at(block));
        let whole = word.as_str().starts_with("of ");
        let Some((own, highest)) = numbers.filter(|(own, highest)| *highest > 0 && (*own > 0 || whole)) else {
            continue;
        };
        if prose.is_quoted(range.start) {
            continue;
        }
        let mut named =
            list.as_str().split(|c: char| !c.is_ascii_digit()).filter_map(|figure| figure.parse::<usize>().ok());
        let wrong = named.find(|number| match word.as_str() {
            "above" => *number > own,
            "below" => *number < own || *number > highest,
            _ => *number > highest,
        });
        if let Some(number) = wrong {
            let message = format!("paragraph {number} {} does not exist", word.as_str());
            sink.words(prose, hit.place(&list), message, "correct the paragraph number");
        }
    }
}

/// Returns the paragraph number of each block, 0 for a block without one.
fn numbers(section: &Section) -> Vec<usize> {
    let mut count = 0;
    let number = |block: &Block| {
        let (Block::Operative(passage) | Block::Numbered(passage)) = block else {
            return 0;
        };
        match &passage.number {
            Number::Next => count += 1,
            Number::Unnumbered => return 0,
            Number::Set(label) => {
                let figures = label.trim_matches(|c: char| !c.is_ascii_digit());
                count = figures.parse().unwrap_or(count + 1);
            }
        }
        count
    };
    section.blocks.iter().map(number).collect()
}

/// A singular noun before several numbers.
static ONE: Pattern = Pattern::new(concat!(
    r"(?-u:\b)(?:(?P<at>[Rr]esolution|[Dd]ecision)[ \x{a0}][0-9]{1,3}/[0-9]{1,3}(?: [A-Z](?-u:\b))?(?:,? of [0-9]{1,2}[ \x{a0}][A-Z][a-z]+[ \x{a0}][0-9]{4})?(?:, | and |, and )[0-9]{1,3}/[0-9]{1,3}(?-u:\b)",
    r"|(?P<council>[Rr]esolution)[ \x{a0}][0-9]{3,4} \([0-9]{4}\)(?:,? of [0-9]{1,2}[ \x{a0}][A-Z][a-z]+[ \x{a0}][0-9]{4})?(?:, | and |, and )[0-9]{3,4} \([0-9]{4}\)",
    r"|(?P<part>[Pp]aragraph|[Aa]rticle|[Ss]ection|[Cc]hapter|[Rr]ule|item|annex|[Tt]able|[Pp]art)[ \x{a0}](?:[0-9]+|[IVX]+)(?:[ \x{a0}]\([a-z]\))?(?: and |, and | to |–)(?:[0-9]+|[IVX]+)(?-u:\b)",
    r"|(?P<short>[Pp]ara|[Cc]hap|[Ss]ect|[Vv]ol|[Aa]rt|No)\.[ \x{a0}][0-9]+(?: and |–)[0-9]+(?-u:\b))",
));

/// A plural before a single number, followed by something that ends the list.
static MANY: Pattern = Pattern::new(concat!(
    r"(?-u:\b)(?:(?P<at>[Rr]esolutions|[Dd]ecisions)[ \x{a0}](?:[0-9]{1,3}/[0-9]{1,3}|[0-9]{3,4} \([0-9]{4}\))(?:,? of [0-9]{1,2}[ \x{a0}][A-Z][a-z]+[ \x{a0}][0-9]{4})?(?P<rest>[^;.\n]{0,400})",
    r"|(?P<part>[Pp]aragraphs|[Aa]rticles|[Ss]ections|[Rr]ules|items)[ \x{a0}][0-9]+(?:[ \x{a0}]\([a-z]\))?(?: of | above| below|;|\.[ \n]|\n)",
    r"|(?P<short>[Pp]aras|[Cc]haps|[Ss]ects|[Vv]ols|[Aa]rts|Nos)\.[ \x{a0}][0-9]+(?:[.;)\n]))",
));

/// A number of a resolution, with the noun before it if it has one of its own.
static LISTED: Pattern = Pattern::new(
    r"(?P<noun>(?:esolutions?|ecisions?|ocuments?|annex|aragraphs?))?[ \x{a0}–(](?:[0-9]{1,4}/[0-9]{1,4}|[0-9]{1,4} (?:[A-Z] )?\(|(?:of )?(?:the )?same |[A-Z] (?:and|to|of)|series)",
);

/// Whether more numbers follow a first one.
fn lists_on(rest: &str) -> bool {
    LISTED.every(rest, "noun").any(|noun| !noun) || rest.trim_start_matches([' ', '\u{a0}']).starts_with("to ")
}

fn number(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (pattern, many) in [(&ONE, false), (&MANY, true)] {
        for (prose, _, hit) in pattern.all(manuscript) {
            let groups = ["at", "council", "part", "short"];
            let noun = groups.iter().find_map(|group| hit.name(group).filter(|noun| !noun.is_empty()));
            let Some(noun) = noun else { continue };
            let continuation = hit.name("rest").is_some_and(|rest| lists_on(rest.as_str()));
            let at = hit.place(&noun);
            let joined = prose.before(at.start).ends_with(['-', '‑']);
            // "From paragraph 3 to 5" and "between article 1 and 2" are two places, and a title is a name.
            if continuation || joined || prose.cell {
                continue;
            }
            let (message, hint) = if many {
                (
                    format!("plural “{}” before a single number", noun.as_str()),
                    "make it singular, or add the other number",
                )
            } else {
                (format!("singular “{}” before several numbers", noun.as_str()), "make it plural")
            };
            sink.words(prose, at, message, hint);
        }
    }
}
