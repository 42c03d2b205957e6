"""A training handbook and its question bank, kept in step."""
