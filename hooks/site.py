"""The hook that mkdocs.yml names: it binds the plugin's methods to MkDocs' event names.

MkDocs keeps this folder on `sys.path` only while it loads this file: all imports are done by then.
"""

from mkdocs_adapter.patches import report_hook_errors
from mkdocs_adapter.plugin import ExplainerPlugin

report_hook_errors()

plugin = ExplainerPlugin()

on_startup = plugin.on_startup
on_serve = plugin.on_serve
on_config = plugin.on_config
on_pre_build = plugin.on_pre_build
on_files = plugin.on_files
on_post_build = plugin.on_post_build
on_build_error = plugin.on_build_error
on_shutdown = plugin.on_shutdown
