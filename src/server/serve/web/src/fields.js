// Fields of the header in the text of a document, and fields of its house.

// Returns the value of a field at a path such as ["house", "name"]; undefined if there is none in lines of its own.
export function readField(text, syntax, path) {
  const lines = text.split("\n");
  const at = find(lines, header(lines, syntax), path);
  const value = at < 0 ? undefined : lines[at].slice(lines[at].indexOf(":") + 1).trim();
  if (!value) return value;
  if (/^".*"$/.test(value)) {
    try {
      return JSON.parse(value);
    } catch {
      // Escapes of YAML that JSON does not have.
    }
  }
  return value.replace(/^(["'])(.*)\1$/, "$2").replace(/\s+#.*$/, "");
}

// Returns the text with a field set; an empty value removes it.
export function setField(text, syntax, path, value) {
  const lines = text.split("\n");
  const range = header(lines, syntax);
  const field = path.at(-1);
  const plain = typeof value !== "string" || /^\p{L}[\p{L} ]*$/u.test(value) ? value : JSON.stringify(value);
  const holder = path.length > 1 ? find(lines, range, path.slice(0, 1)) : -1;
  const inner = holder < 0 ? 2 : block(lines, holder, range.end).indent || 2;
  const line = `${path.length > 1 ? " ".repeat(inner) : ""}${field}: ${plain}`;
  const at = find(lines, range, path);
  if (at >= 0) {
    const { end } = block(lines, at, range.end);
    lines.splice(at, end - at, ...(value ? [line] : []));
    if (!value && path.length > 1) removeEmpty(lines, header(lines, syntax), path[0]);
    return lines.join("\n");
  }
  if (!value) return text;
  if (path.length > 1) {
    if (holder >= 0) lines.splice(holder + 1, 0, line);
    else lines.splice(beginning(lines, range), 0, `${path[0]}:`, line);
  } else {
    lines.splice(beginning(lines, range), 0, line);
  }
  return lines.join("\n");
}

// The lines of the header: in Markdown, the front matter.
function header(lines, syntax) {
  if (syntax !== "md") return { start: 0, end: lines.length };
  const start = lines.indexOf("---") + 1;
  const end = start ? lines.indexOf("---", start) : -1;
  return { start, end: end < 0 ? lines.length : end };
}

function find(lines, { start, end }, [field, ...inner]) {
  const at = lines.findIndex((line, index) => index >= start && index < end && line.startsWith(`${field}:`));
  if (at < 0 || !inner.length) return at;
  const within = block(lines, at, end);
  return lines.findIndex((line, index) => index > at && index < within.end && line.trimStart().startsWith(`${inner[0]}:`)
    && indent(line) === within.indent);
}

// The lines that belong to a field, with the indent of the first of them.
function block(lines, at, last) {
  let end = at + 1;
  let inner = 0;
  while (end < last && (indent(lines[end]) > indent(lines[at]) || (!lines[end].trim() && indent(lines[end + 1] ?? "") > indent(lines[at])))) {
    inner ||= indent(lines[end]);
    end++;
  }
  return { end, indent: inner };
}

function removeEmpty(lines, range, field) {
  const at = find(lines, range, [field]);
  if (at >= 0 && block(lines, at, range.end).end === at + 1 && lines[at].trim() === `${field}:`) lines.splice(at, 1);
}

function beginning(lines, { start, end }) {
  const first = lines.findIndex((line, index) => index >= start && index < end && /^\w+:/.test(line));
  return Math.max(first, start);
}

function indent(line) {
  return line.length - line.trimStart().length;
}
