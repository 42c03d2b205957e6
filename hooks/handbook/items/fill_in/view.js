/** Blanks to be filled in. The response holds what was written into each, an empty text where nothing was. */
"use strict";

(() => {
  const { kinds, parts, scoring } = window.handbook;
  const { all } = window.handbook.dom;

  /** @param {ParentNode} item */
  const boxes = (item) => all(item, ".handbook-blanks__box", HTMLInputElement);

  /** @param {ParentNode} item */
  const key = (item) => parts.answers(item).map(({ dataset }) => JSON.parse(dataset.accepted ?? "{}"));

  /** @param {{answers: string[], value: string | null}} accepted */
  const shown = ({ answers, value }) => value ?? answers[0];

  /** @type {ItemKind} */
  const fillIn = {
    essay: false,
    counted: "个空",
    blank: "请先填写空格",
    wake: () => {},
    read: (item) => boxes(item).map(({ value }) => value),
    write: (item, response) =>
      boxes(item).forEach((box, index) => {
        const text = Array.isArray(response) ? (response[index] ?? "") : "";
        if (box.value !== text) box.value = text; // else the caret would jump
      }),
    lock: (item, locked) => boxes(item).forEach((box) => (box.readOnly = locked)),
    lay: () => {},
    score: (item, rule, response) => scoring.fill_in(rule, key(item), Array.isArray(response) ? response : []),
    mark: (item, response) => {
      const wanted = key(item);
      for (const [index, blank] of all(item, "[data-blank]", HTMLElement).entries()) {
        const { right } = scoring.fill_in("all_or_nothing", [wanted[index]], [response?.[index] ?? ""]);
        if (!response) parts.mark(blank, "", "");
        else if (right) parts.mark(blank, "key", "正确");
        else parts.mark(blank, "wrong", `正确答案：${shown(wanted[index])}`);
      }
    },
    words: (_, response) => response.map((text) => text.trim() || "没有填").join("；"),
    key: (item) => key(item).map(shown).join("；"),
    reasons: parts.answers,
    first: (item) => boxes(item)[0],
  };

  Object.assign(kinds, { fill_in: fillIn });
})();
