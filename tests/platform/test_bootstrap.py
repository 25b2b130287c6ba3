"""The launcher says in a sentence what is missing."""

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SCRIPT = Path(settings.BASE_DIR) / "scripts" / "bootstrap.py"


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.delenv("VAR_DIR", raising=False)
    return module


def test_old_pythons_can_read_it():
    ast.parse(SCRIPT.read_text(), feature_version=(3, 6))


def test_nothing_but_the_standard_library():
    imports = [
        node for node in ast.walk(ast.parse(SCRIPT.read_text())) if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_old_python(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "OLDEST", (3, 99))
    assert bootstrap.main(["run"]) == 1
    assert "Kaitong needs Python 3.99 or newer" in capsys.readouterr().err


def test_folder_that_takes_no_files(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "may_write", lambda folder: False)
    assert bootstrap.main(["run"]) == 1
    assert "This folder is read-only" in capsys.readouterr().err


def test_data_folder_that_takes_no_files(bootstrap, monkeypatch, capsys):
    monkeypatch.setenv("VAR_DIR", "/proc/nowhere")
    assert bootstrap.main(["run"]) == 1
    assert "Set VAR_DIR to a folder that you may write to" in capsys.readouterr().err


def test_no_venv_module(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    assert bootstrap.main(["install"]) == 1
    assert "apt-get install python3-venv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "NewConnectionError: [Errno -3] Temporary failure in name resolution",
            "there is no network",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that requirements.lock names"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("something else", "something else"),
    ],
)
def test_pip_in_a_sentence(bootstrap, words, sentence):
    assert sentence in bootstrap.explain(words)


@pytest.fixture
def installed(bootstrap, monkeypatch):
    """What pip is asked to install; nothing is installed."""
    (bootstrap.VENV / "bin").mkdir(parents=True)
    bootstrap.PYTHON.symlink_to(sys.executable)
    monkeypatch.delenv("OCR", raising=False)
    done = []
    monkeypatch.setattr(bootstrap.subprocess, "run", lambda command, **more: done.append(command) or Finished)
    return done


def test_second_start_installs_nothing(bootstrap, installed):
    bootstrap.install()
    bootstrap.install()
    assert [Path(command[-1]).name for command in installed] == ["requirements.lock", "requirements-ocr.lock"]
    assert all("--require-hashes" in command for command in installed)


def test_the_recogniser_can_be_left_out_and_come_later(bootstrap, installed, monkeypatch):
    monkeypatch.setenv("OCR", "0")
    bootstrap.install()
    assert [Path(command[-1]).name for command in installed] == ["requirements.lock"]
    monkeypatch.delenv("OCR")
    bootstrap.install()
    assert Path(installed[-1][-1]).name == "requirements-ocr.lock"


class Finished:
    returncode = 0
    stderr = ""


def test_unknown_command_lists_the_known_ones():
    done = subprocess.run([sys.executable, SCRIPT, "dance"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "run | test | check" in done.stdout


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-ocr.lock"])
def test_lock_names_no_host(name):
    lock = (Path(settings.BASE_DIR) / name).read_text()
    assert "://" not in lock
    assert "--hash=sha256:" in lock


def test_the_two_locks_agree():
    """What both name is installed once, in one version."""
    pins = [_pins(name) for name in ("requirements.lock", "requirements-ocr.lock")]
    assert {name: pins[1][name] for name in pins[0].keys() & pins[1].keys()} == {
        name: pins[0][name] for name in pins[0].keys() & pins[1].keys()
    }
    assert "opencv-python" not in pins[1]  # that one needs libGL, which a server has not


def _pins(name: str) -> dict[str, str]:
    lines = (Path(settings.BASE_DIR) / name).read_text().splitlines()
    return dict(line.split(" ")[0].split("==") for line in lines if "==" in line and not line.startswith(" "))
