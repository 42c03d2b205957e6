/**
 * What the page of an exam holds: its forms, and each item with what it takes to show and to mark it.
 * Reads the page, changes nothing.
 *
 * @typedef {object} ExamItem
 * @property {string} id @property {string} rev
 * @property {number} chapter index into `chapters`
 * @property {HTMLTemplateElement} template
 * @property {ItemKind} kind
 * @property {string[]} offered ids of what a form shows in an order of its own, in the bank's order
 *
 * @typedef {object} Exam
 * @property {number} pass percentage
 * @property {{title: string, url: string}[]} chapters
 * @property {Map<string, ExamItem>} items
 * @property {(done: string[], draw: number) => {letter: string, parts: ExamPart[], places: Place[]}} form one that is not
 *   among the letters done, the latest last; once all are, not among the latest. `draw`, from 0 to below 1, says which
 * @property {(place: Place) => ExamItem | null} current the item, unless it is gone or has changed since
 * @property {(attempt: Attempt, place: Place) => Score} score by rule
 * @property {(attempt: Attempt, place: Place, part: ExamPart) => Earned | null} mark null where the item has changed since
 */
"use strict";

(() => {
  const { attempting, kinds, parts: itemParts } = window.handbook;
  const CODE_OF_A = 65;

  /** @param {HTMLTemplateElement} template @returns {ExamItem} */
  const itemOf = (template) => ({
    id: template.dataset.item ?? "",
    rev: template.dataset.revision ?? "",
    chapter: Number(template.dataset.chapter),
    template,
    kind: kinds[template.dataset.kind ?? ""],
    offered: itemParts.names(template.content),
  });

  /** @param {Element} root @returns {Exam} */
  const examOf = (root) => {
    const { pass, parts, chapters, forms } = JSON.parse(root.querySelector("script")?.textContent ?? "{}");
    const templates = /** @type {NodeListOf<HTMLTemplateElement>} */ (root.querySelectorAll("template[data-item]"));
    const items = new Map(Array.from(templates, itemOf).map((item) => [item.id, item]));

    /** @param {[string, string]} compact @param {number} part @returns {Place} */
    const placeOf = ([id, order], part) => {
      const item = /** @type {ExamItem} */ (items.get(id));
      return { item: id, rev: item.rev, part, order: Array.from(order, (letter) => item.offered[letter.charCodeAt(0) - CODE_OF_A]) };
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
      const { kind, template } = /** @type {ExamItem} */ (items.get(item));
      return kind.score(template.content, parts[part].scoring, responses[item] ?? []);
    };

    /** @type {Exam["mark"]} */
    const mark = (attempt, place, part) => {
      const item = current(place);
      if (!item) return null;
      if (item.kind.essay) return { earned: attempting.isAnswered(attempt, place.item) ? null : 0 };
      return { earned: score(attempt, place).score * part.points };
    };

    return { pass, chapters, items, form, current, score, mark };
  };

  window.handbook = { ...window.handbook, examOf };
})();
