"""MkDocs events in; calls of `explainer` out. The only package that imports mkdocs."""

from mkdocs_adapter.language_build import LanguageBuild
from mkdocs_adapter.plugin import ExplainerPlugin
from mkdocs_adapter.site_build import SiteBuild

__all__ = ["ExplainerPlugin", "LanguageBuild", "SiteBuild"]
