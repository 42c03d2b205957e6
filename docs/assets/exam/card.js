/**
 * `<handbook-exam-card>`: on the card of an exam, the reader's own best and last result, or that one is under way.
 */
"use strict";

(() => {
  const { attempting, attempts, dom } = window.handbook;

  /** @param {Attempt[]} all @returns {string} */
  const words = (all) => {
    const finished = all.filter(({ submitted }) => submitted !== null);
    const last = finished[finished.length - 1];
    const best = Math.max(...finished.map((attempt) => attempting.result(attempt).percent));
    const done = last
      ? `做过 ${finished.length} 次，最好 ${best}%，最近 ${attempting.result(last).percent}%（${dom.moment(last.submitted ?? 0)}）`
      : "还没有做过";

    return finished.length < all.length ? `${done}。有一次还没有交卷` : done;
  };

  class HandbookExamCard extends dom.LiveElement {
    /** @param {AbortSignal} signal */
    live(signal) {
      const exam = this.dataset.exam ?? "";
      const show = () => {
        this.textContent = words(attempts.list(exam));
      };
      attempts.watch(exam, show, signal);
      show();
    }
  }

  customElements.define("handbook-exam-card", HandbookExamCard);
})();
