// The pages: images that are replaced when they change, under lines that can be read and clicked.

export class PageView {
  constructor(host, onLine) {
    this.host = host;
    this.onLine = onLine;
    this.contents = new Map();
    this.shown = [];
    this.parts = {};
    this.generation = 0;
  }

  get known() {
    return [...this.contents.keys()];
  }

  // Shows the pages of an answer. Resolves when those in sight are painted.
  async show({ pages, parts }) {
    const generation = ++this.generation;
    this.parts = parts;
    const fresh = [];
    for (const { key, content } of pages) {
      if (content) this.contents.set(key, { ...content, element: null });
    }
    const keys = pages.map((page) => page.key);
    const firstTime = this.shown.length === 0;
    const before = this.shown.map((key) => this.contents.get(key));
    const now = keys.map((key) => this.contents.get(key));
    const changed = firstTime ? null : firstChange(before, now);
    // Images are decoded before they are put in place, so that nothing flickers.
    await Promise.all(now.map(async (page, index) => {
      if (page.element) return;
      page.element = pageElement(page);
      fresh.push(page);
      if (changed && index === changed.page) await page.element.image.decode().catch(() => {});
    }));
    if (generation !== this.generation) return;
    const scroll = this.host.scrollTop;
    now.forEach((page, index) => {
      const at = this.host.children[index];
      page.element.label(index + 1, now.length);
      if (at !== page.element.node) this.host.insertBefore(page.element.node, at ?? null);
    });
    while (this.host.children.length > now.length) this.host.lastChild.remove();
    this.host.scrollTop = scroll;
    this.shown = keys;
    for (const key of this.known) {
      if (!keys.includes(key)) {
        URL.revokeObjectURL(this.contents.get(key).element?.image.src);
        this.contents.delete(key);
      }
    }
    for (const page of fresh) {
      page.element.node.addEventListener("click", (event) => {
        const index = event.target.dataset?.line;
        if (index !== undefined) this.choose(page.lines[index]);
      });
    }
    if (changed) this.reveal(now[changed.page], changed.line);
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
    for (const key of this.shown) {
      const page = this.contents.get(key);
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

function firstChange(before, now) {
  for (let page = 0; page < now.length; page++) {
    const [old, fresh] = [before[page], now[page]];
    if (old === fresh) continue;
    const texts = (lines) => (lines ?? []).map((line) => line.text);
    const [was, is] = [texts(old?.lines), texts(fresh.lines)];
    const line = is.findIndex((text, index) => text !== was[index]);
    if (line >= 0) return { page, line };
  }
  return null;
}

function pageElement(page) {
  const node = document.createElement("figure");
  node.className = "page";
  node.style.setProperty("--ratio", page.width / page.height);
  const image = new Image();
  image.alt = "";
  image.src = URL.createObjectURL(new Blob([page.svg], { type: "image/svg+xml" }));
  delete page.svg;
  const caption = document.createElement("figcaption");
  const text = document.createElement("div");
  text.className = "lines";
  page.lines.forEach((line, index) => {
    const at = document.createElement("span");
    at.dataset.line = index;
    at.textContent = `${line.text} `;
    const share = (length, whole) => `${(100 * length) / whole}%`;
    at.style.left = share(line.x, page.width);
    at.style.top = share(line.y, page.height);
    at.style.width = share(line.width, page.width);
    at.style.height = share(line.height, page.height);
    at.style.fontSize = `${(100 * line.height * 0.8) / page.width}cqw`;
    text.append(at);
  });
  node.append(image, text, caption);
  const label = (number, count) => {
    caption.textContent = `Page ${number} of ${count}`;
  };
  return { node, image, label };
}
