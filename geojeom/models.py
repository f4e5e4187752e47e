"""What every checked YAML model is made of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """Unknown keys are refused: a misspelt key must never be a silent default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Strict):
    """A text in both languages of the product."""

    ko: str = Field(min_length=1)
    en: str = Field(min_length=1)
