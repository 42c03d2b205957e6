/**
 * `<handbook-progress>`: fills the table of chapters with what the reader has done, and recommends one thing to do next.
 */
"use strict";

(() => {
  const { chapters, dom, progress, store } = window.handbook;

  /** @param {number} time milliseconds; 0 without one */
  const day = (time) => (time ? dom.day(time) : "–");

  class HandbookProgress extends dom.LiveElement {
    /** @param {AbortSignal} signal */
    live(signal) {
      document.addEventListener("handbook-responses-change", () => this.#render(), { signal });
      store.watchAll(() => this.#render(), signal);
      this.piece("fallback").hidden = true;
      this.piece("storage").hidden = !store.blocked();
      this.piece("next").hidden = false;
      /** @type {HTMLTableSectionElement} */ (this.querySelector("tfoot")).hidden = false;
      this.#render();
    }

    /** @param {string} name @returns {HTMLElement} */
    #row(name) {
      return /** @type {HTMLElement} */ (this.querySelector(`[data-chapter="${name}"]`));
    }

    #render() {
      const summaries = progress.summaries(chapters, store.read);
      summaries.forEach((summary) => this.#renderRow(summary));
      this.#fill(this.piece("row--sum"), {
        answered: summaries.reduce((sum, each) => sum + each.answered, 0),
        right: summaries.reduce((sum, each) => sum + each.right, 0),
        mastered: summaries.reduce((sum, each) => sum + each.mastered, 0),
        mistakes: summaries.reduce((sum, each) => sum + each.mistakes, 0),
        last: day(Math.max(0, ...summaries.map(({ last }) => last))),
      });
      this.#renderAdvice(progress.advice(summaries));
    }

    /** @param {Summary} summary */
    #renderRow(summary) {
      const row = this.#row(summary.name);
      const { answered, right, mastered, mistakes } = summary;
      this.#fill(row, { answered, right, mastered, mistakes, last: day(summary.last) });
      const words = [...(summary.finished ? ["✓ 学完"] : []), ...(summary.stale ? [`${summary.stale} 题已更新`] : [])];
      this.piece("mark", row).textContent = words.join("，");
      for (const [bar, value] of /** @type {const} */ ([["seen", answered], ["done", summary.done]]))
        this.piece(bar, row).setAttribute("width", String(summary.total ? (100 * value) / summary.total : 0));
    }

    /** @param {Element} row @param {Record<string, string | number>} values by column */
    #fill(row, values) {
      for (const [column, value] of Object.entries(values)) {
        const cell = /** @type {HTMLElement} */ (row.querySelector(`[data-column=${column}] [data-value]`));
        cell.textContent = String(value);
      }
    }

    /** @param {Advice} advice */
    #renderAdvice({ text, place, chapter }) {
      const row = chapter && this.#row(chapter);
      const url = (row && row.querySelector("a")?.getAttribute("href")) || "";
      const addresses = {
        notebook: this.dataset.notebook && `${this.dataset.notebook}#notebook-${chapter}`,
        quiz: `${url}#quiz`,
        chapter: url,
        exam: this.dataset.mockExam,
      };
      const link = dom.made("a", "", text);
      const address = addresses[place];
      if (address) link.href = address;
      this.piece("advice").replaceChildren(link);
    }
  }

  customElements.define("handbook-progress", HandbookProgress);
})();
