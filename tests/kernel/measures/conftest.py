"""The words that the acts are said in."""

import pytest

from taihua.kernel.records.actions import learn_words
from tests.kernel.measures.acts import KINDS, VERBS


@pytest.fixture
def words(db):
    learn_words([(verb, verb) for verb in VERBS], [(kind, kind) for kind in KINDS])
