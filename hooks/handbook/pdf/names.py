"""A chapter, or none for the whole handbook -> where in the site its PDF lies."""


def pdf_address(chapter: str = "", *, answers: bool = True) -> str:
    """Return the file under the site: `pdf/claims.pdf`, or `pdf/handbook-without-answers.pdf`."""
    return f"pdf/{chapter or 'handbook'}{'' if answers else '-without-answers'}.pdf"
