"""The family that questions are asked about: a widowed mother with wages, and a son at school."""

from datetime import date

ON = date(2019, 5, 1)
MOTHER = {
    "id": "mother", "relationship": "applicant", "birth_date": "1978-03-02", "marital_status": "widowed",
    "incomes": [{"kind": "wages", "monthly": "2700.00"}],
}  # fmt: skip
SON = {"id": "son", "relationship": "child", "birth_date": "2009-09-01", "schooling": "primary"}


def family(mother=None, son=None, **own):
    return {"id": "HQ-1", "members": [{**MOTHER, **(mother or {})}, {**SON, **(son or {})}], **own}
