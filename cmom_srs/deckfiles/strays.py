"""What stands in a decks folder without being a deck: litter, or a mistake (rule 1)."""

import re
from collections.abc import Collection
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from cmom_srs.deckfiles.grammar.faults import Fault
from cmom_srs.deckfiles.grammar.ids import KEY_RULE
from cmom_srs.deckfiles.grammar.ids import is_key

DECK_SUFFIX = ".md"

# What programs leave there and no author means as a deck: backups, drafts, locks, what a system,
# a cloud drive, an editor or LaTeX keeps beside a file.
_LITTER_NAMES = frozenset(
    (
        *("readme.md", "desktop.ini", "thumbs.db", "ehthumbs.db", "icon\r", "4913"),
        *("$recycle.bin", "system volume information", "lost+found", "@eadir"),
        *("node_modules", "venv", "cvs", "rcs", "nppbackup", "auto"),
    )
)
_LITTER_ENDINGS = (
    *("~", ".bak", ".backup", ".old", ".orig", ".rej", ".save", ".autosave", ".lock"),
    *(".tmp", ".temp", ".swp", ".swo", ".swn", ".part", ".partial", ".crdownload", ".download"),
    *("___jb_tmp___", "___jb_old___", ".pyc", ".iml"),
    *(".code-workspace", ".sublime-project", ".sublime-workspace"),
    *(".aux", ".log", ".toc", ".fls", ".fdb_latexmk", ".synctex.gz"),
)
_PLACEHOLDER = re.compile(r"\.(.+)\.icloud")
# What is added to the name of a file that two machines changed at once, and to that of a copy.
_COPIED = re.compile(r"conflict|\bcopy\b|\([0-9]+\)", re.IGNORECASE)
_TEXT_SUFFIXES = (DECK_SUFFIX, ".markdown", ".text", ".txt")

OUTSIDE = Fault(
    "outside-link",
    "this is a link that leaves the decks folder",
    "put the file itself here",
)
EVICTED = Fault(
    "evicted-file",
    "this deck is in iCloud, but not on this computer now",
    "open it in the Finder to load it, then try again",
)


def is_litter(name: str) -> bool:
    """Whether a file or folder of this name is passed over without a word."""
    folded = name.casefold()
    is_hidden = name[0] in "._#" or name.startswith("~$")
    return is_hidden or folded in _LITTER_NAMES or folded.endswith(_LITTER_ENDINGS)


def evicted_name(name: str) -> str | None:
    """The name of the file for which iCloud keeps this placeholder, if it is one."""
    found = _PLACEHOLDER.fullmatch(name)
    return found[1] if found else None


def unreadable(error: OSError) -> Fault:
    """A file or folder that the system does not let us read."""
    reason = error.strerror or type(error).__name__
    return Fault("unreadable", f"this cannot be read: {reason}", "look at its permissions")


def domain_fault(path: Path, domains: Sequence[str]) -> Fault | None:
    """What is wrong with something in the decks folder, if it is no domain's folder.

    With no domains, because the blueprint cannot be read, every folder is taken for one. May
    raise OSError.
    """
    is_folder = path.is_dir()
    if is_folder and (path.name in domains or (not domains and is_key(path.name))):
        return None
    if original := _original(path.name if is_folder else path.stem, [*domains, "blueprint"]):
        return _copy(original)
    if not is_folder:
        where = ": move it into its domain's folder" if path.suffix == DECK_SUFFIX else ""
        hint = f"a deck is `<domain>/<deck>.md`{where}"
        return Fault("stray-file", "this is not a deck", hint)
    meant = get_close_matches(path.name, domains, n=1)
    hint = f"did you mean `{meant[0]}`?" if meant else f"the domains are {', '.join(domains)}"
    return Fault("unknown-folder", f"`{path.name}` is not a domain of blueprint.toml", hint)


def deck_fault(path: Path, decks: Collection[str]) -> Fault | None:
    """What is wrong with something in a domain's folder, if it is no deck.

    `decks` are the names of the decks beside it. May raise OSError.
    """
    suffix = path.suffix.casefold()
    if suffix == DECK_SUFFIX and (original := _original(path.stem, decks)):
        return _copy(original)
    if not path.is_file() or path.suffix != DECK_SUFFIX:
        meant = path.name.casefold().removesuffix(suffix).removesuffix(DECK_SUFFIX)
        hint = "move it away, or begin its name with `_`"
        if suffix in _TEXT_SUFFIXES and path.suffix != DECK_SUFFIX and is_key(meant):
            hint = f"if it is a deck, call it `{meant}{DECK_SUFFIX}`; if not, {hint}"
        return Fault("stray-file", "this is not a deck", hint)
    if not is_key(path.stem):
        hint = f"a deck's name is {KEY_RULE}"
        return Fault("bad-deck-name", f"`{path.stem}` cannot be the name of a deck", hint)
    return None


def _original(name: str, originals: Collection[str]) -> str | None:
    """What a file or folder of this name seems to be a copy of: one of these, or something else."""
    if is_key(name):
        return None
    copied = [one for one in originals if _adds_to(name, one)]
    if copied:
        return f"`{max(copied, key=len)}`"
    return "another file" if _COPIED.search(name) else None


def _adds_to(name: str, original: str) -> bool:
    """Whether the name is the original's with a word before or behind it, as in `Copy of ar`."""
    behind = name.removeprefix(original)
    is_behind = behind != name and not behind[:1].isalnum()
    return is_behind or name.endswith(f" {original}")


def _copy(original: str) -> Fault:
    return Fault(
        "conflict-copy",
        f"this seems to be a second copy of {original}, as cloud drives leave it",
        "bring what differs into one of the two, then delete the other",
    )
