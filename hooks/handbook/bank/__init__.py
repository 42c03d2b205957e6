"""What is asked: the files of the bank, the blueprints of exams, and the lock that says what was reviewed."""
