// Signature pad: <canvas data-pad="id of a hidden input">; the strokes go into the input as a PNG in base64.
// Words: data-signed and data-empty on [data-pad-state]; [data-pad-clear] wipes. Another way must always stand beside it.
for (const pad of document.querySelectorAll("canvas[data-pad]")) prepare(pad);

function prepare(pad) {
  const ink = pad.getContext("2d"), scope = pad.closest("form") ?? document;
  const field = document.getElementById(pad.dataset.pad), state = scope.querySelector("[data-pad-state]");
  const say = (key) => { if (state?.dataset[key]) state.textContent = state.dataset[key]; };
  const at = (point) => {
    const box = pad.getBoundingClientRect();
    return [((point.clientX - box.left) * pad.width) / box.width, ((point.clientY - box.top) * pad.height) / box.height];
  };
  let drawing = false;
  pad.addEventListener("pointerdown", (point) => {
    drawing = true;
    pad.setPointerCapture(point.pointerId);
    const width = (3.2 * pad.width) / pad.getBoundingClientRect().width;
    Object.assign(ink, { lineWidth: width, lineCap: "round", lineJoin: "round", strokeStyle: "#14211f" });
    ink.beginPath();
    ink.moveTo(...at(point));
  });
  pad.addEventListener("pointermove", (point) => { if (drawing) { ink.lineTo(...at(point)); ink.stroke(); } });
  const keep = () => {
    if (!drawing) return;
    drawing = false;
    if (field) field.value = pad.toDataURL("image/png").split(",")[1];
    say("signed");
  };
  pad.addEventListener("pointerup", keep);
  pad.addEventListener("pointercancel", keep);
  scope.querySelector("[data-pad-clear]")?.addEventListener("click", () => {
    ink.clearRect(0, 0, pad.width, pad.height);
    if (field) field.value = "";
    say("empty");
  });
}
