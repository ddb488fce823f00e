"""Reading the law's YAML strictly: a fault is an error with its place, never a lost value."""

from collections.abc import Collection
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader  # six times as fast, for a terminal that starts anew
except ImportError:
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


class LawFileError(Exception):
    """A parameter or sentence file breaks its schema; the text names file, entry and fault."""


class _StrictLoader(_Loader):
    """YAML that refuses the same key twice, which would hide a value."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        repeated = {key for key in keys if keys.count(key) > 1}
        if repeated:
            raise LawFileError(f"line {node.start_mark.line + 1}: repeated {sorted(repeated)}")
        return super().construct_mapping(node, deep)


def read_yaml(text: str, name: str) -> Any:
    """The plain data of a YAML file; LawFileError when it is no YAML or a key is repeated."""
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506  a SafeLoader
    except yaml.YAMLError as error:
        raise LawFileError(f"{name}: not YAML: {error}") from error
    except LawFileError as error:
        raise LawFileError(f"{name}: {error}") from None


def check_keys(
    mapping: Any, required: Collection[str], optional: Collection[str], where: str
) -> None:
    """LawFileError unless it is a mapping with all required keys and no unknown one."""
    if not isinstance(mapping, dict):
        raise LawFileError(f"{where}: expected a mapping, found {mapping!r}")
    found = set(mapping)
    if missing := set(required) - found:
        raise LawFileError(f"{where}: missing {sorted(missing)}")
    if unknown := found - set(required) - set(optional):
        raise LawFileError(f"{where}: unknown {sorted(map(str, unknown))}")
