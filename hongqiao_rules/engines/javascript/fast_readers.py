"""Write the functions that read a valid entity fast and give up on any other.

They read each field by its name, which JavaScript engines do many times faster than a loop over declarations. If they give
up, the loop in ``parts/fields.js`` reads the entity again and reports the faults.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

Declared = Mapping[str, Any]
"""A fact or field as the module declares it: kind, slot, codes, bounds, required or not, default."""


def takers(
    root: Mapping[str, Declared], each: Mapping[str, Declared], contained: str | None, most: int
) -> str:
    """The text of the functions, and of ``places()``, which returns an empty state.

    For a fact with a slot ``absent``, the functions record in this slot whether it was not stated. A ``derived`` fact is
    recorded as assumed only later, when the derived defaults are taken.
    """
    lists: dict[str, str] = {}
    members = f"""x=v.{contained};if(!Array.isArray(x)||x.length<LEAST||x.length>{most})return false;known++;
for(let n=0;n<x.length;n++)if(!takeMember(x[n],f,n))return false;
"""
    functions = [
        *_records("takeMember", each, lists),
        *_records("takeHousehold", root, lists),
        _taker("takeMember", each, lists, inside=True, tail=""),
        _taker("takeHousehold", root, lists, inside=False, tail="" if contained is None else members),
    ]
    slots = [field[key] for field in each.values() for key in ("slot", "absent") if key in field]
    columns = "".join(f"s[{slot}]=[];" for slot in slots)
    sets = [f"const {name}=new Set({codes});" for codes, name in lists.items()]
    state = f"function places(){{const s=new Array(SIZE).fill(null);{columns}return s}}"
    return "\n".join([*sets, state, *functions]) + "\n"


def _records(taker: str, fields: Mapping[str, Declared], lists: dict[str, str]) -> Iterator[str]:
    """Yield a function for each list of records; it returns a record in the form that rules read, or null."""
    for name, field in fields.items():
        if field["kind"] != "records":
            continue
        lines = [f"function {taker}_{name}(v){{if(!plain(v))return null;"]
        for number, (inner, declared) in enumerate(field["fields"].items()):
            value = f"x{number}"  # a name in the rulebook may be a word of JavaScript
            lines.append(f"let {value}=v.{inner};{_check(value, declared, lists, 'return null')}")
        inside = ",".join(f"{inner}:x{number}" for number, inner in enumerate(field["fields"]))
        lines.append(f"return Object.keys(v).length==={len(field['fields'])}?{{{inside}}}:null}}")
        yield "\n".join(lines)


def _check(value: str, declared: Declared, lists: dict[str, str], refuse: str) -> str:
    """The statements that run *refuse* for an invalid *value*, and convert a valid one to the form that rules read."""
    match declared["kind"]:
        case "text" | "reference":
            return f"if(!text({value})){refuse};"
        case "code":
            return f"if(!{_set(declared, lists)}.has({value})){refuse};"
        case "truth":
            return f'if(typeof {value}!=="boolean"){refuse};'
        case "number":
            return f"if(!whole({value},{declared['least']},{declared['most']})){refuse};"
        case "date":
            return f"if(({value}=dateOf({value}))===null){refuse};"
        case "money":
            bounds = "".join(f",{declared[key]}" for key in ("least", "most", "size"))
            return f"if(({value}=fenOf({value}{bounds}))===null){refuse};"
        case "codes":
            taken = f"(item)=>{_set(declared, lists)}.has(item)?item:null"
            return f"if(({value}=list({value},{declared['most']},{taken}))===null){refuse};"
    raise AssertionError(declared["kind"])


def _set(declared: Declared, lists: dict[str, str]) -> str:
    codes = json.dumps(declared["codes"], separators=(",", ":"))
    return lists.setdefault(codes, f"CODES{len(lists)}")


def _taker(
    name: str, fields: Mapping[str, Declared], lists: dict[str, str], *, inside: bool, tail: str
) -> str:
    """The function that reads an entity: it records the stated fields as bits, and returns false for unknown fields."""
    lines = [f"function {name}(v,f{',n' if inside else ''}){{"]
    lines.append("if(!plain(v))return false;\nconst s=f.s;let x,known=0,bits=0;")
    if inside:
        lines.append("const at=assumedOf(n);")
    for number, (field, declared) in enumerate(fields.items()):
        if declared["kind"] == "records":
            check = f"if((x=list(x,{declared['most']},{name}_{field}))===null)return false;"
        else:
            check = _check("x", declared, lists, "return false")
        keep = f"s[{declared['slot']}]" + (".push(x);" if inside else "=x;")
        if inside and field == "id":
            keep += "f.ids.push(x);"
        stated = f"{check}known++;bits|={1 << number};{_noted(declared, inside=inside, absent=False)}"
        if declared["required"]:
            lines.append(f"x=v.{field};{stated}{keep}")
            continue
        assume = f"f.assumed.push({'at[' + str(number) + ']' if inside else json.dumps('/' + field)});"
        if declared.get("derived"):
            assume = f"f.open.push(f.assumed.length,{'n' if inside else -1},{number});f.assumed.push(null);"
        if "default" in declared and declared["default"] is not None:
            empty = declared["kind"] in ("codes", "records") and not declared["default"]
            default = "NOTHING" if empty else json.dumps(declared["default"])
            absent = f"x={default};{assume if declared['taken'] else ''}"
        elif declared["kind"] in ("codes", "records"):
            absent = "x=NOTHING;" + (assume if declared["taken"] else "")
        elif declared.get("derived"):
            absent = f"x=null;{assume}"
        else:
            absent = "x=null;"
        absent += _noted(declared, inside=inside, absent=True)
        lines.append(f"x=v.{field};if(x!==undefined){{{stated}}}else{{{absent}}}{keep}")
    lines.append(
        tail + f"f.bits{'.push(bits)' if inside else '[0]=bits'};return known===Object.keys(v).length}}"
    )
    return "\n".join(lines)


def _noted(declared: Declared, *, inside: bool, absent: bool) -> str:
    """The statement that records whether a field was stated, if a check or a default reads this; else empty."""
    if "absent" not in declared:
        return ""
    place, value = f"s[{declared['absent']}]", json.dumps(absent)
    return f"{place}.push({value});" if inside else f"{place}={value};"
