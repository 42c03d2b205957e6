"""What is printed -> where in the site its PDF lies."""

CARD = "pdf/pocket-card.pdf"


def pdf_address(chapter: str = "", *, answers: bool = True) -> str:
    """Return the file under the site of a chapter, or of the whole: `pdf/claims.pdf`, `pdf/handbook-without-answers.pdf`."""
    return f"pdf/{chapter or 'handbook'}{'' if answers else '-without-answers'}.pdf"
