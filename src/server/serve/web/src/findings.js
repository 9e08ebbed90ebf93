// The list of findings.

export function showFindings(list, findings, { problem, onChoose, onFix }) {
  const items = findings.map((finding) => {
    const item = document.createElement("li");
    item.className = finding.severity;
    const go = document.createElement("button");
    go.type = "button";
    const where = finding.line ? `line ${finding.line}: ` : "";
    const kind = document.createElement("strong");
    kind.textContent = finding.severity;
    go.append(kind, ` ${where}${finding.message} `, code(finding.code));
    go.addEventListener("click", () => onChoose(finding));
    item.append(go);
    if (finding.hint) {
      const hint = document.createElement("p");
      hint.textContent = finding.hint;
      item.append(hint);
    }
    if (onFix && finding.edits?.length) {
      const fix = document.createElement("button");
      fix.type = "button";
      fix.textContent = "Fix";
      fix.setAttribute("aria-label", `Fix line ${finding.line}: ${finding.message}`);
      fix.addEventListener("click", () => onFix(finding));
      item.append(fix);
    }
    return item;
  });
  if (problem) {
    const item = document.createElement("li");
    item.className = "error";
    item.textContent = problem;
    items.unshift(item);
  }
  if (!items.length) {
    const item = document.createElement("li");
    item.textContent = "No findings.";
    items.push(item);
  }
  list.replaceChildren(...items);
}

function code(name) {
  const element = document.createElement("code");
  element.textContent = name;
  return element;
}
