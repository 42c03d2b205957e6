"""The built site as a tagged PDF, and the proof that nothing is missing from it."""
