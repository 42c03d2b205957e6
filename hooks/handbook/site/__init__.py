"""The book as a web site: what stands on its pages, and the adapter to the generator that builds them."""
