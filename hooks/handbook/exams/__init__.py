"""Exams from the bank: blueprints, the forms assembled from them, and what is printed of a form."""
