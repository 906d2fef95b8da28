"""The wheel in an environment of its own: everything it needs to answer is in it, and nobody else's names are."""

import os
import subprocess
import sys
import sysconfig
import venv
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("assistant", "eval", "index", "prompts", "seeds")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the built wheel; dependencies are lent by this one, its editable install is not."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=False)
    install = [sys.executable, "-m", "pip", "--python", str(folder / "env"), "install", "--no-deps", "--no-index"]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return folder / "env"


def run(environment: Path, command: list[str], cwd: Path) -> str:
    variables = {"PYTHONPATH": sysconfig.get_paths()["purelib"], "HOME": str(cwd), "PATH": os.environ["PATH"]}
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=variables, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installed_command_answers_from_the_shipped_briefs(environment: Path, tmp_path: Path) -> None:
    question = "كم عدد الجنود الكوريين الشماليين في روسيا؟"
    told = run(environment, [str(environment / "bin" / "isnad"), "ask", question], tmp_path)
    assert "12 ألف" in told
    assert "المصادر" in told


def test_prompts_model_and_chat_files_are_in_it(environment: Path, tmp_path: Path) -> None:
    code = (
        "from importlib.resources import files\n"
        "from assistant.settings import seeds_folder\n"
        "from assistant.generation.prompt import render_prompt\n"
        "from index.static import load_background\n"
        "assert 'site-packages' in str(seeds_folder()) and 'env' in str(seeds_folder()), seeds_folder()\n"
        "assert len(list(seeds_folder().glob('0*.md'))) == 5\n"
        "assert load_background().dimensions > 0\n"
        "assert 'س' in render_prompt('answer.ar', passages='م', question='س')\n"
        "assert all((files('assistant.chat') / name).is_file() for name in ('chat.css', 'reader.js', 'texts.toml'))\n"
        "assert all((files('eval.page') / name).is_file() for name in ('style.css', 'page.js'))\n"
        "assert not (files('assistant.training') / 'reading').is_dir()\n"
        "from assistant.settings import OWN, own_folder\n"
        "sizes = [f.stat().st_size for f in (*own_folder(OWN).iterdir(), files('index') / 'encoder.safetensors')]\n"
        "assert len(sizes) == 4 and sum(sizes) < 60e6, sizes\n"
    )
    run(environment, [str(environment / "bin" / "python"), "-c", code], tmp_path)


def test_the_known_facts_and_their_articles_are_in_it(environment: Path, tmp_path: Path) -> None:
    told = run(environment, [str(environment / "bin" / "isnad"), "eval", "lint"], tmp_path)
    assert told.strip() == "250 facts, no findings"


def test_no_other_distribution_provides_our_import_names() -> None:
    providers = metadata.packages_distributions()
    assert {name: providers.get(name, ["isnad"]) for name in PACKAGES} == {name: ["isnad"] for name in PACKAGES}
