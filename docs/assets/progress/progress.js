/**
 * How far the reader has come in each chapter, and what to do next. Pure: derived from the responses of the items alone;
 * what there is to reach comes from the build.
 *
 * @typedef {object} ChapterItems one chapter, as chapters.js of the build lists it
 * @property {string} name @property {string} label
 * @property {string} url as seen from the root of the site
 * @property {Record<string, string>} items revisions by id
 *
 * @typedef {object} Summary
 * @property {string} name @property {string} label
 * @property {number} total items of this build
 * @property {number} answered @property {number} right @property {number} mastered @property {number} mistakes
 * @property {number} stale answered, but changed since
 * @property {number} done mastered, or an essay that was written: all of them make a finished chapter
 * @property {number} last milliseconds of the last answer, 0 without one
 * @property {boolean} finished
 *
 * @typedef {object} Advice
 * @property {string} text
 * @property {"notebook" | "quiz" | "chapter" | "exam"} place
 * @property {string} chapter name of the chapter it is about, if any
 *
 * @typedef {object} Progress
 * @property {(chapters: readonly ChapterItems[], read: Store["read"]) => Summary[]} summaries
 * @property {(summaries: readonly Summary[]) => Advice} advice
 */
"use strict";

(() => {
  const { standing } = window.handbook.responses;

  /** @param {ChapterItems} chapter @param {Store["read"]} read @returns {Summary} */
  const summary = ({ name, label, items }, read) => {
    const sum = { answered: 0, right: 0, mastered: 0, mistakes: 0, stale: 0, done: 0, last: 0 };
    const ids = Object.keys(items);
    for (const id of ids) {
      const record = read(id);
      if (!record) continue;
      const { answered, stale, right, mastered, mistake } = standing(record, items[id]);
      sum.answered += Number(answered);
      sum.right += Number(right);
      sum.mastered += Number(mastered);
      sum.mistakes += Number(mistake);
      sum.stale += Number(stale);
      sum.done += Number(mastered || (answered && record.right === null));
      sum.last = Math.max(sum.last, record.t);
    }

    return { name, label, total: ids.length, ...sum, finished: ids.length > 0 && sum.done === ids.length };
  };

  /** @type {Progress["summaries"]} */
  const summaries = (chapters, read) => chapters.map((chapter) => summary(chapter, read));

  /** The first chapter where `what` is greatest and not nothing. @param {readonly Summary[]} some @param {"mistakes" | "stale" | "last"} what */
  const most = (some, what) =>
    some.reduce((/** @type {Summary | undefined} */ best, each) => (each[what] > (best?.[what] ?? 0) ? each : best), undefined);

  /** @type {Progress["advice"]} */
  const advice = (some) => {
    const open = some.filter(({ finished, total }) => total > 0 && !finished);
    const wrong = most(open, "mistakes");
    if (wrong) return { text: `先做${wrong.label}的 ${wrong.mistakes} 道错题`, place: "notebook", chapter: wrong.name };
    const changed = most(open, "stale");
    if (changed)
      return { text: `${changed.label}有 ${changed.stale} 道题更新了，重做一遍`, place: "quiz", chapter: changed.name };
    const begun = most(open, "last");
    if (begun)
      return { text: `接着做${begun.label}的自测，还有 ${begun.total - begun.answered} 题`, place: "quiz", chapter: begun.name };
    if (open.length) return { text: `读${open[0].label}，再做章末自测`, place: "chapter", chapter: open[0].name };

    return { text: "各章都学完了，做一套模拟考试", place: "exam", chapter: "" };
  };

  window.handbook = { ...window.handbook, progress: { summaries, advice } };
})();
