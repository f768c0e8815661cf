"""What a drill found: how much was lost, how long it took, and what an auditor sees."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A registration that somebody was told has begun, and when; and since when they were there."""

    enrollment: str
    at: float
    began: float = 0.0

    @classmethod
    def from_line(cls, line: str) -> "Told":
        enrollment, at = line.split()
        return cls(enrollment, float(at))


@dataclass(frozen=True)
class Loss:
    """Held against what people were told: whoever was told nothing has lost nothing."""

    told: list[Told]
    kept: frozenset[str]
    unopened: int = 0  # sealed people of the register that the ring does not open

    @property
    def missing(self) -> list[Told]:
        return [one for one in self.told if one.enrollment not in self.kept]

    @property
    def seconds(self) -> float:
        """From the last one before the first that is missing to the last one told (RPO)."""
        if not self.missing:
            return 0.0
        before = max(self.told.index(self.missing[0]) - 1, 0)
        return self.told[-1].at - self.told[before].at

    def __str__(self) -> str:
        said = f"{len(self.missing)} of {len(self.told)} registrations, RPO {self.seconds:.1f} s"
        return f"{said}; {self.unopened} sealed people unreadable" if self.unopened else said


@dataclass(frozen=True)
class Promise:
    """Seconds at most, as docs/operations.md has them: of what is lost, and until it is back; and
    words that the auditor's answer has.
    """

    lost: float
    back: float
    sees: str = "The audit log is whole"

    def __str__(self) -> str:
        return f"RPO <= {self.lost:g} s, RTO <= {self.back:g} s"


@dataclass(frozen=True)
class Outcome:
    """`back` is in seconds: from the fault to a portal that answers again (RTO). `seen` is what
    else there was to see, a line each; `broken` what may not be.
    """

    lost: Loss
    back: float
    auditor: str
    seen: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    def keeps(self, promise: Promise) -> bool:
        in_time = self.lost.seconds <= promise.lost and self.back <= promise.back
        readable = bool(self.lost.told) and not self.lost.unopened
        return in_time and readable and promise.sees in self.auditor and not self.broken

    def __str__(self) -> str:
        auditor = self.auditor.replace("\n", "\n           ")
        also = "".join(f"\n  seen     {line}" for line in self.seen)
        faults = "".join(f"\n  BROKEN   {line}" for line in self.broken)
        told = f"  lost     {self.lost}\n  back     RTO {self.back:.1f} s\n  auditor  {auditor}"
        return f"{told}{also}{faults}"
