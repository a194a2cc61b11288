"use strict";
// The report: search and sort its names, and open one to see its mentions. All data is in the page.

(() => {
  const {word, number, element, visible, fold} = page;
  const get = id => document.getElementById(id);
  const {names, sentences, texts, periods, pairs} = JSON.parse(get("data").textContent);
  const table = get("table"), search = get("search"), status = get("status");
  const boxes = [...document.querySelectorAll("#labels input")];
  const STEP = 100, MENTIONS = 20, PAIRS = 20;
  const highest = names.reduce((most, each) => Math.max(most, each.mentions), 1);
  names.forEach((each, place) => {
    each.place = place;
    each.folded = fold([each.name, ...each.forms.map(form => form[0]), each.id].join("\n"));
  });

  let order = {key: "mentions", up: false}, limit = STEP, open = -1, pairLimit = PAIRS;
  const COLUMNS = ["name", "label", "mentions", "documents", "id"];
  const TITLES = {documents: "texts"}; // words of columns that are called otherwise
  const collator = new Intl.Collator("tr");
  const badge = label => element("span", {className: "badge", "data-label": label}, word(`label.${label}`));
  const bdi = text => element("bdi", {lang: "tk"}, visible(text));
  const link = place => element("a", {href: `#n${place}`}, bdi(names[place].name));

  const chosen = () => {
    const wanted = fold(search.value.trim()), off = new Set(boxes.filter(box => !box.checked).map(box => box.value));
    const found = names.filter(each => !off.has(each.label) && each.folded.includes(wanted));
    const {key, up} = order;
    const text = each => (key === "label" ? word(`label.${each.label}`) : each[key]);
    const compare = key === "mentions" || key === "documents"
      ? (one, other) => one[key] - other[key]
      : (one, other) => collator.compare(text(one), text(other));
    return found.sort((one, other) => (up ? 1 : -1) * compare(one, other) || one.place - other.place);
  };

  const draw = () => {
    const found = chosen();
    const focused = document.activeElement?.dataset?.column;
    table.tHead.rows[0].replaceChildren(...COLUMNS.map(key => {
      const on = order.key === key;
      const button = element("button", {"data-column": key}, word(TITLES[key] ?? key), on ? (order.up ? " ▲" : " ▼") : "");
      return element("th", {scope: "col", className: ["mentions", "documents"].includes(key) ? "number" : "",
        "aria-sort": on ? (order.up ? "ascending" : "descending") : "none"}, button);
    }));
    table.tBodies[0].replaceChildren(...found.slice(0, limit).map(row));
    unfold();
    get("more").hidden = found.length <= limit;
    status.textContent = word("found.n", {n: found.length});
    if (focused) table.tHead.querySelector(`[data-column="${focused}"]`)?.focus();
  };

  const row = each => {
    const button = element("button", {className: "link", "aria-expanded": "false"}, bdi(each.name));
    button.addEventListener("click", () => show(each.place === open ? -1 : each.place));
    const bar = element("span", {className: "bar-of", "data-label": each.label});
    bar.style.width = `${Math.max(1, (100 * each.mentions) / highest)}%`;
    return element("tr", {id: `n${each.place}`},
      element("th", {scope: "row"}, button),
      element("td", {}, badge(each.label)),
      element("td", {className: "number"}, number(each.mentions), element("span", {className: "track", "aria-hidden": "true"}, bar)),
      element("td", {className: "number"}, number(each.documents)),
      element("td", {}, element("bdi", {className: "small muted"}, visible(each.id))));
  };

  const details = each => {
    const mentions = element("ol", {className: "mentions"});
    const total = each.places.length / 3;
    let shown = 0;
    const more = element("button", {}, word("more"));
    const add = () => {
      for (const end = Math.min(total, shown + MENTIONS); shown < end; shown++) mentions.append(mention(each, shown));
      more.hidden = shown >= total;
    };
    more.addEventListener("click", add);
    add();
    const parts = [
      element("p", {}, element("span", {className: "muted"}, `${word("forms")}: `), ...joined(each.forms.map(([form, n]) => [bdi(form), ` ${number(n)}`]))),
    ];
    if (each.friends.length) {
      parts.push(element("p", {}, element("span", {className: "muted"}, `${word("appears")}: `), ...joined(each.friends.map(([place, n]) => [link(place), ` ${number(n)}`]))));
    }
    if (periods.length > 1 && each.times.length) parts.push(times(each));
    if (total < each.mentions) parts.push(element("p", {className: "muted small"}, word("mentions.shown", {n: total, all: each.mentions})));
    parts.push(mentions, more);
    return element("tr", {className: "details"}, element("td", {colSpan: COLUMNS.length}, ...parts));
  };

  const joined = groups => groups.flatMap((group, k) => (k ? [", ", ...group] : group));

  const mention = (each, k) => {
    const [place, start, end] = each.places.slice(3 * k, 3 * k + 3), [text, sentence] = sentences[place], [title, date] = texts[text];
    return element("li", {},
      element("span", {lang: "tk", dir: "auto"}, visible(sentence.slice(0, start)),
        element("mark", {"data-label": each.label}, visible(sentence.slice(start, end))), visible(sentence.slice(end))),
      element("bdi", {className: "source muted small"}, visible(title), date && !title.includes(date) ? ` · ${date}` : ""));
  };

  const times = each => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const set = (what, values) => Object.entries(values).forEach(([key, value]) => what.setAttribute(key, value));
    const numbers = periods.map(() => 0);
    for (let k = 0; k < each.times.length; k += 2) numbers[each.times[k]] = each.times[k + 1];
    const most = Math.max(...numbers);
    set(svg, {class: "spark", viewBox: `0 0 ${periods.length} 10`, preserveAspectRatio: "none", role: "img", "aria-label": word("report.time")});
    numbers.forEach((n, k) => {
      const rect = document.createElementNS(svg.namespaceURI, "rect"), title = document.createElementNS(svg.namespaceURI, "title");
      set(rect, {class: "column", x: k + 0.1, y: 10 - (10 * n) / most, width: 0.8, height: (10 * n) / most});
      title.textContent = `${periods[k]}: ${n}`;
      rect.append(title);
      svg.append(rect);
    });
    return element("div", {className: "when small muted"}, periods[0], svg, periods.at(-1));
  };

  // Put the details of the name that is open below its row, if it is in the table.
  const unfold = () => {
    const old = table.querySelector(".details");
    old?.previousSibling.querySelector("button").setAttribute("aria-expanded", "false");
    old?.remove();
    const at = get(`n${open}`);
    at?.querySelector("button").setAttribute("aria-expanded", "true");
    at?.after(details(names[open]));
    return at;
  };

  // Open a name where it stands in the table; a filter that hides it is taken off.
  const show = place => {
    open = place;
    if (place >= 0 && !get(`n${place}`)) {
      let at = chosen().findIndex(each => each.place === place);
      if (at < 0) {
        search.value = "";
        boxes.forEach(box => { box.checked = true; });
        at = chosen().findIndex(each => each.place === place);
      }
      limit = Math.max(limit, at + 1);
      draw();
    }
    const opened = unfold();
    opened?.querySelector("button").focus({preventScroll: true});
    return opened;
  };

  const drawPairs = () => {
    const head = pairs.length ? [["name", 2], ["both", 1]] : [];
    get("pairs").tHead.rows[0].replaceChildren(...head.map(([key, span]) => element("th", {scope: "col", colSpan: span, className: key === "both" ? "number" : ""}, word(key))));
    get("pairs").tBodies[0].replaceChildren(...pairs.slice(0, pairLimit).map(([one, other, n]) =>
      element("tr", {}, ...[one, other].map(place => element("td", {}, badge(names[place].label), " ", link(place))),
        element("td", {className: "number"}, number(n)))));
    get("pairs-more").hidden = pairs.length <= pairLimit;
    get("pairs-none").hidden = pairs.length > 0;
  };

  const follow = () => {
    const found = /^#n(\d+)$/.exec(location.hash);
    if (found && names[Number(found[1])]) show(Number(found[1])).scrollIntoView({block: "start"});
  };

  search.addEventListener("input", () => { limit = STEP; draw(); });
  get("labels").addEventListener("change", () => { limit = STEP; draw(); });
  get("more").addEventListener("click", () => { limit += STEP; draw(); });
  get("pairs-more").addEventListener("click", () => { pairLimit += 100; drawPairs(); });
  table.tHead.addEventListener("click", event => {
    const key = event.target.closest("button")?.dataset.column;
    if (!key) return;
    order = {key, up: order.key === key ? !order.up : !["mentions", "documents"].includes(key)};
    draw();
  });
  addEventListener("hashchange", follow);
  document.addEventListener("click", event => {
    // the same name again changes no address
    const target = event.target.closest("a");
    if (target && target.getAttribute("href") === location.hash) follow();
  });
  page.onLanguage(() => { draw(); drawPairs(); });
  page.start();
  follow();
})();
