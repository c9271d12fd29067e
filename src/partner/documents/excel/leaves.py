"""Which sheet each block stands on: one for each item, and for every other section that holds a table."""

from dataclasses import dataclass, field

from partner.documents.blocks import Block, Columns, Contents, Document, Legend, Section, Summary, Table


@dataclass
class Leaf:
    """One sheet: its wished name and its blocks in order, sections included."""

    name: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def holds_table(self) -> bool:
        """Whether there is more than running text."""
        return any(isinstance(block, Table | Summary | Legend) for block in self.blocks)


def leaves(document: Document) -> list[Leaf]:
    """The sheets in order. A section of text alone goes on below the one before it; the contents are on the cover."""
    found: list[Leaf] = []
    for leaf in _sections(document):
        if any(not isinstance(block, Section) for block in leaf.blocks) or _says_something(leaf):
            if found and not leaf.holds_table and not _numbered(leaf):
                found[-1].blocks += leaf.blocks
            else:
                found.append(leaf)
    return found


def _sections(document: Document) -> list[Leaf]:
    found: list[Leaf] = []
    for block in _flat(document.blocks):
        if isinstance(block, Section):
            found.append(Leaf(block.number or block.title or "本文", [block]))
        elif found:
            found[-1].blocks.append(block)
        else:
            found.append(Leaf("本文", [block]))
    return found


def _flat(blocks: tuple[Block, ...]) -> list[Block]:
    """Without columns: what stood side by side stands one below the other."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Columns):
            found += _flat(block.left + block.right)
        elif not isinstance(block, Contents):
            found.append(block)
    return found


def _numbered(leaf: Leaf) -> bool:
    return isinstance(leaf.blocks[0], Section) and bool(leaf.blocks[0].number)


def _says_something(leaf: Leaf) -> bool:
    """A section may consist of its message alone; 目次 of nothing but its contents."""
    return isinstance(leaf.blocks[0], Section) and (_numbered(leaf) or bool(leaf.blocks[0].message))
