"""`python -m generator.messages fr > status/locale/fr.po`: an empty catalogue of the status page's words to fill in."""

from __future__ import annotations

import sys

from generator.messages import CATALOGS


def template(code: str) -> str:
    """The template of the status page's messages with the header of a language; ValueError for no language's code."""
    from babel import Locale, UnknownLocaleError
    from babel.messages.plurals import get_plural

    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name("en")
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"'{code}' is no code of a language that is known here") from error
    text = (CATALOGS / "status.pot").read_text(encoding="utf-8")
    plural = get_plural(code.replace("-", "_"))
    forms = "".join(f'msgstr[{index}] ""\n' for index in range(plural.num_plurals))
    return (
        text.replace("# What the status page says.", f"# What the status page says, in {name}.")
        .replace('"Language: \\n"', f'"Language: {code}\\n"')
        .replace("nplurals=2; plural=(n != 1);", str(plural))
        .replace('msgstr[0] ""\nmsgstr[1] ""\n', forms)
    )


def main() -> int:
    """The command."""
    if len(sys.argv) != 2:  # itself and a code
        sys.stderr.write("usage: python -m generator.messages LANGUAGE > status/locale/LANGUAGE.po\n")
        return 2
    try:
        sys.stdout.write(template(sys.argv[1]))
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
