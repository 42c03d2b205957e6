/**
 * `<handbook-archive>`: lets the reader take their responses along as a file, bring such a file back, and forget everything.
 */
"use strict";

(() => {
  const { archive, attempting, chapters, confirming, dom, store } = window.handbook;
  const CHANGED = "handbook-responses-change";
  const LIMIT = 5_000_000; // bytes; about what a browser keeps for one site

  const kinds = () => ({ item: archive.items(Date.now()), attempt: archive.attempts(attempting.isAttempt) });

  const known = new Set(chapters.flatMap(({ items }) => Object.keys(items).map((id) => `item:${id}`)));

  /** @param {string} name */
  const isKnown = (name) => !name.startsWith("item:") || known.has(name);

  /** @param {Plan} plan @param {number} lost not written for want of room */
  const told = ({ added, updated, kept, unknown, refused }, lost) => [
    added + updated ? `已导入：新增 ${added} 条，更新 ${updated} 条。` : "没有要导入的记录。",
    ...(unknown ? [`其中 ${unknown} 条属于这版手册没有的题，存着但不计入进度。`] : []),
    ...(kept ? [`有 ${kept} 条本机已有，而且不比文件里的旧，没有改动。`] : []),
    ...(refused ? [`有 ${refused} 条不完整或来自更新版的手册，没有导入。`] : []),
    ...(lost ? [`存储空间已满，有 ${lost} 条没有存下。`] : []),
  ];

  class HandbookArchive extends dom.LiveElement {
    /** @type {Ask} */
    #ask = () => {};

    /** @type {Record<string, () => void>} */
    #actions = {
      export: () => this.#export(),
      import: () => this.#file.click(),
      clear: () => this.#ask(true),
      confirm: () => this.#clear(),
      cancel: () => this.#ask(false),
    };

    /** @param {AbortSignal} signal */
    live(signal) {
      this.onAction((action) => this.#act(action), signal);
      this.#ask = confirming(this, "clear", signal);
      this.#file.addEventListener("change", () => this.#import(), { signal });
      this.piece("panel").hidden = false;
    }

    get #file() {
      return /** @type {HTMLInputElement} */ (this.piece("file"));
    }

    /** @param {string} action */
    #act(action) {
      this.#say("");
      this.#actions[action]();
    }

    /** @param {string} words */
    #say(words) {
      this.piece("notice").textContent = words;
    }

    #export() {
      const text = archive.written(store.entries(), kinds(), Date.now());
      const link = dom.made("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      link.download = `学习记录-${dom.day(Date.now())}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href));
      this.#say("已导出，文件在浏览器的下载文件夹里。");
    }

    async #import() {
      const file = this.#file.files?.[0];
      if (!file) return;
      this.#file.value = ""; // so that the same file can be chosen again
      if (store.blocked()) return this.#say("浏览器不允许这个网站保存数据，没有导入。");
      if (file.size > LIMIT) return this.#say("文件超过 5 MB，不是从本手册导出的记录文件。");
      const plan = archive.plan(await file.text(), { existing: store.entries(), kinds: kinds(), isKnown });
      if (plan.error) return this.#say(plan.error);
      const lost = [...plan.writes].filter(([name, record]) => !store.put(name, record));
      this.#say(told(plan, lost.length).join(""));
      document.dispatchEvent(new CustomEvent(CHANGED));
    }

    #clear() {
      store.clear();
      this.#ask(false);
      this.#say("已清除这台设备上的全部记录。");
      document.dispatchEvent(new CustomEvent(CHANGED));
    }
  }

  customElements.define("handbook-archive", HandbookArchive);
})();
