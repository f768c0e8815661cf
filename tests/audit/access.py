"""Who may open the pages of the search in the log: rows of tests/test_access.py."""

READERS, READERS_GET_NONE = (302, 302, 403, 403, 200), (302, 302, 403, 403, 404)
OF_AUDIT = {
    **{f"audit:{name}": ("get", READERS) for name in ("find", "alerts")},
    **{f"audit:{name}": ("get", READERS_GET_NONE) for name in ("saved_search", "alert")},
    **{
        f"audit:{name}": ("post", READERS_GET_NONE)
        for name in ("find_file", "save_search", "delete_search")
    },
}
ARGUMENTS_OF_AUDIT = {
    f"audit:{name}": {"pk": 0} for name in ("saved_search", "alert", "delete_search")
}
