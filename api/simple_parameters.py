"""Parameters of the routes that are no queries."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from graph.catalogue import Lang


class Strict(BaseModel):
    """Unknown parameters are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DocumentParameters(Strict):
    id: str = Field(description="文件编号，如 doc:甬政办发〔2019〕32号")


class DocumentPair(Strict):
    a: str = Field(description="前一份文件的编号")
    b: str = Field(description="后一份文件的编号")


class TableParameters(DocumentParameters):
    n: int = Field(ge=1, le=100_000, description="表的序号，从 1 起")
    lang: Lang = Field("zh", description="zh 或 en")


class CandidateParameters(Strict):
    id: str = Field(description="待核对名称的编号")


class NoParameters(Strict):
    pass


class CypherBody(BaseModel):
    """A read-only Cypher query; values go in `parameters`, never into the text."""

    model_config = ConfigDict(extra="forbid")

    query: str = Field(min_length=1, max_length=20_000, description="只读的 Cypher 查询")
    parameters: dict[str, object] = Field(default_factory=dict, description="查询中 $name 的值")


class DecisionBody(BaseModel):
    """A decision about a printed name."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["accept", "reject", "undo"] = Field(description="认定、否定或撤销")
    entity: str | None = Field(None, description="认定为哪个主体（id）；仅 accept 时给出")


class PageParameters(Strict):
    page: int = Field(1, ge=1, le=1_000_000, description="页码，从 1 起")
    size: int = Field(50, ge=1, le=1000, description="每页条数")
    lang: Lang = Field("zh", description="zh 或 en")
