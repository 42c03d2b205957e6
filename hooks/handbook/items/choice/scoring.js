/**
 * Scores options that were chosen: the keys, and nothing else. With `partial`, the share of the keys, as long as nothing
 * else was chosen. Ids that are not keys, also unknown ones, make the response wrong. Pure.
 */
"use strict";

(() => {
  /** `key` holds the ids of the keys. @type {Scoring} */
  const choice = (rule, key, response) => {
    const wanted = new Set(key);
    const chosen = new Set(response);
    const hits = [...chosen].filter((id) => wanted.has(id)).length;
    const clean = hits === chosen.size;
    const right = clean && hits > 0 && hits === wanted.size;
    const share = rule === "partial" && clean && hits > 0 ? hits / wanted.size : 0;

    return { score: right ? 1 : share, right, hits, total: wanted.size };
  };

  Object.assign(window.handbook.scoring, { choice });
})();
