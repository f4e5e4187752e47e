// Dialogs.

import { h, replaceParts } from "../lib/dom.js";
import { onRender } from "../lib/page.js";
import { t } from "../lib/texts.js";

// A dialog that is drawn when opened and drawn again when the language changes.
export const makeDialog = (id, titleKey, draw) => {
  const dialog = h("dialog", { id, "aria-labelledby": `${id}-title` });
  document.body.append(dialog);
  const fill = () => {
    replaceParts(
      dialog,
      h(
        "header",
        {},
        h("h2", { id: `${id}-title` }, t(titleKey)),
        h("button", { type: "button", class: "close", "aria-label": t("close"), onclick: () => dialog.close() }, "×"),
      ),
      h("div", { class: "body", tabindex: "0" }, draw()),
    );
  };
  onRender(() => dialog.open && fill());
  return () => {
    fill();
    dialog.showModal();
  };
};
