"""The house on the data set of a measurement, quick to set up; what is measured is unchanged."""

from taihua.site.settings import *  # noqa: F403
