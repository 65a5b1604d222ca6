# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates, figures and names as French readers expect them."""

import re
from datetime import date, datetime

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
# The article of a body whose proper name begins with what it is; "Vorey" or "Orange" take none.
_ARTICLES = {
    "la": "commune ville mairie communauté métropole région collectivité coopérative fédération "
    "fondation direction société",
    "le": "département syndicat rectorat ministère conseil collège lycée groupement centre foyer",
    "l’": "état association académie école établissement organisme intercommunalité amicale ogec "
    "office",
}


def short_date(day: date | None) -> str:
    """Return "24/11/2026", or an empty string."""
    return f"{day:%d/%m/%Y}" if day else ""


def long_date(day: date) -> str:
    """Return "24 novembre 2026" ("1er" on the first of a month)."""
    number_of_day = "1er" if day.day == 1 else str(day.day)
    return f"{number_of_day} {MONTHS[day.month - 1]} {day.year}"


def day_and_date(day: date) -> str:
    """Return "mardi 24 novembre 2026"."""
    return f"{DAYS[day.weekday()]} {long_date(day)}"


def clock_time(moment: datetime) -> str:
    """Return "08:12"."""
    return f"{moment:%H:%M}"


def number(value: float, decimals: int = 1) -> str:
    """Return "1 234,5": narrow no-break spaces, a comma, no useless zero."""
    text = f"{value:,.{decimals}f}"
    if decimals and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", NARROW_SPACE).replace(".", ",")


def money(cents: int | None) -> str:
    """Return "1 250,00 €" for an amount in cents; empty when it is not known."""
    if cents is None:
        return ""
    euros, rest = divmod(cents, 100)
    return f"{number(euros, 0)},{rest:02d}{NARROW_SPACE}€"


def cents(text: str) -> int | None:
    """Return the cents that an amount writes ("1 250 €", "1250.5", "12,00 EUR TTC"), or None."""
    figures = "".join(_CURRENCY.sub("", text).split())
    found = _AMOUNT.fullmatch(figures) or _GROUPED.fullmatch(figures)
    if found is None:
        return None
    whole, rest = re.sub("[.,]", "", found[1]), (found[2] or "0")[:2]
    return int(whole) * 100 + int(rest.ljust(2, "0"))


_CURRENCY = re.compile(r"(?i)€|\b(?:euros?|eur|ttc|ht)\b")
# Four decimals are a database's; three might be thousands, and are left to a human.
_AMOUNT = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}|\d{2}00))?", re.ASCII)
_GROUPED = re.compile(
    r"(\d{1,3}(?:\.\d{3}){1,2}(?=,)|\d{1,3}(?:,\d{3}){1,2}(?=\.))[.,](\d{1,2})", re.ASCII
)


def percent(share: float) -> str:
    """Return "72 %" for 0.72."""
    return f"{share * 100:.0f}{NARROW_SPACE}%"


def phone_number(text: str) -> str:
    """Return a number as it was written, to be kept on one line."""
    return text.replace(" ", NO_BREAK_SPACE)


def capital(words: str) -> str:
    """Return the words as a sentence begins with them."""
    return words[:1].upper() + words[1:]


def the(name: str) -> str:
    """Return a body's name within a sentence: "la commune de Vorey", "l’État (rectorat)"."""
    article, within = _within(name)
    return f"{article}{'' if article in ('', 'l’') else ' '}{within}"


def of(name: str) -> str:
    """Return a body's name after "de": "de la commune de Vorey", "du lycée Monnet", "d’Orange"."""
    article, within = _within(name)
    if article == "le":
        return f"du {within}"
    if article:
        return f"de {the(name)}"
    return f"d’{name}" if re.match("[aeiouyâàéèêëîïôûœ]", name, re.IGNORECASE) else f"de {name}"


def _within(name: str) -> tuple[str, str]:
    """Return the article of a name, and the name as it follows it; the State keeps its capital."""
    first = re.split(r"[\s,(]", name, maxsplit=1)[0].lower()
    article = next((article for article, words in _ARTICLES.items() if first in words.split()), "")
    is_word = article and first not in ("état", "ogec")
    return article, name[:1].lower() + name[1:] if is_word else name


def count(how_many: int, singular: str, plural: str = "") -> str:
    """Return "1 élève", "3 élèves"; French keeps the singular below two."""
    return " ".join(figure(how_many, singular, plural))


def figure(how_many: int, singular: str, plural: str = "") -> tuple[str, str]:
    """Return a number and its words, which agree with it, for a large figure above its label."""
    word = singular if abs(how_many) < 2 else (plural or f"{singular}s")
    return number(how_many, 0), word
