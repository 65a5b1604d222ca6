# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said to families in a crisis, ready for each way of reaching them. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from egn_desktop import french
from egn_desktop.plans import wording
from egn_desktop.plans.wording import SchoolWords

ONE_SMS: Final = 160
_OF_SEVERAL: Final = 153
"""A text message that is one of several gives seven characters away to say which."""
_ONE_IN_OTHER_LETTERS: Final = 70
_OF_SEVERAL_IN_OTHER_LETTERS: Final = 67
"""The same in a text that needs letters which text messages do not have of themselves."""
_TWICE: Final = frozenset("^{}\\[~]|€")
_SMS_LETTERS: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_PLAIN: Final = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "«": '"',
        "»": '"',
        "“": '"',
        "”": '"',
        "…": "...",
        "–": "-",
        "—": "-",
        "œ": "oe",
        "Œ": "Oe",
        "\u00a0": " ",
        "\u202f": " ",
        "ı": "i",
    }
)
_GREETING: Final = re.compile(r"^\s*madame,? monsieur,?\s*", re.IGNORECASE)


class Channel(StrEnum):
    """A way to reach families."""

    SMS = "sms"
    MAIL = "mail"
    NOTE = "note"
    CALL = "call"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            Channel.SMS: "SMS",
            Channel.MAIL: "Courriel ou ENT",
            Channel.NOTE: "Mot dans le cahier",
            Channel.CALL: "À dire au téléphone",
        }[self]

    @property
    def hint(self) -> str:
        """What to mind with it."""
        return {
            Channel.SMS: "Lu en quelques minutes, sans ENT. Remplissez les blancs avant l’envoi.",
            Channel.MAIL: "Adresses en copie cachée. Traduisez-le, ou faites-le traduire par un "
            "parent relais, pour les familles qui lisent une autre langue.",
            Channel.NOTE: "À coller ou à recopier ; la signature dit qui a lu.",
            Channel.CALL: "Pour les familles qui lisent peu, ou une autre langue : appelez-les "
            "d’abord, en phrases courtes.",
        }[self]


@dataclass(frozen=True, slots=True)
class Message:
    """A message for one channel, ready to be copied."""

    channel: Channel
    text: str


def messages(
    texts: Mapping[str, str], subject: str, school: SchoolWords, day: date
) -> tuple[Message, ...]:
    """Return a scenario's message for every channel, filled with what the dossier knows.

    Args:
        texts: the scenario's fields, by id.
        subject: what the scenario is called in a few words.
        day: the day that a note bears.
    """
    long = wording.message(texts.get("message", ""), school).strip()
    short = wording.message(texts.get("sms", "") or _shortened(texts), school).strip()
    name = school.name or "…"
    return (
        Message(Channel.SMS, sms_text(short)),
        Message(Channel.MAIL, f"Objet\u202f: {name}, {subject.lower()}\n\n{long}"),
        Message(
            Channel.NOTE,
            f"Le {french.long_date(day)}\n\n{long}\n\nVu par le responsable légal, "
            "signature\u202f: …………………………",
        ),
        Message(Channel.CALL, _spoken(short, name)),
    )


def sms_text(text: str) -> str:
    """Return a text in the letters of text messages: another letter would more than halve them.

    Curly quotes become straight, "œ" two letters; the accents that they do not have are left out.
    What is written in another alphabet stays as it is: nothing else would be read.
    """
    if _has_other_alphabet(text):
        return text
    found = ""
    for letter in text.translate(_PLAIN):
        if letter in _SMS_LETTERS or letter in _TWICE:
            found += letter
            continue
        base = unicodedata.normalize("NFD", letter)[0]
        found += base if base in _SMS_LETTERS else "?"
    return found


def sms_length(text: str) -> int:
    """Return how many characters a text takes in text messages, once in their letters."""
    plain = sms_text(text)
    if _has_other_alphabet(text):
        return len(plain.encode("utf-16-le", "surrogatepass")) // 2
    return len(plain) + sum(letter in _TWICE for letter in plain)


def sms_count(text: str) -> int:
    """Return how many text messages a text takes."""
    length = sms_length(text)
    alone, of_several = ONE_SMS, _OF_SEVERAL
    if _has_other_alphabet(text):
        alone, of_several = _ONE_IN_OTHER_LETTERS, _OF_SEVERAL_IN_OTHER_LETTERS
    return 1 if length <= alone else -(-length // of_several)


def sms_said(text: str) -> str:
    """Return the length of a text message in French: "128 caractères, 1 SMS"."""
    return f"{french.count(sms_length(text), 'caractère')}, {sms_count(text)} SMS"


def _has_other_alphabet(text: str) -> bool:
    """Tell whether a text has letters of another alphabet than ours, such as Arabic."""
    return any(
        letter.isalpha()
        and letter not in _SMS_LETTERS
        and not unicodedata.name(letter, "LATIN").startswith("LATIN")
        for letter in unicodedata.normalize("NFKD", text)
    )


def _shortened(texts: Mapping[str, str]) -> str:
    """Return the first sentence of the long message, where no short one was written."""
    words = _GREETING.sub("", texts.get("message", "")).strip()
    if not words:
        return ""
    first = re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0]
    return f"{{école}}\u202f: {first[:1].lower()}{first[1:]} {{téléphone}}"


def _spoken(short: str, name: str) -> str:
    said = re.sub(rf"^{re.escape(name)}\s*:\s*", "", short)
    said = said[:1].upper() + said[1:]
    end = "" if not said or said.endswith((".", "…", "?", "!")) else "."
    return (
        f"Bonjour, ici {name}.\n{said}{end}\n"
        "Avez-vous compris\u202f? Pouvez-vous me le redire\u202f?\n"
        "Avez-vous besoin d’un ordinateur, d’une connexion ou d’une pochette papier\u202f?\n"
        "Qui peut vous aider à lire nos messages\u202f?"
    )
