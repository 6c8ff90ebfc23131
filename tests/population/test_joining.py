"""Flat tables that are joined on disk come to what they come to in memory, however small the parts are made."""

import gc
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules.errors import RequestError
from hongqiao_rules.population.join import disk_join
from hongqiao_rules.population.join.flat_tables import nested
from hongqiao_rules.population.read import file_tables
from hongqiao_rules.population.read.mapping import Mapping
from hongqiao_rules.population.read.sources import Source
from hongqiao_rules.rulebook.load import bundled_rulebook

IDS = st.one_of(
    st.none(),
    st.sampled_from(["A", "B", "C", "户1", "a longer id than the others"]),
    st.text("xyz", min_size=1, max_size=2),
)
HOUSEHOLDS = st.lists(
    st.fixed_dictionaries({"id": IDS, "childless": st.sampled_from(["true", "false"])}), max_size=12
)
DEFINITIONS = bundled_rulebook().definitions
MEMBERS = st.lists(
    st.fixed_dictionaries({"household": IDS, "id": st.sampled_from(["m1", "m2", "m3"])}), max_size=30
)
ROOT = pa.schema({"id": pa.string(), "childless": pa.string()})
EACH = pa.schema({"household": pa.string(), "id": pa.string()})


SIZES = st.sampled_from([(1, 1, 1), (3, 2, 2), (4, 100, 3), (100, 100, 100)])
"""How few rows are read, joined and held beside their households at a time."""


@contextmanager
def small(sizes):
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(file_tables, "BATCH", sizes[0])
        patch.setattr(disk_join, "PART", sizes[1])
        patch.setattr(disk_join, "STRETCH", sizes[2])
        yield Path(folder)


def written(path, rows, schema):
    table = pa.Table.from_pylist(rows, schema)
    if path.suffix == ".csv":
        csv.write_csv(table, path)
    else:
        pq.write_table(table, path, row_group_size=5)
    return table


def rows(source):
    return [row for batch in source.batches() for row in batch.to_pylist()]


@given(sizes=SIZES, kind=st.sampled_from([".parquet", ".csv"]), households=HOUSEHOLDS, members=MEMBERS)
def test_two_tables_in_any_order(sizes, kind, households, members):
    with small(sizes) as folder:
        paths = folder / f"households{kind}", folder / f"members{kind}"
        first, second = written(paths[0], households, ROOT), written(paths[1], members, EACH)
        expected, orphans = nested(first, second, DEFINITIONS)
        source = Source(*paths)
        assert rows(source) == rows(source) == expected.to_pylist()
        assert list(source.told()) == list(orphans)
        assert (source.count, source.orphans) == (len(households), len(orphans))
        assert source.place(7) == 7


@given(sizes=SIZES, members=MEMBERS)
def test_one_table_of_members_in_any_order(sizes, members):
    with small(sizes) as folder:
        path = folder / "members.parquet"
        expected, orphans = nested(None, written(path, members, EACH), DEFINITIONS)
        source = Source(path, mapping=Mapping())
        found = rows(source)
        assert found == expected.to_pylist()
        assert list(source.told()) == list(orphans)
        assert source.count == len(found)
        named = [member["household"] for member in members]
        for number, household in enumerate(found, 1):
            assert source.place(number) == named.index(household["id"]) + 1


def test_nothing_is_left_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "own"))
    (tmp_path / "own").mkdir()
    written(tmp_path / "h.csv", [{"id": "A", "childless": "true"}], ROOT)
    written(tmp_path / "m.csv", [{"household": "A", "id": "m1"}], EACH)
    source = Source(tmp_path / "h.csv", tmp_path / "m.csv")
    assert list((tmp_path / "own").iterdir())
    del source
    gc.collect()
    assert not list((tmp_path / "own").iterdir())
    (tmp_path / "m.csv").write_text("household,id\nA,m1\nA\n", "utf-8")
    with pytest.raises(RequestError, match="FILE_UNREADABLE"):
        Source(tmp_path / "h.csv", tmp_path / "m.csv")
    assert not list((tmp_path / "own").iterdir())


@pytest.mark.parametrize(
    ("header", "code", "named"),
    [
        ("id,name\n", "MISSING_COLUMN", "household"),
        ("household,id,id\n", "COLUMN_TWICE", "id"),
        ("", "FILE_UNREADABLE", "empty"),
    ],
)
def test_a_table_that_cannot_be_linked_is_refused(tmp_path, header, code, named):
    (tmp_path / "m.csv").write_text(header, "utf-8")
    with pytest.raises(RequestError) as refused:
        Source(tmp_path / "m.csv")
    assert refused.value.code == code
    assert named in refused.value.message


def test_a_link_of_numbers_is_refused(tmp_path):
    pq.write_table(pa.table({"household": [1], "id": ["m1"]}), tmp_path / "m.parquet")
    pq.write_table(pa.table({"id": ["1"]}), tmp_path / "h.parquet")
    with pytest.raises(RequestError, match="COLUMN_TYPE"):
        Source(tmp_path / "h.parquet", tmp_path / "m.parquet")
