// What a camera wrote into a JPEG (Exif): when and how it was taken, where. As one segment that says "upright".
const BEGINNING = 128 * 1024, EXIF = 0x45786966, APP1 = 0xffe1, SCAN = 0xffda, ORIENTATION = 0x0112, TIFF = 10;

// The segment, or nothing when there is none or it cannot be read.
export async function facts(file) {
  if (file.type !== "image/jpeg") return [];
  const view = new DataView(await file.slice(0, BEGINNING).arrayBuffer());
  try {
    for (let at = 2; view.getUint16(at) !== SCAN; at += 2 + view.getUint16(at + 2)) {
      if (view.getUint16(at) === APP1 && view.getUint32(at + 4) === EXIF) return [upright(view.buffer.slice(at, at + 2 + view.getUint16(at + 2)))];
    }
  } catch { /* it ends where a segment should be */ }
  return [];
}

// The canvas has turned the picture already.
function upright(segment) {
  const view = new DataView(segment), little = view.getUint16(TIFF) === 0x4949;
  const table = TIFF + view.getUint32(TIFF + 4, little);
  for (let number = view.getUint16(table, little), at = table + 2; number--; at += 12) {
    if (view.getUint16(at, little) === ORIENTATION) view.setUint16(at + 8, 1, little);
  }
  return segment;
}
