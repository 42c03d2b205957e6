/**
 * `<handbook-exam-record>`: on the card of an exam, the reader's own best and last result, or that one is under way.
 */
"use strict";

(() => {
  const { attempting, attempts, format } = window.handbook;

  /** @param {Attempt[]} all @returns {string} */
  const words = (all) => {
    const finished = all.filter(({ submitted }) => submitted !== null);
    const last = finished[finished.length - 1];
    const best = Math.max(...finished.map((attempt) => attempting.result(attempt).percent));
    const done = last
      ? `做过 ${finished.length} 次，最好 ${best}%，最近 ${attempting.result(last).percent}%（${format.day(last.submitted ?? 0)}）`
      : "还没有做过";

    return finished.length < all.length ? `${done}。有一次还没有交卷` : done;
  };

  class HandbookExamRecord extends HTMLElement {
    #life = new AbortController();

    connectedCallback() {
      this.#life.abort();
      this.#life = new AbortController();
      const exam = this.dataset.exam ?? "";
      const show = () => {
        this.textContent = words(attempts.list(exam));
      };
      attempts.watch(exam, show, this.#life.signal);
      show();
    }

    disconnectedCallback() {
      this.#life.abort();
    }
  }

  customElements.define("handbook-exam-record", HandbookExamRecord);
})();
