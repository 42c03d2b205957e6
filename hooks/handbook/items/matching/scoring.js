/** Scores pairs, `prompt=choice`. With `partial`, the share of the prompts that were matched right; a wrong one costs nothing. Pure. */
"use strict";

(() => {
  /** `key` holds the right pairs. @type {Scoring} */
  const matching = (rule, key, response) => {
    const total = key.length;
    const hits = key.filter((/** @type {string} */ pair) => response.includes(pair)).length;
    const right = total > 0 && hits === total && response.length === total;

    return { score: right ? 1 : rule === "partial" && total ? hits / total : 0, right, hits, total };
  };

  Object.assign(window.handbook.scoring, { matching });
})();
