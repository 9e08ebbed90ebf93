// Shows a file that is written in another editor.

import { Live } from "./live.js";
import { post } from "./server.js";

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
  const live = new Live(() => (path, options, signal) => post(`/watch/${path}`, options, signal), {
    onLine: (line, printed) => place(line, printed.text),
    onChoose: (finding) => {
      place(finding.line ?? 1, finding.message);
      if (finding.line) live.pages.revealSource(finding.line);
    },
  });
  const source = new EventSource("/watch/events");
  source.onmessage = ({ data }) => {
    file = JSON.parse(data).file;
    document.title = `${file} – masthead`;
    element("watched").textContent = file;
    live.changed();
  };
  source.onerror = () => {
    status.textContent = "The server has ended. This page continues when it is started again.";
  };
}
