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
    dragging: Dragging;
    examOf: (root: Element) => Exam;
    format: Format;
    kinds: Record<string, ItemKind>;
    parts: Parts;
    printing: Printing;
    progress: Progress;
    renamed: Record<string, string>;
    responses: Responses;
    scoring: Record<string, Scoring>;
    store: Store;
  };
}
