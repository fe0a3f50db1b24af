"""The sets of visitors that the tables of doors name; a room's own table is its tests' `doors.py`."""

MEMBERS = {"lin", "zhou", "shen", "wu", "su", "zheng"}
EVERYBODY = MEMBERS | {"keeper"}
OVERSEERS = {"lin", "zhou", "shen", "su", "zheng", "keeper"}
CLERKS = {"su", "keeper"}
IMPORTERS = {"shen", "su", "keeper"}
ADMINS = {"keeper"}
