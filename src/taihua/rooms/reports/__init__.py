"""据统计 2011 年以来…: the year's report, in which every number opens down to its records."""
