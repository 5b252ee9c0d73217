"""House rules in code: each test is one rule, and its message says how to mend what breaks it."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from portal import house

PRODUCT = house.product_files()
TESTS = house.test_files()
SERVED = [path for path in PRODUCT if house.relative(path).split("/")[0] not in {"bench", "bin"}]
DEEDS = [path for path in PRODUCT if path.stem == "operations" or "operations" in path.parent.parts]

# Places that a rule leaves alone, each with its reason: (rule, path) -> why.
EXCUSED: dict[tuple[str, str], str] = {
    ("actor", "portal/accounts/operations/users.py"): "who signs in is the actor, and before that nobody is",
    ("actor", "portal/accounts/operations/tokens.py"): "the same, for programs",
    ("deeds", "portal/notifications/operations/moving.py"): "what every step begins and ends with, in its transaction",
    ("deeds", "services/operations/clock.py"): "how the acts enter the clock, inside their transaction",
    ("deeds", "services/operations/codes.py"): "how the acts take codes, inside their transaction",
    ("deeds", "services/operations/money_moves.py"): "how payments and refunds move, inside the acts",
    ("deeds", "services/operations/petition_clocks.py"): "how the acts begin and end the limits, in their transaction",
    ("deeds", "services/operations/petition_moving.py"): "what every act on a petition begins and ends with",
    ("deeds", "services/operations/moving.py"): "what every act begins and ends with, inside its transaction",
    ("deeds", "services/operations/steps.py"): "how the acts move work items, inside their transaction",
    ("deeds", "staff/operations/following.py"): "how an act moves staff at once, inside its transaction",
    ("deeds", "units/operations/checking.py"): "reads only: the lines of a table against the tree",
    ("deeds", "units/operations/heads.py"): "reads only: the head of an act, before it is kept",
    ("deeds", "units/operations/helping.py"): "what taking effect and gathering share, inside their transaction",
    ("deeds", "units/operations/standstill.py"): "locks, inside the transaction of a deed",
    ("deeds", "units/operations/leaving.py"): "the same",
    ("deeds", "services/operations/new_work.py"): "the same",
    ("deeds", "units/operations/judging.py"): "pure: rows against the tree",
    ("deeds", "units/operations/pasting.py"): "reads a table that was pasted",
    ("deeds", "units/operations/plan.py"): "pure: from data to rows",
    ("deeds", "units/operations/planning.py"): "pure: from rows to what is written",
    ("deeds", "units/operations/proving.py"): "reads only: what adds up after an act",
    ("deeds", "units/operations/retypes.py"): "reads only: what a file says of a unit",
    ("deeds", "units/operations/rows.py"): "pure: the rows of an act",
    ("deeds", "units/operations/simulating.py"): "beside the deed stands what it asks, for the signature to ask again",
    ("deeds", "units/operations/standing.py"): "reads only: the tree as an act meets it",
    ("deeds", "units/operations/steps.py"): "what every step of an act begins and ends with, inside its transaction",
    ("deeds", "units/operations/tree.py"): "how the acts write the tree, inside their transaction",
    ("deeds", "units/operations/writing.py"): "the same, for acts that end units and make new ones",
    ("clock", "staff/policies.py"): "has_perm() of Django has no day; today() is the one place that asks for it",
    ("sql", "units/operations/loading.py"): "ANALYZE takes no parameters; the names are a constant beside it",
    (
        "skip",
        "tests/launcher/test_ordinary_account.py",
    ): "only root can become somebody else, and is always asked in CI",
}


def offences(rule: str, files: Iterable[Path], breaks: Callable[[ast.AST], bool]) -> list[str]:
    """`path:line` of every node that breaks the rule, without the excused files."""
    found = []
    for path in files:
        name = house.relative(path)
        if (rule, name) not in EXCUSED:
            found += [f"{name}:{getattr(node, 'lineno', 0)}" for node in ast.walk(house.tree(path)) if breaks(node)]
    return found


def called(node: ast.AST) -> str:
    """The last name of what a call calls: `x.y.delay()` -> `delay`; empty for anything but a call."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def given(node: ast.AST, keyword: str) -> bool:
    return isinstance(node, ast.Call) and any(argument.arg == keyword for argument in node.keywords)


# --- Size and floors ------------------------------------------------------------------------------------------------


def test_no_file_passes_the_limit() -> None:
    long = house.over(house.file_sizes([*PRODUCT, *TESTS]), house.FILE_LIMIT)
    assert not long, f"Make each a folder of equals under the same name: {long}"


def test_no_function_passes_the_limit() -> None:
    long = house.over(house.function_sizes([*PRODUCT, *TESTS]), house.FUNCTION_LIMIT)
    assert not long, f"Let each tell one story, and name its chapters: {long}"


def test_no_ring_of_apps() -> None:
    ring = house.ring(house.app_imports())
    assert not ring, f"These apps import each other. Record a fact below and subscribe above: {ring}"


def test_every_app_has_a_floor() -> None:
    contract = (house.ROOT / ".importlinter").read_text(encoding="utf-8")
    floors = re.findall(r"[\w.]+", contract.split("layers =")[1].split("[")[0])
    root = {"portal", "portal.__init__", "portal.management", "portal.apps"}
    homeless = sorted(set(house.app_imports()) - set(floors) - root)
    assert not homeless, f"Give each a floor in .importlinter, or leave it out of the house: {homeless}"


def test_no_app_enters_another_by_its_doors() -> None:
    doors = {"views", "forms", "admin", "tasks", "subscribers", "urls", "management"}
    entered = []
    for path in PRODUCT:
        own = house.app_of(house.relative(path).removesuffix(".py").replace("/", "."))
        for node in ast.walk(house.tree(path)):
            for name in imported(node):
                app = house.app_of(name)
                room = name.removeprefix(app).split(".")[1:2]
                if app.startswith(house.PACKAGES) and app not in {own, "portal.ui"} and doors & set(room):
                    entered.append(f"{house.relative(path)}:{node.lineno} {name}")
    assert not entered, f"Call the operations, policies or queries of the other app: {entered}"


def test_imports_inside_functions_carry_their_reason() -> None:
    bare = []
    for path in PRODUCT:
        reasons = {line for line, _ in house.comments(path)}
        for function in house.functions(path):
            for node in ast.walk(function):
                explained = (
                    function.name == "ready" or {node.lineno, node.lineno - 1} & reasons if imported(node) else True
                )
                if not explained:
                    bare.append(f"{house.relative(path)}:{node.lineno}")
    assert not bare, f"Move the import to the top, or say beside it why it cannot stand there: {bare}"


def test_suppressions_are_few() -> None:
    found = house.suppressions([*PRODUCT, *TESTS])
    lines = sum(size.lines for size in house.file_sizes([*PRODUCT, *TESTS]))
    assert 1000 * len(found) / lines < 1, f"Mend the code instead of silencing the check: {found}"


def test_every_suppression_says_why() -> None:
    silent = [
        place
        for place, comment in house.suppressions([*PRODUCT, *TESTS])
        if len(re.sub(r"#|noqa(:\s*[\w, ]+?\d+)?|type:\s*ignore(\[[\w, -]+\])?", "", comment).strip()) < len("same")
    ]
    assert not silent, f"Add the reason on the line: {silent}"


# --- Deeds, facts and their order -----------------------------------------------------------------------------------


def test_no_signals() -> None:
    def listens(node: ast.AST) -> bool:
        return any(
            name.startswith(("django.", "allauth.")) and re.search(r"\.(signals|dispatch)\b", name)
            for name in imported(node)
        )

    found = offences("signals", PRODUCT, listens)
    assert not found, f"Call the deed, or record a fact and subscribe to it: {found}"


def test_states_change_in_operations_only() -> None:
    def changes_state(node: ast.AST) -> bool:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        )
        assigned = any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets)
        return assigned or (called(node) in {"update", "bulk_update", "update_or_create"} and given(node, "state"))

    found = offences("state", [path for path in PRODUCT if path not in DEEDS], changes_state)
    assert not found, f"Write an operation that changes the state and records its event: {found}"


def test_only_the_relay_hands_work_to_celery() -> None:
    outside = [path for path in PRODUCT if "portal/events/relay" not in house.relative(path)]
    found = offences("celery", outside, lambda node: called(node) in {"delay", "apply_async", "send_task"})
    assert not found, f"Pass `deliveries=` to record(); the relay does the rest: {found}"


def test_schedules_stand_in_one_file() -> None:
    elsewhere = [path for path in PRODUCT if house.relative(path) not in {"portal/schedule.py", "portal/celery.py"}]
    found = offences(
        "schedule", elsewhere, lambda node: called(node) in {"crontab", "add_periodic_task", "periodic_task"}
    )
    found += offences(
        "schedule", elsewhere, lambda node: isinstance(node, ast.Attribute) and node.attr == "beat_schedule"
    )
    assert not found, f"Move the schedule to portal/schedule.py: {found}"


def public_deeds() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in DEEDS:
        for node in house.tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{house.relative(path)}:{node.lineno} {node.name}", node


def test_deeds_take_keywords_an_actor_and_a_now() -> None:
    wrong = []
    for name, deed in public_deeds():
        keywords = {argument.arg for argument in deed.args.kwonlyargs}
        path = name.split(":")[0]
        needed = {"now"} if ("actor", path) in EXCUSED else {"actor", "now"}
        if ("deeds", path) not in EXCUSED and (deed.args.args or deed.args.posonlyargs or not needed <= keywords):
            wrong.append(name)
    assert not wrong, f"def deed(*, actor, now, ...); a helper's name begins with an underscore: {wrong}"


def test_deeds_and_models_never_read_the_clock() -> None:
    def reads_clock(node: ast.AST) -> bool:
        converts = isinstance(node, ast.Call) and bool(node.args)  # localdate(now) turns a moment into a day
        return called(node) in {"now", "utcnow", "today"} or (
            called(node) in {"localdate", "localtime"} and not converts
        )

    inner = [path for path in PRODUCT if path in DEEDS or path.stem in {"models", "policies", "states", "queries"}]
    found = offences("clock", inner, reads_clock)
    assert not found, f"Take `now` (or `on`) as an argument; the door reads the clock: {found}"


def test_models_have_no_order_of_their_own() -> None:
    def orders(node: ast.AST) -> bool:
        lines = node.body if isinstance(node, ast.ClassDef) and node.name == "Meta" else []
        names = [
            target.id
            for line in lines
            if isinstance(line, ast.Assign)
            for target in line.targets
            if isinstance(target, ast.Name)
        ]
        return bool({"ordering", "get_latest_by"} & set(names))

    found = offences("ordering", PRODUCT, orders)
    assert not found, f"Order where the list is made, ending in id: {found}"


# --- Dangerous calls ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("mark_safe", "format_html, which escapes what it is given"),
        ("SafeString", "format_html, which escapes what it is given"),
        ("extra", "annotate() or an expression"),
        ("raw", "a query set, or cursor.execute with parameters in one named function"),
        ("RawSQL", "an expression, or Func"),
        ("eval", "code"),
        ("exec", "code"),
        ("system", "subprocess.run with a list"),
        ("csrf_exempt", "a form with its token; REST views of DRF need no exemption"),
    ],
)
def test_dangerous_call_is_not_used(name: str, instead: str) -> None:
    found = offences(name, PRODUCT, lambda node: called(node) == name)
    assert not found, f"Use {instead}: {found}"


def test_no_shell() -> None:
    found = offences("shell", [*PRODUCT, *TESTS], lambda node: given(node, "shell"))
    assert not found, f"Give subprocess a list of words: {found}"


def test_certificates_are_always_checked() -> None:
    def trusts_anyone(node: ast.AST) -> bool:
        return (
            isinstance(node, ast.keyword)
            and node.arg in {"verify", "verify_signature", "verify_ssl"}
            and _is_false(node.value)
        )

    found = offences("verify", PRODUCT, trusts_anyone)
    assert not found, f"Give the client a CA file instead: {found}"


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def test_sql_is_never_pasted_together() -> None:
    def pasted(node: ast.AST) -> bool:
        if called(node) not in {"execute", "executemany"} or not isinstance(node, ast.Call) or not node.args:
            return False
        text = node.args[0]
        formatted = isinstance(text, ast.Call) and called(text) == "format" and _is_text(text.func)
        return (
            isinstance(text, ast.JoinedStr) or formatted or (isinstance(text, ast.BinOp) and not _constants_only(text))
        )

    found = offences("sql", SERVED, pasted)
    assert not found, f"Pass parameters; names of tables go through psycopg.sql.Identifier: {found}"


def _is_text(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Constant | ast.JoinedStr)


def _constants_only(node: ast.BinOp) -> bool:
    return all(isinstance(part, ast.Constant | ast.BinOp | ast.operator) for part in ast.walk(node))


def test_excuses_are_still_needed() -> None:
    gone = [path for _, path in EXCUSED if not (house.ROOT / path).exists()]
    assert not gone, f"Strike them from EXCUSED: {gone}"


# --- Tests that can fail --------------------------------------------------------------------------------------------


def test_no_test_is_skipped() -> None:
    found = offences(
        "skip",
        TESTS,
        lambda node: isinstance(node, ast.Attribute) and node.attr in {"skip", "skipif", "xfail", "skipUnless"},
    )
    assert not found, f"Mend it or delete it; what needs time or a broker has a marker: {found}"


def test_every_test_can_fail() -> None:
    toothless = []
    for path in TESTS:
        functions = list(house.functions(path))
        teeth = {function.name for function in functions if any(_proves(node) for node in ast.walk(function))}
        toothless += [
            f"{house.relative(path)}:{function.lineno} {function.name}"
            for function in functions
            if function.name.startswith("test_") and not teeth & {function.name, *map(called, ast.walk(function))}
        ]
    assert not toothless, f"Say what must hold, with assert, pytest.raises, or a helper that does: {toothless}"


def _proves(node: ast.AST) -> bool:
    named = {"raises", "warns", "call_and_validate", "django_assert_num_queries", "django_assert_max_num_queries"}
    name = called(node)
    return isinstance(node, ast.Assert) or name in named or name.startswith(("assert", "check_", "expect"))
