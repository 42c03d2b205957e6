"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { open } = require("./page.js");

const { examOf } = open(["quiz/kinds.js", "exam/attempt.js", "exam/forms.js"]);

/** The page of an exam with this many forms, as far as drawing one needs it. */
const exam = (count) => {
  const forms = Array.from({ length: count }, (_, index) => ({ letter: String(index + 1), parts: [] }));
  const textContent = JSON.stringify({ pass: 60, parts: [], chapters: [], forms });
  return examOf({ querySelector: () => ({ textContent }), querySelectorAll: () => [] });
};
const DRAWS = [0, 0.2, 0.4, 0.6, 0.8, 0.999];
const drawn = (count, done) => [...new Set(DRAWS.map((draw) => exam(count).form(done, draw).letter))];

test("a first form is any of them, and the same draw gives the same", () => {
  assert.deepEqual(drawn(3, []), ["1", "2", "3"]);
  assert.deepEqual(drawn(3, []), drawn(3, []));
});

test("a form that was done does not come again while there are others", () => {
  assert.deepEqual(drawn(4, ["2", "4"]), ["1", "3"]);
  assert.deepEqual(drawn(3, ["1", "3"]), ["2"]);
});

test("once all were done, the latest do not come again at once", () => {
  assert.deepEqual(drawn(4, ["4", "1", "3", "2"]), ["1", "4"]);
  assert.deepEqual(drawn(3, ["3", "2", "1", "3"]), ["1", "2"]);
});

test("the only form comes again and again", () => {
  assert.deepEqual(drawn(1, ["1", "1"]), ["1"]);
});
