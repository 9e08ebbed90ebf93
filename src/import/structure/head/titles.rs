//! The fields that follow from several lines: the titles, the names of bodies, the kind.

use super::super::super::draft::{Paragraph, Part, Role, unstyled};
use super::super::{Doubts, LONGEST_LINE, is_first_heading, place};
use super::{Head, Line, bare, folded};
use crate::model::symbol::{Organ, Series};
use crate::model::{Kind, Text};
use crate::prepare::words::{official_body, organs};

impl Head {
    /// The names of bodies that masthead knows by the letters of the symbol.
    pub(super) fn known_bodies(&mut self) {
        let language = self.document.language;
        let of_bodies =
            self.document.symbol.iter().filter_map(|symbol| official_body(symbol, language)).map(str::to_owned);
        let names: Vec<String> = organs(&self.document).into_iter().flatten().chain(of_bodies).collect();
        let names: Vec<String> = names.iter().map(|name| bare(name)).filter(|name| !name.is_empty()).collect();
        for line in &mut self.lines {
            line.is_read |= names.contains(&bare(&line.paragraph.plain()));
        }
    }

    /// The title of the agenda item follows it; the title of the document is the last line that stands out.
    pub(super) fn titles(&mut self, doubts: &mut Doubts) {
        let free: Vec<usize> = (0..self.lines.len()).filter(|index| !self.lines[*index].is_read).collect();
        let after = self.agenda.map(|agenda| agenda + 1).filter(|next| free.contains(next));
        let stands_out = |line: &Line| {
            let Paragraph { role, centred, .. } = &line.paragraph;
            matches!(role, Some(Role::Title | Role::Heading(_))) || *centred || line.paragraph.is_bold()
        };
        if let Some(index) = after.filter(|index| self.lines[*index].paragraph.is_bold() || free.len() > 1) {
            self.document.agenda_title.push(Text::from(unstyled(&self.lines[index].paragraph.pieces)));
            self.lines[index].is_read = true;
        }
        if self.document.title.is_some() {
            return;
        }
        let free = || free.iter().copied().filter(|index| Some(*index) != after || !self.lines[*index].is_read);
        let is_title = |index: &usize| self.lines[*index].paragraph.role == Some(Role::Title);
        let titles: Vec<usize> = free().filter(|index| !is_first_heading(&self.lines[*index].paragraph)).collect();
        let last = titles.last().copied().filter(|index| {
            let text = self.lines[*index].paragraph.plain();
            !self.lines[*index].is_read
                && text.chars().count() <= LONGEST_LINE
                && !text.trim_end().ends_with(['.', ':', ';'])
        });
        let mut under = None;
        let best = titles.iter().copied().find(is_title);
        let mut outstanding = titles.iter().copied().rev().filter(|index| stands_out(&self.lines[*index]));
        let best = best.or_else(|| {
            let last = outstanding.next()?;
            // “Report of the Secretary-General” stands under the title.
            let title = outstanding.next().filter(|_| !self.is_act && reports(&self.lines[last].paragraph));
            under = title.map(|_| last);
            title.or(Some(last))
        });
        let Some(index) = best.or(last).filter(|index| !self.lines[*index].is_read) else { return };
        if !stands_out(&self.lines[index]) {
            doubts.doubtful(self.lines[index].paragraph.span.clone(), "this line is read as the title");
        }
        self.document.title = Some(Text::from(unstyled(&self.lines[index].paragraph.pieces)));
        self.lines[index].is_read = true;
        if let Some(line) = under.filter(|_| self.document.submitted_by.is_none()).map(|under| &mut self.lines[under]) {
            self.document.submitted_by = Some(Text::from(unstyled(&line.paragraph.pieces)));
            line.is_read = true;
        }
    }

    /// The names of bodies that do not follow from the symbol.
    pub(super) fn bodies(&mut self, doubts: &mut Doubts) {
        for line in std::mem::take(&mut self.bodies) {
            let text = folded(&line.plain());
            let said = bare(&text);
            let is = |name: &str| !name.is_empty() && bare(name) == said;
            let follows = self.document.symbol.iter().any(|symbol| {
                let organs = [symbol.organ, symbol.acting()].map(|organ| self.words.organ(organ));
                let committee = symbol.subsidiary.as_deref().and_then(|name| name.strip_prefix("C."));
                let committee = committee.and_then(|number| number.parse::<usize>().ok());
                let committee = committee.and_then(|number| self.words.committees.get(number.wrapping_sub(1)));
                let known = organs
                    .into_iter()
                    .chain(committee.map(String::as_str))
                    .chain(official_body(symbol, self.document.language));
                known.into_iter().any(is)
            });
            if follows {
                continue;
            }
            let is_organ = Organ::ALL.iter().any(|organ| is(self.words.organ(*organ)));
            if is_organ && self.document.organ.is_none() && self.document.symbol.is_empty() {
                self.document.organ = Some(text);
            } else if self.document.body_name.is_none() {
                self.document.body_name = Some(Text::from(unstyled(&line.pieces)));
            } else {
                doubts.unplaced(line.span.clone(), "this name fits no field");
                self.lines.push(Line { paragraph: line, is_read: false });
            }
        }
    }

    /// The kind, from the symbol or from the title if no line says it.
    pub(super) fn kinds(&mut self, doubts: &mut Doubts, first: Option<&Part>) {
        if self.is_kind_known {
            return;
        }
        let series = self.document.symbol.first().map(|symbol| symbol.series);
        let of_symbol = match series {
            Some(Series::Resolution) => Some(Kind::Resolution),
            Some(Series::Decision) => Some(Kind::Decision),
            Some(Series::Statement) => Some(Kind::PresidentialStatement),
            Some(Series::Limited) if self.is_act => Some(Kind::DraftResolution),
            _ => None,
        };
        let names =
            [("letter", Kind::Letter), ("note", Kind::Note), ("agenda", Kind::Agenda), ("report", Kind::Report)];
        let of_title = [&self.document.submitted_by, &self.document.title].into_iter().flatten().find_map(|text| {
            let text = text.plain().to_lowercase();
            names.iter().find(|(word, _)| text.contains(word)).map(|(_, kind)| *kind)
        });
        match of_symbol.or(of_title.filter(|_| !self.is_act)) {
            Some(kind) => self.document.kind = kind,
            None => {
                let message = format!(
                    "the file does not say what kind of document it is; “{}” is assumed",
                    self.document.kind.name()
                );
                doubts.doubtful(first.map_or(0..0, place), message);
            }
        }
    }
}

/// Whether a line says whose report or note it is.
fn reports(line: &Paragraph) -> bool {
    const BEGINS: [&str; 12] = [
        "report of ",
        "note by ",
        "rapport de ",
        "rapport du ",
        "note du ",
        "note de ",
        "informe de",
        "nota de",
        "доклад ",
        "записка ",
        "bericht de",
        "تقرير ",
    ];
    let text = folded(&line.plain()).to_lowercase();
    BEGINS.iter().any(|begins| text.starts_with(begins)) || text.ends_with("的报告") || text.ends_with("的说明")
}
