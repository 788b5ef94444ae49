"""Settings: every value that may differ between two installations, read once, at the door."""

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from strategybot.errors import ConfigurationError

EXAMPLES = (
    "Can my firm get a grant to take on an apprentice in Kirklees?",
    "What grants did the 2022 Business Growth Fund give?",
    "How much is the West Yorkshire devolution deal worth?",
    "What did the LEP say about health in the Local Industrial Strategy?",
    "How much money is in the integrated settlement?",
)
"""Questions that the bundled corpus answers well, for a business and for an officer."""

SITUATIONS = (
    "12-person food manufacturer in Ossett, turnover £2m, want a £120k packing line, started 3 years ago",
    "We are a charity in Leeds with 6 staff and want to take on an apprentice aged 17",
    "Software firm in Bradford, 40 people, thinking about exporting and about research and development",
)
"""Situations that the bundled corpus has schemes for."""


class Settings(BaseSettings):
    """Read from ``STRATEGYBOT_*`` variables and a ``.env`` file; frozen afterwards."""

    model_config = SettingsConfigDict(env_prefix="STRATEGYBOT_", env_file=".env", extra="ignore", frozen=True)

    home: Path = Field(
        Path(".strategybot"), description="Folder that holds all state: catalogue, vector index, feedback"
    )
    corpus: Path = Field(
        Path("corpus"),
        description="Folder of documents that `ingest` indexes, with the fetched originals, when no path is given",
    )
    originals: Path | None = Field(
        None, description="Folder that `sources sync` fetches originals into; `fetched` in the home if not set"
    )
    embedder: str = Field(
        "all-MiniLM-L6-v2",
        description="Embedding model: the bundled all-MiniLM-L6-v2, or the folder of a sentence-transformers model",
    )
    embedder_backend: Literal["auto", "torch", "openvino"] = Field("auto", description="What runs the embedding model")
    models: Path | None = Field(None, description="Folder for converted models; `models` in the home if not set")
    threads: int = Field(0, ge=0, le=256, description="Processor threads for embedding; 0 lets the library choose")
    read_seconds: float = Field(300, gt=0, description="Longest time that reading one file may take, in seconds")
    read_megabytes: int = Field(2000, ge=500, description="Most memory that reading one file may take, in MB")
    chroma_url: str | None = Field(None, description="Address of a Chroma server; embedded Chroma if not set")
    calibration: Path | None = Field(None, description="Calibration file of the answering; the bundled one if not set")
    question_chars: int = Field(2000, ge=50, le=20000, description="Longest question accepted, in characters")
    examples: tuple[str, ...] = Field(
        EXAMPLES, description="Questions to begin with on the page, as a JSON list; [] shows none"
    )
    situations: tuple[str, ...] = Field(
        SITUATIONS, description="Situations to begin with on the page “Find support”, as a JSON list; [] shows none"
    )
    host: str = Field("127.0.0.1", description="Address that `serve` binds to")
    port: int = Field(7860, ge=0, le=65535, description="Port that `serve` binds to; 0 takes a free one")
    contact: str = Field(
        "the Business Growth Hub of West Yorkshire Combined Authority or your council's business team",
        description="Whom a reply sends people to when the documents do not answer",
    )
    sync_contact: str = Field(
        "",
        pattern=r"^[!-~ ]{0,200}$",
        description="E-mail address or page of yours that `sources sync` names to the hosts it fetches from",
    )
    sync_interval_s: float = Field(
        1.0, ge=0, le=600, description="Least seconds between two requests of `sources sync` to one host"
    )
    sync_private_hosts: tuple[str, ...] = Field(
        (), description="Hosts that `sources sync` may fetch from though their address is not public, as a JSON list"
    )
    sync_ports: tuple[int, ...] = Field(
        (), description="Ports that `sources sync` may fetch from besides 80 and 443, as a JSON list"
    )

    @property
    def fetched(self) -> Path:
        """Folder of the originals that were fetched; it need not exist."""
        return self.originals or self.home / "fetched"


def load_settings(home: Path | None = None) -> Settings:
    """Read the settings; a home that is given comes first.

    Raises:
        ConfigurationError: A setting is not valid; all that are not are named.
    """
    try:
        return Settings(home=home) if home else Settings()
    except ValidationError as error:
        faults = "; ".join(f"STRATEGYBOT_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        message = f"a setting is not valid: {faults}"
        raise ConfigurationError(message) from error
