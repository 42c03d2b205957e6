/**
 * `<handbook-answer-sheet>`: the numbers of all items with their state in words, each a link to its item.
 *
 * @typedef {object} Line
 * @property {string} item @property {boolean} answered @property {boolean} flagged
 *
 * @typedef {HTMLElement & {show: (lines: Line[]) => void}} AnswerSheetElement
 */
"use strict";

(() => {
  const { all, made } = window.handbook.dom;

  class HandbookAnswerSheet extends HTMLElement {
    /** Bring the sheet into this state; links that are there already stay, and so does the focus. @param {Line[]} lines */
    show(lines) {
      const numbers = this.querySelector("ol");
      const links = all(this, "ol a", HTMLAnchorElement);
      const isSame = links.length === lines.length && links.every((link, index) => link.getAttribute("href") === `#item-${lines[index].item}`);
      const shown = isSame ? links : lines.map(({ item }) => this.#link(item));
      if (!isSame) numbers?.replaceChildren(...shown.map((link) => this.#entry(link)));
      lines.forEach((line, index) => this.#write(shown[index], line, index + 1));
      const answered = lines.filter((line) => line.answered).length;
      const flagged = lines.filter((line) => line.flagged).length;
      const count = this.querySelector(".handbook-answer-sheet__count");
      if (count) count.textContent = `已答 ${answered}/${lines.length} 题${flagged ? ` · 标记 ${flagged} 题` : ""}`;
    }

    /** @param {string} item */
    #link(item) {
      const link = made("a");
      link.href = `#item-${item}`;
      return link;
    }

    /** @param {Element} link */
    #entry(link) {
      const entry = made("li");
      entry.append(link);
      return entry;
    }

    /** @param {Element} link @param {Line} line @param {number} number */
    #write(link, { answered, flagged }, number) {
      const state = [answered ? "已答" : "未答", flagged && "已标记"].filter(Boolean).join("，");
      link.className = `handbook-answer-sheet__number${answered ? " handbook-answer-sheet__number--answered" : ""}`;
      link.toggleAttribute("data-flagged", flagged);
      link.setAttribute("aria-label", `第 ${number} 题，${state}`);
      link.textContent = String(number);
    }
  }

  customElements.define("handbook-answer-sheet", HandbookAnswerSheet);
})();
