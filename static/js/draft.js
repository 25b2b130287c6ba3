// Keeps what is typed on a page that saves with "next": a closed tab or a lost connection costs nothing. <meta name="draft"> says where.
const place = document.querySelector('meta[name="draft"]')?.content;
let timer, changed;

function keep() {
  clearTimeout(timer);
  if (!changed) return;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(changed)) if (typeof value === "string") body.append(name, value);
  body.append("path", location.pathname);
  fetch(place, { method: "POST", body, keepalive: true }).catch(() => {});
  changed = null;
}

if (place) {
  addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.method !== "post" || !form.closest("main") || event.target.type === "file") return;
    changed = form;
    clearTimeout(timer);
    timer = setTimeout(keep, 1500);
  });
  addEventListener("submit", () => { clearTimeout(timer); changed = null; });
  addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  addEventListener("pagehide", keep);
}
