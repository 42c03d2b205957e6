/**
 * `<handbook-tally>`: counts the items of its page, clears them, and has them printed with or without answers.
 * Items tell it of changes by a bubbling event; what there is to reach comes from the page, never from storage.
 */
"use strict";

(() => {
  const { confirming, dom, printing, store } = window.handbook;

  /** @returns {Item[]} */
  const items = () => Array.from(document.querySelectorAll("handbook-item"));

  class HandbookTally extends dom.LiveElement {
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

    /** @param {AbortSignal} signal */
    live(signal) {
      document.addEventListener("handbook-item-change", () => this.#count(), { signal });
      this.onAction((action) => this.#act(action), signal);
      this.#ask = confirming(this, "reset", signal);
      this.piece("result").hidden = false;
      this.piece("actions").hidden = false;
      this.piece("storage").hidden = !store.blocked();
      this.#count();
    }

    /** @param {string} action */
    #act(action) {
      this.#say("");
      this.#actions[action]();
    }

    /** @param {string} words */
    #say(words) {
      this.piece("notice").textContent = words;
    }

    #count() {
      const results = items().map((item) => item.result);
      const answered = results.filter((result) => result.answered);
      const choices = results.filter((result) => !result.essay);
      const essays = results.filter((result) => result.essay);
      /** @param {Result[]} some @param {"score" | "points"} what */
      const sum = (some, what) => dom.points(some.reduce((total, result) => total + result[what], 0));
      const parts = [`已答 ${answered.length}/${results.length} 题`];
      if (choices.length) {
        parts.push(`答对 ${choices.filter((result) => result.right).length} 题`);
        parts.push(`客观题得分 ${sum(choices, "score")}/${sum(choices, "points")} 分（每题 1 分）`);
      }
      if (essays.length) parts.push(`自评 ${sum(essays, "score")}/${sum(essays, "points")} 分（自评，仅供参考）`);
      this.piece("result").textContent = parts.join(" · ");
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
