"use strict";
/** Every kind of item is scored by a pure function of its own, tried on the cases that lie beside it. */

const assert = require("node:assert/strict");
const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const { KINDS, open } = require("./page.js");

for (const kind of kinds()) {
  test(`${kind}: has a scoring function and cases for it`, () => assert.ok(cases(kind).length >= 4));
  for (const { claim, rule, key, response, ...expected } of cases(kind))
    test(`${kind}: ${claim}`, () => {
      const { scoring } = open(["quiz/kinds.js", `items/${kind}/scoring.js`]);
      const result = scoring[kind](rule, key, response);
      assert.deepEqual({ ...result, ...expected }, { ...result });
      assert.ok(result.score >= 0 && result.score <= 1);
    });
}

/** @param {string} kind */
function cases(kind) {
  return JSON.parse(readFileSync(join(KINDS, kind, "scoring.json"), "utf8"));
}

/** The folders of items that have scripts. */
function kinds() {
  const folders = readdirSync(KINDS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => name).filter((name) => readdirSync(join(KINDS, name)).includes("view.js"));
}
