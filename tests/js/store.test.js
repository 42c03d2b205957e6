"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { FakeStorage, open } = require("./page.js");

const KEY = "handbook:v1:item:x";
const BAD = "handbook:v1:bad:item:x";
const tab = (place) => open(["quiz/responses.js", "quiz/store.js"], () => place);
const answer = (change = {}) => ({ rev: "r1", response: ["a"], right: true, score: 1, n: 1, ...change });
const stored = (change = {}) => JSON.stringify({ v: 1, t: 5, ...answer(change) });
const plain = (value) => JSON.parse(JSON.stringify(value));

test("one item has one key, and its record holds version and time", () => {
  const place = new FakeStorage();
  tab(place).store.update("x", () => answer());
  assert.deepEqual([...place.entries.keys()], [KEY]);
  assert.deepEqual(JSON.parse(place.getItem(KEY)), { ...answer(), v: 1, t: 1000 });
});

test("another tab reads what one tab has written", () => {
  const place = new FakeStorage();
  tab(place).store.update("x", () => answer({ draft: { rev: "r1", response: "begun" } }));
  assert.equal(tab(place).store.read("x").draft.response, "begun");
});

test("two tabs with different items do not overwrite each other", () => {
  const place = new FakeStorage();
  const [one, two] = [tab(place), tab(place)];
  one.store.read("y");
  two.store.update("y", () => answer({ response: ["b"] }));
  one.store.update("x", () => answer());
  assert.deepEqual(plain(one.store.read("y").response), ["b"]);
  assert.deepEqual(plain(two.store.read("x").response), ["a"]);
});

test("two tabs with the same item merge: a write begins from what is stored by then", () => {
  const place = new FakeStorage();
  const [one, two] = [tab(place), tab(place)];
  const again = (old) => answer({ n: (old?.n ?? 0) + 1 });
  one.store.update("x", again);
  two.store.update("x", again);
  one.store.update("x", again);
  assert.equal(two.store.read("x").n, 3);
});

test("time never runs backwards, even when the clock does", () => {
  const place = new FakeStorage();
  const { store, window } = tab(place);
  store.update("x", () => answer());
  window.now = 10;
  store.update("x", () => answer());
  assert.equal(store.read("x").t, 1000);
});

for (const [how, storage] of [
  ["the getter throws", () => { throw new Error("SecurityError"); }],
  ["the getter gives null", () => null],
  ["every access throws", () => new Proxy({}, { get: () => { throw new Error("denied"); } })],
])
  test(`when ${how}, responses live in memory and the trouble has a name`, () => {
    const { store } = open(["quiz/responses.js", "quiz/store.js"], storage);
    assert.equal(store.blocked(), true);
    assert.equal(store.read("x"), null);
    store.update("x", () => answer());
    assert.equal(store.read("x").n, 1);
    assert.equal(store.trouble("x"), "blocked");
    store.remove("x");
    assert.equal(store.read("x"), null);
    assert.equal(store.trouble("x"), "");
  });

test("a storage that works is not called blocked", () => assert.equal(tab(new FakeStorage()).store.blocked(), false));

test("when storage is full, the record lives in memory and the old one stays", () => {
  const place = new FakeStorage(KEY.length + stored().length);
  place.setItem(KEY, stored());
  const { store } = tab(place);
  store.update("x", (old) => ({ ...old, response: "a much longer response than before", n: 2 }));
  assert.equal(store.trouble("x"), "full");
  assert.equal(store.read("x").n, 2);
  assert.equal(JSON.parse(place.getItem(KEY)).n, 1);
});

test("when storage is full, what was set aside makes room", () => {
  const place = new FakeStorage(400);
  place.setItem("handbook:v1:bad:item:old", "x".repeat(350));
  const { store } = tab(place);
  store.update("x", () => answer());
  assert.equal(store.trouble("x"), "");
  assert.deepEqual([...place.entries.keys()], [KEY]);
});

test("pruning leaves other items and other people's keys alone", () => {
  const place = new FakeStorage(400);
  place.setItem("handbook:v1:item:y", "{}");
  place.setItem("another-app", "x".repeat(360));
  tab(place).store.update("x", () => answer());
  assert.deepEqual([...place.entries.keys()], ["handbook:v1:item:y", "another-app"]);
});

test("once there is room again, the record leaves memory for storage", () => {
  const place = new FakeStorage(10);
  const { store } = tab(place);
  store.update("x", () => answer());
  place.quota = 1000;
  store.update("x", (old) => ({ ...old, n: old.n + 1 }));
  assert.equal(store.trouble("x"), "");
  assert.equal(JSON.parse(place.getItem(KEY)).n, 2);
});

for (const [what, raw] of [
  ["text that is not JSON", "{oops"],
  ["a bare null", "null"],
  ["a list", "[]"],
  ["a record without a version", JSON.stringify(answer())],
  ["a count that is not a number", stored({ n: "many" })],
  ["a time that is not a number", JSON.stringify({ ...answer(), v: 1, t: null })],
  ["options that are not ids", stored({ response: [1, 2] })],
  ["a verdict that is neither", stored({ right: "yes" })],
  ["criteria that are no list", stored({ criteria: "1" })],
  ["a draft without a revision", stored({ draft: { response: [] } })],
])
  test(`${what} is set aside unharmed and counts as no answer`, () => {
    const place = new FakeStorage();
    place.setItem(KEY, raw);
    const { store } = tab(place);
    assert.equal(store.read("x"), null);
    assert.equal(place.getItem(BAD), raw);
    assert.equal(place.getItem(KEY), null);
  });

test("a bad record that cannot be set aside for want of room gives way to a new answer", () => {
  const place = new FakeStorage(KEY.length + stored().length + 20);
  place.setItem(KEY, "{".repeat(stored().length));
  const { store } = tab(place);
  assert.equal(store.read("x"), null);
  store.update("x", () => answer());
  assert.equal(store.trouble("x"), "");
  assert.equal(JSON.parse(place.getItem(KEY)).n, 1);
});

test("a record of a later version is neither read, nor changed, nor deleted", () => {
  const place = new FakeStorage();
  const later = JSON.stringify({ v: 2, anything: true });
  place.setItem(KEY, later);
  const { store } = tab(place);
  assert.equal(store.read("x"), null);
  store.update("x", () => answer());
  assert.equal(store.trouble("x"), "newer");
  assert.equal(store.read("x").n, 1);
  store.remove("x");
  assert.equal(place.getItem(KEY), later);
  assert.equal(place.getItem(BAD), null);
});

test("removing forgets one item only", () => {
  const place = new FakeStorage();
  const { store } = tab(place);
  store.update("x", () => answer());
  store.update("y", () => answer());
  store.remove("x");
  assert.deepEqual([...place.entries.keys()], ["handbook:v1:item:y"]);
});

test("a listener hears of its own item, of a cleared storage and of a page brought back, and of nothing else", () => {
  const { store, send } = tab(new FakeStorage());
  let heard = 0;
  store.watch("x", () => (heard += 1), undefined);
  send("storage", { key: "handbook:v1:item:y" });
  send("storage", { key: "another-app" });
  send("pageshow", { persisted: false });
  assert.equal(heard, 0);
  send("storage", { key: KEY });
  send("storage", { key: null });
  send("pageshow", { persisted: true });
  assert.equal(heard, 3);
});

test("everything of ours is listed by name, but not what was set aside nor what is other people's", () => {
  const place = new FakeStorage();
  place.setItem(KEY, stored());
  place.setItem("handbook:v1:attempt:e:1", "{}");
  place.setItem(BAD, "{");
  place.setItem("another-app", "x");
  assert.deepEqual(plain([...tab(place).store.entries()]), [["item:x", stored()], ["attempt:e:1", "{}"]]);
});

test("what is put is read back, and lack of room is told", () => {
  const place = new FakeStorage(KEY.length + stored().length);
  const { store } = tab(place);
  assert.equal(store.put("item:x", stored()), true);
  assert.equal(store.read("x").n, 1);
  assert.equal(store.put("item:y", stored()), false);
});

test("clearing forgets all that is ours, of whatever version, and nothing else", () => {
  const place = new FakeStorage();
  place.setItem("another-app", "x");
  place.setItem(KEY, JSON.stringify({ v: 2 }));
  place.setItem(BAD, "{");
  const { store } = tab(place);
  store.update("y", () => answer());
  store.clear();
  assert.deepEqual([...place.entries.keys()], ["another-app"]);
  assert.equal(store.read("y"), null);
});

test("without storage there is nothing to list, nothing can be put, and clearing forgets the memory", () => {
  const { store } = open(["quiz/responses.js", "quiz/store.js"], () => null);
  store.update("x", () => answer());
  assert.equal(store.entries().size, 0);
  assert.equal(store.put("item:x", stored()), false);
  store.clear();
  assert.equal(store.read("x"), null);
});

test("a record is read anew only when its text has changed, be it by another tab without a word", () => {
  const place = new FakeStorage();
  const { store } = tab(place);
  place.setItem(KEY, stored());
  const first = store.read("x");
  assert.equal(store.read("x"), first);
  place.setItem(KEY, stored({ n: 2 }));
  assert.equal(store.read("x").n, 2);
  place.setItem(KEY, "{oops");
  assert.equal(store.read("x"), null);
  assert.equal(place.getItem(BAD), "{oops");
});
