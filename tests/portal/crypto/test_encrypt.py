"""Encryption opens what it closed, in its own place only, under any key that is still listed."""

import base64

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from portal import crypto


def key(name, fill):
    return f"{name}:{base64.b64encode(bytes([fill]) * 32).decode()}"


@pytest.fixture(autouse=True)
def keys(settings):
    settings.DATA_KEYS = [key("k2", 2), key("k1", 1)]
    settings.INDEX_KEY = "index"
    settings.ANCHOR_KEY = "anchor"


places = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(data=st.binary(max_size=300), place=places)
def test_round_trip(data, place):
    assert crypto.decrypt(crypto.encrypt(data, place), place) == data
    assert crypto.decrypt_file(crypto.encrypt_file(data, place), place) == data
    case_key = crypto.new_key()
    assert crypto.unwrap_key(crypto.wrap_key(case_key, place), place) == case_key
    assert crypto.open_sealed(case_key, crypto.seal(case_key, data, place), place) == data


@given(data=st.binary(max_size=60), at=st.integers(0), to=st.characters(max_codepoint=0x7F))
def test_a_changed_character_is_noticed(data, at, to):
    token = crypto.encrypt(data, "here")
    at %= len(token)
    changed = token[:at] + to + token[at + 1 :]
    if changed != token:
        with pytest.raises(crypto.Undecryptable):
            crypto.decrypt(changed, "here")


@given(data=st.binary(max_size=60), at=st.integers(0), bit=st.integers(0, 7))
def test_a_changed_bit_of_a_file_is_noticed(data, at, bit):
    blob = bytearray(crypto.encrypt_file(data, "here"))
    blob[at % len(blob)] ^= 1 << bit
    with pytest.raises(crypto.Undecryptable):
        crypto.decrypt_file(bytes(blob), "here")


@given(st.text(max_size=60))
def test_no_text_is_a_crash(text):
    with pytest.raises(crypto.Undecryptable):
        crypto.decrypt(text, "here")


def test_another_place_does_not_open():
    with pytest.raises(crypto.Undecryptable, match="there"):
        crypto.decrypt(crypto.encrypt(b"110105", "here"), "there")


def test_a_case_key_is_no_value():
    with pytest.raises(crypto.Undecryptable):
        crypto.decrypt(crypto.wrap_key(crypto.new_key(), "case"), "case")


def test_rotation(settings):
    settings.DATA_KEYS = [key("k1", 1)]
    old = crypto.encrypt(b"x", "here")
    settings.DATA_KEYS = [key("k2", 2), key("k1", 1)]
    new = crypto.encrypt(crypto.decrypt(old, "here"), "here")
    assert (crypto.key_id_of(old), crypto.key_id_of(new), crypto.newest_key_id()) == ("k1", "k2", "k2")
    settings.DATA_KEYS = [key("k2", 2)]
    assert crypto.decrypt(new, "here") == b"x"
    with pytest.raises(crypto.Undecryptable, match="k1"):
        crypto.decrypt(old, "here")


@pytest.mark.parametrize("bad", [[], ["k1"], ["k1:????"], ["k1:" + base64.b64encode(b"short").decode()], ["a.b:AAAA"]])
def test_bad_keys_are_named(settings, bad):
    settings.DATA_KEYS = bad
    with pytest.raises(ImproperlyConfigured, match="DATA_KEYS"):
        crypto.encrypt(b"", "here")


def test_blind_index_separates_purposes_and_keys():
    seen = {crypto.blind_index("1", "mobile"), crypto.blind_index("1", "id"), crypto.blind_index("1", "id", key="next")}
    assert len(seen) == 3 and all(len(one) == 64 for one in seen)
    assert crypto.blind_index("1", "id") == crypto.blind_index("1", "id")


@given(data=st.binary(max_size=100), other=st.binary(max_size=100))
def test_signature(data, other):
    signature = crypto.sign(data)
    assert crypto.verify(data, signature) and crypto.verify(data, signature, crypto.public_key())
    assert crypto.verify(other, signature) == (other == data)
    assert not crypto.verify(data, "nonsense") and not crypto.verify(data, signature, "nonsense")


def test_another_installation_signs_otherwise(settings):
    signature, public = crypto.sign(b"x"), crypto.public_key()
    settings.ANCHOR_KEY = "another"
    assert not crypto.verify(b"x", signature) and crypto.verify(b"x", signature, public)


def test_field_deconstructs_and_refuses_lookups():
    field = crypto.EncryptedTextField("number", null=True, context="Person.number")
    _, path, args, kwargs = field.deconstruct()
    assert path == "portal.crypto.EncryptedTextField" and kwargs["context"] == "Person.number"
    assert crypto.EncryptedTextField(*args, **kwargs).context == "Person.number"
    assert field.get_prep_value(None) is None and field.from_db_value(None, None, None) is None
    assert field.from_db_value(field.get_prep_value("张三"), None, None) == "张三"
    assert field.get_lookup("isnull") and type(field.formfield()).__name__ == "CharField"
    for name in ("exact", "icontains", "in", "gt"):
        with pytest.raises(FieldError, match="blind index"):
            field.get_lookup(name)
