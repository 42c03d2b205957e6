/**
 * Steps that are put in order by buttons, or by dragging. The response holds their ids in the order given; as long as
 * nothing was moved there is none, for the order in which they come is no answer.
 */
"use strict";

(() => {
  const { dragging, kinds, parts, scoring } = window.handbook;
  const { all } = window.handbook.dom;

  /** @param {ParentNode} item */
  const list = (item) => all(item, ".handbook-ordering", HTMLElement)[0];

  /** @param {ParentNode} item */
  const key = (item) => parts.answers(item).map(({ dataset }) => dataset.option ?? "");

  /** @param {ParentNode} item @param {readonly string[]} ids */
  const labels = (item, ids) => parts.labels(item, ids).join("、");

  /** @param {ParentNode} item */
  const number = (item) =>
    parts.offered(item).forEach((step, index, { length }) => {
      all(step, ".handbook-ordering__place", HTMLElement)[0].textContent = String(index + 1);
      const [up, down] = all(step, "[data-move]", HTMLElement);
      up.setAttribute("aria-disabled", String(index === 0));
      down.setAttribute("aria-disabled", String(index === length - 1));
    });

  /** Tell of a change as a text box would. @param {HTMLElement} item @param {HTMLElement} step */
  const told = (item, step) => {
    const steps = parts.offered(item);
    const said = `${step.dataset.label} 现在排第 ${steps.indexOf(step) + 1}，共 ${steps.length} 步。`;
    list(item).dataset.moved = "";
    number(item);
    all(item, ".handbook-ordering__said", HTMLElement)[0].textContent = said;
    list(item).dispatchEvent(new Event("input", { bubbles: true }));
  };

  /** @param {HTMLElement} item @param {EventTarget | null} target */
  const move = (item, target) => {
    const button = target instanceof HTMLElement ? target.closest("[data-move]") : null;
    const step = button?.closest("[data-option]");
    if (!(button instanceof HTMLElement) || !(step instanceof HTMLElement)) return;
    const isDown = button.dataset.move === "1";
    const other = isDown ? step.nextElementSibling : step.previousElementSibling;
    if (!other) return;
    if (isDown) other.after(step);
    else other.before(step);
    told(item, step);
    button.focus();
  };

  /** @param {HTMLElement} step @param {Element} under */
  const place = (step, under) => {
    const other = under.closest("[data-option]");
    if (!other || other === step || other.parentElement !== step.parentElement) return;
    if (step.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) other.after(step);
    else other.before(step);
  };

  /** @type {ItemKind} */
  const ordering = {
    essay: false,
    counted: "处前后衔接",
    blank: "请先排好顺序，一开始的顺序不是答案",
    wake: (item, signal) => {
      number(item);
      ordering.lock(item, false);
      list(item).addEventListener("click", ({ target }) => move(item, target), { signal });
      const drag = { handle: ".handbook-ordering__handle", thing: "[data-option]", over: place };
      const drop = (/** @type {HTMLElement} */ step) => told(item, step);
      dragging(list(item), { ...drag, drop }, signal);
    },
    read: (item) => ("moved" in list(item).dataset ? parts.names(item) : []),
    write: (item, response) => {
      const { dataset } = list(item);
      dataset.start ??= parts.names(item).join(" ");
      const order = response.length ? Array.from(response) : dataset.start.split(" ");
      if (response.length) dataset.moved = "";
      else delete dataset.moved;
      if (order.join(" ") !== parts.names(item).join(" ")) parts.arrange(item, order);
      number(item);
    },
    lock: (item, locked) => all(item, ".handbook-ordering__moves", HTMLElement).forEach((moves) => (moves.hidden = locked)),
    lay: (item, order) => {
      parts.arrange(item, order);
      parts.letter(item, order);
      for (const { dataset, firstElementChild } of parts.answers(item))
        firstElementChild?.append(labels(item, [dataset.option ?? ""]));
    },
    score: (item, rule, response) => scoring.ordering(rule, key(item), Array.isArray(response) ? response : []),
    mark: (item, response) => {
      const right = key(item);
      for (const [index, step] of parts.offered(item).entries()) {
        const due = right.indexOf(step.dataset.option ?? "");
        if (!response?.length) parts.mark(step, "", "");
        else if (due === index) parts.mark(step, "key", "位置正确");
        else parts.mark(step, "wrong", `应排第 ${due + 1}`);
      }
    },
    words: labels,
    key: (item) => labels(item, key(item)),
    reasons: parts.answers,
    first: (item) => all(item, ".handbook-ordering button", HTMLElement)[0],
  };

  Object.assign(kinds, { ordering });
})();
