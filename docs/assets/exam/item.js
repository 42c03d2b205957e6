/**
 * `<handbook-exam-item>`: one item as the form of an exam shows it, to be answered and, after submission, reviewed.
 * Knows nothing of time, storage or other items; says what the reader does by bubbling events.
 *
 * @typedef {object} Review
 * @property {"right" | "wrong" | "partial" | "blank" | "void" | "open" | "assessed"} kind
 * @property {string} words
 * @property {string[]} criteria
 *
 * @typedef {HTMLElement & {
 *   lay: (number: number, points: number, order: string[]) => void,
 *   response: string | string[],
 *   flagged: boolean,
 *   review: (review: Review, response: string | string[] | undefined) => void,
 *   say: (review: Pick<Review, "kind" | "words">) => void,
 *   labels: (ids: readonly string[]) => string,
 * }} ExamItemElement
 *
 * @typedef {CustomEvent<{item: string, criteria: string[], earned: number, own: number}>} AssessEvent `own` is the sum
 *   of the points that the criteria carry outside the exam
 */
"use strict";

(() => {
  const SYMBOLS = { right: "✓", wrong: "✗", partial: "◐", blank: "○", void: "↻", open: "✎", assessed: "✎" };

  /**
   * @template {Element} T
   * @param {ParentNode} root @param {string} selector @param {new () => T} kind
   * @returns {T[]}
   */
  const all = (root, selector, kind) =>
    Array.from(root.querySelectorAll(selector)).filter(/** @returns {part is T} */ (part) => part instanceof kind);

  /** @param {readonly HTMLInputElement[]} inputs */
  const checked = (inputs) => inputs.filter((input) => input.checked).map((input) => input.value);

  class HandbookExamItem extends HTMLElement {
    #life = new AbortController();
    /** What the inputs go back to when a reviewed item is touched. @type {string[] | null} */
    #locked = null;

    connectedCallback() {
      this.#life.abort();
      this.#life = new AbortController();
      const { signal } = this.#life;
      this.addEventListener("input", ({ target }) => this.#change(target), { signal });
      this.addEventListener("click", ({ target }) => target instanceof HTMLElement && this.#act(target.dataset.action), { signal });
    }

    disconnectedCallback() {
      this.#life.abort();
    }

    /** Give the item its number, and its options their order and letters. @type {ExamItemElement["lay"]} */
    lay(number, points, order) {
      this.#part("number").textContent = `第 ${number} 题`;
      this.#part("points").textContent = `${points} 分`;
      this.#flag.lastElementChild?.append(`第 ${number} 题`);
      const [options, rationales] = [this.#options, this.#rationales];
      order.forEach((id, index) => {
        for (const list of [options, rationales]) {
          const entry = list.find(({ dataset }) => dataset.option === id);
          entry?.parentElement?.append(entry);
        }
        const option = options.find(({ dataset }) => dataset.option === id);
        if (option) option.dataset.label ??= String.fromCharCode("A".charCodeAt(0) + index);
      });
      for (const option of options) all(option, ".handbook-item__letter", HTMLElement).forEach((letter) => letter.append(option.dataset.label ?? ""));
      for (const { dataset, firstElementChild } of rationales)
        firstElementChild?.append(this.labels([dataset.option ?? ""]), "key" in dataset ? "（答案）" : "");
    }

    /** @returns {string | string[]} */
    get response() {
      return this.#text ? this.#text.value : checked(this.#inputs);
    }

    set response(response) {
      if (this.#text) this.#text.value = typeof response === "string" ? response : "";
      for (const input of this.#inputs) input.checked = response.includes(input.value);
    }

    get flagged() {
      return this.#flag.getAttribute("aria-pressed") === "true";
    }

    set flagged(flagged) {
      this.#flag.setAttribute("aria-pressed", String(flagged));
    }

    /** Lock the response and show how it fared. @type {ExamItemElement["review"]} */
    review(review, response) {
      this.response = response ?? (this.#text ? "" : []);
      if (this.#text) this.#text.readOnly = true;
      else this.#locked = checked(this.#inputs);
      this.#flag.remove();
      this.#part("review").hidden = false;
      const keys = this.#rationales.filter(({ dataset }) => "key" in dataset).map(({ dataset }) => dataset.option ?? "");
      if (review.kind !== "void") for (const option of this.#options) this.#mark(option, keys);
      for (const criterion of this.#criteria) criterion.checked = review.criteria.includes(criterion.value);
      all(this, ".handbook-exam-item__assess, .handbook-item__rubric", HTMLElement).forEach((part) => {
        part.hidden = review.kind === "void" || review.kind === "blank";
      });
      this.say(review);
    }

    /** @type {ExamItemElement["say"]} */
    say({ kind, words }) {
      this.dataset.result = kind;
      const symbol = document.createElement("span");
      symbol.className = "handbook-item__symbol";
      symbol.textContent = SYMBOLS[kind];
      symbol.setAttribute("aria-hidden", "true");
      all(this, ".handbook-item__verdict", HTMLElement)[0].replaceChildren(symbol, ` ${words}`);
    }

    /** @type {ExamItemElement["labels"]} */
    labels(ids) {
      const named = this.#options.filter(({ dataset }) => ids.includes(dataset.option ?? ""));
      return named.map(({ dataset }) => dataset.label).join("、");
    }

    /** @param {string} block */
    #part(block) {
      return all(this, `.handbook-exam-item__${block}`, HTMLElement)[0];
    }

    get #flag() {
      return this.#part("flag");
    }

    get #options() {
      return all(this, ".handbook-item__fieldset .handbook-item__option", HTMLElement);
    }

    get #inputs() {
      return all(this, ".handbook-item__fieldset input", HTMLInputElement);
    }

    get #rationales() {
      return all(this, "li[data-option]", HTMLElement);
    }

    get #criteria() {
      return all(this, ".handbook-item__rubric input", HTMLInputElement);
    }

    /** @returns {HTMLTextAreaElement | undefined} there for essays only */
    get #text() {
      return all(this, "textarea", HTMLTextAreaElement)[0];
    }

    /** @param {EventTarget | null} target */
    #change(target) {
      if (this.#criteria.some((criterion) => criterion === target)) this.#assess();
      else if (this.#locked) this.response = this.#locked;
      else this.#tell("response", { item: this.dataset.item, response: this.response });
    }

    /** @param {string | undefined} action */
    #act(action) {
      if (action === "flag") {
        this.flagged = !this.flagged;
        this.#tell("flag", { item: this.dataset.item, on: this.flagged });
      } else if (action === "assess") {
        for (const criterion of this.#criteria) criterion.checked = false;
        this.#assess();
      }
    }

    #assess() {
      const met = this.#criteria.filter(({ checked }) => checked);
      /** @param {"points" | "own"} which */
      const sum = (which) => met.reduce((total, { dataset }) => total + Number(dataset[which]), 0);
      this.#tell("assess", { item: this.dataset.item, criteria: checked(met), earned: sum("points"), own: sum("own") });
    }

    /** @param {string} what @param {object} detail */
    #tell(what, detail) {
      this.dispatchEvent(new CustomEvent(`handbook-exam-${what}`, { bubbles: true, detail }));
    }

    /** @param {HTMLElement} option @param {readonly string[]} keys */
    #mark(option, keys) {
      const id = option.dataset.option ?? "";
      const [key, chosen] = [keys.includes(id), Boolean(this.#locked?.includes(id))];
      option.dataset.mark = key ? "key" : chosen ? "wrong" : "";
      const words = [key && "正确答案", chosen && "你的选择"].filter(Boolean).join("，");
      if (!words) return;
      const mark = document.createElement("span");
      mark.className = "handbook-item__mark";
      mark.textContent = `（${words}）`;
      option.querySelector("label")?.append(mark);
    }
  }

  customElements.define("handbook-exam-item", HandbookExamItem);
})();
