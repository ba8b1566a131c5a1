"""References of one rule to another by id, checked when a regime is loaded."""

from __future__ import annotations

from typing import Annotated

from demerit.files.names import Ref

AuthorityId = Annotated[str, Ref(("authority",))]
RegisterId = Annotated[str, Ref(("register",))]
PlatformId = Annotated[str, Ref(("platform",))]
BandId = Annotated[str, Ref(("band",))]
SituationId = Annotated[str, Ref(("situation",))]
ReadableId = Annotated[str, Ref(("platform", "register"))]
ListId = Annotated[str, Ref(("list",))]
ConditionId = Annotated[str, Ref(("platform", "register", "list"))]
