/**
 * A page opened from disk may not start a worker; this runs its script in a hidden frame of the page instead.
 * Search is what needs it. Knows only the part of a worker that search uses: messages, both ways.
 */
"use strict";

(() => {
  class FrameWorker extends EventTarget {
    /** @type {HTMLIFrameElement} */
    #frame = document.createElement("iframe");

    /** @type {Promise<void>} */
    #ready;

    /** @param {string | URL} source */
    constructor(source) {
      super();
      this.#frame.hidden = true;
      document.body.append(this.#frame);
      this.#ready = new Promise((resolve) => {
        const script = this.#document.createElement("script");
        script.addEventListener("load", () => resolve());
        script.src = String(source);
        this.#scope.postMessage = (/** @type {unknown} */ data) => this.dispatchEvent(new MessageEvent("message", { data }));
        this.#document.head.append(script);
      });
    }

    get #scope() {
      return /** @type {Window} */ (this.#frame.contentWindow);
    }

    get #document() {
      return /** @type {Document} */ (this.#frame.contentDocument);
    }

    /** @param {unknown} data */
    async postMessage(data) {
      await this.#ready;
      this.#scope.dispatchEvent(new MessageEvent("message", { data }));
    }
  }

  if (location.protocol === "file:") Object.assign(window, { Worker: FrameWorker });
})();
