/** Options of which one or several are chosen. The response holds the ids of those that are. */
"use strict";

(() => {
  const { kinds, parts, scoring } = window.handbook;
  const { all, checked } = window.handbook.dom;

  /** @param {ParentNode} item */
  const inputs = (item) => all(item, ".handbook-item__fieldset input", HTMLInputElement);

  /** @param {ParentNode} item */
  const keys = (item) =>
    parts.answers(item).filter(({ dataset }) => "key" in dataset).map(({ dataset }) => dataset.option ?? "");

  /** In the order in which the options stand. @param {ParentNode} item @param {readonly string[]} ids */
  const labels = (item, ids) => parts.labels(item, parts.names(item).filter((id) => ids.includes(id))).join("、");

  /** @type {ItemKind} */
  const choice = {
    essay: false,
    counted: "",
    blank: "请先选择答案",
    wake: () => {},
    read: (item) => checked(inputs(item)),
    write: (item, response) => inputs(item).forEach((input) => (input.checked = response.includes(input.value))),
    lock: () => {}, // radio buttons stay as they are by being written again
    lay: (item, order) => {
      parts.arrange(item, order);
      parts.arrange(item, order, parts.answers(item));
      parts.letter(item, order);
      for (const { dataset, firstElementChild } of parts.answers(item))
        firstElementChild?.append(labels(item, [dataset.option ?? ""]), "key" in dataset ? "（答案）" : "");
    },
    score: (item, rule, response) => scoring.choice(rule, keys(item), Array.isArray(response) ? response : []),
    mark: (item, response) => {
      const several = inputs(item).some(({ type }) => type === "checkbox");
      for (const option of parts.offered(item)) {
        const id = option.dataset.option ?? "";
        const [key, chosen] = response ? [keys(item).includes(id), response.includes(id)] : [false, false];
        const words = [key && "正确答案", chosen && "你的选择", key && !chosen && several && "漏选"].filter(Boolean);
        parts.mark(option, key ? "key" : chosen ? "wrong" : "", words.join("，"));
      }
    },
    words: labels,
    key: (item) => labels(item, keys(item)),
    reasons: (item, response) => {
      const ids = [...response, ...keys(item)];
      return parts.answers(item).filter(({ dataset }) => ids.includes(dataset.option ?? ""));
    },
    first: (item) => inputs(item)[0],
  };

  Object.assign(kinds, { choice });
})();
