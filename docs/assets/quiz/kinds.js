/**
 * What the elements that show an item, and the exam that marks it, ask of the item's kind. Each kind adds itself from a
 * folder of its own; nothing outside that folder knows which kinds there are. `item` is the element, or the content of the
 * template, that holds the item's response and, marked `data-answer`, its answer.
 *
 * @typedef {string | string[]} ItemResponse the words of an essay, or texts whose meaning is the kind's own
 *
 * @typedef {"all_or_nothing" | "partial"} Rule
 *
 * @typedef {object} Score
 * @property {number} score share of the item's points, 0 to 1
 * @property {boolean} right all of it is
 * @property {number} hits how much of it is right
 * @property {number} total how much there is to get right
 *
 * @typedef {(rule: Rule, key: any, response: readonly string[]) => Score} Scoring pure; `key` is the kind's own
 *
 * @typedef {object} ItemKind
 * @property {boolean} essay self-assessed, not scored by rule
 * @property {string} counted what the score counts, to be said of a response that is right in part
 * @property {string} blank what is said when there is nothing to submit
 * @property {(item: HTMLElement, signal: AbortSignal) => void} wake begins to listen; a change is told by an `input` event
 * @property {(item: ParentNode) => ItemResponse} read
 * @property {(item: ParentNode, response: ItemResponse) => void} write nothing (`""` or `[]`) is how the page came
 * @property {(item: ParentNode, locked: boolean) => void} lock
 * @property {(item: ParentNode, order: readonly string[]) => void} lay gives what is offered the order and letters of a form
 * @property {(item: ParentNode, rule: Rule, response: ItemResponse) => Score} score
 * @property {(item: ParentNode, response: readonly string[] | null) => void} mark says of each part whether it is right;
 *   null takes that back
 * @property {(item: ParentNode, response: readonly string[]) => string} words the response in words
 * @property {(item: ParentNode) => string} key the answer in words
 * @property {(item: ParentNode, response: readonly string[]) => HTMLElement[]} reasons the rationales that matter to it
 * @property {(item: ParentNode) => HTMLElement} first where the focus goes
 *
 * @typedef {object} Parts what kinds have in common
 * @property {(item: ParentNode) => HTMLElement[]} offered what there is to choose, to order or to match
 * @property {(item: ParentNode) => string[]} names of what is offered, in the order in which it stands
 * @property {(item: ParentNode) => HTMLElement[]} answers the entries of the answer
 * @property {(item: ParentNode, order: readonly string[], entries?: HTMLElement[]) => void} arrange puts entries in order
 * @property {(item: ParentNode, order: readonly string[]) => void} letter gives what is offered the letters A, B, C … in
 *   this order, where the page has not named it
 * @property {(item: ParentNode, ids: readonly string[]) => string[]} labels
 * @property {(entry: Element, state: "key" | "wrong" | "", words: string) => void} mark writes behind a part how it fared
 * @property {(response: ItemResponse | undefined) => boolean} isBlank
 */
"use strict";

(() => {
  const { all, made } = window.handbook.dom;
  const CODE_OF_A = 65;

  /** @type {Parts["offered"]} */
  const offered = (item) => all(item, ".handbook-item__fieldset [data-option]", HTMLElement);

  /** @type {Parts} */
  const parts = {
    offered,

    names: (item) => offered(item).map(({ dataset }) => dataset.option ?? ""),

    answers: (item) => all(item, "[data-answer] li[data-option]", HTMLElement),

    arrange: (item, order, entries = offered(item)) => {
      for (const id of order) {
        const entry = entries.find(({ dataset }) => dataset.option === id);
        entry?.parentElement?.append(entry);
      }
    },

    letter: (item, order) => {
      for (const entry of offered(item)) {
        entry.dataset.label ??= String.fromCharCode(CODE_OF_A + order.indexOf(entry.dataset.option ?? ""));
        for (const letter of all(entry, ".handbook-item__letter", HTMLElement)) letter.textContent = entry.dataset.label;
      }
    },

    labels: (item, ids) => {
      const named = new Map(offered(item).map(({ dataset }) => [dataset.option, dataset.label ?? ""]));
      return ids.map((id) => named.get(id) ?? "");
    },

    mark: (entry, state, words) => {
      all(entry, ".handbook-item__mark", HTMLElement).forEach((mark) => mark.remove());
      entry.setAttribute("data-mark", state);
      if (words) (entry.querySelector("label") ?? entry).append(made("span", "handbook-item__mark", `（${words}）`));
    },

    isBlank: (response) =>
      typeof response === "string" ? !response.trim() : !response?.some((text) => text.trim()),
  };

  window.handbook = { ...window.handbook, parts, kinds: {}, scoring: {} };
})();
