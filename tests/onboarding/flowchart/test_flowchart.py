"""The maps are drawn from the machine; the file in docs/ is fresh; a merchant's map tells nothing internal."""

import re
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from onboarding.flow import STEPS, VERBS, State
from onboarding.flowchart import case_map, front_map, whole_map
from onboarding.management.commands.draw_flowchart import FILES
from tests import make


@pytest.mark.parametrize("language", FILES)
def test_the_file_in_docs_is_fresh(language, settings):
    drawn = (settings.BASE_DIR / FILES[language]).read_text(encoding="utf-8")
    assert drawn == whole_map(language), "run manage.py draw_flowchart"


@pytest.mark.parametrize("language", FILES)
def test_every_state_and_every_verb_is_on_the_whole_map(language):
    drawn = whole_map(language)
    ElementTree.fromstring(drawn)
    with override(language):
        for words in [*(state.label for state in State), *(verb.label for verb in VERBS.values())]:
            assert f">{words}<" in drawn


@pytest.mark.parametrize("language", FILES)
def test_the_front_map_shows_eight_stops_and_two_loops(language):
    with override(language):
        drawn = front_map()
        assert [drawn.count(f">{name}<") for name, _states in STEPS] == [1] * 8
    wide = drawn.split("</svg>")[0]
    assert len(re.findall('class="stop', wide)) == 8 and wide.count('class="loop"') == 2


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_every_state_has_a_map(state):
    case = make.case(state, suspended_from="live" if state == State.SUSPENDED else "")
    for staff in (False, True):
        for svg in case_map(case, staff=staff).split("</svg>")[:-1]:
            ElementTree.fromstring(svg + "</svg>")


@pytest.mark.django_db
def test_a_merchant_cannot_tell_review_from_second_review():
    maps = set()
    case = make.case("identity")
    for state in ("identity_screening", "identity_review", "identity_second_review"):
        make.put(case, state)
        maps.add(re.sub(r"\d\d-\d\d \d\d:\d\d", "", case_map(type(case).objects.get(pk=case.pk))))
    assert len(maps) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "step"), [("identity", 2), ("signing", 3), ("delivery", 4), ("training", 6), ("live", 8)]
)
def test_the_path_walked_is_lit_up_to_the_present_step(state, step):
    wide = case_map(make.case(state)).split("</svg>")[0]
    lit = re.search(r'class="track lit" d="M70 76H(\d+)"', wide)
    assert lit and int(lit[1]) == 70 + 141 * (step - 1)
    done = len(re.findall(r'class="stop on" cx="\d+" cy="76"', wide))
    assert done == (8 if state == "live" else step - 1)


@pytest.mark.django_db
def test_an_ended_case_says_how_it_ended():
    case = make.case("identity_review")
    make.put(case, "rejected")
    drawn = case_map(type(case).objects.get(pk=case.pk))
    assert drawn.count(f">{State.REJECTED.label}<") == 2 and ">Passed<" not in drawn  # wide and tall


@pytest.mark.django_db
def test_a_return_lights_its_loop():
    case = make.case("identity_review")
    make.put(case, "identity_returned")
    assert 'class="loop lit"' in case_map(type(case).objects.get(pk=case.pk))
    assert "loop" not in case_map(make.case("identity_review", by=make.people.stranger()))
