"""The kernel in which a chapter runs where no process can be forked: this very Python, whatever the user installed.

The user's own start-up files (IPython profile, PYTHONSTARTUP) stay out of it, so that two people get the same workbook.
"""

import subprocess
import sys
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import CaselessStrEnum

_ARGUMENTS = (
    "--InteractiveShellApp.exec_PYTHONSTARTUP=False",
    "--HistoryManager.enabled=False",
)
_ENVIRONMENT = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}


class ThisPython(AsyncKernelManager):
    """Starts a kernel with the interpreter that runs the batch; what it prints outside its cells goes nowhere."""

    # Encrypted where this machine can; without it each kernel complains of "TCP without encryption".
    transport_encryption = CaselessStrEnum(["disabled", "auto", "required"], default_value="auto", config=True)

    @property
    def kernel_spec(self) -> KernelSpec:
        """The kernel: never looked up among the installed ones."""
        if self._kernel_spec is None:
            self._kernel_spec = KernelSpec(
                argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", *_ARGUMENTS],
                env=_ENVIRONMENT,
                display_name="Python 3 (ipykernel)",
                language="python",
                metadata={"supported_encryption": "curve"},
            )
        return self._kernel_spec

    async def _async_start_kernel(self, **kw: Any) -> None:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        await super()._async_start_kernel(**{**quiet, **kw})

    start_kernel = _async_start_kernel
