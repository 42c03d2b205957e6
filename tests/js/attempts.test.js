"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { FakeStorage, open } = require("./page.js");

const SCRIPTS = ["quiz/responses.js", "quiz/store.js", "exam/attempt.js", "exam/attempts.js"];
const tab = (place) => open(SCRIPTS, () => place);
const KEY = "handbook:v1:attempt:e:1";
const FORM = {
  letter: "1",
  parts: [{ title: "一、单选题", hint: "", points: 2, scoring: "all_or_nothing" }],
  places: [{ item: "a", rev: "1", part: 0, order: ["x", "y"] }],
};
const begun = ({ attempting }, n = 1, exam = "e") => attempting.begin({ exam, n, pass: 60, minutes: 30, form: FORM, now: 0 });
const done = (window, n, exam) => window.attempting.submit(begun(window, n, exam), 1, () => null);
const numbers = ({ attempts }, exam = "e") => [...attempts.list(exam)].map(({ n }) => n);
const SILENCE = 10_000;

test("an attempt has a key of its own, and another tab reads it", () => {
  const place = new FakeStorage();
  const one = tab(place);
  assert.equal(one.attempts.save(begun(one)), "");
  assert.deepEqual([...place.entries.keys()], [KEY]);
  assert.equal(tab(place).attempts.read("e", 1).letter, "1");
});

test("attempts are listed in their order, and those of other exams are not", () => {
  const window = tab(new FakeStorage());
  for (const n of [10, 9, 2]) window.attempts.save(done(window, n));
  window.attempts.save(done(window, 1, "e2"));
  assert.deepEqual(numbers(window), [2, 9, 10]);
});

test("the oldest finished attempts beyond twenty are forgotten, an open one never", () => {
  const window = tab(new FakeStorage());
  window.attempts.save(begun(window, 1));
  for (let n = 2; n <= 22; n += 1) window.attempts.save(done(window, n));
  assert.deepEqual(numbers(window), [1, ...Array.from({ length: 19 }, (_, index) => index + 4)]);
});

for (const [how, storage] of [
  ["the getter throws", () => { throw new Error("SecurityError"); }],
  ["the getter gives null", () => null],
])
  test(`when ${how}, an attempt lives in memory and the trouble has a name`, () => {
    const window = open(SCRIPTS, storage);
    assert.equal(window.attempts.save(begun(window)), "blocked");
    assert.deepEqual(numbers(window), [1]);
    assert.equal(window.attempts.isElsewhere(begun(window), "me", 0), false);
    window.attempts.remove(begun(window));
    assert.deepEqual(numbers(window), []);
  });

test("when storage is full, the oldest finished attempt makes room", () => {
  const place = new FakeStorage();
  const window = tab(place);
  for (const n of [1, 2, 3]) window.attempts.save(done(window, n));
  place.quota = [...place.entries].reduce((sum, [key, text]) => sum + key.length + text.length, 0) + 50;
  assert.equal(window.attempts.save(begun(window, 4)), "");
  assert.deepEqual(numbers(window), [2, 3, 4]);
});

test("when there is nothing to make room with, the attempt goes on in memory and the stored one stays", () => {
  const place = new FakeStorage();
  const window = tab(place);
  window.attempts.save(begun(window));
  place.quota = 10;
  assert.equal(window.attempts.save(window.attempting.respond(begun(window), "a", ["x"])), "full");
  assert.deepEqual([...window.attempts.read("e", 1).responses.a], ["x"]);
  assert.deepEqual(JSON.parse(place.getItem(KEY)).responses, {});
});

for (const [what, raw] of [
  ["text that is not JSON", "{oops"],
  ["a record of something else", '{"v":1}'],
  ["an attempt under the name of another", JSON.stringify(begun(tab(new FakeStorage()), 7))],
])
  test(`${what} is set aside unharmed`, () => {
    const place = new FakeStorage();
    place.setItem(KEY, raw);
    const window = tab(place);
    assert.deepEqual(numbers(window), []);
    assert.deepEqual([...place.entries], [["handbook:v1:bad:attempt:e:1", raw]]);
  });

test("an attempt of a later version is neither listed nor touched", () => {
  const place = new FakeStorage();
  place.setItem(KEY, '{"v":2}');
  assert.deepEqual(numbers(tab(place)), []);
  assert.equal(tab(place).attempts.next("e"), 2);
  assert.deepEqual([...place.entries], [[KEY, '{"v":2}']]);
});

test("a tab that has spoken lately is elsewhere to others, not to itself", () => {
  const window = tab(new FakeStorage());
  const attempt = begun(window);
  window.attempts.hold(attempt, "one", 0);
  assert.equal(window.attempts.isElsewhere(attempt, "one", 1), false);
  assert.equal(window.attempts.isElsewhere(attempt, "two", 1), true);
});

test("a tab that has been silent, or has let go, is no longer there", () => {
  const window = tab(new FakeStorage());
  const attempt = begun(window);
  window.attempts.hold(attempt, "one", 0);
  assert.equal(window.attempts.isElsewhere(attempt, "two", SILENCE), false);
  window.attempts.hold(attempt, "one", SILENCE);
  window.attempts.release(attempt, "one");
  assert.equal(window.attempts.isElsewhere(attempt, "two", SILENCE), false);
});

test("letting go does not take it from the tab that has it now", () => {
  const window = tab(new FakeStorage());
  const attempt = begun(window);
  window.attempts.hold(attempt, "two", 0);
  window.attempts.release(attempt, "one");
  assert.equal(window.attempts.isElsewhere(attempt, "one", 1), true);
});

test("removing an attempt forgets who was at work on it", () => {
  const place = new FakeStorage();
  const window = tab(place);
  window.attempts.save(begun(window));
  window.attempts.hold(begun(window), "one", 0);
  window.attempts.remove(begun(window));
  assert.equal(place.entries.size, 0);
});

test("a listener is told of attempts and of tabs of its own exam, and of nothing else", () => {
  const { attempts, send } = tab(new FakeStorage());
  const heard = [];
  attempts.watch("e", (what) => heard.push(what), undefined);
  for (const key of ["handbook:v1:attempt:e2:1", "handbook:v1:item:e", "other"]) send("storage", { key });
  send("pageshow", { persisted: false });
  assert.deepEqual(heard, []);
  for (const key of [KEY, "handbook:v1:attempt-tab:e:1", null]) send("storage", { key });
  send("pageshow", { persisted: true });
  assert.deepEqual(heard, ["attempt", "tab", "attempt", "tab", "attempt", "tab"]);
});
