/**
 * `<handbook-timer>`: shows the time that is left, speaks at 30, 10, 5 and 1 minutes, hides it, and reads it out.
 * Knows no clock: whoever owns the attempt tells it what is left.
 *
 * @typedef {HTMLElement & {show: (left: number) => void, reset: () => void}} TimerElement `left` in milliseconds,
 *   Infinity when untimed
 */
"use strict";

(() => {
  const { LiveElement } = window.handbook.dom;
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

  class HandbookTimer extends LiveElement {
    #left = Infinity;

    /** @param {AbortSignal} signal */
    live(signal) {
      this.onAction((action) => this.#act(action), signal);
    }

    /** Forget what was said of another attempt. */
    reset() {
      this.#left = Infinity;
      this.piece("status").textContent = "";
    }

    /** @param {number} left */
    show(left) {
      const crossed = SPOKEN.find((minutes) => left <= minutes * MINUTE && this.#left > minutes * MINUTE);
      // What was passed while nobody looked is not news.
      if (crossed && Number.isFinite(this.#left) && left > 0) this.#say(`还剩 ${crossed} 分钟。`);
      this.#left = left;
      const timed = Number.isFinite(left);
      this.piece("label").textContent = timed ? "剩余时间" : "不限时";
      for (const action of ["hide", "read", "pause"]) this.#button(action).hidden = !timed;
      this.piece("time").textContent = !timed ? "" : this.#isHidden ? "已隐藏" : clock(left);
    }

    get #isHidden() {
      return this.#button("hide").getAttribute("aria-pressed") === "true";
    }

    /** @param {string} action @returns {HTMLElement} */
    #button(action) {
      return /** @type {HTMLElement} */ (this.querySelector(`[data-action=${action}]`));
    }

    /** @param {string} action */
    #act(action) {
      if (action === "hide") {
        this.#button("hide").setAttribute("aria-pressed", String(!this.#isHidden));
        this.show(this.#left);
      }
      if (action === "read") this.#say(`剩余 ${words(this.#left)}。`);
    }

    /** @param {string} sentence */
    #say(sentence) {
      this.piece("status").textContent = sentence;
    }
  }

  customElements.define("handbook-timer", HandbookTimer);
})();
