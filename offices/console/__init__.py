"""Django's commands about accounts, as they are here: an app that is asked before Django's own."""
