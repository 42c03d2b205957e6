"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { FakeStorage, open } = require("./page.js");

const name = (id) => `handbook:v1:item:${id}`;
const opened = (entries, quota) => {
  const storage = new FakeStorage(quota);
  for (const [id, text] of Object.entries(entries)) storage.entries.set(name(id), text);
  const page = open(["quiz/responses.js", "quiz/store.js"], () => storage);
  page.window.handbook.renamed = { old: "new", older: "new" };
  page.run("progress/renamed.js");
  return Object.fromEntries([...storage.entries].map(([key, text]) => [key.slice(name("").length), text]));
};

test("a response follows its item to the new id, the latest id first", () => {
  assert.deepEqual(opened({ old: "1", other: "2" }), { new: "1", other: "2" });
  assert.deepEqual(opened({ older: "1" }), { new: "1" });
  assert.deepEqual(opened({ old: "1", older: "2" }), { new: "1" });
});

test("what was answered under the new id stays", () => assert.deepEqual(opened({ old: "1", new: "2" }), { new: "2" }));

test("without room the response stays where it is", () => assert.deepEqual(opened({ old: "1" }, 25), { old: "1" }));
