// Files handed out.

import { h } from "./dom.js";

/**
 * @param {string} name of the file
 * @param {string | Uint8Array} content
 * @param {string} type
 */
export const download = (name, content, type) => {
  const link = h("a", {
    href: URL.createObjectURL(new Blob([/** @type {BlobPart} */ (content)], { type })),
    download: name,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
