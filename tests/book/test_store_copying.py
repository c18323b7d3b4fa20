"""COPY by stride: what goes in comes out, and what does not fit the stride is refused."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl
import pytest
from django.db import connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

KINDS = np.dtype([("big", "i8"), ("day", "i4"), ("at", "M8[us]"), ("code", "i2"), ("flag", "i1")])
INSTANTS = st.integers(-(10**15), 10**16)


def rows_of(count: int) -> np.ndarray[Any, np.dtype[np.void]]:
    numbers = np.arange(count)
    rows = np.zeros(count, KINDS)
    rows["big"], rows["day"], rows["code"], rows["flag"] = numbers - 5, numbers * 7, numbers % 30_000, numbers % 2
    rows["at"] = np.datetime64("2026-03-02T10:00:00", "us") + numbers
    return rows


@settings(deadline=None)
@given(
    arrays.arrays("i8", 3),
    arrays.arrays("i4", 3),
    arrays.arrays("i2", 3),
    st.lists(INSTANTS, min_size=3, max_size=3),
)
def test_decoding_undoes_encoding(big: Any, day: Any, code: Any, at: list[int]) -> None:
    from arrears.store.copying import decode, encode

    rows = rows_of(3)
    rows["big"], rows["day"], rows["code"], rows["at"] = big, day, code, np.array(at, "M8[us]")
    assert decode(encode(rows), KINDS).tobytes() == rows.tobytes()


def test_a_frame_has_the_length_that_the_protocol_gives_it() -> None:
    from arrears.store.copying import encode, wire

    assert wire(KINDS).itemsize == 2 + (4 + 8) + (4 + 4) + (4 + 8) + (4 + 2) + (4 + 2)
    assert encode(rows_of(1))[:6] == b"\x00\x05" + b"\x00\x00\x00\x08"


@pytest.fixture
def table(shared_book: str) -> str:
    with connections["night"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.kinds")
        cursor.execute(
            "CREATE TEMP TABLE kinds (big bigint, day integer, at timestamptz, code smallint, flag smallint)"
        )
    return "kinds"


@pytest.mark.parametrize("count", [0, 1, 16_383, 16_384, 16_385, 40_000])
def test_rows_come_back_from_the_table_as_they_went_in(table: str, count: int) -> None:
    from arrears.store import copying

    rows = rows_of(count)
    with transaction.atomic(using="night"):
        assert copying.write(table, rows) == count
        back = copying.read(copying.table_query(table, KINDS) + " ORDER BY big", [], KINDS)
    assert back.tobytes() == rows.tobytes()


def test_the_database_reads_the_values_as_we_do(table: str) -> None:
    from arrears.store import copying

    copying.write(table, rows_of(6)[5:])
    with connections["night"].cursor() as cursor:
        cursor.execute("SELECT * FROM kinds")
        assert cursor.fetchone() == (0, 35, datetime(2026, 3, 2, 10, 0, 0, 5, UTC), 5, 1)


def test_blocks_are_whole_rows_and_as_many_as_asked(table: str) -> None:
    from arrears.store import copying

    copying.write(table, iter([rows_of(1_000), rows_of(500)]))
    query = copying.table_query(table, KINDS)
    sizes = [len(block) for block in copying.read_blocks(query, [], KINDS, block_rows=400)]
    assert sum(sizes) == 1_500
    assert max(sizes) <= 401


def test_parameters_are_quoted_by_the_driver(table: str) -> None:
    from arrears.store import copying

    copying.write(table, rows_of(10))
    query = copying.table_query(table, KINDS, "big >= %s AND at > %s")
    assert len(copying.read(query, [2, datetime(2026, 3, 2, 10, tzinfo=UTC)], KINDS)) == 3


@pytest.mark.parametrize("broken", ["NULL", "1::bigint"])
def test_a_null_or_another_width_is_refused(table: str, broken: str) -> None:
    from arrears.store import copying

    with pytest.raises((copying.NotFixedWidthError, ValueError)):
        copying.read(f"SELECT 1::bigint, 2, now(), 3::smallint, {broken}", [], KINDS)


def test_an_empty_result_is_an_empty_array(table: str) -> None:
    from arrears.store import copying

    assert copying.read(copying.table_query(table, KINDS), [], KINDS).shape == (0,)


def test_merging_adds_new_rows_and_writes_over_old_ones(table: str) -> None:
    from arrears.store import copying

    with connections["night"].cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX ON kinds (big)")
    rows = rows_of(4)
    copying.write(table, rows[:2])
    changed = rows.copy()
    changed["day"] = 99
    assert copying.merge(table, changed, ["big"]) == 4
    back = copying.read(copying.table_query(table, KINDS) + " ORDER BY big", [], KINDS)
    assert back.tobytes() == changed.tobytes()


def test_a_frame_keeps_null_and_empty_text_apart(people: Any) -> None:
    from arrears.store import copying

    numbers = copying.reserve_ids("person", 3)
    assert list(np.diff(numbers)) == [1, 1]
    frame = pl.DataFrame(
        {
            "id": numbers,
            "organisation_id": [people.lender] * 3,
            "number": ["a", 'b "quoted", with comma', "c\nline"],
            "kind": ["natural"] * 3,
            "full_name": ["", "王小明", "Ñandú"],
            "language": ["en"] * 3,
            "country": ["US"] * 3,
            "erased_at": [None, datetime(2026, 3, 2, tzinfo=UTC), None],
            "facts": ['{"a": 1}', "{}", "{}"],
        }
    )
    assert copying.write_frame("person", frame) == 3
    with connections["night"].cursor() as cursor:
        cursor.execute(
            "SELECT number, full_name, erased_at, facts->>'a' FROM person WHERE id >= %s ORDER BY id", [numbers[0]]
        )
        assert cursor.fetchall() == [
            ("a", "", None, "1"),
            ('b "quoted", with comma', "王小明", datetime(2026, 3, 2, tzinfo=UTC), None),
            ("c\nline", "Ñandú", None, None),
        ]


def test_every_fixed_width_table_has_the_columns_of_its_dtype(shared_book: str) -> None:
    from arrears.store import layouts
    from arrears.store.copying import wire

    widths = {"smallint": 2, "integer": 4, "bigint": 8, "timestamp with time zone": 8}
    for table, dtype in {
        "account_position": layouts.POSITION_ROW,
        "decision": layouts.DECISION,
        "worklist": layouts.WORKLIST,
    }.items():
        with connections["night"].cursor() as cursor:
            cursor.execute(
                "SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = %s",
                [table],
            )
            columns = {name: (widths[kind], nullable) for name, kind, nullable in cursor.fetchall()}
        assert columns == {name: (wire(dtype)[name].itemsize, "NO") for name in dtype.names or ()}


def test_a_position_is_copied_in_and_out_of_its_table(people: Any) -> None:
    from arrears.store import copying, layouts

    rows = np.zeros(1, layouts.POSITION_ROW)
    for number, name in enumerate(layouts.POSITION_ROW.names or ()):
        rows[name] = number
    rows["account"], rows["organisation_id"] = people.kept, people.lender
    copying.write("account_position", rows)
    back = copying.read(copying.table_query("account_position", layouts.POSITION_ROW), [], layouts.POSITION_ROW)
    assert back.tobytes() == rows.tobytes()
