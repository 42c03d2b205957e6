/**
 * What the page of an exam holds: its forms, and each item with what it takes to show and to mark it.
 * Reads the page, changes nothing.
 *
 * @typedef {object} ExamItem
 * @property {string} id @property {string} rev
 * @property {number} chapter index into `chapters`
 * @property {HTMLTemplateElement} template
 * @property {boolean} essay
 * @property {string[]} options ids, in the bank's order
 * @property {string[]} keys
 *
 * @typedef {object} Exam
 * @property {number} pass percentage
 * @property {{title: string, url: string}[]} chapters
 * @property {Map<string, ExamItem>} items
 * @property {(done: string[], draw: number) => {letter: string, parts: ExamPart[], places: Place[]}} form one that is not
 *   among the letters done, the latest last; once all are, not among the latest. `draw`, from 0 to below 1, says which
 * @property {(place: Place) => ExamItem | null} current the item, unless it is gone or has changed since
 * @property {(attempt: Attempt, place: Place) => Score} score of a choice
 * @property {(attempt: Attempt, place: Place, part: ExamPart) => Mark | null} mark null where the item has changed since
 */
"use strict";

(() => {
  const { attempting, scoring } = window.handbook;
  const CODE_OF_A = 65;

  /** @param {HTMLTemplateElement} template @returns {ExamItem} */
  const itemOf = (template) => {
    const options = /** @type {NodeListOf<HTMLElement>} */ (template.content.querySelectorAll("li[data-option]"));
    const ids = Array.from(options, ({ dataset }) => dataset.option ?? "");

    return {
      id: template.dataset.item ?? "",
      rev: template.dataset.revision ?? "",
      chapter: Number(template.dataset.chapter),
      template,
      essay: template.content.querySelector("textarea") !== null,
      options: ids,
      keys: ids.filter((_, index) => "key" in options[index].dataset),
    };
  };

  /** @param {Element} root @returns {Exam} */
  const examOf = (root) => {
    const { pass, parts, chapters, forms } = JSON.parse(root.querySelector("script")?.textContent ?? "{}");
    const templates = /** @type {NodeListOf<HTMLTemplateElement>} */ (root.querySelectorAll("template[data-item]"));
    const items = new Map(Array.from(templates, itemOf).map((item) => [item.id, item]));

    /** @param {[string, string]} compact @param {number} part @returns {Place} */
    const placeOf = ([id, order], part) => {
      const item = /** @type {ExamItem} */ (items.get(id));
      return { item: id, rev: item.rev, part, order: Array.from(order, (letter) => item.options[letter.charCodeAt(0) - CODE_OF_A]) };
    };

    /** @param {string[]} letters */
    const without = (letters) => forms.filter((/** @type {{letter: string}} */ { letter }) => !letters.includes(letter));

    /** @type {Exam["form"]} */
    const form = (done, draw) => {
      const fresh = without(done);
      const half = Math.floor(forms.length / 2);
      const offered = fresh.length ? fresh : without(done.slice(done.length - half));
      const { letter, parts: placed } = offered[Math.floor(draw * offered.length)];
      return {
        letter,
        parts: parts.map((/** @type {ExamPart} */ { title, hint, points, scoring }) => ({ title, hint, points, scoring })),
        places: placed.flatMap((/** @type {[string, string][]} */ places, /** @type {number} */ part) =>
          places.map((place) => placeOf(place, part)),
        ),
      };
    };

    /** @type {Exam["current"]} */
    const current = ({ item, rev }) => {
      const found = items.get(item);
      return found?.rev === rev ? found : null;
    };

    /** @type {Exam["score"]} */
    const score = ({ responses, parts }, { item, part }) => {
      const response = responses[item];
      return scoring.choice(parts[part].scoring, items.get(item)?.keys ?? [], Array.isArray(response) ? response : []);
    };

    /** @type {Exam["mark"]} */
    const mark = (attempt, place, part) => {
      const item = current(place);
      if (!item) return null;
      if (item.essay) return { earned: attempting.isAnswered(attempt, place.item) ? null : 0 };
      return { earned: score(attempt, place).score * part.points };
    };

    return { pass, chapters, items, form, current, score, mark };
  };

  window.handbook = { ...window.handbook, examOf };
})();
