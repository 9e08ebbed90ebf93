//! What Markdown has and a document has not.

use pulldown_cmark::{Event, LinkType, Tag};

/// What is not read, and what to do about it.
pub(super) struct Foreign {
    pub what: &'static str,
    pub hint: &'static str,
}

const HTML: Foreign = Foreign {
    what: "HTML is not read",
    hint: "take it out, or write \\< for a printed <; a note to yourself may follow a # in the front matter",
};
pub(super) const CODE: Foreign = Foreign {
    what: "code is not read",
    hint: "write \\` for a printed `; a block fenced by ``` has the name of a kind of block behind the fence",
};
const INDENTED: Foreign = Foreign {
    what: "text that is indented this far is code, which is not read",
    hint: "indent it less: the text of an item begins where the text of its first line does",
};
const RULE: Foreign = Foreign {
    what: "a line between paragraphs is not read",
    hint: "take it out; what divides a document are headings and annexes",
};
const BREAK: Foreign = Foreign {
    what: "a line break within a paragraph is not read",
    hint: "take away the blanks or the backslash at the end of the line, or begin a new paragraph",
};
const TASK: Foreign =
    Foreign { what: "a box to be ticked is not read", hint: "take it out, or write \\[ for a printed [" };
const STRUCK: Foreign = Foreign { what: "struck text is not read", hint: "take it out, or write \\~ for a printed ~" };
const PICTURE: Foreign = Foreign {
    what: "a picture within a paragraph is not read",
    hint: "give it a paragraph of its own, or write \\! for a printed !",
};
pub(super) const UNDERSCORE: Foreign = Foreign {
    what: "underscores within italic or bold text are not read",
    hint: "write *italic* or **bold** once, or \\_ for a printed _",
};
const ADDRESS: Foreign = Foreign {
    what: "an address between < and > is not read",
    hint: "write [text](https://…), or \\< for a printed <",
};
const LINK_TITLE: Foreign =
    Foreign { what: "the title of a link is not read", hint: "write no more than [text](https://…)" };
const ENTITY: Foreign =
    Foreign { what: "the name of a character is not read", hint: "write the character itself, or \\& for a printed &" };
pub(super) const DEFINITION: Foreign = Foreign {
    what: "a definition of a link is not read",
    hint: "write [text](https://…) where the link belongs; a footnote is defined by [^1]: …",
};

/// What is foreign in an event; `written` is its text in the source.
pub(super) fn foreign(event: &Event, written: &str) -> Option<Foreign> {
    Some(match event {
        Event::Code(_) => CODE,
        Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => HTML,
        Event::Start(Tag::CodeBlock(_)) => INDENTED,
        Event::Rule => RULE,
        Event::HardBreak => BREAK,
        Event::TaskListMarker(_) => TASK,
        Event::Start(Tag::Strikethrough) => STRUCK,
        Event::Start(Tag::Image { .. }) => PICTURE,
        Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => ADDRESS,
        Event::Start(Tag::Link { title, .. }) if !title.is_empty() => LINK_TITLE,
        Event::Text(text) if written.starts_with('&') && !text.starts_with('&') => ENTITY,
        _ => return None,
    })
}
