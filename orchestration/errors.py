"""The ways a command may end, each with the exit status of the contract. Every message names the thing; every hint the next step."""


class JiqunError(Exception):
    """Anything that ends a command on purpose. Exit status 1 unless a subclass says otherwise.

    Args:
        message: What is wrong, naming the file, release, table or row.
        hint: What to do next; empty where there is nothing to do.
    """

    exit_status = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class BadInput(JiqunError):
    """Usage or input is wrong and nothing was changed. Exit status 2."""

    exit_status = 2


class GateRefused(JiqunError):
    """The gate said no, or could not be asked: nothing released, the current release untouched. Exit status 3."""

    exit_status = 3


class WarehouseBusy(JiqunError):
    """Another refresh holds the warehouse. Exit status 4."""

    exit_status = 4
