"""What is printed, as one tree of blocks, and the two hands that write it: Typst for PDF, python-docx for Word."""
