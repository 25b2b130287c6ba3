// A photograph made smaller on the phone before it is sent: as large as pages are kept, upright, JPEG.
// The camera's own facts stay in it: photographs of a shop are asked when and where they were taken.
// Whatever goes wrong, the file goes as it is. A PDF, and what is small enough already, is left alone.
import { facts } from "./facts.js";

const EDGE = 2400, SHORT = 1200, ENOUGH = 1024 * 1024, QUALITY = 0.88, KINDS = ["image/jpeg", "image/png", "image/webp", "image/heic"];

export async function shrunk(file) {
  if (!KINDS.includes(file.type) || file.size <= ENOUGH) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, Math.max(EDGE / Math.max(picture.width, picture.height), SHORT / Math.min(picture.width, picture.height)));
    if (scale === 1) { picture.close(); return file; } // nothing to win
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // below what is transparent
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const data = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
    if (!data || data.size >= file.size) return file;
    return new File([data.slice(0, 2), ...await facts(file), data.slice(2)], file.name, { type: data.type, lastModified: file.lastModified });
  } catch {
    return file;
  }
}
