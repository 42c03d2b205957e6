/** The one namespace of the handbook's scripts; each file adds its part. */
interface Window {
  handbook: {
    archive: Archive;
    chapters: ChapterItems[];
    printing: Printing;
    progress: Progress;
    records: Records;
    scoring: Scoring;
    store: Store;
  };
}
