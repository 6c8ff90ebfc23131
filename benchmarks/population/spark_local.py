"""The same register by Spark in local mode on two cores, Parquet to Parquet: what `mapInArrow` costs.

    python benchmarks/population/spark_local.py REGISTER OUTPUT

Run it where PySpark and Java are. Prints the seconds of the start and of three runs.
"""

from __future__ import annotations

import sys
from datetime import date
from time import perf_counter

from pyspark.sql import SparkSession

from hongqiao_rules import spark


def main() -> None:
    register, output = sys.argv[1:3]
    start = perf_counter()
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "4g")
        .getOrCreate()
    )
    print(f"start {perf_counter() - start:.1f} s")
    for _ in range(3):
        start = perf_counter()
        results = spark.assess(session.read.parquet(register), on=date(2020, 11, 1))
        results.write.mode("overwrite").option("compression", "zstd").parquet(output)
        print(f"run {perf_counter() - start:.1f} s", flush=True)
    session.stop()


if __name__ == "__main__":
    main()
