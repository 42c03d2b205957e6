/**
 * Asks once more before something is deleted, in a box that stands in the page. Knows nothing of what is deleted.
 *
 * @typedef {(asking: boolean) => void} Ask shows the box or hides it, and takes the focus along
 *
 * @typedef {(owner: HTMLElement, opener: string, signal: AbortSignal) => Ask} Confirming `owner` holds the box, marked
 *   `data-confirm`, with a button for `cancel` in it, and a button for the action `opener` that leads to it
 */
"use strict";

(() => {
  /** @type {Confirming} */
  const confirming = (owner, opener, signal) => {
    const box = /** @type {HTMLElement} */ (owner.querySelector("[data-confirm]"));

    /** @type {Ask} */
    const ask = (asking) => {
      box.hidden = !asking;
      const button = owner.querySelector(`[data-action=${asking ? "cancel" : opener}]`);
      if (button instanceof HTMLElement) button.focus();
    };
    owner.addEventListener("keydown", ({ key }) => key === "Escape" && !box.hidden && ask(false), { signal });
    box.hidden = true;

    return ask;
  };

  window.handbook = { ...window.handbook, confirming };
})();
