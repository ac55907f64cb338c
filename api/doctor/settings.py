"""The settings as the program sees them, and the planner's own files that they lead to."""

from __future__ import annotations

from pydantic import SecretStr

from api.doctor.findings import Finding
from graph.errors import CoopgraphError
from graph.settings import Settings, environment_names

_MASK = "••••••（已设置）"


def shown_settings(settings: Settings) -> list[tuple[str, str, str]]:
    """(environment variable, value, 默认 or 已设); secrets are masked."""
    rows: list[tuple[str, str, str]] = []
    for variable, field in environment_names().items():
        value = getattr(settings, field)
        if isinstance(value, SecretStr):
            text = _MASK if value.get_secret_value() else ""
        else:
            text = "" if value is None else str(value)
        rows.append((variable, text, "已设" if field in settings.model_fields_set else "默认"))
    return rows


def token(settings: Settings) -> Finding:
    """Whether the program may be reached from other machines."""
    if settings.token is not None and len(settings.token.get_secret_value()) < 12:
        return Finding(
            "口令", "warning", "COOPGRAPH_TOKEN 太短，容易被猜中", "请改用至少 12 个字符的随机口令。"
        )
    if settings.token is not None:
        return Finding("口令", "ok", "已设置；serve 可监听本机以外的地址")
    return Finding("口令", "info", "未设置；serve 只监听本机地址", "要让别人访问，请设置 COOPGRAPH_TOKEN。")


def own_files(settings: Settings) -> list[Finding]:
    """The planner's own gazetteers and table kinds, read as ingestion reads them."""
    from ingest.naming.gazetteer import load_gazetteer
    from ingest.profile_files import load_profiles

    found: list[Finding] = []
    readings = (("名录", "gazetteers", load_gazetteer), ("表格类型", "profiles", load_profiles))
    for subject, folder, load in readings:
        try:
            load(settings.data_dir)
            place = settings.data_dir / folder
            own = "另有自定的文件" if place.is_dir() and any(place.iterdir()) else "随程序提供的"
            found.append(Finding(subject, "ok", f"可读（{own}）"))
        except CoopgraphError as error:
            found.append(
                Finding(subject, "error", error.message, f"请改正 {settings.data_dir / folder} 中的文件。")
            )
    return found
