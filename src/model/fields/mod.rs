//! What is known of the fields of a document apart from their values: `table.rs` has a row for each. Readers,
//! writers and checks go by it, so that a new field is a row there and a member of [`Document`] or [`Part`].

mod printed;
mod table;

pub use printed::{Design, Printed};
pub(crate) use printed::{Given, Hidden};
pub use table::{header, part};

use indexmap::IndexMap;

use super::{Adoption, Block, Date, Distribution, Document, Kind, Language, Metadata, Part, Session, Symbol};

/// A field of a document, or of one of its parts.
#[derive(Debug)]
pub struct Field<T: 'static = Document> {
    /// Its name in YAML, JSON and front matter.
    pub name: &'static str,
    /// What it holds.
    pub value: fn(&T) -> Value<'_>,
    /// What it holds, to be filled by readers.
    pub place: fn(&mut T) -> Place<'_>,
    /// What kind of text it is.
    pub text: Text,
    /// Which pages print it.
    pub printed: Printed,
    /// The element of AKN4UN XML that says it. What no element says, or not exactly, stands in a `masthead:field`.
    pub xml: Option<Tag>,
    /// What `check` asks of it beyond what every text is asked.
    pub asks: &'static [Asks],
    /// Whether files of many other kinds have a field of that name too.
    pub common: bool,
}

/// What is said of a field in its row.
#[derive(Clone, Copy)]
struct About {
    text: Text,
    printed: Printed,
    xml: Option<Tag>,
    asks: &'static [Asks],
    common: bool,
}

impl About {
    /// A field of which nothing else is said: every page prints it.
    const fn a(text: Text) -> Self {
        Self { text, printed: Printed::Always, xml: None, asks: &[], common: false }
    }

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

/// Makes a table of fields: a module with a constant for each member of a struct, and `ALL` in its order. A
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

/// Makes the types of what fields hold: to be looked at, and to be filled.
macro_rules! values {
    ($($(#[$doc:meta])* $name:ident($held:ty),)*) => {
        /// What a field holds.
        #[derive(Debug, Clone, Copy)]
        pub enum Value<'d> {
            $($(#[$doc])* $name(&'d $held),)*
        }

        /// What a field holds, to be filled.
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
    Text(Option<String>),
    /// One line, or a list of them.
    Lines(Vec<String>),
    /// A list of texts.
    List(Vec<String>),
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
    /// What is known and not printed.
    Metadata(Metadata),
    /// Blocks.
    Blocks(Vec<Block>),
    /// Parts.
    Parts(Vec<Part>),
    /// Footnotes, from mark to text.
    Notes(IndexMap<String, String>),
}

impl Value<'_> {
    /// What is given, in words; nothing of blocks, parts, notes and metadata.
    pub fn text(&self) -> Option<String> {
        let lines = |texts: &[String]| (!texts.is_empty()).then(|| texts.join(" "));
        match self {
            Self::Symbols(symbols) => lines(&symbols.iter().map(Symbol::printed).collect::<Vec<_>>()),
            Self::Text(text) => (*text).clone(),
            Self::Lines(texts) | Self::List(texts) => lines(texts),
            Self::Kind(kind) => Some(kind.name().to_owned()),
            Self::Distribution(distribution) => distribution.map(|distribution| distribution.name().to_owned()),
            Self::Language(language) => Some(language.code().to_owned()),
            Self::Languages(languages) => {
                lines(&languages.iter().map(|language| language.code().to_owned()).collect::<Vec<_>>())
            }
            Self::Date(date) => date.map(String::from),
            Self::Session(session) => session.as_ref().map(Session::text),
            Self::Adoptions(adoptions) => {
                let words = |one: &Adoption| one.meeting.clone().into_iter().chain(one.date.map(String::from));
                lines(&adoptions.iter().flat_map(words).collect::<Vec<_>>())
            }
            Self::Metadata(_) | Self::Blocks(_) | Self::Parts(_) | Self::Notes(_) => None,
        }
    }
}

/// What kind of text a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// Running text, as the editorial rules read it.
    Prose,
    /// A name or a line of the page.
    Line,
    /// Words that are printed as they stand: they have no markup.
    Plain,
    /// A number or a letter rather than words.
    Number,
    /// Figures and letters that are printed as they stand: they have no markup.
    Code,
    /// No text: a date, a choice, the name of a file.
    Data,
    /// What it holds has texts.
    Nested,
    /// What the document says: blocks and footnotes, which Markdown has below the front matter.
    Content,
}

impl Text {
    /// Whether the field itself is a text of the page.
    pub fn is_own(self) -> bool {
        !matches!(self, Self::Data | Self::Nested | Self::Content)
    }

    /// Whether it is printed as it stands, without markup.
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Plain | Self::Code)
    }

    /// Whether it has no words.
    pub fn is_wordless(self) -> bool {
        matches!(self, Self::Number | Self::Code | Self::Data)
    }
}

/// An element of AKN4UN XML, known by its name and at times by an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub element: &'static str,
    /// The attribute, with its prefix, and its value.
    pub attribute: Option<(&'static str, &'static str)>,
    /// Whether its text is that of the field, and not the field among other words.
    pub whole: bool,
}

impl Tag {
    /// An element of that name, which says the field among other words.
    const fn new(element: &'static str) -> Self {
        Self { element, attribute: None, whole: false }
    }

    const fn with(self, name: &'static str, value: &'static str) -> Self {
        Self { attribute: Some((name, value)), ..self }
    }

    /// Whose text is that of the field.
    const fn whole(self) -> Self {
        Self { whole: true, ..self }
    }
}

/// What `check` asks of a field beyond what every text is asked (`check/header.rs`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Every document has it, such as this.
    Needed(&'static str),
    /// An adopted text has it, such as this.
    NumberOfAdopted(&'static str),
    /// A resolution has it, such as this, or says its adoption in its own words.
    DateOfAdopted(&'static str),
    /// A document has it, such as this, or another date.
    AnyDate(&'static str),
    /// Symbols, not too many, each in the form of one, of bodies whose names are known.
    Symbols,
    /// It is the session that the symbol names.
    SessionOfSymbol,
    /// A font has the characters of its words.
    Covered,
    /// It has the form of a job number.
    JobNumber,
    /// It is the path of a picture in the folder of the document.
    Picture,
    /// There are blocks in it, or in parts.
    Blocks,
}
