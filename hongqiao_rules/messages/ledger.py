"""What can be wrong with the ledgers of an earlier month. Each code with its sentence in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

LEDGER: Mapping[str, tuple[str, str]] = {
    "LEDGER_ABSENT": (
        "There are no ledgers in {folder}: {file} is missing; name a folder that `population ledger` wrote.",
        "{folder}中没有台帐：缺少{file}；请指明由 population ledger 写出的文件夹。",
    ),
    "LEDGER_DAMAGED": (
        "{file} is missing or is not as `population ledger` wrote it; write that month's ledgers anew.",
        "{file}缺失，或者与 population ledger 写出的不符；请重新写出该月的台帐。",
    ),
    "LEDGER_IN_PLACE": (
        "{folder} is the folder of the earlier ledgers; write to another, so that both are kept.",
        "{folder}是前期台帐所在的文件夹；请写到另一个文件夹，两期都要保留。",
    ),
}
