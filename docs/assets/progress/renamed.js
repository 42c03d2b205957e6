/** Moves responses to items that have got another id, once; what was answered under the new one stays. */
"use strict";

(() => {
  const { renamed, store } = window.handbook;
  for (const [before, id] of Object.entries(renamed)) {
    const text = store.get(`item:${before}`);
    if (text === null) continue;
    const there = store.get(`item:${id}`) !== null || store.put(`item:${id}`, text);
    if (there) store.drop(`item:${before}`);
  }
})();
