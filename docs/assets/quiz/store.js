/**
 * Keeps the reader's responses in this browser, one key per item, or in memory when that cannot be.
 * Knows nothing of pages or scores. Needs no secure context: plain http on an intranet name is enough.
 *
 * @typedef {"" | "blocked" | "full" | "newer"} Trouble why a record is in memory only
 *
 * @typedef {object} Store
 * @property {() => boolean} blocked whether the browser refuses storage altogether
 * @property {(id: string) => KeptResponse | null} read
 * @property {(id: string) => Trouble} trouble
 * @property {(id: string, change: (old: KeptResponse | null) => Answer) => void} update
 * @property {(id: string) => void} remove
 * @property {(id: string, listener: () => void, signal: AbortSignal) => void} watch calls when another tab changed the item
 * @property {(listener: () => void, signal: AbortSignal) => void} watchAll calls when another tab changed any of ours
 * @property {(beginning: string, listener: () => void, signal: AbortSignal) => void} watchNames the same for some of them
 * @property {() => Map<string, string>} entries everything kept for this handbook, as text, by name: `item:…` and others
 * @property {(beginning: string) => string[]} names of what is kept, as in `entries`
 * @property {(name: string) => string | null} get
 * @property {(name: string, text: string) => boolean} put whether there was room
 * @property {(name: string) => void} drop
 * @property {(name: string) => void} setAside what cannot be read; without room it stays where it is
 * @property {() => void} clear forgets everything kept for this handbook, and nothing of others
 */
"use strict";

(() => {
  const { dom, responses } = window.handbook;
  const { VERSION, isNewer, isKept } = responses;
  const { parsed } = dom;
  const PREFIX = "handbook:v1:";
  const BAD = `${PREFIX}bad:`;

  /** What could not be saved, with the reason. @type {Map<string, {record: KeptResponse, trouble: Trouble}>} */
  const memory = new Map();

  /** Each record as it was last read, with its text: every change is followed by a look at all. @type {Map<string, {raw: string, record: KeptResponse}>} */
  const lately = new Map();

  /** @param {string} id */
  const keyOf = (id) => `${PREFIX}item:${id}`;

  /**
   * Even the getter of `localStorage` throws where storage is forbidden; elsewhere it is null.
   * @template T @param {(place: Storage) => T} action @param {T} otherwise @returns {T}
   */
  const attempt = (action, otherwise) => {
    try {
      return action(window.localStorage);
    } catch {
      return otherwise;
    }
  };

  /** @param {Storage} place @param {string} id */
  const heldByNewer = (place, id) => isNewer(parsed(place.getItem(keyOf(id))));

  /** @param {Storage} place @param {string} beginning */
  const keys = (place, beginning) =>
    Array.from({ length: place.length }, (_, index) => place.key(index) ?? "").filter((key) => key.startsWith(beginning));

  /** @param {Storage} place @param {string} beginning */
  const prune = (place, beginning) => keys(place, beginning).forEach((key) => place.removeItem(key));

  /** @param {(key: string) => boolean} isOurs @param {() => void} listener @param {AbortSignal} signal */
  const watchKeys = (isOurs, listener, signal) => {
    /** @param {StorageEvent} event */
    const changed = (event) => (event.key === null || isOurs(event.key)) && listener();
    window.addEventListener("storage", changed, { signal });
    // A page kept whole for the back button has missed the storage events.
    window.addEventListener("pageshow", (event) => event.persisted && listener(), { signal });
  };

  /** @param {string} id @param {KeptResponse} record @returns {Trouble} */
  const write = (id, record) => {
    const newer = attempt((place) => heldByNewer(place, id), null);
    if (newer !== false) return newer ? "newer" : "blocked";
    /** @param {Storage} place @returns {Trouble} */
    const put = (place) => {
      place.setItem(keyOf(id), JSON.stringify(record));
      return "";
    };
    /** @param {Storage} place */
    const putAfterPruning = (place) => {
      prune(place, BAD);
      return put(place);
    };

    return attempt(put, null) ?? attempt(putAfterPruning, "full");
  };

  /** @type {Store} */
  const store = {
    blocked: () => attempt((place) => place.length < 0, true),

    read: (id) => {
      const kept = memory.get(id);
      if (kept) return kept.record;
      const raw = store.get(`item:${id}`);
      if (raw === null) return null;
      const last = lately.get(id);
      if (last?.raw === raw) return last.record;
      const record = parsed(raw);
      if (!isKept(record)) {
        if (!isNewer(record)) store.setAside(`item:${id}`);
        return null;
      }
      lately.set(id, { raw, record });

      return record;
    },

    trouble: (id) => memory.get(id)?.trouble ?? "",

    update: (id, change) => {
      const old = store.read(id);
      const record = { ...change(old), v: VERSION, t: Math.max(Date.now(), old?.t ?? 0) };
      const trouble = write(id, record);
      if (trouble) memory.set(id, { record, trouble });
      else memory.delete(id);
    },

    remove: (id) => {
      memory.delete(id);
      attempt((place) => heldByNewer(place, id) || place.removeItem(keyOf(id)), undefined);
    },

    watch: (id, listener, signal) => watchKeys((key) => key === keyOf(id), listener, signal),

    watchAll: (listener, signal) => store.watchNames("", listener, signal),

    watchNames: (beginning, listener, signal) => watchKeys((key) => key.startsWith(PREFIX + beginning), listener, signal),

    names: (beginning) => {
      const found = attempt((place) => keys(place, PREFIX + beginning), []);
      return found.filter((key) => !key.startsWith(BAD)).map((key) => key.slice(PREFIX.length));
    },

    entries: () => new Map(store.names("").map((name) => [name, store.get(name) ?? ""])),

    get: (name) => attempt((place) => place.getItem(PREFIX + name), null),

    put: (name, text) =>
      attempt((place) => {
        place.setItem(PREFIX + name, text);
        return true;
      }, false),

    drop: (name) => attempt((place) => place.removeItem(PREFIX + name), undefined),

    setAside: (name) =>
      attempt((place) => {
        place.setItem(BAD + name, place.getItem(PREFIX + name) ?? "");
        place.removeItem(PREFIX + name);
      }, undefined),

    clear: () => {
      memory.clear();
      attempt((place) => prune(place, PREFIX), undefined);
    },
  };

  window.handbook = { ...window.handbook, store };
})();
