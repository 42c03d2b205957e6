"""References are filled in; code is left alone."""

from datetime import date

from handbook.content.facts import Fact, Facts, filled

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


def test_the_digest_counts_what_the_law_says_but_not_when_it_was_checked():
    fact = FACTS["claim-payment"]

    assert fact.digest == fact.model_copy(update={"checked": date(2027, 1, 1), "note": "又查了一遍"}).digest
    assert fact.digest != fact.model_copy(update={"value": "15日"}).digest
    assert fact.digest != fact.model_copy(update={"basis": "保险法第24条"}).digest
    assert fact.digest != fact.model_copy(update={"status": "secondary"}).digest
