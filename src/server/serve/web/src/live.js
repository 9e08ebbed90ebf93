// Keeps pages and findings as the document is: one round after the other, as often as it changes.

import { showFindings } from "./findings.js";
import { PageView } from "./pages.js";
import { Refused } from "./server.js";

const element = (id) => document.getElementById(id);
// How many pages are set at once, before the others.
const FIRST = 2;
// After how many seconds a server that does not answer is asked again.
const RETRY = 2;

export class Live {
  // `snapshot` returns a function that asks the server about the document as it is now: of a path, with options and a
  // signal. `onReport` is told of findings, after they are shown.
  constructor(snapshot, { onLine, onChoose, onFix, onReport }) {
    this.snapshot = snapshot;
    this.onChoose = onChoose;
    this.onFix = onFix;
    this.onReport = onReport;
    this.pages = new PageView(element("pages"), onLine);
    // Images are as large as they are shown: after a change of size, new ones are needed.
    let { ppi } = this.pages;
    new ResizeObserver(() => {
      if (Math.abs(this.pages.ppi / ppi - 1) < 0.05) return;
      ppi = this.pages.ppi;
      this.pages.forget();
      this.changed();
    }).observe(element("pages"));
  }

  changed() {
    this.stale = true;
    this.later?.abort();
    clearTimeout(this.again);
    if (!this.busy) this.refresh();
  }

  // Sets the first pages that changed; then, if nothing has changed again, the others, and looks for findings. Further
  // changes wait for the first pages, and then count together.
  async refresh() {
    this.busy = true;
    element("pages").ariaBusy = "true";
    while (this.stale) {
      this.stale = false;
      const ask = this.snapshot();
      const first = await this.setPages(ask, FIRST);
      if (this.stale) continue;
      const { signal } = this.later = new AbortController();
      const [shown, checked] = await Promise.all([
        first.complete ? first : this.setOtherPages(ask, signal),
        ask("check", {}, signal).then((response) => response.json()).catch((error) => ({ error })),
      ]);
      if (!this.stale) this.report(shown, checked);
    }
    this.busy = false;
    element("pages").ariaBusy = "false";
  }

  // The server may send several times: images have a limit.
  async setOtherPages(ask, signal) {
    for (let before = -1; ;) {
      const set = await this.setPages(ask, null, signal);
      const now = this.pages.known.length;
      if (set.complete || now === before) return set;
      before = now;
    }
  }

  async setPages(ask, most, signal) {
    try {
      const { known, ppi } = this.pages;
      const answer = await (await ask("pages", { known, most, ppi }, signal)).json();
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
    const findings = checked.findings ?? failed?.problem?.findings ?? [];
    document.documentElement.classList.toggle("stale", Boolean(error));
    const { onChoose, onFix } = this;
    showFindings(element("findings"), findings, { problem: failed && !refused && failed.message, onChoose, onFix });
    element("status").textContent = error ? `The pages are those before: ${error.message}` : said(checked, count);
    this.onReport?.(findings);
    const again = Math.max(...[error, checked.error].map((one) => (one instanceof Refused ? one.retryAfter : one ? RETRY : 0)));
    if (again) this.again = setTimeout(() => this.changed(), 1000 * again);
  }
}

function said({ errors = 0, warnings = 0, hints = 0 }, pages) {
  const counted = (number, noun) => `${number || "no"} ${noun}${number === 1 ? "" : "s"}`;
  return `${counted(pages, "page")}; ${counted(errors, "error")}, ${counted(warnings, "warning")}, ${counted(hints, "hint")}`;
}
