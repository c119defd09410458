from .cli import main

main(prog_name=".venv/bin/explainer")
