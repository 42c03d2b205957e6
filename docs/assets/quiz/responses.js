/**
 * What a record of one item says: whether it is whole, what another answer makes of it, and how the reader stands.
 * Pure: knows nothing of pages or storage. Quizzes, mock exam, notebook and progress all judge by it.
 *
 * @typedef {object} Draft a response not yet submitted
 * @property {string} rev
 * @property {string | string[]} response
 *
 * @typedef {object} Answer what an item decides; the last submitted response and how it fared
 * @property {string} rev revision of the item it was given to
 * @property {string | string[]} response the text of an essay, or ids of options
 * @property {boolean | null} right null: not for a machine to say
 * @property {number | null} score share of 1 for a choice, points for an essay
 * @property {string[]} [criteria] rubric criteria the reader ticked
 * @property {number} n times submitted
 * @property {boolean} [missed] whether this revision was ever answered wrong; older responses do not say
 * @property {number} [streak] right answers in a row, up to the last one; older responses do not say
 * @property {Draft} [draft] begun anew; while it is there the answer above is history
 *
 * @typedef {Answer & {v: number, t: number}} KeptResponse `v` version of this layout, `t` milliseconds of the last change
 *
 * @typedef {Pick<Answer, "rev" | "response" | "right" | "score" | "criteria">} Submission
 *
 * @typedef {object} Standing how the reader stands with an item as it is today; a begun redoing does not count
 * @property {boolean} answered
 * @property {boolean} stale answered, but the item has changed since: neither right nor wrong
 * @property {boolean} right the last answer was
 * @property {boolean} mistake belongs into the notebook
 * @property {boolean} mastered right at first go, or twice in a row after a mistake
 * @property {number} left right answers in a row that it still takes to leave the notebook
 *
 * @typedef {object} View what an item shows
 * @property {boolean} answered
 * @property {boolean} stale answered, but the item has changed since
 * @property {string | string[]} response the text of an essay outlives a change of its item; chosen options do not
 * @property {string[] | undefined} met criteria the reader ticked, once they have assessed an essay
 *
 * @typedef {object} Responses
 * @property {number} VERSION
 * @property {(value: any) => value is KeptResponse} isKept
 * @property {(value: any) => boolean} isNewer written by a later handbook: not ours to read or change
 * @property {(old: Answer | null, submission: Submission) => Answer} answered what a submitted response makes of the record.
 *   `right` is true, false (a part is not right) or null for an essay. An item left blank was not submitted.
 * @property {(record: KeptResponse | null, revision: string) => Standing} standing
 * @property {(record: KeptResponse | null, revision: string, how: {essay: boolean, anew: boolean}) => View} view `anew`: to be
 *   asked as if it had not been answered
 */
"use strict";

(() => {
  const VERSION = 1;
  const IN_A_ROW = 2;

  /** @param {unknown} value @returns {value is string | string[]} */
  const isResponse = (value) =>
    typeof value === "string" || (Array.isArray(value) && value.every((id) => typeof id === "string"));

  /** @type {Responses["isKept"]} */
  const isKept = (value) =>
    value?.v === VERSION &&
    typeof value.rev === "string" &&
    isResponse(value.response) &&
    Number.isInteger(value.n) &&
    Number.isFinite(value.t) &&
    (value.right === null || typeof value.right === "boolean") &&
    (value.score === null || Number.isFinite(value.score)) &&
    (value.criteria === undefined || (Array.isArray(value.criteria) && isResponse(value.criteria))) &&
    (value.missed === undefined || typeof value.missed === "boolean") &&
    (value.streak === undefined || Number.isInteger(value.streak)) &&
    (value.draft === undefined || (typeof value.draft?.rev === "string" && isResponse(value.draft.response)));

  /** @type {Responses["isNewer"]} */
  const isNewer = (value) => Number.isInteger(value?.v) && value.v > VERSION;

  /** Responses of before there was a notebook tell the last answer only. @param {Answer} record */
  const past = ({ missed, streak, right }) => ({ missed: missed ?? right === false, streak: streak ?? Number(right) });

  /** @type {Responses["answered"]} */
  const answered = (old, submission) => {
    const { missed, streak } = old?.rev === submission.rev ? past(old) : { missed: false, streak: 0 };

    return {
      ...submission,
      n: (old?.n ?? 0) + 1,
      missed: missed || submission.right === false,
      streak: submission.right ? streak + 1 : 0,
    };
  };

  /** @type {Responses["standing"]} */
  const standing = (record, revision) => {
    const given = record !== null && record.n > 0;
    if (!given || record.rev !== revision)
      return { answered: false, stale: given, right: false, mistake: false, mastered: false, left: 0 };
    const { missed, streak } = past(record);
    const left = missed ? Math.max(0, IN_A_ROW - streak) : 0;
    const right = record.right === true;

    return { answered: true, stale: false, right, mistake: left > 0, mastered: right && left === 0, left };
  };

  /** @type {Responses["view"]} */
  const view = (record, revision, { essay, anew }) => {
    const given = record !== null && record.n > 0;
    const answered = given && record.rev === revision && record.draft?.rev !== revision && !anew;
    const latest = answered ? record : (record?.draft ?? (anew ? null : record));

    return {
      answered,
      stale: given && record.rev !== revision,
      response: latest && (essay || latest.rev === revision) ? latest.response : "",
      met: answered ? record.criteria : undefined,
    };
  };

  window.handbook = { ...window.handbook, responses: { VERSION, isKept, isNewer, answered, standing, view } };
})();
