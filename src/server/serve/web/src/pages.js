// The pages: images that are replaced when they change, under lines that can be read and clicked.

// A page whose size is not known yet.
const LETTER = { width: 612, height: 792, lines: [] };

export class PageView {
  constructor(host, onLine) {
    this.host = host;
    this.onLine = onLine;
    this.contents = new Map();
    this.shown = [];
    this.parts = {};
    this.generation = 0;
    host.addEventListener("click", ({ target }) => {
      const index = target.dataset?.line;
      const page = this.shown.find(({ element }) => element.node.contains(target));
      if (page && index !== undefined) this.choose(page.lines[index]);
    });
  }

  get known() {
    return [...this.contents.keys()];
  }

  // The resolution at which an image of a page is exactly as large as it is shown, in pixels per inch.
  get ppi() {
    const width = this.host.querySelector(".sheet")?.clientWidth || Math.min(this.host.clientWidth - 24, 820);
    const inches = (this.contents.values().next().value?.width ?? LETTER.width) / 72;
    return Math.min(Math.max((width * devicePixelRatio) / inches, 36), 300);
  }

  // All pages are wanted again; they are shown until then.
  forget() {
    this.contents.clear();
  }

  // Shows the pages of an answer; those whose content is still to come are blank. Returns whether nothing newer has been
  // shown meanwhile.
  async show({ pages, parts }) {
    const generation = ++this.generation;
    for (const { key, content } of pages) {
      if (content) this.contents.set(key, { key, ...content, element: pageElement(content) });
    }
    const { width, height } = this.contents.values().next().value ?? LETTER;
    // A page that is still to come keeps what it replaces, to be compared with.
    const before = (index) => (this.shown[index]?.blank ? this.shown[index].before : this.shown[index]);
    const blank = (key, index) => (
      { key, blank: true, before: before(index), lines: [], element: pageElement({ width, height, lines: [] }) });
    const now = pages.map(({ key }, index) => this.contents.get(key) ?? blank(key, index));
    const changed = this.shown.length ? firstChange(this.shown, now) : null;
    // The image that changed is decoded before it is put in place, so that nothing flickers.
    await changed?.page.element.image.decode().catch(() => {});
    if (generation !== this.generation) return false;
    this.parts = parts;
    this.shown = now;
    this.place(now);
    const keys = new Set(pages.map(({ key }) => key));
    for (const [key, { element }] of this.contents) {
      if (keys.has(key)) continue;
      if (element.image.src.startsWith("blob:")) URL.revokeObjectURL(element.image.src);
      this.contents.delete(key);
    }
    if (changed) this.reveal(changed.page, changed.line);
    return true;
  }

  // Pages that stay are not touched: to move one costs as much as to make it.
  place(pages) {
    const { host } = this;
    const scroll = host.scrollTop;
    const nodes = new Set(pages.map(({ element }) => element.node));
    for (const node of [...host.children]) if (!nodes.has(node)) node.remove();
    pages.forEach(({ element }, index) => {
      const at = host.children[index];
      if (at !== element.node) host.insertBefore(element.node, at ?? null);
      element.label(`Page ${index + 1} of ${pages.length}`);
    });
    host.scrollTop = scroll;
  }

  lineOf({ part, offset }) {
    return (this.parts[part] ?? 1) + offset;
  }

  choose(line) {
    this.onLine(this.lineOf(line), line);
  }

  // Shows the printed line that comes from a source line, or the last before it.
  revealSource(number) {
    let best = null;
    for (const page of this.shown) {
      page.lines.forEach((line, index) => {
        const from = this.lineOf(line);
        if (line.part in this.parts && from <= number && (!best || from > best.from)) best = { from, page, index };
      });
    }
    if (best) this.reveal(best.page, best.index);
  }

  reveal(page, index) {
    const node = page.element.node.querySelectorAll("[data-line]")[index] ?? page.element.node;
    const [box, view] = [node.getBoundingClientRect(), this.host.getBoundingClientRect()];
    const scrolls = this.host.scrollHeight > this.host.clientHeight + 1;
    const [top, bottom] = scrolls ? [view.top, view.bottom] : [0, innerHeight];
    if (box.top < top || box.bottom > bottom) node.scrollIntoView({ block: "center", behavior: "instant" });
    node.classList.add("changed");
    setTimeout(() => node.classList.remove("changed"), 1500);
  }
}

// The first line that is new, or stands elsewhere, on the pages whose content is there, and was there before.
function firstChange(before, now) {
  for (const [number, page] of now.entries()) {
    const old = before[number]?.blank ? before[number].before : before[number];
    if (page.blank || old?.key === page.key || (before[number] && !old)) continue;
    const line = page.lines.findIndex(({ text }, index) => text !== old?.lines[index]?.text);
    if (line >= 0) return { page, line };
  }
  return null;
}

function pageElement({ width, height, svg, png, lines }) {
  const node = document.createElement("figure");
  node.className = "page";
  const sheet = document.createElement("div");
  sheet.className = "sheet";
  sheet.style.setProperty("--ratio", width / height);
  const image = new Image();
  image.alt = "";
  if (png) image.src = `data:image/png;base64,${png}`;
  else if (svg) image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const caption = document.createElement("figcaption");
  const text = document.createElement("div");
  text.className = "lines";
  lines.forEach((line, index) => {
    const at = document.createElement("span");
    at.dataset.line = index;
    at.textContent = `${line.text} `;
    const share = (length, whole) => `${(100 * length) / whole}%`;
    at.style.left = share(line.x, width);
    at.style.top = share(line.y, height);
    at.style.width = share(line.width, width);
    at.style.height = share(line.height, height);
    at.style.fontSize = `${(100 * line.height * 0.8) / width}cqw`;
    text.append(at);
  });
  sheet.append(image, text);
  node.append(sheet, caption);
  const label = (words) => {
    if (caption.textContent !== words) caption.textContent = words;
  };
  return { node, image, label };
}
