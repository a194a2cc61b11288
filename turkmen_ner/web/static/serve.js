"use strict";
// The page of `turkmen-ner serve`: asks the service for the names of a text as it is typed, and for why.

(() => {
  const {word, number, element, visible} = page;
  const get = id => document.getElementById(id);
  const text = get("text"), marked = get("marked"), status = get("status"), table = get("table"), why = get("why");
  const boxes = [...document.querySelectorAll("#labels input")];
  const least = get("least");
  const MOST = Number(text.dataset.most), PAUSE = 250; // characters; milliseconds after the last key
  const EXAMPLE =
    "Türkiýäniň ilçisi düýn Tripolide Abdulhamid Dbeýba bilen duşuşdy. «Berkarar» paromy şu gün Türkmenbaşy portundan " +
    "Bakuwa ugrady. Bu barada «Türkmengaz» konserniniň wekili Nurdan Weliçko habar berdi. Weliçkonyň sözlerine görä, " +
    "parom Hazar deňzinden iki günde geçer.";

  let found = {text: "", characters: [], entities: []}; // what is shown; offsets count characters, not UTF-16 units
  let message = () => "";
  let asked = 0, timer = 0, opened = null;

  const say = (make, isError = false) => {
    message = make;
    status.textContent = make();
    status.classList.toggle("error", isError);
  };

  const ask = async (path, body) => {
    let answer;
    try {
      answer = await fetch(path, {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)});
    } catch {
      throw new Error(word("failed"));
    }
    const value = await answer.json().catch(() => ({error: `${answer.status}`}));
    if (!answer.ok) throw new Error(value.error);
    return value;
  };

  const find = async () => {
    const written = text.value, characters = Array.from(written), turn = ++asked;
    if (characters.length > MOST) {
      show({text: "", characters: [], entities: []});
      return say(() => word("too.long", {n: characters.length, most: MOST}), true);
    }
    if (!written.trim()) return show({text: written, characters, entities: []});
    say(() => word("working"));
    try {
      const {entities} = await ask("/tag", {text: written});
      if (turn === asked) show({text: written, characters, entities});
    } catch (problem) {
      if (turn === asked) say(() => problem.message, true);
    }
  };

  const chosen = () => {
    const labels = new Set(boxes.filter(box => box.checked).map(box => box.value));
    const all = new Set(boxes.map(box => box.value));
    return found.entities.filter(e => (labels.has(e.label) || !all.has(e.label)) && !(e.score < Number(least.value)));
  };

  const show = next => {
    found = next;
    close(false);
    get("least-row").hidden = !found.entities.some(e => "score" in e);
    draw();
  };

  const draw = () => {
    const shown = chosen();
    for (const box of boxes) {
      const count = found.entities.filter(e => e.label === box.value).length;
      box.parentElement.querySelector(".count").textContent = count ? number(count) : "";
    }
    get("least-value").textContent = Number(least.value).toFixed(2);
    get("json").disabled = get("csv").disabled = !shown.length;
    drawText(shown);
    drawTable(shown);
    const all = found.entities.length, n = shown.length;
    say(() => (n < all ? word("names.shown", {n, all}) : all ? word("names.count", {n}) : found.text.trim() ? word("names.none") : ""));
  };

  const piece = (start, end) => visible(found.characters.slice(start, end).join(""));

  const drawText = shown => {
    const parts = [];
    let end = 0;
    shown.forEach((e, k) => {
      parts.push(piece(end, e.start));
      const mark = element("mark", {tabIndex: k ? -1 : 0, role: "button", "data-label": e.label, "aria-expanded": "false"},
        element("bdi", {}, piece(e.start, e.end)), element("span", {className: "tag"}, word(`label.${e.label}`).toUpperCase()));
      mark.setAttribute("aria-label", [piece(e.start, e.end), word(`label.${e.label}`), e.name, ...(e.score === undefined ? [] : [shownScore(e)])].map(visible).join(", "));
      mark.addEventListener("click", () => explain(e, mark));
      parts.push(mark);
      end = e.end;
    });
    parts.push(piece(end));
    marked.replaceChildren(...parts);
  };

  const shownScore = e => (e.score === undefined ? "" : e.score.toFixed(2));
  const COLUMNS = {
    written: e => [element("bdi", {lang: "tk"}, visible(e.text))],
    base: e => [element("bdi", {lang: "tk"}, visible(e.name))],
    label: e => [element("span", {className: "badge", "data-label": e.label}, word(`label.${e.label}`))],
    case: e => [e.case ? word(`case.${e.case}`) : ""],
    score: e => [shownScore(e)],
    id: e => [element("bdi", {}, visible(e.kb || (e.listed ? e.id : "")))],
  };

  const drawTable = shown => {
    const columns = Object.keys(COLUMNS).filter(key => key !== "score" || shown.some(e => "score" in e));
    table.hidden = !shown.length;
    table.tHead.rows[0].replaceChildren(...columns.map(key => element("th", {scope: "col", className: key === "score" ? "number" : `${key}-column`}, word(key))));
    table.tBodies[0].replaceChildren(...shown.map(e =>
      element("tr", {}, ...columns.map(key => element("td", {className: key === "score" ? "number" : `${key}-column`}, ...COLUMNS[key](e))))));
  };

  // --- why ---

  const rows = pairs => element("dl", {}, ...pairs.filter(([, value]) => value).flatMap(([key, value]) =>
    [element("dt", {}, word(key)), element("dd", {}, value instanceof Node ? value : visible(value))]));

  const explain = async (e, mark) => {
    close(false);
    opened = mark;
    mark.setAttribute("aria-expanded", "true");
    get("why-title").replaceChildren(`${word("why")} `, element("bdi", {lang: "tk"}, visible(e.text)));
    get("reasons").replaceChildren(element("p", {className: "muted"}, word("working")));
    why.hidden = false;
    why.focus({preventScroll: true});
    why.scrollIntoView({block: "nearest"});
    let parts;
    try {
      const {decisions} = await ask("/explain", {text: found.text, at: e.start});
      const decision = decisions.find(d => d.start === e.start && d.end === e.end) ?? decisions[0];
      parts = decision ? reasons(e, decision) : [element("p", {}, word("why.none"))];
    } catch (problem) {
      parts = [element("p", {className: "error"}, problem.message)];
    }
    if (opened === mark) get("reasons").replaceChildren(...parts);
  };

  const reasons = (e, d) => {
    const {base, suffixes, features} = d.analysis;
    const options = d.options.map(o => `${o.label} ${o.id}, ${o.source}`).join("\n");
    const parts = [
      element("p", {lang: "en"}, visible(d.why)),
      rows([
        ["label", element("span", {className: "badge", "data-label": e.label}, word(`label.${e.label}`))],
        ["base", e.name],
        ["score", shownScore(e)],
        ["analysis", [base, ...suffixes.map(s => s || "∅")].join(" + ")],
        ["case", features.Case && word(`case.${features.Case}`)],
        ["id", e.kb || (e.listed ? e.id : "")],
        ["entry", d.source],
        ["options", d.options.length > 1 ? options : ""],
        ["facts", d.facts.join(", ")],
      ]),
    ];
    if (d.reasons.length) {
      const head = ["points", "label", "rule", "entry"].map(key => element("th", {scope: "col", className: key === "points" ? "number" : ""}, word(key)));
      parts.push(element("div", {className: "scroll"}, element("table", {},
        element("thead", {}, element("tr", {}, ...head)),
        element("tbody", {}, ...d.reasons.map(r => element("tr", {},
          element("td", {className: "number"}, (r.points > 0 ? "+" : "−") + Math.abs(r.points).toLocaleString("en")),
          element("td", {}, element("span", {className: "badge", "data-label": r.label}, word(`label.${r.label}`))),
          element("td", {}, visible(r.rule)),
          element("td", {}, visible(r.source))))))));
    }
    return parts;
  };

  const close = (back = true) => {
    if (!opened) return;
    opened.setAttribute("aria-expanded", "false");
    if (back && opened.isConnected) opened.focus();
    opened = null;
    why.hidden = true;
  };

  // --- files ---

  const save = (name, type, content) => {
    const link = element("a", {href: URL.createObjectURL(new Blob([content], {type})), download: name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  // Halves of surrogate pairs are escaped, as JSON.stringify does it; U+FEFF tells a spreadsheet that it is UTF-8.
  const toJson = shown => JSON.stringify([{file: "", text: found.text, entities: shown}], null, 2) + "\n";
  const toCsv = shown => {
    const keys = Object.keys(shown[0]).filter(key => key !== "features");
    const cell = value => `"${String(value).replaceAll('"', '""').replace(/^(?=[=+\-@\t\r])/, "'")}"`;
    return "\ufeff" + [keys, ...shown.map(e => keys.map(key => e[key]))].map(row => row.map(cell).join(",") + "\r\n").join("");
  };

  // --- events ---

  const soon = () => { clearTimeout(timer); timer = setTimeout(find, PAUSE); };
  const put = value => { text.value = value; clearTimeout(timer); find(); text.focus(); };
  text.addEventListener("input", soon);
  text.addEventListener("beforeinput", event => {
    const n = text.value.length - (text.selectionEnd - text.selectionStart) + (event.data?.length ?? 0);
    if (n <= 2 * MOST) return; // a character may be two units
    event.preventDefault(); // so much would stop the browser before it is sent
    say(() => word("too.long", {n, most: MOST}), true);
  });
  get("example").addEventListener("click", () => put(EXAMPLE));
  get("clear").addEventListener("click", () => put(""));
  get("json").addEventListener("click", () => save("names.json", "application/json", toJson(chosen())));
  get("csv").addEventListener("click", () => save("names.csv", "text/csv", toCsv(chosen())));
  get("close").addEventListener("click", () => close());
  get("labels").addEventListener("change", () => { close(false); draw(); });
  least.addEventListener("input", () => { close(false); draw(); });
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && opened) { close(); event.preventDefault(); }
  });
  marked.addEventListener("keydown", event => {
    const marks = [...marked.querySelectorAll("mark")], at = marks.indexOf(document.activeElement);
    if (at < 0) return;
    const to = {ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1}[event.key];
    if (to !== undefined) {
      const next = marks[Math.min(Math.max(to, 0), marks.length - 1)];
      marks.forEach(mark => { mark.tabIndex = mark === next ? 0 : -1; });
      next.focus();
    } else if (event.key === "Enter" || event.key === " ") marks[at].click();
    else return;
    event.preventDefault();
  });
  page.onLanguage(() => {
    if (found.text) draw();
    else status.textContent = message();
  });
  page.start();
  if (text.value) find(); // what the browser kept when the page is loaded again
})();
