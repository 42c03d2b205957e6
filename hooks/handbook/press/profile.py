"""What mkdocs.yml says of the company -> how it shows itself on paper."""

from pathlib import Path

from handbook.book import Book
from handbook.press.tree import Picture, Profile
from handbook.problems import Unpublishable

_MEDIA = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg"}


def profile(book: Book) -> Profile:
    """Return name, logo and colour; raise Unpublishable when there is no such logo."""
    said = book.settings.options.print
    if not said:
        return Profile()
    company = book.seen(said.company)
    logo = _logo(book.settings.docs / said.logo, company) if said.logo else None

    return Profile(company, logo, said.colour)


def _logo(path: Path, company: str) -> Picture:
    """Return the logo, which Word must be able to show as well."""
    content = path.read_bytes() if path.is_file() else b""
    for start, media in _MEDIA.items():
        if content.startswith(start):
            return Picture(content, media, f"{company}的标志")  # type: ignore[arg-type]
    raise Unpublishable(
        f"{path}: 这里没有 PNG 或 JPEG 图片；请改正 extra.handbook.print.logo，路径从 docs 文件夹写起。"
    )
