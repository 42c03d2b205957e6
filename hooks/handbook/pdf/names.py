"""A chapter, or none for the whole handbook -> the name of its PDF, and where in the site it lies."""


def pdf_name(chapter: str = "", *, answers: bool = True) -> str:
    """Return `claims.pdf`, or `handbook-without-answers.pdf`."""
    return f"{chapter or 'handbook'}{'' if answers else '-without-answers'}.pdf"


def pdf_address(chapter: str = "", *, answers: bool = True) -> str:
    """Return the file under the site: `pdf/claims.pdf`."""
    return f"pdf/{pdf_name(chapter, answers=answers)}"
