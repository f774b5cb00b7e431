// The decisions of the coders behind a coefficient of agreement: by who gave a code and who did not, with the units.

const DECIDED = D.data.decisions, SIGNS = { 1: W.gave, 0: W.gave_not, "-": W.unread };
// What the numbers of a row compare: units and the text of them, coders, codes as they were given or with those below.
function compared(name, table, row) {
  const of = (column) => row[table.columns.findIndex((own) => own[0] === column)];
  const set = (D.steps[table.rule] || {}).settings || {}, whole = name === "agreement_unitizing";
  const kind = of("unit") || (whole ? "character" : set["agreement.unit"]), text = of("text") || (whole ? "all" : set["agreement.text"]);
  const data = DECIDED && DECIDED.kinds[kind], code = of("code_id");
  if (!data) return null;
  const every = Object.keys(data.coded), used = every.filter((own) => data.coded[own].includes("1")), children = code ? below(code) : new Set();
  const one = code && code !== "all" && name !== "agreement_levels", pair = of("coder_a") ? [of("coder_a"), of("coder_b")] : DECIDED.coders;
  const codes = one ? [code] : name === "agreement_levels" ? every.filter((own) => children.has(own) && own !== code) : used;
  const signs = (own) => (one && data.rolled[own]) || data.coded[own] || "", n = data.units.length;
  const somebody = data.units.map((_, at) => used.some((own) => DECIDED.coders.some((_, coder) => data.coded[own][coder * n + at] === "1")));
  const places = data.units.map((_, at) => at).filter((at) => text === "all" || somebody[at]);
  const coders = pair.map((coder) => DECIDED.coders.indexOf(coder)).filter((at) => at >= 0);
  return { kind, data, codes, coders, places, sign: (own, coder, at) => signs(own)[coder * n + at], below: one };
}
// Units by what the coders decided, those apart first; of units that two or more judged.
function patterns(own, code) {
  const found = new Map();
  for (const at of own.places) {
    const signs = own.coders.map((coder) => own.sign(code, coder, at)).join("");
    if (signs.replaceAll("-", "").length > 1) found.set(signs, [...(found.get(signs) || []), at]);
  }
  const apart = (signs) => signs.includes("1") && signs.includes("0");
  return [...found].sort(([a], [b]) => apart(b) - apart(a) || (a < b) - (a > b));
}
const weightOf = (own, at) => (own.kind === "character" ? own.data.units[at][2] - own.data.units[at][1] : 1);
const counted = (own, places) => places.reduce((sum, at) => sum + weightOf(own, at), 0).toLocaleString(LANGUAGE) + " " + W["unit_" + own.kind];
const decided = (own, signs) => own.coders.map((coder, at) => DECIDED.coders[coder] + " " + SIGNS[signs[at]]).join(" · ");
function unitLine(own, code, at) {
  const [person, start, end] = own.data.units[at], codes = own.below ? below(code) : new Set([code]);
  const segments = D.data.codings.filter((row) => row[1] === person && row[4] < end && row[5] > start && codes.has(row[2]));
  const turn = D.data.turns.find((one) => one[1] === person && one[4] < end && one[5] > start), text = turn ? Array.from(turn[6]) : [];
  const from = turn ? Math.max(0, start - turn[4]) : 0, said = turn ? text.slice(from, Math.min(text.length, end - turn[4])) : [];
  return h("li", {}, link(person + " " + start + "–" + end, "interview", person, start + "-" + end), " · ",
    segments.map((row) => row[3] + ": " + row[0] + " " + (D.codes[row[2]] || [row[2]])[0]).join("; ") || W.no_segment,
    said.length ? h("span", { class: "quiet" }, " · " + said.slice(0, 80).join("") + (said.length > 80 ? "…" : "")) : null);
}
function codings(name, table, place) {
  const own = isOpen && table.rule === "measure_agreement" && name !== "disagreements" ? compared(name, table, table.rows[place]) : null;
  if (!own) return [];
  const list = (code, places) => h("ul", {}, places.map((at) => unitLine(own, code, at)));
  const made = own.codes.map((code) => {
    const found = patterns(own, code), all = found.flatMap(([, places]) => places);
    if (own.codes.length === 1) return found.map(([signs, places]) => later(decided(own, signs) + ": " + counted(own, places), () => list(code, places)));
    return all.length ? later((D.codes[code] || [code])[0] + ": " + counted(own, all), () => found.map(([signs, places]) =>
      [h("p", {}, decided(own, signs) + ": " + counted(own, places)), list(code, places)])) : null;
  });
  return section(W.decisions, h("p", { class: "quiet" }, W.decisions_about), made);
}
