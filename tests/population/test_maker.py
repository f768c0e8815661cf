"""The made-up register that imports are tried with."""

import time

import polars as pl
import pytest
from stdnum.th import pin

from devstack.demo.population import make_slices, write_population
from offices.models import Office
from offices.services import load_offices
from population.imports.checking import check_chunk
from population.imports.reading import read_chunks


@pytest.fixture
def codes(db) -> list[str]:
    load_offices()
    return list(Office.objects.values_list("code", flat=True))


def judged(path, codes):
    results = [check_chunk(chunk, offices=codes) for chunk in read_chunks(path)]
    return sum(good.height for good, _ in results), sum(len(bad) for _, bad in results)


def test_every_row_of_a_made_up_register_can_be_loaded(tmp_path, codes):
    path = tmp_path / "register.csv"
    write_population(path, 3_000)
    assert judged(path, codes) == (3_000, 0)
    numbers = pl.read_csv(path, infer_schema=False)["number"]
    assert numbers.n_unique() == 3_000
    assert [pin.validate(number) for number in numbers[:50]] == numbers[:50].to_list()


def test_one_row_in_a_hundred_is_broken_on_request(tmp_path, codes):
    path = tmp_path / "register.csv"
    write_population(path, 3_000, broken=True)
    assert judged(path, codes) == (2_970, 30)


def test_the_same_seed_makes_the_same_people():
    first, again = (next(iter(make_slices(500, seed=7))) for _ in range(2))
    assert first.equals(again)
    assert not first.equals(next(iter(make_slices(500, seed=8))))


def test_a_million_rows_take_less_than_ten_seconds(tmp_path):
    started = time.perf_counter()
    write_population(tmp_path / "register.csv", 1_000_000)
    assert time.perf_counter() - started < 10
