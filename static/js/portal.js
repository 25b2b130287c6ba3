// Small behaviours of every page. Each page works without them; nothing here knows a business word.
import "./upload.js";
import "./pad.js";
import "./draft.js";

document.documentElement.classList.add("js");

// Busy: a form is not sent twice, and its button says so. Nothing is disabled: the value of the pressed button is sent (data-busy="正在提交…"); data-again lifts it, for downloads.
document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (event.defaultPrevented || form.method !== "post" || "again" in form.dataset) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  button?.setAttribute("aria-busy", "true");
  if (button?.dataset.busy) setTimeout(() => { button.textContent = button.dataset.busy; }, 400);
});

// Back from the next page: the buttons live again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
});

// Dialogs: data-open="id" opens, data-close closes. The button is a link to the same question without JavaScript.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-open]"), closer = event.target.closest?.("[data-close]");
  const dialog = opener && document.getElementById(opener.dataset.open);
  if (dialog?.showModal) { event.preventDefault(); dialog.showModal(); }
  if (closer) { event.preventDefault(); closer.closest("dialog")?.close(); }
});

// One key per action (data-key="a"); never while typing or with a dialog open, nor where somebody switched keys off.
document.addEventListener("keydown", (event) => {
  if ("noKeys" in document.documentElement.dataset) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input,textarea,select,dialog")) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (button) { event.preventDefault(); button.click(); }
});

// The summary of errors takes the focus, also where autofocus does not reach it.
document.querySelector(".errsum[autofocus]")?.focus();
