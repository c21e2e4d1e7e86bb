"""What `cmom set` shows and stores."""

from dataclasses import asdict

import click

from cmom_srs.cli import places
from cmom_srs.cli.command import write_json
from cmom_srs.history import settings
from cmom_srs.history.store import open_history


def show_or_store(name: str | None, value: str | None, is_json: bool) -> None:
    """Stores a value if one is given, then shows that setting; without a name, all of them.

    Raises SettingError for a name that is none or a value that it does not take.
    """
    if name is not None:
        settings.require_known(name)
    with open_history(places.find().history.path) as store:
        if name is not None and value is not None:
            store.set_setting(name, value)
        stored = asdict(store.settings())
    values = {known: stored[known.replace("-", "_")] for known in settings.NAMES}
    shown = values if name is None else {name: values[name]}
    if is_json:
        write_json({"settings": shown})
        return
    for known, number in shown.items():
        click.echo(f"{known:<14} {settings.OFF if number is None else number}")
