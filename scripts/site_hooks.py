"""What is done to the site while MkDocs (or ProperDocs) builds it; named under ``hooks`` in ``mkdocs.yml``.

The site has no address of its own: it is read from a folder, or from whatever server it is put on. The theme would look
for a sitemap beside every page in the other language and find none; so pages do not announce one, and none is made.
"""

from __future__ import annotations

import logging
import re
from typing import Any

_ALTERNATE = re.compile(r'<link rel="alternate"[^>]*>\s*')


def on_startup(**_: Any) -> None:
    """Keep the splitter of Chinese words from telling how it gets ready."""
    try:
        import jieba
    except ImportError:
        return
    jieba.setLogLevel(logging.WARNING)


def on_post_page(output: str, **_: Any) -> str:
    """The page without its links to a sitemap in the other language; the reader's own switch stays."""
    return _ALTERNATE.sub("", output)


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Every template but the sitemap, which would hold addresses that are not known."""
    return "" if template_name == "sitemap.xml" else output_content
