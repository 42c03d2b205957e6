/** The one namespace of the handbook's scripts; each file adds its part. */
interface Window {
  handbook: { scoring: Scoring; store: Store };
}
