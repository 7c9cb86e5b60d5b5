"""Where the written playbook goes on from a chapter: one line with its links, in every chapter.

In: keys of guide chapters.  Out: what the cell shows. The guide is a text beside the workbook's chapters (from the
workbook's page the links lead to the guide's page instead), or in the kit's own folder a file a chapter; where there is
neither, the line names the chapter without a link.
"""

import os
from importlib.resources import files
from pathlib import Path

import playbook
from playbook import wording
from playbook.coaching.guide_chapters import GuideChapter, chapter_of
from playbook.display import PagePart
from playbook.escaping import for_html, plain
from playbook.workbook import GUIDE_TEXT

_KIT = Path(playbook.__file__).resolve().parent.parent
_AS_PAGES = "../../playbook/"  # from a chapter that Voilà shows to the workbook's own pages, in `playbook lab --voila`


def further_reading(*keys: str) -> PagePart:
    """One line that says which chapters of the guide go on from here, each with its link.

    Raises
    ------
    KeyError : if there is no such chapter.
    """
    chapters = [chapter_of(key) for key in keys]
    opening = "In the guide, with words to say aloud: "
    links = wording.listing(_link(chapter) for chapter in chapters)
    titles = wording.listing(f"{plain(chapter.title)} ({chapter.number})" for chapter in chapters)
    return PagePart(f'<p class="ptc-note">{opening}{links}.</p>', f"{opening}{titles}.")


def _link(chapter: GuideChapter) -> str:
    title, address = for_html(chapter.title), _address(chapter)
    link = f'<a href="{for_html(address)}">{title}</a>' if address else f"<strong>{title}</strong>"
    return f"{link} ({chapter.number})"


def _address(chapter: GuideChapter) -> str:
    """Where the chapter lies, relative to the notebook's folder; empty if nothing there can be opened."""
    here = Path.cwd()
    if (here / GUIDE_TEXT).is_file():
        voila = os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")
        return _AS_PAGES + chapter.page_address if voila else chapter.text_address
    file = Path(str(files("playbook"))).resolve() / "guide" / chapter.file
    # JupyterLab opens only what lies under its own folder, which is the kit's when somebody looks around in the kit.
    if here.resolve().is_relative_to(_KIT / "notebooks") and file.is_file():
        return Path(os.path.relpath(file, here.resolve())).as_posix()
    return ""
