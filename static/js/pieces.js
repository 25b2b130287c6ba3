// Uploads that survive a lost connection: a form with data-pieces (an address with KEY in it) sends its file piece by
// piece and asks where to go on after every fault, also when the same file is chosen again on another day.
// Without JavaScript the form sends the whole file at once.
// A photograph is shrunk first, and kept on the device until it has arrived: a page that was left goes on by itself.
import { drop, keep, kept } from "./kept.js";
import { shrunk } from "./shrink.js";

const PIECE = 512 * 1024, PATIENCE = 30_000, LONGEST_WAIT = 15_000;

document.querySelectorAll("[data-waiting]").forEach((note) => { note.hidden = false; });
document.querySelectorAll("form[data-pieces] [data-send]").forEach((control) => { control.value = ""; });

// In the capturing phase: before whatever else would send the form.
document.addEventListener("submit", (event) => {
  const form = event.target, file = form.matches("[data-pieces]") && [...form.querySelectorAll("input[type=file]")].flatMap((one) => [...one.files])[0];
  if (!file) return; // the page says what is missing
  event.preventDefault();
  event.stopPropagation();
  if (form.dataset.busy) return;
  begin(form, file);
}, true);

// What was chosen here before and did not arrive.
kept(location.pathname).then((row) => {
  const form = document.querySelector("form[data-pieces]");
  if (row && form && !form.dataset.busy) send(form, row.file, row.part);
});

async function begin(form, chosen) {
  form.dataset.busy = "1";
  const file = await shrunk(chosen), part = form.dataset.part;
  await keep(location.pathname, file, part);
  await send(form, file, part);
}

async function send(form, file, part) {
  form.dataset.busy = "1";
  await new Sending(form, file, part).run().finally(() => { delete form.dataset.busy; });
}

class Sending {
  constructor(form, file, part) {
    this.form = form;
    this.file = file;
    this.part = part; // of the paper, whose place it takes
    this.place = form.querySelector("[data-progress]");
    this.words = this.place.querySelector("[data-sending]");
    this.address = form.dataset.pieces.replace("KEY", `${file.size}-${file.lastModified}-${hash(file.name)}`);
  }

  // Until the file is taken or refused; every fault of the network leads back to the question where to go on.
  async run() {
    document.getElementById("problem").hidden = true;
    if (this.file.size > Number(this.form.dataset.most)) return this.refused(this.form.dataset.tooBig);
    for (let faults = 0, at = null; ;) {
      try {
        const answer = at === null ? await this.ask("GET", "") : await this.send(at);
        if (answer.ends) return;
        at = answer.offset;
        faults = 0;
        this.show(at < this.file.size ? "sending" : "checking", at);
      } catch (fault) {
        if (fault instanceof Unreadable) { drop(location.pathname); return this.show("unread"); }
        this.show("offline");
        await pause(Math.min(1000 * 2 ** faults, LONGEST_WAIT));
        faults += 1;
        at = null;
      }
    }
  }

  async send(at) {
    const last = Math.max(0, this.file.size - PIECE), from = Math.min(at, last);
    const start = at >= this.file.size ? from : at; // all is here already: the last piece again asks for the verdict
    let data;
    try {
      data = await this.file.slice(start, start + PIECE).arrayBuffer();
    } catch {
      throw new Unreadable();
    }
    if (start + data.byteLength >= this.file.size) this.show("checking", at);
    const told = new URLSearchParams({ offset: start, size: this.file.size, name: this.file.name });
    if (this.part) told.set("part", this.part);
    return this.ask("POST", `?${told}`, data);
  }

  async ask(method, query, body) {
    const token = this.form.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-CSRFToken": token, "Content-Type": "application/octet-stream" };
    const signal = AbortSignal.timeout(PATIENCE);
    const reply = await fetch(this.address + query, { method, body, headers, signal, redirect: "manual" });
    if (reply.type === "opaqueredirect" || [401, 403, 404].includes(reply.status)) return this.show("signedOut");
    if (!reply.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(`answer ${reply.status}`);
    const told = await reply.json();
    if (told.problem) return this.refused(told.problem);
    if (told.done) { await drop(location.pathname); location.assign(told.done); return { ends: true }; }
    return told;
  }

  show(what, at = this.at ?? 0) {
    this.at = at;
    const mega = (bytes) => (bytes / 1024 / 1024).toFixed(1);
    this.place.hidden = false;
    this.place.querySelector("progress").value = Math.round(at * 100 / this.file.size);
    const words = this.words.dataset[what].replace("{n}", mega(at)).replace("{m}", mega(this.file.size));
    if (this.words.textContent !== words) this.words.textContent = words;
    return { ends: true };
  }

  refused(sentence) {
    drop(location.pathname);
    const problem = document.getElementById("problem");
    problem.querySelector("[data-problem]").textContent = sentence;
    problem.querySelector("[data-problem-name]").textContent = this.file.name;
    problem.hidden = false;
    problem.focus();
    this.place.hidden = true;
    this.form.reset(); // the same file may be chosen again
    return { ends: true };
  }
}

class Unreadable extends Error {}

// A while, or until the network is back.
function pause(milliseconds) {
  return new Promise((resolve) => {
    const go = () => { clearTimeout(timer); removeEventListener("online", go); resolve(); };
    const timer = setTimeout(go, milliseconds);
    addEventListener("online", go);
  });
}

function hash(text) {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  return value.toString(36);
}
