"""A secret planted anywhere in what is published is found; a clean publication is said to be clean."""

import io
import json
import shutil
import zipfile

import pytest
from tests.conftest import ROOT, write_files

from handbook.cli import main
from handbook.press import typst

BANK = ROOT / "tests/private"
STEM = "罗先生在外省自驾时摔伤，当地网点要他回投保城市交材料，投保城市又让他就近交。他在线上问你该听哪一边，你怎么接？"
PLANTED = {
    "word for word": STEM,
    "in other widths": STEM.replace("，", ", ").replace("。", ". ").replace("？", "?"),
    "with line breaks": "\n".join(STEM[start : start + 9] for start in range(0, len(STEM), 9)),
    "slightly reworded": STEM.replace("罗先生", "罗女士")
    .replace("在外省自驾时", "在外地自驾时")
    .replace("你怎么接", "怎样回答"),
}
CLEAN = "客户在外地摔伤，两边网点说的材料不一样。这种事由承保机构协调，坐席记全以后用一个口径回他。"


def page(text):
    return f"<!doctype html><title>x</title><p>{text.replace(chr(10), '<br>')}</p>".encode()


def index(text):
    return {"docs": [{"location": "claims/", "title": "理赔", "text": f"<p>{text[:20]}\u200b<em>{text[20:]}</em></p>"}]}


def pdf(text):
    """Return a PDF in lines of eight characters."""
    template = '#set document(title: "x")\n#set text(font: "Noto Sans SC", lang: "zh")\n#set par(justify: true)\n'
    return typst.pdf(
        {"main.typ": f'{template}#block(width: 8em, read("said.txt"))'.encode(), "said.txt": text.encode()}
    )


def archive(members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return held.getvalue()


@pytest.fixture(scope="module")
def clean_pdf():
    return pdf(CLEAN)


@pytest.fixture
def published(tmp_path, clean_pdf):
    """A clean publication: pages, a search index as data and as a script, a PDF, an archive inside an archive."""
    write_files(
        tmp_path / "site",
        {
            "index.html": page(CLEAN),
            "search/search_index.json": json.dumps(index(CLEAN)),
            "search/search_index.js": f"var __index = {json.dumps(index(CLEAN))}",
            "assets/logo.png": b"\x89PNG",
            "handbook.pdf": clean_pdf,
            "handbook.zip": archive({"deep.zip": archive({"index.html": page(CLEAN)})}),
        },
    )
    return tmp_path / "site"


def leaks(site, *more, bank=BANK):
    return main(["--config", str(ROOT / "mkdocs.yml"), "leaks", "--bank", str(bank), "--site", str(site), *more])


def test_a_clean_publication_is_said_to_be_clean_with_what_was_searched(published, capsys):
    assert leaks(published) == 0
    said = capsys.readouterr().out
    assert "没有发现泄露。" in said
    assert "网页 2，搜索索引 2，PDF 1，压缩包 2" in said
    assert "对照 12 道保密题，其中 12 道共有 35 段文字足以辨认。" in said


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED)
def test_a_planted_stem_is_found_wherever_it_stands(text, published, capsys):
    planted = {
        "index.html": page(text),
        "data.html": f'<script type="application/json">{json.dumps({"stem": text})}</script>',
        "label.html": f'<input aria-label="{text}">',
        "search/search_index.json": json.dumps(index(text)),
        "search/search_index.js": f"var __index = {json.dumps(index(text))}",
        "handbook.pdf": pdf(text),
        "handbook.zip": archive({"deep.zip": archive({"inside.html": page(text)})}),
    }
    write_files(published, planted)

    assert leaks(published) == 1
    said = [
        line for line in capsys.readouterr().out.splitlines() if ": 与保密题 'secret-claims-transfer' 的题干相" in line
    ]
    where = {line.partition(": ")[0].removeprefix(f"{published}/") for line in said}
    assert where == {name.replace(".zip", ".zip/deep.zip/inside.html") for name in planted}


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("选项", "把两边的说法记全，由你转给承保机构拿出一个口径再回他"),
        ("材料", "台风过后第三天，养殖户大姐哭着来电：鱼塘全没了，手机也泡坏了，用的是邻居的号码。她说保费后天到期。"),
    ],
)
def test_an_option_or_most_of_a_case_is_found_too(part, text, published, capsys):
    write_files(published, {"index.html": page(text)})

    assert leaks(published) == 1
    assert f"的{part}相" in capsys.readouterr().out


def test_a_leak_in_a_chapter_or_in_the_public_bank_is_found(published, tmp_path, capsys):
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "docs", copy / "docs")
    shutil.copy(ROOT / "mkdocs.yml", copy)
    for name, line in (("chapters/claims.md", STEM), ("bank/claims.yml", f"# {STEM}")):
        path = copy / "docs" / name
        path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")

    assert main(["--config", str(copy / "mkdocs.yml"), "leaks", "--bank", str(BANK), "--site", str(published)]) == 1
    said = capsys.readouterr().out
    assert "docs/chapters/claims.md: 与保密题 'secret-claims-transfer'" in said
    assert "docs/bank/claims.yml: 与保密题 'secret-claims-transfer'" in said


def test_an_option_in_the_handbooks_own_words_is_no_leak(published, tmp_path):
    """What the handbook says anyway gives nothing away."""
    secret, own = (
        "把两边的说法记全，由你转给承保机构拿出一个口径再回他",
        "记下两地各自的说法、答复人和依据，回到合同条款核对",
    )
    text = (BANK / "mixed.yml").read_text(encoding="utf-8")
    assert secret in text
    write_files(tmp_path, {"bank/mixed.yml": text.replace(secret, own)})
    write_files(published, {"index.html": page(own)})

    assert leaks(published, bank=tmp_path / "bank") == 0


def test_our_own_items_would_be_found_and_do_not_resemble_each_other(published, tmp_path, capsys):
    """A chapter's items, taken for secret, are found where they stand and nowhere else."""
    text = (ROOT / "docs/bank/claims.yml").read_text(encoding="utf-8")
    write_files(tmp_path, {"bank/claims.yml": text.replace("- id: ", "- id: secret-")})

    assert leaks(published, bank=tmp_path / "bank") == 1
    said = capsys.readouterr().out.splitlines()
    places = {line.partition(":")[0] for line in said if "与保密题" in line}
    assert places == {"docs/bank/claims.yml", "docs/bank/reviewed.jsonl"}  # the latter keeps what was read of it


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("handbook.pdf", b"%PDF-1.7 broken", "PDF 打不开"),
        ("handbook.zip", b"PK\x03\x04 broken", "压缩包打不开"),
        ("sitemap.xml.gz", b"\x1f\x8b broken", "压缩文件打不开"),
    ],
)
def test_a_file_that_cannot_be_searched_is_not_passed_over(name, content, said, published, capsys):
    write_files(published, {name: content})

    assert leaks(published) == 1
    assert f"{published}/{name}: {said}" in capsys.readouterr().out


def test_a_pdf_nothing_can_be_read_from_is_not_passed_over(published, capsys):
    write_files(published, {"handbook.pdf": pdf(" ")})

    assert leaks(published) == 1
    assert "却读不出文字" in capsys.readouterr().out


def test_what_is_missing_has_to_be_waived_in_so_many_words(published, capsys):
    (published / "handbook.pdf").unlink()

    assert leaks(published) == 1
    assert "没有查到PDF；" in capsys.readouterr().out
    assert leaks(published, "--without", "pdf") == 0


def test_a_folder_among_the_files_is_searched_through(published, tmp_path, capsys):
    write_files(tmp_path, {"more/deep/a.txt": STEM})

    assert leaks(published, "--files", str(tmp_path / "more")) == 1
    assert "more/deep/a.txt: 与保密题" in capsys.readouterr().out


@pytest.mark.parametrize("more", [["--files", "nowhere.pdf"], ["--site", "nowhere"]])
def test_a_file_that_is_not_there_is_misuse(more, published, capsys):
    assert leaks(published, *more) == 2
    assert "找不到" in capsys.readouterr().err
