/**
 * Tables that can be sorted by a column (`table[data-sortable]`) and filtered by a form (`form[data-filters]`, whose
 * selects bear the names of the rows' data attributes). Without JavaScript the tables are whole and in their own order.
 */
(() => {
  "use strict";

  /** @param {HTMLTableElement} table */
  function makeSortable(table) {
    for (const head of Array.from(table.tHead?.rows[0]?.cells ?? [])) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort-button";
      button.append(...Array.from(head.childNodes));
      button.addEventListener("click", () => sort(table, head));
      head.append(button);
    }
  }

  /**
   * @param {HTMLTableElement} table
   * @param {HTMLTableCellElement} head
   */
  function sort(table, head) {
    const direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of Array.from(head.parentElement?.children ?? [])) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
    const order = new Intl.Collator("zh", { numeric: true });
    const body = table.tBodies[0];
    const rows = Array.from(body.rows).sort(
      (a, b) => direction * order.compare(a.cells[head.cellIndex].innerText, b.cells[head.cellIndex].innerText),
    );
    body.append(...rows);
  }

  /** @param {HTMLFormElement} form */
  function makeFilter(form) {
    const table = document.getElementById(form.dataset.filters ?? "");
    const output = form.querySelector("output");
    if (!(table instanceof HTMLTableElement) || !output) return;
    const apply = () => {
      let shown = 0;
      for (const row of Array.from(table.tBodies[0].rows)) {
        const wanted = Array.from(form.querySelectorAll("select")).every(
          (select) => !select.value || row.dataset[select.name] === select.value,
        );
        row.hidden = !wanted;
        shown += Number(wanted);
      }
      output.textContent = `${shown} 题`;
    };
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    apply();
  }

  document.querySelectorAll("table[data-sortable]").forEach((table) => {
    makeSortable(/** @type {HTMLTableElement} */ (table));
  });
  document.querySelectorAll("form[data-filters]").forEach((form) => makeFilter(/** @type {HTMLFormElement} */ (form)));
})();
