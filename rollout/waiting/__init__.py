"""Those who came before there was a place for them: told, if they want, when there is one."""
