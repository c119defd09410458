"""The engine-free core of the explainer: read, model, check, render, publish.

The way of the data, a module a step:

    content/*.yml ─read─▶ data + positions ─model─▶ records ─story─▶ Story ─check─▶ problems
    Story ─view(language)─▶ what templates see ─render─▶ Markdown and HTML
    Story ─publish─▶ what stands beside the pages ─swap─▶ the published folder

Nothing here imports the site generator: `hooks/site.py` alone does.
"""
