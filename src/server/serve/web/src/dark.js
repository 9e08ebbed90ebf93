// Colours of the syntax on a dark ground, with a contrast of at least 4.5.

import { HighlightStyle } from "@codemirror/language";
import { tags } from "@lezer/highlight";

export const darkHighlightStyle = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.heading], color: "#8fc7ff" },
  { tag: [tags.string, tags.special(tags.string)], color: "#b5dd9a" },
  { tag: [tags.keyword, tags.atom, tags.bool], color: "#e0b4f5" },
  { tag: tags.number, color: "#f5c28b" },
  { tag: [tags.comment, tags.meta], color: "#a8b3bd" },
  { tag: tags.link, color: "#8fc7ff", textDecoration: "underline" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strong, fontWeight: "bold" },
]);
