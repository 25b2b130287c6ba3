// Upload tiles: shows the chosen picture and its name before it is sent. The tile is a label around its file input.
document.addEventListener("change", (event) => {
  const tile = event.target.matches?.("input[type=file]") && event.target.closest("[data-upload]");
  const file = tile && event.target.files[0];
  if (!file) return;
  tile.querySelector("[data-upload-name]").textContent = [...event.target.files].map((one) => one.name).join("、");
  tile.classList.replace("empty", "good");
  const thumb = tile.querySelector(".thumb");
  if (file.type.startsWith("image/") && !/hei[cf]$/.test(file.type)) preview(thumb, file);
  if (event.target.dataset.send !== undefined) event.target.form.requestSubmit();
});

function preview(thumb, file) {
  const image = document.createElement("img");
  const address = URL.createObjectURL(file);
  image.className = "thumb";
  image.alt = file.name;
  image.width = image.height = 88;
  image.onload = () => URL.revokeObjectURL(address);
  image.src = address;
  thumb.replaceWith(image);
}
