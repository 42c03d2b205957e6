/** Prompts that are each matched with a choice from a list, or by dragging. The response holds `prompt=choice` pairs. */
"use strict";

(() => {
  const { dragging, kinds, parts, scoring } = window.handbook;
  const { all } = window.handbook.dom;

  /** @param {ParentNode} item */
  const prompts = (item) => all(item, "[data-pair]", HTMLElement);

  /** @param {Element} prompt */
  const list = (prompt) => /** @type {HTMLSelectElement} */ (prompt.querySelector("select"));

  /** @param {ParentNode} item */
  const key = (item) => parts.answers(item).map(({ dataset }) => `${dataset.option}=${dataset.key}`);

  /** @param {readonly string[]} pairs */
  const table = (pairs) => new Map(pairs.map((pair) => /** @type {[string, string]} */ (pair.split("="))));

  /** In the order of the prompts: 1—C、2—A. @param {ParentNode} item @param {readonly string[]} pairs */
  const labels = (item, pairs) => {
    const chosen = table(pairs);
    const letters = prompts(item).map(({ dataset }) => parts.labels(item, [chosen.get(dataset.pair ?? "") ?? ""])[0]);
    return letters.map((letter, index) => (letter ? `${index + 1}—${letter}` : "")).filter(Boolean).join("、");
  };

  /** @param {HTMLElement} choice @param {Element} under */
  const drop = (choice, under) => {
    const prompt = under.closest("[data-pair]");
    if (!prompt) return;
    list(prompt).value = choice.dataset.option ?? "";
    list(prompt).dispatchEvent(new Event("input", { bubbles: true }));
  };

  /** @type {ItemKind} */
  const matching = {
    essay: false,
    counted: "项",
    blank: "请至少给一项选出对应的",
    wake: (item, signal) => {
      matching.lock(item, false);
      const box = all(item, ".handbook-item__fieldset", HTMLElement)[0];
      dragging(box, { handle: ".handbook-matching__handle", thing: "[data-option]", drop }, signal);
    },
    read: (item) =>
      prompts(item).filter((prompt) => list(prompt).value).map((prompt) => `${prompt.dataset.pair}=${list(prompt).value}`),
    write: (item, response) => {
      const chosen = table(Array.isArray(response) ? response : []);
      for (const prompt of prompts(item)) list(prompt).value = chosen.get(prompt.dataset.pair ?? "") ?? "";
    },
    lock: (item, locked) => {
      all(item, ".handbook-matching__handle", HTMLElement).forEach((handle) => (handle.hidden = locked));
      prompts(item).forEach((prompt) => (list(prompt).disabled = locked));
    },
    lay: (item, order) => {
      parts.arrange(item, order);
      parts.letter(item, order);
      for (const prompt of prompts(item))
        for (const id of order) {
          const option = Array.from(list(prompt).options).find(({ value }) => value === id);
          if (!option) continue;
          option.prepend(`${parts.labels(item, [id])[0]}　`);
          list(prompt).append(option);
        }
      for (const { dataset, firstElementChild } of parts.answers(item))
        firstElementChild?.append(parts.labels(item, [dataset.key ?? ""])[0]);
    },
    score: (item, rule, response) => scoring.matching(rule, key(item), Array.isArray(response) ? response : []),
    mark: (item, response) => {
      const [right, chosen] = [table(key(item)), table(response ?? [])];
      for (const prompt of prompts(item)) {
        const { pair = "" } = prompt.dataset;
        const letter = parts.labels(item, [right.get(pair) ?? ""])[0];
        if (!response) parts.mark(prompt, "", "");
        else if (chosen.get(pair) === right.get(pair)) parts.mark(prompt, "key", "正确");
        else parts.mark(prompt, "wrong", `正确答案是 ${letter}`);
      }
    },
    words: labels,
    key: (item) => labels(item, key(item)),
    reasons: parts.answers,
    first: (item) => list(prompts(item)[0]),
  };

  Object.assign(kinds, { matching });
})();
