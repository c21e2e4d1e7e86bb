"""Reading what Anki wrote: exported files, their collections and the answers in them."""
