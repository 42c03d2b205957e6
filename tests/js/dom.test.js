"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { open } = require("./page.js");

const { dom } = open([]);
const MORNING = new Date(2026, 2, 1, 9, 5).getTime();

test("JSON is read, nothing stored is null, and what is not JSON is undefined", () => {
  assert.equal(dom.parsed('{"a": 1}').a, 1);
  assert.equal(dom.parsed(null), null);
  assert.equal(dom.parsed("{oops"), undefined);
});

test("points have at most two decimals, and none that say nothing", () =>
  assert.deepEqual([2, 0.1 + 0.2, 1 / 3].map(dom.points), ["2", "0.3", "0.33"]));

test("a day sorts as text, a moment reads as Chinese", () => {
  assert.equal(dom.day(MORNING), "2026-03-01");
  assert.equal(dom.moment(MORNING), "3 月 1 日 09:05");
});

test("of the inputs only the checked ones give their values", () =>
  assert.deepEqual([...dom.checked([{ checked: true, value: "a" }, { checked: false, value: "b" }])], ["a"]));
