/**
 * `<handbook-tally>`: counts the items of its page, clears them, and has them printed with or without answers.
 * Items tell it of changes by a bubbling event; what there is to reach comes from the page, never from storage.
 */
"use strict";

(() => {
  const { confirming, printing, store } = window.handbook;

  /** @param {number} value */
  const shown = (value) => String(Math.round(value * 100) / 100);

  /** @returns {Item[]} */
  const items = () => Array.from(document.querySelectorAll("handbook-item"));

  class HandbookTally extends HTMLElement {
    #life = new AbortController();
    /** @type {Ask} */
    #ask = () => {};

    /** @type {Record<string, () => void>} */
    #actions = {
      "redo-wrong": () => this.#redoWrong(),
      reset: () => this.#ask(true),
      confirm: () => this.#reset(),
      cancel: () => this.#ask(false),
      print: () => printing.items(false),
      "print-answers": () => printing.items(true),
    };

    connectedCallback() {
      this.#life.abort();
      this.#life = new AbortController();
      const { signal } = this.#life;
      document.addEventListener("handbook-item-change", () => this.#count(), { signal });
      this.addEventListener("click", ({ target }) => this.#act(target), { signal });
      this.#ask = confirming(this, "reset", signal);
      this.#part("result").hidden = false;
      this.#part("actions").hidden = false;
      this.#part("storage").hidden = !store.blocked();
      this.#count();
    }

    disconnectedCallback() {
      this.#life.abort();
    }

    /** @param {string} block @returns {HTMLElement} */
    #part(block) {
      return /** @type {HTMLElement} */ (this.querySelector(`.handbook-tally__${block}`));
    }

    /** @param {EventTarget | null} target */
    #act(target) {
      const action = target instanceof HTMLElement && target.dataset.action;
      if (!action) return;
      this.#say("");
      this.#actions[action]();
    }

    /** @param {string} words */
    #say(words) {
      this.#part("notice").textContent = words;
    }

    #count() {
      const results = items().map((item) => item.result);
      const answered = results.filter((result) => result.answered);
      const choices = results.filter((result) => !result.essay);
      const essays = results.filter((result) => result.essay);
      /** @param {Result[]} some @param {"score" | "points"} what */
      const sum = (some, what) => shown(some.reduce((total, result) => total + result[what], 0));
      const parts = [`已答 ${answered.length}/${results.length} 题`];
      if (choices.length) {
        parts.push(`答对 ${choices.filter((result) => result.right).length} 题`);
        parts.push(`客观题得分 ${sum(choices, "score")}/${sum(choices, "points")} 分（每题 1 分）`);
      }
      if (essays.length) parts.push(`自评 ${sum(essays, "score")}/${sum(essays, "points")} 分（自评，仅供参考）`);
      this.#part("result").textContent = parts.join(" · ");
    }

    #redoWrong() {
      const wrong = items().filter(({ result }) => result.answered && !result.essay && !result.right);
      this.#say(wrong.length ? `已清空 ${wrong.length} 道错题，请重做。` : "没有答错的题。");
      wrong.reverse().forEach((item) => item.redo()); // each takes the focus, the first one last
    }

    #reset() {
      items().forEach((item) => item.reset());
      this.#ask(false);
      this.#say("已清除本章作答。");
    }
  }

  customElements.define("handbook-tally", HandbookTally);
})();
