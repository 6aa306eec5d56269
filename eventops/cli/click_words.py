"""Click's own sentences (Usage, Options, Missing argument …) in the language of this run.

Click asks gettext for each, in the text domain of the program and the language of the environment; eventops'
catalogues hold them beside its own.
"""

import gettext
import os

_CLICK_ALONE = "messages"


def say_click_in(language: str) -> None:
    """From here on click speaks this language; English costs nothing."""
    if language == "en":
        gettext.textdomain(_CLICK_ALONE)
        return
    from eventops.adapters.wording import CORE_DOMAIN, CORE_FOLDER  # slow to import

    gettext.bindtextdomain(CORE_DOMAIN, str(CORE_FOLDER))
    gettext.textdomain(CORE_DOMAIN)
    os.environ["LANGUAGE"] = language
