/**
 * How the exam writes durations and tables. Text only ever becomes text, never markup.
 *
 * @typedef {object} Format
 * @property {(milliseconds: number) => string} minutes at least one
 * @property {(caption: string, head: string[], rows: (string | Node)[][]) => HTMLElement} table that scrolls in its own box;
 *   the first cell of a row is its heading
 */
"use strict";

(() => {
  const { made } = window.handbook.dom;

  /** @type {Format["minutes"]} */
  const minutes = (milliseconds) => `${Math.max(1, Math.round(milliseconds / 60_000))} 分钟`;

  /** @param {"row" | "col"} scope @param {string | Node} content */
  const head = (scope, content) => {
    const cell = made("th");
    cell.scope = scope;
    cell.append(content);
    return cell;
  };

  /** @param {(string | Node)[]} cells */
  const row = ([first, ...others]) => {
    const element = made("tr");
    element.append(head("row", first));
    for (const cell of others) element.insertCell().append(cell);
    return element;
  };

  /** @type {Format["table"]} */
  const table = (caption, titles, rows) => {
    const element = made("table", "handbook-exam__table");
    element.createCaption().textContent = caption;
    element.createTHead().insertRow().append(...titles.map((title) => head("col", title)));
    element.createTBody().append(...rows.map(row));

    return element;
  };

  window.handbook = { ...window.handbook, format: { minutes, table } };
})();
