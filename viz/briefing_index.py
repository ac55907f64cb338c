"""The index of a briefing pack: a page without script that says what the pack is and leads to its files, offline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from viz.briefing import Briefing, Form
from viz.briefing_words import FILES, SAID
from viz.layout.text import clean
from viz.paper.making import made_by
from viz.words import WORDS

_STYLE = (
    "body{max-width:52em;margin:3em auto;padding:0 1.2em;font:15px/1.7 'PingFang SC','Microsoft YaHei',"
    "'Noto Sans CJK SC',sans-serif;color:#1F2933;background:#FCFBF8}h1{font-size:26px;line-height:1.4;margin:0}"
    "h2{font-size:18px;margin:2em 0 .5em}p{max-width:40em;margin:.4em 0}.soft{color:#52606D;font-size:13px}"
    "a{color:#1F5F8B}table{border-collapse:collapse}td{padding:.3em 1.4em .3em 0;border-top:1px solid #E5E0D6;"
    "vertical-align:top}td:last-child{text-align:right;white-space:nowrap}code{overflow-wrap:anywhere}"
    "ul{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(15em,1fr));gap:1.4em}"
    "img{display:block;width:100%;height:11em;object-fit:contain;background:#fff;border:1px solid #E5E0D6}"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the pack as the index lists it."""

    path: str
    what: str
    form: Form
    size: int
    """Bytes."""
    view: str = ""
    """For a picture: the view that it shows."""


def index_page(brief: Briefing, files: Sequence[Listed], how: str) -> bytes:
    """The page. Links are relative, so that it works from a folder, a stick, or a share."""
    lang = brief.params.lang
    title = escape(clean(brief.title)) + ("（示例）" if brief.illustrative else "")
    language = "en" if lang == "en" else "zh-CN"
    parts = [
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE}</style><h1>{title}</h1>"
        f'<p class="soft">{escape(SAID["as_of"](lang).format(day=brief.day))}</p>',
        *(f"<p>{escape(clean(text))}</p>" for text in brief.summary),
        _table(files, lang),
        _lacking(brief, files),
        _pictures(brief, files),
        f'<p class="soft">{escape(SAID["made"](lang))}{escape(made_by())} · <code>{escape(how)}</code></p></html>\n',
    ]
    return "".join(parts).encode()


def _link(path: str, words: str) -> str:
    return f'<a href="{quote(path)}">{escape(words)}</a>'


def _table(files: Sequence[Listed], lang: str) -> str:
    rows = [
        f"<tr><td>{_link(file.path, file.path)}</td><td>{escape(file.what)}</td>"
        # The print's size is not told: it differs by some bytes each time, and the index shall not.
        f"<td>{'' if file.form == 'pdf' else f'{max(1, round(file.size / 1024))} KB'}</td></tr>"
        for file in files
        if not file.view
    ]
    return f"<h2>{escape(SAID['files'](lang))}</h2><table>{''.join(rows)}</table>" if rows else ""


def _lacking(brief: Briefing, files: Sequence[Listed]) -> str:
    """Which file could not be made on this machine."""
    if not brief.params.wants("pdf") or any(file.form == "pdf" for file in files):
        return ""
    lang = brief.params.lang
    return f'<p class="soft">{escape(SAID["lacking"](lang).format(name=FILES["print"](lang)))}</p>'


def _pictures(brief: Briefing, files: Sequence[Listed]) -> str:
    """Each view once, small, with a link to each of its forms."""
    items: list[str] = []
    for scene in brief.scenes:
        own = [file for file in files if file.view == scene.view]
        shown = next((file for file in own if file.form in ("png", "svg")), None)
        title = clean(scene.caption.title) + (
            f"（{WORDS['illustrative'](scene.lang)}）" if scene.caption.illustrative else ""
        )
        image = f'<a href="{quote(shown.path)}"><img src="{quote(shown.path)}" alt=""></a>' if shown else ""
        links = " · ".join(_link(file.path, file.form.upper()) for file in own)
        if own:
            items.append(f"<li>{image}<b>{escape(title)}</b><br>{links}</li>")
    heading = escape(SAID["pictures"](brief.params.lang))
    return f"<h2>{heading}</h2><ul>{''.join(items)}</ul>" if items else ""
