//! The topics: chapters of the documentation that people need at the terminal.

use super::chapter::Chapter;

/// A topic.
pub struct Topic {
    /// Its name, which is that of no command.
    pub name: &'static str,
    /// The file of its chapter.
    pub file: &'static str,
    text: &'static str,
    /// The section of the chapter that it is about; all of it if there is none.
    section: Option<&'static str>,
    /// Whether the sections below are only listed, each with its first paragraph.
    pub brief: bool,
}

impl Topic {
    /// Returns what the topic shows.
    pub fn chapter(&self) -> Chapter<'static> {
        let chapter = Chapter { text: self.text };
        self.section.and_then(|section| chapter.section(section)).unwrap_or(chapter)
    }

    const fn brief(self, section: &'static str) -> Self {
        Self { brief: true, ..self.of(section) }
    }

    const fn of(self, section: &'static str) -> Self {
        Self { section: Some(section), ..self }
    }
}

macro_rules! topic {
    ($name:literal, $file:literal) => {
        Topic {
            name: $name,
            file: $file,
            text: include_str!(concat!("../../../docs/", $file)),
            section: None,
            brief: false,
        }
    };
}

/// The topics, in the order of the book.
pub const TOPICS: &[Topic] = &[
    topic!("writing", "writing.md"),
    topic!("fields", "model.md").brief("Header fields"),
    topic!("blocks", "model.md").brief("Blocks"),
    topic!("text", "model.md").of("Inline text"),
    topic!("markdown", "markdown.md"),
    topic!("xml", "akn.md"),
    topic!("symbols", "symbols.md"),
    topic!("pictures", "pictures.md"),
    topic!("imports", "import.md"),
    topic!("checking", "checking.md"),
    topic!("rules", "rules.md"),
    topic!("service", "serve.md"),
    topic!("copyfitting", "copyfitting.md"),
    topic!("house", "house.md"),
    topic!("document-control", "document-control.md"),
    topic!("batches", "batch.md"),
    topic!("queues", "queue.md"),
    topic!("registers", "register.md"),
    topic!("revising", "revising.md"),
    topic!("print", "printing.md"),
    topic!("golden-tests", "golden.md"),
    topic!("integrations", "integrations.md"),
    topic!("commands", "commands.md"),
    topic!("limits", "limits.md"),
];

/// Returns the topic whose chapter is in that file.
pub fn of_file(file: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.file == file)
}
