"""`python -m cli`: the `hub` command."""

from cli.app import main

main()
