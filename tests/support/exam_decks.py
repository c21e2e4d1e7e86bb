"""Decks that an exam can be drawn from, whose right options say so."""

from pathlib import Path

from tests.conftest import BLUEPRINT


def choice(name: str, scenario: str = "") -> str:
    """A choice note as an author writes it; its options tell which is right."""
    told = f"Scenario: {scenario}\n" if scenario else ""
    return f"""
## {name}
{told}Question: What about {name}?
- [x] The right one of {name}
  Why: It is right.
- [ ] A wrong one of {name}
  Why: It is wrong.
- [ ] Another wrong one of {name}
  Why: So is this.
Manual: Topic: {name}
"""


def write(folder: Path, finance: int = 9, people: int = 6) -> Path:
    """A decks folder with so many choice notes in each of two domains."""
    folder.mkdir(exist_ok=True)
    (folder / "blueprint.toml").write_text(BLUEPRINT, encoding="utf-8")
    for domain, count in (("finance", finance), ("people", people)):
        (folder / domain).mkdir(exist_ok=True)
        notes = "".join(choice(f"{domain}-{number}") for number in range(1, count + 1))
        text = f"# About {domain}\nSource: 29 CFR 541\n{notes}"
        (folder / domain / f"about-{domain}.md").write_text(text, encoding="utf-8")
    return folder
