"""Settings, from the environment. Entry points build them once; nothing reads them at import time."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_data_dir() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "coopgraph"


class Settings(BaseSettings):
    """All settings; each is an environment variable of the name given by its alias."""

    model_config = SettingsConfigDict(populate_by_name=True, extra="ignore")

    data_dir: Path = Field(default_factory=_default_data_dir, alias="COOPGRAPH_DATA_DIR")
    """Folder of the embedded store and of the planner's own gazetteers and profiles."""
    neo4j_uri: str | None = Field(default=None, alias="NEO4J_URI")
    neo4j_username: str = Field(default="neo4j", alias="NEO4J_USERNAME")
    neo4j_password: SecretStr = Field(default=SecretStr(""), alias="NEO4J_PASSWORD")
    neo4j_database: str = Field(default="neo4j", alias="NEO4J_DATABASE")
    query_timeout: float = Field(default=30.0, gt=0, alias="COOPGRAPH_QUERY_TIMEOUT")
    """Seconds after which the store gives up a read."""
    token: SecretStr | None = Field(default=None, alias="COOPGRAPH_TOKEN")
    user: str | None = Field(default=None, alias="COOPGRAPH_USER")
    """Who decides on the review desk; the system's user when unset."""
    frame_ancestors: str = Field(default="", alias="COOPGRAPH_FRAME_ANCESTORS")
    """Origins that may frame /embed pages, space-separated; the own origin always may."""
    max_upload_mb: int = Field(default=50, gt=0, alias="COOPGRAPH_MAX_UPLOAD_MB")
    soffice: str | None = Field(default=None, alias="COOPGRAPH_SOFFICE")
    """Path of LibreOffice's `soffice`, when it is not on the PATH."""

    def model_post_init(self, context: object, /) -> None:
        """Expand `~` once, so that every part of the program sees the same folder."""
        object.__setattr__(self, "data_dir", self.data_dir.expanduser())


def environment_names() -> dict[str, str]:
    """Environment variable → field name, for `doctor` and the documentation test."""
    return {str(field.alias): name for name, field in Settings.model_fields.items()}
