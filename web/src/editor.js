// The editor of queries: CodeMirror in place of the text field, with the terms of the graph and the names of the query
// offered while they are written, and queries kept in this browser. Without scripts the text field asks just as well.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const field = document.querySelector("form.ask textarea");
if (field) {
  // What can stand in a query: terms with their kind and what they mean, from the list that the page itself has.
  const terms = [...document.querySelectorAll(".terms li")].map((li) => ({
    label: li.querySelector("code").textContent,
    detail: li.querySelector("i").textContent,
    info: li.querySelector("span").textContent || undefined,
    type: li.querySelector("i").textContent === "class" ? "class" : "property",
  }));
  const words = "SELECT DISTINCT WHERE FILTER OPTIONAL UNION MINUS EXISTS VALUES BIND SERVICE GROUP_CONCAT COUNT SUM MIN MAX AVG SAMPLE COALESCE CONTAINS LCASE STRSTARTS REGEX BOUND ASK CONSTRUCT DESCRIBE PREFIX LIMIT OFFSET HAVING"
    .split(" ")
    .concat("ORDER BY", "GROUP BY", "NOT EXISTS")
    .map((label) => ({ label, type: "keyword", boost: -1 }));

  const offered = (context) => {
    const part = context.matchBefore(/[?$][\w]*|[\w-]+:[\w-]*|[\w-]+/);
    if (!part && !context.explicit) return null;
    const text = part ? part.text : "";
    if (!context.explicit && text.length < 2) return null;
    const from = part ? part.from : context.pos;
    const all = context.state.doc.toString();
    if (/^[?$]/.test(text)) {
      // The name that is being written is no name to offer.
      const names = new Set((all.slice(0, from) + " " + all.slice(context.pos)).match(/[?$]\w+/g) || []);
      return { from, options: [...names].map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
    }
    // After "a" stands a class, otherwise a property is likelier.
    const isType = /(\ba|rdf:type)\s+$/.test(all.slice(Math.max(0, from - 12), from));
    const own = text.toLowerCase();
    const fits = (term) => {
      const label = term.label.toLowerCase();
      return label.startsWith(own) || label.slice(label.indexOf(":") + 1).startsWith(own) || label.includes(own);
    };
    const rank = (term) => (term.label.toLowerCase().slice(term.label.indexOf(":") + 1).startsWith(own.slice(own.indexOf(":") + 1)) ? 2 : 0) + ((term.type === "class") === isType ? 1 : 0);
    const options = terms.filter(fits).map((term) => ({ ...term, boost: rank(term) * 10 }));
    return { from, options: options.concat(words.filter((w) => w.label.toLowerCase().startsWith(own))), filter: true, validFor: /^[\w-]*:?[\w-]*$/ };
  };

  const colours = HighlightStyle.define([
    { tag: tags.keyword, color: "var(--bad)", fontWeight: "600" },
    { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--good)" },
    { tag: [tags.atom, tags.string], color: "var(--link)" },
    { tag: tags.comment, color: "var(--ink2)", fontStyle: "italic" },
    { tag: [tags.number, tags.bool], color: "var(--link)" },
  ]);
  const look = EditorView.theme({
    "&": { border: "1px solid var(--rule2)", borderRadius: "3px", background: "var(--soft)", color: "var(--ink)", fontSize: ".9rem" },
    "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "1px" },
    ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", minHeight: "9rem", maxHeight: "28rem" },
    ".cm-content": { caretColor: "var(--ink)", padding: ".5rem 0" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    ".cm-gutters": { background: "var(--soft)", color: "var(--ink2)", border: "0" },
    ".cm-activeLine, .cm-activeLineGutter": { background: "transparent" },
    "&.cm-focused .cm-activeLine": { background: "color-mix(in srgb, var(--pick) 55%, transparent)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "color-mix(in srgb, var(--focus) 30%, transparent)" },
    "&.cm-focused .cm-matchingBracket": { background: "var(--pick)", outline: "1px solid var(--rule2)" },
    ".cm-tooltip": { background: "var(--paper)", color: "var(--ink)", border: "1px solid var(--ink)", borderRadius: "3px" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: ".82rem", maxHeight: "16rem" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".2rem .6rem", lineHeight: "1.5" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--ink)", color: "var(--paper)" },
    ".cm-completionDetail": { color: "inherit", fontStyle: "normal", marginLeft: "1rem" },
    ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
    ".cm-completionInfo": { font: ".82rem/1.4 var(--sans)", maxWidth: "22rem", padding: ".4rem .6rem" },
  });

  // In a tree of its own the editor's style is a sheet made by script, which the policy of the pages admits.
  const host = document.createElement("div");
  host.className = "editor";
  field.after(host);
  const root = host.attachShadow({ mode: "open" });
  const form = field.form;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        autocompletion({ override: [offered], icons: false }),
        StreamLanguage.define(sparql),
        syntaxHighlighting(colours),
        look,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "Query", spellcheck: "false", autocapitalize: "off" }),
        keymap.of([
          { key: "Mod-Enter", run: () => (form.requestSubmit(), true) },
          { key: "Tab", run: acceptCompletion },
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...completionKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) field.value = update.state.doc.toString();
        }),
      ],
    }),
  });
  field.hidden = true;
  const write = (text) => {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    view.focus();
  };

  // Where a query went wrong the message says line and column: the place is shown.
  const wrong = document.querySelector("[role=alert] pre");
  const place = wrong && wrong.textContent.match(/\b(?:at|line) (\d+):(\d+)/);
  if (place && +place[1] <= view.state.doc.lines) {
    const line = view.state.doc.line(+place[1]);
    view.dispatch({ selection: { anchor: Math.min(line.to, line.from + Math.max(0, +place[2] - 1)) }, scrollIntoView: true });
    view.focus();
  }

  // Queries that are kept in this browser.
  const key = "sayso-queries";
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(key)) || {};
    } catch {
      return {};
    }
  };
  const keep = (all) => {
    try {
      localStorage.setItem(key, JSON.stringify(all));
    } catch {
      // Nothing is kept where the browser keeps nothing.
    }
  };
  const made = (name, properties, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  };
  const box = made("div", { className: "saved" });
  form.after(box);
  const list = () => {
    const all = read();
    const name = made("input", { required: true, placeholder: "a name for this query", ariaLabel: "Name of the query to keep" });
    const add = made("form", { className: "controls" }, name, made("button", { textContent: "Keep" }));
    add.addEventListener("submit", (event) => {
      event.preventDefault();
      keep({ ...read(), [name.value.trim()]: view.state.doc.toString() });
      list();
    });
    const rows = Object.keys(all)
      .sort()
      .map((title) => {
        const open = made("button", { type: "button", className: "link", textContent: title });
        const drop = made("button", { type: "button", className: "link", textContent: "forget", ariaLabel: "Forget " + title });
        open.addEventListener("click", () => write(all[title]));
        drop.addEventListener("click", () => {
          const rest = read();
          delete rest[title];
          keep(rest);
          list();
        });
        return made("li", {}, open, " ", drop);
      });
    box.replaceChildren(add, ...(rows.length ? [made("ul", { className: "small" }, ...rows)] : []));
  };
  list();
}
