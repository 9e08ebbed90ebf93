//! The role of the elements of Akoma Ntoso 3.0 on a page, by their names in its schema.

/// Elements of the hierarchy that divide a text: their content becomes separate paragraphs.
const DIVISIONS: &[&str] = &[
    "address",
    "adjournment",
    "administrationOfOath",
    "answer",
    "article",
    "blockContainer",
    "book",
    "chapter",
    "communication",
    "container",
    "debateSection",
    "declarationOfVote",
    "division",
    "hcontainer",
    "ministerialStatements",
    "nationalInterest",
    "noticesOfMotion",
    "oralStatements",
    "other",
    "papers",
    "part",
    "personalStatements",
    "petitions",
    "pointOfOrder",
    "prayers",
    "proceduralMotions",
    "question",
    "questions",
    "recital",
    "recitals",
    "citation",
    "citations",
    "resolutions",
    "rollCall",
    "section",
    "speech",
    "speechGroup",
    "subchapter",
    "subdivision",
    "subpart",
    "subsection",
    "subtitle",
    "tblock",
    "title",
    "tome",
    "writtenStatements",
];

/// Elements of the hierarchy that are a paragraph each; nested ones are its sub-paragraphs.
const PARAGRAPHS: &[&str] = &[
    "alinea",
    "clause",
    "indent",
    "item",
    "level",
    "li",
    "paragraph",
    "point",
    "proviso",
    "rule",
    "subclause",
    "subparagraph",
    "subrule",
    "transitional",
];

const LISTS: &[&str] = &["blockList", "list", "ol", "sublist", "ul"];

const HEADINGS: &[&str] = &["crossHeading", "heading", "subheading"];

/// Elements that only contain others.
const HOLDERS: &[&str] = &[
    "amendmentBody",
    "amendmentContent",
    "amendmentHeading",
    "amendmentJustification",
    "amendmentReference",
    "arguments",
    "background",
    "body",
    "collectionBody",
    "conclusions",
    "content",
    "debateBody",
    "decision",
    "div",
    "foreign",
    "header",
    "interstitial",
    "intro",
    "introduction",
    "judgmentBody",
    "listIntroduction",
    "listWrapUp",
    "longTitle",
    "mainBody",
    "motivation",
    "portionBody",
    "preamble",
    "remedies",
    "subFlow",
    "toc",
    "wrap",
    "wrapUp",
    "tbody",
    "td",
    "th",
    "tr",
];

/// Elements whose text is a separate line.
const LINES: &[&str] = &["block", "from", "narrative", "p", "scene", "summary", "tocItem", "caption"];

/// Other elements that stand by themselves on the page.
const OTHERS: &[&str] = &[
    "attachments",
    "components",
    "coverPage",
    "doc",
    "documentCollection",
    "embeddedStructure",
    "formula",
    "meta",
    "num",
    "preface",
    "quotedStructure",
    "statement",
    "table",
];

/// Elements within a line of text of which a page shows only the text.
const INLINE: &[&str] = &[
    "abbr",
    "affectedDocument",
    "argument",
    "change",
    "concept",
    "courtType",
    "date",
    "decoration",
    "def",
    "docAuthority",
    "docCommittee",
    "docDate",
    "docIntroducer",
    "docJurisdiction",
    "docNumber",
    "docProponent",
    "docPurpose",
    "docStage",
    "docStatus",
    "docTitle",
    "docType",
    "docketNumber",
    "embeddedText",
    "entity",
    "eop",
    "event",
    "fillIn",
    "img",
    "inline",
    "ins",
    "judge",
    "lawyer",
    "legislature",
    "location",
    "marker",
    "mmod",
    "mod",
    "mref",
    "neutralCitation",
    "num",
    "object",
    "omissis",
    "opinion",
    "organization",
    "outcome",
    "party",
    "person",
    "placeholder",
    "process",
    "quantity",
    "quotedText",
    "recordedTime",
    "relatedDocument",
    "remark",
    "rmod",
    "role",
    "rref",
    "session",
    "shortTitle",
    "signature",
    "sub",
    "term",
    "time",
    "u",
    "vote",
    "span",
];

pub(super) fn is_division(name: &str) -> bool {
    DIVISIONS.contains(&name)
}

/// Whether an element has a number, headings and content, or more such elements.
pub(super) fn is_unit(name: &str) -> bool {
    is_division(name) || PARAGRAPHS.contains(&name)
}

pub(super) fn is_list(name: &str) -> bool {
    LISTS.contains(&name)
}

pub(super) fn is_heading(name: &str) -> bool {
    HEADINGS.contains(&name)
}

pub(super) fn is_holder(name: &str) -> bool {
    HOLDERS.contains(&name)
}

pub(super) fn is_line(name: &str) -> bool {
    LINES.contains(&name)
}

/// Whether an element stands by itself on the page rather than within a line of text.
pub(super) fn is_block(name: &str) -> bool {
    is_unit(name) || is_list(name) || is_heading(name) || is_holder(name) || is_line(name) || OTHERS.contains(&name)
}

pub(super) fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}
