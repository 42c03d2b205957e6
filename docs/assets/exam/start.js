/**
 * `<handbook-exam-start>`: begins an attempt with the time the reader wants, or goes on with, or gives up, the open one.
 * Says which by bubbling events; knows nothing of forms or storage.
 *
 * @typedef {HTMLElement & {show: (how: {open: Attempt | null, now: number, gone: boolean}) => void}} ExamStartElement
 *   `open` was not submitted; `gone`: there was one that cannot be gone on with
 *
 * @typedef {CustomEvent<{minutes: number | null}>} BeginEvent
 */
"use strict";

(() => {
  const { attempting, confirming, format } = window.handbook;

  /** How far an attempt is. @param {Attempt} attempt @param {number} now */
  const progress = (attempt, now) => {
    const answered = attempt.places.filter(({ item }) => attempting.isAnswered(attempt, item)).length;
    const left = attempting.remaining(attempt, now);
    const time = Number.isFinite(left) ? `${attempt.left === null ? "剩余" : "已暂停，剩余"} ${format.minutes(left)}` : "不限时";

    return `上次的考试（第 ${attempt.letter} 套）还没有交卷：已答 ${answered}/${attempt.places.length} 题，${time}。`;
  };

  class HandbookExamStart extends HTMLElement {
    #life = new AbortController();
    /** @type {Ask} */
    #ask = () => {};

    connectedCallback() {
      this.#life.abort();
      this.#life = new AbortController();
      const { signal } = this.#life;
      this.addEventListener("submit", (event) => this.#begin(event), { signal });
      this.addEventListener("click", ({ target }) => this.#act(target), { signal });
      this.#ask = confirming(this, "ask", signal);
    }

    disconnectedCallback() {
      this.#life.abort();
    }

    /** @type {ExamStartElement["show"]} */
    show({ open, now, gone }) {
      this.#part("open").hidden = !open;
      this.#part("words").textContent = open ? progress(open, now) : "";
      this.#part("begin").hidden = Boolean(open);
      this.#part("confirm").hidden = true; // what it was asked about may be gone
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

    /** @param {string} what @param {object} detail */
    #tell(what, detail) {
      this.dispatchEvent(new CustomEvent(`handbook-exam-${what}`, { bubbles: true, detail }));
    }
  }

  customElements.define("handbook-exam-start", HandbookExamStart);
})();
