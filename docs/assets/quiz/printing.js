/**
 * Prints the items of a page without the text around them; quiz.css knows the two classes.
 *
 * @typedef {object} Printing
 * @property {(withAnswers: boolean) => void} items
 */
"use strict";

(() => {
  const ITEMS_ALONE = "print-quiz";
  const WITH_ANSWERS = "print-answers";

  /** @type {Printing["items"]} */
  const items = (withAnswers) => {
    const root = document.documentElement;
    const classes = withAnswers ? [ITEMS_ALONE, WITH_ANSWERS] : [ITEMS_ALONE];
    const closed = Array.from(document.querySelectorAll("handbook-item details:not([open])"));
    const opened = withAnswers ? closed : [];
    const restore = () => {
      root.classList.remove(...classes);
      opened.forEach((details) => details.removeAttribute("open"));
    };
    root.classList.add(...classes);
    opened.forEach((details) => details.setAttribute("open", ""));
    window.addEventListener("afterprint", restore, { once: true });
    window.print();
  };

  window.handbook = { ...window.handbook, printing: { items } };
})();
