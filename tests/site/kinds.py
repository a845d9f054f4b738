"""Parameters of tests that hold for each kind of activity."""

import pytest

from tests.site.factories import interaction, meeting, product_record

# DocType → factory
MAKERS = {"Interaction": interaction, "Meeting": meeting, "Product Record": product_record}
EACH_KIND = pytest.mark.parametrize("make", MAKERS.values())
CALL_AND_MEETING = pytest.mark.parametrize("make", [interaction, meeting])
