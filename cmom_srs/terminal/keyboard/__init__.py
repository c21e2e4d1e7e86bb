"""The keyboard of this system, held in key-at-a-time mode for a whole session."""

import sys

if sys.platform == "win32":
    from cmom_srs.terminal.keyboard.windows import WindowsKeyboard as Keyboard
    from cmom_srs.terminal.keyboard.windows import forget_typed_lines
else:
    from cmom_srs.terminal.keyboard.posix import PosixKeyboard as Keyboard
    from cmom_srs.terminal.keyboard.posix import forget_typed_lines

__all__ = ["Keyboard", "forget_typed_lines"]
