/**
 * `<handbook-exam-past>`: the attempts at one exam as a table, and as a small chart that says no more than the table.
 *
 * @typedef {HTMLElement & {show: (attempts: Attempt[]) => void}} ExamPastElement
 *
 * @typedef {CustomEvent<{n: number}>} LookEvent the reader wants to see an attempt again
 */
"use strict";

(() => {
  const { attempting, dom, format } = window.handbook;
  const SVG = "http://www.w3.org/2000/svg";
  const [HEIGHT, STEP, BAR, FEWEST, MARGIN] = [110, 16, 10, 8, 80];

  /** @param {string} name @param {Record<string, string | number>} attributes */
  const drawn = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
    return element;
  };

  /** @param {number} percent from the top of the chart, which has room for the words 100% */
  const height = (percent) => HEIGHT - percent;

  class HandbookExamPast extends dom.LiveElement {
    /** @param {AbortSignal} signal */
    live(signal) {
      this.addEventListener("click", ({ target }) => this.#look(target), { signal });
    }

    /** @param {Attempt[]} attempts the first one first */
    show(attempts) {
      const finished = attempts.filter(({ submitted }) => submitted !== null);
      this.hidden = finished.length === 0;
      const titles = ["交卷时间", "得分", "得分率", "查看"];
      const rows = finished.map((attempt) => this.#row(attempt)).reverse();
      this.piece("rows").replaceChildren(format.table("各次成绩，最近的在前", titles, rows));
      this.piece("chart").replaceChildren(...(finished.length > 1 ? [this.#chart(finished)] : []));
    }

    /** @param {Attempt} attempt @returns {(string | Node)[]} */
    #row(attempt) {
      const { score, points, percent, pendingItems } = attempting.result(attempt);
      const when = dom.moment(attempt.submitted ?? 0);
      const look = dom.made("button", "handbook-button", "查看");
      look.type = "button";
      look.setAttribute("aria-label", `查看 ${when} 的成绩`);
      look.dataset.attempt = String(attempt.n);
      const notes = [
        `第 ${attempt.letter} 套`,
        `用时 ${format.minutes(attempt.spent)}`,
        attempt.late && "超时",
        pendingItems && `${pendingItems} 题待自评`,
      ];
      const first = dom.made("span");
      first.append(when, dom.made("span", "handbook-exam-past__notes", notes.filter(Boolean).join("，")));
      const result = points ? [`${dom.points(score)} / ${dom.points(points)}`, `${percent}%`] : ["题目已更新", "—"];

      return [first, ...result, look];
    }

    /** @param {Attempt[]} attempts */
    #chart(attempts) {
      const shares = attempts.map(attempting.result).filter(({ points }) => points).map(({ percent }) => percent);
      const line = Number(this.dataset.pass);
      const width = Math.max(FEWEST, shares.length) * STEP;
      const chart = drawn("svg", { viewBox: `0 0 ${width + MARGIN} ${HEIGHT + 6}`, role: "img", class: "handbook-exam-past__svg" });
      chart.setAttribute("aria-label", `各次得分率，从早到晚：${shares.map((share) => `${share}%`).join("、")}；及格线 ${line}%。`);
      shares.forEach((share, index) => {
        const kind = share >= line ? "reached" : "missed";
        chart.append(drawn("rect", { x: index * STEP + 2, y: height(share), width: BAR, height: share, class: `handbook-exam-past__bar handbook-exam-past__bar--${kind}` }));
      });
      chart.append(drawn("line", { x1: 0, x2: width, y1: HEIGHT, y2: HEIGHT, class: "handbook-exam-past__ground" }));
      chart.append(drawn("line", { x1: 0, x2: width, y1: height(line), y2: height(line), class: "handbook-exam-past__pass" }));
      const label = drawn("text", { x: width + 4, y: height(line) + 4, class: "handbook-exam-past__label" });
      label.textContent = `及格 ${line}%`;
      chart.append(label);

      return chart;
    }

    /** @param {EventTarget | null} target */
    #look(target) {
      if (!(target instanceof HTMLElement) || !target.dataset.attempt) return;
      this.tell("handbook-exam-look", { n: Number(target.dataset.attempt) });
    }
  }

  customElements.define("handbook-exam-past", HandbookExamPast);
})();
