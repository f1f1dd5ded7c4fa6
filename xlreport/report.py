"""A report: a form filled in. Pure data, no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    SerializeAsAny,
    create_model,
    model_validator,
)

from xlreport.form.catalogue import CURRENT, form_ids, form_of, is_known
from xlreport.form.declaration import Form, Record, parts_of
from xlreport.form.figures import Figure, parse_figure

#: What stands in a text for a picture: nobody but a person can read it.
PICTURE = "［图片］"
#: 机关层级 as offered in the workbook, from the State Council down.
LEVELS = ("国务院部门", "省级", "市（地）级", "县（区）级", "乡镇（街道）")


# pydantic asks a factory for its signature; that of a builtin is parsed from its documentation, which takes longer than to read a workbook.
def _empty_dict() -> dict[str, str]:
    return {}


def _empty_list() -> list[str]:
    return []


class Explanation(BaseModel):
    """A 审核说明: the office's written reason for a finding, and the figures it was written for."""

    # Validators are built when something is validated; a workbook that is read and checked needs none of them (see ``filled_in``).
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    rule: str
    cells: tuple[str, ...]
    figures: tuple[str, ...]
    text: str


def paragraph_key(part: str, line: int) -> str:
    """Return the key under which the place of a text's line (from 0) is kept."""
    return f"{part}.{line}"


class Report(BaseModel):
    """One organisation's report for one year.

    The tables and texts are those of its ``form``: a record by each table's key (of the current form ``disclosure``, ``applications`` and
    ``cases``; figures are 件, fees 万元), a text by each section's content (``overview``, ``problems``, ``other_matters``) beside the
    ``preamble``. A text holds one line per paragraph; ``None`` means that the source has no such text, ``""`` that it is there and
    empty. ``headings`` lists, per text, the lines (from 0) that are headings; ``asides`` has the sentences beside a table, by the table's key.
    ``previous`` is last year's report where the source carries it.
    """

    model_config = ConfigDict(extra="forbid", validate_assignment=True, defer_build=True)

    form: str = CURRENT
    organisation: str = ""
    year: int | None = Field(default=None, ge=1000, le=9999)
    title: str = ""
    level: str = ""
    preamble: str | None = None
    headings: dict[str, tuple[int, ...]] = {}
    asides: dict[str, str] = {}
    explanations: tuple[Explanation, ...] = ()
    previous: SerializeAsAny[Report] | None = None

    #: Where each cell was read: key → “工作表!D7” (empty where the source has no addresses).
    _places: dict[str, str] = PrivateAttr(default_factory=_empty_dict)
    #: Where each cell was read in a published document: key → “表3第7行第4列”.
    _origins: dict[str, str] = PrivateAttr(default_factory=_empty_dict)
    #: The sections whose headings were found in a published document, in its order: “overview”, “disclosure”, …
    _outline: list[str] = PrivateAttr(default_factory=_empty_list)
    #: What the reader wants to say: assumptions made, labels not found.
    _remarks: list[str] = PrivateAttr(default_factory=_empty_list)

    _form_id: ClassVar[str] = ""

    if TYPE_CHECKING:
        # The tables and texts depend on the form; static checkers see them as Any.
        def __getattr__(self, name: str) -> Any: ...
        def __setattr__(self, name: str, value: Any) -> None: ...

    def __new__(cls, **data: Any) -> Report:
        """Make ``Report(...)`` an instance of the model that has the tables of the form."""
        return super().__new__(report_model(data.get("form", CURRENT)) if cls is Report else cls)

    @model_validator(mode="wrap")
    @classmethod
    def _with_tables_of_the_form(cls, data: Any, handler: ModelWrapValidatorHandler[Report]) -> Report:
        if not isinstance(data, dict):
            return handler(data)
        form_id = data.get("form", CURRENT)
        if not isinstance(form_id, str) or not is_known(form_id):
            raise ValueError(f"不认识的报表格式“{form_id}”，可用的有：{'、'.join(form_ids())}")
        return handler(data) if cls._form_id == form_id else report_model(form_id).model_validate(data)

    def __reduce__(self) -> tuple[Any, ...]:
        # The model is made at run time, so pickle (for work spread over processes) finds it by its form.
        return _blank, (self.form,), self.__getstate__()

    @property
    def declaration(self) -> Form:
        """The form this report fills in."""
        return form_of(self.form)

    @property
    def places(self) -> dict[str, str]:
        """Where each cell and each paragraph was read, by key (“三、依申请公开!D7”); empty where the source has no addresses."""
        return self._places

    @property
    def origins(self) -> dict[str, str]:
        """Where each cell was read in a published document, by key (“表3第7行第4列”); empty for workbooks and data."""
        return self._origins

    @property
    def outline(self) -> list[str]:
        """What the sections hold whose headings a published document has, in its order; empty for workbooks and data."""
        return self._outline

    @property
    def remarks(self) -> list[str]:
        """What the reader assumed or could not place, one sentence each."""
        return self._remarks

    @property
    def full_title(self) -> str:
        """The title as printed: the one given, else made from organisation and year."""
        return self.title or usual_title(self.declaration, self.organisation, self.year)

    def figures(self) -> dict[str, Figure]:
        """Return every figure by key, in printed order; those of ``previous`` behind the prefix ``previous.``."""
        found: dict[str, Figure] = {}
        for table in self.declaration.tables:
            _flatten(getattr(self, table.key), _plan(table.model, table.key), found)
        return found

    def text(self, content: str) -> str:
        """Return the text of a section, for a table's the sentences beside it; “” where there is none."""
        beside: str | None = self.asides.get(content)
        if beside is not None:
            return beside
        found = getattr(self, content)
        return found if isinstance(found, str) else ""

    def paragraphs(self, text: str) -> list[str]:
        """Return the lines of one text that hold anything, without surrounding blanks."""
        return [line.strip() for line in self.text(text).splitlines() if line.strip()]


@cache
def report_model(form_id: str) -> type[Report]:
    """Return the report model with the tables and texts of that form."""
    form = form_of(form_id)
    fields: dict[str, Any] = {
        table.key: (table.model, Field(default={}, validate_default=True)) for table in form.tables
    }
    fields |= {part.content: (str | None, None) for part in form.text_sections}
    model = create_model(f"Report_{form_id.replace('-', '_')}", __base__=Report, **fields)
    model._form_id = form_id
    return model


def usual_title(form: Form, organisation: str, year: int | None) -> str:
    """Return the title as it is made from organisation and year."""
    return f"{organisation}{year or ''}年{form.title}"


def _blank(form_id: str) -> Report:
    model = report_model(form_id)
    return model.__new__(model)


def filled_in(form_id: str, figures: Mapping[str, Any], **fields: Any) -> Report:
    """Return the report with these figures by key (raw ones too; those left out are blank) and these fields, which must have the right types.

    The same as ``Report.model_validate({**nested(figures), **fields})``, for readers, who make every field themselves: nothing is validated,
    so no validator has to be built, which takes longer than to read a workbook.
    """
    tables: dict[str, Any] = {
        table.key: _record(table.model, _plan(table.model, table.key), figures)
        for table in form_of(form_id).tables
    }
    return report_model(form_id).model_construct(form=form_id, **tables, **fields)


#: The fields of a record: name, cell key, and (of a record within) its model and plan.
_Plan: TypeAlias = tuple[tuple[str, str, "tuple[type[Record], _Plan] | None"], ...]


@cache
def _plan(model: type[Record], key: str) -> _Plan:
    return tuple(
        (name, f"{key}.{name}", (inner, _plan(inner, f"{key}.{name}")) if inner else None)
        for name, inner in parts_of(model).items()
    )


def _record(model: type[Record], plan: _Plan, figures: Mapping[str, Any]) -> Record:
    values = {
        name: parse_figure(figures.get(key)) if within is None else _record(*within, figures)
        for name, key, within in plan
    }
    record = model.__new__(model)
    state = {"__pydantic_fields_set__": set(values), "__pydantic_extra__": None, "__pydantic_private__": None}
    record.__setstate__({"__dict__": values, **state})
    return record


def nested(figures: dict[str, Any]) -> dict[str, Any]:
    """Return figures by key as the nested objects that ``Report`` is validated from."""
    tree: dict[str, Any] = {}
    branches = {"": tree}
    for key, value in figures.items():
        parent, _, name = key.rpartition(".")
        branch = branches.get(parent)
        if branch is None:
            branch = tree
            for part in parent.split("."):
                branch = branch.setdefault(part, {})
            branches[parent] = branch
        branch[name] = value
    return tree


def _flatten(record: Record, plan: _Plan, found: dict[str, Figure]) -> None:
    values = record.__dict__
    for name, key, within in plan:
        if within is None:
            found[key] = values[name]
        else:
            _flatten(values[name], within[1], found)
