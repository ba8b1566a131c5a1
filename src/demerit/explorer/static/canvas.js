// What every canvas needs: sharp pixels, and a pointer that finds what it is on.

/** Tell what the pointer is on: `under(event)` gives its place or null. */
export function pointed(canvas, under, { hover, pick }) {
  canvas.addEventListener("pointermove", (event) => hover(under(event)));
  canvas.addEventListener("pointerleave", () => hover(null));
  canvas.addEventListener("click", (event) => {
    const place = under(event);
    if (place !== null) pick(place);
  });
}

/** Give a canvas a size in pixels of the page, and return a pen that draws in them, sharp on any screen. */
export function pen(canvas, width, height) {
  const sharp = Math.min(devicePixelRatio || 1, 2);
  canvas.style.height = `${height}px`;
  canvas.width = width * sharp;
  canvas.height = height * sharp;
  const drawing = canvas.getContext("2d");
  drawing.setTransform(sharp, 0, 0, sharp, 0, 0);
  return drawing;
}
