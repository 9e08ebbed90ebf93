//! Writes blocks without an element in Akoma Ntoso, and tables.

use super::Writer;
use super::element::{Child, Element};
use super::text::{Reading, exactly, layout, set};
use crate::model::{Align, Cell, Figure, Signature, Table, Vote};

impl Writer<'_> {
    /// Writes a signature and the lines under it.
    pub fn signature(&mut self, signature: &Signature) -> Element {
        let element = self
            .hierarchical()
            .with("masthead:block", "signature")
            .with_some("masthead:layout", layout(&signature.layout));
        let text = self.paragraph(&signature.text).with("masthead:part", "text");
        let mut content = Element::new("content").holding(text);
        for line in &signature.lines {
            let line = self.paragraph(line).with("masthead:part", "line");
            content.push(line);
        }
        element.holding(content)
    }

    /// Writes a figure with its title.
    pub fn figure(&mut self, figure: &Figure) -> Element {
        let element = self
            .hierarchical()
            .with("masthead:block", "figure")
            .with_some("masthead:number", figure.number.as_ref().map(|n| set(n)))
            .with_some("masthead:layout", layout(&figure.layout))
            .with_some("masthead:width", figure.width.map(|width| width.to_string()));
        let mut content = Element::new("content");
        if let Some(number) = &figure.number {
            let label = self.words.numbered(self.words.figure, number);
            content.push(Element::new("p").saying(label));
        }
        if let Some(title) = &figure.title {
            let title = self.paragraph(title).with("masthead:part", "title");
            content.push(title);
        }
        let image = Element::new("img")
            .with("src", &figure.image)
            .with("alt", &figure.description)
            .with_some("masthead:src", exactly(&figure.image))
            .with_some("masthead:alt", exactly(&figure.description));
        content.push(Element::new("p").holding(image));
        element.holding(content)
    }

    /// Writes a recorded vote that is printed.
    pub fn vote(&mut self, vote: &Vote) -> Element {
        let element =
            self.hierarchical().with("masthead:block", "vote").with_some("masthead:layout", layout(&vote.layout));
        let mut content = Element::new("content");
        if let Some(text) = &vote.text {
            let text = self.paragraph(text).with("masthead:part", "text");
            content.push(text);
        }
        let groups = [("in-favour", &vote.in_favour), ("against", &vote.against), ("abstaining", &vote.abstaining)];
        for ((part, states), heading) in groups.into_iter().zip(self.words.votes) {
            if states.is_empty() {
                continue;
            }
            let heading = format!("{heading}{}", self.words.colon);
            let heading = Element::new("span").with("class", "italic").saying(heading);
            let mut said: Vec<Child> = vec![heading.into(), Child::Text(self.words.gap.into())];
            for (index, state) in states.iter().enumerate() {
                if index > 0 {
                    said.push(Child::Text(self.words.comma.into()));
                }
                let voter = Element::new("inline").with("name", "voter").with("masthead:part", "voter");
                said.push(self.text(voter, state, Reading::Plain).into());
            }
            content.push(Element::new("p").with("masthead:part", part).with("xml:space", "preserve").holding_all(said));
        }
        if content.is_empty() {
            content.push(Element::new("p"));
        }
        element.holding(content)
    }

    /// Writes a table within a paragraph, since elsewhere only blocks are allowed next to it.
    pub fn table(&mut self, table: &Table) -> Element {
        let element = self.hierarchical().with_some("masthead:layout", layout(&table.layout));
        let widths: Vec<String> = table.widths.iter().map(f64::to_string).collect();
        let mut out = Element::new("table")
            .with("masthead:heads", table.header.len().to_string())
            .with_some("masthead:widths", (!widths.is_empty()).then(|| widths.join(" ")));
        if table.number.is_some() || table.title.is_some() {
            let mut caption =
                Element::new("caption").with_some("masthead:number", table.number.as_ref().map(|number| set(number)));
            if let Some(number) = &table.number {
                let label = self.words.numbered(self.words.table, number);
                caption = caption.saying(format!("{label} "));
            }
            if let Some(title) = &table.title {
                let inline = Element::new("inline").with("name", "title").with("masthead:part", "title");
                let title = self.text(inline, title, Reading::Plain);
                caption.push(title);
            }
            out.push(caption);
        }
        for (rows, name) in [(&table.header, "th"), (&table.rows, "td")] {
            for row in rows {
                let cells: Vec<Element> = row.iter().map(|cell| self.cell(cell, name)).collect();
                out.push(Element::new("tr").holding_all(cells));
            }
        }
        element.holding(Element::new("content").holding(out))
    }

    fn cell(&mut self, cell: &Cell, name: &'static str) -> Element {
        let more = |count: u16| (count > 1).then(|| count.to_string());
        let align = match cell.align {
            Align::Left => None,
            Align::Center => Some("CENTER"),
            Align::Right => Some("RIGHT"),
        };
        let text = self.paragraph(&cell.text);
        Element::new(name)
            .with_some("colspan", more(cell.columns))
            .with_some("rowspan", more(cell.rows))
            .with_some("akn4un:data-justification", align)
            .holding(text)
    }
}
