import assert from "node:assert/strict";
import { test } from "node:test";
import { readField, setField } from "../src/fields.js";

const yaml = "# of the tides\nsymbol: A/84/L.901\ntitle: >-\n  Tide\n\n  tables\nbody:\n  - paragraph: x\n";

test("a field is set in its line, or before the others", () => {
  assert.equal(setField(yaml, "yaml", ["language"], "fr"), yaml.replace("symbol", "language: fr\nsymbol"));
  assert.equal(setField(yaml, "yaml", ["symbol"], "A/84/1"), yaml.replace("A/84/L.901", '"A/84/1"'));
  assert.equal(setField(yaml, "yaml", ["title"], "Tides"), yaml.replace(">-\n  Tide\n\n  tables", "Tides"));
  assert.equal(setField(yaml, "yaml", ["symbol"], ""), yaml.replace("symbol: A/84/L.901\n", ""));
  assert.equal(setField(yaml, "yaml", ["organ"], ""), yaml);
});

test("fields of the house are within it", () => {
  const house = setField(yaml, "yaml", ["house", "name"], "Conference: “Tides”");
  assert.equal(house, yaml.replace("symbol", 'house:\n  name: "Conference: “Tides”"\nsymbol'));
  assert.equal(readField(house, "yaml", ["house", "name"]), "Conference: “Tides”");
  const free = setField(house, "yaml", ["house", "symbols"], "free");
  assert.equal(readField(free, "yaml", ["house", "symbols"]), "free");
  assert.equal(setField(setField(free, "yaml", ["house", "symbols"], ""), "yaml", ["house", "name"], ""), yaml);
  assert.equal(setField(free, "yaml", ["house"], ""), yaml);
  // Others keep their indent, and a field of the same name elsewhere is another.
  const own = "name: x\nhouse:\n    organs:\n        name: y\n    name: z\nbody: []\n";
  assert.equal(readField(own, "yaml", ["house", "name"]), "z");
  assert.equal(setField(own, "yaml", ["house", "symbols"], "free"), own.replace("house:\n", "house:\n    symbols: free\n"));
});

test("values are read without quotes and comments", () => {
  for (const [text, value] of [["x", "x"], ["'x y'", "x y"], ['"x\\"y"', 'x"y'], ["x # y", "x"], ["", ""]]) {
    assert.equal(readField(`language: ${text}\n`, "yaml", ["language"]), value);
  }
  assert.equal(readField(yaml, "yaml", ["language"]), undefined);
  assert.equal(readField("house: {name: x}\n", "yaml", ["house"]), "{name: x}");
});

test("in Markdown, fields are those of the front matter", () => {
  const markdown = "---\nsymbol: A/84/L.901\n---\n\nlanguage: none\n";
  assert.equal(readField(markdown, "md", ["language"]), undefined);
  assert.equal(setField(markdown, "md", ["language"], "fr"), markdown.replace("symbol", "language: fr\nsymbol"));
});
