/**
 * `<handbook-exam-paper>`: the items of an attempt under the headings of their parts.
 * Items are taken from the page's templates; what the reader does there reaches the exam by the items' own events.
 *
 * @typedef {HTMLElement & {
 *   lay: (exam: Exam, attempt: Attempt) => void,
 *   clear: () => void,
 *   enter: (item: string) => void,
 * }} ExamPaperElement
 */
"use strict";

(() => {
  const { made } = window.handbook.dom;

  class HandbookExamPaper extends HTMLElement {
    /** @param {Exam} exam @param {Attempt} attempt */
    lay(exam, attempt) {
      const sections = attempt.parts.map((part, index) => this.#section(exam, attempt, part, index));
      this.replaceChildren(...sections);
    }

    clear() {
      this.replaceChildren();
    }

    /** Go to an item and into it. @param {string} item */
    enter(item) {
      const element = document.getElementById(`item-${item}`);
      element?.scrollIntoView();
      const target = element?.querySelector("input:checked") ?? element?.querySelector("textarea, input") ?? element;
      if (target instanceof HTMLElement) target.focus({ preventScroll: true });
    }

    /** @param {Exam} exam @param {Attempt} attempt @param {ExamPart} part @param {number} index */
    #section(exam, attempt, part, index) {
      const section = document.createElement("section");
      const places = attempt.places.filter((place) => place.part === index);
      const sum = `${places.length} 题，每题 ${part.points} 分，共 ${places.length * part.points} 分`;
      const heading = made("h3", "handbook-exam-paper__part", `${part.title}（${sum}）`);
      heading.id = `exam-part-${index + 1}`;
      section.setAttribute("aria-labelledby", heading.id);
      section.append(heading);
      section.append(made("p", "handbook-item__hint", part.hint));
      for (const place of places) section.append(this.#item(exam, attempt, place, part));

      return section;
    }

    /** @param {Exam} exam @param {Attempt} attempt @param {Place} place @param {ExamPart} part */
    #item(exam, attempt, place, part) {
      const number = attempt.places.indexOf(place) + 1;
      const item = exam.current(place);
      if (!item) return this.#void(place.item, number);
      const piece = document.importNode(item.template.content, true);
      const element = /** @type {ExamItemElement} */ (piece.querySelector("handbook-exam-item"));
      element.lay(number, part.points, place.order);
      element.response = attempt.responses[place.item] ?? (item.kind.essay ? "" : []);
      element.flagged = attempt.flags.includes(place.item);

      return element;
    }

    /** What stands for an item that has changed since the attempt began. @param {string} item @param {number} number */
    #void(item, number) {
      const notice = made("p", "handbook-exam__notice", `第 ${number} 题：题目已更新，这次不计分，总分相应减少。`);
      notice.id = `item-${item}`;
      notice.tabIndex = -1;
      return notice;
    }
  }

  customElements.define("handbook-exam-paper", HandbookExamPaper);
})();
