"""The review desk as a colleague uses it who has a browser and mail, and nothing else: opened from disk, without a server."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import BLOCKED, complaints_of_axe
from tests.reviewing import BANK, CHAPTER, FACTS, LAWS, change, read, review, write_reviewed

from handbook.bank.stamps import is_name
from handbook.cli import main
from handbook.review.sync import State, standings

ROOT = Path(__file__).parents[2]
DESK, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 700}
FACT = "complaint-decision-simple"
"""A time limit of the law that items of the real handbook use, and others stand around."""


def run(root: Path, *arguments: str) -> int:
    return main(["--config", str(root / "mkdocs.yml"), *arguments])


def laid(root: Path, *limits: str) -> str:
    """Return the address of the desk of a book, written anew."""
    assert run(root, "review", *limits) == 0
    return (root / "dist/review.html").as_uri()


def states(root: Path) -> dict[str, State]:
    return {one.entry.item.id: one.state for one in standings(read(root))}


@pytest.fixture(scope="session")
def whole(tmp_path_factory) -> Path:
    """The real handbook as it comes out of a ZIP, all of it reviewed; copied by those who change it."""
    root = tmp_path_factory.mktemp("zip") / "客服 手册"
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copytree(ROOT / "overrides", root / "overrides")
    shutil.copy(ROOT / "mkdocs.yml", root)
    assert run(root, "sync", "--all", "--reviewer", "王老师") == 0

    return root


@pytest.fixture
def handbook_with_a_new_limit(whole, tmp_path) -> Path:
    root = tmp_path / "客服 手册"
    shutil.copytree(whole, root)
    facts = root / "docs/facts.yml"
    text = facts.read_text(encoding="utf-8")
    value = read(root).facts[FACT].value
    new = re.sub(rf"(\n  {FACT}:\n(?:    .*\n)*?    value: ){value}\n", r"\g<1>9日" + "\n", text)
    assert new != text
    facts.write_text(new, encoding="utf-8")

    return root


@pytest.fixture
def root(tmp_path) -> Path:
    """The small book after a fact, a section, a law and an item have changed."""
    root = write_reviewed(tmp_path / "小 手册")
    change(root, FACTS, "10日", "15日")
    change(root, CHAPTER, "合同另有", "合同书面另有")
    change(root, LAWS, "第1号", "第2号")
    change(root, BANK, "收到材料怎么办", "收到材料先怎么办")

    return root


@pytest.fixture
def page(reader, root) -> Page:
    return reader.open(laid(root), viewport=DESK)


def progress(page: Page) -> Locator:
    return page.locator("#progress")


def unit(page: Page, name: str) -> Locator:
    return page.locator(f"fieldset[data-unit={name}]")


def choose(page: Page, name: str, verdict: str) -> None:
    unit(page, name).get_by_label(verdict).check()


def saved(page: Page, to: Path) -> Path:
    """Press the key that saves; return the file."""
    with page.expect_download() as download:
        page.keyboard.press("s")
    file = to / download.value.suggested_filename
    download.value.save_as(file)

    return file


def decisions(file: Path) -> dict:
    """Return verdict, comment and what was seen, by item; an item may be decided several times."""
    found = {}
    for one in json.loads(file.read_text(encoding="utf-8"))["decisions"]:
        found.setdefault(one["item"], []).append((one["verdict"], one["comment"], sorted(one["saw"])))

    return found


def where(page: Page) -> str:
    return page.evaluate("document.activeElement.dataset.stop ?? document.activeElement.id")


def test_a_limit_is_changed_and_ten_items_are_decided_by_keyboard_and_applied(
    reader, handbook_with_a_new_limit, tmp_path
):
    root = handbook_with_a_new_limit
    page = reader.open(laid(root), viewport=DESK)
    keys, total = page.keyboard, int(re.findall(r"\d+", progress(page).inner_text())[-1])
    assert total > 10
    keys.press("j")
    assert where(page) == "group-1"
    expect(page.locator(":focus del").first).to_be_visible()
    expect(page.locator(":focus ins", has_text="9").first).to_be_visible()
    for number in range(10):
        keys.press("j")
        if re.fullmatch(r"group-\d+", where(page)):
            keys.press("o")  # behind the items that are read whole, those around the limit are folded
        keys.press("312"[number % 3] if number < 3 else "1")
        if number == 0:
            keys.press("c")
            keys.type("要问 ji 合规")  # letters are words here, not keys
            keys.press("Escape")
        expect(progress(page)).to_have_text(f"已决定 {number + 1} 道，共 {total} 道")
    keys.press("s")
    expect(page.get_by_role("alert")).to_contain_text("请填姓名")
    keys.type("李老师")
    keys.press("Enter")
    file = saved(page, tmp_path)

    assert re.fullmatch(r"复核决定-李老师-\d{4}-\d\d-\d\d\.json", file.name)
    expect(page.locator("#told")).to_contain_text("请用邮件把它发给培训师")
    decided = decisions(file)
    assert len(decided) == 10
    before = states(root)
    assert run(root, "sync", "--apply", str(file)) == 0
    book, after = read(root), states(root)
    log = [one for one in book.reviewed.log if one.reviewer == "李老师"]
    assert {one.item: one.verdict for one in log} == {item: verdict for item, [(verdict, _, _)] in decided.items()}
    assert [one.comment for one in log if one.comment] == ["要问 ji 合规"]
    assert sorted(one.verdict for one in log) == [
        "change",
        "holds",
        "holds",
        "holds",
        "holds",
        "holds",
        "holds",
        "holds",
        "holds",
        "unsure",
    ]
    for item, [(verdict, _, _)] in decided.items():
        readers = book.lock.stamps[item][f"fact {FACT}"].reviewers
        assert (after[item] is State.IN_STEP, readers[-1] == "李老师") == (verdict == "holds",) * 2
    assert {item for item in before if before[item] != after[item]} <= decided.keys()


def test_a_decision_that_has_become_stale_is_refused_by_name_and_the_others_are_recorded(page, root, tmp_path, capsys):
    page.locator("#reviewer").fill("李老师")
    choose(page, "group-1", "仍然成立")
    choose(page, "item-papers-order", "仍然成立")
    page.locator("h1").click()
    file = saved(page, tmp_path)
    change(root, BANK, "收到材料先怎么办", "收到材料以后先怎么办")
    capsys.readouterr()

    assert run(root, "sync", "--apply", str(file)) == 1
    said = capsys.readouterr().out
    assert "题目 'papers-order' 的题目本身 在复核之后又改过" in said
    assert "仍然成立 2 道" in said
    assert states(root)["papers-order"] is State.STALE
    assert states(root)["pay-limit"] is State.AROUND


def test_what_is_decided_whole_by_group_and_apart_comes_out_as_it_was_decided(page, root, tmp_path):
    page.locator("#reviewer").fill("李老师")
    stops = page.locator("[data-stop^=group-]:is(article)").all()
    group = {stop.locator("h3").inner_text().split("：")[0]: stop.get_attribute("data-stop") for stop in stops[::-1]}
    fact, others = group["事实“支付赔款”"], group["小节“第 1 章 时限”"]
    choose(page, fact, "仍然成立")
    choose(page, "item-pay-judge", "要改")
    unit(page, "item-pay-judge").get_by_label("意见").fill("题干太宽\n请改")
    choose(page, others, "仍然成立")
    page.locator(f"[data-stop={others}-refuse-notice] summary").click()
    choose(page, f"{others}-refuse-notice", "不确定")
    choose(page, group["法规“《甲法》”"], "仍然成立")
    page.locator("h1").click()
    file = saved(page, tmp_path)

    whole = sorted(
        str(one.key) for one in next(s for s in standings(read(root)) if s.entry.item.id == "pay-judge").rests_on
    )
    assert decisions(file) == {
        "pay-judge": [("change", "题干太宽\n请改", whole)],
        "pay-limit": [
            ("holds", "", ["fact payment"]),
            ("holds", "", ["section claims.md#deadlines"]),
            ("holds", "", ["law 《甲法》"]),
        ],
        "refuse-notice": [("unsure", "", ["section claims.md#deadlines"]), ("holds", "", ["law 《甲法》"])],
    }
    assert run(root, "sync", "--apply", str(file)) == 0
    assert states(root) == {
        "pay-limit": State.IN_STEP,
        "pay-judge": State.STALE,
        "refuse-notice": State.AROUND,
        "papers-order": State.STALE,
    }
    kept = read(root).reviewed.log
    assert run(root, "sync", "--apply", str(file)) == 0  # twice is once
    assert read(root).reviewed.log == kept


def test_a_single_decision_stands_before_that_of_its_group(page):
    expect(unit(page, "item-pay-limit").locator("xpath=..").locator(".said")).to_be_empty()
    choose(page, "group-1", "仍然成立")
    told = page.locator("#item-pay-limit-title .said")
    expect(told).to_have_text("随组：仍然成立")
    choose(page, "item-pay-limit", "要改")
    expect(told).to_have_text("要改")
    unit(page, "item-pay-limit").get_by_role("button", name="撤回").click()
    expect(told).to_have_text("随组：仍然成立")


def test_the_keys_lead_on_to_what_is_open_and_back(page):
    keys = page.keyboard
    seen = []
    for _ in range(4):
        keys.press("j")
        seen.append(where(page))
    assert seen == ["group-1", "item-pay-limit", "item-pay-judge", "item-papers-order"]
    for _ in range(3):
        keys.press("k")
    keys.press("1")
    keys.press("j")
    assert where(page) == "item-papers-order"  # the group has settled those in between
    keys.press("k")
    assert where(page) == "item-pay-judge"
    keys.press("2")
    expect(progress(page)).to_have_text("已决定 1 道，共 4 道")
    keys.press("u")
    expect(progress(page)).to_have_text("已决定 0 道，共 4 道")
    keys.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_when_all_is_decided_the_way_leads_to_saving(page):
    for _ in range(20):
        page.keyboard.press("j")
        page.keyboard.press("1")
    expect(progress(page)).to_have_text("已决定 4 道，共 4 道")
    expect(page.locator("#told")).to_have_text("每一处都决定了，可以保存了。")


def test_the_shortcuts_can_be_switched_off(page):
    page.get_by_role("button", name="快捷键").click()
    page.get_by_label("使用这些快捷键").uncheck()
    page.get_by_role("button", name="关闭").click()
    page.keyboard.press("j")
    assert where(page) == ""
    page.reload()
    page.keyboard.press("j")
    assert where(page) == ""


def test_it_works_by_tab_and_space_alone(page):
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    expect(unit(page, "group-1").get_by_label("仍然成立")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(unit(page, "group-1").get_by_label("要改")).to_be_checked()


def test_what_is_decided_is_still_there_after_a_reload(page, root):
    page.locator("#reviewer").fill("李老师")
    choose(page, "item-papers-order", "不确定")
    unit(page, "item-papers-order").get_by_label("意见").fill("看不懂")
    page.reload()

    expect(page.locator("#reviewer")).to_have_value("李老师")
    expect(unit(page, "item-papers-order").get_by_label("不确定")).to_be_checked()
    expect(unit(page, "item-papers-order").get_by_label("意见")).to_have_value("看不懂")
    expect(progress(page)).to_have_text("已决定 1 道，共 4 道")
    change(root, CHAPTER, "书面另有", "明确另有")
    page.goto(laid(root))
    expect(progress(page)).to_have_text("已决定 0 道，共 4 道")  # something else is to be read now


def test_without_storage_it_says_so_and_saves_all_the_same(reader, root, tmp_path):
    page = reader.open(laid(root), script=BLOCKED)
    page.locator("#reviewer").fill("李老师")
    expect(page.get_by_text("浏览器不允许这个网页保存数据")).to_be_visible()
    choose(page, "item-papers-order", "仍然成立")
    page.locator("h1").click()

    assert list(decisions(saved(page, tmp_path))) == ["papers-order"]


def test_a_name_is_taken_as_the_program_takes_it(page):
    choose(page, "item-papers-order", "仍然成立")
    names = [
        "李",
        "李 老师",
        "a" * 40,
        "a" * 41,
        "𠮷" * 40,
        "initial",
        "李、王",
        "#李",
        "",
        "李\u200b",
        "李\u3000王",
        "李\ufe0f",
    ]
    taken = []
    for name in names:
        page.locator("#reviewer").fill(name)
        page.locator("h1").click()
        page.keyboard.press("s")
        taken += [name] * (page.get_by_role("alert").inner_text() == "")

    assert taken == [name for name in names if is_name(name)]
    assert len(taken) == 5


def test_an_empty_desk_and_a_comment_alone_are_told(page, tmp_path):
    page.locator("#reviewer").fill("李老师")
    page.get_by_role("button", name="保存决定").last.click()
    expect(page.locator("#told")).to_have_text("还没有决定，没有什么可保存的。")
    choose(page, "item-papers-order", "要改")
    unit(page, "group-1").get_by_label("意见").fill("想一想")
    page.locator("h1").click()
    saved(page, tmp_path)
    expect(page.locator("#told")).to_contain_text("有 1 处写了意见却没有选结论，没有存进去")


def test_signs_that_no_file_can_hold_are_left_out_of_a_comment(page, root, tmp_path):
    page.locator("#reviewer").fill("李老师")
    choose(page, "item-papers-order", "要改")
    unit(page, "item-papers-order").locator("textarea").evaluate(
        "(box) => { box.value = 'a\\u0007\\u0085\\ud800b“😀”：- {'; box.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    page.locator("h1").click()
    file = saved(page, tmp_path)

    assert run(root, "sync", "--apply", str(file)) == 0
    assert read(root).reviewed.verdict("papers-order").comment == "ab“😀”：- {"


def test_it_asks_nothing_of_any_host_and_runs_nothing_but_its_own(reader, root):
    change(root, BANK, "先登记，再核对。", "先登记，再核对。<img src=x onerror=alert(1)>")
    address = laid(root, "--all")
    page = reader.open(address)
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.keyboard.press("j")
    expect(page.get_by_text("<img src=x").first).to_be_attached()
    assert asked == [address]
    reader.tolerated = lambda complaint: "Content Security Policy" in complaint
    ran = page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          return Boolean(window.ran);
        }"""
    )
    assert not ran


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, NARROW], ids=["desk", "narrow"])
def test_axe_finds_nothing_and_nothing_reaches_over_the_edge(reader, handbook_with_a_new_limit, scheme, size):
    page = reader.open(laid(handbook_with_a_new_limit), viewport=size, color_scheme=scheme)
    page.keyboard.press("j")
    page.keyboard.press("2")
    page.locator("#group-2-title").click()
    page.keyboard.press("o")

    assert complaints_of_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.keyboard.press("?")
    assert complaints_of_axe(page, "dialog", passing=5) == []


@pytest.mark.parametrize("size", [DESK, NARROW], ids=["desk", "narrow"])
def test_what_has_the_focus_is_in_sight(reader, root, size):
    """Neither the bar at the top nor a decision at the bottom hides it."""
    page = reader.open(laid(root), viewport=size)
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
              const place = document.activeElement;
              const {left, right, top, bottom} = place.getBoundingClientRect();
              const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
              return place === document.body || place.contains(found) || Boolean(found?.contains(place)) && found !== document.body;
            }"""
        )
        hidden += [] if seen else [page.evaluate("document.activeElement.outerHTML")]

    assert hidden == []


def test_old_and_new_stand_side_by_side_where_there_is_room(reader, root):
    def edges(size):
        page = reader.open(laid(root), viewport=size)
        return [side.bounding_box() for side in page.locator(".card--group .sides").first.locator(".side").all()]

    old, new = edges(DESK)
    assert (old["y"], old["x"] + old["width"] <= new["x"]) == (new["y"], True)
    old, new = edges(NARROW)
    assert (old["x"], old["y"] + old["height"] <= new["y"]) == (new["x"], True)


def test_on_paper_stand_names_decisions_comments_and_what_is_folded(page, tmp_path):
    page.locator("#reviewer").fill("李老师")
    choose(page, "group-1", "仍然成立")
    choose(page, "item-papers-order", "要改")
    unit(page, "item-papers-order").get_by_label("意见").fill("题干太宽")
    paper = tmp_path / "desk.pdf"
    paper.write_bytes(page.pdf(format="A4"))
    text = subprocess.run(["pdftotext", "-layout", paper, "-"], check=True, capture_output=True, text=True).stdout
    flat = re.sub(r"\s+", "", text)

    assert "复核人：李老师日期：" in flat
    assert "已决定1道，共4道" in flat
    for words in ("结论：仍然成立", "结论：随组：仍然成立", "结论：要改。意见：题干太宽", "结论：未决定"):
        assert words in flat
    assert "拒赔可以隔天再通知。" in flat
    assert flat.count("要当日。") > 2  # of an item that is folded on the screen
    assert "保存决定" not in flat


def test_an_item_that_lost_its_reader_is_shown_as_such(reader, root):
    review(root, "papers-order", reviewer="initial")
    page = reader.open(laid(root, "--item", "papers-order"))

    expect(page.locator("#item-papers-order-title")).to_contain_text("尚未有人复核")
    expect(page.get_by_text("还没有人复核过。")).to_be_visible()


def test_what_was_said_last_is_shown(page, reader, root, tmp_path):
    page.locator("#reviewer").fill("李老师")
    choose(page, "item-papers-order", "不确定")
    unit(page, "item-papers-order").get_by_label("意见").fill("问合规")
    page.locator("h1").click()
    assert run(root, "sync", "--apply", str(saved(page, tmp_path))) == 0

    again = reader.open(laid(root, "--item", "papers-order"))
    expect(again.locator("[data-stop=item-papers-order] .quiet").first).to_contain_text("李老师，不确定：“问合规”")
