//! What every code means: those of form and structure, and those of the editorial rules.

use super::rules::{Rule, rules};
use crate::diagnostic::Severity;

/// What a code means.
#[derive(Debug, Clone, Copy)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// How grave a finding of it is.
    pub severity: Severity,
    /// What it asks, in a sentence.
    pub asks: &'static str,
    /// Where that comes from.
    pub source: &'static str,
    /// What breaks it and what keeps it: fields of a document in YAML. Findings of form have none
    /// where they are not about YAML.
    pub examples: Option<(&'static str, &'static str)>,
    /// Whether it can be allowed: a document with an error of form or structure cannot be set.
    pub editorial_lints: bool,
}

impl From<&Rule> for Explanation {
    fn from(rule: &Rule) -> Self {
        let Rule { code, severity, asks, source, breaks, keeps, .. } = *rule;
        Self { code, severity, asks, source, examples: Some((breaks, keeps)), editorial_lints: true }
    }
}

/// What a code means; none if there is no such code.
pub fn explain(code: &str) -> Option<Explanation> {
    explanations().find(|explanation| explanation.code == code)
}

/// Every code that a finding can have, those of form first.
pub fn explanations() -> impl Iterator<Item = Explanation> {
    STRUCTURE.iter().map(|row| row.explanation()).chain(rules().map(Explanation::from))
}

/// The code that is nearly that one.
pub fn nearest(code: &str) -> Option<&'static str> {
    const NEAR: f64 = 0.75;
    let close = |known: &&str| strsim::jaro_winkler(known, code);
    let best = explanations().map(|explanation| explanation.code).max_by(|a, b| close(a).total_cmp(&close(b)))?;
    (close(&best) > NEAR).then_some(best)
}

/// A code of form or structure: code, what it asks, where that comes from, examples.
struct Row(&'static str, Severity, &'static str, &'static str, Option<(&'static str, &'static str)>);

impl Row {
    fn explanation(&self) -> Explanation {
        let Self(code, severity, asks, source, examples) = *self;
        Explanation { code, severity, asks, source, examples, editorial_lints: false }
    }
}

const MODEL: &str = "docs/model.md.";
const PAGE: &str = "What a page and its PDF file can hold.";
const SAFE: &str = "A document is data: it reaches nothing outside itself, and is read in bounded time.";
const SYNTAX: &str = "The syntax of the file.";
const BATCH: &str = "docs/batch.md.";
const FILES: &str = "README.md.";
const GOLDEN: &str = "docs/golden.md.";
const FITTING: &str = "docs/copyfitting.md.";

const STRUCTURE: &[Row] = {
    use Severity::{Error, Hint, Warning};
    &[
        Row("not-utf-8", Error, "A document is text in UTF-8; many editors save so if asked to.", SYNTAX, None),
        Row(
            "not-a-document",
            Error,
            "A document is YAML, JSON, Markdown or AKN4UN XML; files of other programs are not read.",
            MODEL,
            None,
        ),
        Row("unread", Error, "Files and folders that are given can be read.", SYNTAX, None),
        Row("looping-link", Warning, "No link in a folder leads back to a folder that it lies in.", FILES, None),
        Row("too-large", Error, "A source has at most 16 MiB.", SAFE, None),
        Row(
            "over-deadline",
            Error,
            "A document takes a bounded time of the processor, by its size; --deadline says how much.",
            SAFE,
            None,
        ),
        Row("over-memory", Error, "A document takes bounded memory, by its size; --memory says how much.", SAFE, None),
        Row(
            "killed-the-program",
            Error,
            "The program survives every document; one at which its process died twice is left out, and the rest is finished.",
            SAFE,
            None,
        ),
        Row("empty-source", Error, "There is a document in the file.", SYNTAX, None),
        Row(
            "yaml-syntax",
            Error,
            "The file is YAML: fields as “name: value”, lists with “- ”, a text that begins with an asterisk or has a colon in quotes.",
            SYNTAX,
            Some(("title: Tides: of the world", "title: 'Tides: of the world'")),
        ),
        Row(
            "yaml-alias",
            Error,
            "YAML is written out: no anchors (&name) and aliases (*name); a text that begins with an asterisk is in quotes.",
            SAFE,
            Some(("title: *Tides", "title: '*Tides*'")),
        ),
        Row(
            "yaml-comment",
            Warning,
            "No comment follows a text without quotes: “ #” cuts it there.",
            SYNTAX,
            Some(("title: Signs for Goal #14 of the Agenda", "title: 'Signs for Goal #14 of the Agenda'")),
        ),
        Row("yaml-tag", Error, "YAML has no tags (!name).", SAFE, Some(("title: !x Tides", "title: Tides"))),
        Row(
            "unknown-syntax",
            Error,
            "What has no ending that says its syntax begins as YAML, JSON, XML or Markdown does; else --from says it.",
            SYNTAX,
            None,
        ),
        Row("many-documents", Error, "A file holds one document.", MODEL, None),
        Row("not-a-text-key", Error, "The name of a field is a text.", SYNTAX, Some(("[a]: Tides", "title: Tides"))),
        Row(
            "json-syntax",
            Error,
            "The file is JSON: names and texts in double quotation marks, commas between fields.",
            SYNTAX,
            None,
        ),
        Row("xml-syntax", Error, "The file is well-formed XML.", SYNTAX, None),
        Row(
            "not-akn",
            Error,
            "An XML file is AKN4UN, the form in which the United Nations publishes resolutions.",
            "docs/akn.md.",
            None,
        ),
        Row(
            "xml-not-understood",
            Warning,
            "Every element of the XML file is understood; what is not is read as plain text.",
            "docs/akn.md.",
            None,
        ),
        Row(
            "xml-deleted",
            Warning,
            "No text of the XML file is struck out (<del>); what is struck out is not printed.",
            "docs/akn.md.",
            None,
        ),
        Row(
            "xml-reference",
            Warning,
            "A collection in XML refers to each of its texts once, and to none that the file does not have.",
            "docs/akn.md.",
            None,
        ),
        Row(
            "xml-disagrees",
            Hint,
            "What the XML file says in several places is the same in all of them.",
            "docs/akn.md.",
            None,
        ),
        Row(
            "xml-recovered",
            Warning,
            "The XML file is well-formed; what is not is read as browsers read it.",
            "docs/akn.md.",
            None,
        ),
        Row(
            "markdown-front-matter",
            Error,
            "A Markdown document begins with its header between two lines “---”.",
            "docs/markdown.md.",
            None,
        ),
        Row("markdown-element", Error, "Markdown has those elements that documents have.", "docs/markdown.md.", None),
        Row(
            "markdown-structure",
            Error,
            "Headings, lists and annexes lie within each other as in documents.",
            "docs/markdown.md.",
            None,
        ),
        Row("too-deep", Error, "Lists and maps lie within each other at most 64 deep.", SAFE, None),
        Row(
            "duplicate-field",
            Error,
            "A field is given once.",
            MODEL,
            Some(("title: Tides\ntitle: Shores", "title: Tides")),
        ),
        Row("unknown-field", Error, "Every field is one of the model.", MODEL, Some(("titel: Tides", "title: Tides"))),
        Row(
            "missing-field",
            Error,
            "A document has a symbol, a kind and a body; blocks have what they need.",
            MODEL,
            Some(("body: [heading: {level: 2}]", "body: [heading: {level: 2, text: Tides}]")),
        ),
        Row(
            "wrong-type",
            Error,
            "Every field holds what it is for: a text, a number, a list, a map.",
            MODEL,
            Some(("title: [Tides, Shores]", "title: Tides and shores")),
        ),
        Row(
            "unknown-value",
            Error,
            "A field that chooses has one of its choices.",
            MODEL,
            Some(("kind: poem", "kind: draft-resolution")),
        ),
        Row(
            "not-a-date",
            Error,
            "A date is year, month and day, as 2023-12-02 or in words, and in the calendar.",
            MODEL,
            Some(("date: 2023-13-02", "date: 2023-12-02")),
        ),
        Row(
            "one-block",
            Error,
            "A block of the body is a map with one field, its kind.",
            MODEL,
            Some(("body: [{paragraph: Tides., operative: Shores.}]", "body: [paragraph: Tides., operative: Shores.]")),
        ),
        Row(
            "symbol-form",
            Error,
            "A symbol begins with the letters of a body and has parts divided by strokes, one of them with a number; a reissue ends with an asterisk.",
            "Document symbols of the United Nations (Dag Hammarskjöld Library).",
            Some(("symbol: a/77/1", "symbol: A/77/1")),
        ),
        Row(
            "organ-unknown",
            Warning,
            "The body that issues a document is one whose name is known by its symbol, or is named in “organ”.",
            "Document symbols of the United Nations (Dag Hammarskjöld Library).",
            Some(("symbol: TIDE/77/1", "symbol: TIDE/77/1\norgan: Tides Board")),
        ),
        Row(
            "session-mismatch",
            Warning,
            "The session is that of the symbol.",
            "Every genuine document.",
            Some(("symbol: A/77/L.1\nsession: 78", "symbol: A/77/L.1\nsession: 77")),
        ),
        Row(
            "job-form",
            Error,
            "A job number has figures, letters and hyphens, and fits into the barcode.",
            PAGE,
            Some(("job: '23 16564'", "job: 23-16564")),
        ),
        Row(
            "no-date",
            Warning,
            "A document has a date, which its archive file needs.",
            PAGE,
            Some(("-date", "date: 2023-08-28")),
        ),
        Row(
            "adopted-without-number",
            Error,
            "An adopted text has a number.",
            MODEL,
            Some(("kind: resolution", "kind: resolution\nnumber: 78/323")),
        ),
        Row(
            "adopted-without-date",
            Error,
            "A resolution has a date of adoption.",
            MODEL,
            Some(("kind: resolution\nnumber: 78/323", "kind: resolution\nnumber: 78/323\nadopted: 2024-08-13")),
        ),
        Row(
            "field-not-printed",
            Warning,
            "Every field that is given is printed in a document of its kind.",
            "Nothing is dropped silently.",
            Some(("kind: letter\nmeeting: 3rd meeting", "kind: letter")),
        ),
        Row("language-not-covered", Error, "The fonts have the words of the document’s language.", PAGE, None),
        Row(
            "character-not-covered",
            Error,
            "The fonts have every character; with --missing-glyphs box-with-code a box stands for one that they lack, and it is a warning.",
            PAGE,
            None,
        ),
        Row(
            "control-character",
            Error,
            "Texts have no control characters.",
            PAGE,
            Some(("title: \"Tides\\u0007\"", "title: Tides")),
        ),
        Row(
            "bidi-control",
            Error,
            "Texts have no signs that turn their direction around.",
            SAFE,
            Some(("title: \"Tides \\u202Eand shores\"", "title: Tides and shores")),
        ),
        Row(
            "replacement-character",
            Error,
            "No character was lost: U+FFFD stands for one that could not be read.",
            PAGE,
            Some(("title: \"Tides of the C\\uFFFDte\"", "title: Tides of the Côte")),
        ),
        Row(
            "invisible-character",
            Warning,
            "Texts have no characters that nobody sees, but those that a script needs; others are left out of the page.",
            PAGE,
            Some(("title: \"Pro\\u00ADgram\"", "title: Program")),
        ),
        Row(
            "presentation-form",
            Warning,
            "Letters are written as letters, not as ligatures or positional forms, which are read as their letters.",
            PAGE,
            Some(("title: \"\\uFB01shery\"", "title: fishery")),
        ),
        Row("stacked-marks", Error, "A letter has at most eight marks over or under it.", SAFE, None),
        Row(
            "empty-body",
            Error,
            "The body, and every part, has blocks.",
            MODEL,
            Some(("body: []", "body: [paragraph: Tides.]")),
        ),
        Row("body-and-parts", Error, "A document has a body or parts, not both.", MODEL, None),
        Row("part-without-letter", Error, "Every part has a letter.", MODEL, None),
        Row("part-letter-twice", Error, "No two parts have the same letter.", MODEL, None),
        Row(
            "part-letter-order",
            Warning,
            "The letters of parts follow each other without a gap: A, B, C; the first may be another than A.",
            MODEL,
            None,
        ),
        Row(
            "empty-text",
            Error,
            "A text that is printed is not empty.",
            MODEL,
            Some(("body: [paragraph: ' ']", "body: [paragraph: Tides.]")),
        ),
        Row("pdf-too-large", Error, "A PDF file from elsewhere has at most 64 MiB.", GOLDEN, None),
        Row(
            "pdf-unreadable",
            Error,
            "A file that is compared or verified is a PDF file with pages, and sound.",
            GOLDEN,
            None,
        ),
        Row("pdf-protected", Error, "A PDF file opens without a password.", GOLDEN, None),
        Row(
            "pdf-too-deep",
            Error,
            "Objects, forms and the page tree of a PDF file lie within each other in bounded depth, and not within themselves.",
            SAFE,
            None,
        ),
        Row("pdf-stream-too-large", Error, "The data of a PDF file unpack to bounded sizes.", SAFE, None),
        Row("pdf-image-too-large", Error, "An image in a PDF file has at most 150 million pixels.", SAFE, None),
        Row("pdf-too-many-pages", Error, "A PDF file has a bounded number of pages and of their pixels.", SAFE, None),
        Row("pdf-page-too-large", Error, "A page of a PDF file has at most 40 million pixels.", SAFE, None),
        Row("pdf-drawing-too-large", Error, "What the pages of a PDF file draw is bounded.", SAFE, None),
        Row("too-long", Error, "Texts, headings and documents are of bounded length.", SAFE, None),
        Row(
            "layout-lines",
            Error,
            "The lines that are given for the session block and for the title are their words, one line after the other.",
            FITTING,
            Some((
                "title: Tides and shores\nlayout: {title_lines: [Tides and, harbours]}",
                "title: Tides and shores\nlayout: {title_lines: [Tides and, shores]}",
            )),
        ),
        Row(
            "layout-excess",
            Hint,
            "Tracking from -0.2 to 0.3 points and a pitch from 10.5 to 14 points are not seen by readers.",
            FITTING,
            Some(("layout: {tracking: -0.4}", "layout: {tracking: -0.2}")),
        ),
        Row(
            "layout-no-effect",
            Hint,
            "Adjustments change the page: a heading stays with the next paragraph by itself, and page 1 has a beginning.",
            FITTING,
            Some((
                "body: [heading: {text: Tides, layout: {keep: with-next}}, paragraph: Tides.]",
                "body: [heading: {text: Tides}, paragraph: Tides.]",
            )),
        ),
        Row(
            "items-too-deep",
            Error,
            "Sub-paragraphs have at most four levels: (a), (i), a., i.",
            "Editorial Manual, Subparagraphs.",
            Some((
                "body: [paragraph: {text: a, items: [{text: b, items: [{text: c, items: [{text: d, items: [{text: e, items: [f]}]}]}]}]}]",
                "body: [paragraph: {text: a, items: [{text: b, items: [{text: c, items: [{text: d, items: [e]}]}]}]}]",
            )),
        ),
        Row(
            "long-designation",
            Error,
            "Numbers and labels have at most 20 characters.",
            PAGE,
            Some((
                "body: [operative: {text: Tides., number: 'One of all the numbers'}]",
                "body: [operative: {text: Tides., number: '1.'}]",
            )),
        ),
        Row(
            "table-shape",
            Error,
            "The cells of a table fill its rows and columns.",
            MODEL,
            Some((
                "body: [table: {rows: [[Tides, 12], [Shores]]}]",
                "body: [table: {rows: [[Tides, 12], [Shores, 7]]}]",
            )),
        ),
        Row(
            "table-too-wide",
            Error,
            "The figures of a table stand beside each other between the margins, in the smallest type.",
            PAGE,
            None,
        ),
        Row(
            "path",
            Error,
            "A picture is an SVG or PNG file in the folder of the document or below it.",
            SAFE,
            Some(("emblem: ../emblem.svg", "emblem: emblem.svg")),
        ),
        Row(
            "picture",
            Error,
            "A picture can be read, is a sound PNG or plain SVG file, and is no larger than a page needs (docs/pictures.md).",
            SAFE,
            None,
        ),
        Row(
            "address",
            Error,
            "Links lead to http, https or mailto addresses.",
            SAFE,
            Some(("title: '[Tides](ftp://example.org)'", "title: '[Tides](https://example.org)'")),
        ),
        Row(
            "misleading-link",
            Warning,
            "A link leads where it seems to lead: to the host that its text names, without a name before “@”, and not to one that looks like un.org.",
            SAFE,
            Some(("title: \"[un.org](https://un.org@example.net/)\"", "title: \"[un.org](https://www.un.org/)\"")),
        ),
        Row(
            "unclosed-emphasis",
            Warning,
            "An asterisk that opens emphasis is closed.",
            MODEL,
            Some(("title: The *tides", "title: The *tides*")),
        ),
        Row(
            "footnote-undefined",
            Error,
            "Every reference to a footnote has its text.",
            MODEL,
            Some(("title: Tides[^1]", "title: Tides[^1]\nfootnotes: {1: Resolution 70/1.}")),
        ),
        Row(
            "footnote-unused",
            Error,
            "The text refers to every footnote.",
            MODEL,
            Some((
                "title: Tides\nfootnotes: {1: Resolution 70/1.}",
                "title: Tides[^1]\nfootnotes: {1: Resolution 70/1.}",
            )),
        ),
        Row(
            "footnote-nested",
            Error,
            "A footnote refers to no footnote.",
            MODEL,
            Some((
                "title: Tides[^1]\nfootnotes: {1: 'Resolution 70/1.[^2]', 2: Of 2015.}",
                "title: Tides[^1]\nfootnotes: {1: Resolution 70/1 of 2015.}",
            )),
        ),
        Row(
            "footnote-misplaced",
            Error,
            "No footnote is referred to in a designation.",
            MODEL,
            Some((
                "body: [operative: {text: Tides., number: '1.[^1]'}]\nfootnotes: {1: Resolution 70/1.}",
                "body: [operative: {text: 'Tides.[^1]', number: '1.'}]\nfootnotes: {1: Resolution 70/1.}",
            )),
        ),
        Row("not-prepared", Error, "The words of the page can be made.", MODEL, None),
        Row("not-typeset", Error, "The pages can be set.", PAGE, None),
        Row(
            "pdf-standard",
            Error,
            "The document fits the standard of the PDF file.",
            "ISO 19005-2 (PDF/A-2), ISO 14289-1 (PDF/UA-1).",
            None,
        ),
        Row(
            "no-documents",
            Error,
            "A batch is given files, folders or a manifest in which there are documents.",
            BATCH,
            None,
        ),
        Row("manifest", Error, "A manifest says what docs/batch.md tells.", BATCH, None),
        Row("no-name", Error, "Every field that --name asks for is in the document.", BATCH, None),
        Row(
            "output-clash",
            Error,
            "No two documents of a batch are written to one file, and none where another needs a folder or the batch keeps its own files.",
            BATCH,
            None,
        ),
        Row(
            "output-name",
            Error,
            "The name of a file is one on every system: at most 255 bytes, no full stop or space at the end of a folder, no name of a device (con, nul, com1).",
            BATCH,
            None,
        ),
        Row(
            "output-taken",
            Error,
            "Where a file is to be written stands nothing else: no folder, and no file of another kind.",
            BATCH,
            None,
        ),
        Row("unwritten", Error, "The disk takes the file of a document.", BATCH, None),
        Row(
            "source-date-epoch",
            Error,
            "SOURCE_DATE_EPOCH is a number of seconds since 1970, up to the year 9999.",
            FILES,
            None,
        ),
        Row("masthead-settings", Error, "A masthead.toml says what README.md tells.", FILES, None),
        Row("golden-settings", Error, "A golden.toml says what docs/golden.md tells.", GOLDEN, None),
        Row("golden-suite", Error, "The folder of a golden suite can be read.", GOLDEN, None),
    ]
};
