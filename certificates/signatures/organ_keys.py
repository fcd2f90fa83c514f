"""All keys of one process: found in a folder and on a device, looked for anew every few seconds.

A key that is put into the folder is used without a restart; one that is taken away is not.
"""

import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock

from certificates.signatures.demo_keys import ensure_demo_key
from certificates.signatures.device import Device, DeviceUnavailable
from certificates.signatures.key_files import KeyFolder, KeyUnreadable, key_files, load_key
from certificates.signatures.keys import KeyUnusable, OrganKey, newest_valid

LOOK_SECONDS = 10.0
_Stamp = tuple[int, int]


class OrganKeys:
    """The keys of a folder and, where there is one, of a device. May be used by several threads."""

    def __init__(self, folder: KeyFolder, device: Device | None = None) -> None:
        self.folder, self.device = folder, device
        self._loaded: dict[Path, tuple[_Stamp, OrganKey | str]] = {}
        self._on_device: Sequence[OrganKey] = ()
        self._device_problem = ""
        self._looked: float | None = None
        self._lock = Lock()

    def key_for(self, organ: str, organ_name: str, moment: datetime) -> OrganKey:
        """The key that signs for the organ at that aware moment. Raises KeyUnusable.

        A folder of demo keys gets one for an organ that has none.
        """
        if self.folder.kind == "demo":
            ensure_demo_key(self.folder.path, organ, organ_name)
        try:
            return self._newest(organ, organ_name, moment)
        except KeyUnusable:  # perhaps it was put there just now
            self._looked = None
        try:
            return self._newest(organ, organ_name, moment)
        except KeyUnusable as error:
            raise KeyUnusable("".join((str(error), *self.problems()))) from None

    def known(self) -> list[OrganKey]:
        """Every key that can be used, by organ; whether it is valid today is another matter."""
        with self._lock:
            if self._looked is None or time.monotonic() - self._looked > LOOK_SECONDS:
                self._look()
                self._looked = time.monotonic()
            in_files = [one for _stamp, one in self._loaded.values() if isinstance(one, OrganKey)]
            return sorted([*in_files, *self._on_device], key=lambda key: (key.organ, key.source))

    def keys_by_organ(self) -> dict[str, list[OrganKey]]:
        """The same by organ code."""
        found: dict[str, list[OrganKey]] = {}
        for key in self.known():
            found.setdefault(key.organ, []).append(key)
        return found

    def problems(self) -> list[str]:
        """Why files, or the device, cannot be used: Chinese sentences."""
        self.known()
        told = [one for _stamp, one in self._loaded.values() if isinstance(one, str)]
        return [*told, self._device_problem] if self._device_problem else told

    def forget_device(self) -> None:
        """After a failure: the next look opens it anew."""
        if self.device is not None:
            self.device.close()
        self._looked = None

    def _newest(self, organ: str, organ_name: str, moment: datetime) -> OrganKey:
        own = [key for key in self.known() if key.organ == organ]
        return newest_valid(own, organ_name, moment)

    def _look(self) -> None:
        loaded: dict[Path, tuple[_Stamp, OrganKey | str]] = {}
        for path in key_files(self.folder.path):
            facts = path.stat()
            stamp = facts.st_mtime_ns, facts.st_size
            known = self._loaded.get(path)
            is_known = known is not None and known[0] == stamp and isinstance(known[1], OrganKey)
            loaded[path] = known if known and is_known else (stamp, self._load(path))
        self._loaded = loaded
        self._look_on_device()

    def _load(self, path: Path) -> OrganKey | str:
        try:
            return load_key(path, self.folder)
        except KeyUnreadable as error:
            return str(error)

    def _look_on_device(self) -> None:
        if self.device is None:
            return
        try:
            self._on_device, self._device_problem = self.device.keys(), ""
        except DeviceUnavailable as error:
            self._on_device, self._device_problem = (), str(error)
