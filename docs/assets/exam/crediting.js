/**
 * Brings what an attempt came to into the responses of its items, on which notebook and progress live.
 * Knows nothing of pages.
 *
 * @typedef {object} Crediting
 * @property {(exam: Exam, attempt: Attempt) => void} submitted what was left blank was not submitted
 * @property {(attempt: Attempt, item: string, criteria: string[], own: number) => void} assessed the reader has assessed
 *   an essay; `own` are the points that the item itself gives for the criteria
 */
"use strict";

(() => {
  const { attempting, responses, store } = window.handbook;

  /** @type {Crediting["submitted"]} */
  const submitted = (exam, attempt) => {
    for (const place of attempt.places) {
      const item = exam.current(place);
      if (!item || !attempting.isAnswered(attempt, place.item)) continue;
      const { right, score } = item.kind.essay ? { right: null, score: null } : exam.score(attempt, place);
      const submission = { rev: place.rev, response: attempt.responses[place.item], right, score };
      store.update(place.item, (old) => responses.answered(old, submission));
    }
  };

  /** Not where another text has been submitted since. @type {Crediting["assessed"]} */
  const assessed = (attempt, item, criteria, own) => {
    const response = attempt.responses[item];
    if (store.read(item)?.response !== response) return;
    store.update(item, (old) => ({ ...(old ?? { rev: "", response, right: null, n: 0 }), criteria, score: own }));
  };

  window.handbook = { ...window.handbook, crediting: { submitted, assessed } };
})();
