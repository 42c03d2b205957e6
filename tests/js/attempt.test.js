"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { open } = require("./page.js");

const { attempting } = open(["exam/attempt.js"]);
const MINUTE = 60_000;
const PARTS = [
  { title: "一、单选题", hint: "", points: 2, scoring: "all_or_nothing" },
  { title: "二、简答题", hint: "", points: 5, scoring: "all_or_nothing" },
];
const PLACES = [
  { item: "a", rev: "1", part: 0, order: ["x", "y"] },
  { item: "b", rev: "1", part: 0, order: ["x", "y"] },
  { item: "c", rev: "1", part: 1, order: [] },
];
const begun = (minutes = 30) =>
  attempting.begin({ exam: "e", n: 1, pass: 60, minutes, form: { letter: "1", parts: PARTS, places: PLACES }, now: 0 });
const marks = (given) => (place) => given[place.item] ?? null;
const submitted = (given, attempt = begun()) => attempting.submit(attempt, MINUTE, marks(given));
const plain = (value) => JSON.parse(JSON.stringify(value));

test("what is stored is recognised when it is read again", () => {
  assert.ok(attempting.isAttempt(plain(begun())));
  assert.ok(attempting.isAttempt(plain(begun(null))));
  assert.ok(attempting.isAttempt(plain(attempting.assess(submitted({ c: { earned: null } }), "c", ["1"], 2))));
});

for (const [what, change] of [
  ["another version", { v: 2 }],
  ["a place in a part that is not there", { places: [{ ...PLACES[0], part: 9 }] }],
  ["a place without an item", { places: [{ rev: "1", part: 0, order: [] }] }],
  ["a part without points", { parts: [{ ...PARTS[0], points: 0 }] }],
  ["a part with points in words", { parts: [{ ...PARTS[0], points: "2" }, PARTS[1]] }],
  ["responses that are a list", { responses: [] }],
  ["a response that is a number", { responses: { a: 1 } }],
  ["flags that are no list", { flags: "a" }],
  ["a mark that is no number", { marks: { a: { earned: "2" } } }],
  ["a deadline that is no time", { deadline: "soon" }],
])
  test(`${what} is not recognised`, () => assert.equal(attempting.isAttempt(plain({ ...begun(), ...change })), false));

test("time runs by the clock, not by how often anyone looks", () => {
  assert.equal(attempting.remaining(begun(), 10 * MINUTE), 20 * MINUTE);
  assert.equal(attempting.remaining(begun(), 99 * MINUTE), 0);
  assert.equal(attempting.remaining(begun(null), 99 * MINUTE), Infinity);
});

test("a clock put back gives no time away and takes none", () => {
  const seen = attempting.seenAt(begun(), 20 * MINUTE);
  const back = attempting.seenAt(seen, 5 * MINUTE);
  assert.equal(attempting.remaining(back, 5 * MINUTE), 10 * MINUTE);
  assert.equal(attempting.remaining(attempting.seenAt(back, 7 * MINUTE), 7 * MINUTE), 8 * MINUTE);
});

test("a clock put back does not make an untimed attempt timed", () => {
  const back = attempting.seenAt(attempting.seenAt(begun(null), 20), 5);
  assert.equal(attempting.remaining(back, 5), Infinity);
});

test("while it is paused no time passes", () => {
  const paused = attempting.pause(begun(), 10 * MINUTE);
  assert.equal(attempting.remaining(paused, 500 * MINUTE), 20 * MINUTE);
  const on = attempting.unpause(paused, 500 * MINUTE);
  assert.equal(attempting.remaining(on, 505 * MINUTE), 15 * MINUTE);
  assert.equal(attempting.submit(on, 505 * MINUTE, () => null).spent, 15 * MINUTE);
});

test("an untimed attempt needs no pause, and a running one no going on", () => {
  assert.deepEqual(attempting.pause(begun(null), 5), begun(null));
  assert.deepEqual(attempting.unpause(begun(), 5), begun());
});

test("a step leaves the attempt it came from as it was", () => {
  const before = begun();
  attempting.respond(before, "a", ["x"]);
  attempting.flag(before, "a", true);
  assert.deepEqual(before, begun());
});

test("blank text and no options are no answer", () => {
  const answered = (response) => attempting.isAnswered(attempting.respond(begun(), "a", response), "a");
  assert.deepEqual([[], "", " \n　", ["x"], "text"].map(answered), [false, false, false, true, true]);
  assert.equal(attempting.isAnswered(begun(), "a"), false);
});

test("a flag goes up once and comes down", () => {
  const up = attempting.flag(attempting.flag(begun(), "a", true), "a", true);
  assert.deepEqual(plain(up.flags), ["a"]);
  assert.deepEqual(plain(attempting.flag(up, "a", false).flags), []);
});

test("submitted in time, it is not late and tells how long it took", () => {
  const { submitted: when, spent, late } = submitted({});
  assert.deepEqual([when, spent, late], [MINUTE, MINUTE, false]);
});

test("submitted after the end, it ends with the end and is late", () => {
  const { submitted: when, spent, late } = attempting.submit(begun(), 99 * MINUTE, () => null);
  assert.deepEqual([when, spent, late], [30 * MINUTE, 30 * MINUTE, true]);
});

test("an untimed attempt is never late", () => {
  const { late, spent } = attempting.submit(begun(null), 999 * MINUTE, () => null);
  assert.deepEqual([late, spent], [false, 999 * MINUTE]);
});

test("points add up over all items and by part", () => {
  const attempt = submitted({ a: { earned: 2 }, b: { earned: 0 }, c: { earned: 4.5 } });
  const { score, points, percent, needed, pass } = attempting.result(attempt);
  assert.deepEqual([score, points, percent, needed, pass], [6.5, 9, 72, 5.4, "reached"]);
  const byPart = attempting.sums(attempt, ({ part }) => part);
  assert.deepEqual([...byPart].map(([part, { score, points, items }]) => [part, score, points, items]), [[0, 2, 4, 2], [1, 4.5, 5, 1]]);
});

test("thirds of points add up to whole ones", () => {
  const third = { earned: (1 / 3) * 3 * 1.2 };
  assert.equal(attempting.result(submitted({ a: third, b: third, c: { earned: 3 } })).score, 5.4);
  assert.equal(attempting.result(submitted({ a: third, b: third, c: { earned: 3 } })).pass, "reached");
});

test("while essays wait, the pass mark is open only as long as they can decide it", () => {
  const pass = (a, b) => attempting.result(submitted({ a: { earned: a }, b: { earned: b }, c: { earned: null } })).pass;
  assert.deepEqual([pass(2, 2), pass(0, 0)], ["open", "missed"]);
  const mostly = { ...begun(), pass: 40 };
  assert.equal(attempting.result(submitted({ a: { earned: 2 }, b: { earned: 2 }, c: { earned: null } }, mostly)).pass, "reached");
});

test("assessing an essay settles what was pending", () => {
  const open = submitted({ a: { earned: 2 }, b: { earned: 2 }, c: { earned: null } });
  assert.deepEqual([attempting.result(open).pending, attempting.result(open).pendingItems], [5, 1]);
  const { pending, score, pass } = attempting.result(attempting.assess(open, "c", ["1"], 3));
  assert.deepEqual([pending, score, pass], [0, 7, "reached"]);
});

test("an item without a mark counts neither way, and the total is less", () => {
  const { items, points, needed } = attempting.result(submitted({ a: { earned: 2 }, b: { earned: 0 } }));
  assert.deepEqual([items, points, needed], [2, 4, 2.4]);
  assert.deepEqual([attempting.result(submitted({})).percent, attempting.result(submitted({})).pass], [0, "missed"]);
});
