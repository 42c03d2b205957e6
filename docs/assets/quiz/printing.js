/**
 * Prints the items of a page without the text around them; quiz.css knows the two classes.
 *
 * @typedef {object} Printing
 * @property {(withAnswers: boolean) => void} items
 */
"use strict";

(() => {
  const { all } = window.handbook.dom;
  const ITEMS_ALONE = "print-quiz";
  const WITH_ANSWERS = "print-answers";

  /** @type {Printing["items"]} */
  const items = (withAnswers) => {
    const root = document.documentElement;
    const classes = withAnswers ? [ITEMS_ALONE, WITH_ANSWERS] : [ITEMS_ALONE];
    const closed = withAnswers ? all(document, "handbook-item details:not([open])", HTMLDetailsElement) : [];
    /** @param {boolean} open */
    const fold = (open) => closed.forEach((details) => details.toggleAttribute("open", open));
    const restore = () => {
      root.classList.remove(...classes);
      fold(false);
    };
    root.classList.add(...classes);
    fold(true);
    window.addEventListener("afterprint", restore, { once: true });
    window.print();
  };

  window.handbook = { ...window.handbook, printing: { items } };
})();
