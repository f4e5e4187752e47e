// Data that stand in the page: JSON and packed bytes (maps/embed.py).

/** @param {string} id */
export const readJson = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");

/** @param {string} name */
export const readBlob = async (name) => {
  const element = document.getElementById(`blob-${name}`);
  if (!element) return null;
  const packed = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
