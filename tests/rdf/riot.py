"""Apache Jena's `riot`, as it comes, or out of the jars of Debian's package."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

JARS = """jena-arq jena-base jena-cmds jena-core jena-dboe-base jena-dboe-index jena-dboe-storage
    jena-dboe-trans-data jena-dboe-transaction jena-iri jena-rdfconnection jena-shacl jena-shex
    jena-tdb jena-tdb2 commons-cli commons-codec commons-compress commons-csv commons-io
    commons-lang3 dexx.collection gson guava httpclient httpcore jackson-core jackson-databind
    jackson-annotations jsonld-java slf4j-api titanium-json-ld jakarta.json-api protobuf thrift
    slf4j-simple"""
"""What the command line needs of the folder; all of it would let two loggers call each other."""

MISPLACED = "org/apache/jena/ext/"
"""Debian puts the resources of Xerces below this, where Xerces does not look for them."""


def riot_command(folder: Path) -> list[str]:
    """The command, for which `folder` may take files; skips the test where there is no riot."""
    if found := shutil.which("riot"):
        return [found]
    java = shutil.which("java")
    jars = Path(os.environ.get("JENA_JARS", "/usr/share/java"))
    core = jars / "jena-core.jar"
    if java is None or not core.is_file():
        pytest.skip(
            "wants Apache Jena: riot on the PATH, or java and libapache-jena-java (Debian; "
            "JENA_JARS names the folder of its jars)"
        )
    with zipfile.ZipFile(core) as packed:
        for name in packed.namelist():
            if name.startswith(MISPLACED + "xerces/") and not name.endswith("/"):
                target = folder / name.removeprefix(MISPLACED)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(packed.read(name))
    path = [str(folder), *(str(jars / f"{name}.jar") for name in JARS.split())]
    return [java, "-cp", ":".join(path), "riotcmd.riot"]


def validated(command: list[str], file: Path) -> subprocess.CompletedProcess[str]:
    """What riot says of a file; its status is 1 on errors and on warnings."""
    return subprocess.run(
        [*command, "--validate", str(file)], capture_output=True, encoding="utf-8", timeout=300
    )
