/**
 * One attempt at an exam: what may happen to it, how much time is left, and what it came to. Pure: knows nothing of
 * pages, storage or clocks; every function returns another attempt. An attempt carries its own form and points, so that
 * it outlives a change of the bank.
 *
 * @typedef {object} Place an item as the form shows it
 * @property {string} item @property {string} rev
 * @property {number} part index into `parts`
 * @property {string[]} order ids of what it offers; none where there is nothing to put in order
 *
 * @typedef {object} ExamPart
 * @property {string} title @property {string} hint @property {number} points of each item
 * @property {Rule} scoring
 *
 * @typedef {object} Earned
 * @property {number | null} earned points; null until the reader has assessed the essay
 * @property {string[]} [criteria] what the reader ticked
 *
 * @typedef {object} Attempt times in milliseconds
 * @property {number} v version of this layout
 * @property {string} exam @property {number} n counts the attempts at this exam from 1
 * @property {string} letter of the form
 * @property {number} pass percentage
 * @property {ExamPart[]} parts
 * @property {Place[]} places
 * @property {number} began
 * @property {number} seen when it was last looked at; a clock that is earlier than this was put back
 * @property {number | null} minutes null: untimed
 * @property {number | null} deadline null while paused or untimed
 * @property {number | null} left what remains while paused
 * @property {Record<string, string | string[]>} responses by item
 * @property {string[]} flags
 * @property {number | null} submitted null while it is open
 * @property {number} spent once submitted
 * @property {boolean} late submitted because time ran out
 * @property {Record<string, Earned>} marks once submitted; an item without one has changed since and does not count
 *
 * @typedef {object} Sum
 * @property {number} items that count @property {number} score @property {number} points
 * @property {number} pending points that wait for self-assessment
 * @property {number} pendingItems
 *
 * @typedef {Sum & {pass: "reached" | "missed" | "open", needed: number, percent: number}} ExamResult
 *   `needed` and `percent` in points and per cent of the items that count
 *
 * @typedef {object} Beginning
 * @property {string} exam @property {number} n @property {number} pass @property {number | null} minutes
 * @property {{letter: string, parts: ExamPart[], places: Place[]}} form @property {number} now
 *
 * @typedef {object} Attempting
 * @property {number} VERSION
 * @property {(value: any) => value is Attempt} isAttempt
 * @property {(how: Beginning) => Attempt} begin
 * @property {(attempt: Attempt, now: number) => number} remaining Infinity when untimed
 * @property {(attempt: Attempt, now: number) => Attempt} seenAt a clock put back gives no time away, and takes none
 * @property {(attempt: Attempt, now: number) => Attempt} pause
 * @property {(attempt: Attempt, now: number) => Attempt} unpause
 * @property {(attempt: Attempt, item: string, response: string | string[]) => Attempt} respond
 * @property {(attempt: Attempt, item: string, on: boolean) => Attempt} flag
 * @property {(attempt: Attempt, item: string) => boolean} isAnswered
 * @property {(attempt: Attempt, now: number, mark: (place: Place, part: ExamPart) => Earned | null) => Attempt} submit
 * @property {(attempt: Attempt, item: string, criteria: string[], earned: number) => Attempt} assess
 * @property {(attempt: Attempt) => ExamResult} result
 * @property {(attempt: Attempt, group: (place: Place) => number | undefined) => Map<number, Sum>} sums in the order met
 */
"use strict";

(() => {
  const VERSION = 1;
  const MINUTE = 60_000;
  const NOTHING = { items: 0, score: 0, points: 0, pending: 0, pendingItems: 0 };

  /** @param {unknown} value */
  const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  /** @param {unknown} value */
  const isTime = (value) => value === null || Number.isFinite(value);

  /** @param {unknown} value @returns {value is string[]} */
  const isTexts = (value) => Array.isArray(value) && value.every((text) => typeof text === "string");

  /** @param {any} place @param {any[]} parts */
  const isPlace = (place, parts) =>
    isTexts([place?.item, place?.rev]) && isTexts(place.order) && Number.isInteger(place.part) && place.part in parts;

  /** @param {any} part */
  const isPart = (part) => isTexts([part?.title, part?.hint]) && Number.isFinite(part.points) && part.points > 0 && typeof part.scoring === "string";

  /** @param {any} mark */
  const isMark = (mark) => isTime(mark?.earned) && (mark.criteria === undefined || isTexts(mark.criteria));

  /** @param {any} response */
  const isResponse = (response) => typeof response === "string" || isTexts(response);

  /** @type {Attempting["isAttempt"]} */
  const isAttempt = (value) =>
    value?.v === VERSION &&
    [value.exam, value.letter].every((text) => typeof text === "string") &&
    [value.n, value.pass, value.began, value.seen, value.spent].every(Number.isFinite) &&
    [value.minutes, value.deadline, value.left, value.submitted].every(isTime) &&
    Array.isArray(value.parts) &&
    value.parts.every(isPart) &&
    Array.isArray(value.places) &&
    value.places.every((/** @type {any} */ place) => isPlace(place, value.parts)) &&
    isTable(value.responses) &&
    Object.values(value.responses).every(isResponse) &&
    isTexts(value.flags) &&
    isTable(value.marks) &&
    Object.values(value.marks).every(isMark);

  /** @type {Attempting["begin"]} */
  const begin = ({ exam, n, pass, minutes, form, now }) => ({
    v: VERSION,
    exam,
    n,
    pass,
    ...form,
    began: now,
    seen: now,
    minutes,
    deadline: minutes === null ? null : now + minutes * MINUTE,
    left: null,
    responses: {},
    flags: [],
    submitted: null,
    spent: 0,
    late: false,
    marks: {},
  });

  /** @type {Attempting["remaining"]} */
  const remaining = ({ left, deadline }, now) => left ?? (deadline === null ? Infinity : Math.max(0, deadline - now));

  /** @type {Attempting["seenAt"]} */
  const seenAt = (attempt, now) => {
    const back = Math.max(0, attempt.seen - now);
    return { ...attempt, seen: now, deadline: attempt.deadline && attempt.deadline - back };
  };

  /** @type {Attempting["pause"]} */
  const pause = (attempt, now) =>
    attempt.deadline === null ? attempt : { ...attempt, left: remaining(attempt, now), deadline: null };

  /** @type {Attempting["unpause"]} */
  const unpause = (attempt, now) =>
    attempt.left === null ? attempt : { ...attempt, left: null, deadline: now + attempt.left };

  /** @type {Attempting["respond"]} */
  const respond = (attempt, item, response) => ({ ...attempt, responses: { ...attempt.responses, [item]: response } });

  /** @type {Attempting["flag"]} */
  const flag = (attempt, item, on) => {
    const others = attempt.flags.filter((flagged) => flagged !== item);
    return { ...attempt, flags: on ? [...others, item] : others };
  };

  /** @type {Attempting["isAnswered"]} */
  const isAnswered = ({ responses }, item) => {
    const response = responses[item] ?? "";
    return typeof response === "string" ? response.trim() !== "" : response.some((text) => text.trim());
  };

  /** @type {Attempting["submit"]} */
  const submit = (attempt, now, mark) => {
    const left = remaining(attempt, now);
    const marks = attempt.places.map((place) => [place.item, mark(place, attempt.parts[place.part])]);

    return {
      ...attempt,
      seen: now,
      submitted: Math.min(now, attempt.deadline ?? now),
      spent: attempt.minutes === null ? Math.max(0, now - attempt.began) : attempt.minutes * MINUTE - left,
      late: left === 0,
      marks: Object.fromEntries(marks.filter(([, value]) => value !== null)),
    };
  };

  /** @type {Attempting["assess"]} */
  const assess = (attempt, item, criteria, earned) => ({
    ...attempt,
    marks: { ...attempt.marks, [item]: { earned, criteria } },
  });

  /** @param {Sum} sum @param {Earned} mark @param {number} points @returns {Sum} */
  const added = (sum, { earned }, points) => ({
    items: sum.items + 1,
    score: sum.score + (earned ?? 0),
    points: sum.points + points,
    pending: sum.pending + (earned === null ? points : 0),
    pendingItems: sum.pendingItems + Number(earned === null),
  });

  /** @type {Attempting["sums"]} */
  const sums = (attempt, group) => {
    /** @type {Map<number, Sum>} */
    const found = new Map();
    for (const place of attempt.places) {
      const [name, mark] = [group(place), attempt.marks[place.item]];
      if (name !== undefined && mark) found.set(name, added(found.get(name) ?? NOTHING, mark, attempt.parts[place.part].points));
    }
    return found;
  };

  /** Parts of points add up to 0.1 + 0.2. @param {number} value */
  const exact = (value) => Math.round(value * 1000) / 1000;

  /** @type {Attempting["result"]} */
  const result = (attempt) => {
    const all = sums(attempt, () => 0).get(0) ?? NOTHING;
    const score = exact(all.score);
    const needed = exact((all.points * attempt.pass) / 100);
    const percent = all.points ? Math.floor(exact((score / all.points) * 100)) : 0;
    const pass = score >= needed && all.points ? "reached" : score + all.pending < needed || !all.pending ? "missed" : "open";

    return { ...all, score, needed, percent, pass };
  };

  window.handbook = {
    ...window.handbook,
    attempting: {
      VERSION, isAttempt, begin, remaining, seenAt, pause, unpause, respond, flag, isAnswered, submit, assess, result, sums,
    },
  };
})();
