"""The sources of a PDF and what is expected of it -> the PDF, proven. What a process does that prints beside others."""

from dataclasses import dataclass

from handbook.pdf.proof import gaps
from handbook.pdf.reading import read
from handbook.pdf.wanted import Expected
from handbook.press import typst
from handbook.problems import Unpublishable


@dataclass(frozen=True)
class Job:
    """One PDF to make."""

    sources: dict[str, bytes]
    expected: Expected


def proven(job: Job) -> tuple[bytes, int]:
    """Return the PDF and its number of pages; raise Unpublishable when something is missing from it."""
    pdf = typst.pdf(job.sources)
    found = read(pdf)
    if missing := gaps(found, job.expected):
        listed = "\n".join(missing)
        raise Unpublishable(
            f"{listed}\nPDF 与网站对不上，共 {len(missing)} 处，没有发布；请改正后再生成，原来的 PDF 没有动。"
        )

    return pdf, len(found.heights)
