# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.plans import rules, wording
from egn_desktop.plans.messages import (
    ONE_SMS,
    Channel,
    Message,
    messages,
    sms_count,
    sms_length,
    sms_said,
    sms_text,
)
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level

SCHOOL = Identity(
    name="École élémentaire Jules-Verne",
    head="Claire Morvan",
    phone="04 65 71 00 43",
    levels=(LevelCount(Level.ELEMENTAIRE, 5, 122),),
)
DAY = date(2026, 11, 24)


def prepared(scenario_id: str, **texts: str) -> dict[Channel, str]:
    scenario = rules.scenarios()[scenario_id]
    found = messages({**wording.proposed_texts(scenario), **texts}, scenario.short, SCHOOL, DAY)
    assert [message.channel for message in found] == list(Channel)
    return {message.channel: message.text for message in found}


@pytest.mark.parametrize("scenario_id", [scenario.id for scenario in rules.scenarios()])
def test_each_scenario_has_a_text_message_of_one_piece_with_room_to_fill_in(
    scenario_id: str,
) -> None:
    text = prepared(scenario_id)[Channel.SMS]
    assert text.startswith("École élémentaire Jules-Verne :")
    assert "{" not in text
    assert sms_length(text) <= ONE_SMS - 5 * text.count("...") // 3
    assert sms_count(text) == 1


def test_every_channel_has_its_own_words() -> None:
    found = prepared("inondation")
    assert found[Channel.MAIL].startswith(
        "Objet\u202f: École élémentaire Jules-Verne, inondation\n"
    )
    assert "Claire Morvan" in found[Channel.MAIL]
    assert found[Channel.NOTE].startswith("Le 24 novembre 2026\n")
    assert "signature" in found[Channel.NOTE]
    assert found[Channel.CALL].startswith(
        "Bonjour, ici École élémentaire Jules-Verne.\nL’eau menace."
    )
    assert "Pouvez-vous me le redire" in found[Channel.CALL]


def test_without_a_short_text_the_first_sentence_of_the_long_one_is_sent() -> None:
    found = prepared(
        "inondation", sms="", message="Madame, Monsieur, le pont est coupé. Restez là."
    )
    assert found[Channel.SMS] == (
        "École élémentaire Jules-Verne : le pont est coupé. 04 65 71 00 43"
    )
    assert prepared("inondation", sms="", message="")[Channel.SMS] == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’élève « où » est là…", 'L\'élève " où " est là...'),
        ("bâtiment, français, cœur", "batiment, francais, coeur"),
        ("Noël 😀", "Noel ?"),
    ],
)
def test_a_text_message_keeps_to_its_own_letters(text: str, expected: str) -> None:
    assert sms_text(text) == expected


@given(st.text())
def test_the_letters_of_a_text_message_stay_as_they_are(text: str) -> None:
    once = sms_text(text)
    assert sms_text(once) == once
    assert sms_length(text) == sms_length(once)


@given(st.integers(0, 1000))
def test_text_messages_are_counted_as_they_are_sent(length: int) -> None:
    text = "a" * length
    count = sms_count(text)
    assert length <= (ONE_SMS if count == 1 else 153 * count)
    assert count == 1 or length > 153 * (count - 1)


def test_a_length_is_said_in_french() -> None:
    assert sms_said("a" * 128) == "128 caractères, 1 SMS"
    assert sms_said("€" * 81) == "162 caractères, 2 SMS"


def test_every_channel_is_named_and_says_what_to_mind() -> None:
    assert (
        len({channel.label for channel in Channel})
        == len({channel.hint for channel in Channel})
        == 4
    )
    assert Message(Channel.SMS, "a").text == "a"
