/**
 * `<handbook-item>`: lets the reader answer one item, scores it, and says how it went.
 * The page holds the whole item already; this only enhances it. Knows nothing of other items.
 * With `data-again` it asks anew, whatever was answered before, until it is answered here.
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
  const { records, scoring, store } = window.handbook;
  const CHANGED = "handbook-item-change";
  const TROUBLES = {
    "": "",
    blocked: "本次作答不会保存：浏览器不允许这个网站保存数据。",
    full: "本次作答不会保存：浏览器给这个网站的存储空间已满。",
    newer: "本次作答不会保存：这道题有新版手册留下的记录，这里不改动它。",
  };
  const SYMBOLS = { right: "✓", wrong: "✗", partial: "◐", assessed: "✎", stale: "↻", open: "" };

  /**
   * @template {Element} T
   * @param {ParentNode} root @param {string} selector @param {new () => T} kind
   * @returns {T[]}
   */
  const all = (root, selector, kind) =>
    Array.from(root.querySelectorAll(selector)).filter(/** @returns {part is T} */ (part) => part instanceof kind);

  /** @param {string} name @param {string} block @param {string} text */
  const made = (name, block, text) => {
    const element = document.createElement(name);
    element.className = `handbook-item__${block}`;
    element.textContent = text;
    return element;
  };

  /** @param {readonly HTMLInputElement[]} inputs */
  const checked = (inputs) => inputs.filter((input) => input.checked).map((input) => input.value);

  class HandbookItem extends HTMLElement {
    /** @type {Result} */
    result = { essay: false, answered: false, right: false, score: 0, points: 0 };
    #life = new AbortController();
    #anew = false;

    connectedCallback() {
      this.#life.abort();
      this.#life = new AbortController();
      this.#anew = "again" in this.dataset;
      const { signal } = this.#life;
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
      this.#part("actions").hidden = false;
      this.#render();
    }

    disconnectedCallback() {
      this.#life.abort();
    }

    /** Begin anew; the last answer stays on record until another is submitted. */
    redo() {
      if (this.result.answered) this.#save(() => ({ draft: { rev: this.#revision, response: this.#text ? "" : [] } }));
      this.#details.open = false;
      this.#render();
      this.#first.focus();
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

    get #options() {
      return all(this, ".handbook-item__fieldset .handbook-item__option", HTMLElement);
    }

    get #inputs() {
      return all(this, ".handbook-item__fieldset input", HTMLInputElement);
    }

    get #keys() {
      return all(this, ".handbook-item__answer [data-key]", HTMLElement).map((key) => key.dataset.option ?? "");
    }

    get #criteria() {
      return all(this, ".handbook-item__rubric input", HTMLInputElement);
    }

    /** @returns {HTMLTextAreaElement | undefined} there for essays only */
    get #text() {
      return all(this, "textarea", HTMLTextAreaElement)[0];
    }

    get #details() {
      return all(this, "details", HTMLDetailsElement)[0];
    }

    get #redo() {
      return all(this, "[data-action=redo]", HTMLElement)[0];
    }

    get #first() {
      return this.#text ?? this.#inputs[0];
    }

    /** @param {string} block */
    #part(block) {
      return all(this, `.handbook-item__${block}`, HTMLElement)[0];
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
      const response = this.#text ? this.#text.value : checked(this.#inputs);
      if (!this.result.answered) this.#save(() => ({ draft: { rev: this.#revision, response } }));
      this.#render();
    }

    /** Ticking a criterion also submits the text, so that a score always belongs to an answer. */
    #assess() {
      const criteria = checked(this.#criteria);
      if (!this.result.answered && !this.#submit()) return;
      this.#save(() => ({ criteria, score: this.#selfScore(criteria) }));
      this.#render();
    }

    /** @returns {boolean} whether there was something to submit */
    #submit() {
      const response = this.#text ? this.#text.value : checked(this.#inputs);
      this.#render();
      if (!(typeof response === "string" ? response.trim() : response.length)) {
        this.#complain();
        return false;
      }
      const { right, score } = this.#score(response);
      this.#anew = false;
      store.update(this.#id, (old) => records.answered(old, { rev: this.#revision, response, right, score }));
      this.#render();

      return true;
    }

    /** @param {string | string[]} response @returns {{right: boolean | null, score: number | null, hits: number}} */
    #score(response) {
      if (typeof response === "string") return { right: null, score: null, hits: 0 };
      const rule = this.dataset.scoring === "partial" ? "partial" : "all_or_nothing";

      return scoring.choice(rule, this.#keys, response);
    }

    /** @param {readonly string[]} met */
    #selfScore(met) {
      const rubric = this.#criteria.map(({ value, dataset }) => ({ id: value, points: Number(dataset.points) }));
      return scoring.essay(rubric, met);
    }

    #reveal() {
      if (!this.#text) return;
      this.#details.open = true;
      this.#part("summary").focus();
    }

    #complain() {
      const error = made("p", "error", this.#text ? "错误：请先写下作答" : "错误：请先选择答案");
      error.id = `${this.id}-error`;
      (this.#text ?? this.#options[0]).before(error);
      this.#describe(`${error.id} ${this.id}-hint`);
      this.#first.focus();
    }

    /** @param {string} ids */
    #describe(ids) {
      (this.#text ?? this.#part("fieldset")).setAttribute("aria-describedby", ids);
    }

    /** Bring everything into the state that is stored; doing so twice changes nothing. */
    #render() {
      const text = this.#text;
      const how = { essay: Boolean(text), anew: this.#anew };
      const { answered, stale, response, met } = records.view(store.read(this.#id), this.#revision, how);
      const chosen = Array.isArray(response) ? response : [];
      for (const input of this.#inputs) input.checked = chosen.includes(input.value);
      for (const criterion of this.#criteria) criterion.checked = Boolean(met?.includes(criterion.value));
      if (text) {
        const words = Array.isArray(response) ? "" : response;
        if (text.value !== words) text.value = words;
        text.readOnly = answered;
      }
      this.#part("locked").hidden = !answered;
      this.#part("error")?.remove();
      this.#describe(`${this.id}-hint`);
      this.#redo.hidden = !answered;
      all(this, "[type=submit]", HTMLElement)[0].setAttribute("aria-disabled", String(answered));
      const verdict = text ? this.#renderEssay(answered, met) : this.#renderChoice(answered, chosen);
      if (answered) this.#say(...verdict);
      else if (stale) this.#say("stale", "题目已更新，请重做。以前的作答不计分。");
      else this.#say("open", "");
      this.dispatchEvent(new CustomEvent(CHANGED, { bubbles: true }));
    }

    /** @param {boolean} answered @param {string[] | undefined} met @returns {Verdict} */
    #renderEssay(answered, met) {
      const points = this.#criteria.reduce((sum, { dataset }) => sum + Number(dataset.points), 0);
      const score = this.#selfScore(met ?? []);
      this.result = { essay: true, answered, right: false, score, points };

      return met
        ? ["assessed", `自评得分 ${score}/${points} 分（自评，仅供参考）`]
        : ["assessed", "已提交。请对照参考答案，给作答里有的采分点打勾。"];
    }

    /** @param {boolean} answered @param {string[]} chosen @returns {Verdict} */
    #renderChoice(answered, chosen) {
      const keys = this.#keys;
      const { right, score, hits } = this.#score(chosen);
      this.result = { essay: false, answered, right: answered && right === true, score: answered ? (score ?? 0) : 0, points: 1 };
      for (const option of this.#options) {
        const id = option.dataset.option ?? "";
        this.#mark(option, answered && keys.includes(id), answered && chosen.includes(id));
      }
      this.#part("reasons").replaceChildren(...(answered ? this.#reasons([...chosen, ...keys]) : []));
      if (right) return ["right", `回答正确。答案：${this.#labels(keys)}。`];
      const answers = `你的答案：${this.#labels(chosen)}。正确答案：${this.#labels(keys)}。`;

      return score
        ? ["partial", `部分正确，得 ${hits}/${keys.length} 分。${answers}`]
        : ["wrong", `回答错误。${answers}`];
    }

    /** @param {readonly string[]} ids */
    #labels(ids) {
      const named = this.#options.filter(({ dataset }) => ids.includes(dataset.option ?? ""));
      return named.map(({ dataset }) => dataset.label).join("、");
    }

    /** @param {HTMLElement} option @param {boolean} key @param {boolean} chosen */
    #mark(option, key, chosen) {
      all(option, ".handbook-item__mark", HTMLElement).forEach((mark) => mark.remove());
      option.dataset.mark = key ? "key" : chosen ? "wrong" : "";
      const missed = key && !chosen && this.dataset.type === "multiple";
      const words = [key && "正确答案", chosen && "你的选择", missed && "漏选"].filter(Boolean).join("，");
      if (words) all(option, "label", HTMLElement)[0].append(made("span", "mark", `（${words}）`));
    }

    /** @param {readonly string[]} ids @returns {Node[]} */
    #reasons(ids) {
      const list = made("ul", "rationales", "");
      for (const rationale of all(this.#details, "[data-option]", HTMLElement))
        if (ids.includes(rationale.dataset.option ?? "")) list.append(rationale.cloneNode(true));

      return [list, all(this.#details, ".handbook-item__basis", HTMLElement)[0].cloneNode(true)];
    }

    /** Speak only when there is something new. @param {Verdict} verdict */
    #say(...[result, words]) {
      this.dataset.result = result;
      const trouble = TROUBLES[store.trouble(this.#id)];
      const symbol = made("span", "symbol", SYMBOLS[result]);
      symbol.setAttribute("aria-hidden", "true");
      const verdict = made("p", "verdict", ` ${words}`);
      verdict.prepend(symbol);
      const said = [...(words ? [verdict] : []), ...(trouble ? [made("p", "trouble", trouble)] : [])];
      const status = this.#part("status");
      if (status.textContent !== said.map((part) => part.textContent).join("")) status.replaceChildren(...said);
    }
  }

  customElements.define("handbook-item", HandbookItem);
})();
