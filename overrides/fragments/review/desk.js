/**
 * What a reviewer decides on the desk -> kept in this browser while at work, saved as a file at the end.
 * The page is complete without it, but for deciding. Asks no other file and no host.
 *
 * A unit is a place to decide: `item-x` an item as a whole, `group-1` all that one change concerns, `group-1-x` one of them.
 *
 * @typedef {Record<string, string>} Saw what somebody has seen who decides, by name, as digests
 * @typedef {{verdict: string, comment: string}} Decided
 *
 * @typedef {object} Contents
 * @property {string} format of the file
 * @property {string} digest of what is to be read; under it the browser keeps what was decided
 * @property {Record<string, string>} verdicts in words
 * @property {Record<string, {saw: Saw, alone: boolean}>} items those read whole; `alone` when no group decides them
 * @property {{unit: string, members: Record<string, Saw>}[]} groups in the order of the page
 */
"use strict";

(() => {
  /** @param {string} id */
  const piece = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  /** @param {string} selector @param {ParentNode} inside @returns {HTMLElement[]} */
  const all = (selector, inside = document) => Array.from(inside.querySelectorAll(selector));

  /** @type {Contents} */
  const { format, digest, verdicts, items, groups } = JSON.parse(piece("desk").textContent ?? "");
  const reviewer = /** @type {HTMLInputElement} */ (piece("reviewer"));
  const shortcuts = /** @type {HTMLInputElement} */ (piece("keys"));
  const help = /** @type {HTMLDialogElement} */ (piece("help"));
  const KEPT = `handbook-review:${digest}`;
  let isUnsaved = false;

  /** @typedef {{radios: HTMLInputElement[], comment: HTMLTextAreaElement, said: HTMLElement, clear: HTMLElement}} Unit */

  /** @type {Map<string, Unit>} */
  const units = new Map(
    all("[data-unit]").map((place) => [
      place.dataset.unit ?? "",
      {
        radios: /** @type {HTMLInputElement[]} */ (all("input[type=radio]", place)),
        comment: /** @type {HTMLTextAreaElement} */ (place.querySelector("textarea")),
        said: /** @type {HTMLElement} */ (place.querySelector(".decision__said")),
        clear: /** @type {HTMLElement} */ (place.querySelector("[data-action=clear]")),
      },
    ]),
  );

  /** @param {string} name @returns {Decided} */
  const decided = (name) => {
    const unit = units.get(name);
    return {
      verdict: unit?.radios.find((radio) => radio.checked)?.value ?? "",
      comment: (unit?.comment.value ?? "").replace(/[^\P{C}\n]/gu, "").trim(),
    };
  };

  /** @param {string} name */
  const verdict = (name) => decided(name).verdict;

  /** The groups of each item. @type {Map<string, string[]>} */
  const memberships = new Map(Object.keys(items).map((item) => [item, []]));
  /** The group that decides where nobody has decided: of items in a group, read whole or not. @type {Map<string, string>} */
  const group = new Map();
  for (const { unit, members } of groups)
    for (const item of Object.keys(members)) {
      memberships.set(item, [...(memberships.get(item) ?? []), unit]);
      group.set(`${unit}-${item}`, unit);
      if (items[item]?.alone === false && !group.has(`item-${item}`)) group.set(`item-${item}`, unit);
    }

  /** The unit that decides a member of a group. @param {string} of @param {string} item */
  const deciding = (of, item) => [`item-${item}`, `${of}-${item}`].find((name) => verdict(name)) ?? of;

  /** @param {string} item */
  const isDone = (item) =>
    Boolean(verdict(`item-${item}`)) ||
    (!items[item]?.alone && (memberships.get(item) ?? []).every((of) => verdict(deciding(of, item))));

  /** Whether a place still waits for a decision. @param {string} unit */
  const isOpen = (unit) => {
    if (verdict(unit)) return false;
    const members = groups.find((one) => one.unit === unit)?.members;
    if (members) return Object.keys(members).some((item) => !verdict(deciding(unit, item)));
    return !verdict(group.get(unit) ?? "");
  };

  // Words

  /** @param {number} part */
  const two = (part) => String(part).padStart(2, "0");

  const today = () => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(two).join("-");
  };

  /** @param {HTMLElement} place @param {string} words */
  const say = (place, words) => {
    if (place.textContent !== words) place.textContent = words;
  };

  /** What is decided at a place, or for it. @param {string} unit */
  const conclusion = (unit) => {
    const own = verdicts[verdict(unit)];
    const others = verdicts[verdict(group.get(unit) ?? "")];
    return own ?? (others ? `随组：${others}` : "");
  };

  const done = () => [...memberships.keys()].filter(isDone).length;
  const progress = () => `已决定 ${done()} 道，共 ${memberships.size} 道`;

  const render = () => {
    for (const [name, { said, clear, comment }] of units) {
      const { verdict: own, comment: words } = decided(name);
      clear.hidden = !own;
      comment.closest("fieldset")?.toggleAttribute("data-decided", Boolean(own));
      say(said, `结论：${conclusion(name) || "未决定"}${words ? `。意见：${words}` : ""}`);
    }
    for (const place of all("[data-said]")) say(place, conclusion(place.dataset.said ?? ""));
    say(piece("progress"), progress());
    /** @type {HTMLProgressElement} */ (piece("bar")).value = done();
    say(piece("evidence"), `复核人：${reviewer.value.trim() || "（没有填）"}　日期：${today()}　${progress()}`);
  };

  // What the browser keeps

  const keep = () => {
    const kept = [...units].map(([name, { comment }]) => [name, verdict(name), comment.value]);
    const record = { reviewer: reviewer.value, keys: shortcuts.checked, units: kept };
    try {
      window.localStorage.setItem(KEPT, JSON.stringify(record));
      return true;
    } catch {
      return false;
    }
  };

  const restore = () => {
    try {
      const record = JSON.parse(window.localStorage.getItem(KEPT) ?? "null");
      if (!record) return;
      reviewer.value = String(record.reviewer);
      shortcuts.checked = record.keys !== false;
      for (const [name, kept, comment] of record.units) choose(name, kept, String(comment ?? ""));
    } catch {
      // nothing was kept, or nothing that could be read
    }
  };

  const changed = () => {
    isUnsaved = true;
    render();
    piece("blocked").hidden = keep();
  };

  /** @param {string} name @param {string} value @param {string} [comment] */
  const choose = (name, value, comment) => {
    const unit = units.get(name);
    if (!unit) return;
    for (const radio of unit.radios) radio.checked = radio.value === value;
    if (comment !== undefined) unit.comment.value = comment;
  };

  // The file

  /** As the program that reads it wants a name. @param {string} name */
  const isName = (name) =>
    /^[^\s、#](?:[^\n\r\t、#]{0,38}[^\s、#])?$/u.test(name) && name !== "initial" && !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(name);

  const decisions = () => {
    /** @param {string} item @param {string} unit @param {Saw} saw */
    const entry = (item, unit, saw) => (verdict(unit) ? [{ item, ...decided(unit), saw }] : []);
    const whole = Object.entries(items).flatMap(([item, { saw }]) => entry(item, `item-${item}`, saw));
    const others = groups.flatMap(({ unit, members }) =>
      Object.entries(members)
        .filter(([item]) => !verdict(`item-${item}`))
        .flatMap(([item, saw]) => entry(item, deciding(unit, item), saw)),
    );

    return [...whole, ...others];
  };

  /** @param {string} name @param {string} text */
  const download = (name, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const save = () => {
    const name = reviewer.value.trim();
    const wrong = isName(name) ? "" : "请填姓名：一行，40 字以内，不带顿号和 #。";
    say(piece("reviewer-wrong"), wrong);
    reviewer.toggleAttribute("aria-invalid", Boolean(wrong));
    if (wrong) return reviewer.focus();
    const made = decisions();
    if (!made.length) return say(piece("told"), "还没有决定，没有什么可保存的。");
    const file = `复核决定-${name.replace(/[\\/:*?"<>|]/g, "-")}-${today()}.json`;
    download(file, JSON.stringify({ format, reviewer: name, date: today(), decisions: made }, null, 1));
    isUnsaved = false;
    const loose = [...units.keys()].filter((unit) => decided(unit).comment && !verdict(unit)).length;
    const aside = loose ? `有 ${loose} 处写了意见却没有选结论，没有存进去。` : "";
    say(piece("told"), `已保存“${file}”（${progress()}）。${aside}请用邮件把它发给培训师。`);
    piece("told").scrollIntoView({ block: "nearest" });
  };

  // Keyboard and mouse

  /** @returns {HTMLElement | null} */
  const stop = () => document.activeElement?.closest("[data-stop]") ?? null;

  /** @param {HTMLElement} place */
  const visit = (place) => {
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "start" });
  };

  const stops = () => all("[data-stop]").filter((place) => place.checkVisibility());

  /** Go on to what is still open, or back by one. @param {number} step */
  const move = (step) => {
    const known = stops();
    const here = stop();
    const at = here ? known.indexOf(here) : step > 0 ? -1 : known.length;
    const ahead = step > 0 ? known.slice(at + 1).filter((place) => isOpen(place.dataset.stop ?? "")) : known.slice(0, at).reverse();
    if (ahead[0]) return visit(ahead[0]);
    if (step < 0) return;
    const left = known.find((place) => isOpen(place.dataset.stop ?? ""));
    if (left) return visit(left);
    say(piece("told"), "每一处都决定了，可以保存了。");
    visit(piece("told"));
  };

  const fold = () => {
    const place = stop();
    const around = place?.parentElement?.closest("[data-stop]") ?? place;
    const inside = around ? /** @type {HTMLDetailsElement[]} */ (all(".member > details", around)) : [];
    const opening = !inside.some((details) => details.open);
    inside.forEach((details) => (details.open = opening));
    const first = opening ? inside[0]?.closest("[data-stop]") : around;
    if (inside.length && first instanceof HTMLElement) visit(first);
  };

  /** @param {HTMLInputElement} radio */
  const decide = (radio) => {
    radio.checked = true;
    changed();
  };

  /** @type {Record<string, (button?: HTMLElement) => void>} */
  const actions = {
    next: () => move(1),
    previous: () => move(-1),
    fold,
    save,
    print: () => window.print(),
    help: () => (help.open ? help.close() : help.showModal()),
    close: () => help.close(),
    comment: () => units.get(stop()?.dataset.stop ?? "")?.comment.focus(),
    clear: (button) => {
      choose(button?.closest("fieldset")?.dataset.unit ?? stop()?.dataset.stop ?? "", "");
      if (button) stop()?.focus({ preventScroll: true });
      changed();
    },
  };

  /** @type {Record<string, string>} */
  const KEYS = { j: "next", k: "previous", c: "comment", u: "clear", o: "fold", s: "save", "?": "help" };

  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button?.dataset.action) actions[button.dataset.action](button);
  });

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const writing = target instanceof HTMLTextAreaElement || target === reviewer;
    if (target instanceof HTMLTextAreaElement && key === "Escape") stop()?.focus({ preventScroll: true });
    if (target === reviewer && key === "Enter") move(1);
    if (writing || !shortcuts.checked || (help.open && key !== "?")) return;
    const radio = units.get(stop()?.dataset.stop ?? "")?.radios[Number(key) - 1];
    const action = KEYS[key.toLowerCase()];
    if (!radio && !action) return;
    event.preventDefault();
    if (radio) decide(radio);
    else actions[action]();
  });

  document.addEventListener("input", changed);
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved && !piece("blocked").hidden) event.preventDefault();
  });
  window.addEventListener("beforeprint", render);

  restore();
  render();
})();
