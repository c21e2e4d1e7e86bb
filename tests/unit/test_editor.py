"""The learner's own editor, named as each system names programs, opened at the note's line."""

from pathlib import Path

import pytest

from cmom_srs.cli.editor import editor_command

DECK = Path("decks/law/labor.md")
NOTEPAD = r"C:\Program Files\Notepad++\notepad++.exe"


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        ("vim", ["vim", "+42", str(DECK)]),
        ("emacsclient -t", ["emacsclient", "-t", "+42", str(DECK)]),
        ("code", ["code", "--wait", "--goto", f"{DECK}:42"]),
        ("'/opt/my editor/ed' -x", ["/opt/my editor/ed", "-x", str(DECK)]),
    ],
)
def test_an_editor_is_opened_at_the_line(
    editor: str, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert editor_command({"EDITOR": editor}, DECK, 42, is_windows=False) == command


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        (f'"{NOTEPAD}" -x', [NOTEPAD, "-x", str(DECK)]),
        (r"C:\tools\vim.exe", [r"C:\tools\vim.exe", "+42", str(DECK)]),
        (r"C:\tools\code.cmd -r", [r"C:\tools\code.cmd", "-r", "--wait", "--goto", f"{DECK}:42"]),
        (r"C:\O'Brien\ed.exe", [r"C:\O'Brien\ed.exe", str(DECK)]),
        (None, ["notepad", str(DECK)]),
    ],
)
def test_on_windows_quotes_go_and_backslashes_stay(
    editor: str | None, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    environment = {} if editor is None else {"EDITOR": editor}
    assert editor_command(environment, DECK, 42, is_windows=True) == command


def test_a_name_that_stands_for_a_script_of_another_ending_is_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "code"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    command = editor_command({"VISUAL": "code", "EDITOR": "vi"}, DECK, 42, is_windows=False)
    assert command == [str(script), "--wait", "--goto", f"{DECK}:42"]


def test_a_program_whose_path_has_blanks_needs_no_quotes_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "my editor"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    command = editor_command({"EDITOR": str(program)}, DECK, 42, is_windows=True)
    assert command == [str(program), str(DECK)]


def test_a_quotation_mark_without_its_partner_is_an_error() -> None:
    with pytest.raises(ValueError, match="quotation"):
        editor_command({"EDITOR": '"vi'}, DECK, 42, is_windows=False)
