/**
 * Keeps attempts in this browser, one name each, or in memory when that cannot be; and knows which tab is at work on one.
 * Knows nothing of pages.
 *
 * @typedef {object} Attempts
 * @property {(exam: string) => Attempt[]} list the first one first
 * @property {(exam: string) => number} next a number that no attempt has, not even one that cannot be read
 * @property {(exam: string, n: number) => Attempt | null} read
 * @property {(attempt: Attempt) => Trouble} save forgets the oldest beyond the number kept
 * @property {(attempt: Attempt) => void} remove
 * @property {(attempt: Attempt, tab: string, now: number) => boolean} isElsewhere another tab is at work on it
 * @property {(attempt: Attempt, tab: string, now: number) => void} hold tells other tabs that this one is; say it again
 *   and again
 * @property {(attempt: Attempt, tab: string) => void} release
 * @property {(exam: string, listener: (what: "attempt" | "tab") => void, signal: AbortSignal) => void} watch calls when
 *   another tab has changed an attempt, or said that it is at work on one
 */
"use strict";

(() => {
  const { attempting, dom, store } = window.handbook;
  const { parsed } = dom;
  const KEPT = 20;
  /** A tab in the background is allowed to speak once a minute only; then it counts as gone, and finds out by `watch`. */
  const SILENCE = 10_000;

  /** What could not be saved. @type {Map<string, Attempt>} */
  const memory = new Map();

  /** @param {string} exam */
  const folder = (exam) => `attempt:${exam}:`;

  /** @param {Pick<Attempt, "exam" | "n">} attempt */
  const nameOf = ({ exam, n }) => `${folder(exam)}${n}`;

  /** @param {Attempt} attempt */
  const tabOf = ({ exam, n }) => `attempt-tab:${exam}:${n}`;

  /** @param {string} exam */
  const namesOf = (exam) => {
    const remembered = [...memory.keys()].filter((name) => name.startsWith(folder(exam)));
    return [...new Set([...store.names(folder(exam)), ...remembered])];
  };

  /** @param {string} name @returns {Attempt | null} */
  const readNamed = (name) => {
    const kept = memory.get(name);
    if (kept) return kept;
    const raw = store.get(name);
    const value = parsed(raw);
    if (attempting.isAttempt(value) && nameOf(value) === name) return value;
    const newer = Number.isInteger(value?.v) && value.v > attempting.VERSION;
    if (raw !== null && !newer) store.setAside(name);

    return null;
  };

  /** Never one that is still open. @param {string} exam @param {number} kept */
  const forgetOldest = (exam, kept) => {
    const all = attempts.list(exam);
    const finished = all.filter(({ submitted }) => submitted !== null);
    finished.slice(0, Math.max(0, all.length - kept)).forEach(attempts.remove);
  };

  /** @param {Attempt} attempt @returns {Trouble} */
  const write = (attempt) => {
    const put = () => store.put(nameOf(attempt), JSON.stringify(attempt));
    if (put()) return "";
    if (store.blocked()) return "blocked";
    const oldest = attempts.list(attempt.exam).find(({ n, submitted }) => n !== attempt.n && submitted !== null);
    if (oldest) attempts.remove(oldest);

    return put() ? "" : "full";
  };

  /** @type {Attempts} */
  const attempts = {
    list: (exam) => {
      const found = namesOf(exam).map(readNamed);
      return found.filter(/** @returns {attempt is Attempt} */ (attempt) => attempt !== null).sort((a, b) => a.n - b.n);
    },

    next: (exam) => Math.max(0, ...namesOf(exam).map((name) => Number(name.slice(folder(exam).length)) || 0)) + 1,

    read: (exam, n) => readNamed(nameOf({ exam, n })),

    save: (attempt) => {
      const trouble = write(attempt);
      if (trouble) memory.set(nameOf(attempt), attempt);
      else memory.delete(nameOf(attempt));
      if (namesOf(attempt.exam).length > KEPT) forgetOldest(attempt.exam, KEPT);

      return trouble;
    },

    remove: (attempt) => {
      memory.delete(nameOf(attempt));
      store.drop(nameOf(attempt));
      store.drop(tabOf(attempt));
    },

    isElsewhere: (attempt, tab, now) => {
      const held = parsed(store.get(tabOf(attempt)));
      return typeof held?.tab === "string" && held.tab !== tab && Math.abs(now - held.t) < SILENCE;
    },

    hold: (attempt, tab, now) => {
      store.put(tabOf(attempt), JSON.stringify({ tab, t: now }));
    },

    release: (attempt, tab) => {
      if (parsed(store.get(tabOf(attempt)))?.tab === tab) store.drop(tabOf(attempt));
    },

    watch: (exam, listener, signal) => {
      store.watchNames(folder(exam), () => listener("attempt"), signal);
      store.watchNames(`attempt-tab:${exam}:`, () => listener("tab"), signal);
    },
  };

  window.handbook = { ...window.handbook, attempts };
})();
