"""Files of the whole host, such as CNAME and robots.txt: `docs/root/`, copied as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

from explainer.reading.host_files import FOLDER, root_files


def copy_root_files(docs: Path, site: Path) -> None:
    """Copy the files byte for byte into the folder `site`."""
    for file in root_files(docs):
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(docs / FOLDER / file, site / file)
