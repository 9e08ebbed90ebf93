"use strict";
const rows = [...document.querySelectorAll("tbody tr")];
const search = document.getElementById("search"), state = document.getElementById("state"), shown = document.getElementById("shown");
const states = [...new Set([...document.querySelectorAll("#all tbody tr")].map(row => row.dataset.state))].sort();
state.append(...states.map(name => new Option(name, name)));
function filter() {
  const wanted = search.value.toLowerCase();
  for (const row of rows) {
    row.hidden = !!state.value && row.dataset.state !== state.value || !row.textContent.toLowerCase().includes(wanted);
  }
  const all = rows.filter(row => row.closest("#all"));
  shown.textContent = `${all.filter(row => !row.hidden).length} of ${all.length} shown`;
}
function sort(head, column) {
  const body = head.closest("table").tBodies[0], down = head.getAttribute("aria-sort") === "ascending";
  for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const text = row => row.cells[column].dataset.key ?? row.cells[column].textContent;
  const order = new Intl.Collator(undefined, { numeric: true });
  body.append(...[...body.rows].sort((a, b) => order.compare(text(a), text(b)) * (down ? -1 : 1)));
}
for (const head of document.querySelectorAll("th")) {
  const button = document.createElement("button");
  button.append(...head.childNodes);
  button.onclick = () => sort(head, head.cellIndex);
  head.append(button);
}
search.oninput = state.oninput = filter;
document.querySelector(".tools").hidden = false;
filter();
