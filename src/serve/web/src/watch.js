// Shows a file that is written in another editor.

import { showFindings } from "./findings.js";
import { PageView } from "./pages.js";

const element = (id) => document.getElementById(id);

export function watchFile() {
  let file = "";
  const status = element("status");
  const place = (line, text) => {
    const where = `${file}:${line}`;
    const copy = document.createElement("button");
    copy.type = "button";
    copy.textContent = "Copy";
    copy.addEventListener("click", () => navigator.clipboard?.writeText(where));
    const code = document.createElement("code");
    code.textContent = where;
    status.replaceChildren(code, text ? ` ${text} ` : " ", copy);
  };
  const view = new PageView(element("pages"), (line, printed) => place(line, printed.text));
  const source = new EventSource("/watch/events");
  source.onmessage = async ({ data }) => {
    const { file: name, pages, parts, findings, problem } = JSON.parse(data);
    if (name !== file) {
      file = name;
      document.title = `${name} – masthead`;
      element("watched").textContent = name;
    }
    const list = findings?.findings ?? [];
    showFindings(element("findings"), list, {
      problem,
      onChoose: (finding) => {
        place(finding.line ?? 1, finding.message);
        if (finding.line) view.revealSource(finding.line);
      },
    });
    if (!await view.show({ pages, parts })) return;
    document.documentElement.classList.toggle("stale", Boolean(problem));
    status.textContent = problem ?? said(findings, pages.length);
  };
  source.onerror = () => {
    status.textContent = "The server has ended. This page continues when it is started again.";
  };
  // Another server has none of the pages.
  source.onopen = () => view.forget();
}

export function said(findings, pages) {
  const counted = (number, noun) => `${number || "no"} ${noun}${number === 1 ? "" : "s"}`;
  const { errors = 0, warnings = 0, hints = 0 } = findings ?? {};
  return `${counted(pages, "page")}; ${counted(errors, "error")}, ${counted(warnings, "warning")}, ${counted(hints, "hint")}`;
}
