//! Sponsors, and the States of a recorded vote.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::states::{Name, STATES};
use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, Prose};
use crate::diagnostic::{Edit, Severity};
use crate::model::{Path, Symbol};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "sponsor-order",
        severity: Severity::Warning,
        asks: "List sponsors, and States in a vote, in the English alphabetical order of their official names.",
        source: "Editorial Manual, Sponsors; every genuine draft.",
        breaks: "sponsors: [China, Azerbaijan]",
        keeps: "sponsors: [Azerbaijan, China]",
        languages: Languages::English,
        needs: Needs::Document,
        check: order,
    },
    Rule {
        code: "sponsor-name",
        severity: Severity::Warning,
        asks: "Sponsors must be Member States or speak for a group; use the official names of States: “Viet Nam”, “Türkiye”, “Iran (Islamic Republic of)”.",
        source: "Official names of Member States (UNTERM); every genuine draft.",
        breaks: "sponsors: [Azerbaijan, Vietnam]",
        keeps: "sponsors: [Azerbaijan, Viet Nam]",
        languages: Languages::English,
        needs: Needs::Text,
        check: names,
    },
    Rule {
        code: "sponsor-twice",
        severity: Severity::Error,
        asks: "Name every sponsor once, and every State once in a vote.",
        source: "Every genuine draft.",
        breaks: "sponsors: [Azerbaijan, China, 'China[^*]']\nfootnotes: {'1': Resolution 70/1., '*': On behalf of others.}",
        keeps: "sponsors: [Azerbaijan, 'China[^*]']\nfootnotes: {'1': Resolution 70/1., '*': On behalf of others.}",
        languages: Languages::All,
        needs: Needs::Document,
        check: twice,
    },
    Rule {
        code: "sponsor-form",
        severity: Severity::Warning,
        asks: "Give every sponsor an entry of its own, without the words that join them.",
        source: "docs/model.md.",
        breaks: "sponsors: ['Azerbaijan, China and India']",
        keeps: "sponsors: [Azerbaijan, China, India]",
        languages: Languages::English,
        needs: Needs::Text,
        check: form,
    },
    Rule {
        code: "sponsors-missing",
        severity: Severity::Hint,
        asks: "A draft must name its sponsors, or who submits it.",
        source: "Every genuine draft.",
        breaks: "-sponsors",
        keeps: "sponsors: [Azerbaijan]",
        languages: Languages::All,
        needs: Needs::Document,
        check: missing,
    },
];

/// The fields that list States.
const STATES_IN: [&str; 4] = ["sponsors", "in_favour", "against", "abstaining"];

/// Returns the lists of States: the sponsors, and those who voted the same way.
fn lists<'m, 'd>(manuscript: &'m Manuscript<'d>) -> Vec<(&'m Path, Vec<&'m Prose<'d>>)> {
    let mut lists: Vec<(&Path, Vec<&Prose>)> = Vec::new();
    for prose in &manuscript.prose {
        let lists_states = |list: &&Path| STATES_IN.iter().any(|name| list.ends_in(name));
        let Some(list) = prose.path.holder().filter(lists_states) else { continue };
        match lists.last_mut() {
            Some((last, members)) if *last == list => members.push(prose),
            _ => lists.push((list, vec![prose])),
        }
    }
    lists
}

/// Returns the State in an entry, without "on behalf of …".
fn state<'p>(prose: &'p Prose) -> &'p str {
    let name = prose.plain.trim();
    name.split(" (on behalf").next().unwrap_or(name).split(", on behalf").next().unwrap_or(name).trim_end()
}

fn place(prose: &Prose) -> Option<usize> {
    match STATES.of(state(prose))? {
        Name::Official(place) | Name::Unused(place) => Some(place),
    }
}

fn order(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (list, members) in lists(manuscript) {
        let mut last: Option<(usize, &Prose)> = None;
        let mut edits = reordered(&members, sink);
        for prose in &members {
            let Some(place) = place(prose) else { continue };
            if let Some((before, name)) = last.filter(|(before, _)| place < *before) {
                let _ = before;
                let what = if list.is("sponsors") { "sponsors" } else { "States in the vote" };
                let message = format!(
                    "“{}” comes after “{}”: the {what} are not in alphabetical order",
                    state(prose),
                    state(name)
                );
                let hint = "sort them in the English alphabetical order of the official list of Member States";
                let (span, _) = sink.written(&prose.path);
                sink.source(&prose.path, span, &message, hint, std::mem::take(&mut edits));
            } else {
                last = Some((place, prose));
            }
        }
    }
}

/// Returns the edits that sort the entries of a list: each is written in the place of another.
fn reordered(members: &[&Prose], sink: &RuleSink) -> Vec<Edit> {
    let Some(places) = members.iter().map(|prose| place(prose)).collect::<Option<Vec<_>>>() else { return Vec::new() };
    let written: Vec<(Range<usize>, &str)> = members.iter().map(|prose| sink.written(&prose.path)).collect();
    let apart = written.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start);
    if !apart {
        return Vec::new();
    }
    let mut sorted: Vec<usize> = (0..members.len()).collect();
    sorted.sort_by_key(|index| places[*index]);
    let moved = sorted.iter().enumerate().filter(|(to, from)| to != *from);
    moved.map(|(to, from)| Edit { span: written[to].0.clone(), text: written[*from].1.to_owned() }).collect()
}

/// Whether the name of a sponsor is that of a group, an office or a committee, not of a State.
fn is_group(name: &str) -> bool {
    const OF_GROUPS: [&str; 24] = [
        "Group",
        "Union",
        "Committee",
        "Commission",
        "President",
        "Chair",
        "Bureau",
        "Movement",
        "Member",
        "States",
        "League",
        "Organization",
        "Organisation",
        "Community",
        "Forum",
        "Council",
        "Vice-",
        "Rapporteur",
        "Secretar",
        "Countries",
        "countries",
        "members",
        "Caucus",
        "Alliance",
    ];
    OF_GROUPS.iter().any(|word| name.contains(word)) || !name.starts_with(char::is_uppercase)
}

fn names(manuscript: &Manuscript, sink: &mut RuleSink) {
    // With far more names than there are States, similar names are not searched.
    const MOST_LOOKED_AT: usize = 500;
    let mut looked_at = 0;
    for (_, members) in lists(manuscript) {
        for prose in members {
            let name = state(prose);
            match STATES.of(name) {
                Some(Name::Official(_)) => {}
                Some(Name::Unused(place)) => {
                    let message = format!("“{name}” is not the official name of the State");
                    sink.value(&prose.path, message, format!("write “{}”", STATES.names[place]));
                }
                None => {
                    looked_at += 1;
                    let near = if looked_at <= MOST_LOOKED_AT { STATES.nearest(name) } else { None };
                    let hint = match near {
                        Some(near) => format!("did you mean “{near}”?"),
                        None if is_group(name) => continue,
                        None => "use the name in the official list of Member States, or name the group it speaks for: “… (on behalf of …)”".to_owned(),
                    };
                    sink.value(&prose.path, format!("“{name}” is not in the official list of Member States"), hint);
                }
            }
        }
    }
}

fn twice(manuscript: &Manuscript, sink: &mut RuleSink) {
    let mut vote = None;
    let mut before: FxHashSet<&str> = FxHashSet::default();
    for (list, members) in lists(manuscript) {
        // A State votes only one way.
        let of = list.holder();
        if of != vote {
            before.clear();
            vote = of;
        }
        for prose in members {
            let name = state(prose);
            if !before.insert(name) {
                sink.value(&prose.path, format!("“{name}” is named twice"), "remove one of the two");
            }
        }
    }
}

fn form(manuscript: &Manuscript, sink: &mut RuleSink) {
    for prose in manuscript.prose.iter().filter(|prose| prose.path.root() == Some("sponsors")) {
        let name = state(prose);
        let parts = name.split(", ").flat_map(|part| part.split(" and "));
        let several = STATES.of(name).is_none() && parts.filter(|part| STATES.of(part.trim()).is_some()).count() > 1;
        if several || name.ends_with([',', ';', ':', '.']) || name.starts_with("and ") {
            sink.value(
                &prose.path,
                format!("“{name}” is not a single sponsor"),
                "give every sponsor an entry of its own; commas and “and” are added automatically",
            );
        }
    }
}

fn missing(manuscript: &Manuscript, sink: &mut RuleSink) {
    let document = manuscript.document;
    let draft = document.kind.acts() && !document.kind.is_adopted();
    // A corrigendum or addendum repeats the sponsors only if it changes them.
    let adds = |symbol: &Symbol| ["/Corr.", "/Add."].iter().any(|suffix| symbol.text().contains(suffix));
    let part = document.symbol.first().is_some_and(adds);
    if draft && !part && document.sponsors.is_empty() && document.submitted_by.is_none() {
        let hint = format!("{}, or “submitted_by”", sink.add("sponsors", "Fiji"));
        sink.value("symbol", "the draft has no sponsors or submitter", hint);
    }
}
