"""The finished site in other shapes: one PDF, and a folder that opens from disk."""
