"""`python -m cli`: the `hub` command."""

from cli.commands import app

app()
