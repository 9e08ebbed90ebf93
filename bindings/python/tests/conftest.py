from pathlib import Path

import pytest

TEXT = """\
symbol: A/84/L.901
kind: draft-resolution
date: 2029-10-01
job: 29-00001
title: Tide gauges
body:
  - enacting: '*The General Assembly*,'
  - operative: '*Decides* to keep regional gauges;'
  - operative: '*Decides* to remain seized of the matter.'
"""


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.yaml"
    path.write_text(TEXT)
    return path
