/** The one namespace of the handbook's scripts; each file adds its part. */
interface Window {
  handbook: { records: Records; scoring: Scoring; store: Store };
}
