"""``python -m hongqiao_rules``: the command ``hongqiao-rules``."""

from hongqiao_rules.cli import run

if __name__ == "__main__":
    run()
