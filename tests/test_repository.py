"""Rules about the repository itself: sizes, names, places, documents, and what must never be committed."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tests.databases import ROOT

PACKAGE = ROOT / "src" / "partner"
ORDER = [  # from the bottom up; a package knows only those before it
    "common", "ledger", "master", "files", "work", "outbox", "accounts", "facts", "documents", "figures", "reports",
    "submissions", "portal", "desk", "demo", "config",
]  # fmt: skip
NOT_PACKAGES = {"templates", "static", "locale"}
FORBIDDEN_MODULES = {"utils", "util", "helpers", "services", "selectors", "managers", "misc"}
MAY_READ_THE_CLOCK = ("ledger/clock.py", "/views", "/management/commands/", "facts/intake/", "/migrations/")
READS_THE_CLOCK = re.compile(
    r"\b(timezone\.now|datetime\.now|datetime\.utcnow|datetime\.today|date\.today|time\.time)\b"
)
NO_ADDRESS = ":" + "//"


def committed(*patterns: str) -> list[Path]:
    """The files that git knows or would take."""
    line = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return sorted({ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()})


def ours(*patterns: str) -> list[Path]:
    """The same without migrations, which a machine writes."""
    return [path for path in committed(*patterns) if "migrations" not in path.parts]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{named(path)}: {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_lock_files_hold_hashes_and_no_addresses() -> None:
    locks = [ROOT / "requirements.lock", ROOT / "requirements-test.lock"]
    assert [named(path) for path in locks if NO_ADDRESS in path.read_text()] == []
    assert all("--hash=sha256:" in path.read_text() for path in locks)
    assert committed("*uv.lock", "*pylock.toml", "*package-lock.json") == []


def test_what_is_required_is_locked() -> None:
    for name in ("requirements", "requirements-test"):
        locked = set(re.findall(r"^([\w.-]+)==", (ROOT / f"{name}.lock").read_text(), re.M))
        wanted = re.findall(r"^([A-Za-z][\w.-]*)", (ROOT / f"{name}.in").read_text(), re.M)
        assert {wish.lower().replace("_", "-") for wish in wanted} <= locked


def test_the_readme_has_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    assert "./partner run" in readme
    assert "./partner test" in readme


def test_no_file_is_long() -> None:
    long = {named(path): len(path.read_text().splitlines()) for path in ours("*.py", "*.html", "*.css", "*.typ")}
    assert {name: lines for name, lines in long.items() if lines > 400 and "/vendor/" not in name} == {}


def test_no_function_is_long() -> None:
    assert {name: lines for path in ours("*.py") for name, lines in functions(path) if lines > 60} == {}


def test_functions_and_files_are_calm() -> None:
    sources = ours("src/*.py")
    lengths = sorted(lines for path in sources for _, lines in functions(path))
    sizes = sorted(len(path.read_text().splitlines()) for path in sources)
    assert lengths[len(lengths) // 2] <= 8
    assert lengths[len(lengths) * 9 // 10] <= 22
    assert sizes[len(sizes) // 2] <= 70
    assert sizes[len(sizes) * 9 // 10] <= 200


def test_every_folder_has_its_place() -> None:
    folders = {path.relative_to(PACKAGE).parts[0] for path in committed("src/partner") if path.parent != PACKAGE}
    assert folders - NOT_PACKAGES <= set(ORDER)
    written = (ROOT / "docs" / "architecture.md").read_text()
    assert {name for name in folders if f"`{name}`" not in written} == set()


def test_modules_are_nouns() -> None:
    assert [
        named(path) for path in ours("*.py") if path.stem in FORBIDDEN_MODULES or path.parent.name in FORBIDDEN_MODULES
    ] == []


def test_only_the_edges_read_the_machines_clock() -> None:
    found = []
    for path in committed("src/*.py"):
        if not any(place in path.as_posix() for place in MAY_READ_THE_CLOCK):
            lines = path.read_text().splitlines()
            found += [f"{named(path)}:{number}" for number, line in enumerate(lines, 1) if READS_THE_CLOCK.search(line)]
    assert found == []


def test_every_template_is_used() -> None:
    import allauth

    theirs = Path(allauth.__file__).parent / "templates"
    places = "\n".join(path.read_text() for path in committed("src/*.py", "src/*.html", "src/*.txt"))
    unused = []
    for path in committed("src/*/templates/*"):
        name = path.as_posix().split("/templates/", 1)[1]
        is_override = (theirs / name).exists() or name in {
            "400.html",
            "403.html",
            "403_csrf.html",
            "404.html",
            "500.html",
        }
        if not is_override and not name.startswith("django/") and name not in places:
            unused.append(name)
    assert unused == []


def test_every_decision_says_context_decision_and_consequence() -> None:
    records = committed("docs/decisions/*.md")
    assert records
    for path in records:
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name), path.name
        headings = re.findall(r"^##? *(.+)$", path.read_text(), re.M)
        assert headings[1:4] == ["Context", "Decision", "Consequence"], path.name
    numbers = [path.name[:4] for path in records]
    assert len(numbers) == len(set(numbers))


def test_nothing_names_a_machines_own_folders() -> None:
    places = re.compile("|".join(f"/{folder}/" for folder in ("work/main", "root", "home/[a-z]+", "opt/wheels")))
    texts = [
        path
        for path in committed()
        if path.suffix in {".py", ".md", ".toml", ".txt", ".in", ".lock", ".html", ".sh", ""}
    ]
    assert [named(path) for path in texts if places.search(path.read_text(errors="ignore"))] == []


def test_the_list_of_commands_is_the_list_of_commands() -> None:
    from django.core.management import get_commands

    help_text = subprocess.run([ROOT / "partner", "--help"], capture_output=True, text=True, check=True).stdout
    listed = set(re.findall(r"^  ([a-z]+) ", help_text, re.M))
    ours_alone = {name for name, app in get_commands().items() if app.startswith("partner.")}
    assert listed - {"test"} <= ours_alone


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def relations() -> Iterator[tuple[Any, Any]]:
    from django.apps import apps

    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model:
                yield model, field.related_model


def place(model: Any) -> int | None:
    parts = model.__module__.split(".")
    return ORDER.index(parts[1]) if parts[0] == "partner" else None


def test_no_foreign_key_points_up() -> None:
    up = []
    for model, target in relations():
        here, there = place(model), place(target)
        if here is not None and there is not None and there > here:
            up.append(f"{model._meta.label} -> {target._meta.label}")
    assert up == []


def test_nothing_below_the_accounts_points_at_a_person_who_signs_in() -> None:
    from django.contrib.auth import get_user_model

    below = [
        model._meta.label
        for model, target in relations()
        if target is get_user_model() and (here := place(model)) is not None and here < ORDER.index("accounts")
    ]
    assert below == []


def triggers_on(table: str) -> set[str]:
    """The events that a trigger of the table watches, as the database itself says."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            return {match[1] for (sql,) in cursor if (match := re.search(r"BEFORE (\w+) ON", sql))}
        cursor.execute(
            "SELECT tgtype FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgrelid = %s::regclass",
            [table],
        )
        bits = {4: "INSERT", 8: "DELETE", 16: "UPDATE", 32: "TRUNCATE"}
        return {event for (kind,) in cursor for bit, event in bits.items() if kind & bit}


@pytest.mark.both
@pytest.mark.django_db
def test_every_table_of_the_ledger_is_guarded() -> None:
    from django.apps import apps
    from django.db import connection

    from partner.ledger.models import Clock, Erasure, Recorded

    events = {"INSERT", "UPDATE", "DELETE"} | ({"TRUNCATE"} if connection.vendor == "postgresql" else set())
    models = [model for model in apps.get_models() if issubclass(model, Recorded)] + [Clock, Erasure]
    assert len(models) > 2
    assert {
        model._meta.label: events - triggers_on(model._meta.db_table)
        for model in models
        if events - triggers_on(model._meta.db_table)
    } == {}


def test_the_figures_document_is_fresh() -> None:
    from partner.figures.documentation import markdown

    path = ROOT / "docs" / "figures.md"
    assert path.is_file(), "make it: ./partner figures --docs > docs/figures.md"
    assert path.read_text() == markdown()


BY_WISH = {"pyspark"}  # requirements-cluster.lock: imported where it is asked for, with a refusal where it is not there


def test_what_the_product_imports_is_in_the_lock_it_is_installed_from() -> None:
    """A package of the tests' lock alone would be missing on a user's machine."""
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    known = packages_distributions()
    missing = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in (
                {name.partition(".")[0] for name in names} - {"partner"} - BY_WISH - set(sys.stdlib_module_names)
            ):
                packages = {re.sub(r"[-_.]+", "-", one).lower() for one in known.get(name, [name])}
                if not packages & locked:
                    missing.add(f"{path.relative_to(ROOT)}: {name}")
    assert not missing
