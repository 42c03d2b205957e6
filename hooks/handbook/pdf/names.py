"""What is printed -> where in the site its PDF lies."""

CARD = "pocket-card"
"""The name of the card for the pocket, beside those of the chapters."""


def pdf_address(part: str = "", *, answers: bool = True) -> str:
    """Return the file under the site of the handbook, a chapter (`pdf/claims.pdf`) or the card.

    Without answers: `pdf/handbook-without-answers.pdf`.
    """
    return f"pdf/{part or 'handbook'}{'' if answers or part == CARD else '-without-answers'}.pdf"
