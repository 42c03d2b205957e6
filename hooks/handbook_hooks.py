"""MkDocs calls these names; each hands over to the handbook package."""

from handbook.site.mkdocs import Site

_site = Site()
on_startup = _site.on_startup
on_config = _site.on_config
on_files = _site.on_files
on_nav = _site.on_nav
on_page_markdown = _site.on_page_markdown
on_page_content = _site.on_page_content
on_post_build = _site.on_post_build
