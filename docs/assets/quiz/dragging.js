/**
 * Lets a thing be dragged by its handle, with a mouse, a pen or a finger. Always an extra: whatever dragging does can be
 * done without it. Knows nothing of what is dragged.
 *
 * @typedef {object} Drag
 * @property {string} handle selector of what is taken hold of
 * @property {string} thing selector of what then moves, around the handle
 * @property {(thing: HTMLElement, under: Element) => void} [over] while it is moved
 * @property {(thing: HTMLElement, under: Element) => void} [drop] once it is let go
 *
 * @typedef {(root: HTMLElement, drag: Drag, signal: AbortSignal) => void} Dragging
 */
"use strict";

(() => {
  /** @type {Dragging} */
  const dragging = (root, { handle, thing: things, over, drop }, signal) => {
    /** @param {PointerEvent} event */
    const begin = (event) => {
      const held = event.target instanceof Element ? event.target.closest(handle) : null;
      const thing = held?.closest(things);
      if (!(thing instanceof HTMLElement) || event.button !== 0) return;
      event.preventDefault(); // no selection of text
      const end = new AbortController();
      /** @param {PointerEvent} now @param {Drag["over"]} then */
      const tell = ({ clientX, clientY }, then) => {
        const under = document.elementFromPoint(clientX, clientY);
        if (under && root.contains(under)) then?.(thing, under);
      };
      /** @param {PointerEvent} last */
      const finish = (last) => {
        end.abort();
        delete thing.dataset.dragged;
        if (last.type === "pointerup") tell(last, drop);
      };
      thing.dataset.dragged = "";
      window.addEventListener("pointermove", (now) => tell(now, over), { signal: end.signal });
      window.addEventListener("pointerup", finish, { signal: end.signal });
      window.addEventListener("pointercancel", finish, { signal: end.signal });
      signal.addEventListener("abort", () => end.abort(), { once: true });
    };
    root.addEventListener("pointerdown", begin, { signal });
  };

  window.handbook = { ...window.handbook, dragging };
})();
