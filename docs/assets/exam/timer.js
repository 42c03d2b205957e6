/**
 * `<handbook-timer>`: shows the time that is left, speaks at 30, 10, 5 and 1 minutes, hides it, and reads it out.
 * Knows no clock: whoever owns the attempt tells it what is left.
 *
 * @typedef {HTMLElement & {show: (left: number) => void, reset: () => void}} TimerElement `left` in milliseconds,
 *   Infinity when untimed
 */
"use strict";

(() => {
  const SPOKEN = [1, 5, 10, 30];
  const SECOND = 1000;
  const MINUTE = 60 * SECOND;

  /** @param {number} value */
  const two = (value) => String(value).padStart(2, "0");

  /** @param {number} left */
  const parts = (left) => {
    const seconds = Math.ceil(left / SECOND);
    return { hours: Math.floor(seconds / 3600), minutes: Math.floor(seconds / 60) % 60, seconds: seconds % 60 };
  };

  /** @param {number} left */
  const clock = (left) => {
    const { hours, minutes, seconds } = parts(left);
    return `${hours ? `${hours}:` : ""}${two(minutes)}:${two(seconds)}`;
  };

  /** @param {number} left */
  const words = (left) => {
    const { hours, minutes, seconds } = parts(left);
    return [hours && `${hours} 小时`, minutes && `${minutes} 分`, seconds && `${seconds} 秒`].filter(Boolean).join(" ") || "0 秒";
  };

  class HandbookTimer extends HTMLElement {
    #life = new AbortController();
    #left = Infinity;

    connectedCallback() {
      this.#life.abort();
      this.#life = new AbortController();
      const { signal } = this.#life;
      this.addEventListener("click", ({ target }) => target instanceof HTMLElement && this.#act(target), { signal });
    }

    disconnectedCallback() {
      this.#life.abort();
    }

    /** Forget what was said of another attempt. */
    reset() {
      this.#left = Infinity;
      this.#part(".handbook-timer__status").textContent = "";
    }

    /** @param {number} left */
    show(left) {
      const crossed = SPOKEN.find((minutes) => left <= minutes * MINUTE && this.#left > minutes * MINUTE);
      // What was passed while nobody looked is not news.
      if (crossed && Number.isFinite(this.#left) && left > 0) this.#say(`还剩 ${crossed} 分钟。`);
      this.#left = left;
      const timed = Number.isFinite(left);
      this.#part(".handbook-timer__label").textContent = timed ? "剩余时间" : "不限时";
      for (const action of ["hide", "read", "pause"]) this.#part(`[data-action=${action}]`).hidden = !timed;
      this.#part(".handbook-timer__time").textContent = !timed ? "" : this.#isHidden ? "已隐藏" : clock(left);
    }

    get #isHidden() {
      return this.#part("[data-action=hide]").getAttribute("aria-pressed") === "true";
    }

    /** @param {string} selector @returns {HTMLElement} */
    #part(selector) {
      return /** @type {HTMLElement} */ (this.querySelector(selector));
    }

    /** @param {HTMLElement} target */
    #act(target) {
      if (target.dataset.action === "hide") {
        target.setAttribute("aria-pressed", String(!this.#isHidden));
        this.show(this.#left);
      }
      if (target.dataset.action === "read") this.#say(`剩余 ${words(this.#left)}。`);
    }

    /** @param {string} sentence */
    #say(sentence) {
      this.#part(".handbook-timer__status").textContent = sentence;
    }
  }

  customElements.define("handbook-timer", HandbookTimer);
})();
