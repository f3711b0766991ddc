"""One module a command. Imports at module level are the standard library and Typer, so that every command starts fast."""
