from tests.lists.conftest import dinsos, disnaker, own_files

__all__ = ["dinsos", "disnaker", "own_files"]
