"""What the handbook says: pages and their sections, facts, terms, laws, flowcharts, and where all of it lies."""
