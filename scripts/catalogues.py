"""Sort and compile the catalogues of sentences, and compare the languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import generate_po, read_po

LOCALE = Path(__file__).resolve().parents[1] / "hongqiao_rules" / "text" / "locale"


class _Entries(list[Message]):
    """The entries of a compiled catalogue in order, the header first."""

    charset = "utf-8"


def entries(source: Path) -> Mapping[str, Message]:
    """Return the entries of a ``.po`` file by key, sorted."""
    return {_key(one): one for one in sorted(_read(source), key=_key) if one.id}


def files(folder: Path = LOCALE) -> Iterator[tuple[Path, bytes]]:
    """Yield each catalogue of a folder twice: sorted as ``.po`` and compiled as ``.mo``."""
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        text = source.read_text(encoding="utf-8")
        head = text.partition("\n\n")[0]
        catalog = _read(source)
        body = "".join(generate_po(catalog, omit_header=True, sort_by="message", width=None))
        yield source, f"{head}\n\n{body.strip()}\n".encode()
        header = f"Content-Type: text/plain; charset=utf-8\nPlural-Forms: {catalog.plural_forms}\n"
        compiled = BytesIO()
        write_mo(compiled, _Entries([Message("", header), *entries(source).values()]))  # type: ignore[arg-type]
        yield source.with_suffix(".mo"), compiled.getvalue()


def faults(folder: Path = LOCALE) -> Iterator[str]:
    """Yield the faults: keys with a hyphen, entries that a language lacks, placeholders that differ between languages."""
    languages = {source.parents[1].name: entries(source) for source in folder.glob("*/LC_MESSAGES/*.po")}
    keys = {key for found in languages.values() for key in found}
    for key in sorted(keys):
        if "-" in key:
            yield f"{key}: keys are written with _ instead of -"
        for lang, found in sorted(languages.items()):
            if key not in found or not all(_strings(found[key])):
                yield f"{lang}: {key} is missing or empty"
        present = [found[key] for found in languages.values() if key in found]
        if len({frozenset(_placeholders(one)) for one in present}) > 1:
            yield f"{key}: the placeholders differ between languages"
        if len({one.pluralizable for one in present}) > 1:
            yield f"{key}: some languages have plural forms, others have none"


def codes(group: str | None = None) -> dict[str, dict[str, str]]:
    """Return the codes of errors with their sentences by language; with a *group*, only its codes.

    The first translator's comment (``#.``) of an entry in English names its group.
    """
    languages = {
        source.parents[1].name: entries(source) for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    }
    return {
        key.removeprefix("fault."): {lang: str(found[key].string) for lang, found in languages.items()}
        for key, one in languages["en"].items()
        if key.startswith("fault.") and group in (None, *one.auto_comments[:1])
    }


def _read(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> Iterable[str]:
    return (message.string,) if isinstance(message.string, str) else message.string


def _placeholders(message: Message) -> set[str]:
    """Return the placeholders of all forms but ``count``, which a form may leave out."""
    found = {name for text in _strings(message) for _, name, _, _ in Formatter().parse(text) if name}
    return found - {"count"}
