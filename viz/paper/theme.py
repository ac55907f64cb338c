"""Theme of our presentations: colours of the vocabulary as the theme's accents, fonts that Chinese offices have."""

from __future__ import annotations

import re

from graph.vocabulary import TYPES, EntityType
from viz.palette import PALETTE
from viz.strokes import TONES

FONT = "微软雅黑"
SOFT = "#55626E"
SCHEME = {
    "dk1": PALETTE.ink,
    "lt1": "#FFFFFF",
    "dk2": PALETTE.accent,
    "lt2": "#F3F1EB",
    "accent1": TYPES[EntityType.UNIT].mark.colour,
    "accent2": TYPES[EntityType.PARK].mark.colour,
    "accent3": TYPES[EntityType.INSTITUTE].mark.colour,
    "accent4": TYPES[EntityType.ENTERPRISE].mark.colour,
    "accent5": TYPES[EntityType.LEADER].mark.colour,
    "accent6": TYPES[EntityType.TASK].mark.colour,
    "hlink": TONES["strong"],
    "folHlink": SOFT,
}
"""The twelve colours of a theme (ECMA-376, 20.1.6.2)."""
_NAMES = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
_BY_COLOUR = {colour.upper(): _NAMES.get(slot, slot) for slot, colour in reversed(SCHEME.items())}


def colour_xml(colour: str) -> str:
    """A solid fill: a colour of the theme where it has this one, so that a user's own theme recolours it."""
    slot = _BY_COLOUR.get(colour.upper())
    inner = f'<a:schemeClr val="{slot}"/>' if slot else f'<a:srgbClr val="{colour[1:].upper()}"/>'
    return f"<a:solidFill>{inner}</a:solidFill>"


def themed(theme: bytes, font: str = FONT) -> bytes:
    """A theme part with our colours and this font in place of its own."""
    text = theme.decode()
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{value[1:]}"/></a:{slot}>' for slot, value in SCHEME.items()
    )
    text = re.sub(
        r"<a:clrScheme.*?</a:clrScheme>",
        f'<a:clrScheme name="coopgraph">{colours}</a:clrScheme>',
        text,
        flags=re.DOTALL,
    )
    face = f'<a:latin typeface="{font}"/><a:ea typeface="{font}"/><a:cs typeface=""/>'
    fonts = f"<a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont>"
    text = re.sub(
        r"<a:fontScheme.*?</a:fontScheme>",
        f'<a:fontScheme name="coopgraph">{fonts}</a:fontScheme>',
        text,
        flags=re.DOTALL,
    )
    return text.encode()
