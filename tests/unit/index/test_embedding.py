"""A model that cannot be used is refused by name before anything is loaded."""

from pathlib import Path

import pytest

from strategybot.errors import ConfigurationError
from strategybot.index.embedding import build_embedder, find_model


@pytest.mark.parametrize("name", ["no-such-model", "sentence-transformers/all-mpnet-base-v2", ""])
def test_a_model_that_is_not_here_is_refused_by_name(name: str) -> None:
    with pytest.raises(ConfigurationError, match=f"there is no embedding model {name!r}"):
        find_model(name)


def test_a_folder_without_weights_is_refused_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "tokenizer.json").write_text("{}")

    with pytest.raises(ConfigurationError, match=r"holds no model\.safetensors"):
        build_embedder(str(folder), cache=tmp_path / "cache")
