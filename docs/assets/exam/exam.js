/**
 * `<handbook-exam>`: leads through an exam from start to result. Owns the attempt, the clock and which screen is shown;
 * what is shown there is the business of the elements inside.
 */
"use strict";

(() => {
  const { attempting, attempts, crediting, dom, examOf, store } = window.handbook;
  const TICK = 1000;
  const TROUBLES = {
    "": "",
    blocked: "这次考试不会保存：浏览器不允许这个网站保存数据。可以照常答完、看成绩，只是别刷新或关闭这一页。",
    full: "这次考试不会保存：浏览器给这个网站的存储空间已满。可以照常答完、看成绩，只是别刷新或关闭这一页。",
    newer: "",
  };

  /** @typedef {"start" | "elsewhere" | "paper" | "result"} Screen */

  class HandbookExam extends dom.LiveElement {
    #tab = Math.random().toString(36).slice(2);
    /** @type {Exam} */
    #exam = examOf(this);
    /** @type {Attempt | null} */
    #attempt = null;
    /** @type {Screen} */
    #screen = "start";

    /** @type {Record<string, () => void>} */
    #actions = {
      take: () => this.#resume(),
      pause: () => this.#pause(),
      unpause: () => this.#resume(),
      finish: () => this.#summary.ask(this.#lines),
      submit: () => this.#submit(),
      back: () => this.#focus("#exam-paper"),
      again: () => this.#start("#exam-start"),
      print: () => window.print(),
    };

    /** @param {AbortSignal} signal */
    live(signal) {
      /** @param {string} name @param {(detail: any) => void} listener */
      const on = (name, listener) =>
        this.addEventListener(`handbook-exam-${name}`, (event) => event instanceof CustomEvent && listener(event.detail), { signal });
      on("begin", ({ minutes }) => this.#begin(minutes));
      on("resume", () => (this.#isElsewhere ? this.#show("elsewhere", "#exam-elsewhere") : this.#resume()));
      on("abandon", () => this.#abandon());
      on("response", ({ item, response }) => this.#change((attempt) => attempting.respond(attempt, item, response)));
      on("flag", ({ item, on }) => this.#change((attempt) => attempting.flag(attempt, item, on)));
      on("assess", (detail) => this.#assess(detail));
      on("look", ({ n }) => this.#look(n));
      this.addEventListener("click", (event) => this.#click(event), { signal });
      this.addEventListener("keydown", ({ key }) => key === "Escape" && !this.#summary.hidden && this.#focus("#exam-paper"), { signal });
      // Not when it is hidden: that comes after pagehide, and would hold what was just let go.
      document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#tick(), { signal });
      window.addEventListener("pagehide", () => this.#leave(), { signal });
      attempts.watch(this.#name, (what) => this.#follow(what), signal);
      const clock = window.setInterval(() => this.#tick(), TICK);
      signal.addEventListener("abort", () => {
        window.clearInterval(clock);
        this.#leave();
      });
      this.#say(store.blocked() ? "blocked" : "");
      const seen = Number(history.state?.attempt);
      this.#start();
      if (seen) this.#look(seen, "");
      this.#tick();
    }

    get #name() {
      return this.dataset.exam ?? "";
    }

    get #isElsewhere() {
      return this.#attempt !== null && attempts.isElsewhere(this.#attempt, this.#tab, Date.now());
    }

    /** @returns {ExamSummaryElement} */
    get #summary() {
      return this.#element("handbook-exam-summary");
    }

    /** @returns {Line[]} what can still be answered, and how far it is */
    get #lines() {
      const attempt = this.#attempt;
      return (attempt?.places ?? []).map((place) => ({
        item: place.item,
        answered: attempt !== null && (attempting.isAnswered(attempt, place.item) || !this.#exam.current(place)),
        flagged: Boolean(attempt?.flags.includes(place.item)),
      }));
    }

    /** @param {string} selector @returns {any} an element that the page is known to hold */
    #element(selector) {
      return this.querySelector(selector);
    }

    /** @param {string} selector */
    #focus(selector) {
      this.#summary.hidden = true;
      this.#element(selector).focus();
    }

    /** @param {Trouble} trouble */
    #say(trouble) {
      this.piece("trouble").textContent = TROUBLES[trouble];
    }

    /** @param {Screen} screen @param {string} [focus] */
    #show(screen, focus) {
      this.#screen = screen;
      for (const element of dom.all(this, "[data-screen]", HTMLElement)) element.hidden = element.dataset.screen !== screen;
      if (screen !== "paper") this.#element("handbook-exam-paper").clear();
      if (screen !== "result") this.#element("handbook-exam-result").clear();
      const past = this.#element("handbook-exam-past");
      past.show(attempts.list(this.#name));
      if (screen === "paper" || screen === "elsewhere") past.hidden = true;
      this.#remember();
      if (focus) this.#focus(focus);
    }

    /** A reload, or the way back from a chapter, leads to the result at the place it was left; else to the top of the start. */
    #remember() {
      const isResult = this.#screen === "result";
      history.scrollRestoration = isResult ? "auto" : "manual";
      history.replaceState({ attempt: isResult ? this.#attempt?.n : null }, "");
    }

    /** @param {string} [focus] */
    #start(focus) {
      const open = attempts.list(this.#name).find(({ submitted }) => submitted === null) ?? null;
      const gone = open !== null && !open.places.some((place) => this.#exam.current(place));
      if (open && gone) attempts.save(attempting.submit(open, Date.now(), () => null));
      this.#attempt = gone ? null : open;
      this.#element("handbook-exam-start").show({ open: this.#attempt, now: Date.now(), gone });
      this.#show("start", focus);
    }

    /** @param {number | null} minutes */
    #begin(minutes) {
      const done = attempts.list(this.#name).map(({ letter }) => letter);
      const form = this.#exam.form(done, Math.random()); // colleagues side by side get different ones
      const n = attempts.next(this.#name);
      this.#attempt = attempting.begin({ exam: this.#name, n, pass: this.#exam.pass, minutes, form, now: Date.now() });
      this.#resume();
    }

    /** Take the attempt into this tab, from what is stored by now, and let its time run. */
    #resume() {
      if (!this.#attempt) return;
      const now = Date.now();
      const attempt = attempts.read(this.#name, this.#attempt.n) ?? this.#attempt;
      if (attempt.submitted !== null) return this.#result(attempt);
      attempts.hold(attempt, this.#tab, now);
      this.#attempt = attempting.unpause(attempting.seenAt(attempt, now), now);
      this.#say(attempts.save(this.#attempt));
      this.#element("handbook-timer").reset();
      this.#element("handbook-exam-paper").lay(this.#exam, this.#attempt);
      this.#element("handbook-answer-sheet").show(this.#lines);
      this.#setAside(false);
      this.#show("paper", "#exam-paper");
      this.#tick();
    }

    /** @param {boolean} paused */
    #setAside(paused) {
      this.piece("paused").hidden = !paused;
      this.piece("desk").hidden = paused;
      this.#element("handbook-timer").toggleAttribute("data-paused", paused);
    }

    #pause() {
      this.#change((attempt) => attempting.pause(attempt, Date.now()));
      if (this.#screen !== "paper") return;
      this.#setAside(true);
      this.#focus(".handbook-exam__paused");
    }

    #abandon() {
      if (this.#attempt) attempts.remove(this.#attempt);
      this.#start("#exam-start");
    }

    /** @param {(attempt: Attempt) => Attempt} step */
    #change(step) {
      if (!this.#attempt) return;
      if (this.#isElsewhere) return this.#show("elsewhere", "#exam-elsewhere");
      this.#attempt = step(this.#attempt);
      this.#say(attempts.save(this.#attempt));
      this.#element("handbook-answer-sheet").show(this.#lines);
    }

    /** The stored time of the end decides; how often this runs does not matter. */
    #tick() {
      if (!this.#attempt || this.#screen === "result" || this.#isElsewhere) return;
      const now = Date.now();
      if (this.#screen === "paper") {
        attempts.hold(this.#attempt, this.#tab, now);
        this.#attempt = attempting.seenAt(this.#attempt, now);
      }
      const left = attempting.remaining(this.#attempt, now);
      this.#element("handbook-timer").show(left);
      if (left === 0) this.#submit();
    }

    #submit() {
      if (!this.#attempt) return;
      if (this.#isElsewhere) return this.#show("elsewhere", "#exam-elsewhere");
      const open = this.#attempt;
      const stored = attempts.read(this.#name, open.n);
      if (stored && stored.submitted !== null) return this.#result(stored); // time ran out in two tabs at once
      const attempt = attempting.submit(open, Date.now(), (place, part) => this.#exam.mark(open, place, part));
      this.#say(attempts.save(attempt));
      attempts.release(attempt, this.#tab);
      crediting.submitted(this.#exam, attempt);
      this.#result(attempt);
    }

    /** @param {Attempt} attempt @param {string} [focus] */
    #result(attempt, focus = "#exam-result") {
      this.#attempt = attempt;
      this.#element("handbook-exam-result").show(this.#exam, attempt);
      this.#show("result", focus);
    }

    /** @param {{item: string, criteria: string[], earned: number, own: number}} assessed */
    #assess({ item, criteria, earned, own }) {
      if (!this.#attempt) return;
      const attempt = attempts.read(this.#name, this.#attempt.n) ?? this.#attempt;
      this.#attempt = attempting.assess(attempting.seenAt(attempt, Date.now()), item, criteria, earned);
      this.#say(attempts.save(this.#attempt));
      crediting.assessed(this.#attempt, item, criteria, own);
      this.#element("handbook-exam-result").update(this.#attempt, item);
      this.#element("handbook-exam-past").show(attempts.list(this.#name));
    }

    /** @param {number} n @param {string} [focus] */
    #look(n, focus) {
      const attempt = attempts.read(this.#name, n);
      if (attempt && attempt.submitted !== null) this.#result(attempt, focus);
    }

    /** Another tab has gone on with an attempt, submitted it or given it up. @param {"attempt" | "tab"} what */
    #follow(what) {
      if (this.#screen === "paper" && this.#isElsewhere) return this.#show("elsewhere", "#exam-elsewhere");
      if (what === "tab") return;
      const attempt = this.#attempt && attempts.read(this.#name, this.#attempt.n);
      if (this.#screen === "result") this.#element("handbook-exam-past").show(attempts.list(this.#name));
      else if (this.#screen === "start") this.#start();
      else if (!attempt) this.#start("#exam-start");
      else if (attempt.submitted !== null) this.#result(attempt);
    }

    #leave() {
      if (!this.#attempt || this.#screen !== "paper" || this.#isElsewhere) return;
      attempts.save(this.#attempt);
      attempts.release(this.#attempt, this.#tab);
    }

    /** @param {MouseEvent} event */
    #click(event) {
      const target = event.target instanceof Element ? event.target.closest("a, button") : null;
      const place = target?.getAttribute("href")?.match(/^#(item-|exam-sheet)(.*)/);
      if (place) {
        event.preventDefault();
        if (place[2]) this.#element("handbook-exam-paper").enter(place[2]);
        else this.#focus("#exam-sheet");
      } else if (target instanceof HTMLButtonElement) this.#actions[target.dataset.action ?? ""]?.();
    }
  }

  customElements.define("handbook-exam", HandbookExam);
})();
