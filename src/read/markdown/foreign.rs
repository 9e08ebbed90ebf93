//! Features of Markdown that documents do not support.

use pulldown_cmark::{Event, LinkType, Tag};

use crate::model::Change;

/// An unsupported feature, and what to do about it.
pub(super) struct Foreign {
    pub what: &'static str,
    pub hint: &'static str,
}

const HTML: Foreign = Foreign {
    what: "HTML is not supported",
    hint: "remove it, or write \\< for a literal <; put private notes after a # in the front matter",
};
pub(super) const CODE: Foreign = Foreign {
    what: "code is not supported",
    hint: "write \\` for a literal `; after an opening fence ```, give the kind of block",
};
const INDENTED: Foreign = Foreign {
    what: "text indented this far is code, which is not supported",
    hint: "indent it less: align the text of an item with the text of its first line",
};
const RULE: Foreign = Foreign {
    what: "horizontal rules are not supported",
    hint: "remove it; divide a document with headings and annexes",
};
const BREAK: Foreign = Foreign {
    what: "line breaks within a paragraph are not supported",
    hint: "remove the spaces or the backslash at the end of the line, or begin a new paragraph",
};
const TASK: Foreign = Foreign { what: "task lists are not supported", hint: "remove it, or write \\[ for a literal [" };
const STRUCK: Foreign = Foreign {
    what: "strikethrough between single tildes is not supported",
    hint: "write ~~text~~ for deleted text, or \\~ for a literal ~",
};
const PICTURE: Foreign = Foreign {
    what: "images within a paragraph are not supported",
    hint: "put it in a paragraph of its own, or write \\! for a literal !",
};
pub(super) const UNDERSCORE: Foreign = Foreign {
    what: "underscores within italic or bold text are not supported",
    hint: "write *italic* or **bold** once, or \\_ for a literal _",
};
const ADDRESS: Foreign = Foreign {
    what: "addresses between < and > are not supported",
    hint: "write [text](https://…), or \\< for a literal <",
};
const LINK_TITLE: Foreign = Foreign { what: "link titles are not supported", hint: "write only [text](https://…)" };
const ENTITY: Foreign = Foreign {
    what: "character entities are not supported",
    hint: "write the character itself, or \\& for a literal &",
};
pub(super) const DEFINITION: Foreign = Foreign {
    what: "link definitions are not supported",
    hint: "write [text](https://…) where the link belongs; define a footnote with [^1]: …",
};

/// Returns the unsupported feature of an event, if any; `written` is its text in the source.
pub(super) fn foreign(event: &Event, written: &str) -> Option<Foreign> {
    Some(match event {
        Event::Code(_) => CODE,
        Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => HTML,
        Event::Start(Tag::CodeBlock(_)) => INDENTED,
        Event::Rule => RULE,
        Event::HardBreak => BREAK,
        Event::TaskListMarker(_) => TASK,
        Event::Start(Tag::Strikethrough) if !written.starts_with(Change::Struck.sign()) => STRUCK,
        Event::Start(Tag::Image { .. }) => PICTURE,
        Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => ADDRESS,
        Event::Start(Tag::Link { title, .. }) if !title.is_empty() => LINK_TITLE,
        Event::Text(text) if written.starts_with('&') && !text.starts_with('&') => ENTITY,
        _ => return None,
    })
}
