"""publiccode.yaml keeps to its standard and says the same as the project."""

import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def described() -> dict:
    return yaml.safe_load((ROOT / "publiccode.yaml").read_text())


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_every_mandatory_key_is_there(described):
    assert described["publiccodeYmlVersion"] == "0.4"
    assert described.keys() >= {
        "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert described["maintenance"]["type"] in {"internal", "community"}
    assert described["maintenance"]["contacts"]
    assert described["localisation"].keys() >= {"localisationReady", "availableLanguages"}


@pytest.mark.parametrize("language", ["en", "id"])
def test_descriptions_have_the_lengths_the_standard_allows(described, language):
    text = described["description"][language]
    assert len(text["shortDescription"]) <= 150
    assert 150 <= len(text["longDescription"]) <= 10_000
    assert text["features"]


def test_it_agrees_with_the_package(described, project):
    assert described["softwareVersion"] == project["version"]
    assert described["legal"]["license"] == project["license"]
