"""Whether items still stand to the text they rest on, and what has changed since."""
