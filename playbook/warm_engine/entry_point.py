"""What papermill's entry point names: it loads the engine when a notebook is run, not whenever papermill is imported.

papermill loads its entry points while it is itself being imported; an engine that is built on papermill's own classes
cannot be complete by then.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode


class PlaybookEngine:
    """papermill's engine `playbook`, by the three methods that papermill calls."""

    @staticmethod
    def execute_notebook(nb: "NotebookNode", kernel_name: str, **options: Any) -> "NotebookNode":
        """Run `nb` in a forked child (see papermill_engine), and return it with its outputs."""
        from playbook.warm_engine.papermill_engine import WarmEngine

        return WarmEngine.execute_notebook(nb, kernel_name, **options)

    @staticmethod
    def nb_kernel_name(nb: "NotebookNode", name: str | None = None) -> str:
        """The kernel's name that the notebook asks for."""
        from papermill.utils import nb_kernel_name

        return nb_kernel_name(nb, name)

    @staticmethod
    def nb_language(nb: "NotebookNode", language: str | None = None) -> str:
        """The notebook's language."""
        from papermill.utils import nb_language

        return nb_language(nb, language)
