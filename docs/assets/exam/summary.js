/**
 * `<handbook-exam-summary>`: before submission, says which items are unanswered or flagged, with links to them.
 *
 * @typedef {HTMLElement & {ask: (lines: Line[]) => void}} ExamSummaryElement
 */
"use strict";

(() => {
  const { made } = window.handbook.dom;

  /** @param {Line[]} lines @param {(line: Line) => boolean} which */
  const links = (lines, which) => {
    const list = made("ul", "handbook-exam__links");
    lines.forEach((line, index) => {
      if (!which(line)) return;
      const link = made("a", "", `第 ${index + 1} 题`);
      link.href = `#item-${line.item}`;
      const entry = made("li");
      entry.append(link);
      list.append(entry);
    });
    return list;
  };

  class HandbookExamSummary extends HTMLElement {
    /** Show what is open and take the focus; the alert is a part of its own, so that it is spoken once. @param {Line[]} lines */
    ask(lines) {
      const blank = lines.filter(({ answered }) => !answered).length;
      const flagged = lines.filter(({ flagged }) => flagged).length;
      const heading = made("h3", "handbook-exam__summary-heading", blank ? `还有 ${blank} 题未作答` : `${lines.length} 题都已作答`);
      const parts = [heading, ...(blank ? [links(lines, ({ answered }) => !answered)] : [])];
      if (flagged) parts.push(made("p", "handbook-exam__summary-flagged", `标记了 ${flagged} 题：`), links(lines, ({ flagged }) => flagged));
      parts.push(made("p", "", "交卷以后不能再改。"));
      const submit = this.querySelector("[data-action=submit]");
      if (submit) submit.textContent = blank ? "仍要交卷" : "确定交卷";
      this.hidden = false;
      this.querySelector("[role=alert]")?.replaceChildren(...parts);
      this.focus();
    }
  }

  customElements.define("handbook-exam-summary", HandbookExamSummary);
})();
