"""References are filled in; code is left alone."""

from datetime import date

import pytest

from handbook.content.facts import Fact, Facts, filled
from handbook.review.wording import fact_digest

FACTS = Facts(
    {
        "claim-payment": Fact(
            topic="理赔", title="支付", value="10日", basis="保险法第23条", status="law", checked=date(2026, 10, 4)
        )
    }
)


def test_a_reference_becomes_its_value():
    assert filled("在 {{ claim-payment }} 内", FACTS) == "在10日内"
    assert filled("在{{claim-payment}}内", FACTS) == "在10日内"


def test_spaces_that_belong_to_markdown_stay():
    assert filled("- {{ claim-payment }} 内\n| {{ claim-payment }} |", FACTS) == "- 10日内\n| 10日 |"
    assert filled("within {{ claim-payment }} or so", FACTS) == "within 10日 or so"


def test_an_unknown_reference_stays_as_it_is():
    assert filled("{{ nobody }}", FACTS) == "{{ nobody }}"


def test_code_is_left_alone():
    text = "写成 `{{ claim-payment }}`\n\n```\n{{ claim-payment }}\n```\n\n在 {{ claim-payment }} 内"

    assert text.replace("在 {{ claim-payment }} 内", "在10日内") == filled(text, FACTS)


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"checked": date(2027, 1, 1)}, True),
        ({"topic": "别的"}, True),
        ({"words": ("支付",)}, True),
        ({"basis": "保险法 第23条"}, True),
        ({"value": "15日"}, False),
        ({"days": "working"}, False),
        ({"basis": "保险法第24条"}, False),
        ({"status": "secondary"}, False),
        ({"title": "核定"}, False),
        ({"note": "自达成协议起"}, False),
    ],
    ids=lambda value: "".join(value) if isinstance(value, dict) else "",
)
def test_the_digest_counts_all_that_readers_are_told_but_not_when_it_was_checked(changes, same):
    fact = FACTS["claim-payment"]

    assert (fact_digest(fact) == fact_digest(fact.model_copy(update=changes))) is same
