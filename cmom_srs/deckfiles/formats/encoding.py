"""The text of a file from any program: its encoding found out, its characters made ours."""

import re

from cmom_srs.deckfiles.formats.bank import BankFindings
from cmom_srs.errors import CmomError

MOST_BYTES = 10_000_000

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_NOT_TEXT = (
    (b"PK\x03\x04", "a workbook or a package", "Save it as CSV, or export it as text."),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "Save it as CSV, or as plain text."),
    (b"%PDF", "a PDF", "Copy its text into a file of one of the formats."),
    (b"{\\rtf", "formatted text (RTF)", "Save it as plain text."),
    (b"<?xml", "XML", "In Moodle, export the questions in the GIFT format."),
    (b"<!DOCTYPE", "a web page", "Copy its text into a file of one of the formats."),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class UnreadableBankError(CmomError):
    """A file whose questions cannot be read."""


def decode(data: bytes, name: str, findings: BankFindings) -> str:
    """The file's text, with plain line ends and without control characters.

    Raises UnreadableBankError when it is no text, or larger than any bank of questions.
    """
    if len(data) > MOST_BYTES:
        sentence = f"{name} has more than {MOST_BYTES // 1_000_000} MB."
        raise UnreadableBankError(sentence, "Make several files of it.")
    for beginning, what, way_out in _NOT_TEXT:
        if data.lstrip().startswith(beginning):
            raise UnreadableBankError(f"{name} is {what}, not a text.", way_out)
    text = _decode(data, findings)
    text = re.sub("\r\n?|\u2028|\u2029|\x85", "\n", text)
    return _CONTROL.sub(" ", text).replace("\u00a0", " ")


def _decode(data: bytes, findings: BankFindings) -> str:
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], marked, findings)
    if wide := _wide_encoding(data[:400]):
        return _replacing(data, wide, findings)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "this is not UTF-8: the file is read as Windows text (cp1252)"
        findings.changed(line, message, "look at its accents and quotes in the deck")
        return data.decode("cp1252", errors="replace")


def _replacing(data: bytes, encoding: str, findings: BankFindings) -> str:
    text = data.decode(encoding, errors="replace")
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        message = f"a character is damaged in this file of {encoding.upper()}"
        findings.changed(line, message, "look for \ufffd in the deck")
    return text


def _wide_encoding(beginning: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is 0."""
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        halves = beginning[offset::2]
        if len(beginning) >= 4 and halves.count(0) > 0.8 * len(halves):
            return encoding
    return None
