"""Reading documents with today's knowledge: gazetteers, profiles, aliases, decisions, and what the store has
learned about names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from graph.errors import UsageError
from graph.model import Decision, Reading
from graph.store import Store, StoredDocument
from graph.vocabulary import TYPES, EntityType
from ingest.documents.assembly import Assembled, Knowledge, assemble
from ingest.documents.describing import describe
from ingest.documents.printed import with_printed_names
from ingest.documents.sources import Source
from ingest.naming.gazetteer import load_gazetteer
from ingest.naming.names import GazetteerNames
from ingest.naming.words import spelled_out
from ingest.profile_files import load_profiles, parse_profile, profile_text
from ingest.profiling import Profile
from ingest.stored import standing, vague

_BETTER = (EntityType.PARK, EntityType.INSTITUTE, EntityType.ENTERPRISE, EntityType.UNIT)
"""Types that say more of a name than `Organisation` of unknown kind does."""


class Interpreter:
    """Reads documents anew. Gazetteers and profiles are loaded again when a file of the data folder changes."""

    def __init__(self, store: Store, data_dir: Path) -> None:
        self._store = store
        self._data_dir = data_dir
        self._stamp: object = None
        self._plain: GazetteerNames
        self._profiles: tuple[Profile, ...] = ()
        self._names: tuple[dict[str, str], dict[str, Decision], GazetteerNames] | None = None

    def read(
        self,
        sources: Sequence[Source],
        known: StoredDocument | None,
        options: Mapping[str, str],
        *,
        decisions: Mapping[str, Decision] | None = None,
        aliases: Mapping[str, str] | None = None,
    ) -> Assembled:
        """The document of these files as it reads today; with other decisions and aliases than the stored ones,
        if given.

        Raises UsageError for a profile that does not exist or is wrong.
        """
        self._refresh()
        decided = dict(self._store.decisions() if decisions is None else decisions)
        aliases = dict(self._store.aliases() if aliases is None else aliases)
        names = self.names(decided, aliases)
        document = describe(sources, known, options, self._store, names.region_of)
        forced = [self._profile(source.profile) for source in sources]
        assembled = assemble(sources, document, Knowledge(names, self._profiles), forced)
        learned = self._learned(assembled.reading)
        if learned:
            names = self._plain.under(decided, {**aliases, **learned})
            assembled = assemble(sources, document, Knowledge(names, self._profiles), forced)
        reading = with_printed_names(assembled.reading, names)
        return replace(assembled, reading=self._merging(reading, learned))

    def names(self, decisions: Mapping[str, Decision], aliases: Mapping[str, str]) -> GazetteerNames:
        """Names under these decisions and aliases, with today's gazetteers."""
        self._refresh()
        if self._names is None or self._names[:2] != (aliases, decisions):
            fresh = self._plain.under(decisions, aliases)
            self._names = (dict(aliases), dict(decisions), fresh)
        return self._names[2]

    @property
    def plain(self) -> GazetteerNames:
        """Names by today's gazetteers alone."""
        self._refresh()
        return self._plain

    def profile_source(self, named: str | None) -> str:
        """What to keep of a profile that the user named: its name, or the text of the TOML file.

        Raises UsageError when there is none, or when the file is wrong.
        """
        if not named:
            return ""
        self._refresh()
        path = Path(named)
        if path.suffix.lower() == ".toml":
            if not path.is_file():
                raise UsageError(f"找不到表格类型文件 {named}，请核对路径。")
            named = profile_text(path)
            parse_profile(named, path.name)
        else:
            self._profile(named)
        return named

    def _profile(self, source: str) -> Profile | None:
        if not source:
            return None
        if "\n" in source:
            return parse_profile(source, "profile.toml")
        for profile in self._profiles:
            if source in (profile.name, profile.title.zh, profile.title.en):
                return profile
        known = "、".join(profile.name for profile in self._profiles)
        raise UsageError(f"没有名为“{source}”的表格类型；可用：{known}，或给出 .toml 文件的路径。")

    def _refresh(self) -> None:
        """Load gazetteers and profiles, when they were never loaded or a file of the data folder changed."""
        folders = [self._data_dir / "gazetteers", self._data_dir / "profiles"]
        files = sorted(path for folder in folders if folder.is_dir() for path in folder.iterdir())
        stamp = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
        if stamp != self._stamp:
            self._plain = GazetteerNames(load_gazetteer(self._data_dir))
            self._profiles = load_profiles(self._data_dir)
            self._names = None
            self._stamp = stamp

    def _learned(self, reading: Reading) -> dict[str, str]:
        """Ids of entities that stand elsewhere, in the same document or in the store, under more than is known
        here: organisations of unknown kind under a better type, 市教育局 of a city under its full name."""
        vague = [e.id for e in reading.entities if e.type is EntityType.ORGANISATION and e.kind == "unknown"]
        better = {f"{TYPES[kind].prefix}:{one.partition(':')[2]}": one for one in vague for kind in _BETTER}
        better |= {full: e.id for e in reading.entities if (full := spelled_out(e.id)) is not None}
        here = {entity.id for entity in reading.entities}
        found = (here & better.keys()) | standing(self._store, better.keys())
        return {better[one]: one for one in sorted(found)}

    def _merging(self, reading: Reading, learned: Mapping[str, str]) -> Reading:
        """The reading with `merges` for ids that stand in the store and are now known to be another entity."""
        named = {entity.id for entity in reading.entities}
        pairs = {old: new for old, new in reading.aliases if old != new and old not in named}
        pairs |= {old: new for old, new in learned.items() if new in named}
        untyped = {_untyped(entity.id): entity.id for entity in reading.entities if entity.type in _BETTER}
        stand = standing(self._store, pairs)
        merges = {old: new for old, new in pairs.items() if old in stand}
        merges |= {old: untyped[old] for old in sorted(vague(self._store, untyped)) if old not in named}
        return replace(reading, aliases=(), merges=tuple(merges.items()))


def _untyped(entity: str) -> str:
    """The id under which a body stands while nothing tells its type."""
    return f"{TYPES[EntityType.ORGANISATION].prefix}:{entity.partition(':')[2]}"
