() => {
  // Texts of drawings whose contrast with what lies under them is below 4.5 (3 where large). axe does not look into drawings.
  const rgb = (value) => (value.match(/[\d.]+/g) || []).map(Number);
  const light = (value) => {
    const [r, g, b] = rgb(value).map((part) => { const s = part / 255; return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const opaque = (value) => value !== "none" && rgb(value).length >= 3 && (rgb(value)[3] ?? 1) > 0.5;
  const inside = (box, x, y) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
  const behind = (text) => {
    const box = text.getBoundingClientRect(), x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    const shapes = [...text.ownerSVGElement.querySelectorAll("rect,circle,ellipse,polygon")].filter((shape) =>
      shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING
      && opaque(getComputedStyle(shape).fill) && inside(shape.getBoundingClientRect(), x, y));
    if (shapes.length) return getComputedStyle(shapes.at(-1)).fill;
    let around = text.ownerSVGElement;
    while (around && !opaque(getComputedStyle(around).backgroundColor)) around = around.parentElement;
    return around ? getComputedStyle(around).backgroundColor : "rgb(255,255,255)";
  };
  return [...document.querySelectorAll("svg text")].filter((text) => text.getBoundingClientRect().width).flatMap((text) => {
    const style = getComputedStyle(text), under = behind(text), found = contrast(style.fill, under);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    return found < (large ? 3 : 4.5) ? [`${text.textContent}: ${style.fill} on ${under}, ${found.toFixed(1)}`] : [];
  });
}
