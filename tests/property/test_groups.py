"""Random histories of groups: who reads what is what was meant, and old keys open nothing new."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congress.kernel.errors import InputError
from congress.kernel.ids import GroupId, MemberId
from congress.kernel.roles import Clearance, Role, Shelf
from congress.storage import groupkeys, migrate
from congress.storage.audit import entries, verify_audit
from congress.storage.engine import sqlcipher_engine
from congress.storage.vault import Vault
from tests.helpers.vaults import PASSPHRASE, make_vault, no_papers, open_vault

_NAMES = ("lan", "hoa", "minh")
_WHO = st.sets(st.sampled_from(range(len(_NAMES))))
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), _WHO),
        st.tuples(st.just("change"), st.integers(0, 2), _WHO),
        st.tuples(st.just("write"), st.integers(0, 2)),
        st.tuples(st.just("remove"), st.integers(0, 2)),
        st.tuples(st.just("reopen")),
    ),
    min_size=3,
    max_size=10,
)


@dataclass
class _Model:
    """What each group should be, and the keys that somebody who left still knows."""

    members: dict[GroupId, set[int]] = field(default_factory=dict)
    written: dict[GroupId, list[str]] = field(default_factory=dict)
    old_keys: list[tuple[GroupId, bytes]] = field(default_factory=list)
    made: int = 0

    def pick(self, place: int) -> GroupId | None:
        groups = list(self.members)
        return groups[place % len(groups)] if groups else None


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[MemberId]]:
    place = tmp_path_factory.mktemp("made")
    with make_vault(place) as vault:
        ids = [vault.add_member(name, Role.DELEGATE, PASSPHRASE).id for name in _NAMES]
    return place / "vault", ids


def _shelf(group_id: GroupId) -> Shelf:
    return Shelf(Clearance.RESTRICTED, group_id)


def _step(vault: Vault, model: _Model, ids: list[MemberId], step: tuple[object, ...]) -> None:
    kind, *rest = step
    if kind == "add":
        (who,) = rest
        assert isinstance(who, set)
        model.made += 1
        group = vault.add_group(f"Group {model.made}", _of(ids, who))
        model.members[group.id], model.written[group.id] = who, []
        return
    assert isinstance(rest[0], int)
    if (group_id := model.pick(rest[0])) is None:
        return
    if kind == "write":
        words = f"w{len(model.written[group_id])}"
        with vault.papers[_shelf(group_id)].unit_of_work(vault.actor) as uow:
            uow.audit("test.written", words)
            uow.commit()
        model.written[group_id].append(words)
    elif kind == "change":
        who = rest[1]
        assert isinstance(who, set)
        if model.members[group_id] - who:
            model.old_keys.append((group_id, vault._groups._keys[group_id]))
        name = next(each.name for each in vault.groups() if each.id == group_id)
        vault.change_group(group_id, name, _of(ids, who), no_papers)
        model.members[group_id] = who
    elif kind == "remove":
        vault.remove_group(group_id)
        del model.members[group_id], model.written[group_id]


def _of(ids: list[MemberId], who: set[int]) -> list[MemberId]:
    return [ids[place] for place in who]


def _check(vault: Vault, model: _Model, mine: set[GroupId], ids: list[MemberId]) -> None:
    groups = {group.id: set(group.members) for group in vault.groups()}
    assert groups == {each: set(_of(ids, model.members[each])) for each in mine}
    assert {shelf.group for shelf in vault.papers if shelf.group} == mine
    for group_id in mine:
        database = vault.papers[_shelf(group_id)]
        with database.reading() as connection:
            told = [each.subject for each in entries(connection, actions=["test.written"])]
        assert told == model.written[group_id]
        assert verify_audit(database) is None


@settings(max_examples=20, deadline=None)
@given(steps=_STEPS)
def test_any_history_of_groups(
    made: tuple[Path, list[MemberId]], steps: list[tuple[object, ...]]
) -> None:
    source, ids = made
    model = _Model()
    with TemporaryDirectory(prefix="groups-") as folder:
        path = Path(folder) / "vault"
        shutil.copytree(source, path)
        vault = open_vault(path)
        try:
            for step in steps:
                if step[0] == "reopen":
                    vault.close()
                    vault = open_vault(path)
                else:
                    _step(vault, model, ids, step)
            _check(vault, model, set(model.members), ids)
        finally:
            vault.close()
        for place, name in enumerate(_NAMES):
            mine = {each for each, who in model.members.items() if place in who}
            with open_vault(path, name=name) as vault:
                _check(vault, model, mine, ids)
        files = list(path.glob("papers-*.db"))
        assert len(files) == len(model.members)
        for _, key in model.old_keys:
            for file in files:
                engine = sqlcipher_engine(file, groupkeys.papers_file(key))
                with pytest.raises(InputError), engine.connect() as connection:
                    migrate.current(connection)
                engine.dispose()
