"""Find mistakes in a story, a module for each subject.

A loaded story and its page templates come in, as does `mkdocs.yml`; problems go out, each with a
code and a position in a file. Checks change nothing, and none stops at the first problem.
"""

from explainer.checks.mkdocs_settings import check_settings
from explainer.checks.publication import check_publication, publishing
from explainer.checks.run import check_story, load_checked

__all__ = [
    "check_publication",
    "check_settings",
    "check_story",
    "load_checked",
    "publishing",
]
