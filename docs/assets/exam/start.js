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
  const { attempting, confirming, dom, format } = window.handbook;

  /** How far an attempt is. @param {Attempt} attempt @param {number} now */
  const progress = (attempt, now) => {
    const answered = attempt.places.filter(({ item }) => attempting.isAnswered(attempt, item)).length;
    const left = attempting.remaining(attempt, now);
    const time = Number.isFinite(left) ? `${attempt.left === null ? "剩余" : "已暂停，剩余"} ${format.minutes(left)}` : "不限时";

    return `上次的考试（第 ${attempt.letter} 套）还没有交卷：已答 ${answered}/${attempt.places.length} 题，${time}。`;
  };

  class HandbookExamStart extends dom.LiveElement {
    /** @type {Ask} */
    #ask = () => {};

    /** @param {AbortSignal} signal */
    live(signal) {
      this.addEventListener("submit", (event) => this.#begin(event), { signal });
      this.onAction((action) => this.#act(action), signal);
      this.#ask = confirming(this, "ask", signal);
    }

    /** @type {ExamStartElement["show"]} */
    show({ open, now, gone }) {
      this.piece("open").hidden = !open;
      this.piece("words").textContent = open ? progress(open, now) : "";
      this.piece("begin").hidden = Boolean(open);
      this.piece("confirm").hidden = true; // what it was asked about may be gone
      this.piece("gone").hidden = !gone;
    }

    /** @param {SubmitEvent} event */
    #begin(event) {
      event.preventDefault();
      const minutes = Number(new FormData(/** @type {HTMLFormElement} */ (this.piece("begin"))).get("exam-time"));
      this.tell("handbook-exam-begin", { minutes: minutes || null });
    }

    /** @param {string} action */
    #act(action) {
      if (action === "ask" || action === "cancel") this.#ask(action === "ask");
      else this.tell(`handbook-exam-${action}`);
    }
  }

  customElements.define("handbook-exam-start", HandbookExamStart);
})();
