/**
 * Marks finished chapters in the navigation, and writes the reader's progress on the chapter cards of the home page.
 * Runs on every page, after it is there.
 */
"use strict";

(() => {
  const { chapters, dom, progress, store } = window.handbook;
  const root = new URL("../../", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const MARK = "chapter-mark";

  /** @param {HTMLAnchorElement} link @param {boolean} finished */
  const markLink = (link, finished) => {
    const mark = link.querySelector(`.${MARK}`);
    if (finished === Boolean(mark)) return;
    mark?.remove();
    if (!finished) return;
    const symbol = dom.made("span", `${MARK}__symbol`, "✓");
    symbol.setAttribute("aria-hidden", "true");
    const added = dom.made("span", MARK);
    added.append(symbol, dom.made("span", `${MARK}__words`, "（已学完）"));
    link.append(added);
  };

  /** @param {Summary} summary */
  const markCard = ({ name, total, answered, mistakes, finished }) => {
    const line = document.querySelector(`.chapter-cards__card[data-chapter="${name}"] .chapter-cards__progress`);
    if (!(line instanceof HTMLElement)) return;
    line.hidden = answered === 0;
    line.textContent = finished
      ? "✓ 已学完"
      : [`已答 ${answered}/${total} 题`, ...(mistakes ? [`错题 ${mistakes} 道`] : [])].join(" · ");
  };

  const mark = () => {
    /** @type {Map<string, HTMLAnchorElement[]>} */
    const links = new Map();
    for (const link of dom.all(document, ".md-nav--primary a.md-nav__link[href]:not([href*='#'])", HTMLAnchorElement))
      links.set(link.href, [...(links.get(link.href) ?? []), link]);
    progress.summaries(chapters, store.read).forEach((summary, index) => {
      const address = new URL(chapters[index].url, root).href;
      links.get(address)?.forEach((link) => markLink(link, summary.finished));
      markCard(summary);
    });
  };

  let waiting = false;
  /** Every item of a page tells of itself; one look after all of them is enough. */
  const soon = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      mark();
    });
  };

  mark();
  document.addEventListener("handbook-item-change", soon);
  document.addEventListener("handbook-responses-change", soon);
  store.watchAll(soon, new AbortController().signal);
})();
