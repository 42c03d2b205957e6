/**
 * Scores what was filled in. Texts are equal when widths, case, spaces and punctuation are all that differs; numbers when
 * they lie within the tolerance and the unit, if one was written, is the same. With `partial`, the share of the blanks. Pure.
 */
"use strict";

(() => {
  /** Units that mean the same, as the checks of the handbook have it, too. @type {Record<string, string>} */
  const SAME = { 自然日: "日", 天: "日", 个工作日: "工作日", 岁: "周岁", 人: "名", 块: "元", 元整: "元" };
  const DIGITS = "零一二三四五六七八九";
  const STEPS = new Map([["十", 10], ["百", 100], ["千", 1000]]);
  const LARGE = new Map([["万", 1e4], ["亿", 1e8]]);
  const QUANTITY = /^([+-]?[\d,]+(?:\.\d+)?|[零一二两三四五六七八九十百千]+)([万亿]?)(.*)$/;

  /** @param {string} text */
  const folded = (text) =>
    text.normalize("NFKC").toLowerCase().replace(/[\s"'`“”‘’「」『』《》〈〉【】()[\]、，,。;；:：!！?？·]/g, "").replace(/\.$/, "");

  /** 二十五 -> 25; two digits side by side mean nothing. @param {string} text */
  const counted = (text) => {
    let [sum, digit] = [0, 0];
    for (const sign of text.replace(/两/g, "二")) {
      const step = STEPS.get(sign);
      if (step) [sum, digit] = [sum + (digit || 1) * step, 0];
      else if (digit) return NaN;
      else digit = DIGITS.indexOf(sign);
    }
    return sum + digit;
  };

  /** @param {string} text @returns {{number: number, unit: string} | null} */
  const quantity = (text) => {
    const found = text.normalize("NFKC").replace(/\s/g, "").match(QUANTITY);
    if (!found) return null;
    const [, digits, large, unit] = found;
    const plain = Number(digits.replace(/,/g, ""));
    const number = (Number.isNaN(plain) ? counted(digits) : plain) * (LARGE.get(large) ?? 1);

    return Number.isNaN(number) ? null : { number, unit: SAME[unit] ?? unit };
  };

  /** @param {{answers: string[], value: string | null, tolerance: number}} accepted @param {string} given */
  const isRight = ({ answers, value, tolerance }, given) => {
    if (!given.trim()) return false;
    const [wanted, got] = [value && quantity(value), quantity(given)];
    if (!wanted) return [...answers, ...(value ? [value] : [])].some((text) => folded(text) === folded(given));
    if (!got || (got.unit && got.unit !== wanted.unit)) return false;

    return Math.abs(got.number - wanted.number) <= tolerance + 1e-9;
  };

  /** `key` says of each blank what is accepted. @type {Scoring} */
  const fill_in = (rule, key, response) => {
    const total = key.length;
    const hits = key.filter((/** @type {any} */ accepted, /** @type {number} */ index) => isRight(accepted, response[index] ?? "")).length;
    const right = total > 0 && hits === total;

    return { score: right ? 1 : rule === "partial" && total ? hits / total : 0, right, hits, total };
  };

  Object.assign(window.handbook.scoring, { fill_in });
})();
