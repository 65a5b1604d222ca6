# SPDX-License-Identifier: GPL-3.0-or-later
"""The messages to families in the languages that they read, beside French. Pure."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from typing import Final

from egn_desktop import content, french
from egn_desktop.plans import wording
from egn_desktop.plans.messages import Channel, Message, sms_text
from egn_desktop.plans.wording import SchoolWords
from egn_desktop.school.languages import Language, languages

SECOND_DEGREE: Final = "-second-degree"
"""Ends the id of what an establishment says otherwise than a school."""
FIELDS: Final = frozenset({"message", "sms"})
"""The fields of a scenario that are translated."""


class Translated(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scenario's messages in one language.

    Attributes:
        subject: what the scenario is called in a few words.
        sms: begins with the school's name and a colon.
    """

    subject: str
    message: str
    sms: str


class Phrases(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands around a message in one language, whose code is the id.

    Attributes:
        heading: of an e-mail: ``{école}`` and ``{subject}`` are filled in.
        day: of a note, with its ``{day}``.
        seen: where a note is signed.
        hello: who calls.
        understood, needs, helper: what is asked on the telephone.
        to_check: that the translation is ours, and to be read by somebody who reads the language.
    """

    heading: str
    day: str
    seen: str
    hello: str
    understood: str
    needs: str
    helper: str
    to_check: str


@cache
def translated(code: str) -> content.Catalogue[Translated]:
    """Return the messages in a language, by the ids of the scenarios."""
    return content.load(f"plans/languages/{code}.toml", Translated)


@cache
def phrases() -> content.Catalogue[Phrases]:
    """Return what stands around a message, language by language."""
    return content.load("plans/phrases.toml", Phrases)


def translation(
    language: Language, scenario_id: str, own: Collection[str], *, first_degree: bool
) -> Translated | None:
    """Return a scenario's messages in a language; None where French alone says what is meant.

    Args:
        own: ids of the fields that the school has put in its own words: what is proposed in another
            language would say something else.
        first_degree: a school rather than an establishment.
    """
    if FIELDS & set(own):
        return None
    found = translated(language.id)
    otherwise = None if first_degree else found.get(f"{scenario_id}{SECOND_DEGREE}")
    return otherwise or found.get(scenario_id)


def said_in(
    language: Language, scenario_id: str, own: Collection[str], school: SchoolWords, day: date
) -> tuple[Message, ...]:
    """Return a scenario's messages in a language, for every channel; none where French is alone."""
    found = translation(language, scenario_id, own, first_degree=school.kind.is_first_degree)
    if found is None:
        return ()
    around = phrases()[language.id]
    long = wording.message(found.message, school)
    heading = wording.message(around.heading, school).replace("{subject}", found.subject)
    dated = around.day.replace("{day}", french.short_date(day))
    spoken = french.capital(wording.message(found.sms.partition(":")[2].strip(), school))
    return (
        Message(Channel.SMS, sms_text(wording.message(found.sms, school))),
        Message(Channel.MAIL, f"{heading}\n\n{long}"),
        Message(Channel.NOTE, f"{dated}\n\n{long}\n\n{around.seen}"),
        Message(
            Channel.CALL,
            "\n".join(
                (
                    wording.message(around.hello, school),
                    spoken if spoken.endswith((".", "…", "?", "!")) else f"{spoken}.",
                    around.understood,
                    around.needs,
                    around.helper,
                )
            ),
        ),
    )


def offered(scenario_id: str, own: Collection[str], *, first_degree: bool) -> Sequence[Language]:
    """Return the languages that a scenario's messages can be read in, beside French."""
    return [
        language
        for language in languages()
        if translation(language, scenario_id, own, first_degree=first_degree) is not None
    ]
