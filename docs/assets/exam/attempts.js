/**
 * Keeps attempts in this browser, one key each, or in memory when that cannot be; and knows which tab is at work on one.
 * Knows nothing of pages. Needs no secure context: plain http on an intranet name is enough.
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
  const { isAttempt, VERSION } = window.handbook.attempting;
  const PREFIX = "handbook:v1:";
  const BAD = `${PREFIX}bad:`;
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
  const tabKeyOf = ({ exam, n }) => `${PREFIX}attempt-tab:${exam}:${n}`;

  /**
   * Even the getter of `localStorage` throws where storage is forbidden; elsewhere it is null.
   * @template T @param {(place: Storage) => T} action @param {T} otherwise @returns {T}
   */
  const safely = (action, otherwise) => {
    try {
      return action(window.localStorage);
    } catch {
      return otherwise;
    }
  };

  /** @param {string | null} raw @returns {any} */
  const parsed = (raw) => {
    try {
      return JSON.parse(raw ?? "null");
    } catch {
      return undefined;
    }
  };

  /** @param {string} beginning */
  const names = (beginning) =>
    safely((place) => Array.from({ length: place.length }, (_, index) => place.key(index) ?? ""), [])
      .filter((key) => key.startsWith(PREFIX + beginning))
      .map((key) => key.slice(PREFIX.length));

  /** @param {string} exam */
  const namesOf = (exam) => {
    const remembered = [...memory.keys()].filter((name) => name.startsWith(folder(exam)));
    return [...new Set([...names(folder(exam)), ...remembered])];
  };

  /** @param {string} name @param {string} raw */
  const setAside = (name, raw) =>
    safely((place) => {
      place.setItem(BAD + name, raw);
      place.removeItem(PREFIX + name);
    }, undefined);

  /** @param {string} name @returns {Attempt | null} */
  const readNamed = (name) => {
    const kept = memory.get(name);
    if (kept) return kept;
    const raw = safely((place) => place.getItem(PREFIX + name), null);
    const value = parsed(raw);
    if (isAttempt(value) && nameOf(value) === name) return value;
    const newer = Number.isInteger(value?.v) && value.v > VERSION;
    if (raw !== null && !newer) setAside(name, raw);

    return null;
  };

  /** @param {Attempt[]} some @param {number} kept */
  const forgetOldest = (some, kept) => {
    const finished = some.filter(({ submitted }) => submitted !== null);
    finished.slice(0, Math.max(0, some.length - kept)).forEach(attempts.remove);
  };

  /** @param {Attempt} attempt @returns {Trouble} */
  const write = (attempt) => {
    const put = () =>
      safely((place) => {
        place.setItem(PREFIX + nameOf(attempt), JSON.stringify(attempt));
        return true;
      }, false);
    if (put()) return "";
    if (safely((place) => place.length < 0, true)) return "blocked";
    const others = attempts.list(attempt.exam).filter(({ n }) => n !== attempt.n);
    forgetOldest(others, others.length - 1);

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
      forgetOldest(attempts.list(attempt.exam), KEPT);

      return trouble;
    },

    remove: (attempt) => {
      memory.delete(nameOf(attempt));
      safely((place) => {
        place.removeItem(PREFIX + nameOf(attempt));
        place.removeItem(tabKeyOf(attempt));
      }, undefined);
    },

    isElsewhere: (attempt, tab, now) => {
      const held = parsed(safely((place) => place.getItem(tabKeyOf(attempt)), null));
      return typeof held?.tab === "string" && held.tab !== tab && Math.abs(now - held.t) < SILENCE;
    },

    hold: (attempt, tab, now) =>
      safely((place) => place.setItem(tabKeyOf(attempt), JSON.stringify({ tab, t: now })), undefined),

    release: (attempt, tab) =>
      safely((place) => {
        if (parsed(place.getItem(tabKeyOf(attempt)))?.tab === tab) place.removeItem(tabKeyOf(attempt));
      }, undefined),

    watch: (exam, listener, signal) => {
      /** @param {StorageEvent} event */
      const changed = ({ key }) => {
        if (key === null || key.startsWith(PREFIX + folder(exam))) listener("attempt");
        else if (key.startsWith(`${PREFIX}attempt-tab:${exam}:`)) listener("tab");
      };
      window.addEventListener("storage", changed, { signal });
      // A page kept whole for the back button has missed the storage events.
      window.addEventListener("pageshow", (event) => event.persisted && listener("attempt"), { signal });
    },
  };

  window.handbook = { ...window.handbook, attempts };
})();
