"""docs/figures.md, made from the declarations so that it cannot go stale."""

from partner.figures.declare import Declared, declared

_HEAD = """# Figures

Made by `./partner figures --docs` from the declarations in `src/partner/figures/`; a test checks that it is fresh.
A figure is a set of records on two clocks: each rule below returns a set, the engine counts it as known at a cut.
"""


def markdown() -> str:
    """All figures by item: key, label, unit, type, breakdowns, rule, version."""
    lines = [_HEAD]
    item = ""
    for figure in declared():
        if figure.item != item:
            item = figure.item
            lines += [
                f"\n## {item}\n",
                "| key | label | unit | type | by | rule | version |",
                "|---|---|---|---|---|---|---|",
            ]
        lines.append(_row(figure))
    return "\n".join(lines) + "\n"


def _row(figure: Declared) -> str:
    by = "; ".join(figure.by)
    return (
        f"| `{figure.key}` | {figure.label} | {figure.unit} | {figure.type} | {by} | {figure.doc} | {figure.version} |"
    )
