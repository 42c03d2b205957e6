"""What is done to authors' files for them: names changed everywhere, and new things begun; all else stays as it is written."""
