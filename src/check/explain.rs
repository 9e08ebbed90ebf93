//! Explanations of all codes: those of form and structure, and those of the editorial rules.

use super::rules::{Rule, rules};
use crate::diagnostic::Severity;
use crate::preflight::{Code, codes};

/// The meaning of a code.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// The severity of its findings.
    pub severity: Severity,
    /// The rule, in one sentence.
    pub asks: &'static str,
    /// The source of the rule.
    pub source: &'static str,
    /// A wrong and a right example: fields of a document in YAML. `None` for codes of form that are
    /// not about YAML.
    pub examples: Option<(&'static str, &'static str)>,
    /// Whether it is an editorial rule, whose findings can be suppressed: a document with an error of
    /// form or structure cannot be rendered.
    pub editorial: bool,
}

impl From<&Rule> for Explanation {
    fn from(rule: &Rule) -> Self {
        let Rule { code, severity, asks, source, breaks, keeps, .. } = *rule;
        Self { code, severity, asks, source, examples: Some((breaks, keeps)), editorial: true }
    }
}

impl From<&Code> for Explanation {
    fn from(code: &Code) -> Self {
        let Code { name, severity, asks, source, .. } = *code;
        Self { code: name, severity, asks, source, examples: None, editorial: false }
    }
}

/// Returns the meaning of a code, or `None` if there is no such code.
pub fn explain(code: &str) -> Option<Explanation> {
    explanations().find(|explanation| explanation.code == code)
}

/// Returns every code that a finding can have, those of form first.
pub fn explanations() -> impl Iterator<Item = Explanation> {
    let structure = STRUCTURE.iter().map(|row| row.explanation());
    structure.chain(codes().map(Explanation::from)).chain(rules().map(Explanation::from))
}

/// Returns the known code that is most similar to a misspelt one, if any is close.
pub fn nearest(code: &str) -> Option<&'static str> {
    const NEAR: f64 = 0.75;
    let close = |known: &&str| strsim::jaro_winkler(known, code);
    let best = explanations().map(|explanation| explanation.code).max_by(|a, b| close(a).total_cmp(&close(b)))?;
    (close(&best) > NEAR).then_some(best)
}

/// A code of form or structure: code, severity, rule, source, examples.
struct Row(&'static str, Severity, &'static str, &'static str, Option<(&'static str, &'static str)>);

impl Row {
    fn explanation(&self) -> Explanation {
        let Self(code, severity, asks, source, examples) = *self;
        Explanation { code, severity, asks, source, examples, editorial: false }
    }
}

const MODEL: &str = "docs/model.md.";
const PAGE: &str = "What a page and its PDF file can hold.";
const SAFE: &str = "A document is data: it has no access to anything outside itself and is read in bounded time.";
const SYNTAX: &str = "The syntax of the file.";
const BATCH: &str = "docs/batch.md.";
const CHECKING: &str = "docs/checking.md.";
const REGISTER: &str = "docs/register.md.";
const IMPORT: &str = "docs/import.md.";
const GOLDEN: &str = "docs/golden.md.";
const PRINT: &str = "docs/printing.md.";
const QUEUE: &str = "docs/queue.md.";
const FITTING: &str = "docs/copyfitting.md.";

const STRUCTURE: &[Row] = {
    use Severity::{Error, Hint, Warning};
    &[
        Row("not-utf-8", Error, "A document must be UTF-8 text; most editors can save files as UTF-8.", SYNTAX, None),
        Row(
            "not-a-document",
            Error,
            "A document must be YAML, JSON, Markdown or AKN4UN XML; files of other programs are not supported.",
            MODEL,
            None,
        ),
        Row(
            "docx-damaged",
            Error,
            "A Word file to import must be a sound archive of well-formed XML parts, nested no deeper than 400 levels.",
            IMPORT,
            None,
        ),
        Row(
            "import-unknown",
            Error,
            "A file to import must be a Word file (.docx), the JSON of munify’s resolution editor, or plain text.",
            IMPORT,
            None,
        ),
        Row(
            "import-missing",
            Warning,
            "A document needs what the imported file does not have: a symbol, a line that names the organ.",
            IMPORT,
            None,
        ),
        Row(
            "import-unplaced",
            Warning,
            "Look at a text that fits no field or block: it is kept as a paragraph.",
            IMPORT,
            None,
        ),
        Row(
            "import-left-out",
            Warning,
            "Look at what the document leaves out: pictures, comments, hidden text, tables of contents, headers and footers, notes without a reference.",
            IMPORT,
            None,
        ),
        Row(
            "import-changed",
            Hint,
            "Look at what has another form in the document: endnotes, text boxes, cells of several paragraphs, labels, opening words without emphasis.",
            IMPORT,
            None,
        ),
        Row("import-doubtful", Hint, "Look at what can be read in another way.", IMPORT, None),
        Row("unread", Error, "The files and folders given must be readable.", SYNTAX, None),
        Row(
            "looping-link",
            Warning,
            "A link in a folder must not lead back to a folder that contains it.",
            BATCH,
            None,
        ),
        Row("too-large", Error, "A source, or the text of a Word file, must not exceed 16 MiB.", SAFE, None),
        Row(
            "over-deadline",
            Error,
            "A document must not exceed the processor time allowed for its size; --deadline sets the limit.",
            SAFE,
            None,
        ),
        Row(
            "over-memory",
            Error,
            "A document must not exceed the memory allowed for its size; --memory sets the limit.",
            SAFE,
            None,
        ),
        Row(
            "killed-the-program",
            Error,
            "A document must not crash the program; one at which the process died twice is skipped, and the rest is finished.",
            SAFE,
            None,
        ),
        Row("empty-source", Error, "The file must contain a document.", SYNTAX, None),
        Row(
            "yaml-syntax",
            Error,
            "The file must be valid YAML: fields as “name: value”, lists with “- ”, and quotes around a text that begins with an asterisk or contains a colon.",
            SYNTAX,
            Some(("title: Tides: of the world", "title: 'Tides: of the world'")),
        ),
        Row(
            "yaml-alias",
            Error,
            "Write YAML out in full, without anchors (&name) and aliases (*name); put a text that begins with an asterisk in quotes.",
            SAFE,
            Some(("title: *Tides", "title: '*Tides*'")),
        ),
        Row(
            "yaml-comment",
            Warning,
            "Put a text that contains “ #” in quotes: without them, the rest is a comment.",
            SYNTAX,
            Some(("title: Signs for Goal #14 of the Agenda", "title: 'Signs for Goal #14 of the Agenda'")),
        ),
        Row("yaml-tag", Error, "Do not use YAML tags (!name).", SAFE, Some(("title: !x Tides", "title: Tides"))),
        Row(
            "unknown-syntax",
            Error,
            "A source without a known file extension must begin like YAML, JSON, XML or Markdown; otherwise name its syntax with --from.",
            SYNTAX,
            None,
        ),
        Row(
            "other-syntax",
            Error,
            "A source must be in the syntax of its file extension, or in the one that is named with --from.",
            SYNTAX,
            None,
        ),
        Row("many-documents", Error, "A file must contain a single document.", MODEL, None),
        Row(
            "not-a-text-key",
            Error,
            "The name of a field must be a text.",
            SYNTAX,
            Some(("[a]: Tides", "title: Tides")),
        ),
        Row(
            "json-syntax",
            Error,
            "The file must be valid JSON: names and strings in double quotes, commas between fields.",
            SYNTAX,
            None,
        ),
        Row("xml-syntax", Error, "The file must be well-formed XML.", SYNTAX, None),
        Row(
            "not-akn",
            Error,
            "An XML file must be AKN4UN, the format in which the United Nations publishes resolutions.",
            "docs/akn.md.",
            None,
        ),
        Row(
            "xml-not-understood",
            Warning,
            "Use only supported XML elements; the content of others is read as plain text.",
            "docs/akn.md.",
            None,
        ),
        Row(
            "xml-deleted",
            Warning,
            "A number, a label or another field without markup must not contain deleted text (<del>), which is not printed there.",
            "docs/akn.md.",
            None,
        ),
        Row(
            "xml-reference",
            Warning,
            "A collection in XML must refer to each of its texts once, and only to texts that are in the file.",
            "docs/akn.md.",
            None,
        ),
        Row(
            "xml-disagrees",
            Hint,
            "Information that the XML file gives in several places must be the same in all of them.",
            "docs/akn.md.",
            None,
        ),
        Row(
            "xml-recovered",
            Warning,
            "The XML file must be well-formed; malformed markup is read as browsers read it.",
            "docs/akn.md.",
            None,
        ),
        Row(
            "markdown-front-matter",
            Error,
            "A Markdown document must begin with its header between two “---” lines.",
            "docs/markdown.md.",
            None,
        ),
        Row(
            "markdown-element",
            Error,
            "Use only the Markdown elements that have a counterpart in documents.",
            "docs/markdown.md.",
            None,
        ),
        Row(
            "markdown-structure",
            Error,
            "Nest headings, lists and annexes only as documents nest them.",
            "docs/markdown.md.",
            None,
        ),
        Row("too-deep", Error, "Lists and maps must not be nested more than 64 levels deep.", SAFE, None),
        Row(
            "duplicate-field",
            Error,
            "Give each field only once.",
            MODEL,
            Some(("title: Tides\ntitle: Shores", "title: Tides")),
        ),
        Row("unknown-field", Error, "Use only the fields of the model.", MODEL, Some(("titel: Tides", "title: Tides"))),
        Row(
            "missing-field",
            Error,
            "A document must have a symbol, a kind and a body, and each block its required fields.",
            MODEL,
            Some(("body: [heading: {level: 2}]", "body: [heading: {level: 2, text: Tides}]")),
        ),
        Row(
            "wrong-type",
            Error,
            "Each field must have a value of its type: a text, a number, a list or a map.",
            MODEL,
            Some(("title: [Tides, Shores]", "title: Tides and shores")),
        ),
        Row(
            "unknown-value",
            Error,
            "A field with a fixed set of values must have one of them.",
            MODEL,
            Some(("kind: poem", "kind: draft-resolution")),
        ),
        Row(
            "not-a-date",
            Error,
            "A date must have a year, month and day, as 2023-12-02 or in words, and exist in the calendar.",
            MODEL,
            Some(("date: 2023-13-02", "date: 2023-12-02")),
        ),
        Row(
            "one-block",
            Error,
            "A block of the body must be a map with one field, its kind.",
            MODEL,
            Some(("body: [{paragraph: Tides., operative: Shores.}]", "body: [paragraph: Tides., operative: Shores.]")),
        ),
        Row(
            "symbol-form",
            Error,
            "A symbol must begin with the letters of a body and have parts separated by slashes, at least one with a number; a reissue ends with an asterisk.",
            "Document symbols of the United Nations (Dag Hammarskjöld Library).",
            Some(("symbol: a/77/1", "symbol: A/77/1")),
        ),
        Row(
            "language-unknown",
            Error,
            "A document must be in a language of which masthead, or the house of its folder, has words.",
            "docs/house.md.",
            Some(("language: nl", "language: de")),
        ),
        Row(
            "house-name",
            Error,
            "A house must have a name, which stands above the rule of page 1.",
            "docs/house.md.",
            Some(("house: {symbols: free}", "house: {name: Tides Conference, symbols: free}")),
        ),
        Row(
            "organ-unknown",
            Warning,
            "The name of the issuing body must be known from the symbol or given in “organ”.",
            "Document symbols of the United Nations (Dag Hammarskjöld Library).",
            Some(("symbol: TIDE/77/1", "symbol: TIDE/77/1\norgan: Tides Board")),
        ),
        Row(
            "session-mismatch",
            Warning,
            "The session must match the symbol.",
            "Every genuine document.",
            Some(("symbol: A/77/L.1\nsession: 78", "symbol: A/77/L.1\nsession: 77")),
        ),
        Row(
            "job-form",
            Error,
            "A job number must consist of digits, letters and hyphens and fit into the barcode.",
            PAGE,
            Some(("job: '23 16564'", "job: 23-16564")),
        ),
        Row(
            "body-unwritten",
            Warning,
            "Write the text of a document that “masthead revise” has begun with “…”.",
            PAGE,
            Some(("body: [paragraph: …]", "body: [paragraph: The tides are high.]")),
        ),
        Row(
            "language-unnamed",
            Warning,
            "Name an original language of which masthead has the name in the language of the document.",
            PAGE,
            Some(("original: nl", "original: fr")),
        ),
        Row(
            "no-date",
            Warning,
            "Give the document a date; its archive file needs one.",
            PAGE,
            Some(("-date", "date: 2023-08-28")),
        ),
        Row(
            "adopted-without-number",
            Error,
            "An adopted text must have a number.",
            MODEL,
            Some(("kind: resolution", "kind: resolution\nnumber: 78/323")),
        ),
        Row(
            "adopted-without-date",
            Error,
            "A resolution must have a date of adoption.",
            MODEL,
            Some(("kind: resolution\nnumber: 78/323", "kind: resolution\nnumber: 78/323\nadopted: 2024-08-13")),
        ),
        Row(
            "field-not-printed",
            Warning,
            "Give only fields that are printed in a document of this kind.",
            "Nothing is dropped silently.",
            Some(("kind: letter\nmeeting: 3rd meeting", "kind: letter")),
        ),
        Row(
            "language-not-covered",
            Error,
            "The fonts must cover the fixed words of the document’s language.",
            PAGE,
            None,
        ),
        Row(
            "character-not-covered",
            Error,
            "The fonts must cover every character; with --missing-glyphs box-with-code, a missing one is printed as a box and is a warning.",
            PAGE,
            None,
        ),
        Row(
            "control-character",
            Error,
            "Texts must not contain control characters.",
            PAGE,
            Some(("title: \"Tides\\u0007\"", "title: Tides")),
        ),
        Row(
            "bidi-control",
            Error,
            "Texts must not contain characters that override the text direction.",
            SAFE,
            Some(("title: \"Tides \\u202Eand shores\"", "title: Tides and shores")),
        ),
        Row(
            "replacement-character",
            Error,
            "Replace U+FFFD by the character that was lost: it marks one that could not be read.",
            PAGE,
            Some(("title: \"Tides of the C\\uFFFDte\"", "title: Tides of the Côte")),
        ),
        Row(
            "invisible-character",
            Warning,
            "Texts must not contain invisible characters, except those that a script needs; others are not printed.",
            PAGE,
            Some(("title: \"Pro\\u00ADgram\"", "title: Program")),
        ),
        Row(
            "presentation-form",
            Warning,
            "Write plain letters, not ligatures or positional forms, which are read as their letters.",
            PAGE,
            Some(("title: \"\\uFB01shery\"", "title: fishery")),
        ),
        Row("stacked-marks", Error, "A letter must not have more than eight marks over or under it.", SAFE, None),
        Row(
            "empty-body",
            Error,
            "The body, and every part, must have blocks.",
            MODEL,
            Some(("body: []", "body: [paragraph: Tides.]")),
        ),
        Row("body-and-parts", Error, "A document must have either a body or parts, not both.", MODEL, None),
        Row("part-without-letter", Error, "Every part must have a letter.", MODEL, None),
        Row("part-letter-twice", Error, "No two parts may have the same letter.", MODEL, None),
        Row(
            "part-letter-order",
            Warning,
            "The letters of parts must follow each other without a gap: A, B, C; the first need not be A.",
            MODEL,
            None,
        ),
        Row(
            "empty-text",
            Error,
            "A printed text must not be empty.",
            MODEL,
            Some(("body: [paragraph: ' ']", "body: [paragraph: Tides.]")),
        ),
        Row("pdf-too-large", Error, "A PDF file from another source must not exceed 64 MiB.", GOLDEN, None),
        Row(
            "pdf-unreadable",
            Error,
            "A file to be compared or verified must be an intact PDF file with pages.",
            GOLDEN,
            None,
        ),
        Row("pdf-protected", Error, "A PDF file must open without a password.", GOLDEN, None),
        Row(
            "pdf-too-deep",
            Error,
            "Objects, forms and the page tree of a PDF file must not be nested too deep or contain themselves.",
            SAFE,
            None,
        ),
        Row(
            "pdf-stream-too-large",
            Error,
            "The data of a PDF file must not exceed the size limits when unpacked.",
            SAFE,
            None,
        ),
        Row("pdf-image-too-large", Error, "An image in a PDF file must not exceed 150 million pixels.", SAFE, None),
        Row(
            "pdf-too-many-pages",
            Error,
            "A PDF file must not exceed the limits on its pages and on all their pixels.",
            SAFE,
            None,
        ),
        Row("pdf-page-too-large", Error, "A page of a PDF file must not exceed 40 million pixels.", SAFE, None),
        Row(
            "pdf-drawing-too-large",
            Error,
            "The pages of a PDF file must not exceed the limits on what they draw.",
            SAFE,
            None,
        ),
        Row("too-long", Error, "Texts, headings and documents must not exceed their maximum lengths.", SAFE, None),
        Row(
            "layout-lines",
            Error,
            "The lines given for the session block and for the title must contain their words, in order.",
            FITTING,
            Some((
                "title: Tides and shores\nlayout: {title_lines: [Tides and, harbours]}",
                "title: Tides and shores\nlayout: {title_lines: [Tides and, shores]}",
            )),
        ),
        Row(
            "layout-unreached",
            Warning,
            "A requested number of lines or pages must be reachable without visible adjustments.",
            FITTING,
            Some((
                "body: [paragraph: {text: Tides., layout: {lines: 4}}]",
                "body: [paragraph: {text: Tides., layout: {lines: 1}}]",
            )),
        ),
        Row(
            "layout-excess",
            Hint,
            "Tracking must be from -0.2 to 0.3 points and the pitch from 10.5 to 14 points; readers notice more.",
            FITTING,
            Some(("layout: {tracking: -0.4}", "layout: {tracking: -0.2}")),
        ),
        Row(
            "layout-no-effect",
            Hint,
            "Adjustments must have an effect: headings stay with the next paragraph anyway, and page 1 needs no break.",
            FITTING,
            Some((
                "body: [heading: {text: Tides, layout: {keep: with-next}}, paragraph: Tides.]",
                "body: [heading: {text: Tides}, paragraph: Tides.]",
            )),
        ),
        Row(
            "items-too-deep",
            Error,
            "Sub-paragraphs must not be nested more than four levels deep: (a), (i), a., i.",
            "Editorial Manual, Subparagraphs.",
            Some((
                "body: [paragraph: {text: a, items: [{text: b, items: [{text: c, items: [{text: d, items: [{text: e, items: [f]}]}]}]}]}]",
                "body: [paragraph: {text: a, items: [{text: b, items: [{text: c, items: [{text: d, items: [e]}]}]}]}]",
            )),
        ),
        Row(
            "long-designation",
            Error,
            "Numbers and labels must not exceed 20 characters.",
            PAGE,
            Some((
                "body: [operative: {text: Tides., number: 'One of all the numbers'}]",
                "body: [operative: {text: Tides., number: '1.'}]",
            )),
        ),
        Row(
            "table-note-mark",
            Error,
            "The notes of a table must be marked with letters.",
            MODEL,
            Some((
                "body: [table: {rows: [['Tides[^1]', 12]], notes: {1: As at 1 May.}}]",
                "body: [table: {rows: [['Tides[^a]', 12]], notes: {a: As at 1 May.}}]",
            )),
        ),
        Row(
            "table-shape",
            Error,
            "The cells of a table must fill its rows and columns.",
            MODEL,
            Some((
                "body: [table: {rows: [[Tides, 12], [Shores]]}]",
                "body: [table: {rows: [[Tides, 12], [Shores, 7]]}]",
            )),
        ),
        Row(
            "table-too-wide",
            Error,
            "The figures of a table must fit side by side on a landscape page, in the smallest type.",
            PAGE,
            None,
        ),
        Row(
            "path",
            Error,
            "A picture must be an SVG or PNG file in the folder of the document or below it.",
            SAFE,
            Some(("emblem: ../emblem.svg", "emblem: emblem.svg")),
        ),
        Row(
            "picture",
            Error,
            "A picture must be a readable, valid PNG or plain SVG file, no larger than a page needs (docs/pictures.md).",
            SAFE,
            None,
        ),
        Row(
            "address",
            Error,
            "Links must lead to http, https or mailto addresses.",
            SAFE,
            Some(("title: '[Tides](ftp://example.org)'", "title: '[Tides](https://example.org)'")),
        ),
        Row(
            "misleading-link",
            Warning,
            "A link must lead where it seems to: to the host that its text names, without a name before “@”, and not to a host that looks like un.org.",
            SAFE,
            Some(("title: \"[un.org](https://un.org@example.net/)\"", "title: \"[un.org](https://www.un.org/)\"")),
        ),
        Row(
            "unclosed-emphasis",
            Warning,
            "Close every emphasis that an asterisk opens, and every change that ~~ or ++ opens.",
            MODEL,
            Some(("title: The *tides", "title: The *tides*")),
        ),
        Row(
            "footnote-undefined",
            Error,
            "Every footnote reference must have a footnote.",
            MODEL,
            Some(("title: Tides[^1]", "title: Tides[^1]\nfootnotes: {1: Resolution 70/1.}")),
        ),
        Row(
            "footnote-unused",
            Error,
            "The text must refer to every footnote.",
            MODEL,
            Some((
                "title: Tides\nfootnotes: {1: Resolution 70/1.}",
                "title: Tides[^1]\nfootnotes: {1: Resolution 70/1.}",
            )),
        ),
        Row(
            "footnote-nested",
            Error,
            "A footnote must not refer to a footnote.",
            MODEL,
            Some((
                "title: Tides[^1]\nfootnotes: {1: 'Resolution 70/1.[^2]', 2: Of 2015.}",
                "title: Tides[^1]\nfootnotes: {1: Resolution 70/1 of 2015.}",
            )),
        ),
        Row(
            "footnote-misplaced",
            Error,
            "Do not put a footnote reference in a designation.",
            MODEL,
            Some((
                "body: [operative: {text: Tides., number: '1.[^1]'}]\nfootnotes: {1: Resolution 70/1.}",
                "body: [operative: {text: 'Tides.[^1]', number: '1.'}]\nfootnotes: {1: Resolution 70/1.}",
            )),
        ),
        Row("not-prepared", Error, "It must be possible to prepare the page from the document.", MODEL, None),
        Row("not-typeset", Error, "It must be possible to typeset the pages.", PAGE, None),
        Row(
            "pdf-standard",
            Error,
            "The document must meet the requirements of the PDF standard.",
            "ISO 19005-3 (PDF/A-3), ISO 14289-1 (PDF/UA-1), ISO 15930-7 (PDF/X-4).",
            None,
        ),
        Row(
            "printed-in-grey",
            Hint,
            "A page printed in black alone should not rely on the colours of its pictures.",
            PRINT,
            None,
        ),
        Row("printed-in-colour", Warning, "A coloured picture must be meant to be printed in colour.", PRINT, None),
        Row(
            "press-profile",
            Error,
            "A preflight profile must be TOML with the settings of docs/printing.md.",
            PRINT,
            None,
        ),
        Row("no-documents", Error, "Give a batch files, folders or a manifest that contain documents.", BATCH, None),
        Row("manifest", Error, "A manifest must have the fields described in docs/batch.md.", BATCH, None),
        Row("no-name", Error, "The document must have every field that --name uses.", BATCH, None),
        Row(
            "output-clash",
            Error,
            "No two documents of a batch may have the same output file, and none a path where another needs a folder or the batch keeps its own files.",
            BATCH,
            None,
        ),
        Row(
            "output-name",
            Error,
            "An output name must be valid on every system: at most 255 bytes, no full stop or space at the end of a folder, no device name (con, nul, com1).",
            BATCH,
            None,
        ),
        Row(
            "output-taken",
            Error,
            "An output path must not be taken by a folder, by a file of another kind, or by the file of another source.",
            BATCH,
            None,
        ),
        Row("unwritten", Error, "It must be possible to write the file of a document to disk.", BATCH, None),
        Row(
            "queue-unreachable",
            Error,
            "The NATS server of the queue must be reachable at the address that is given with --nats.",
            QUEUE,
            None,
        ),
        Row(
            "queue-refused",
            Error,
            "The NATS server must accept the credentials and certificates that are given.",
            QUEUE,
            None,
        ),
        Row("queue-no-jetstream", Error, "The NATS server of the queue must have JetStream.", QUEUE, None),
        Row(
            "queue-full",
            Error,
            "The NATS server must have room for the documents and files of the queue.",
            QUEUE,
            None,
        ),
        Row(
            "queue-batch",
            Error,
            "A batch in the queue must be submitted before it is collected or removed.",
            QUEUE,
            None,
        ),
        Row(
            "queue-fingerprint",
            Error,
            "A batch is submitted, rendered and collected by the same version of masthead with the same fonts.",
            QUEUE,
            None,
        ),
        Row(
            "queue-lost",
            Error,
            "What was stored in the queue must be there until its batch is removed; submit the batch again.",
            QUEUE,
            None,
        ),
        Row(
            "source-date-epoch",
            Error,
            "SOURCE_DATE_EPOCH must be a number of seconds since 1970, up to the year 9999.",
            REGISTER,
            None,
        ),
        Row(
            "masthead-settings",
            Error,
            "A masthead.toml must contain valid settings, as described in docs/checking.md.",
            CHECKING,
            None,
        ),
        Row(
            "language-words",
            Error,
            "A table of words must contain all words of a language, or name another with “like”.",
            "docs/house.md.",
            None,
        ),
        Row(
            "golden-settings",
            Error,
            "A golden.toml must contain valid settings, as described in docs/golden.md.",
            GOLDEN,
            None,
        ),
        Row("golden-suite", Error, "The folder of a golden suite must be readable.", GOLDEN, None),
    ]
};
