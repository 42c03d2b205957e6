"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { open } = require("./page.js");

const { progress } = open(["quiz/responses.js", "progress/progress.js"]);

const chapter = (number, ...ids) => ({
  name: `c${number}`,
  label: `第 ${number} 章`,
  url: `chapters/c${number}/`,
  items: Object.fromEntries(ids.map((id) => [id, "r1"])),
});
const record = (right, change = {}) => ({ v: 1, t: 5, rev: "r1", response: ["a"], right, score: 0, n: 1, ...change });
const summaries = (chapters, responses) => [...progress.summaries(chapters, (id) => responses[id] ?? null)].map((each) => ({ ...each }));
const advice = (chapters, responses) => ({ ...progress.advice(summaries(chapters, responses)) });

const NOTHING = { answered: 0, right: 0, mastered: 0, mistakes: 0, stale: 0, done: 0, last: 0, finished: false };

test("a chapter that was not begun counts nothing of what there is", () =>
  assert.deepEqual(summaries([chapter(1, "a", "b")], {}), [{ name: "c1", label: "第 1 章", total: 2, ...NOTHING }]));

test("each item counts where it belongs, and the last answer gives the time", () => {
  const responses = {
    a: record(true, { t: 9 }),
    b: record(false),
    c: record(true, { missed: true, streak: 1 }),
    d: record(null),
    e: record(true, { rev: "r0" }),
  };
  const [sum] = summaries([chapter(1, "a", "b", "c", "d", "e", "f")], responses);
  assert.deepEqual(sum, {
    name: "c1", label: "第 1 章", total: 6, answered: 4, right: 2, mastered: 1, mistakes: 2, stale: 1, done: 2, last: 9, finished: false,
  });
});

test("a chapter is finished when all is answered and nothing is left to put right", () => {
  const [sum] = summaries([chapter(1, "a", "b")], { a: record(true), b: record(null) });
  assert.equal(sum.finished, true);
  const [edited] = summaries([chapter(1, "a", "b")], { a: record(true, { rev: "r0" }), b: record(null) });
  assert.equal(edited.finished, false);
});

test("a chapter without items is never finished", () => assert.equal(summaries([chapter(1)], {})[0].finished, false));

test("responses of items that are gone count nowhere", () =>
  assert.equal(summaries([chapter(1, "a")], { gone: record(false) })[0].mistakes, 0));

const THREE = [chapter(1, "a", "b"), chapter(2, "c", "d"), chapter(3, "e", "f")];
const ALL = Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((id) => [id, record(true)]));

for (const [claim, responses, expected] of [
  ["who has done nothing reads the first chapter", {}, ["读第 1 章，再做章末自测", "chapter", "c1"]],
  ["mistakes come first, where there are most", { ...ALL, a: record(false), c: record(false), d: record(false) }, ["先做第 2 章的 2 道错题", "notebook", "c2"]],
  ["of as many mistakes, those of the earlier chapter", { c: record(false), e: record(false) }, ["先做第 2 章的 1 道错题", "notebook", "c2"]],
  ["then what has changed", { ...ALL, e: record(true, { rev: "r0" }) }, ["第 3 章有 1 道题更新了，重做一遍", "quiz", "c3"]],
  ["then what was begun last", { a: record(true), c: record(true, { t: 9 }) }, ["接着做第 2 章的自测，还有 1 题", "quiz", "c2"]],
  ["then the next chapter", { a: record(true), b: record(true) }, ["读第 2 章，再做章末自测", "chapter", "c2"]],
  ["and at last the mock exam", ALL, ["各章都学完了，做一套模拟考试", "exam", ""]],
])
  test(claim, () => {
    const [text, place, about] = expected;
    assert.deepEqual(advice(THREE, responses), { text, place, chapter: about });
  });
