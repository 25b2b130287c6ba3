"""Where a photograph of the shop was taken is kept to a hundred metres; of other papers nothing, whatever they say."""

import io
import math
import struct

import pytest
from django.db import connection
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from onboarding import holdings
from onboarding.documents import intake, whereabouts
from onboarding.formats import places
from onboarding.management.commands.load_reference import document_kinds
from onboarding.models import Document, DocumentKind
from tests import make, people
from tests.onboarding.documents import samples

pytestmark = pytest.mark.django_db
GPS = ExifTags.GPS
SHANGHAI = {
    GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (31.0, 13.0, 48.8), GPS.GPSLongitudeRef: "E",
    GPS.GPSLongitude: (121.0, 28.0, 25.3),
}  # fmt: skip


def exif(told):
    found = Image.Exif()
    found.get_ifd(ExifTags.IFD.GPSInfo).update(told)
    return found


def read_back(told):
    """As it comes out of a file."""
    data = samples.encoded(samples.picture((64, 64)), exif=exif(told))
    return whereabouts.place(Image.open(io.BytesIO(data)).getexif())


class Odd:
    """An Exif whose table of places holds what no file can be made to hold with Pillow."""

    def __init__(self, told):
        self.told = told

    def get_ifd(self, _number):
        return self.told


def taken(kind, told, step):
    document_kinds()
    of = make.merchant()
    case = make.case(step, by=people.liu(), of=of)
    upload = samples.upload(samples.encoded(exif=exif(told)))
    return intake.take(case, DocumentKind.objects.get(pk=kind), upload, by=case.opened_by, step=step)


def test_of_the_shop_it_is_kept_coarse_and_sealed():
    document = Document.objects.get(pk=taken("shopfront", SHANGHAI, "application").pk)
    assert document.place == "31.230,121.474" and "place" not in document.capture
    with connection.cursor() as cursor:
        cursor.execute("SELECT place FROM onboarding_document")
        assert "31.230" not in cursor.fetchone()[0]


def test_of_other_papers_nothing_is_kept():
    document = taken("business_licence", SHANGHAI, "identity")
    assert document.place is None and document.capture == {}


def test_it_is_told_to_its_owner_and_goes_with_the_papers():
    document = taken("shopfront", SHANGHAI, "application")
    assert holdings.papers.told_documents(document.case)[0]["place"] == "31.230,121.474"
    holdings.forget_case(document.case)
    assert Document.objects.get(pk=document.pk).place is None


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({}, "31.230,121.474"),
        ({GPS.GPSLatitudeRef: "S", GPS.GPSLongitudeRef: "W"}, "-31.230,-121.474"),
        ({GPS.GPSLatitude: (90.0, 0.0, 0.0)}, "90.000,121.474"),
        ({GPS.GPSLatitude: (90.0, 0.0, 1.0)}, ""),
        ({GPS.GPSLatitude: (31.0, 61.0, 0.0)}, ""),
        ({GPS.GPSLatitude: (0.0, 0.0, 0.0), GPS.GPSLongitude: (0.0, 0.0, 0.0)}, ""),
        ({GPS.GPSLatitude: (IFDRational(31, 0), IFDRational(0, 1), IFDRational(0, 1))}, ""),
        ({GPS.GPSLatitude: (IFDRational(2**32 - 1, 1), IFDRational(2**32 - 1, 1), IFDRational(2**32 - 1, 1))}, ""),
        ({GPS.GPSLatitude: (31.0, 13.0)}, ""),
        ({GPS.GPSLatitudeRef: "X"}, ""),
        ({GPS.GPSLatitudeRef: ""}, ""),
        ({GPS.GPSLatitudeRef: "NS"}, ""),
    ],
)
def test_what_a_file_may_say(changed, place):
    assert read_back({**SHANGHAI, **changed}) == place


@pytest.mark.parametrize(
    "value",
    [
        None, "31 13 48", b"\xff" * 24, (math.nan, 0.0, 0.0), (math.inf, 0.0, 0.0), ("31", "13", "<script>"),
        (10**400, 0, 0), (-31.0, 0.0, 0.0), (31.0, -1.0, 0.0), ({}, [], ()), range(10**6), 31, (1j, 0, 0),
    ],
)  # fmt: skip
def test_hostile_values_are_no_place(value):
    assert whereabouts.place(Odd({**SHANGHAI, GPS.GPSLatitude: value})) == ""
    assert whereabouts.place(Odd({**SHANGHAI, GPS.GPSLongitude: value})) == ""
    if value is not None:
        assert whereabouts.place(Odd({**SHANGHAI, GPS.GPSLatitudeRef: value})) == ""


@pytest.mark.parametrize("told", [None, {}, [], "no table", {GPS.GPSLatitude: (1, 2, 3)}])
def test_no_table_is_no_place(told):
    assert whereabouts.place(Odd(told)) == ""


def test_an_upload_whose_table_is_damaged_is_taken_all_the_same():
    """A table of places that points behind the end of the file."""
    entry = struct.pack("<HHII", 0x8825, 4, 1, 2**31)
    block = b"Exif\x00\x00II*\x00" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0)
    data = samples.encoded(exif=block)
    document_kinds()
    case = make.case("application", by=people.liu(), of=make.merchant())
    kind = DocumentKind.objects.get(pk="shopfront")
    document = intake.take(case, kind, samples.upload(data), by=case.opened_by, step="application")
    assert document.place is None and document.pages.count() == 1


@pytest.mark.parametrize("kept", [None, "", "31.2", "1,2,3", "x,y", "91.0,0.0", "nan,nan"])
def test_what_was_not_kept_cannot_be_read(kept):
    assert places.placed(kept) is None


def test_the_way_over_the_globe():
    assert places.kilometres((31.23, 121.474), (31.23, 121.474)) == 0
    assert places.kilometres((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20015, rel=0.001)
    assert places.kilometres((39.904, 116.407), (31.23, 121.474)) == pytest.approx(1067, rel=0.01)
    assert places.kilometres((30.0, 179.999), (30.0, -179.999)) < 1
