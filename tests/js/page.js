"use strict";
/** A browser window as far as scripts without a page need one. */

const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const vm = require("node:vm");

const SCRIPTS = join(__dirname, "../../docs/assets");
const KINDS = join(__dirname, "../../hooks/handbook/items");

/** Scripts of a kind of item lie beside it. @param {string} script */
const placed = (script) => (script.startsWith("items/") ? join(KINDS, script.slice("items/".length)) : join(SCRIPTS, script));

/** localStorage with a quota in characters, as browsers count it. */
class FakeStorage {
  constructor(quota = 5_000_000) {
    this.quota = quota;
    this.entries = new Map();
  }

  get length() {
    return this.entries.size;
  }

  key(index) {
    return [...this.entries.keys()][index] ?? null;
  }

  getItem(key) {
    return this.entries.get(key) ?? null;
  }

  setItem(key, value) {
    const others = [...this.entries].filter(([name]) => name !== key);
    const used = others.reduce((sum, [name, text]) => sum + name.length + text.length, 0);
    if (used + key.length + value.length > this.quota) throw new Error("QuotaExceededError");
    this.entries.set(key, value);
  }

  removeItem(key) {
    this.entries.delete(key);
  }
}

/** A window, one tab, with these scripts, whose `localStorage` is read through `storage`; returns its namespace and ways to send events and to run more. */
const open = (scripts, storage = () => new FakeStorage()) => {
  const listeners = [];
  const window = {
    get localStorage() {
      return storage();
    },
    addEventListener: (type, listener) => listeners.push({ type, listener }),
  };
  class FakeDate extends Date {
    static now = () => window.now ?? 1000;
  }
  const context = vm.createContext({ window, HTMLElement: class {}, Date: FakeDate });
  const run = (script) => vm.runInContext(readFileSync(placed(script), "utf8"), context);
  ["dom.js", ...scripts].forEach(run);
  const send = (type, event) => listeners.filter((each) => each.type === type).forEach(({ listener }) => listener(event));

  return { window, ...window.handbook, run, send };
};

module.exports = { FakeStorage, KINDS, open };
