"""`make accuracy`: measure the labelled documents and damaged tables, write docs/accuracy.md.

`--misses` tells what went wrong in the open documents, one by one.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.accuracy import corpus, damaged, report, scoring
from tests.accuracy.published import ROOT, Published, Refreshed, refresh


def measure(work: Path) -> tuple[Refreshed, list[scoring.Verdict]]:
    """Refresh the labelled documents in an empty folder, and judge every one."""
    corpus.copy_documents(work / "raw")
    refreshed = refresh(work / "raw", work / "warehouse")
    nothing = Published()
    return refreshed, [
        verdict for document in corpus.load() for verdict in scoring.judge(document, refreshed.documents.get(document.name, nothing))
    ]


def misses(verdicts: list[scoring.Verdict]) -> list[str]:
    """What was published wrong or not found in the open documents, the worst first."""
    chosen = [v for v in verdicts if not v.document.is_held_back]
    wrong = [f"WRONG {v.kind} {v.document.name} {row}" for v in chosen for row in v.wrong]
    lost = [f"LOST {v.kind} {v.document.name} {_told(answer)}" for v in chosen for answer in v.lost]
    asked = [f"ASKED {v.kind} {v.document.name} {_told(answer)}" for v in chosen for answer in v.missed if answer not in v.lost]
    return [*wrong, *lost, *asked]


def _told(answer: corpus.Answer) -> str:
    return " ".join(filter(None, (*answer.place_printed, answer.printed, *answer.place_zh, *answer.measure, *answer.value)))


def main() -> int:
    """Measure, tell, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print what went wrong in the open documents; write nothing")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        refreshed, verdicts = measure(Path(work) / "labelled")
        if asked.misses:
            print("\n".join(misses(verdicts)))
            return 0
        page = report.render(refreshed, verdicts) + report.damage(damaged.measure(Path(work) / "damaged"))
    (ROOT / "docs" / "accuracy.md").write_text(page, encoding="utf-8")
    print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
