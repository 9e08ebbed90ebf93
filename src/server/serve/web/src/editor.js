// The editor: CodeMirror with completion, findings and quick fixes.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { markdown } from "@codemirror/lang-markdown";
import { yaml, yamlFrontmatter } from "@codemirror/lang-yaml";
import { bracketMatching, defaultHighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, Text } from "@codemirror/state";
import { darkHighlightStyle } from "./dark.js";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { schemaCompletion } from "./completion.js";

export class Editor {
  constructor(parent, { schema, onChange, onCursor, onFixHere }) {
    this.language = new Compartment();
    this.colours = new Compartment();
    this.markdown = false;
    this.state = (text) => EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "Source of the document", tabindex: "0", spellcheck: "true" }),
        EditorView.cspNonce.of(document.querySelector("meta[name=csp-nonce]").content),
        this.language.of(this.syntax()),
        this.colours.of(this.theme()),
        autocompletion({ override: [schemaCompletion(schema, () => this.markdown)], activateOnTyping: true }),
        keymap.of([
          { key: "Mod-.", run: () => onFixHere(this.cursorLine) },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange();
          if (update.selectionSet && !update.docChanged) onCursor(this.cursorLine);
        }),
      ],
    });
    this.view = new EditorView({ state: this.state(""), parent });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.view.dispatch({ effects: this.colours.reconfigure(this.theme()) });
    });
  }

  syntax() {
    return this.markdown ? yamlFrontmatter({ content: markdown() }) : yaml();
  }

  theme() {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    return [
      EditorView.theme({}, { dark }),
      syntaxHighlighting(dark ? darkHighlightStyle : defaultHighlightStyle),
    ];
  }

  get text() {
    return this.view.state.doc.toString();
  }

  get cursorLine() {
    return this.view.state.doc.lineAt(this.view.state.selection.main.head).number;
  }

  // Begins another document.
  load(text, isMarkdown) {
    this.markdown = isMarkdown;
    this.view.setState(this.state(text));
  }

  // Replaces the text, so that it can be undone.
  replace(text) {
    const doc = Text.of(text.split("\n"));
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: doc } });
  }

  goTo(line, column = 1) {
    const at = this.offset(line, column);
    this.view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    this.view.focus();
  }

  apply(edits) {
    const changes = edits.map((edit) => ({
      from: this.offset(edit.line, edit.column),
      to: this.offset(edit.end_line, edit.end_column),
      insert: edit.text,
    }));
    this.view.dispatch({ changes });
  }

  // Columns count characters, offsets count UTF-16 units.
  offset(line, column) {
    const { doc } = this.view.state;
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
    return at.from + [...at.text].slice(0, column - 1).join("").length;
  }

  mark(findings, onFix) {
    const marks = findings.filter((finding) => finding.line).map((finding) => {
      const from = this.offset(finding.line, finding.column);
      const to = Math.max(from, this.offset(finding.end_line, finding.end_column));
      const actions = finding.edits?.length ? [{ name: "Fix", apply: () => onFix(finding) }] : [];
      const severity = finding.severity === "hint" ? "info" : finding.severity;
      const message = finding.hint ? `${finding.message}\n${finding.hint}` : finding.message;
      return { from, to, severity, source: finding.code, message, actions };
    });
    this.view.dispatch(setDiagnostics(this.view.state, marks));
  }
}
