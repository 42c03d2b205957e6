"""Why something could not be published. Knows nothing of what is published."""

from handbook.problems import Failure


class Unpublishable(Failure):
    """The site, the machine or the environment lacks something; what was there before has not been touched."""
