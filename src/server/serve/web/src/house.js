// The house whose pages these are, if not the United Nations.

import { base64 } from "./server.js";

const element = (id) => document.getElementById(`house${id}`);

export class House {
  // `read` returns a field of the house in the document, or with none the whole; `write` sets them, with an emblem.
  constructor({ read, write }) {
    this.read = read;
    this.write = write;
    this.dialog = element("-dialog");
    const on = (id, event, act) => element(id).addEventListener(event, act);
    on("-emblem", "click", () => element("-file").click());
    on("-file", "change", () => this.choose(element("-file").files[0]));
    on("-plain", "click", () => this.show(""));
    on("-cancel", "click", () => this.dialog.close());
    on("-form", "submit", (event) => {
      event.preventDefault();
      this.dialog.close();
      this.apply();
    });
  }

  open() {
    if (this.read()) throw new Error("the house is written in one line: change it in the text");
    element("-name").value = this.read("name") ?? "";
    element("-free").checked = this.read("symbols") === "free";
    this.picture = {};
    this.show(this.read("emblem") ?? "");
    this.dialog.showModal();
  }

  async choose(file) {
    if (!file) return;
    this.picture = { [file.name]: await base64(file) };
    this.show(file.name);
    element("-file").value = "";
  }

  show(emblem) {
    this.emblem = emblem;
    element("-shown").textContent = emblem || "none";
    element("-plain").disabled = !emblem;
  }

  apply() {
    const name = element("-name").value.trim();
    const symbols = element("-free").checked ? "free" : "";
    this.write({ name, symbols, emblem: this.emblem }, this.emblem ? this.picture : {});
  }
}
