/**
 * Tables that can be sorted by a column (`table[data-sortable]`) and filtered by a form (`form[data-filters]`, whose
 * selects bear the names of the rows' data attributes). Without JavaScript the tables are whole and in their own order.
 */
"use strict";

(() => {
  const { all, made } = window.handbook.dom;

  /** @param {HTMLTableElement} table */
  const makeSortable = (table) => {
    for (const head of Array.from(table.tHead?.rows[0]?.cells ?? [])) {
      const button = made("button", "sort-button");
      button.type = "button";
      button.append(...Array.from(head.childNodes));
      button.addEventListener("click", () => sort(table, head));
      head.append(button);
    }
  };

  /**
   * @param {HTMLTableElement} table
   * @param {HTMLTableCellElement} head
   */
  const sort = (table, head) => {
    const direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    all(table, "[aria-sort]", Element).forEach((sorted) => sorted.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
    const order = new Intl.Collator("zh", { numeric: true });
    const body = table.tBodies[0];
    const rows = Array.from(body.rows).sort(
      (a, b) => direction * order.compare(a.cells[head.cellIndex].innerText, b.cells[head.cellIndex].innerText),
    );
    body.append(...rows);
  };

  /** @param {HTMLFormElement} form */
  const makeFilter = (form) => {
    const table = document.getElementById(form.dataset.filters ?? "");
    const output = form.querySelector("output");
    if (!(table instanceof HTMLTableElement) || !output) return;
    const selects = all(form, "select", HTMLSelectElement);
    const apply = () => {
      const rows = Array.from(table.tBodies[0].rows);
      for (const row of rows) row.hidden = selects.some(({ name, value }) => value && row.dataset[name] !== value);
      output.textContent = `${rows.filter(({ hidden }) => !hidden).length} 题`;
    };
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    apply();
  };

  all(document, "table[data-sortable]", HTMLTableElement).forEach(makeSortable);
  all(document, "form[data-filters]", HTMLFormElement).forEach(makeFilter);
})();
