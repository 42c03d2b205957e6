/**
 * Scores a response. Pure: knows nothing of pages, storage or how many points an item carries.
 *
 * @typedef {"all_or_nothing" | "partial"} Rule
 *
 * @typedef {object} Score
 * @property {number} score share of the item's points, 0 to 1
 * @property {boolean} right every key and nothing else was chosen
 * @property {number} hits how many keys were chosen
 * @property {number} keys how many keys there are
 *
 * @typedef {object} Criterion
 * @property {string} id
 * @property {number} points
 *
 * @typedef {object} Scoring
 * @property {(rule: Rule, keys: readonly string[], response: readonly string[]) => Score} choice
 * @property {(rubric: readonly Criterion[], met: readonly string[]) => number} essay
 */
"use strict";

(() => {
  /** Ids that are not keys, also unknown ones, make the response wrong. @type {Scoring["choice"]} */
  const choice = (rule, keys, response) => {
    const wanted = new Set(keys);
    const chosen = new Set(response);
    const hits = [...chosen].filter((id) => wanted.has(id)).length;
    const clean = hits === chosen.size;
    const right = clean && hits > 0 && hits === wanted.size;
    const share = rule === "partial" && clean && hits > 0 ? hits / wanted.size : 0;

    return { score: right ? 1 : share, right, hits, keys: wanted.size };
  };

  /** Points of the criteria that were met. @type {Scoring["essay"]} */
  const essay = (rubric, met) =>
    rubric.reduce((sum, criterion) => sum + (met.includes(criterion.id) ? criterion.points : 0), 0);

  window.handbook = { ...window.handbook, scoring: { choice, essay } };
})();
