"""The arguments of a command that are misused -> one line in Chinese. Knows nothing of any command."""

import argparse
import re
from typing import NoReturn

_SAID = (
    (r"the following arguments are required: (.+)", "还要写明 {0}"),
    (r"argument (.+): invalid choice: ('.*?') \(choose from (.+)\)", "{0} 不能是 {1}；请从这些里选：{2}"),
    (r"argument (.+): invalid int value: ('.*')", "{0} 要写一个整数，不能是 {1}"),
    (r"argument (.+): expected (?:one|at least one) argument", "{0} 后面要写上内容"),
    (r"argument (.+): not allowed with argument (.+)", "{0} 不能与 {1} 同时用"),
    (r"unrecognized arguments: (.+)", "不认识 {0}，请检查拼写"),
)


class Parser(argparse.ArgumentParser):
    """Says in Chinese what is wrong with a command line; exits 2."""

    def error(self, message: str) -> NoReturn:
        """Print one line and the command that explains the usage, then leave."""
        found = ((re.fullmatch(pattern, message, re.DOTALL), words) for pattern, words in _SAID)
        said = next((words.format(*match.groups()) for match, words in found if match), message)
        self.exit(2, f"{self.prog}: {said}；写法见 {self.prog} --help。\n")
