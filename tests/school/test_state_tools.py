# SPDX-License-Identifier: GPL-3.0-or-later
from egn_desktop import content
from egn_desktop.school.rules import Level
from egn_desktop.school.tools import state_tools, tools_for


def test_each_tool_says_whose_it_is_who_gets_in_and_where_that_stands() -> None:
    for tool in state_tools():
        assert not content.source(tool).is_own_proposal, tool.id
        assert tool.standing_label, tool.id
        assert tool.people_label, tool.id
        assert tool.access.endswith("."), tool.id
        address = content.source(tool).address
        assert address.split("/", 3)[3], (tool.id, address)


def test_a_school_is_offered_the_tools_of_its_levels_only() -> None:
    first = {tool.id for tool in tools_for([Level.MATERNELLE, Level.ELEMENTAIRE])}
    second = {tool.id for tool in tools_for([Level.LYCEE_PRO])}
    assert "onde" in first
    assert "onde" not in second
    assert "pix" in second
    assert "pix" not in first
    assert first | second == {tool.id for tool in tools_for([])}


def test_the_tools_that_a_head_calls_authorised_are_named() -> None:
    assert {
        "ent",
        "educonnect",
        "gar",
        "apps-education",
        "tchap",
        "ma-classe-a-la-maison",
        "pix",
        "lumni",
    } <= {tool.id for tool in state_tools()}
