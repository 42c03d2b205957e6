/**
 * Scores an order. With `partial`, the share of the neighbours that follow each other as they do in the key, which still
 * values the rest of a procedure when one step is out of place. Pure.
 */
"use strict";

(() => {
  /** `key` holds the ids in the right order. @type {Scoring} */
  const ordering = (rule, key, response) => {
    const total = key.length - 1;
    const complete = response.length === key.length && new Set(response).size === key.length;
    const follower = new Map(key.map((/** @type {string} */ id, /** @type {number} */ index) => [id, key[index + 1]]));
    const hits = complete ? response.filter((id, index) => index < total && follower.get(id) === response[index + 1]).length : 0;
    const right = complete && hits === total && response[0] === key[0];

    return { score: right ? 1 : rule === "partial" && complete ? hits / total : 0, right, hits, total };
  };

  Object.assign(window.handbook.scoring, { ordering });
})();
