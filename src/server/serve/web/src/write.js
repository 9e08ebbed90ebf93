// A page to write in.

import { Editor } from "./editor.js";
import { readField, setField } from "./fields.js";
import { House } from "./house.js";
import { Live } from "./live.js";
import { base64, get, post } from "./server.js";

const element = (id) => document.getElementById(id);
const ENDINGS = { yaml: "yaml", md: "md", json: "json", xml: "xml" };
const KEPT = "masthead-document";
export async function write() {
  const schema = await (await get("/v1/schema")).json();
  new Writing(schema).begin();
}

class Writing {
  constructor(schema) {
    this.name = "document";
    this.syntax = "yaml";
    this.pictures = {};
    this.handle = null;
    this.findings = [];
    this.status = element("status");
    this.editor = new Editor(element("editor"), {
      schema,
      onChange: () => this.live.changed(),
      onCursor: (line) => this.live.pages.revealSource(line),
      onFixHere: (line) => this.fixLine(line),
    });
    this.live = new Live(() => this.ask(), {
      onLine: (line) => this.editor.goTo(line),
      onChoose: (finding) => this.editor.goTo(finding.line ?? 1, finding.column),
      onFix: (finding) => this.editor.apply(finding.edits),
      onReport: (findings) => this.report(findings),
    });
    this.house = new House({
      read: (field) => readField(this.editor.text, this.syntax, ["house", field].slice(0, field ? 2 : 1)),
      write: (values, emblem) => this.setHouse(values, emblem),
    });
  }

  async begin() {
    const on = (id, event, act) => element(id).addEventListener(event, () => this.attempt(act));
    element("tools").addEventListener("submit", (event) => event.preventDefault());
    on("starter", "change", () => this.start(element("starter").value));
    on("syntax", "change", () => this.convert(element("syntax").value));
    on("house", "click", () => this.house.open());
    on("language", "change", () => this.setField("language", element("language").value));
    on("organ", "change", () => this.setField("organ", element("organ").value.trim()));
    on("open", "click", () => this.open());
    on("file", "change", () => this.openFiles([...element("file").files]));
    on("save", "click", () => this.save());
    on("fix", "click", () => this.fixAll());
    on("pdf", "click", () => this.download("/v1/render", { format: "pdf" }, "pdf"));
    on("xml", "click", () => this.download("/v1/convert", { to: "xml" }, "xml"));
    addEventListener("pagehide", () => this.keep());
    addEventListener("keydown", (event) => {
      const act = (event.ctrlKey || event.metaKey) && { s: () => this.save(), o: () => this.open() }[event.key];
      if (!act) return;
      event.preventDefault();
      this.attempt(act);
    });
    const { kinds } = await (await get("/v1/starters")).json();
    for (const kind of kinds) {
      const option = new Option(kind.replaceAll("-", " "), kind);
      element("starter").append(option);
    }
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
    this.pictures = kept?.pictures ?? {};
    if (kept) this.load(kept.text, kept.name, kept.syntax);
    else await this.start("draft-resolution");
  }

  async attempt(act) {
    try {
      await act();
    } catch (error) {
      if (error.name !== "AbortError") this.status.textContent = error.message;
    }
  }

  get document() {
    return { source: this.editor.text, name: this.fileName, from: this.syntax, pictures: this.pictures };
  }

  get fileName() {
    return `${this.name}.${ENDINGS[this.syntax]}`;
  }

  async start(kind) {
    if (!kind) return;
    const text = await (await get(`/v1/starters/${kind}`)).text();
    this.handle = null;
    this.load(text, kind, "yaml");
  }

  load(text, name, syntax) {
    this.name = name;
    this.syntax = syntax;
    element("syntax").value = syntax;
    this.editor.load(text, syntax === "md");
    this.live.changed();
    this.readFields();
  }

  async convert(syntax) {
    if (syntax === this.syntax) return;
    try {
      const text = await (await post("/v1/convert", { document: this.document, to: syntax })).text();
      this.handle = null;
      this.load(text, this.name, syntax);
    } catch (error) {
      element("syntax").value = this.syntax;
      throw error;
    }
  }

  setField(field, value) {
    this.editor.replace(setField(this.editor.text, this.syntax, [field], value));
  }

  // Sets fields of the house, and takes its emblem with the document. Without a name, there is no house.
  setHouse(values, emblem) {
    Object.assign(this.pictures, emblem);
    let { text } = this.editor;
    const set = (path, value) => (text = setField(text, this.syntax, path, value));
    if (!values.name) set(["house"], "");
    // In the order in which they are to stand: new ones are put before the others.
    else for (const field of ["symbols", "emblem", "name"]) set(["house", field], values[field]);
    this.editor.replace(text);
  }

  readFields() {
    const of = (field) => readField(this.editor.text, this.syntax, [field]);
    element("language").value = of("language") || "en";
    element("organ").value = of("organ") ?? "";
  }

  async open() {
    if (!window.showOpenFilePicker) return element("file").click();
    const [handle] = await showOpenFilePicker();
    await this.openFiles([await handle.getFile()]);
    this.handle = handle;
  }

  async openFiles(files) {
    for (const file of files) {
      if (/\.(svg|png)$/i.test(file.name)) {
        this.pictures[file.name] = await base64(file);
        this.status.textContent = `the document can use the picture ${file.name}`;
        this.live.changed();
        continue;
      }
      const [, name, ending] = /^(.*?)(?:\.([^.]*))?$/.exec(file.name);
      const syntax = { yml: "yaml", yaml: "yaml", md: "md", markdown: "md" }[ending?.toLowerCase()];
      this.handle = null;
      if (syntax) {
        this.load(await file.text(), name, syntax);
        continue;
      }
      const bytes = await file.text();
      const document = { source: bytes, name: file.name };
      this.load(await (await post("/v1/convert", { document, to: "yaml" })).text(), name, "yaml");
    }
  }

  async save() {
    if (window.showSaveFilePicker) {
      this.handle ??= await showSaveFilePicker({ suggestedName: this.fileName });
      const stream = await this.handle.createWritable();
      await stream.write(this.editor.text);
      await stream.close();
    } else {
      offer(new Blob([this.editor.text], { type: "text/plain" }), this.fileName);
    }
    this.status.textContent = `saved ${this.handle?.name ?? this.fileName}`;
  }

  async download(path, options, ending) {
    const response = await post(path, { document: this.document, ...options });
    offer(await response.blob(), `${this.name}.${ending}`);
    this.status.textContent = `downloaded ${this.name}.${ending}`;
  }

  async fixAll() {
    const { fixed } = await (await post("/v1/check", { document: this.document, fix: true })).json();
    if (fixed) this.editor.replace(fixed);
    this.status.textContent = fixed ? "fixed everything that is mechanical" : "nothing can be fixed mechanically";
  }

  fixLine(line) {
    const finding = this.findings.find((one) => one.line <= line && line <= one.end_line && one.edits?.length);
    if (finding) this.editor.apply(finding.edits);
    else this.status.textContent = "no finding on this line can be fixed mechanically";
    return true;
  }

  keep() {
    const document = { text: this.editor.text, name: this.name, syntax: this.syntax };
    // A browser may keep little, or nothing.
    for (const kept of [{ ...document, pictures: this.pictures }, document]) {
      try {
        return localStorage.setItem(KEPT, JSON.stringify(kept));
      } catch {
        continue;
      }
    }
  }

  // What the server is asked about the document as it is now.
  ask() {
    const document = this.document;
    return (path, options, signal) => post(`/v1/${path}`, { document, ...options }, signal);
  }

  report(findings) {
    this.findings = findings;
    this.keep();
    this.editor.mark(findings, (finding) => this.editor.apply(finding.edits));
    this.readFields();
  }
}

function offer(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
