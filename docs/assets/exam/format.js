/**
 * How the exam writes points, times and tables. Text only ever becomes text, never markup.
 *
 * @typedef {object} Format
 * @property {(value: number) => string} points at most two decimals
 * @property {(milliseconds: number) => string} minutes at least one
 * @property {(time: number) => string} day month, day and time of day
 * @property {(name: string, className: string, text: string) => HTMLElement} made
 * @property {(caption: string, head: string[], rows: (string | Node)[][]) => HTMLElement} table that scrolls in its own box;
 *   the first cell of a row is its heading
 */
"use strict";

(() => {
  /** @type {Format["points"]} */
  const points = (value) => String(Math.round(value * 100) / 100);

  /** @type {Format["minutes"]} */
  const minutes = (milliseconds) => `${Math.max(1, Math.round(milliseconds / 60_000))} 分钟`;

  /** @type {Format["day"]} */
  const day = (time) => {
    const date = new Date(time);
    const clock = [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
    return `${date.getMonth() + 1} 月 ${date.getDate()} 日 ${clock}`;
  };

  /** @type {Format["made"]} */
  const made = (name, className, text) => {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    return element;
  };

  /** @param {"row" | "col"} scope @param {string | Node} content */
  const head = (scope, content) => {
    const cell = document.createElement("th");
    cell.scope = scope;
    cell.append(content);
    return cell;
  };

  /** @param {(string | Node)[]} cells */
  const row = ([first, ...others]) => {
    const element = document.createElement("tr");
    element.append(head("row", first));
    for (const cell of others) element.insertCell().append(cell);
    return element;
  };

  /** @type {Format["table"]} */
  const table = (caption, titles, rows) => {
    const element = document.createElement("table");
    element.className = "handbook-exam__table";
    element.createCaption().textContent = caption;
    element.createTHead().insertRow().append(...titles.map((title) => head("col", title)));
    element.createTBody().append(...rows.map(row));

    return element;
  };

  window.handbook = { ...window.handbook, format: { points, minutes, day, made, table } };
})();
