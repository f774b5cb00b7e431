// The page of evidence: every step of a trail has an address of its own (#/value/KEY, #/quote/ID, #/table/NAME/ROW/COLUMN ...).
// Texts come from the data and are put in as text; only the methods, which are ours, come as HTML.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const W = read("words"), D = read("data"), LANGUAGE = document.documentElement.lang;
const view = document.getElementById("view"), isOpen = D.audience === "open";
const TITLE = document.title, LIMIT = 200;

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) if (value !== false && value != null) element.setAttribute(name, value);
  element.append(...children.flat(9).filter((child) => child != null && child !== false && child !== ""));
  return element;
}
const to = (...parts) => "#/" + parts.map(encodeURIComponent).join("/");
const link = (text, ...parts) => h("a", { href: to(...parts) }, text);
const section = (title, ...content) => [h("h2", {}, title), ...content];
const folded = (title, ...content) => h("details", {}, h("summary", {}, title), ...content);
// What is folded and costs time is made when it is opened first.
function later(title, make) {
  const box = h("details", {}, h("summary", {}, title));
  box.addEventListener("toggle", () => { if (box.open && box.childElementCount === 1) box.append(...[make()].flat(9)); });
  return box;
}
const scroll = (label, table) => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, table);

// Tables and keys ------------------------------------------------------------------------------------------------

const rowsOf = new Map();
function rowName(table, row) {
  const names = table.columns.map((column) => column[0]);
  return table.key.map((key) => String(row[names.indexOf(key)])).filter((id) => id !== "").join(".");
}
function placeOf(key) {
  const dot = key.indexOf("."), last = key.lastIndexOf(".");
  const name = key.slice(0, dot), table = D.tables[name];
  if (!table) return null;
  if (!rowsOf.has(name)) rowsOf.set(name, new Map(table.rows.map((row, place) => [rowName(table, row), place])));
  const row = rowsOf.get(name).get(key.slice(dot + 1, last));
  const column = table.columns.findIndex((own) => own[0] === key.slice(last + 1));
  return row === undefined || column < 0 ? null : { name, table, row, column };
}
function reads({ table, row, column }) {
  const formats = table.columns.map((own, place) => (own[2] ? place : -1)).filter((place) => place >= 0);
  const text = formats.includes(column) ? table.reads[row][formats.indexOf(column)] : "";
  return text || String(table.rows[row][column]);
}
// Sets of a qualitative comparison, their configurations ("a*~b + c"), and cases, in words.
const setName = (id) => {
  const table = D.tables.qca_sets, at = (name) => table.columns.findIndex((own) => own[0] === name);
  const row = table && table.rows.find((own) => own[at("set_id")] === id);
  return row ? (D.codes[row[at("theme_id")]] || [])[0] || D.labels.constructs[row[at("construct")]] || id : id;
};
const configuration = (text) => text.split("; ").map((model) => model.split(" + ").map((path) => path.split("*").map((own) =>
  (own.startsWith("~") ? W.not : "") + setName(own.replace("~", ""))).join(W.and)).join(W.or)).join("; ");
const caseName = (id) => {
  const own = (D.data.participants || []).find((row) => row[0] === id);
  return own ? id + " (" + [D.labels.sites[own[1]], D.labels.groups[own[2]]].filter(Boolean).join(", ") + ")" : D.labels.sites[id] || id;
};
// What an id is called; of an answer or a category, by the item in its row.
function named(column, value, table, row) {
  const text = String(value), at = table ? table.columns.findIndex((own) => own[0] === "item_id") : -1;
  const answers = (at >= 0 && D.items[row[at]] || { answers: {} }).answers;
  if (text === "all") return W.all;
  if (column === "category") return text === "missing" ? W.none : answers[text] || text;
  if (column === "value" && answers[text]) return text + " " + answers[text];
  if (column === "wave") return W["wave_" + text] || text;
  if (/^site_/.test(column)) return D.labels.sites[text] || text;
  if (/^group/.test(column)) return D.labels.groups[text] || text;
  if (/^(theme|code)_/.test(column)) return (D.codes[text] || [text])[0];
  if (column === "construct" || (column === "term" && D.labels.constructs[text])) return D.labels.constructs[text] || text;
  if (column === "item_id") return D.items[text] ? D.items[text][LANGUAGE] : text;
  if (column === "set_id") return setName(text);
  if (column === "unit") return W["unit_" + text] || text;
  if (/^(term|expression|configuration)$/.test(column) && text) return configuration(text);
  if (column === "case_id" || /(^|_)cases(_|$)/.test(column)) return text.split("; ").map(caseName).join("; ");
  if (column === "solution" || ((column === "outcome" || column === "state") && /^(present|absent)$/.test(text)))
    return W[(column === "solution" ? "solution_" : "state_") + text] || text;
  return text;
}
const idsOf = (table, row) => table.key.map((id) => named(id, row[table.columns.findIndex((own) => own[0] === id)], table, row)).filter(Boolean);
function grid(name, marked, only) {
  const table = D.tables[name], places = only || table.rows.map((_, place) => place);
  const head = h("thead", {}, h("tr", {}, table.columns.map((own) => h("th", { scope: "col", title: own[0] }, own[1] || own[0]))));
  const body = places.map((place) => h("tr", {}, table.columns.map((own, column) => {
    const value = table.rows[place][column], here = marked && marked.row === place && marked.column === column;
    const isNumber = typeof value === "number" && !table.key.includes(own[0]);
    const key = [name, rowName(table, table.rows[place]), own[0]].join(".");
    const text = isNumber ? reads({ table, row: place, column }) : named(own[0], value, table, table.rows[place]);
    return h("td", { class: (isNumber ? "number" : "") + (here ? " here" : ""), "aria-current": here ? "true" : false },
      isNumber ? h("a", { href: to("value", key), title: String(value) }, text) : text);
  })));
  return scroll(name, h("table", {}, head, h("tbody", {}, body)));
}

// Of a share, how many of how many: where it is no weighted one, the count in its row tells.
function shareOf({ table, row, column }) {
  const at = table.columns.findIndex((own) => own[0] === "n"), share = table.rows[row][column], count = table.rows[row][at];
  const whole = Math.round(count / share);
  const fits = table.columns[column][0] === "share" && at >= 0 && share > 0 && Math.abs(count / whole - share) < 1e-9;
  return fits ? " · " + count.toLocaleString(LANGUAGE) + " " + W.out_of + " " + whole.toLocaleString(LANGUAGE) : "";
}

// Where something is said -------------------------------------------------------------------------------------------

const cellsOf = new Map();
for (const [name, own] of Object.entries(D.shown)) for (const [place, keys] of Object.entries(own.keys)) for (const key of keys) {
  if (!cellsOf.has(key)) cellsOf.set(key, []);
  cellsOf.get(key).push([name, ...place.split("/")]);
}
const floats = (kind, name) => D.exhibits.filter((own) => own.kind === kind && own.name === name);
function floatName(own) {
  return W[own.kind] + (LANGUAGE === "th" ? " " : "\u00a0") + (own.number || own.name) + " (" + W[own.document] + ")";
}
function saidIn(exhibits) {
  return exhibits.map((own) => h("div", {}, h("h3", {}, W[own.document]), ["en", "th"].map((language) => own["said_" + language] &&
    h("p", { lang: language }, h("span", { class: "quiet" }, W[language] + ": "), own["said_" + language]))));
}

// Claims: what sentences are bound to ------------------------------------------------------------------------------

const claimsOn = new Map();
for (const [claim, own] of Object.entries(D.claims)) for (const key of new Set(own.flatMap((one) => one.keys))) {
  if (!claimsOn.has(key)) claimsOn.set(key, []);
  claimsOn.get(key).push(claim);
}
const saidOf = (claim) => D.exhibits.filter((own) => own.kind === "claim" && own.name === claim);
const said1 = (own) => own["said_" + LANGUAGE] || own.said_en || own.said_th;
function claimList(claims) {
  return h("ul", {}, claims.map((claim) => h("li", {}, link(claim, "claim", claim), saidOf(claim).map((own) => " · " + said1(own)))));
}
function conditions(own) {
  return h("ul", {}, own.map((one) => h("li", {}, h("code", {}, one.text), " · ", one.holds === null ? W.open : one.holds ? W.holds : W.fails,
    h("span", { class: "quiet" }, " · claims.yml, " + W.line + " " + one.line), one.margin && !one.nearest && h("p", { class: "quiet" }, one.margin[LANGUAGE]))));
}
// How near a claim is to turning: the nearest of its conditions, and the values that would have to move.
function near(own) {
  const first = own.find((one) => one.nearest);
  if (!first) return [];
  return section(W.near, h("p", {}, first.margin[LANGUAGE]), own.length > 1 ? h("p", {}, W.near_of + ": ", h("code", {}, first.text)) : null,
    h("ul", {}, first.margin.turns.map((turn) => h("li", {}, link(turn.key, "value", turn.key),
      turn.past ? [" · ", link(turn.past, "value", turn.past)] : null, turn.interval[LANGUAGE] ? " · " + turn.interval[LANGUAGE] : null))),
    h("p", { class: "quiet" }, W.near_about));
}
function numbers(keys) {
  return h("ul", {}, keys.map((key) => {
    const place = placeOf(key);
    return h("li", {}, place ? [link(reads(place), "value", key), " · " + (place.table.columns[place.column][1] || "") + " · " +
      idsOf(place.table, place.table.rows[place.row]).join(" · ") + " · "] : [], h("code", {}, key));
  }));
}

// Rows behind ---------------------------------------------------------------------------------------------------------

function members(place) {
  const bytes = atob(D.people[place]), found = [];
  D.data.responses.rows.forEach((row, at) => { if (bytes.charCodeAt(at >> 3) & (128 >> (at & 7))) found.push(row); });
  return found;
}
function below(code) {
  const found = new Set([code]);
  for (let grown = -1; grown !== found.size;) {
    grown = found.size;
    for (const [id, own] of Object.entries(D.codes)) if (found.has(own[1])) found.add(id);
  }
  return found;
}
function survey(own) {
  const items = own.i || [], found = [];
  found.push(h("p", {}, own.n.toLocaleString(LANGUAGE) + " " + W.respondents));
  for (const item of items.slice(0, 12)) if (D.items[item]) found.push(h("p", {}, h("code", {}, item), " ", D.items[item].en, " / ", D.items[item].th));
  if (own.r === undefined) {
    if (D.answers) found.push(h("p", { class: "quiet" }, W.toomany));
    return found;
  }
  const rows = members(own.r), columns = D.data.responses.columns;
  if (items.length) {
    const counted = items.map((item) => {
      const counts = new Map();
      for (const row of rows) counts.set(row[columns.indexOf(item)], (counts.get(row[columns.indexOf(item)]) || 0) + 1);
      return [item, counts];
    });
    const values = [...new Set(counted.flatMap(([, counts]) => [...counts.keys()]))].sort((a, b) => (a === "") - (b === "") || (a > b) - (a < b));
    found.push(h("h3", {}, W.answers), scroll(W.answers, h("table", {},
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, W.item), values.map((value) => {
        const label = D.items[items[0]] && D.items[items[0]].answers[String(value)];
        return h("th", { scope: "col" }, value === "" ? W.none : String(value) + (label ? " " + label : ""));
      }))),
      h("tbody", {}, counted.map(([item, counts]) => h("tr", {}, h("th", { scope: "row" }, item),
        values.map((value) => h("td", { class: "number" }, String(counts.get(value) || 0)))))))));
  }
  const shown = ["respondent_id", "site_id", "group", ...items].filter((name) => columns.includes(name));
  found.push(later(W.rows + " (" + rows.length.toLocaleString(LANGUAGE) + ")", () => scroll(W.rows, h("table", {},
    h("thead", {}, h("tr", {}, shown.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, shown.map((name) => h("td", {}, String(row[columns.indexOf(name)]))))))))));
  return found;
}
function passagesOf(person, codes) {
  const own = D.data.codings.filter((row) => row[1] === person && codes.has(row[2])).sort((a, b) => a[4] - b[4] || a[5] - b[5]);
  const found = [];
  for (const row of own) {
    const last = found[found.length - 1];
    if (last && row[4] < last.end) { last.end = Math.max(last.end, row[5]); last.rows.push(row); }
    else found.push({ start: row[4], end: row[5], rows: [row] });
  }
  return found;
}
const turnsOf = (person) => D.data.turns.filter((turn) => turn[1] === person);
const readers = (person) => D.data.coverage.filter((row) => row[0] === person).map((row) => row[1]);
// Offsets count characters as people do; the text of a turn begins where its offset says.
function marked(turn, start, end) {
  const letters = Array.from(turn[6]), from = Math.max(0, start - turn[4]), until = Math.min(letters.length, end - turn[4]);
  if (until <= 0 || from >= letters.length) return [turn[6]];
  return [letters.slice(0, from).join(""), h("mark", {}, letters.slice(from, until).join("")), letters.slice(until).join("")];
}
function turnLine(turn, start, end, margin) {
  return h("div", { class: "turn" }, h("p", {}, h("b", {}, turn[2] + ": "), marked(turn, start, end)), h("p", { class: "margin" }, margin || ""));
}
function passage(person, own) {
  const turns = turnsOf(person), at = turns.findIndex((turn) => turn[4] < own.end && turn[5] > own.start);
  const coders = [...new Set(own.rows.map((row) => row[3]))], others = readers(person).filter((coder) => !coders.includes(coder));
  const codes = [...new Set(own.rows.map((row) => (D.codes[row[2]] || [row[2]])[0]))];
  const said = [h("b", {}, codes.join(", ")), " · " + W.coded + " " + coders.join(", "), others.length ? " · " + W.notcoded + " " + others.join(", ") : ""];
  return h("div", { class: "passage" }, h("p", {}, link(person, "interview", person, own.start + "-" + own.end), " · ", own.rows.map((row) => row[0]).join(", ")),
    h("p", {}, said), turns.slice(Math.max(0, at - 2), at + 3).map((turn) => turnLine(turn, own.start, own.end)));
}
function interviews(own) {
  const people = Array.isArray(own.p) ? own.p : [], count = Array.isArray(own.p) ? own.p.length : own.p;
  const found = [h("p", {}, count.toLocaleString(LANGUAGE) + " " + W.participants + (own.s ? ", " + own.s + " " + W.segments : ""),
    own.c ? ": " + own.c.map((code) => (D.codes[code] || [code])[0]).join(", ") : "")];
  if (!isOpen || !people.length) return found;
  found.push(h("p", {}, people.flatMap((person) => [link(person, "interview", person), " "])));
  if (!own.c || !D.data.codings) return found;
  const codes = new Set(own.c.flatMap((code) => [...below(code)]));
  for (const person of people) {
    const passages = passagesOf(person, codes);
    if (passages.length) found.push(later(person + ": " + passages.length + " " + W.passages, () => passages.map((one) => passage(person, one))));
    else found.push(h("p", { class: "quiet" }, person + ": 0 " + W.passages));
  }
  return found;
}
function behind(place) {
  if (!isOpen) return [];
  const own = D.behind[place], found = [];
  if (own.p !== undefined) found.push(...interviews(own));
  if (own.n !== undefined) found.push(...survey(own));
  return section(W.behind, found.length ? found : h("p", {}, D.answers ? W.toomany : W.nobody));
}

// Steps and files -----------------------------------------------------------------------------------------------------

const makerOf = new Map(Object.entries(D.steps).flatMap(([rule, own]) => own.outputs.map((path) => [path, rule])));
const tableOf = (path) => (path.match(/\/([^/]+)\.csv$/) || [])[1];
function origin(path) {
  const rule = makerOf.get(path), name = tableOf(path);
  const label = [path.includes("/tables/") && D.tables[name] ? link(path, "source", name) : path];
  if (!rule) return h("li", {}, label, D.files[path] ? h("span", { class: "quiet" }, " · " + W.raw + " · sha256 " + D.files[path].slice(0, 16)) : "");
  return h("li", {}, label, " ← ", link(rule, "step", rule), later(W.made_from, () => h("ul", {}, D.steps[rule].inputs.map(origin))));
}
function method(rule) {
  const own = D.steps[rule];
  if (!own || !own.method) return [];
  const text = h("div", { lang: "en" });
  text.innerHTML = own.method;
  return [h("details", {}, h("summary", {}, W.method + " " + W.method_language), text)];
}
function step(rule) {
  const own = D.steps[rule];
  if (!own) return [h("p", {}, h("code", {}, rule))];
  const settings = Object.entries(own.settings || {});
  return [
    h("p", {}, link(rule, "step", rule), " ", W.in_file, " ", h("code", {}, own.file || ""), own.about ? h("span", { lang: "en" }, ": " + own.about) : ""),
    ...method(rule),
    settings.length ? h("p", {}, W.settings + ": ", settings.map(([name, value]) => [h("code", {}, name + " = " + JSON.stringify(value)), " "])) : null,
    own.source ? folded(W.script + " " + own.script, h("pre", { tabindex: "0" }, own.source)) : null,
    h("p", { class: "quiet" }, W.fingerprint + ": ", h("code", {}, own.code)),
  ];
}
const madeBy = (rule) => [...section(W.rule, step(rule)), ...section(W.from, h("ul", {}, ((D.steps[rule] || {}).inputs || []).map(origin)))];

// Views ---------------------------------------------------------------------------------------------------------------

const views = {
  value(key) {
    const place = placeOf(key);
    const said = D.exhibits.filter((own) => own.kind === "value" && own.name === key);
    if (!place) return [h("h1", {}, key), h("p", {}, W.left_here), ...saidIn(said)];
    const { name, table, row, column } = place, own = table.columns[column];
    const cells = cellsOf.get(key) || [], drawn = Object.entries(D.figures).filter(([, figure]) => figure.keys.includes(key));
    const near = table.rows.map((_, at) => at).filter((at) => Math.abs(at - row) <= 3);
    return [
      h("h1", {}, reads(place), h("span", { class: "quiet" }, " · " + (own[1] || own[0]))),
      h("p", {}, W.key + ": ", h("code", {}, key), " · ", String(table.rows[row][column]), own[3] ? h("span", { class: "quiet", lang: "en" }, " (" + own[3] + ")") : ""),
      h("p", {}, idsOf(table, table.rows[row]).join(" · "), shareOf(place)),
      said.length ? section(W.said, saidIn(said)) : null,
      cells.length || drawn.length ? section(W.also, h("ul", {},
        cells.map((cell) => h("li", {}, floats("table", cell[0]).map((one, at) => [at ? ", " : "", link(floatName(one), "table", ...cell)]))),
        drawn.map(([figure]) => h("li", {}, floats("figure", figure).map((one, at) => [at ? ", " : "", link(floatName(one), "figure", figure)]))))) : null,
      claimsOn.has(key) ? section(W.on_it, claimList(claimsOn.get(key))) : null,
      ...section(W.row, h("p", { lang: "en", class: "quiet" }, name + ": " + table.about), grid(name, place, near), h("p", {}, link(W.whole, "source", name))),
      ...behind(table.behind[row]),
      ...codings(name, table, row),
      ...madeBy(table.rule),
    ];
  },
  quote(id) {
    const own = D.quotes[id];
    if (!own) return [h("h1", {}, id), h("p", {}, W.left_here)];
    const said = D.exhibits.filter((one) => one.kind === "quote" && one.name === id);
    const found = [h("h1", {}, W.quote + " ", h("code", {}, id)), h("blockquote", {}, own.text)];
    for (const language of ["th", "en"]) if (own["translation_" + language]) found.push(h("p", { lang: language }, W.translation + ": " + own["translation_" + language]));
    found.push(h("p", {}, [own.participant_id, D.labels.groups[own.group], D.labels.sites[own.site_id], (D.codes[own.code_id] || [own.code_id])[0]].filter(Boolean).join(" · ")));
    if (said.length) found.push(...section(W.said, h("p", {}, said.map((one) => W[one.document]).join(", "))));
    if (isOpen && D.data.turns) found.push(...section(W.interview + " " + own.participant_id, transcript(own.participant_id, own.start, own.end)));
    return [...found, ...madeBy("read_quotes")];
  },
  claim(id) {
    const own = D.claims[id];
    if (!own) return [h("h1", {}, id), h("p", {}, W.no_such)];
    const head = [h("h1", {}, W.claim + " ", h("code", {}, id)), ...section(W.said, saidIn(saidOf(id)))];
    if (!own.length) return [...head, h("p", {}, W.left_conditions)];
    return [...head, ...near(own), ...section(W.conditions, conditions(own)),
      ...section(W.looks_at, numbers([...new Set(own.flatMap((one) => one.keys))])), ...madeBy("check_claims")];
  },
  interview(person, span) {
    if (!isOpen || !D.data.turns) return [h("h1", {}, person), h("p", {}, W.left_here)];
    const [start, end] = (span || "0-0").split("-").map(Number);
    return [h("h1", {}, W.interview + " " + person), transcript(person, start, end), ...madeBy("read_interviews")];
  },
  exhibit(document_, id) {
    const own = D.exhibits.find((one) => one.document === document_ && one.id === id);
    return own ? views[own.kind](own.name) : views[""]();
  },
  table(name, row, column) {
    const own = D.shown[name];
    if (!own) return [h("h1", {}, name), h("p", {}, W.no_such)];
    const here = row + "/" + column, keys = own.keys[here] || [];
    const head = h("thead", {}, h("tr", {}, own.head.map((text) => h("th", { scope: "col" }, text))));
    const body = own.rows.map((cells, r) => h("tr", {}, cells.map((text, c) => {
      const place = (r + 1) + "/" + (c + 1), isHere = place === here;
      return h("td", { class: isHere ? "here" : false, "aria-current": isHere ? "true" : false },
        own.keys[place] && text ? link(text, "table", name, r + 1, c + 1) : text);
    })));
    const found = [h("h1", {}, floats("table", name).map(floatName).join(", ") || name)];
    found.push(...section(W.said, saidIn(floats("table", name)), h("p", { class: "quiet" }, own.about)));
    found.push(scroll(name, h("table", {}, head, h("tbody", {}, body))));
    if (keys.length) found.push(...section(W.keys, numbers(keys)), ...[placeOf(keys[0])].filter(Boolean).flatMap((place) => behind(place.table.behind[place.row])));
    return [...found, ...sources(own.tables, "results/" + D.study + "/article/tables/" + name + ".csv", "write_tables")];
  },
  figure(name) {
    const own = D.figures[name];
    if (!own) return [h("h1", {}, name), h("p", {}, W.no_such)];
    return [h("h1", {}, floats("figure", name).map(floatName).join(", ") || name), ...section(W.said, saidIn(floats("figure", name))),
      h("p", { class: "quiet" }, LANGUAGE === "th" ? own.th : own.about),
      later(W.numbers + " (" + own.keys.length + ")", () => h("ul", {}, own.keys.map((key) => {
        const place = placeOf(key);
        return h("li", {}, place ? [link(reads(place), "value", key), " · "] : [], h("code", {}, key));
      }))),
      ...sources(own.tables, "results/" + D.study + "/article/figures/" + name + ".csv", "draw_figure")];
  },
  source(name) {
    const table = D.tables[name];
    if (!table) return [h("h1", {}, name), h("p", {}, W.left_here)];
    return [h("h1", {}, W.source + " ", h("code", {}, name)), h("p", { lang: "en" }, table.about), grid(name), ...madeBy(table.rule)];
  },
  step(rule) {
    const own = D.steps[rule];
    if (!own) return [h("h1", {}, rule), h("p", {}, W.no_such)];
    return [h("h1", {}, W.step + " ", h("code", {}, rule)), ...step(rule), ...section(W.from, h("ul", {}, own.inputs.map(origin))),
      ...section(W.file, h("ul", {}, own.outputs.map((path) => h("li", {}, D.tables[tableOf(path)] && path.includes("/tables/") ? link(path, "source", tableOf(path)) : path))))];
  },
  search(words) { return results(words || ""); },
  ""() {
    const documents = [...new Set(D.exhibits.map((own) => own.document))];
    const lists = [["table", W.tables], ["figure", W.figures], ["quote", W.quotes], ["value", W.numbers], ["claim", W.claims]];
    return [h("h1", {}, W.home), h("p", {}, W.intro), ...documents.flatMap((document_) => [h("h2", {}, W[document_]), ...lists.map(([kind, title]) => {
      const own = D.exhibits.filter((one) => one.document === document_ && one.kind === kind);
      return own.length ? folded(title + " (" + own.length + ")", h("ul", {}, own.map((one) => h("li", {}, exhibitLink(one))))) : null;
    })]), h("p", { class: "quiet" }, W.built + ": " + D.engine + " · " + W.lock + ": " + D.packages)];
  },
};
function exhibitLink(own) {
  const place = own.kind === "value" ? placeOf(own.name) : null, said = own["said_" + LANGUAGE] || own.said_en || own.said_th;
  const label = own.kind === "value" ? (place ? reads(place) : own.name) : own.kind === "quote" || own.kind === "claim" ? own.name : floatName(own);
  return [link(label, own.kind, own.name), said ? " · " + said : own.kind === "quote" && D.quotes[own.name] ? " · " + D.quotes[own.name].text : ""];
}
function sources(tables, file, rule) {
  const step_ = D.steps[rule];
  return [...section(W.from, h("p", {}, W.file + ": ", h("code", {}, file)), h("ul", {}, tables.map((name) => {
    const path = [...makerOf.keys()].find((own) => own.endsWith("/" + name + ".csv"));
    return path ? origin(path) : h("li", {}, name);
  }))), ...(step_ ? section(W.rule, step(rule)) : section(W.rule, h("p", {}, h("code", {}, rule))))];
}
function transcript(person, start, end) {
  return h("div", {}, turnsOf(person).map((turn) => {
    const codings = D.data.codings ? D.data.codings.filter((row) => row[1] === person && row[4] < turn[5] && row[5] > turn[4]) : [];
    const byCode = new Map();
    for (const row of codings) byCode.set(row[2], [...(byCode.get(row[2]) || []), row[3]]);
    const margin = [...byCode].map(([code, coders]) => h("span", {}, (D.codes[code] || [code])[0] + " (" + [...new Set(coders)].join(", ") + ")", h("br")));
    return turnLine(turn, start, end, margin);
  }));
}

// Search --------------------------------------------------------------------------------------------------------------

let index = null;
function entries() {
  if (index) return index;
  index = D.exhibits.map((own) => [[own.name, own.said_th, own.said_en, own.kind === "quote" && D.quotes[own.name] ? D.quotes[own.name].text + D.quotes[own.name].translation_en : ""].join(" "), () => exhibitLink(own)]);
  for (const [name, table] of Object.entries(D.tables)) {
    index.push([name + " " + table.about, () => link(W.source + " " + name, "source", name)]);
    table.rows.forEach((row) => {
      const own = rowName(table, row), words = idsOf(table, row).join(" ");
      for (const column of table.columns) if (column[2]) {
        const key = [name, own, column[0]].join(".");
        index.push([key + " " + words + " " + column[1], () => [link(key, "value", key), " · " + words + " · " + column[1]]]);
      }
    });
  }
  for (const [rule, own] of Object.entries(D.steps)) index.push([rule + " " + (own.about || ""), () => [link(rule, "step", rule), " · " + (own.about || "")]]);
  index = index.map(([text, make]) => [text.toLowerCase(), make]);
  return index;
}
function results(words) {
  const sought = words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = sought.length ? entries().filter(([text]) => sought.every((word) => text.includes(word))) : [];
  return [h("h1", {}, words + ": " + found.length + " " + W.found), found.length > LIMIT ? h("p", { class: "quiet" }, W.first + " " + LIMIT + " " + W.of + " " + found.length) : null,
    h("ul", {}, found.slice(0, LIMIT).map(([, make]) => h("li", {}, make())))];
}
document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  location.hash = to("search", document.getElementById("query").value.trim());
});

let first = true;
function show() {
  if (location.hash && !location.hash.startsWith("#/")) return;
  const parts = location.hash.slice(2).split("/").map((part) => { try { return decodeURIComponent(part); } catch { return part; } });
  const make = Object.hasOwn(views, parts[0]) ? views[parts[0]] : views[""];
  view.replaceChildren(...[make(...parts.slice(1))].flat(9).filter((child) => child != null && child !== false));
  const title = view.querySelector("h1");
  document.title = title.textContent + " · " + TITLE;
  const here = view.querySelector("[aria-current]");
  if (!first || location.hash) { title.tabIndex = -1; title.focus({ preventScroll: true }); }
  if (here) here.scrollIntoView({ block: "nearest", inline: "center" });
  window.scrollTo(0, 0);
  first = false;
}
addEventListener("hashchange", show);
