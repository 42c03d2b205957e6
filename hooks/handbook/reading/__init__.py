"""Files that authors write -> text, data and lines; knows nothing of what they say."""
