// A page to write in.

import { Editor } from "./editor.js";
import { showFindings } from "./findings.js";
import { PageView } from "./pages.js";
import { get, post, Refused } from "./server.js";
import { said } from "./watch.js";

const element = (id) => document.getElementById(id);
const ENDINGS = { yaml: "yaml", md: "md", json: "json", xml: "xml" };
const KEPT = "masthead-document";
// How many pages are set at once, before the others.
const FIRST = 2;
// After how many seconds a server that does not answer is asked again.
const RETRY = 2;

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
      onChange: () => this.changed(),
      onCursor: (line) => this.pages.revealSource(line),
      onFixHere: (line) => this.fixLine(line),
    });
    this.pages = new PageView(element("pages"), (line) => this.editor.goTo(line));
  }

  async begin() {
    const on = (id, event, act) => element(id).addEventListener(event, () => this.attempt(act));
    element("tools").addEventListener("submit", (event) => event.preventDefault());
    on("starter", "change", () => this.start(element("starter").value));
    on("syntax", "change", () => this.convert(element("syntax").value));
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
    // Images are as large as they are shown: after a change of size, new ones are needed.
    let ppi = this.pages.ppi;
    new ResizeObserver(() => {
      if (Math.abs(this.pages.ppi / ppi - 1) < 0.05) return;
      ppi = this.pages.ppi;
      this.pages.forget();
      this.changed();
    }).observe(element("pages"));
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
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
    this.changed();
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

  // Sets a field of the header in the text; an empty one is removed.
  setField(field, value) {
    const lines = this.editor.text.split("\n");
    const first = this.syntax === "md" ? lines.indexOf("---") + 1 : 0;
    const end = this.syntax === "md" ? lines.indexOf("---", first) : lines.length;
    const at = lines.findIndex((line, index) => index >= first && index < end && line.startsWith(`${field}:`));
    const plain = /^[\p{L}][\p{L} ]*$/u.test(value) ? value : JSON.stringify(value);
    const line = `${field}: ${plain}`;
    if (at >= 0) lines.splice(at, 1, ...(value ? [line] : []));
    else if (value) lines.splice(Math.max(first, lines.findIndex((text, index) => index >= first && /^\w+:/.test(text))), 0, line);
    this.editor.replace(lines.join("\n"));
  }

  readFields() {
    const of = (field) => new RegExp(`^${field}:[ \\t]*(.*)$`, "m").exec(this.editor.text)?.[1].trim().replace(/^["']|["']$/g, "");
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
        const bytes = new Uint8Array(await file.arrayBuffer());
        this.pictures[file.name] = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
        this.status.textContent = `the document can use the picture ${file.name}`;
        this.changed();
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
    try {
      localStorage.setItem(KEPT, JSON.stringify({ text: this.editor.text, name: this.name, syntax: this.syntax }));
    } catch {
      // A browser may keep nothing.
    }
  }

  changed() {
    this.stale = true;
    this.later?.abort();
    if (!this.busy) this.refresh();
  }

  // Sets the first pages that changed; then, if nothing has changed again, the others, and looks for findings. One round
  // at a time: further changes wait for the first pages, and then count together.
  async refresh() {
    this.busy = true;
    while (this.stale) {
      this.stale = false;
      const document = this.document;
      const first = await this.setPages(document, FIRST);
      if (this.stale) continue;
      this.keep();
      const { signal } = this.later = new AbortController();
      const [shown, checked] = await Promise.all([
        first.complete ? first : this.setOtherPages(document, signal),
        post("/v1/check", { document }, signal).then((response) => response.json()).catch((error) => ({ error })),
      ]);
      if (!this.stale) this.report(shown, checked);
    }
    this.busy = false;
  }

  // The server may send several times: images have a limit.
  async setOtherPages(document, signal) {
    for (let before = -1; ;) {
      const set = await this.setPages(document, null, signal);
      const now = this.pages.known.length;
      if (set.complete || now === before) return set;
      before = now;
    }
  }

  async setPages(document, most, signal) {
    try {
      const { known, ppi } = this.pages;
      const response = await post("/v1/pages", { document, known, most, ppi }, signal);
      const answer = await response.json();
      await this.pages.show(answer);
      const { pages } = answer;
      return { count: pages.length, complete: pages.every(({ key }) => this.pages.contents.has(key)) };
    } catch (error) {
      return { error, complete: true };
    }
  }

  report({ count, error }, checked) {
    const failed = error ?? checked.error;
    const refused = failed instanceof Refused && failed.problem.findings.length;
    this.findings = checked.findings ?? failed?.problem?.findings ?? [];
    window.document.documentElement.classList.toggle("stale", Boolean(error));
    const onFix = (finding) => this.editor.apply(finding.edits);
    this.editor.mark(this.findings, onFix);
    showFindings(element("findings"), this.findings, {
      problem: failed && !refused && failed.message,
      onChoose: (finding) => this.editor.goTo(finding.line ?? 1, finding.column),
      onFix,
    });
    this.status.textContent = error ? `The pages are those before: ${error.message}` : said(checked, count);
    const again = Math.max(...[error, checked.error].map((one) => (one instanceof Refused ? one.retryAfter : one ? RETRY : 0)));
    if (again) setTimeout(() => this.changed(), 1000 * again);
  }
}

function offer(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
