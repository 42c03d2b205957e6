"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const cases = require("./scoring-cases.json");
const { open } = require("./page.js");

const { scoring } = open(["quiz/scoring.js"]);

for (const { claim, rule, keys, response, score, right } of cases.choice)
  test(claim, () => {
    const result = scoring.choice(rule, keys, response);
    assert.equal(result.score, score);
    assert.equal(result.right, right);
    assert.equal(result.keys, keys.length);
  });

test("the number of keys chosen is told, for the words 得 n/m 分", () => {
  assert.equal(scoring.choice("partial", ["a", "b", "c"], ["a", "c"]).hits, 2);
});

for (const { claim, rubric, met, score } of cases.essay)
  test(claim, () => assert.equal(scoring.essay(rubric, met), score));
