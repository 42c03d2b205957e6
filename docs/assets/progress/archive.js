/**
 * Responses -> a file the reader keeps, and such a file -> what is to be written. Pure: writes nothing itself.
 * A file comes from anywhere: every part of it is judged, and nothing in this browser gives way to something older.
 *
 * @typedef {object} Kind how responses of one kind, the word before the first `:` of their names, are taken in
 * @property {(value: any, name: string) => object | null} clean the record, or null if it is not one
 * @property {(value: any) => number} time the later one stays
 * @property {(value: any, existing: Map<string, string>) => any} [placed] the record under a number that is free for it
 * @property {(value: any) => string} [name] where that is
 *
 * @typedef {object} Plan
 * @property {string} error one sentence, or nothing
 * @property {Map<string, string>} writes
 * @property {number} added @property {number} updated
 * @property {number} kept not older in this browser, or not ours to change
 * @property {number} unknown of those taken in: items this handbook does not have
 * @property {number} refused not whole, or written by a later handbook
 *
 * @typedef {object} Taking
 * @property {Map<string, string>} existing everything in this browser, by name
 * @property {Record<string, Kind>} kinds
 * @property {(name: string) => boolean} isKnown
 *
 * @typedef {object} Archive
 * @property {(existing: Map<string, string>, kinds: Record<string, Kind>, now: number) => string} written
 * @property {(text: string, taking: Taking) => Plan} plan
 * @property {(now: number) => Kind} items
 * @property {(isAttempt: (value: any) => boolean) => Kind} attempts
 */
"use strict";

(() => {
  const { dom, responses } = window.handbook;
  const { isNewer, isKept } = responses;
  const { parsed } = dom;
  const FORMAT = "handbook-records";
  const VERSION = 1;
  const LONGEST = 2000;
  const NAME = /^[a-z]+(:[a-z0-9]+(-[a-z0-9]+)*)+$/;

  /** @param {Record<string, Kind>} kinds @param {string} name @returns {Kind | undefined} */
  const kindOf = (kinds, name) => (NAME.test(name) ? new Map(Object.entries(kinds)).get(name.split(":")[0]) : undefined);

  /** @param {string} error @returns {Plan} */
  const failed = (error) => ({ error, writes: new Map(), added: 0, updated: 0, kept: 0, unknown: 0, refused: 0 });

  /** @type {Archive["written"]} */
  const written = (existing, kinds, now) => {
    const named = [...existing].filter(([name]) => kindOf(kinds, name)).map(([name, text]) => [name, parsed(text)]);
    const entries = named.filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));

    return JSON.stringify({ format: FORMAT, v: VERSION, exported: now, entries: Object.fromEntries(entries) });
  };

  /** @param {any} file */
  const fault = (file) => {
    if (file?.format !== FORMAT || !Number.isInteger(file.v)) return "这不是从本手册导出的记录文件。";
    if (file.v > VERSION) return "这个文件是更新版的手册导出的，请在更新后的手册里导入。";
    const { entries } = file;
    const isTable = typeof entries === "object" && entries !== null && !Array.isArray(entries);

    return isTable ? "" : "这个记录文件不完整，请重新导出一份。";
  };

  /** @type {Archive["plan"]} */
  const plan = (text, { existing, kinds, isKnown }) => {
    const file = parsed(text);
    const error = fault(file);
    const result = failed(error);
    if (error) return result;
    const all = new Map(existing);
    for (const [given, value] of Object.entries(file.entries)) {
      const kind = kindOf(kinds, given);
      const whole = kind?.clean(value, given) ?? null;
      if (!kind || !whole) {
        result.refused += 1;
        continue;
      }
      const record = kind.placed?.(whole, all) ?? whole;
      const name = kind.name?.(record) ?? given;
      const here = parsed(all.get(name) ?? null);
      const mine = isNewer(here) ? Infinity : kind.clean(here, name) ? kind.time(here) : -1;
      if (mine >= kind.time(record)) {
        result.kept += 1;
        continue;
      }
      if (mine < 0) result.added += 1;
      else result.updated += 1;
      if (!isKnown(name)) result.unknown += 1;
      result.writes.set(name, JSON.stringify(record));
      all.set(name, JSON.stringify(record));
    }

    return result;
  };

  /** @param {string | string[]} response */
  const isShort = (response) => JSON.stringify(response).length <= LONGEST;

  /** Responses of items; what the layout does not know is left out, and nothing was answered later than now. @type {Archive["items"]} */
  const items = (now) => ({
    clean: (value) => {
      if (!isKept(value) || value.n < 0 || value.t < 0 || !isShort(value.response)) return null;
      const { v, t, rev, response, right, score, criteria, n, missed, streak, draft } = value;
      if (!isShort([rev, ...(criteria ?? []), draft?.rev ?? ""]) || !isShort(draft?.response ?? "")) return null;
      const begun = draft && { rev: draft.rev, response: draft.response };
      return { v, t: Math.min(t, now), rev, response, right, score, criteria, n, missed, streak, draft: begun };
    },
    time: ({ t }) => t,
  });

  /** @param {{exam: string, n: number}} attempt */
  const nameOf = ({ exam, n }) => `attempt:${exam}:${n}`;

  /** Attempts are counted in each browser, so two may bear one number; when they began tells them apart. @type {Archive["attempts"]} */
  const attempts = (isAttempt) => ({
    clean: (value, name) => (isAttempt(value) && nameOf(value) === name ? value : null),
    time: ({ seen }) => seen,
    name: nameOf,
    placed: (attempt, existing) => {
      const others = [...existing].filter(([name]) => name.startsWith(`attempt:${attempt.exam}:`)).map(([, text]) => parsed(text));
      const same = others.find((other) => other?.began === attempt.began);
      if (same) return { ...attempt, n: same.n };
      const taken = others.map((other) => (Number.isInteger(other?.n) ? other.n : 0));
      return taken.includes(attempt.n) ? { ...attempt, n: Math.max(...taken) + 1 } : attempt;
    },
  });

  window.handbook = { ...window.handbook, archive: { written, plan, items, attempts } };
})();
