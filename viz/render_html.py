"""HTML: interactive pages of any scene, drawn by PyVis' vis-network with positions computed in advance.

Four forms of one page: `page` (a whole document), `element` (a section to stand in another page), `embed` (for a
frame: no tools but the picture, its title and its source) and `sealed` (one file that opens from a disk
without a network, with a policy that lets nothing else run). Nothing is fetched from another host in any.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

import jinja2
from markupsafe import Markup

from viz.html_data import page_data, table_rows
from viz.legend import OF_THEME, illustrative_key, line_keys, type_keys
from viz.matrix import matrix_rows, state_keys
from viz.registry import Renderer
from viz.scene import Scene
from viz.words import COLUMNS, KEYS, words

Mode = Literal["page", "element", "embed", "sealed"]
_SCRIPTS = (
    "marks.js",
    "labels.js",
    "frame.js",
    "narrow.js",
    "panel.js",
    "interact.js",
    "legend.js",
    "print.js",
    "view.js",
)


@cache
def vis_network() -> str:
    """vis-network's minified build from PyVis' own package, for who serves it from an address of its own."""
    folder = files("pyvis").joinpath("lib")
    newest = max((f for f in folder.iterdir() if f.name.startswith("vis-")), key=lambda f: f.name)
    return newest.joinpath("vis-network.min.js").read_text(encoding="utf-8").strip()


@cache
def _static(name: str) -> str:
    return files("viz").joinpath("static", name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    return '(() => {\n"use strict";\n' + "\n".join(_static(name) for name in _SCRIPTS) + "})();"


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("viz", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _json(data: object) -> Markup:
    """JSON that may stand in a script element: no character of it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, escape in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(character, escape)
    return Markup(text)


def _network(scene: Scene) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Nodes, edges and options as PyVis holds them. The lists are handed over whole, since `add_node` and
    `add_edge` search all that came before."""
    from pyvis.network import Network

    data = page_data(scene)
    network = cast(Any, Network(cdn_resources="in_line", directed=True))
    network.nodes, network.edges = data.pop("nodes"), data.pop("edges")
    network.options = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {"hover": False, "selectable": False, "keyboard": False, "hideEdgesOnDrag": False},
        "edges": {"selectionWidth": 0, "hoverWidth": 0, "arrowStrikethrough": False},
    }
    nodes, edges, _, _, _, options = network.get_network_data()
    return nodes, edges, {**data, "options": json.loads(options)}


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _policy(scripts: list[str], styles: list[str]) -> str:
    """The policy of a sealed file: exactly these scripts and styles, nothing from anywhere."""
    run, look = " ".join(map(_hash, scripts)), " ".join(map(_hash, styles))
    return f"default-src 'none'; script-src {run}; style-src {look}; img-src data:; base-uri 'none'; form-action 'none'"


def _of_groups(scene: Scene, links: bool) -> dict[str, Any]:
    """A file that leads nowhere can neither open nor close a group."""
    return {
        "grouped": links and any(node.opens for node in scene.nodes),
        "opened": scene.opened if links else (),
    }


def _context(scene: Scene, mode: Mode, theme: str, base: str) -> dict[str, Any]:
    said = words(scene.lang)
    links = mode != "sealed"
    context: dict[str, Any] = {
        **_of_groups(scene, links),
        "mode": mode,
        "theme": theme,
        "lang": scene.lang,
        "view": scene.view,
        "caption": scene.caption,
        "words": {**said, "columns": [c(scene.lang) for c in COLUMNS]},
        "empty": scene.empty,
        "scrolls": scene.scrolls,
        "matrix": scene.matrix,
        "uid": f"cg-{scene.view}",
        "css": Markup(_static("view.css")),
        "reset_css": Markup(_static("reset.css")),
        "base": base,
        "count_words": said["shown_rows" if scene.matrix else "shown"],
    }
    if scene.empty:
        return context
    if scene.matrix:
        rows = matrix_rows(scene, base if links else None)
        return {**context, "groups": rows, "states": state_keys(scene)}
    nodes, edges, data = _network(scene)
    data |= {"nodes": nodes, "edges": edges, "mode": mode, "links": links, "base": base, "words": said}
    data["keys"] = [(key, does(scene.lang)) for key, does in KEYS]
    dashed = illustrative_key(scene, OF_THEME)
    return {
        **context,
        "nodes": nodes,
        "edges": edges,
        "data": _json(data),
        "legend": [*type_keys(scene, OF_THEME), *line_keys(scene, OF_THEME)],
        "line_notes": [dashed] if dashed else [],
        "rows": table_rows(scene, base if links else None),
        "library": Markup(vis_network()),
        "script": Markup(_script()),
    }


def render_html(
    scene: Scene,
    mode: Mode = "page",
    *,
    theme: str = "light",
    nonce: str = "",
    base_url: str = "",
    library_url: str = "",
) -> str:
    """The page of a scene.

    `nonce` goes on every script and style element. `base_url` stands before links to documents and entities.
    `library_url`, when given, is an address on the same host that serves `vis_network()`, so that browsers keep
    it; otherwise the library is in the page.
    """
    context = _context(scene, mode, theme, base_url.rstrip("/"))
    context["nonce_attr"] = Markup(' nonce="{}"').format(nonce) if nonce else ""
    context["library_url"] = library_url
    context["policy"] = ""
    if mode == "sealed":
        scripts = [str(context[k]) for k in ("library", "script") if k in context]
        context["policy"] = _policy(scripts, [_static("reset.css"), _static("view.css")])
        context["library_url"] = ""
    name = "view.html.j2" if mode == "element" else "page.html.j2"
    return _templates().get_template(name).render(context)


def _sealed(scene: Scene, **options: Any) -> bytes:
    options.setdefault("mode", "sealed")
    return render_html(scene, **options).encode()


RENDERER = Renderer(
    ending="html",
    media_type="text/html; charset=utf-8",
    draw=_sealed,
    options=("mode", "theme", "nonce", "base_url", "library_url"),
    legend_filters=True,
)
