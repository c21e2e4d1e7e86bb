"""The README's first command sets up an environment, and never trusts a half-dead one."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="needs make: apt-get install make")

# Acts as Python: makes an environment that holds a copy of itself, and notes what it was asked.
PYTHON = """\
#!/bin/sh
echo "$@" >> "$ASKED"
case "$1 $2" in
"-m venv")
    [ ! -e "$NO_VENV" ] || exit 1
    rm -rf "$4"; mkdir -p "$4/bin"; cp "$0" "$4/bin/python" ;;
"-m pip") [ ! -e "$NO_NETWORK" ] || exit 1 ;;
esac
"""


OF_MAKE = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")  # what `make test` hands to its tests


class Clone:
    """A clone with a stand-in for Python, whose path has a blank."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "my clone"
        self.folder.mkdir()
        for name in ("Makefile", "pyproject.toml", "constraints.txt"):
            shutil.copy(REPOSITORY / name, self.folder)
        self.python = folder / "the python"
        self.python.write_text(PYTHON)
        self.python.chmod(0o755)
        self.asked = folder / "asked"
        self.no_venv, self.no_network = folder / "no-venv", folder / "no-network"

    def review(self) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        """`make review`, and what Python was asked to do for it."""
        self.asked.write_text("")
        ran = subprocess.run(
            ["make", "review", f"PYTHON={self.python}"],
            cwd=self.folder,
            env={
                **{name: value for name, value in os.environ.items() if name not in OF_MAKE},
                "ASKED": str(self.asked),
                "NO_VENV": str(self.no_venv),
                "NO_NETWORK": str(self.no_network),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        done = [line.split()[1] for line in self.asked.read_text().splitlines() if "-m" in line]
        return ran, done


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


ALL = ["venv", "pip", "cmom_srs"]


def test_the_first_time_it_sets_up_and_says_so_and_then_only_studies(clone: Clone) -> None:
    ran, done = clone.review()
    assert ran.returncode == 0, ran.stderr
    assert done == ALL
    assert "Setting up" in ran.stdout
    assert "Installing" in ran.stdout
    ran, done = clone.review()
    assert (done, ran.stdout) == (["cmom_srs"], "")


def test_an_environment_whose_python_is_gone_is_made_anew(clone: Clone) -> None:
    clone.review()
    (clone.folder / ".venv" / "bin" / "python").unlink()
    assert clone.review()[1] == ALL


def test_an_environment_that_was_moved_is_made_anew(clone: Clone) -> None:
    clone.review()
    clone.folder = clone.folder.rename(clone.folder.with_name("moved"))
    assert clone.review()[1] == ALL
    assert clone.review()[1] == ["cmom_srs"]


def test_without_the_part_that_makes_environments_its_package_is_named_every_time(
    clone: Clone,
) -> None:
    clone.no_venv.touch()
    for _ in range(2):
        ran, done = clone.review()
        assert ran.returncode != 0
        assert "sudo apt install python3-venv" in ran.stdout
        assert done == ["venv"]
    clone.no_venv.unlink()
    assert clone.review()[1] == ALL


def test_an_installation_that_broke_off_is_not_trusted(clone: Clone) -> None:
    clone.no_network.touch()
    ran, done = clone.review()
    assert ran.returncode != 0
    assert "To try again: make review" in ran.stdout
    assert done == ["venv", "pip"]
    clone.no_network.unlink()
    assert clone.review()[1] == ALL


def test_other_requirements_are_installed_anew(clone: Clone) -> None:
    clone.review()
    with (clone.folder / "constraints.txt").open("a") as constraints:
        constraints.write("# changed\n")
    assert clone.review()[1] == ALL
