"""The base of every noun."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Immutable, and no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")
