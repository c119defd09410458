"""Files that nobody wrote: backups, swap files and what desktops leave in folders. Nothing reads them."""

from __future__ import annotations

import re

LEFTOVER = re.compile(
    r".*~|#.*#|\.#.*|4913|.*\.(?:bak|orig|rej|sw[a-p]|tmp)|\.?_?\.DS_Store|\._.*|Thumbs\.db"
    r"|ehthumbs\.db|desktop\.ini|.*\.kate-swp|___jb_(?:tmp|old)___.*|.*___jb_(?:tmp|old)___",
    re.IGNORECASE | re.DOTALL,
)


def is_leftover(name: str) -> bool:
    """Return whether an editor, a version control tool or a desktop left a file of this name."""
    return LEFTOVER.fullmatch(name) is not None
