"""Parts of sentences, and the help in Chinese."""

from hongqiao_rules.messages.said import Said, quoted

__all__ = ["Said", "quoted"]
