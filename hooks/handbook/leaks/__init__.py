"""Whether anything of a private bank stands in what is published."""
