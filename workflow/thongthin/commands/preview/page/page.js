// The page of a preview: it hears what is new, and changes of the document only what has changed, so that the reader,
// and whoever has it read aloud, stays at the place where they were. Whatever comes from a study is put in as text.
"use strict";

const byId = (id) => document.getElementById(id);
const place = byId("place");
const name = new URLSearchParams(location.search);
const view = name.toString();
const asPdf = name.get("format") === "pdf";
const PARTS = ["document", "language", "format"];
const WORDS = {
  article: ["บทความ", "Article"], supplement: ["เอกสารประกอบ", "Supplement"],
  th: ["ไทย", ""], en: ["", "English"], html: ["", "HTML"], pdf: ["", "PDF"],
};
let version = 0;    // what is shown
let busy = false;   // whether a version is being fetched
let newest = null;  // the last message
let said = "";
const listed = {};  // what the lists of problems and notices hold
let later = 0;      // the timer of what is said only if it takes long
let updated = false; // whether the status line tells of the version that is shown
let changed = [];   // the elements that the last version changed

function both([thai, english]) {
  const spans = [];
  for (const [lang, text] of [["th", thai], ["en", english]]) {
    if (!text) continue;
    const span = document.createElement("span");
    span.lang = lang;
    span.textContent = text;
    spans.push(...(spans.length ? [" · ", span] : [span]));
  }
  return spans;
}

// A sentence in the status line, which screen readers say when they have finished what they were saying.
function tell(thai, english) {
  clearTimeout(later);
  if (said === thai + english) return;
  said = thai + english;
  byId("news").replaceChildren(...both([thai, english]));
}

function hear(message) {
  newest = message;
  listViews(message.views);
  list(message.problems, "wrong", "problems");
  list(message.notices, "known", "notices");
  const lines = byId("lines");
  byId("build").hidden = !message.lines.length;
  lines.textContent = message.lines.join("\n");
  lines.scrollTop = lines.scrollHeight;
  if (message.version && message.version !== version) fetchVersion();
  else if (message.phase !== "ready" || !updated) sayPhase(message);
  if (message.phase !== "ready") updated = false;
}

// What is over in a moment is not announced, or each saving would be read aloud twice.
function sayPhase(message) {
  const [english, thai] = message.sentence;
  const count = message.problems.length ? ` (${message.problems.length})` : "";
  const say = () => tell(thai + count, english + count);
  clearTimeout(later);
  if (version && ["checking", "rendering"].includes(message.phase)) later = setTimeout(say, 1500);
  else say();
}

// For each part of a view, a link to each other one that there is.
function listViews(views) {
  const links = PARTS.flatMap((part, n) => [...new Set(views.map((one) => one[n]))].map((value) => {
    const link = document.createElement("a");
    link.href = "?" + new URLSearchParams({ ...Object.fromEntries(name), [part]: value });
    link.append(...both(WORDS[value]));
    if (name.get(part) === value) link.setAttribute("aria-current", "page");
    return link;
  }));
  const before = [...byId("views").children].map((link) => link.href).join();
  if (links.map((link) => link.href).join() !== before) byId("views").replaceChildren(...links);
}

function list(problems, section, items) {
  const text = JSON.stringify(problems);
  if (listed[section] === text) return;  // whoever reads it stays where they are
  listed[section] = text;
  byId(section).hidden = !problems.length;
  byId(items).replaceChildren(...problems.map((problem) => {
    const item = document.createElement("li");
    const file = document.createElement("p");
    file.className = "file";
    file.textContent = problem.file;
    item.append(file);
    [["en", "Hint"], ["th", "คำแนะนำ"]].forEach(([lang, hint], n) => {
      const line = document.createElement("p");
      line.lang = lang;
      line.textContent = (problem.place[n] ? problem.place[n] + ": " : "") + problem.said[n]
        + (problem.hint[n] ? ` ${hint}: ${problem.hint[n]}` : "");
      item.append(line);
    });
    return item;
  }));
}

async function fetchVersion() {
  if (busy) return;
  busy = true;
  try {
    while (newest.version && newest.version !== version) {
      const wanted = newest.version;
      const first = !version;
      const section = await (asPdf ? showPages(wanted) : showDocument(wanted));
      version = wanted;
      byId("changed").hidden = first || !changed.length;
      const time = new Date().toLocaleTimeString("th-TH");
      const [where, whereEnglish] = section ? [` หัวข้อ ${section}`, `, section ${section}`] : ["", ""];
      updated = true;
      tell(`${first ? "แสดง" : "ปรับปรุง"}แล้ว ${time}${first ? "" : where}`,
        `${first ? "Shown" : "Updated"} ${time}${first ? "" : whereEnglish}`);
    }
  } finally {
    busy = false;
  }
  if (newest.phase !== "ready") sayPhase(newest);
}

// --- HTML ----------------------------------------------------------------------------------------------------------

async function showDocument(wanted) {
  const address = `document?${view}&version=${wanted}`;
  const frame = place.querySelector("iframe");
  if (!frame) {
    await loadFrame(address, null);
    return "";
  }
  const text = await (await fetch(address)).text();
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const shown = frame.contentDocument;
  changed = [];
  const spot = spotOf(shown);
  if (!fresh.head.isEqualNode(shown.head)) {
    await loadFrame(address, spot);
    return "";
  }
  patch(shown.body, fresh.body);
  returnTo(shown, spot);
  for (const element of changed) {
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
      element.animate([{ backgroundColor: "#ffe680" }, { backgroundColor: "transparent" }], 4000);
    }
  }
  return changed.length ? headingOf(shown, changed[0]) : "";
}

function loadFrame(address, spot) {
  return new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.title = "บทความ · article";
    frame.setAttribute("sandbox", "allow-same-origin allow-popups allow-modals");
    frame.addEventListener("load", () => {
      frame.contentDocument.addEventListener("click", follow);
      if (spot) returnTo(frame.contentDocument, spot);
      done();
    }, { once: true });
    frame.src = address;
    place.replaceChildren(frame);
  });
}

// A link to another place of the internet opens a page of its own, one to the other language the view of it.
function follow(event) {
  const link = event.target.closest("a[href]");
  if (link && !link.getAttribute("href").startsWith("#")) {
    event.preventDefault();
    const other = /^(\w+)\.(\w+)\.html$/.exec(link.getAttribute("href"));
    if (other) {
      location.search = new URLSearchParams({ ...Object.fromEntries(name), document: other[1], language: other[2] });
      return;
    }
    if (/^https?:/.test(link.href)) open(link.href, "_blank", "noopener,noreferrer");
  }
}

// Make the children of `old` those of `fresh`, leaving in place what is equal.
function patch(old, fresh) {
  const a = [...old.childNodes], b = [...fresh.childNodes];
  let start = 0, end = 0;
  while (start < a.length && start < b.length && a[start].isEqualNode(b[start])) start++;
  while (end < a.length - start && end < b.length - start
    && a[a.length - 1 - end].isEqualNode(b[b.length - 1 - end])) end++;
  const gone = a.slice(start, a.length - end), come = b.slice(start, b.length - end);
  const after = a[a.length - end] || null;
  if (gone.length === come.length) {
    gone.forEach((node, n) => replace(node, come[n]));
    return;
  }
  for (const node of gone) node.remove();
  for (const node of come) insert(old, node, after);
}

function replace(node, other) {
  if (node.isEqualNode(other)) return;
  const whole = (one) => one.nodeType === 1 && ["MAIN", "SECTION", "DIV", "OL", "UL", "TBODY", "TABLE"].includes(one.tagName);
  if (whole(node) && whole(other) && node.cloneNode().isEqualNode(other.cloneNode())) {
    patch(node, other);
    return;
  }
  insert(node.parentNode, other, node);
  node.remove();
}

function insert(parent, node, before) {
  const own = parent.insertBefore(parent.ownerDocument.importNode(node, true), before);
  if (own.nodeType === 1) changed.push(own);
  else if (own.textContent.trim()) changed.push(parent);
}

const blocks = (shown) => shown.querySelectorAll("main :is(h1, h2, h3, h4, h5, p, li, tr, figure, blockquote, pre)");
const headings = (shown) => [...shown.querySelectorAll("main :is(h1, h2, h3, h4, h5)")];

// Where the reader is: the first block that is seen, and as a second best the heading above it.
function spotOf(shown) {
  const block = [...blocks(shown)].find((one) => one.getBoundingClientRect().bottom > 0);
  const heading = headings(shown).filter((one) => one.getBoundingClientRect().top <= 1).pop();
  return {
    block, top: block ? block.getBoundingClientRect().top : 0,
    id: heading ? idOf(heading) : "", below: heading ? heading.getBoundingClientRect().top : 0,
    scroll: shown.scrollingElement.scrollTop,
  };
}

const idOf = (heading) => heading.id || (heading.closest("[id]") || {}).id || "";

function returnTo(shown, spot) {
  const heading = spot.id && shown.getElementById(spot.id);
  if (spot.block && spot.block.ownerDocument === shown && spot.block.isConnected) {
    shown.defaultView.scrollBy(0, spot.block.getBoundingClientRect().top - spot.top);
  } else if (heading) {
    shown.defaultView.scrollBy(0, heading.getBoundingClientRect().top - spot.below);
  } else {
    shown.defaultView.scrollTo(0, spot.scroll);
  }
}

function headingOf(shown, element) {
  const above = headings(shown).filter((one) =>
    one === element || one.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
  return above ? above.textContent.trim() : "";
}

byId("changed").addEventListener("click", () => {
  const element = changed.find((one) => one.isConnected);
  if (!element) return;
  element.tabIndex = -1;
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
});

// --- PDF -----------------------------------------------------------------------------------------------------------

async function showPages(wanted) {
  const texts = await (await fetch(`pages?${view}&version=${wanted}`)).json();
  const scroll = place.scrollTop;
  place.className = "pages";
  const before = [...place.querySelectorAll("section")];
  const link = document.createElement("a");
  link.href = `document?${view}`;
  link.append(...both(["เปิดไฟล์ PDF", "Open the PDF itself"]));
  const pages = texts.map((text, n) => {
    const page = before[n] || document.createElement("section");
    const picture = page.querySelector("img") || document.createElement("img");
    const read = document.createElement("div");  // for those who have it read aloud; the picture says nothing more
    page.setAttribute("aria-label", `หน้า ${n + 1} · page ${n + 1}`);
    picture.alt = "";
    picture.src = `picture?${view}&version=${wanted}&number=${n + 1}`;
    read.className = "read";
    read.lang = name.get("language");
    read.textContent = text;
    page.replaceChildren(picture, read);
    return page;
  });
  place.replaceChildren(link, ...pages);
  place.scrollTop = scroll;
  return "";
}

// --- news ----------------------------------------------------------------------------------------------------------

const source = new EventSource(`events?${view}`);
source.addEventListener("message", (event) => {
  const message = JSON.parse(event.data);
  if (message.phase === "ended") source.close();
  hear(message);
});
source.addEventListener("error", () => tell("ขาดการติดต่อกับโปรแกรม หน้านี้จะคงอยู่ตามเดิม",
  "The program does not answer. This page stays as it is."));
