"""The lake as Spark sees it: the same SQL that DuckDB is asked, over the same files of the same moment."""

from __future__ import annotations

from functools import reduce

import sqlglot
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema
from sqlglot import exp

from tandem.observe.lake import Lake

__all__ = ["SparkLake", "united"]


class SparkLake:
    """Answers what ``Lake.sql`` answers, as data frames: statements are written for DuckDB and translated (sqlglot).

    Only for statements that mean the same in both: choosing, joining and comparing; nothing is computed in them.

    Args:
        session: its workers must see the files of the lake under the same paths. Views go into a session of its own.
        lake: as of one moment.
    """

    def __init__(self, session: SparkSession, lake: Lake) -> None:
        self.spark = session.newSession()
        self.spark.conf.set("spark.sql.session.timeZone", "UTC")
        self.tables = frozenset(lake.tables(personal=True))
        self._lake = lake
        self._shown: set[str] = set()

    def sql(self, query: str, **parameters: object) -> DataFrame:
        """The answer of one reading statement, personal tables and the views ``<type>_full`` among what it may name."""
        tree = sqlglot.parse_one(query, dialect="duckdb")
        for table in tree.find_all(exp.Table):
            self._show(table.name)
        return self.spark.sql(tree.sql("spark"), args=parameters or None)

    def _show(self, name: str) -> None:
        if name in self._shown:
            return
        view = self._lake.view(name)
        made = self._read(name) if view is None else self.sql(view)
        made.createOrReplaceTempView(name)
        self._shown.add(name)

    def _read(self, name: str) -> DataFrame:
        found = self._lake.files(name)
        assert found is not None, "only tables that are there are asked for"
        schema = from_arrow_schema(found[0], prefer_timestamp_ntz=False)
        return self.spark.read.schema(schema).parquet(*found[1]) if found[1] else self.spark.createDataFrame([], schema)


def united(parts: list[DataFrame]) -> DataFrame:
    """All rows of ``parts``; a column that one has not is null there."""
    return reduce(lambda left, right: left.unionByName(right, allowMissingColumns=True), parts)
