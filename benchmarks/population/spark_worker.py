"""The same register by Spark in local mode, from Parquet to Parquet.

python spark_worker.py REGISTER OUTPUT CORES
"""

from __future__ import annotations

import os
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import result_columns
from worker import ON, serve

from hongqiao_rules import spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

REGISTER, OUTPUT, CORES = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])


def session() -> SparkSession:
    """Spark with as many cores as asked for; its own messages go to the error output."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])  # before the Java process is there
    return (
        SparkSession.builder.master(f"local[{CORES}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "4g")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )


SESSION = session()


def assess() -> Path:
    results = spark.assess(SESSION.read.parquet(REGISTER), on=date.fromisoformat(ON))
    results.write.mode("overwrite").option("compression", "zstd").parquet(str(OUTPUT))
    return OUTPUT


serve(f"PySpark {version('pyspark')}", {"file to file": assess}, {"file to file": result_columns.figures})
