/**
 * `<handbook-notebook>`: shows the items that the reader has still to put right, each to be done again in place.
 * Every item lies in the page in a template. What is put right stays in sight until the reader updates or comes again.
 */
"use strict";

(() => {
  const { chapters, dom, printing, responses, store } = window.handbook;
  const LEFT = ["已连续答对两次，更新错题本时移出。", "再答对一次就移出错题本。", "连续答对两次就移出错题本。"];

  const revisions = new Map(chapters.flatMap(({ items }) => Object.entries(items)));

  /** @param {string} id */
  const standing = (id) => responses.standing(store.read(id), revisions.get(id) ?? "");

  class HandbookNotebook extends dom.LiveElement {
    #isTidying = false;

    /** @type {Record<string, () => void>} */
    #actions = {
      print: () => printing.items(false),
      "print-answers": () => printing.items(true),
      tidy: () => {
        this.#tidy();
        this.piece(this.#shown.length ? "count" : "empty").focus();
      },
    };

    /** @param {AbortSignal} signal */
    live(signal) {
      this.onAction((action) => this.#actions[action]?.(), signal); // an item's own are not among them
      this.addEventListener("handbook-item-change", () => this.#isTidying || this.#update(), { signal });
      store.watchAll(() => this.#update(), signal);
      this.piece("fallback").hidden = true;
      this.piece("storage").hidden = !store.blocked();
      this.#tidy();
      // The place an address names was hidden when the browser looked for it.
      document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
    }

    get #templates() {
      return dom.all(this, "template", HTMLTemplateElement);
    }

    get #shown() {
      return dom.all(this, ".handbook-notebook__item", HTMLElement);
    }

    /** Bring the list into line with the responses; items that stay are not touched. */
    #tidy() {
      this.#isTidying = true; // each item that wakes tells of itself; one look after all of them is enough
      const shown = new Map(this.#shown.map((entry) => [entry.dataset.item, entry]));
      for (const template of this.#templates) {
        const { item = "" } = template.dataset;
        const wanted = standing(item).mistake;
        if (!wanted) shown.get(item)?.remove();
        else if (!shown.has(item)) this.#show(template, item, shown);
      }
      this.#isTidying = false;
      this.#update();
    }

    /** @param {HTMLTemplateElement} template @param {string} id @param {Map<string | undefined, HTMLElement>} shown */
    #show(template, id, shown) {
      const entry = dom.made("div", "handbook-notebook__item");
      entry.dataset.item = id;
      const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
      /** @type {HTMLElement} */ (copy.firstElementChild).dataset.again = "";
      const left = dom.made("p", "handbook-notebook__left");
      left.setAttribute("role", "status");
      entry.append(copy, left);
      const siblings = Array.from(template.parentElement?.querySelectorAll("template") ?? []);
      const after = siblings.slice(siblings.indexOf(template) + 1).find(({ dataset }) => shown.get(dataset.item)?.isConnected);
      this.piece("items", /** @type {Element} */ (template.parentElement)).insertBefore(
        entry,
        shown.get(after?.dataset.item) ?? null,
      );
    }

    #update() {
      let [left, mended] = [0, 0];
      for (const entry of this.#shown) {
        const now = standing(entry.dataset.item ?? "");
        if (now.mistake) left += 1;
        else mended += 1;
        const words = now.mistake || now.mastered ? LEFT[now.left] : "这道题已不在错题本里，更新错题本时移出。";
        const line = this.piece("left", entry);
        if (line.textContent !== words) line.textContent = words;
      }
      const ids = this.#templates.map(({ dataset }) => dataset.item ?? "");
      const added = ids.filter((id) => standing(id).mistake).length - left;
      this.#renderChapters();
      this.#renderBar(left, mended, added);
      this.#renderEmpty(ids);
    }

    #renderChapters() {
      for (const chapter of dom.all(this, ".handbook-notebook__chapter", HTMLElement)) {
        const count = chapter.querySelectorAll(".handbook-notebook__item").length;
        chapter.hidden = count === 0;
        this.piece("size", chapter).textContent = `${count} 题`;
      }
    }

    /** @param {number} left @param {number} mended @param {number} added */
    #renderBar(left, mended, added) {
      const count = this.piece("count");
      const words = `还有 ${left} 道错题`;
      this.piece("bar").hidden = left + mended === 0;
      if (count.textContent !== words) count.textContent = words;
      const changes = [
        ...(mended ? [`${mended} 道已改正，可以移出`] : []),
        ...(added > 0 ? [`另有 ${added} 道新的错题`] : []),
      ];
      this.piece("changes").hidden = changes.length === 0;
      this.piece("changed").textContent = changes.join("；");
    }

    /** @param {readonly string[]} ids */
    #renderEmpty(ids) {
      const empty = this.piece("empty");
      empty.hidden = this.#shown.length > 0;
      if (empty.hidden) return;
      empty.textContent = ids.some((id) => standing(id).answered)
        ? "现在没有错题，做得很好。以后答错的题会自动收到这里。"
        : "错题本还是空的。做完章末自测或模拟考试，答错的题会自动收到这里，不用自己抄。";
    }
  }

  customElements.define("handbook-notebook", HandbookNotebook);
})();
