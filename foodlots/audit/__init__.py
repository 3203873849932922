"""The second opinion on a plan: every rule, policy and £ worked out again from the files, without a solver."""

from foodlots.audit.audits import AUDITS, audit_papers, audit_plan, run_audits
from foodlots.audit.evidence import Evidence
from foodlots.audit.sheets import Unread
from foodlots.audit.verdict import Breach, Verdict

__all__ = ["AUDITS", "Breach", "Evidence", "Unread", "Verdict", "audit_papers", "audit_plan", "run_audits"]
