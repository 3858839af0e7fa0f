from tests.models.drafting.conftest import draft, reworded, studio

__all__ = ["draft", "reworded", "studio"]
