"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { open } = require("./page.js");

const { archive } = open(["quiz/responses.js", "progress/archive.js"]);

const NOW = 1000;
const record = (change = {}) => ({ v: 1, t: 5, rev: "r1", response: ["a"], right: true, score: 1, n: 1, ...change });
const isAttempt = (value) => Number.isInteger(value?.n) && typeof value.exam === "string";
const kinds = { item: archive.items(NOW), attempt: archive.attempts(isAttempt) };
const file = (entries, change = {}) => JSON.stringify({ format: "handbook-records", v: 1, entries, ...change });
const plan = (text, here = {}, known = () => true) => {
  const existing = new Map(Object.entries(here).map(([name, value]) => [name, JSON.stringify(value)]));
  const { writes, ...counts } = archive.plan(text, { existing, kinds, isKnown: known });
  return { ...counts, writes: Object.fromEntries([...writes].map(([name, value]) => [name, JSON.parse(value)])) };
};
const COUNTS = { error: "", added: 0, updated: 0, kept: 0, unknown: 0, refused: 0, writes: {} };

test("what was written is taken in the same elsewhere", () => {
  const here = { "item:x": record(), "item:y": record({ response: "text", draft: { rev: "r1", response: "more" } }) };
  const texts = new Map(Object.entries(here).map(([name, value]) => [name, JSON.stringify(value)]));
  assert.deepEqual(plan(archive.written(texts, kinds, NOW)), { ...COUNTS, added: 2, writes: here });
});

test("what is not a record of a known kind stays out of the file", () => {
  const texts = new Map([["item:x", JSON.stringify(record())], ["attempt-tab:e:1", "{}"], ["item:bad", "{oops"], ["colour", "1"]]);
  assert.deepEqual(Object.keys(JSON.parse(archive.written(texts, kinds, NOW)).entries), ["item:x"]);
});

test("two files of the same responses are the same, whatever their order", () => {
  const [a, b] = [["item:a", JSON.stringify(record())], ["item:b", JSON.stringify(record())]];
  assert.equal(archive.written(new Map([a, b]), kinds, NOW), archive.written(new Map([b, a]), kinds, NOW));
});

test("the later record wins, an equal one stays", () => {
  const here = { "item:old": record({ t: 4 }), "item:same": record(), "item:new": record({ t: 6 }) };
  const entries = { "item:old": record(), "item:same": record({ n: 9 }), "item:new": record(), "item:none": record() };
  const writes = { "item:old": record(), "item:none": record() };
  assert.deepEqual(plan(file(entries), here), { ...COUNTS, added: 1, updated: 1, kept: 2, writes });
});

test("a record of a later handbook in this browser is left alone", () =>
  assert.deepEqual(plan(file({ "item:x": record() }), { "item:x": { v: 2 } }), { ...COUNTS, kept: 1 }));

test("a broken record in this browser gives way", () =>
  assert.equal(plan(file({ "item:x": record() }), { "item:x": { v: 1, n: "many" } }).added, 1));

test("items that this handbook does not have are taken in and counted", () => {
  const { added, unknown } = plan(file({ "item:x": record(), "item:gone": record() }), {}, (name) => name === "item:x");
  assert.deepEqual([added, unknown], [2, 1]);
});

test("nothing was answered later than now", () =>
  assert.equal(plan(file({ "item:x": record({ t: 9e15 }) })).writes["item:x"].t, NOW));

test("what the layout does not know is left out", () =>
  assert.deepEqual(plan(file({ "item:x": record({ html: "<b>" }) })).writes["item:x"], record()));

for (const [what, entries] of [
  ["a record of a later version", { "item:x": record({ v: 2 }) }],
  ["a record with a wrong type", { "item:x": record({ n: "1" }) }],
  ["a record from before time began", { "item:x": record({ t: -1 }) }],
  ["a response that nobody could have typed", { "item:x": record({ response: "长".repeat(5000) }) }],
  ["a draft that nobody could have typed", { "item:x": record({ draft: { rev: "r1", response: "长".repeat(5000) } }) }],
  ["a null", { "item:x": null }],
  ["an unknown kind", { "colour:x": record() }],
  ["a kind named like something every object has", { "constructor:x": record() }],
  ["a name with markup", { "item:<img src=x onerror=alert(1)>": record() }],
  ["a name without an id", { item: record() }],
  ["what was set aside as bad", { "bad:item:x": record() }],
])
  test(`${what} is refused`, () => assert.deepEqual(plan(file(entries)), { ...COUNTS, refused: 1 }));

test("a key __proto__ in the file reaches no prototype", () => {
  const text = `{"format":"handbook-records","v":1,"entries":{"__proto__":{"polluted":1},"item:x":{"__proto__":{"n":1}}}}`;
  assert.deepEqual(plan(text), { ...COUNTS, refused: 2 });
  assert.equal({}.polluted, undefined);
});

for (const [text, error] of [
  ["", /不是从本手册导出的/],
  ["{oops", /不是从本手册导出的/],
  ["null", /不是从本手册导出的/],
  ["[]", /不是从本手册导出的/],
  [file({}, { format: "other" }), /不是从本手册导出的/],
  [file({}, { v: "1" }), /不是从本手册导出的/],
  [file({}, { v: 2 }), /更新版的手册/],
  [file([]), /不完整/],
  [file(null), /不完整/],
])
  test(`a file of ${JSON.stringify(text)} is refused in one sentence`, () => {
    const result = plan(text);
    assert.match(result.error, error);
    assert.deepEqual(result, { ...COUNTS, error: result.error });
  });

const attempt = (change = {}) => ({ v: 1, exam: "quick-check", n: 1, began: 10, seen: 20, ...change });

test("an attempt is taken in, and the one seen later wins", () => {
  const name = "attempt:quick-check:1";
  assert.deepEqual(plan(file({ [name]: attempt() })), { ...COUNTS, added: 1, writes: { [name]: attempt() } });
  assert.equal(plan(file({ [name]: attempt({ seen: 30 }) }), { [name]: attempt() }).updated, 1);
  assert.equal(plan(file({ [name]: attempt() }), { [name]: attempt({ seen: 30 }) }).kept, 1);
});

test("another attempt of the same number does not give way, it moves on", () => {
  const here = { "attempt:quick-check:1": attempt({ began: 5 }), "attempt:quick-check:2": attempt({ n: 2, began: 6 }) };
  const { added, writes } = plan(file({ "attempt:quick-check:1": attempt() }), here);
  assert.equal(added, 1);
  assert.deepEqual(writes, { "attempt:quick-check:3": attempt({ n: 3 }) });
});

test("taking in the same attempts twice adds them once", () => {
  const here = { "attempt:quick-check:1": attempt({ began: 5 }), "attempt:quick-check:3": attempt({ n: 3 }) };
  assert.deepEqual(plan(file({ "attempt:quick-check:1": attempt() }), here), { ...COUNTS, kept: 1 });
});

test("an attempt that is not whole, or says another name than its own, is refused", () => {
  assert.equal(plan(file({ "attempt:quick-check:1": attempt({ n: "1" }) })).refused, 1);
  assert.equal(plan(file({ "attempt:quick-check:2": attempt() })).refused, 1);
});
