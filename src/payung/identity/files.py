"""Reading the YAML that comes with Payung."""

from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader  # six times as fast, for a process that starts anew
except ImportError:  # libyaml is not everywhere
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


def read_yaml(text: str) -> Any:
    """The document a text holds, plain values only. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_Loader)
