"""Terms and laws are read from their files, either of which may be missing or broken."""

from tests.conftest import write_files

from handbook.content.lookup import cited, read_lookup

GLOSSARY = (
    "terms:\n  宽限期:\n    means: 可以补交保费的日子。\n    see: payments.md#grace\n  保额: {means: 最多赔多少。}\n"
)
LAWS = "laws:\n  - {name: 《保险法》, also: [本法], since: 2015年, status: law}\n"


def read(root, **files):
    write_files(root, {f"{name}.yml": text for name, text in files.items()})
    return read_lookup(root / "glossary.yml", root / "laws.yml", root)


def test_terms_and_laws_keep_their_order_and_their_lines(tmp_path):
    terms, laws, problems = read(tmp_path, glossary=GLOSSARY, laws=LAWS)

    assert problems == []
    assert [(word, term.see, *terms.place(word)) for word, term in terms.items()] == [
        ("宽限期", "payments.md#grace", "glossary.yml", 2),
        ("保额", None, "glossary.yml", 5),
    ]
    assert [(law.names, *laws.place(name)) for name, law in laws.items()] == [(("《保险法》", "本法"), "laws.yml", 2)]


def test_either_file_may_be_missing(tmp_path):
    terms, laws, problems = read(tmp_path, laws=LAWS)

    assert (len(terms), len(laws), problems) == (0, 1, [])
    assert terms.complete


def test_a_broken_glossary_does_not_hide_the_laws(tmp_path):
    terms, _, problems = read(tmp_path, glossary="terms: [\n", laws="laws: 3\n")

    assert [problem.path for problem in problems] == ["glossary.yml", "laws.yml"]
    assert not terms.complete


def test_a_faulty_term_is_left_out_and_the_others_stay(tmp_path):
    terms, _, problems = read(tmp_path, glossary=GLOSSARY + "  保单:\n")

    assert list(terms) == ["宽限期", "保额"]
    assert [(problem.line, problem.what) for problem in problems] == [
        (6, "术语 '保单' 应当是若干行“字段: 内容”，现在是空的")
    ]


def test_only_names_that_read_like_a_law_are_cited():
    assert list(cited("依《保险法》\n和《投诉办法》，不是《红楼梦》")) == [("《保险法》", 0), ("《投诉办法》", 1)]
