"""The view that the documentation adds works as it stands there."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from graph.ids import claim_id, document_id
from graph.model import Claim, Entity
from graph.vocabulary import Direction, EntityType, Relation
from tests.parts import ROOT
from tests.viz.plans import reading, store_with, unit
from viz.rendering import formats, render


def test_the_view_of_the_documentation_draws(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "adding-a-view.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert code
    file = tmp_path / "liaisons.py"
    file.write_text(code[1], encoding="utf-8")
    spec = importlib.util.spec_from_file_location("liaisons_of_the_docs", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    view = module.VIEW

    number = "测发〔2023〕1号"
    doc, home = document_id(number, ""), unit("北仑区", 3)
    leader = Entity("leader:甲某@宁波市", EntityType.LEADER, "甲某")
    key = claim_id(Relation.LIAISES_WITH, leader.id, home.id, doc, 1, 2)
    claim = Claim(
        key, Relation.LIAISES_WITH, leader.id, home.id, doc, 1, 2, 2, "北仑区", "挂钩联系", Direction.A_TO_B
    )
    store = store_with(tmp_path / "store", reading(number, [leader, home], [claim]))
    scene = view.build(store, view.params.model_validate({}))
    assert [n.name for n in scene.nodes] == ["甲某", "北仑区"]
    assert scene.caption.shown == scene.caption.total == 1
    for ending in formats():
        if ending in ("html", "svg"):
            assert "北仑区".encode() in render(scene, ending)
    store.close()
