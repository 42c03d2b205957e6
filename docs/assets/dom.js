/**
 * Finds and makes elements, reads JSON, writes numbers and times; and the class that all elements of ours extend.
 * Comes before every other script, and does nothing to the page by itself. Text only ever becomes text, never markup.
 *
 * @typedef {HTMLElement & {
 *   live(signal: AbortSignal): void,
 *   piece(name: string, inside?: Element): HTMLElement,
 *   tell(name: string, detail?: object): void,
 *   onAction(run: (action: string) => void, signal: AbortSignal): void,
 * }} Live
 *   `live` is what it does once it is in the page, with a signal that ends all listening when it is taken out;
 *   `piece` finds `.handbook-item__name` in a `<handbook-item>` that is known to have it; `tell` sends a bubbling event;
 *   `onAction` is told of clicks on buttons that name an action
 *
 * @typedef {object} Dom
 * @property {<T extends Element>(root: ParentNode, selector: string, kind: new () => T) => T[]} all
 * @property {<K extends keyof HTMLElementTagNameMap>(name: K, className?: string, text?: string) => HTMLElementTagNameMap[K]} made
 * @property {(inputs: readonly HTMLInputElement[]) => string[]} checked the values of those that are
 * @property {(text: string | null) => any} parsed JSON, or undefined; null for null, which is what storage gives for nothing
 * @property {(value: number) => string} points at most two decimals
 * @property {(time: number) => string} day 2026-03-01
 * @property {(time: number) => string} moment 3 月 1 日 09:30
 * @property {new () => Live} LiveElement
 */
"use strict";

(() => {
  /**
   * @template {Element} T
   * @param {ParentNode} root @param {string} selector @param {new () => T} kind
   * @returns {T[]}
   */
  const all = (root, selector, kind) =>
    Array.from(root.querySelectorAll(selector)).filter(/** @returns {found is T} */ (found) => found instanceof kind);

  /** @type {Dom["made"]} */
  const made = (name, className = "", text = "") => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.textContent = text;
    return element;
  };

  /** @type {Dom["checked"]} */
  const checked = (inputs) => inputs.filter((input) => input.checked).map(({ value }) => value);

  /** @type {Dom["parsed"]} */
  const parsed = (text) => {
    try {
      return JSON.parse(text ?? "null");
    } catch {
      return undefined;
    }
  };

  /** @type {Dom["points"]} */
  const points = (value) => String(Math.round(value * 100) / 100);

  /** @param {number} part */
  const two = (part) => String(part).padStart(2, "0");

  /** @type {Dom["day"]} */
  const day = (time) => {
    const date = new Date(time);
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two).join("-");
  };

  /** @type {Dom["moment"]} */
  const moment = (time) => {
    const date = new Date(time);
    return `${date.getMonth() + 1} 月 ${date.getDate()} 日 ${two(date.getHours())}:${two(date.getMinutes())}`;
  };

  class LiveElement extends HTMLElement {
    #life = new AbortController();

    connectedCallback() {
      this.#life.abort();
      this.#life = new AbortController();
      this.live(this.#life.signal);
    }

    disconnectedCallback() {
      this.#life.abort();
    }

    /** @param {AbortSignal} _signal */
    live(_signal) {}

    /** @param {string} name @param {Element} inside @returns {HTMLElement} */
    piece(name, inside = this) {
      return /** @type {HTMLElement} */ (inside.querySelector(`.${this.localName}__${name}`));
    }

    /** @param {string} name @param {object} detail */
    tell(name, detail = {}) {
      this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
    }

    /** @param {(action: string) => void} run @param {AbortSignal} signal */
    onAction(run, signal) {
      const clicked = (/** @type {MouseEvent} */ { target }) =>
        target instanceof HTMLElement && target.dataset.action && run(target.dataset.action);
      this.addEventListener("click", clicked, { signal });
    }
  }

  window.handbook = { ...window.handbook, dom: { all, made, checked, parsed, points, day, moment, LiveElement } };
})();
