"""bin/lock: write requirements.lock and dev.lock anew from their lists, each version with its hashes."""

from launch import install, place
from launch.say import quietly, step

FLAGS = (
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-annotate",
    "--no-header",
)


def main() -> int:
    for source, lock in (("requirements.in", install.RUNTIME), ("dev.in", install.CHECKS)):
        with step(f"Locking {source}"):
            quietly(
                [place.VENV / "bin" / "uv", "pip", "compile", "--quiet", *FLAGS, source, "--output-file", lock],
                why=f"{source} could not be locked",
                cwd=place.ROOT,
            )
    return 0
