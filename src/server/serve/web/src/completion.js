// Completion of field names and values in YAML, and in the front matter of Markdown, from the schema of documents.

export function schemaCompletion(schema, isMarkdown) {
  return (context) => {
    const { state, pos } = context;
    const line = state.doc.lineAt(pos);
    if (isMarkdown() && !inFrontMatter(state.doc, line.number)) return null;
    const before = line.text.slice(0, pos - line.from);
    const parents = path(state.doc, line.number, indentOf(before));
    const value = /^(\s*(?:- )*)([\w-]+):\s+([\w-]*)$/.exec(before);
    if (value) {
      const options = values(schema, resolve(schema, [...parents, value[2]]));
      return options.length ? { from: pos - value[3].length, options, validFor: /^[\w-]*$/ } : null;
    }
    const item = /^\s*- ([\w-]*)$/.exec(before);
    const key = /^(\s*(?:- )*)([\w-]*)$/.exec(before);
    if (!key || (!context.explicit && !key[2])) return null;
    const options = fields(schema, resolve(schema, parents));
    if (item) options.push(...values(schema, resolve(schema, parents)));
    return options.length ? { from: pos - key[2].length, options, validFor: /^[\w-]*$/ } : null;
  };
}

function inFrontMatter(doc, number) {
  if (doc.line(1).text.trim() !== "---") return false;
  for (let at = 2; at < number; at++) if (doc.line(at).text.trim() === "---") return false;
  return number > 1;
}

function indentOf(text) {
  return /^\s*(?:- )*/.exec(text)[0].length;
}

// The keys that the line is within, from the outside.
function path(doc, number, indent) {
  const keys = [];
  for (let at = number - 1; at >= 1 && indent > 0; at--) {
    const found = /^(\s*(?:- )*)([\w-]+):/.exec(doc.line(at).text);
    const outer = found && (found[1].length < indent ? found[1].length : -1);
    if (found && outer >= 0) {
      keys.unshift(found[2]);
      indent = found[1].length;
    }
  }
  return keys;
}

// All schemas that a value at a path can have.
function resolve(root, keys) {
  let schemas = alternatives(root, root);
  for (const key of keys) {
    schemas = schemas
      .map((schema) => schema.properties?.[key] ?? (typeof schema.additionalProperties === "object" ? schema.additionalProperties : null))
      .filter(Boolean)
      .flatMap((schema) => alternatives(root, schema));
  }
  return schemas;
}

function alternatives(root, schema, depth = 0) {
  if (depth > 12 || typeof schema !== "object") return [];
  const inner = [];
  if (schema.$ref) inner.push(schema.$ref.slice(2).split("/").reduce((value, part) => value?.[part], root));
  for (const list of [schema.anyOf, schema.oneOf, schema.allOf]) inner.push(...(list ?? []));
  if (schema.items) inner.push(schema.items);
  return [schema, ...inner.filter(Boolean).flatMap((one) => alternatives(root, one, depth + 1))];
}

function fields(root, schemas) {
  const seen = new Map();
  for (const schema of schemas) {
    for (const [label, field] of Object.entries(schema.properties ?? {})) {
      const said = alternatives(root, field).find((one) => one.description)?.description;
      if (!seen.has(label)) seen.set(label, { label, apply: `${label}: `, type: "property", info: said });
    }
  }
  return [...seen.values()];
}

function values(root, schemas) {
  const seen = new Map();
  for (const schema of schemas) {
    for (const label of [...(schema.enum ?? []), ...("const" in schema ? [schema.const] : [])]) {
      seen.set(label, { label: String(label), type: "enum", info: schema.description });
    }
    if (schema.type === "boolean") for (const label of ["true", "false"]) seen.set(label, { label, type: "enum" });
  }
  return [...seen.values()];
}
