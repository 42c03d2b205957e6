"""Forms of an exam on paper: what candidates and markers read, as PDF and as DOCX, and the record of it."""
