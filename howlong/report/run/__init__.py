"""Run a review's notebooks and publish what they made, whole or not at all.

Law of the room: nothing under data/ or reports/ changes before everything that will stand there was made and verified.
"""

from howlong.report.run.driver import Outcome, Request, run_report
from howlong.report.run.execution import RunError

__all__ = ["Outcome", "Request", "RunError", "run_report"]
