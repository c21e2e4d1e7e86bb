"""The Markdown that authors may write: one closed set, for the screen and for packages alike."""

from markdown_it import MarkdownIt

# Deck format rule 5: emphasis, code, lists, tables; no HTML, images or headings, and links stay as
# written. Everything else means itself. `balance_pairs` belongs to emphasis.
_ALLOWED = ("list", "table", "newline", "escape", "entity", "backticks", "emphasis")
PARSER = MarkdownIt("zero").enable([*_ALLOWED, "balance_pairs"])
