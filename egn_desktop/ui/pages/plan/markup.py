# SPDX-License-Identifier: GPL-3.0-or-later
"""The modest markup of a section, seen while it is typed: bold words, lists, tables."""

import re
from collections.abc import Sequence

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from egn_desktop.ui import theme

_BOLD = re.compile(r"(\*\*)(.+?)(\*\*)")
_DASH = re.compile(r"^\s*([-•])\s")
STARS = "**"
BAR = "|"


class MarkupHighlighter(QSyntaxHighlighter):
    """Shows ``**words**`` in bold with faint stars; dashes and bars of tables in colour."""

    def highlightBlock(self, text: str) -> None:
        faint, bold, dash = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        faint.setForeground(theme.colour("off"))
        bold.setFontWeight(QFont.Weight.Bold)
        dash.setForeground(theme.colour("brand"))
        dash.setFontWeight(QFont.Weight.Bold)
        for match in _BOLD.finditer(text):
            self.setFormat(match.start(1), len(STARS), faint)
            self.setFormat(match.start(2), len(match.group(2)), bold)
            self.setFormat(match.start(3), len(STARS), faint)
        match = _DASH.match(text)
        if match:
            self.setFormat(match.start(1), 1, dash)
        if text.lstrip().startswith(BAR):
            for at, letter in enumerate(text):
                if letter == BAR:
                    self.setFormat(at, 1, dash)


def toggle_bold(editor: QPlainTextEdit) -> None:
    """Put stars around the words that are selected, or take them away."""
    cursor = editor.textCursor()
    if not cursor.hasSelection():
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    words = cursor.selectedText()
    if words.startswith(STARS) and words.endswith(STARS) and len(words) > 2 * len(STARS):
        cursor.insertText(words[len(STARS) : -len(STARS)])
    else:
        cursor.insertText(f"{STARS}{words}{STARS}")
        if not words:
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, len(STARS)
            )
    editor.setTextCursor(cursor)
    editor.setFocus()


def toggle_list(editor: QPlainTextEdit) -> None:
    """Make the lines that are selected a list, or paragraphs again."""
    cursor = editor.textCursor()
    document = editor.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    blocks = [first]
    while blocks[-1] != last and blocks[-1].next().isValid():
        blocks.append(blocks[-1].next())
    listed = all(_DASH.match(block.text()) for block in blocks)
    cursor.beginEditBlock()
    for block in blocks:
        at = QTextCursor(block)
        match = _DASH.match(block.text())
        if listed and match:
            at.movePosition(
                QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, match.end()
            )
            at.removeSelectedText()
        elif not match:
            at.insertText("- ")
    cursor.endEditBlock()
    editor.setFocus()


def insert_table(editor: QPlainTextEdit, titles: Sequence[str]) -> None:
    """Start a table below the line of the cursor, or add a row to the table that it is in."""
    cursor = editor.textCursor()
    line = cursor.block().text()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    columns = len(line.strip().strip(BAR).split(BAR)) if line.lstrip().startswith(BAR) else 0
    empty = f"{BAR}  " * (columns or len(titles)) + BAR
    head = "" if columns else f"{BAR} {f' {BAR} '.join(titles)} {BAR}\n"
    before = "\n" if line.strip() else ""
    cursor.insertText(before + head + empty)
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, 2)
    editor.setTextCursor(cursor)
    editor.setFocus()
