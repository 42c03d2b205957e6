/**
 * `<handbook-exam-item>`: one item as the form of an exam shows it, to be answered and, after submission, reviewed.
 * Knows nothing of time, storage or other items, nor of what is particular to its kind; says what the reader does by
 * bubbling events.
 *
 * @typedef {object} Review
 * @property {"right" | "wrong" | "partial" | "blank" | "void" | "open" | "assessed"} kind
 * @property {string} words
 * @property {string[]} criteria
 *
 * @typedef {HTMLElement & {
 *   lay: (number: number, points: number, order: string[]) => void,
 *   response: ItemResponse,
 *   flagged: boolean,
 *   review: (review: Review, response: ItemResponse | undefined) => void,
 *   say: (review: Pick<Review, "kind" | "words">) => void,
 *   words: (response: ItemResponse) => string,
 *   key: string,
 * }} ExamItemElement
 *
 * @typedef {CustomEvent<{item: string, criteria: string[], earned: number, own: number}>} AssessEvent `own` is the sum
 *   of the points that the criteria carry outside the exam
 */
"use strict";

(() => {
  const { kinds } = window.handbook;
  const { all, checked, made, LiveElement } = window.handbook.dom;
  const SYMBOLS = { right: "✓", wrong: "✗", partial: "◐", blank: "○", void: "↻", open: "✎", assessed: "✎" };

  class HandbookExamItem extends LiveElement {
    /** What the response goes back to when a reviewed item is touched. @type {ItemResponse | null} */
    #locked = null;

    /** @param {AbortSignal} signal */
    live(signal) {
      this.addEventListener("input", ({ target }) => this.#change(target), { signal });
      this.addEventListener("click", ({ target }) => target instanceof HTMLElement && this.#act(target.dataset.action), { signal });
      this.#kind.wake(this, signal);
    }

    /** Give the item its number, and what it offers the order and letters of the form. @type {ExamItemElement["lay"]} */
    lay(number, points, order) {
      this.piece("number").textContent = `第 ${number} 题`;
      this.piece("points").textContent = `${points} 分`;
      this.#flag.lastElementChild?.append(`第 ${number} 题`);
      this.#kind.lay(this, order);
    }

    /** @returns {ItemResponse} */
    get response() {
      return this.#kind.read(this);
    }

    set response(response) {
      this.#kind.write(this, response);
    }

    get flagged() {
      return this.#flag.getAttribute("aria-pressed") === "true";
    }

    set flagged(flagged) {
      this.#flag.setAttribute("aria-pressed", String(flagged));
    }

    get key() {
      return this.#kind.key(this);
    }

    /** @type {ExamItemElement["words"]} */
    words(response) {
      return typeof response === "string" ? "" : this.#kind.words(this, response);
    }

    /** Lock the response and show how it fared. @type {ExamItemElement["review"]} */
    review(review, response) {
      this.#locked = response ?? (this.#kind.essay ? "" : []);
      this.response = this.#locked;
      this.#kind.lock(this, true);
      this.#flag.remove();
      this.piece("review").hidden = false;
      if (review.kind !== "void" && typeof this.#locked !== "string") this.#kind.mark(this, this.#locked);
      for (const criterion of this.#criteria) criterion.checked = review.criteria.includes(criterion.value);
      all(this, ".handbook-exam-item__assess, .handbook-item__rubric", HTMLElement).forEach((part) => {
        part.hidden = review.kind === "void" || review.kind === "blank";
      });
      this.say(review);
    }

    /** @type {ExamItemElement["say"]} */
    say({ kind, words }) {
      this.dataset.result = kind;
      const symbol = made("span", "handbook-item__symbol", SYMBOLS[kind]);
      symbol.setAttribute("aria-hidden", "true");
      all(this, ".handbook-item__verdict", HTMLElement)[0].replaceChildren(symbol, ` ${words}`);
    }

    get #kind() {
      return kinds[this.dataset.kind ?? ""];
    }

    get #flag() {
      return this.piece("flag");
    }

    get #criteria() {
      return all(this, ".handbook-item__rubric input", HTMLInputElement);
    }

    /** @param {EventTarget | null} target */
    #change(target) {
      if (this.#criteria.some((criterion) => criterion === target)) this.#assess();
      else if (this.#locked !== null) this.response = this.#locked;
      else this.tell("handbook-exam-response", { item: this.dataset.item, response: this.response });
    }

    /** @param {string | undefined} action */
    #act(action) {
      if (action === "flag") {
        this.flagged = !this.flagged;
        this.tell("handbook-exam-flag", { item: this.dataset.item, on: this.flagged });
      } else if (action === "assess") {
        for (const criterion of this.#criteria) criterion.checked = false;
        this.#assess();
      }
    }

    #assess() {
      const met = this.#criteria.filter(({ checked }) => checked);
      /** @param {"points" | "own"} which */
      const sum = (which) => met.reduce((total, { dataset }) => total + Number(dataset[which]), 0);
      const assessed = { item: this.dataset.item, criteria: checked(met), earned: sum("points"), own: sum("own") };
      this.tell("handbook-exam-assess", assessed);
    }
  }

  customElements.define("handbook-exam-item", HandbookExamItem);
})();
