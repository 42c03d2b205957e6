/**
 * `<handbook-item>`: lets the reader answer one item, scores it, and says how it went.
 * The page holds the whole item already; this only enhances it. Knows nothing of other items, nor of what is particular to
 * its kind. With `data-again` it asks anew, whatever was answered before, until it is answered here.
 *
 * @typedef {object} Result what a page may count
 * @property {boolean} essay self-assessed, not scored by rule
 * @property {boolean} answered
 * @property {boolean} right
 * @property {number} score out of `points`
 * @property {number} points
 *
 * @typedef {["right" | "wrong" | "partial" | "assessed" | "stale" | "open", string]} Verdict the kind and the words
 *
 * @typedef {HTMLElement & {result: Result, redo: () => void, reset: () => void}} Item
 */
"use strict";

(() => {
  const { kinds, parts, responses, scoring, store } = window.handbook;
  const { all, checked, made, LiveElement } = window.handbook.dom;
  const CHANGED = "handbook-item-change";
  const TROUBLES = {
    "": "",
    blocked: "本次作答不会保存：浏览器不允许这个网站保存数据。",
    full: "本次作答不会保存：浏览器给这个网站的存储空间已满。",
    newer: "本次作答不会保存：这道题有新版手册留下的记录，这里不改动它。",
  };
  const SYMBOLS = { right: "✓", wrong: "✗", partial: "◐", assessed: "✎", stale: "↻", open: "" };

  class HandbookItem extends LiveElement {
    /** @type {Result} */
    result = { essay: false, answered: false, right: false, score: 0, points: 0 };
    #anew = false;

    /** @param {AbortSignal} signal */
    live(signal) {
      this.#anew = "again" in this.dataset;
      this.addEventListener("input", (event) => this.#change(event.target), { signal });
      this.addEventListener("click", (event) => event.target === this.#redo && this.redo(), { signal });
      this.addEventListener(
        "submit",
        (event) => {
          event.preventDefault();
          if (!this.result.answered && this.#submit()) this.#reveal();
        },
        { signal },
      );
      store.watch(this.#id, () => this.#render(), signal);
      this.#kind.wake(this, signal);
      this.piece("actions").hidden = false;
      this.#render();
    }

    /** Begin anew; the last answer stays on record until another is submitted. */
    redo() {
      if (this.result.answered) this.#save(() => ({ draft: { rev: this.#revision, response: this.#nothing } }));
      this.#details.open = false;
      this.#render();
      this.#kind.first(this).focus();
    }

    /** Forget the item altogether. */
    reset() {
      store.remove(this.#id);
      this.#details.open = false;
      this.#render();
    }

    get #id() {
      return this.dataset.item ?? "";
    }

    get #revision() {
      return this.dataset.revision ?? "";
    }

    get #kind() {
      return kinds[this.dataset.kind ?? ""];
    }

    get #nothing() {
      return this.#kind.essay ? "" : [];
    }

    get #criteria() {
      return all(this, ".handbook-item__rubric input", HTMLInputElement);
    }

    get #details() {
      return all(this, "details", HTMLDetailsElement)[0];
    }

    get #redo() {
      return all(this, "[data-action=redo]", HTMLElement)[0];
    }

    /** What is described by hint and error: the response as a whole. */
    get #described() {
      return all(this, `[aria-describedby~="${this.id}-hint"]`, HTMLElement)[0];
    }

    /** @param {(old: Answer) => Partial<Answer>} change */
    #save(change) {
      store.update(this.#id, (old) => {
        const answer = old ?? { rev: this.#revision, response: "", right: null, score: null, n: 0 };
        return { ...answer, ...change(answer) };
      });
    }

    /** @param {EventTarget | null} target */
    #change(target) {
      if (this.#criteria.some((criterion) => criterion === target)) return this.#assess();
      const response = this.#kind.read(this);
      if (!this.result.answered) this.#save(() => ({ draft: { rev: this.#revision, response } }));
      this.#render();
    }

    /** Ticking a criterion also submits the text, so that a score always belongs to an answer. */
    #assess() {
      const criteria = checked(this.#criteria);
      if (!this.result.answered && !this.#submit()) return;
      this.#save(() => ({ criteria, score: this.#selfScore(criteria).hits }));
      this.#render();
    }

    /** @returns {boolean} whether there was something to submit */
    #submit() {
      const response = this.#kind.read(this);
      this.#render();
      if (parts.isBlank(response)) {
        this.#complain();
        return false;
      }
      const { right, score } = this.#kind.essay ? { right: null, score: null } : this.#score(response);
      this.#anew = false;
      store.update(this.#id, (old) => responses.answered(old, { rev: this.#revision, response, right, score }));
      this.#render();

      return true;
    }

    /** @param {ItemResponse} response */
    #score(response) {
      return this.#kind.score(this, this.dataset.scoring === "partial" ? "partial" : "all_or_nothing", response);
    }

    /** @param {readonly string[]} met */
    #selfScore(met) {
      const rubric = this.#criteria.map(({ value, dataset }) => ({ id: value, points: Number(dataset.points) }));
      return scoring.essay("partial", rubric, met);
    }

    #reveal() {
      if (!this.#kind.essay) return;
      this.#details.open = true;
      this.piece("summary").focus();
    }

    #complain() {
      const error = made("p", "handbook-item__error", `错误：${this.#kind.blank}`);
      error.id = `${this.id}-error`;
      this.piece("hint").after(error);
      this.#described.setAttribute("aria-describedby", `${error.id} ${this.id}-hint`);
      this.#kind.first(this).focus();
    }

    /** Bring everything into the state that is stored; doing so twice changes nothing. */
    #render() {
      const kind = this.#kind;
      const how = { essay: kind.essay, anew: this.#anew };
      const { answered, stale, response, met } = responses.view(store.read(this.#id), this.#revision, how);
      const given = Array.isArray(response) === kind.essay ? this.#nothing : response;
      kind.write(this, given);
      kind.lock(this, answered);
      for (const criterion of this.#criteria) criterion.checked = Boolean(met?.includes(criterion.value));
      this.piece("locked").hidden = !answered;
      this.piece("error")?.remove();
      this.#described.setAttribute("aria-describedby", `${this.id}-hint`);
      this.#redo.hidden = !answered;
      all(this, "[type=submit]", HTMLElement)[0].setAttribute("aria-disabled", String(answered));
      const verdict = typeof given === "string" ? this.#renderEssay(answered, met) : this.#renderScored(answered, given);
      if (answered) this.#say(...verdict);
      else if (stale) this.#say("stale", "题目已更新，请重做。以前的作答不计分。");
      else this.#say("open", "");
      this.tell(CHANGED);
    }

    /** @param {boolean} answered @param {string[] | undefined} met @returns {Verdict} */
    #renderEssay(answered, met) {
      const { hits: score, total: points } = this.#selfScore(met ?? []);
      this.result = { essay: true, answered, right: false, score, points };

      return met
        ? ["assessed", `自评得分 ${score}/${points} 分（自评，仅供参考）`]
        : ["assessed", "已提交。请对照参考答案，给作答里有的采分点打勾。"];
    }

    /** @param {boolean} answered @param {string[]} response @returns {Verdict} */
    #renderScored(answered, response) {
      const { right, score, hits, total } = this.#score(response);
      const key = this.#kind.key(this);
      this.result = { essay: false, answered, right: answered && right, score: answered ? score : 0, points: 1 };
      this.#kind.mark(this, answered ? response : null);
      this.piece("reasons").replaceChildren(...(answered ? this.#reasons(response) : []));
      if (right) return ["right", `回答正确。答案：${key}。`];
      const answers = `你的答案：${this.#kind.words(this, response)}。正确答案：${key}。`;

      const { counted } = this.#kind;
      const part = counted ? `（${total} ${counted}，对了 ${hits} ${counted[0]}）` : "";

      return score ? ["partial", `部分正确${part}，得 ${hits}/${total} 分。${answers}`] : ["wrong", `回答错误。${answers}`];
    }

    /** @param {readonly string[]} response @returns {Node[]} */
    #reasons(response) {
      const list = made("ul", "handbook-item__rationales");
      list.append(...this.#kind.reasons(this, response).map((rationale) => rationale.cloneNode(true)));

      return [list, all(this.#details, ".handbook-item__basis", HTMLElement)[0].cloneNode(true)];
    }

    /** Speak only when there is something new. @param {Verdict} verdict */
    #say(...[result, words]) {
      this.dataset.result = result;
      const trouble = TROUBLES[store.trouble(this.#id)];
      const symbol = made("span", "handbook-item__symbol", SYMBOLS[result]);
      symbol.setAttribute("aria-hidden", "true");
      const verdict = made("p", "handbook-item__verdict", ` ${words}`);
      verdict.prepend(symbol);
      const said = [...(words ? [verdict] : []), ...(trouble ? [made("p", "handbook-item__trouble", trouble)] : [])];
      const status = this.piece("status");
      if (status.textContent !== said.map((part) => part.textContent).join("")) status.replaceChildren(...said);
    }
  }

  customElements.define("handbook-item", HandbookItem);
})();
