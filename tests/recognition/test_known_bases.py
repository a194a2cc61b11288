"""A base form that is a known given name outweighs one that the suffixes alone suggest."""

import pytest

from turkmen_ner import tag

FORMS = """
Annaguly      Annagula        Dat
Akdurdy       Akdurda         Dat
Nurseýit      Nurseýide       Dat
Abdyhamit     Abdyhamide      Dat
Gurbanbaý     Gurbanbaýa      Dat
Mämmetseýit   Mämmetseýidi    Acc
Annaguly      Annagulyny      Acc
"""


@pytest.mark.parametrize(("name", "form", "case"), [line.split() for line in FORMS.split("\n") if line])
def test_a_given_name_in_a_case(name, form, case):
    (found,) = [e for e in tag(f"Ol {form} kömek etdi. Soňra öýe gitdi.") if e.text == form]
    assert (found.name, found.case) == (name, case)


def test_one_person_in_two_cases():
    found = tag("Annaguly Mämmedow geldi. Annagula gül berdiler.")
    assert [e.name.split()[0] for e in found] == ["Annaguly", "Annaguly"]


def test_an_unknown_name_keeps_its_likeliest_base():
    found = tag("Ol Şarlottenburgda ýaşaýar.")
    assert [(e.name, e.case) for e in found] == [("Şarlottenburg", "Loc")]
