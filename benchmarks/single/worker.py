"""What the three sides have in common: a process that answers the questions of ``run.py``, one JSON line each.

Only the standard library is used, because it runs in three environments.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from time import perf_counter_ns

ON = "2020-10-01"
"""The date on which every household is assessed."""
REPEATED = 4


def serve(
    version: str,
    routes: dict[str, Callable[[str], str]],
    prepare: Callable[[dict], str],
    amounts: Callable[[dict], dict[str, object]],
) -> None:
    """Answer until the input ends.

    Args:
        version: the package and its version.
        routes: by name, a way from the JSON text of one household to the JSON text of its result.
        prepare: a household of the contract as the text that the routes take; not timed.
        amounts: the result as programme and amounts in fen, in the same names on all sides.

    """
    texts: list[str] = []
    for line in sys.stdin:
        asked = json.loads(line)
        if "households" in asked:
            texts = [prepare(household) for household in asked["households"]]
            first = next(iter(routes.values()))
            answer: object = [amounts(json.loads(first(text))) for text in texts]
        elif "time" in asked:
            answer = {name: times(route, texts[: asked["time"]]) for name, route in routes.items()}
            answer["calibration"] = times(lambda _: str(sum(range(1000))), texts[: asked["time"]])
        else:
            answer = {"version": version, "bytes": [len(route(texts[0])) for route in routes.values()]}
        print(json.dumps(answer), flush=True)


def times(route: Callable[[str], str], texts: list[str]) -> list[int]:
    """Nanoseconds for each text, one after the other, each read and written anew, a few times over."""
    found = []
    gc.collect()
    for text in texts * REPEATED:
        start = perf_counter_ns()
        route(text)
        found.append(perf_counter_ns() - start)
    return found
