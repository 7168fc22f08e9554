"""Opens packs on a reader's machine: unpacks them, signs in, and holds them to their expiry.

What expiry can do without a server: the pack refuses to open, it notices a clock that was set back
behind the last time it was open, and at the first sign-in after its time it destroys the keys of
its papers. What it cannot do: stop somebody who kept a copy of the file and its code from opening
the copy on a machine whose clock is wrong from the start, or who photographs the pages meanwhile.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from congress.docs.packs import register_store
from congress.docs.packs.container import check_pack, unpack, unpacked_manifest
from congress.docs.packs.model import SIGN_IN_NAME, Inscription, Manifest, from_json
from congress.kernel import codes
from congress.kernel.clock import Clock
from congress.kernel.errors import CongressError, InputError, RefusedError
from congress.kernel.events import Publisher
from congress.kernel.progress import Progress, Silent
from congress.storage import delivery, faults
from congress.storage.audit import latest
from congress.storage.files import PART, sync_folder
from congress.storage.lock import VaultLock
from congress.storage.vault import Vault

SECRET_SYMBOLS = 19
"""Characters of a pack's code before the check: 95 random bits."""
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]+')
LENIENCE = timedelta(minutes=15)
"""By how much a clock may be behind: two machines are never quite of one time."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A pack that was unpacked on this machine.

    Attributes:
        path: Its folder.
        manifest: What it says of itself.
    """

    path: Path
    manifest: Manifest


def last_day(expires_at: datetime) -> date:
    """Return the last day on which a pack opens, in the time zone of the machine."""
    return (expires_at - timedelta(seconds=1)).astimezone().date()


def new_secret() -> str:
    """Return a fresh code for a pack, as it is printed: five groups of four characters."""
    return codes.grouped(codes.random_code(SECRET_SYMBOLS))


def passphrase_of(typed: str) -> str:
    """Return what was typed as the passphrase it stands for.

    The code of a pack is understood in small letters, without hyphens, and with O for 0; what is
    no such code is the reader's own passphrase, taken as it stands.
    """
    code = codes.plain(typed)
    whole = len(code) == SECRET_SYMBOLS + 1 and codes.fits(code)
    return codes.grouped(code) if whole else typed


def misread(typed: str) -> bool:
    """Return whether what was typed looks like a code of a pack with a wrong character."""
    code = codes.plain(typed)
    shaped = len(code) == SECRET_SYMBOLS + 1 and set(code) <= set(codes.ALPHABET)
    return shaped and not codes.fits(code)


def installed_in(home: Path) -> Iterator[Installed]:
    """Give the packs that lie unpacked in the folders of ``home``; damaged ones are left out."""
    with suppress(OSError):
        for folder in sorted(home.iterdir()):
            with suppress(CongressError, OSError):
                if folder.is_dir() and (manifest := unpacked_manifest(folder)) is not None:
                    yield Installed(folder, manifest)


def earlier(manifest: Manifest, home: Path) -> Installed | None:
    """Return the pack of the same recipient of the same congress in ``home``, or ``None``."""
    for each in installed_in(home):
        same = each.manifest.recipient_id == manifest.recipient_id
        if same and each.manifest.key == manifest.key:
            return each
    return None


def target_in(home: Path, manifest: Manifest) -> Path:
    """Return the folder in ``home`` for a pack: named by its congress, none that is in use."""
    plain = "".join(char if char.isprintable() else " " for char in manifest.congress)
    name = " ".join(_NOT_IN_NAMES.sub(" ", plain).split())[:60].strip(" .") or "papers"
    target = free = home / f"{name} {codes.grouped(manifest.code)}"
    number = 2
    while free.exists():
        free = target.with_name(f"{target.name} {number}")
        number += 1
    return free


def install(
    pack: Path,
    target: Path,
    typed: str,
    clock: Clock,
    *,
    replacing: Path | None = None,
    passphrase: str = "",
    progress: Progress | None = None,
) -> Path:
    """Unpack ``pack``, sealed as it is, into the new folder ``target``; all of it or nothing.

    Args:
        pack: The file.
        target: The folder to make. With ``replacing`` it is not made: the new papers take the
            place of the old ones.
        typed: The code of the pack.
        clock: Tells whether it has expired.
        replacing: The folder of an earlier pack of the same recipient. The reader's own file
            in it, notes and reading places, is kept, and their passphrase too.
        passphrase: The reader's passphrase, or code, for the earlier pack.
        progress: Told of each part.

    Returns:
        The folder of the pack.

    Raises:
        InputError: As ``check_pack``; ``pack.wrong_code``, ``pack.misread_code``,
            ``pack.forged`` if what it says outside is not what it says inside, ``vault.exists``,
            ``pack.older`` and ``pack.wrong_earlier`` (the passphrase) with ``replacing``.
        RefusedError: ``pack.expired``, ``pack.clock_behind`` or ``pack.newer``.
        EnvironmentFault: ``disk.full``, ``disk.failed`` or ``vault.locked``.
        Cancelled: The person cancelled.
    """
    progress = progress or Silent()
    manifest = check_pack(pack, progress)
    _check_time(manifest, clock.now(), manifest.made_at)
    home = (replacing or target).absolute().parent
    if replacing is None and target.exists():
        raise InputError("vault.exists", file=target.name)
    with faults.naming(home):
        home.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".", suffix=PART, dir=home))
    try:
        unpack(pack, folder, progress)
        code = passphrase_of(typed)
        if not delivery.fits(folder, SIGN_IN_NAME, code):
            raise InputError("pack.misread_code" if misread(typed) else "pack.wrong_code")
        if replacing is None:
            with faults.naming(target):
                folder.rename(target)
                sync_folder(home)
            return target
        _replace(folder, code, manifest, replacing, passphrase_of(passphrase))
        return replacing
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _replace(folder: Path, code: str, manifest: Manifest, old: Path, passphrase: str) -> None:
    before = unpacked_manifest(old)
    if before is None or before.key != manifest.key:
        raise InputError("pack.other_congress", file=old.name)
    if before.made_at > manifest.made_at:
        raise InputError("pack.older", file=old.name)
    lock = VaultLock(old)
    aside = old.with_name(f".{old.name}{PART}")
    try:
        try:
            delivery.take_along(old, passphrase, folder, code, SIGN_IN_NAME)
        except InputError as error:
            if error.code == "vault.wrong_passphrase":
                raise InputError("pack.wrong_earlier", file=old.name) from error
            raise
        with faults.naming(old):
            shutil.rmtree(aside, ignore_errors=True)
            old.rename(aside)
            try:
                folder.rename(old)
            except OSError:
                aside.rename(old)
                raise
            sync_folder(old.parent)
            shutil.rmtree(aside, ignore_errors=True)
    finally:
        lock.release()


@contextmanager
def _closed_on_error(vault: Vault) -> Iterator[None]:
    try:
        yield
    except BaseException:
        vault.close()
        raise


def sign_in(
    folder: Path, typed: str, *, clock: Clock, publisher: Publisher
) -> tuple[Vault, Inscription]:
    """Open the pack that was unpacked to ``folder``.

    Raises:
        InputError: ``pack.wrong_code``, ``pack.misread_code`` or ``pack.forged``; as
            ``Vault.open``.
        RefusedError: ``pack.expired`` (the keys of its papers are destroyed then),
            ``pack.clock_behind``.
        EnvironmentFault: As ``Vault.open``.
    """
    manifest = unpacked_manifest(folder)
    if manifest is None:
        raise InputError("vault.not_a_vault", file=folder.name)
    if delivery.erased(folder):
        raise RefusedError("pack.expired", day=last_day(manifest.expires_at))
    passphrase = passphrase_of(typed)
    try:
        vault = Vault.open(
            folder, passphrase=passphrase, name=SIGN_IN_NAME, clock=clock, publisher=publisher
        )
    except InputError as error:
        if error.code == "vault.wrong_passphrase":
            code = "pack.misread_code" if misread(typed) else "pack.wrong_code"
            raise InputError(code) from error
        raise
    with _closed_on_error(vault):
        inscription = _inscription(vault)
        if inscription is None or not inscription.agrees(manifest):
            raise InputError("pack.forged", file=folder.name)
        try:
            _check_time(manifest, clock.now(), _last_seen(vault, inscription.made_at))
        except RefusedError as error:
            if error.code == "pack.expired":
                vault.close()
                delivery.erase_papers(folder, SIGN_IN_NAME, passphrase)
            raise
        for database in (vault.own, vault.congress):
            with database.unit_of_work(vault.actor) as uow:
                uow.audit("pack.opened", inscription.pack_id)
                uow.commit()
    return vault, inscription


def _inscription(vault: Vault) -> Inscription | None:
    with vault.congress.reading() as connection:
        value = register_store.inscription(connection)
    try:
        return None if value is None else from_json(value)
    except ValueError:
        return None


def _last_seen(vault: Vault, made_at: datetime) -> datetime:
    """Return the latest time that any file of the pack knows of."""
    databases = (vault.own, vault.congress, *vault.papers.values())
    return max(made_at, *(moment for each in databases if (moment := latest(each))))


def _check_time(manifest: Manifest, now: datetime, last_seen: datetime) -> None:
    if max(now, last_seen) >= manifest.expires_at:
        raise RefusedError("pack.expired", day=last_day(manifest.expires_at))
    if now < last_seen - LENIENCE:
        raise RefusedError("pack.clock_behind", day=last_seen.astimezone().date())
