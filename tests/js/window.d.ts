/** The one namespace of the handbook's scripts; each file adds its part. */
interface Window {
  handbook: {
    archive: Archive;
    attempting: Attempting;
    attempts: Attempts;
    confirming: Confirming;
    crediting: Crediting;
    chapters: ChapterItems[];
    dom: Dom;
    examOf: (root: Element) => Exam;
    format: Format;
    printing: Printing;
    progress: Progress;
    records: Records;
    scoring: Scoring;
    store: Store;
  };
}
