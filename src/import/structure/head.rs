//! The head of a document: the lines and tables before the body, from which the header fields are read. What
//! masthead prints itself, such as “United Nations”, is not repeated.

use std::sync::LazyLock;

use regex::Regex;

use super::super::draft::{Paragraph, Part, Role, Table, split_at, unstyled, without_start};
use super::sponsors::names;
use super::{Doubts, LONGEST_LINE, acts, place};
use crate::diagnostic::Diagnostic;
use crate::model::symbol::{Organ, Series, Sitting};
use crate::model::{Date, Distribution, Document, Inline, Kind, Language, Session, Symbol, Text};
use crate::prepare::words::{Words, body, fill, organs, words};
use crate::read::{date, is_invisible};

/// The highest session that is looked for.
const SESSIONS: std::ops::RangeInclusive<u16> = 1..=199;

/// A job number, as at the foot of page 1: “23-16564 (E)    290823”.
static JOB: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(\d{2}-\d{5})(?:\s*\([A-Z]\))?(?:\s+(\d{2})(\d{2})(\d{2}))?$").ok());
/// The text of the barcode.
static BARCODE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\*\d{7}\*$").ok());
/// The number of a page, in a header or footer: “3”, “3/4”, “Page 3 of 4”.
static FOLIO: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?i:page |seite )?\d{1,4}(?:\s*(?:/|of|von|de)\s*\d{1,4})?$").ok());
/// The number of an adopted text before its title.
static NUMBERED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(\d{1,3}/\d{1,4}|\d{1,4} \(\d{4}\))\.?\s+(\S.*)$").ok());

/// What a line with a name before a colon gives, as the drafts of conferences have them.
#[derive(Clone, Copy)]
enum Named {
    Symbol,
    Body,
    Title,
    Sponsors,
    Date,
    Session,
}

const NAMES: [(&str, Named); 27] = [
    ("symbol", Named::Symbol),
    ("document", Named::Symbol),
    ("document number", Named::Symbol),
    ("document code", Named::Symbol),
    ("code", Named::Symbol),
    ("committee", Named::Body),
    ("forum", Named::Body),
    ("gremium", Named::Body),
    ("comité", Named::Body),
    ("topic", Named::Title),
    ("title", Named::Title),
    ("subject", Named::Title),
    ("question of", Named::Title),
    ("re", Named::Title),
    ("thema", Named::Title),
    ("sponsors", Named::Sponsors),
    ("sponsor", Named::Sponsors),
    ("submitted by", Named::Sponsors),
    ("main submitter", Named::Sponsors),
    ("main submitters", Named::Sponsors),
    ("co-submitters", Named::Sponsors),
    ("co-sponsors", Named::Sponsors),
    ("authors", Named::Sponsors),
    ("einbringer", Named::Sponsors),
    ("date", Named::Date),
    ("datum", Named::Date),
    ("session", Named::Session),
];

/// A line of the head.
struct Line {
    paragraph: Paragraph,
    is_read: bool,
}

/// The header fields, as far as they are read.
pub(super) struct Head {
    words: &'static Words,
    is_act: bool,
    document: Document,
    lines: Vec<Line>,
    /// The names of organs and committees, which masthead prints if they follow from the symbol.
    bodies: Vec<Paragraph>,
    /// The line of the agenda item, which its title follows.
    agenda: Option<usize>,
    is_kind_known: bool,
}

/// Whether a table is the head of a page, with the symbol or the distribution.
pub(super) fn is_head(table: &Table, language: Language) -> bool {
    let mut head = Head::new(language, false);
    let cells = table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.paragraphs);
    for line in cells.flat_map(Paragraph::lines) {
        head.takes(&line, 0);
    }
    !head.document.symbol.is_empty() || head.document.distribution.is_some()
}

impl Head {
    pub fn new(language: Language, is_act: bool) -> Self {
        let document = Document {
            language,
            kind: if is_act { Kind::DraftResolution } else { Kind::Report },
            ..Document::default()
        };
        Self {
            words: words(language),
            is_act,
            document,
            lines: Vec::new(),
            bodies: Vec::new(),
            agenda: None,
            is_kind_known: false,
        }
    }

    /// Reads the lines before the body, those in tables too.
    pub fn read(&mut self, parts: Vec<Part>, doubts: &mut Doubts) {
        for part in parts {
            let paragraphs = match part {
                Part::Paragraph(paragraph) => vec![paragraph],
                Part::Table(table) => {
                    let cells = table.rows.into_iter().flat_map(|row| row.cells);
                    cells.flat_map(|cell| cell.paragraphs).collect()
                }
            };
            for paragraph in paragraphs {
                self.paragraph(paragraph, doubts);
            }
        }
    }

    /// Reads a paragraph as a whole, by its lines, or by what is between its tabs.
    fn paragraph(&mut self, paragraph: Paragraph, doubts: &mut Doubts) {
        if paragraph.role == Some(Role::Contents) {
            let finding = Diagnostic::advice("import-left-out", "a line of a table of contents is left out");
            return doubts.push(paragraph.span, finding);
        }
        let index = self.lines.len();
        if self.takes(&paragraph, index) {
            return self.lines.push(Line { paragraph, is_read: true });
        }
        let lines = paragraph.lines();
        let columns: Vec<Paragraph> = lines.iter().flat_map(columns).collect();
        let parts =
            if columns.len() > lines.len() && columns.iter().any(|part| self.is_known(part)) { columns } else { lines };
        for paragraph in parts.into_iter().filter(|part| !part.is_empty()) {
            let is_read = self.takes(&paragraph, self.lines.len());
            self.lines.push(Line { paragraph, is_read });
        }
    }

    /// Whether a text would be read, without reading it.
    fn is_known(&self, paragraph: &Paragraph) -> bool {
        let language = self.document.language;
        Self::new(language, self.is_act).takes(paragraph, 0)
    }

    /// Reads what stands around the text on every page; only the symbol and the job number are of interest.
    pub fn read_around(&mut self, around: Vec<Paragraph>, doubts: &mut Doubts) {
        let mut left: Vec<String> = Vec::new();
        for paragraph in around {
            for part in paragraph.lines().iter().flat_map(columns).filter(|part| !part.is_empty()) {
                let text = folded(&part.plain());
                let is_printed = matches(&FOLIO, &text) || self.takes(&part, 0);
                if is_printed || left.contains(&text) || !text.contains(char::is_alphanumeric) {
                    continue;
                }
                let finding = Diagnostic::advice("import-left-out", "the text of a header or footer is left out");
                doubts.push(
                    part.span,
                    finding.hint("masthead prints its own; add the text to the body if it is missing"),
                );
                left.push(text);
            }
        }
    }

    /// Reads a line into its field. Returns `false` if it fits none.
    fn takes(&mut self, line: &Paragraph, index: usize) -> bool {
        let text = folded(&line.plain());
        if text.is_empty() || text.chars().count() > 4 * LONGEST_LINE {
            return false;
        }
        self.printed(&text)
            || self.symbol(&text)
            || self.day(&text)
            || self.session(&text)
            || self.agenda(&text, index)
            || self.adoption(line, &text)
            || self.kind(line, &text)
            || self.named(line)
            || self.organ(line, &text)
    }

    /// What masthead prints itself, or from a field with one of few values.
    fn printed(&mut self, text: &str) -> bool {
        let words = self.words;
        if same(text, words.united_nations) || same(text, words.recycle) || matches(&BARCODE, text) {
            return true;
        }
        let distribution =
            [Distribution::General, Distribution::Limited, Distribution::Restricted, Distribution::Provisional];
        if let Some(given) = distribution.into_iter().find(|given| same(text, (words.distribution)(*given))) {
            self.document.distribution = Some(given);
            return true;
        }
        let original = |language: &Language| same(text, &fill(words.original, (words.language)(*language)));
        if let Some(language) = Language::ALL.iter().find(|language| original(language)) {
            self.document.original = vec![*language];
            return true;
        }
        let named = |language: &Language| same(text, language.name()) || same(text, &words.language_line(*language));
        if Language::ALL.iter().any(named) {
            return true;
        }
        let Some(job) = JOB.as_ref().and_then(|job| job.captures(text)) else { return false };
        let part = |index: usize| job.get(index).map_or("", |part| part.as_str());
        self.document.job.get_or_insert_with(|| part(1).to_owned());
        if job.get(2).is_some() {
            self.document.job_date =
                format!("20{}-{}-{}", part(4), part(3), part(2)).parse().ok().or(self.document.job_date);
        }
        true
    }

    fn symbol(&mut self, text: &str) -> bool {
        let known = |symbol: &Symbol| self.document.symbol.iter().any(|other| other.text() == symbol.text());
        let Ok(symbol) = Symbol::parse(text) else { return false };
        // A date with slashes has no letters, and a name has no figures.
        if text.contains(char::is_whitespace) && symbol.organ == Organ::Other {
            return false;
        }
        if !known(&symbol) {
            self.document.symbol.push(symbol);
        }
        true
    }

    fn day(&mut self, text: &str) -> bool {
        let Some(day) = full_date(text) else { return false };
        // The second one is that of the job.
        match self.document.date {
            None => self.document.date = Some(day),
            Some(known) => return known == day,
        }
        true
    }

    fn session(&mut self, text: &str) -> bool {
        let text = text.trim_end_matches(acts::COMMAS);
        let mut sessions = SESSIONS;
        let found = sessions.find(|number| same(text, &self.words.sitting(Sitting::Session(*number))));
        let noun = self.words.session.replace("{}", "").trim().to_lowercase();
        let lower = text.to_lowercase();
        let verbatim = lower.ends_with(&noun) && text.split_whitespace().count() <= 6;
        let session = match found {
            Some(number) => Session::Number(number.into()),
            None if verbatim => Session::Text(Text::verbatim(text)),
            None => return false,
        };
        if self.document.session.is_none() {
            self.document.session = Some(session);
            return true;
        }
        self.document.session == Some(session)
    }

    fn agenda(&mut self, text: &str, index: usize) -> bool {
        if self.document.agenda_item.is_some() {
            return false;
        }
        const PLACE: &str = "\u{1}";
        for count in [1, 2] {
            let items = vec![PLACE.to_owned(); count];
            let line = (self.words.agenda_items)(&items);
            let (Some(first), Some(last)) = (line.find(PLACE), line.rfind(PLACE)) else { continue };
            let (before, after) = (folded(&line[..first]).to_lowercase(), folded(&line[last + 1..]).to_lowercase());
            let lower = text.to_lowercase();
            let rest = lower.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str()));
            // Lower case may have another length; the item is figures and letters of a sub-item.
            let item = rest.map(str::trim).filter(|item| item.starts_with(|c: char| c.is_ascii_digit()));
            if let Some(item) = item.filter(|item| item.chars().count() < 40) {
                let (item, title) = match item.split_once(':') {
                    Some((item, title)) => (item.trim(), Some(title.trim()).filter(|title| !title.is_empty())),
                    None => (item, None),
                };
                self.document.agenda_item = Some(Text::verbatim(item));
                self.document.agenda_title.extend(title.map(|title| Text::verbatim(&text[text.len() - title.len()..])));
                self.agenda = Some(index).filter(|_| title.is_none());
                return true;
            }
        }
        false
    }

    /// “Resolution adopted by the General Assembly on 13 August 2024”, “[on the report of …]”, “78/323. Title”.
    fn adoption(&mut self, line: &Paragraph, text: &str) -> bool {
        const PLACE: &str = "\u{1}";
        for kind in [Kind::Resolution, Kind::Decision] {
            for organ in Organ::ALL {
                let said = folded(&(self.words.adopted_by)(kind, organ, PLACE).join(" ")).to_lowercase();
                let (before, after) = said.split_once(PLACE).unwrap_or((&said, ""));
                let lower = text.to_lowercase();
                let Some(day) = lower.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)) else { continue };
                let Some(day) = full_date(day) else { continue };
                (self.document.adopted, self.document.kind, self.is_kind_known) = (Some(day), kind, true);
                return true;
            }
        }
        let is_bracketed = text.starts_with(['[', '(']) && text.ends_with([']', ')']);
        if is_bracketed && self.document.adopted.is_some() && self.document.adopted_note.is_none() {
            let plain = line.plain();
            let (start, end) = (plain.len() - plain.trim_start().len() + 1, plain.trim_end().len() - 1);
            let inner = without_start(&unstyled(&line.pieces), start);
            self.document.adopted_note = Some(cut(&inner, end - start));
            return true;
        }
        let Some(found) = NUMBERED.as_ref().and_then(|numbered| numbered.captures(text)) else { return false };
        let (Some(number), Some(title)) = (found.get(1), found.get(2)) else { return false };
        self.document.number = Some(number.as_str().to_owned());
        let plain = line.plain();
        let start = plain.len() - plain.trim_end().len();
        let skipped = plain.len() - start - title.as_str().len().min(plain.len() - start);
        let pieces = if folded(&plain[skipped..]) == title.as_str() {
            without_start(&unstyled(&line.pieces), skipped)
        } else {
            vec![Inline::plain(title.as_str())]
        };
        self.document.title = Some(Text::from(pieces));
        true
    }

    /// “Azerbaijan and China: draft resolution”, “Draft resolution submitted by the Chair”, “Draft resolution”.
    fn kind(&mut self, line: &Paragraph, text: &str) -> bool {
        for kind in [Kind::DraftDecision, Kind::Amendment, Kind::DraftResolution] {
            for revised in [true, false] {
                let words = folded((self.words.submitted)(kind, revised)).to_lowercase();
                let lower = text.to_lowercase();
                let bare = lower.trim_end_matches(|c: char| c == ':' || c.is_whitespace());
                if bare == words {
                    (self.document.kind, self.is_kind_known) = (kind, true);
                    return true;
                }
                let rest = lower.strip_prefix(&words).filter(|rest| rest.starts_with(' '));
                let is_number = |rest: &str| rest.trim().chars().all(|c| c.is_ascii_digit() || "./".contains(c));
                if let Some(rest) = rest.filter(|rest| !is_number(rest)) {
                    let submits = rest.split_whitespace().count() >= 3 && rest.len() < LONGEST_LINE;
                    if submits && self.document.submitted_by.is_none() && !self.is_kind_known {
                        (self.document.kind, self.is_kind_known) = (kind, true);
                        self.document.submitted_by = Some(Text::from(unstyled(&line.pieces)));
                        return true;
                    }
                }
                let colon = bare.strip_suffix(&words).map(|rest| rest.trim_end().trim_end_matches('*').trim_end());
                if colon.is_some_and(|rest| rest.ends_with(':') || rest.ends_with('：'))
                    && self.document.sponsors.is_empty()
                {
                    (self.document.kind, self.is_kind_known) = (kind, true);
                    self.document.sponsors = sponsors(line, self.words);
                    return !self.document.sponsors.is_empty();
                }
            }
        }
        false
    }

    /// “Topic: …”, “Sponsors: …”.
    fn named(&mut self, line: &Paragraph) -> bool {
        let plain = line.plain();
        let Some((name, value)) = plain.split_once(':') else { return false };
        let key = folded(name).to_lowercase().replace("(s)", "").trim().to_owned();
        let Some((_, named)) = NAMES.iter().find(|(known, _)| *known == key) else { return false };
        if value.trim().is_empty() {
            return false;
        }
        let blank = value.len() - value.trim_start().len();
        let pieces = unstyled(&without_start(&line.pieces, name.len() + 1 + blank));
        let text = folded(value);
        match named {
            Named::Symbol if self.document.symbol.is_empty() => self.document.symbol = vec![Symbol::from(text)],
            Named::Body if self.document.body_name.is_none() => self.document.body_name = Some(pieces.into()),
            Named::Title if self.document.title.is_none() => self.document.title = Some(pieces.into()),
            Named::Sponsors => self.document.sponsors.extend(names(&pieces, self.words)),
            Named::Date => return self.day(&text),
            Named::Session if self.document.session.is_none() => {
                if !self.session(&text) {
                    let number = text.parse().ok().map(Session::Number);
                    self.document.session = number.or(Some(Session::Text(Text::from(pieces))));
                }
            }
            _ => return false,
        }
        true
    }

    /// The name of an organ or a committee.
    fn organ(&mut self, line: &Paragraph, text: &str) -> bool {
        let organs = Organ::ALL.map(|organ| (self.words.organ)(organ));
        let known = organs.into_iter().chain(self.words.main_committees);
        let is_known = known.into_iter().any(|name| same(text, name));
        if is_known {
            self.bodies.push(line.clone());
        }
        is_known
    }

    /// Returns the document with its header, and the lines that fit no field.
    pub fn finish(mut self, doubts: &mut Doubts, first: Option<&Part>) -> (Document, Vec<Paragraph>) {
        self.known_bodies();
        self.titles(doubts);
        self.bodies(doubts);
        self.kinds(doubts, first);
        if self.document.symbol.is_empty() {
            let finding = Diagnostic::warning("import-missing", "the file has no symbol")
                .hint("add a line such as “symbol: A/77/L.107”");
            doubts.push(0..0, finding);
        }
        let left = self.lines.into_iter().filter(|line| !line.is_read).map(|line| line.paragraph).collect();
        (self.document, left)
    }

    /// The names of bodies that masthead knows by the letters of the symbol.
    fn known_bodies(&mut self) {
        let language = self.document.language;
        let of_bodies = self.document.symbol.iter().filter_map(|symbol| body(symbol, language)).map(str::to_owned);
        let names: Vec<String> = organs(&self.document).into_iter().flatten().chain(of_bodies).collect();
        for line in &mut self.lines {
            let text = line.paragraph.plain();
            line.is_read |= names.iter().any(|name| same(&text, name));
        }
    }

    /// The title of the agenda item follows it; the title of the document is the last line that stands out.
    fn titles(&mut self, doubts: &mut Doubts) {
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
        let titles: Vec<usize> = free().collect();
        let last = titles.last().copied().filter(|index| {
            let text = self.lines[*index].paragraph.plain();
            !self.lines[*index].is_read
                && text.chars().count() <= LONGEST_LINE
                && !text.trim_end().ends_with(['.', ':', ';'])
        });
        let best = titles.iter().copied().find(is_title);
        let best = best.or_else(|| titles.iter().copied().rev().find(|index| stands_out(&self.lines[*index])));
        let Some(index) = best.or(last).filter(|index| !self.lines[*index].is_read) else { return };
        if !stands_out(&self.lines[index]) {
            doubts.doubtful(self.lines[index].paragraph.span.clone(), "this line is read as the title");
        }
        self.document.title = Some(Text::from(unstyled(&self.lines[index].paragraph.pieces)));
        self.lines[index].is_read = true;
    }

    /// The names of bodies that do not follow from the symbol.
    fn bodies(&mut self, doubts: &mut Doubts) {
        for line in std::mem::take(&mut self.bodies) {
            let text = folded(&line.plain());
            let follows = self.document.symbol.iter().any(|symbol| {
                let organs = [symbol.organ, symbol.acting()].map(|organ| (self.words.organ)(organ));
                let committee = symbol.subsidiary.as_deref().and_then(|name| name.strip_prefix("C."));
                let committee = committee.and_then(|number| number.parse::<usize>().ok());
                let committee = committee.and_then(|number| self.words.main_committees.get(number.wrapping_sub(1)));
                let known = organs.into_iter().chain(committee.copied()).chain(body(symbol, self.document.language));
                known.into_iter().any(|name| same(&text, name))
            });
            if follows {
                continue;
            }
            let is_organ = Organ::ALL.iter().any(|organ| same(&text, (self.words.organ)(*organ)));
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
    fn kinds(&mut self, doubts: &mut Doubts, first: Option<&Part>) {
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
        let title = self.document.title.as_ref().map(Text::plain).unwrap_or_default().to_lowercase();
        let of_title =
            [("letter", Kind::Letter), ("note", Kind::Note), ("agenda", Kind::Agenda), ("report", Kind::Report)];
        let of_title = of_title.into_iter().find(|(word, _)| title.contains(word)).map(|(_, kind)| kind);
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

/// Returns the names before the colon, with the marks after it.
fn sponsors(line: &Paragraph, words: &Words) -> Vec<Text> {
    let mut before: Vec<Inline> = Vec::new();
    let mut marks = Vec::new();
    let mut is_over = false;
    for piece in &line.pieces {
        match piece.text() {
            None if is_over => marks.push(piece.clone()),
            None => before.push(piece.clone()),
            Some(text) if !is_over => {
                let end = text.find([':', '：']);
                is_over = end.is_some();
                before.push(piece.with_text(&text[..end.unwrap_or(text.len())]));
            }
            Some(_) => {}
        }
    }
    before.extend(marks);
    names(&before, words)
}

/// Returns the first bytes of pieces as a text.
fn cut(pieces: &[Inline], mut bytes: usize) -> Text {
    let mut out = Vec::new();
    for piece in pieces {
        match piece.text() {
            Some(text) => {
                let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
                bytes -= end;
                out.push(piece.with_text(&text[..end]));
            }
            None if bytes > 0 => out.push(piece.clone()),
            None => {}
        }
    }
    out.into()
}

/// Returns what stands between the tabs of a line.
fn columns(line: &Paragraph) -> Vec<Paragraph> {
    let parts = split_at(&line.pieces, &['\t']).into_iter().map(|pieces| Paragraph { pieces, ..line.clone() });
    parts.filter(|part| !part.is_empty()).collect()
}

/// Returns a date that has a day, a month and a year.
fn full_date(text: &str) -> Option<Date> {
    let has_words = text.chars().filter(|c| c.is_alphabetic()).count() <= 24;
    date(text.trim()).ok().filter(|_| has_words && text.contains(|c: char| c.is_ascii_digit()))
}

fn matches(pattern: &Option<Regex>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Returns a text with all white space as single spaces, without invisible characters.
fn folded(text: &str) -> String {
    let text: String = text.chars().filter(|c| !is_invisible(*c) || c.is_whitespace()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two texts are the same but for case, white space and what ends them.
fn same(text: &str, other: &str) -> bool {
    // In Arabic, lines are drawn out with a sign of their own.
    let plain = |text: &str| folded(text).replace('\u{640}', "").trim_end_matches(['.', ':', '*']).to_lowercase();
    !other.is_empty() && plain(text) == plain(other)
}
