/** An answer in the reader's own words, which only the reader can score. The response is the text. */
"use strict";

(() => {
  const { kinds } = window.handbook;
  const { all } = window.handbook.dom;

  /** @param {ParentNode} item */
  const box = (item) => all(item, "textarea", HTMLTextAreaElement)[0];

  /** @type {ItemKind} */
  const essay = {
    essay: true,
    counted: "",
    blank: "请先写下作答",
    wake: () => {},
    read: (item) => box(item).value,
    write: (item, response) => {
      const words = typeof response === "string" ? response : "";
      if (box(item).value !== words) box(item).value = words; // else the caret would jump
    },
    lock: (item, locked) => (box(item).readOnly = locked),
    lay: () => {},
    score: () => ({ score: 0, right: false, hits: 0, total: 0 }),
    mark: () => {},
    words: () => "",
    key: () => "",
    reasons: () => [],
    first: box,
  };

  Object.assign(kinds, { essay });
})();
