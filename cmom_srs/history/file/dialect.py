"""What SQL says differently from one database to another, said SQLite's way."""

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Executable
from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import insert


def upsert(table: Table, row: Mapping[str, Any], changing: Sequence[str]) -> Executable:
    """Adds the row; if one of its primary key is there, those columns of it are changed instead."""
    values = {name: row[name] for name in changing}
    return insert(table).values(row).on_conflict_do_update(set_=values)
