// The workbench: leaf through the papers, zoom, turn, compare; jump between fields; say that the page is open.
// Without this file the papers open by link, one or two at a time, and everything else works.

const viewer = document.querySelector(".viewer");
const figures = [...document.querySelectorAll("[data-sheet]")];
const said = viewer?.querySelector("[data-said]");
const view = new Map(); // figure -> {zoom, turn}: how it is looked at; never kept
const LARGEST = 6;

let open = figures.filter((one) => !one.hidden); // one, or two while comparing; the last one is leafed through

const words = (pattern, values) => pattern.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
const of = (figure) => view.get(figure) ?? view.set(figure, { zoom: 1, turn: 0 }).get(figure);

function show(...shown) {
  open = shown;
  for (const figure of figures) figure.hidden = !open.includes(figure);
  // A page lies where it was asked for: the one that stays on the left.
  open.forEach((figure, place) => { figure.style.order = place; lay(figure); });
  viewer.querySelector(".panes").classList.toggle("is-two", open.length === 2);
  document.querySelector(".wb").classList.toggle("is-comparing", open.length === 2);
  const keys = open.map((one) => one.dataset.sheet);
  for (const link of viewer.querySelectorAll("[data-show]")) {
    const here = keys.includes(link.dataset.show);
    if (here) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    if (here) link.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  tell();
}

function tell() {
  const [one, two] = open;
  said.textContent = two
    ? words(said.dataset.two, { name: one.dataset.label, other: two.dataset.label })
    : words(said.dataset.one, { n: figures.indexOf(one) + 1, all: figures.length, name: one.dataset.label });
}

// Size and turn of one page. Fitted and upright it is the style sheet's.
function lay(figure) {
  const { zoom, turn } = of(figure), pane = figure.querySelector(".pane");
  const space = pane.querySelector(".space"), sheet = pane.querySelector(".turn"), picture = sheet.querySelector("img");
  space.classList.toggle("is-laid", zoom !== 1 || turn !== 0);
  if (zoom === 1 && turn === 0) { space.removeAttribute("style"); sheet.removeAttribute("style"); return; }
  const width = pane.clientWidth * zoom, upright = turn % 180 === 0, shape = picture.getAttribute("height") / picture.getAttribute("width");
  const inner = upright ? width : width / shape;
  space.style.width = `${width}px`;
  space.style.height = `${upright ? width * shape : inner}px`;
  sheet.style.width = `${inner}px`;
  sheet.style.transform = `translate(-50%,-50%) rotate(${turn}deg)`;
}

function leaf(step) {
  const last = open.at(-1), others = open.slice(0, -1);
  let place = figures.indexOf(last) + step;
  if (others.includes(figures[place])) place += step;
  if (figures[place]) show(...others, figures[place]);
}

function compare() {
  if (open.length === 2) return show(open[0]);
  const place = figures.indexOf(open[0]), other = figures[place + 1] ?? figures[place - 1];
  if (other) show(open[0], other);
}

function zoom(factor) {
  for (const figure of open) {
    const how = of(figure);
    how.zoom = factor ? Math.min(LARGEST, Math.max(1, how.zoom * factor)) : 1;
    if (!factor) how.turn = 0;
    lay(figure);
  }
}

function turn() {
  const figure = open.at(-1), how = of(figure);
  how.turn = (how.turn + 90) % 360;
  lay(figure);
}

const DEEDS = {
  before: () => leaf(-1), after: () => leaf(1), compare, turn,
  larger: () => zoom(1.5), smaller: () => zoom(1 / 1.5), fit: () => zoom(0),
  boxes: (button) => button.setAttribute("aria-pressed", String(!viewer.classList.toggle("no-boxes"))),
};

if (figures.length) {
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const button = event.target.closest?.("[data-do]"), link = event.target.closest?.("[data-show]");
    if (button) { event.preventDefault(); DEEDS[button.dataset.do](button); }
    const wanted = link && figures.find((one) => one.dataset.sheet === link.dataset.show);
    if (wanted) {
      event.preventDefault();
      show(...(open.length === 2 && open[0] !== wanted ? [open[0], wanted] : [wanted]));
      if (!viewer.contains(link)) viewer.scrollIntoView({ block: "nearest" });
    }
  });
  addEventListener("resize", () => open.forEach(lay));
  tell();
}

// Fields: D and F jump, with Shift back; the place on the paper that a field was read from is shown with it.
const rows = (selector) => [...document.querySelectorAll(`tr[data-field]${selector}`)];

function jump(selector, step) {
  const all = rows(selector), every = rows(""), at = every.indexOf(document.activeElement.closest?.("tr[data-field]"));
  const next = step > 0 ? all.find((row) => every.indexOf(row) > at) : all.findLast((row) => every.indexOf(row) < at);
  (next ?? all.at(step > 0 ? 0 : -1))?.focus();
}

document.addEventListener("focusin", (event) => {
  document.querySelectorAll("rect.is-on").forEach((box) => box.classList.remove("is-on"));
  const row = event.target.closest?.("tr[data-on]"), page = row && figures.find((one) => one.dataset.sheet === row.dataset.on);
  if (!page) return;
  if (!open.includes(page)) show(...(open.length === 2 ? [open[0], page] : [page]));
  page.querySelector(`[data-box="${CSS.escape(row.dataset.field)}"]`)?.classList.add("is-on");
});

function mark() {
  const row = document.activeElement.closest?.("tr[data-field]");
  (row ?? open.at(-1))?.querySelector("[data-mark]")?.click();
}

const KEYS = {
  d: () => jump(".is-diff", 1), D: () => jump(".is-diff", -1), f: () => jump("", 1), F: () => jump("", -1), m: mark,
  "=": () => zoom(1.5), // the key of + without Shift
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || "noKeys" in document.documentElement.dataset) return;
  if (event.target.closest?.("input,textarea,select,dialog,[contenteditable]")) return;
  const deed = KEYS[event.key];
  if (deed && (event.key !== "=" || figures.length)) { event.preventDefault(); deed(); }
});

// Single keys may be switched off on this computer.
const keys = document.querySelector("[data-keys]");
function useKeys(yes) {
  if (yes) delete document.documentElement.dataset.noKeys; else document.documentElement.dataset.noKeys = "";
}
if (keys) {
  keys.checked = localStorage.getItem("workbench-keys") !== "off";
  useKeys(keys.checked);
  keys.addEventListener("change", () => {
    localStorage.setItem("workbench-keys", keys.checked ? "on" : "off");
    useKeys(keys.checked);
  });
}

// The page says every 20 seconds that it is open, and whether anybody has touched it since.
const presence = document.getElementById("presence"), place = document.querySelector("[data-presence]");
let touched = true;
for (const kind of ["keydown", "pointerdown", "wheel"]) {
  addEventListener(kind, () => {
    const warned = !touched && place?.querySelector(".warn");
    touched = true;
    if (warned) speak();
  }, { passive: true });
}

async function speak() {
  if (document.hidden) return;
  const body = new FormData(presence);
  body.set("active", touched ? "1" : "");
  const headers = touched ? {} : { "X-Away": "1" }; // an open page alone keeps nobody signed in
  touched = false;
  try {
    const answer = await fetch(presence.action, { method: "POST", body, headers, redirect: "error" });
    if (!answer.ok) return;
    const html = await answer.text();
    if (place.dataset.was !== html) place.innerHTML = html;
    place.dataset.was = html;
  } catch { /* no network, or signed out: the next click says so */ }
}
if (presence) {
  setInterval(speak, 20_000);
  document.addEventListener("visibilitychange", speak);
  speak();
}
