//! Writes blocks without an element in Akoma Ntoso, and tables.

use super::Writer;
use super::element::{Child, Element};
use super::text::{Reading, exactly, json_escaped, layout, set};
use crate::model::{Align, Cell, Figure, Remarks, Signature, Table, Text, Vote};

impl<'d> Writer<'d> {
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
            .with_some("masthead:width", figure.width.map(|width| width.to_string()))
            .with_some("masthead:landscape", figure.landscape.then(|| "true".to_owned()));
        let mut content = Element::new("content");
        if let Some(number) = &figure.number {
            let label = self.words.numbered(&self.words.figure, number);
            content.push(Element::new("p").saying(label));
        }
        if let Some(title) = &figure.title {
            let title = self.paragraph(title).with("masthead:part", "title");
            content.push(title);
        }
        if let Some(units) = &figure.units {
            let units = self.paragraph(units).with("masthead:part", "units");
            content.push(units);
        }
        let image = Element::new("img")
            .with("src", &figure.image)
            .with("alt", &figure.description)
            .with_some("masthead:src", exactly(&figure.image))
            .with_some("masthead:alt", exactly(&figure.description));
        content.push(Element::new("p").holding(image));
        element.holding(content.holding_all(self.remarks(figure.remarks())))
    }

    /// Writes the remarks below a table or figure, each after the word for it.
    fn remarks(&mut self, remarks: Remarks) -> Vec<Element> {
        let words = &self.words.remarks;
        let said = remarks.into_iter().zip(words).filter_map(|((name, text), word)| Some((name, text?, word)));
        let remark = |(name, text, word): (&'static str, &Text, &String)| {
            let word = Element::new("span").with("class", "italic").saying(format!("{word}{}", self.words.colon));
            let inline = Element::new("inline").with("name", name).with("masthead:part", name);
            let said: [Child; 3] =
                [word.into(), Child::Text(self.words.gap.clone()), self.text(inline, text, Reading::Plain).into()];
            Element::new("p").with("xml:space", "preserve").holding_all(said)
        };
        said.map(remark).collect()
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
        for ((part, states), heading) in groups.into_iter().zip(&self.words.votes) {
            if states.is_empty() {
                continue;
            }
            let heading = format!("{heading}{}", self.words.colon);
            let heading = Element::new("span").with("class", "italic").saying(heading);
            let mut said: Vec<Child> = vec![heading.into(), Child::Text(self.words.gap.clone())];
            for (index, state) in states.iter().enumerate() {
                if index > 0 {
                    said.push(Child::Text(self.words.comma.clone()));
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
    pub fn table(&mut self, table: &'d Table) -> Element {
        self.lettered = Some(&table.notes);
        let element = self.hierarchical().with_some("masthead:layout", layout(&table.layout));
        let widths: Vec<String> = table.widths.iter().map(f64::to_string).collect();
        let mut out = Element::new("table")
            .with("masthead:heads", table.header.len().to_string())
            .with_some("masthead:widths", (!widths.is_empty()).then(|| widths.join(" ")))
            .with_some("masthead:landscape", table.landscape.map(|landscape| landscape.to_string()));
        if table.number.is_some() || table.title.is_some() || table.units.is_some() {
            let mut caption =
                Element::new("caption").with_some("masthead:number", table.number.as_ref().map(|number| set(number)));
            if let Some(number) = &table.number {
                let label = self.words.numbered(&self.words.table, number);
                caption = caption.saying(format!("{label} "));
            }
            for (name, text) in [("title", &table.title), ("units", &table.units)] {
                let Some(text) = text else { continue };
                let inline = Element::new("inline").with("name", name).with("masthead:part", name);
                let text = self.text(inline, text, Reading::Plain);
                caption.push(text);
            }
            out.push(caption);
        }
        for row in &table.header {
            let cells: Vec<Element> = row.iter().map(|cell| self.cell(cell, "th")).collect();
            out.push(Element::new("tr").holding_all(cells));
        }
        for row in &table.rows {
            let cells: Vec<Element> = row.cells.iter().map(|cell| self.cell(cell, "td")).collect();
            let total = row.total.then(|| "true".to_owned());
            out.push(Element::new("tr").with_some("masthead:total", total).holding_all(cells));
        }
        self.rows_below(table).into_iter().for_each(|row| out.push(row));
        self.lettered = None;
        element.holding(Element::new("content").holding(out))
    }

    /// Writes what stands below a table as rows of one cell: readers without masthead's namespace find it there.
    fn rows_below(&mut self, table: &Table) -> Vec<Element> {
        let first = table.header.first().or(table.rows.first().map(|row| &row.cells));
        let columns: u16 = first.map_or(1, |row| row.iter().map(|cell| cell.columns).sum());
        let across = (columns > 1).then(|| columns.to_string());
        let row = |kind: &'static str, said: Element| {
            let cell = Element::new("td").with_some("colspan", across.clone()).holding(said);
            Element::new("tr").with("masthead:below", kind).holding(cell)
        };
        let mut rows: Vec<Element> =
            self.remarks(table.remarks()).into_iter().map(|said| row("remark", said)).collect();
        for (mark, text) in &table.notes {
            let text = self.paragraph(text).with("masthead:part", "note");
            rows.push(row("note", text).with("masthead:mark", json_escaped(mark)));
        }
        rows
    }

    fn cell(&mut self, cell: &Cell, name: &'static str) -> Element {
        let more = |count: u16| (count > 1).then(|| count.to_string());
        let align = cell.align.map(|align| match align {
            Align::Left => "LEFT",
            Align::Center => "CENTER",
            Align::Right => "RIGHT",
        });
        let text = self.paragraph(&cell.text);
        // Other houses do not use the attributes of the United Nations.
        let justified = match self.document.house {
            None => "akn4un:data-justification",
            Some(_) => "masthead:data-justification",
        };
        Element::new(name)
            .with_some("colspan", more(cell.columns))
            .with_some("rowspan", more(cell.rows))
            .with_some(justified, align)
            .holding(text)
    }
}
