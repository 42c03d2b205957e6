/** Adds up the points of the criteria that the reader found in an essay; the response holds their ids. Pure. */
"use strict";

(() => {
  /** `key` is the rubric: criteria with `id` and `points`. @type {Scoring} */
  const essay = (_, key, response) => {
    const met = key.filter((/** @type {{id: string}} */ { id }) => response.includes(id));
    /** @param {{points: number}[]} criteria */
    const sum = (criteria) => criteria.reduce((total, { points }) => total + points, 0);
    const [hits, total] = [sum(met), sum(key)];

    return { score: total ? hits / total : 0, right: false, hits, total };
  };

  Object.assign(window.handbook.scoring, { essay });
})();
