/**
 * `<handbook-exam-start>`: begins an attempt with the time the reader wants, or goes on with, or gives up, the open one.
 * Says which by bubbling events; knows nothing of forms or storage.
 *
 * @typedef {HTMLElement & {show: (how: {open: string, gone: boolean}) => void}} ExamStartElement `open` tells of the
 *   attempt that was not submitted, or is empty; `gone`: there was one that cannot be gone on with
 *
 * @typedef {CustomEvent<{minutes: number | null}>} BeginEvent
 */
"use strict";

(() => {
  class HandbookExamStart extends HTMLElement {
    #life = new AbortController();

    connectedCallback() {
      this.#life.abort();
      this.#life = new AbortController();
      const { signal } = this.#life;
      this.addEventListener("submit", (event) => this.#begin(event), { signal });
      this.addEventListener("click", ({ target }) => this.#act(target), { signal });
      this.addEventListener("keydown", ({ key }) => key === "Escape" && !this.#part("confirm").hidden && this.#ask(false), { signal });
    }

    disconnectedCallback() {
      this.#life.abort();
    }

    /** @type {ExamStartElement["show"]} */
    show({ open, gone }) {
      this.#part("open").hidden = !open;
      this.#part("words").textContent = open;
      this.#part("begin").hidden = Boolean(open);
      this.#part("confirm").hidden = true;
      this.#part("gone").hidden = !gone;
    }

    /** @param {string} name @returns {HTMLElement} */
    #part(name) {
      return /** @type {HTMLElement} */ (this.querySelector(`[data-part=${name}]`));
    }

    /** @param {SubmitEvent} event */
    #begin(event) {
      event.preventDefault();
      const minutes = Number(new FormData(/** @type {HTMLFormElement} */ (this.#part("begin"))).get("exam-time"));
      this.#tell("begin", { minutes: minutes || null });
    }

    /** @param {EventTarget | null} target */
    #act(target) {
      const action = target instanceof HTMLElement ? target.dataset.action : undefined;
      if (action === "ask" || action === "cancel") this.#ask(action === "ask");
      else if (action) this.#tell(action, {});
    }

    /** @param {boolean} asking */
    #ask(asking) {
      this.#part("confirm").hidden = !asking;
      const button = this.querySelector(`[data-action=${asking ? "cancel" : "ask"}]`);
      if (button instanceof HTMLElement) button.focus();
    }

    /** @param {string} what @param {object} detail */
    #tell(what, detail) {
      this.dispatchEvent(new CustomEvent(`handbook-exam-${what}`, { bubbles: true, detail }));
    }
  }

  customElements.define("handbook-exam-start", HandbookExamStart);
})();
