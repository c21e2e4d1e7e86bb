"""What a package holds: notes, their fields as HTML, note types and templates."""
