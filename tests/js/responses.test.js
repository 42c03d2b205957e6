"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { open } = require("./page.js");

const { responses } = open(["quiz/responses.js"]);

const submission = (right, rev = "r1") => ({ rev, response: ["a"], right, score: Number(right) });

/** The record after these submissions, each true, false or null. */
const after = (...verdicts) => verdicts.reduce((old, right) => responses.answered(old, submission(right)), null);
const standing = (record, revision = "r1") => ({ ...responses.standing(record && { ...record, v: 1, t: 5 }, revision) });

for (const [claim, verdicts, expected] of [
  ["right at first go is mastered", [true], { right: true, mistake: false, mastered: true, left: 0 }],
  ["a wrong answer is a mistake, two right ones away", [false], { right: false, mistake: true, mastered: false, left: 2 }],
  ["wrong after right is a mistake", [true, true, false], { right: false, mistake: true, mastered: false, left: 2 }],
  ["right once after wrong is right, but still a mistake", [false, true], { right: true, mistake: true, mastered: false, left: 1 }],
  ["right twice in a row leaves the mistakes", [false, true, true], { right: true, mistake: false, mastered: true, left: 0 }],
  ["right twice, but not in a row, does not", [false, true, false, true], { right: true, mistake: true, mastered: false, left: 1 }],
  ["a mistake made good can be made again", [false, true, true, false], { right: false, mistake: true, mastered: false, left: 2 }],
  ["an essay is answered, neither right nor wrong", [null], { right: false, mistake: false, mastered: false, left: 0 }],
])
  test(claim, () => assert.deepEqual(standing(after(...verdicts)), { answered: true, stale: false, ...expected }));

const NOTHING = { answered: false, stale: false, right: false, mistake: false, mastered: false, left: 0 };

test("without a record nothing is said", () => assert.deepEqual(standing(null), NOTHING));

test("what is only begun is not answered", () => {
  const begun = { rev: "r1", response: "", right: null, score: null, n: 0, draft: { rev: "r1", response: "b" } };
  assert.deepEqual(standing(begun), NOTHING);
});

test("begun anew, the last answer still counts", () => {
  assert.equal(standing({ ...after(false), draft: { rev: "r1", response: [] } }).mistake, true);
});

for (const right of [true, false])
  test(`once the item has changed, an answer that was ${right} counts as neither`, () =>
    assert.deepEqual(standing(after(right), "r2"), { ...NOTHING, stale: true }));

test("an answer to the changed item begins a new count", () => {
  const record = responses.answered(after(false, true), submission(true, "r2"));
  assert.deepEqual([record.n, record.missed, record.streak], [3, false, 1]);
});

test("a submission replaces response, draft and criteria of the one before", () => {
  const old = { ...after(null), criteria: ["1"], draft: { rev: "r1", response: "x" } };
  const record = { ...responses.answered(old, { rev: "r1", response: "y", right: null, score: null }) };
  assert.deepEqual(record, { rev: "r1", response: "y", right: null, score: null, n: 2, missed: false, streak: 0 });
});

const older = (right) => ({ rev: "r1", response: ["a"], right, score: Number(right), n: 3, v: 1, t: 5 });

test("an older record is whole; its last answer tells whether it is a mistake", () => {
  assert.equal(responses.isKept(older(true)), true);
  assert.deepEqual([standing(older(false)).left, standing(older(true)).mastered], [2, true]);
});

test("an older mistake leaves after two right answers, like any other", () => {
  const once = responses.answered(older(false), submission(true));
  assert.equal(standing(once).left, 1);
  assert.equal(standing(responses.answered(once, submission(true))).left, 0);
});

for (const wrong of [{ missed: "yes" }, { missed: null }, { streak: 1.5 }, { streak: "2" }])
  test(`a record with ${JSON.stringify(wrong)} is not whole`, () =>
    assert.equal(responses.isKept({ ...older(true), ...wrong }), false));

test("a later version is newer, this one and nonsense are not", () =>
  assert.deepEqual([{ v: 2 }, { v: 1 }, { v: "2" }, null, "x"].map(responses.isNewer), [true, false, false, false, false]));

const CHOICE = { essay: false, anew: false };
const viewed = (record, how = {}, revision = "r1") => ({ ...responses.view({ ...record, v: 1, t: 5 }, revision, { ...CHOICE, ...how }) });
const BEGUN = { ...after(false), draft: { rev: "r1", response: ["b"] } };

test("an answered item shows its answer, and what was ticked", () => {
  const record = { ...after(null), criteria: ["1"] };
  assert.deepEqual(viewed(record), { answered: true, stale: false, response: ["a"], met: ["1"] });
});

test("what was begun anew is shown in place of the answer", () => {
  assert.deepEqual(viewed(BEGUN), { answered: false, stale: false, response: ["b"], met: undefined });
});

test("asked anew, an item shows nothing of its answer, but what was begun", () => {
  assert.equal(viewed(after(true), { anew: true }).response, "");
  assert.deepEqual(viewed(BEGUN, { anew: true }).response, ["b"]);
});

test("once the item has changed, the text of an essay is still there and chosen options are not", () => {
  assert.deepEqual(viewed(after(true), {}, "r2"), { answered: false, stale: true, response: "", met: undefined });
  assert.deepEqual(viewed(after(null), { essay: true }, "r2").response, ["a"]);
});
