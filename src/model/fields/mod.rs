//! The fields of a document: a table (`table.rs`) with a row for each. Readers, writers and checks use it, so that
//! a new field is a row there and a member of [`Document`] or [`Part`], with code only for what is special about it.

mod printed;
mod table;

pub use printed::{Design, Printed};
pub(crate) use printed::{Given, Hidden};
pub use table::{header, part};

use super::{
    Adjustment, Adoption, Block, Date, Distribution, Document, House, Kind, Language, Layout, Metadata, Named, Part,
    Session, Symbol, Text,
};

/// A field of a document, or of one of its parts.
#[derive(Debug)]
pub struct Field<T: 'static = Document> {
    /// Its name in YAML, JSON and front matter.
    pub name: &'static str,
    /// Returns its value.
    pub value: fn(&T) -> Value<'_>,
    /// Returns its value, for readers to fill in.
    pub place: fn(&mut T) -> Place<'_>,
    /// What kind of text it is.
    pub text: TextKind,
    /// Which pages print it.
    pub printed: Printed,
    /// The element of AKN4UN XML that contains it. A field that no element contains exactly is written as a
    /// `masthead:field` besides.
    pub xml: Option<Tag>,
    /// What `check` requires of it, beyond what it requires of every text.
    pub asks: &'static [Asks],
    /// Whether many other kinds of files also have a field of that name.
    pub common: bool,
}

/// The row of a field, without its name and value.
#[derive(Clone, Copy)]
struct About {
    text: TextKind,
    printed: Printed,
    xml: Option<Tag>,
    asks: &'static [Asks],
    common: bool,
}

impl About {
    const fn printed(self, printed: Printed) -> Self {
        Self { printed, ..self }
    }

    const fn xml(self, tag: Tag) -> Self {
        Self { xml: Some(tag), ..self }
    }

    const fn asks(self, asks: &'static [Asks]) -> Self {
        Self { asks, ..self }
    }

    const fn common(self) -> Self {
        Self { common: true, ..self }
    }
}

/// Declares a table of fields: a module with a constant for each member of a struct, and with `ALL` of them. A
/// member without a row does not compile.
macro_rules! fields {
    ($(#[$doc:meta])* $table:ident of $record:ident: $($name:ident: $holds:ident = $about:expr;)*) => {
        $(#[$doc])*
        #[allow(non_upper_case_globals, reason = "they have the names of the fields")]
        pub mod $table {
            use super::*;

            $(
                #[doc = concat!("`", stringify!($name), "`")]
                pub const $name: Field<$record> = {
                    let About { text, printed, xml, asks, common } = $about;
                    Field {
                        name: stringify!($name),
                        value: |record| Value::$holds(&record.$name),
                        place: |record| Place::$holds(&mut record.$name),
                        text,
                        printed,
                        xml,
                        asks,
                        common,
                    }
                };
            )*

            /// Their names.
            pub const NAMES: &[&str] = &[$(stringify!($name)),*];

            /// All of them, in the order in which they are written.
            pub const ALL: &[Field<$record>] = &[$($name),*];

            const _: fn($record) = |$record { $($name: _),* }| ();
        }
    };
}
use fields;

/// Declares the types of values, borrowed and mutable.
macro_rules! values {
    ($($(#[$doc:meta])* $name:ident($held:ty),)*) => {
        /// The value of a field.
        #[derive(Debug, Clone, Copy)]
        pub enum Value<'d> {
            $($(#[$doc])* $name(&'d $held),)*
        }

        /// The value of a field, to be filled in.
        #[derive(Debug)]
        pub enum Place<'d> {
            $($(#[$doc])* $name(&'d mut $held),)*
        }
    };
}

values! {
    /// One symbol, or a list of them.
    Symbols(Vec<Symbol>),
    /// A text.
    Text(Option<Text>),
    /// Words or digits without markup, or the name of a file.
    Plain(Option<String>),
    /// One line, or a list of them.
    Lines(Vec<Text>),
    /// A list of texts.
    List(Vec<Text>),
    /// The kind of a document.
    Kind(Kind),
    /// Who may have it.
    Distribution(Option<Distribution>),
    /// A language.
    Language(Language),
    /// One language, or a list of them.
    Languages(Vec<Language>),
    /// A date.
    Date(Option<Date>),
    /// A session, by its number or in words.
    Session(Option<Session>),
    /// Adoptions, each at a meeting.
    Adoptions(Vec<Adoption>),
    /// The house.
    House(Option<House>),
    /// Adjustments of all pages.
    Layout(Layout),
    /// Adjustments of a block.
    Adjustment(Adjustment),
    /// Information that is not printed.
    Metadata(Metadata),
    /// Blocks.
    Blocks(Vec<Block>),
    /// Parts.
    Parts(Vec<Part>),
    /// Footnotes, from mark to text.
    Notes(Named<Text>),
}

impl Value<'_> {
    /// Returns the value as text if it is given; nothing for blocks, parts, footnotes, metadata and adjustments.
    pub fn text(&self) -> Option<String> {
        let lines = |texts: &[String]| (!texts.is_empty()).then(|| texts.join(" "));
        match self {
            Self::Symbols(symbols) => lines(&symbols.iter().map(Symbol::printed).collect::<Vec<_>>()),
            Self::Text(text) => text.as_ref().map(Text::to_string),
            Self::Plain(text) => (*text).clone(),
            Self::Lines(texts) | Self::List(texts) => lines(&texts.iter().map(Text::to_string).collect::<Vec<_>>()),
            Self::Kind(kind) => Some(kind.name().to_owned()),
            Self::Distribution(distribution) => distribution.map(|distribution| distribution.name().to_owned()),
            Self::Language(language) => Some(language.code().to_owned()),
            Self::Languages(languages) => {
                lines(&languages.iter().map(|language| language.code().to_owned()).collect::<Vec<_>>())
            }
            Self::Date(date) => date.map(String::from),
            Self::Session(session) => session.as_ref().map(Session::text),
            Self::Adoptions(adoptions) => {
                let words = |one: &Adoption| {
                    one.meeting.as_ref().map(Text::to_string).into_iter().chain(one.date.map(String::from))
                };
                lines(&adoptions.iter().flat_map(words).collect::<Vec<_>>())
            }
            Self::House(_)
            | Self::Layout(_)
            | Self::Adjustment(_)
            | Self::Metadata(_)
            | Self::Blocks(_)
            | Self::Parts(_)
            | Self::Notes(_) => None,
        }
    }
}

/// What kind of text a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// Running text, to which the editorial rules for prose apply.
    Prose,
    /// A name or a line of the page.
    Line,
    /// Words that are printed verbatim, without markup.
    Plain,
    /// A number or a letter rather than words.
    Number,
    /// Digits and letters that are printed verbatim, without markup.
    Code,
    /// No text: a date, a choice, the name of a file.
    Data,
    /// Not a text itself, but its value contains texts.
    Nested,
    /// The content of the document, blocks and footnotes: in Markdown, it is below the front matter.
    Content,
}

impl TextKind {
    /// Whether the field itself is a text of the page.
    pub fn is_own(self) -> bool {
        !matches!(self, Self::Data | Self::Nested | Self::Content)
    }

    /// Whether it is printed verbatim, without markup.
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Plain | Self::Code)
    }

    /// Whether it contains no words.
    pub fn is_wordless(self) -> bool {
        matches!(self, Self::Number | Self::Code | Self::Data)
    }
}

/// An element of AKN4UN XML, identified by its name and, if needed, by an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub element: &'static str,
    /// The attribute, with its prefix, and its value.
    pub attribute: Option<(&'static str, &'static str)>,
    /// Whether its text is that of the field, without other words.
    pub whole: bool,
}

impl Tag {
    /// Creates an element in which the field is among other words.
    const fn new(element: &'static str) -> Self {
        Self { element, attribute: None, whole: false }
    }

    const fn with(self, name: &'static str, value: &'static str) -> Self {
        Self { attribute: Some((name, value)), ..self }
    }

    /// Its text is that of the field.
    const fn whole(self) -> Self {
        Self { whole: true, ..self }
    }
}

/// What `check` requires of a field, beyond what it requires of every text (`check/header.rs`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Every document has it; an example.
    Needed(&'static str),
    /// An adopted text has it; an example.
    NumberOfAdopted(&'static str),
    /// A resolution has it unless it states its adoption in other words; an example.
    DateOfAdopted(&'static str),
    /// A document has it or another date; an example.
    AnyDate(&'static str),
    /// It has one to three well-formed symbols, of bodies whose names are known.
    Symbols,
    /// It agrees with the session in the symbol.
    SessionOfSymbol,
    /// The fonts have the characters of the language.
    Covered,
    /// The languages have names in the language of the document.
    NamedLanguages,
    /// It has the form of a job number.
    JobNumber,
    /// It is the path of a picture in the folder of the document or below it.
    Picture,
    /// It has a name, and its emblem is as that of a document.
    Named,
    /// There are blocks in it or in the parts.
    Blocks,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_has_the_fields_of_the_table() {
        let needed = |field: &&Field| field.asks.iter().any(|asks| matches!(asks, Asks::Needed(_)));
        let needed: Vec<_> = header::ALL.iter().filter(needed).map(|field| field.name).collect();
        for (schema, names) in
            [(schemars::schema_for!(Document), header::NAMES), (schemars::schema_for!(Part), part::NAMES)]
        {
            let properties: Vec<_> = schema.as_value()["properties"].as_object().unwrap().keys().collect();
            assert_eq!(properties, names, "the table is not in the order of the struct");
        }
        assert_eq!(schemars::schema_for!(Document).as_value()["required"], serde_json::json!(needed));
    }

    #[test]
    fn a_field_is_filled_where_it_is_read() {
        let mut document = Document::default();
        let Place::Text(place) = (header::adopted_note.place)(&mut document) else { panic!() };
        *place = Some("without reference to a Main Committee".into());
        assert_eq!(
            (header::adopted_note.value)(&document).text().as_deref(),
            Some("without reference to a Main Committee")
        );
        assert_eq!((header::title.value)(&document).text(), None);
    }
}
