"""What the house is told of consultations."""

from taihua.base.ledger import Ledger
from taihua.kernel.house import Act, Mechanism, MenuEntry, Word
from taihua.kernel.measures.logic import Figure

VERBS: list[Word] = []
KINDS: list[Word] = []
MENU: list[MenuEntry] = []
ACTS: list[Act] = []
LEDGERS: list[Ledger] = []
FIGURES: list[Figure] = []
MECHANISMS: list[Mechanism] = []
