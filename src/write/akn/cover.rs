//! Writes the cover page, the preface and the conclusions: masthead, session block, opening, closing lines.

use super::Writer;
use super::element::{Child, Element};
use super::text::Reading;
use crate::model::fields::{Design, header};
use crate::model::symbol::Organ;
use crate::model::{Date, Kind, Session, Symbol, Text};
use crate::prepare::words::{body, fill, organs};
use crate::prepare::{
    Said, agenda_line, body_name, distribution, publisher, session_lines, sponsor_line, statement_title,
};

fn line(element: Element) -> Element {
    Element::new("p").holding(element)
}

fn dated(date: Date, text: String) -> Element {
    Element::new("docDate").with("date", date.to_string()).saying(text)
}

impl Writer<'_> {
    /// Writes the cover page, line by line as on the page.
    pub fn cover(&mut self) -> Element {
        let mut cover = Element::new("coverPage").with("eId", "coverPage_1");
        let name =
            Element::new("docAuthority").with("refersTo", "#publisher").saying(publisher(self.document, self.words));
        cover = cover.holding(line(Element::new("span").with("class", "upperLeft").holding(name)));
        for symbol in &self.document.symbol {
            let number = Element::of(&header::symbol).saying(symbol.printed());
            cover = cover.holding(line(number).with("class", "upperRight"));
        }
        let mut names: Vec<String> = organs(self.document).into_iter().flatten().collect();
        names.dedup();
        for name in names {
            let organ = Element::of(&header::organ).saying(name);
            cover = cover.holding(line(organ).with("class", "upperLeft"));
        }
        cover = self.distribution(cover);
        cover = self.session_block(cover);
        self.opening(cover)
    }

    /// Writes the organs, each once.
    pub fn organs(&self) -> Vec<Organ> {
        let mut organs: Vec<Organ> = self.document.symbol.iter().map(|symbol| symbol.organ).collect();
        organs.dedup();
        organs
    }

    fn distribution(&self, cover: Element) -> Element {
        let (document, words) = (self.document, self.words);
        let given = distribution(document);
        let refers = format!("#{}Distribution", given.name());
        let status = Element::of(&header::distribution).with("refersTo", refers).with("class", "rightSmall");
        let mut cover = cover.holding(line(status.saying(words.distribution(given))));
        if let Some(date) = document.date {
            let element = dated(date, words.issued(date)).with("class", "rightSmall").marked(&header::date);
            cover = cover.holding(line(element));
        }
        let mut small = |inline: Element, title: String, text: String| {
            cover.push(line(inline.with("title", title).with("class", "rightSmall").saying(text)));
        };
        let language = document.language;
        if !document.original.is_empty() && !document.original.contains(&language) {
            let inline = Element::new("inline").with("name", "language");
            small(inline, language.code().into(), words.language_line(language));
        }
        if !document.original.is_empty() {
            let codes: Vec<&str> = document.original.iter().map(|original| original.code()).collect();
            let names: Vec<&str> = document.original.iter().map(|original| words.language(*original)).collect();
            small(Element::of(&header::original), codes.join(" "), fill(&words.original, &names.join("/")));
        }
        cover
    }

    fn session_block(&mut self, mut cover: Element) -> Element {
        let (document, words) = (self.document, self.words);
        if let Some(kind) = &document.document_type {
            let said = self.inline(kind);
            cover.push(line(Element::of(&header::document_type).holding_all(said)));
        }
        let symbol = document.symbol.first();
        if let Some(name) = symbol.and_then(|symbol| body(document, symbol)) {
            cover.push(line(Element::new("docProponent").saying(name)));
        }
        let lines = symbol.map(|symbol| session_lines(document, symbol, words)).unwrap_or_default();
        if let Some((first, rest)) = lines.split_first() {
            let number = match document.session {
                Some(Session::Number(number)) => Some(number.to_string()),
                _ => None,
            };
            let mut said = self.inline(first);
            for text in rest {
                said.push(Element::new("eol").into());
                said.extend(self.inline(text));
            }
            cover.push(line(Element::of(&header::session).with_some("value", number).holding_all(said)));
        }
        if let Some(name) = symbol.and_then(|symbol| body_name(document, symbol, words)) {
            let said = self.inline(&name);
            cover.push(line(Element::of(&header::body_name).holding_all(said)));
        }
        if let Some(item) = &document.agenda_item {
            let counted = item.written().starts_with(|c: char| c.is_ascii_digit()).then(|| item.to_string());
            let said = self.inline(&agenda_line(item, words));
            let inline = Element::new("inline").with_some("title", counted).marked(&header::agenda_item);
            cover.push(line(inline.holding_all(said)));
        }
        for title in &document.agenda_title {
            let said = self.inline(title);
            cover.push(line(Element::of(&header::agenda_title).holding_all(said)));
        }
        cover
    }

    fn opening(&mut self, mut cover: Element) -> Element {
        let (document, words) = (self.document, self.words);
        if document.kind.is_adopted() {
            for title in self.adoption() {
                cover.push(line(title).with("xml:space", "preserve"));
            }
            if let Some(note) = &document.adopted_note {
                let mut said: Vec<Child> = vec![Child::Text("[".into())];
                said.extend(self.inline(note));
                said.push(Child::Text("]".into()));
                cover.push(line(Element::of(&header::adopted_note).holding_all(said)).with("xml:space", "preserve"));
            }
        } else if let Some(text) = &document.submitted_by {
            let said = self.inline(text);
            let submitted = Element::of(&header::submitted_by).holding_all(said);
            cover.push(line(submitted).with("xml:space", "preserve"));
        } else if !document.sponsors.is_empty() {
            let mut said: Vec<Child> = Vec::new();
            for piece in sponsor_line(document, words) {
                match piece {
                    Said::Name(name) => {
                        let name = self.inline(&name.into());
                        said.push(Element::new("docProponent").holding_all(name).into());
                    }
                    Said::Marks(marks) => said.extend(self.inline(&marks.into())),
                    Said::Words("") => {}
                    Said::Words(text) => said.push(Child::Text(text.to_owned())),
                }
            }
            let sponsors = Element::of(&header::sponsors).with("xml:space", "preserve");
            cover.push(sponsors.holding_all(said));
        }
        cover
    }

    /// Writes the lines that state the adoption.
    fn adoption(&mut self) -> Vec<Element> {
        let (document, words) = (self.document, self.words);
        let organ = document.symbol.first().map_or(Organ::GeneralAssembly, Symbol::acting);
        let in_words = document.adopted.map(|date| words.date_in_words(date)).unwrap_or_default();
        let council = Design::of_document(document) == Design::CouncilResolution;
        let mut out = Vec::new();
        if council && let Some(number) = &document.number {
            let said = self.inline(&Text::verbatim(&words.resolution(number)));
            out.push(Element::new("docTitle").with("refersTo", "#resolutionNumber").holding_all(said));
        }
        let lines = if !document.adopted_text.is_empty() {
            document.adopted_text.clone()
        } else if council {
            return out.into_iter().chain(self.council_adoption(&in_words)).collect();
        } else if document.adopted.is_some() && document.document_type.is_none() {
            vec![Text::verbatim(&words.adoption(document.parts.len(), document.kind, organ, &in_words).join(" "))]
        } else {
            Vec::new()
        };
        for text in lines {
            let said = self.inline(&text);
            out.push(Element::of(&header::adopted_text).holding_all(said));
        }
        out
    }

    /// Writes "Adopted by the Security Council at its 9474th meeting, on 14 November 2023".
    fn council_adoption(&mut self, in_words: &str) -> Option<Element> {
        let document = self.document;
        let (meeting, date) = (document.meeting.as_ref()?, document.adopted?);
        let words = meeting.plain();
        let lines = self.words.adopted_at(Organ::SecurityCouncil, &words, in_words).join(" ");
        let title = Element::new("docTitle").with("refersTo", "#adoption");
        let (before, after) = lines.split_once(words.as_str())?;
        let (between, rest) = after.split_once(in_words)?;
        let said = self.inline(meeting);
        let title = title.saying(before).holding(Element::of(&header::meeting).holding_all(said));
        let title = title.saying(between).holding(dated(date, in_words.to_owned()).marked(&header::adopted));
        Some(if rest.is_empty() { title } else { title.saying(rest) })
    }

    /// Writes number and title, and the letter of one of several resolutions.
    pub fn preface(&mut self) -> Option<Element> {
        let (document, words) = (self.document, self.words);
        let mut preface = Element::new("preface");
        let council = Design::of_document(document) == Design::CouncilResolution;
        let mut head = Element::new("p").with("xml:space", "preserve");
        if let Some(number) = document.number.as_ref().filter(|_| !council) {
            let number = fill(&self.words.adopted_number, number);
            head.push(Element::of(&header::number).saying(number));
        }
        let usual = (document.kind == Kind::PresidentialStatement).then(|| statement_title(document, words));
        if let Some(title) = document.title.as_ref().or(usual.as_ref()) {
            head = if head.is_empty() { head } else { head.saying(" ") };
            let title = self.text(Element::of(&header::title), title, Reading::Title);
            head.push(title);
        }
        if !head.is_empty() {
            preface.push(head);
        }
        if let Some(part) = &document.part {
            let said = self.inline(part);
            preface.push(line(Element::of(&header::part).holding_all(said)));
        }
        (!preface.is_empty()).then_some(preface)
    }

    /// Writes meetings and dates of an adopted text, except of the Security Council, which has them above.
    pub fn conclusions(&mut self) -> Option<Element> {
        let document = self.document;
        let meeting = document.meeting.as_ref()?;
        if Design::of_document(document) != Design::Adopted {
            return None;
        }
        // First all meetings, then all dates, as in the UN's own files.
        let mut closing = Element::new("p");
        for meeting in
            std::iter::once(meeting).chain(document.also_adopted.iter().filter_map(|also| also.meeting.as_ref()))
        {
            let said = self.inline(meeting);
            closing.push(Element::of(&header::meeting).holding_all(said));
        }
        let dates = document.adopted.into_iter().chain(document.also_adopted.iter().filter_map(|also| also.date));
        for (index, date) in dates.enumerate() {
            if index == 0 {
                closing.push(Element::new("eol"));
            }
            closing.push(dated(date, self.words.date_in_words(date)).marked(&header::adopted));
        }
        Some(Element::new("conclusions").with("eId", "conclusions").holding(closing))
    }
}
