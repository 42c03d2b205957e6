/**
 * `<handbook-exam-result>`: what an attempt came to, by part and by chapter, and each item with its key and rationales.
 *
 * @typedef {HTMLElement & {
 *   show: (exam: Exam, attempt: Attempt) => void,
 *   update: (attempt: Attempt, item: string) => void,
 *   clear: () => void,
 * }} ExamResultElement
 */
"use strict";

(() => {
  const { attempting, dom, format } = window.handbook;
  const { made, moment, points } = dom;
  const { minutes, table } = format;

  /** @param {Sum} sum */
  const row = (sum) => [
    `${sum.items}`,
    `${points(sum.score)} / ${points(sum.points)}`,
    sum.pendingItems ? `待自评 ${points(sum.pending)} 分` : `${Math.floor((sum.score / sum.points) * 100)}%`,
  ];

  /** @param {{title: string, url: string}} chapter */
  const link = ({ title, url }) => {
    const element = made("a", "", title);
    element.href = url;
    return element;
  };

  /** What the score means, with what is still open. @param {Attempt} attempt */
  const verdict = (attempt) => {
    const result = attempting.result(attempt);
    const line = `及格线 ${attempt.pass}%（${points(result.needed)} 分）`;
    const open = result.pendingItems ? `还有 ${result.pendingItems} 题、共 ${points(result.pending)} 分待自评，在下面对照评分标准打勾，成绩会跟着更新。` : "";
    if (!result.items) return "这套卷的题目都已更新，没有可以计分的题。";

    return { reached: `达到${line}。${open}`, missed: `没有达到${line}。${open}`, open: `${open}${line}，自评以后才知道是否达到。` }[result.pass];
  };

  class HandbookExamResult extends dom.LiveElement {
    /** @type {Exam | undefined} */
    #exam;

    /** @param {AbortSignal} signal */
    live(signal) {
      this.onAction((action) => action === "filter" && this.#filter(), signal);
    }

    /** @param {Exam} exam @param {Attempt} attempt */
    show(exam, attempt) {
      this.#exam = exam;
      this.#sum(attempt);
      this.piece("attempt").textContent = `第 ${attempt.letter} 套，${moment(attempt.submitted ?? 0)} 交卷，用时 ${minutes(attempt.spent)}。`;
      this.piece("notices").replaceChildren(...this.#notices(attempt).map((words) => made("p", "handbook-exam__notice", words)));
      const items = attempt.places.map((place, index) => this.#item(exam, attempt, place, index + 1));
      this.piece("items").replaceChildren(...items);
      for (const element of this.#items) this.#say(exam, attempt, element);
      this.#filter(false);
    }

    /** The reader has assessed an item. @param {Attempt} attempt @param {string} item */
    update(attempt, item) {
      const element = this.#items.find(({ dataset }) => dataset.item === item);
      const place = attempt.places.find((each) => each.item === item);
      if (element && place) element.say(this.#review(attempt, place, element));
      this.#sum(attempt);
    }

    clear() {
      this.piece("items").replaceChildren();
    }

    /** @returns {ExamItemElement[]} */
    get #items() {
      return Array.from(this.querySelectorAll("handbook-exam-item"));
    }

    /** @param {Attempt} attempt */
    #sum(attempt) {
      const result = attempting.result(attempt);
      const heading = this.querySelector("h2");
      if (heading) heading.textContent = `成绩：${points(result.score)} / ${points(result.points)} 分（${result.percent}%）`;
      this.dataset.pass = result.pass;
      this.piece("verdict").textContent = verdict(attempt);
      const chapters = this.#exam?.chapters ?? [];
      const byPart = [...attempting.sums(attempt, ({ part }) => part)].map(([part, sum]) => [attempt.parts[part].title, ...row(sum)]);
      const byChapter = [...attempting.sums(attempt, ({ item }) => this.#exam?.items.get(item)?.chapter)]
        .sort(([one], [other]) => one - other)
        .map(([chapter, sum]) => [link(chapters[chapter]), ...row(sum)]);
      this.piece("tables").replaceChildren(
        table("按题型", ["题型", "题数", "得分", "得分率"], byPart),
        table("按章节", ["章节", "题数", "得分", "得分率"], byChapter),
      );
    }

    /** @param {Attempt} attempt */
    #notices(attempt) {
      const changed = attempt.places.length - attempting.result(attempt).items;
      return [
        attempt.late && "超时：时间到了，已自动交卷。到点之前的作答都在，一题没丢。",
        changed && `有 ${changed} 题在开考以后更新或撤下了，这次不计分，总分相应减少。`,
      ].filter(/** @returns {words is string} */ (words) => Boolean(words));
    }

    /** @param {Exam} exam @param {Attempt} attempt @param {Place} place @param {number} number */
    #item(exam, attempt, place, number) {
      const item = exam.items.get(place.item);
      if (!item) return made("p", "handbook-exam__notice", `第 ${number} 题：题目已经撤下，不计分。`);
      const piece = document.importNode(item.template.content, true);
      const element = /** @type {ExamItemElement} */ (piece.querySelector("handbook-exam-item"));
      const isSame = exam.current(place) !== null;
      element.lay(number, attempt.parts[place.part].points, isSame ? place.order : item.offered);

      return element;
    }

    /** @param {Exam} exam @param {Attempt} attempt @param {ExamItemElement} element */
    #say(exam, attempt, element) {
      const place = attempt.places.find(({ item }) => item === element.dataset.item);
      if (!place) return;
      const isSame = exam.current(place) !== null;
      const criteria = attempt.marks[place.item]?.criteria ?? [];
      const response = attempt.responses[place.item];
      element.review({ ...this.#review(attempt, place, element), criteria: isSame ? criteria : [] }, isSame ? response : undefined);
    }

    /** @param {Attempt} attempt @param {Place} place @param {ExamItemElement} element @returns {Review} */
    #review(attempt, place, element) {
      const mark = attempt.marks[place.item];
      const worth = attempt.parts[place.part].points;
      const item = this.#exam?.current(place);
      const earned = `得 ${points(mark?.earned ?? 0)}/${worth} 分`;
      /** @param {Review["kind"]} kind @param {string} words */
      const review = (kind, words) => ({ kind, words, criteria: mark?.criteria ?? [] });
      if (!mark) return review("void", "题目已更新，这次不计分。以下是现在的题目。");
      if (!item) return review("void", `题目在交卷以后更新了，当时${earned}。以下是现在的题目。`);
      if (item.kind.essay) {
        if (!attempting.isAnswered(attempt, place.item)) return review("blank", "没有作答，得 0 分。");
        if (mark.earned === null) return review("open", "待自评：请对照参考答案，给作答里有的采分点打勾。");
        return review("assessed", `自评${earned}（自评，仅供参考）。`);
      }
      const key = `答案：${element.key}。`;
      const response = attempt.responses[place.item] ?? [];
      if (!attempting.isAnswered(attempt, place.item)) return review("blank", `没有作答，得 0 分。${key}`);
      if (mark.earned === worth) return review("right", `回答正确，${earned}。${key}`);
      const own = `你的答案：${element.words(response)}。`;

      return mark.earned ? review("partial", `部分正确，${earned}。${own}${key}`) : review("wrong", `回答错误，${earned}。${own}${key}`);
    }

    /** Show only what cost points, or all again. */
    #filter(on = this.dataset.filter !== "lost") {
      this.piece("filter").firstElementChild?.setAttribute("aria-pressed", String(on));
      this.dataset.filter = on ? "lost" : "";
    }
  }

  customElements.define("handbook-exam-result", HandbookExamResult);
})();
