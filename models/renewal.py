"""When a certificate may be renewed (延续), and until when it is valid then.

Pure: days are the office's dates (Asia/Shanghai), counted by the calendar: the thirty days of
《行政许可法》第五十条 bind the applicant and are not working days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.promotion import years_after


@dataclass(frozen=True)
class RenewalRule:
    """The office's numbers: days before the last day of validity, and whole years."""

    opens_days: int
    closes_days: int
    validity_years: int

    def first_day(self, valid_until: date) -> date:
        """The first day on which the renewal may be applied for."""
        return valid_until - timedelta(days=self.opens_days)

    def last_day(self, valid_until: date) -> date:
        """The last day on which the application is in time (有效期届满三十日前)."""
        return valid_until - timedelta(days=self.closes_days)

    def renewed_until(self, valid_until: date) -> date:
        """The last day of the next term, which begins on the day after the old one's end."""
        begins = valid_until + timedelta(days=1)
        ends = years_after(begins, self.validity_years)
        return ends if ends.day < begins.day else ends - timedelta(days=1)  # began on 29 February

    def term_began(self, issued_on: date, valid_until: date) -> date:
        """The first day of the term that ends on `valid_until`: of issue, or after the last end."""
        if self.renewed_until(issued_on - timedelta(days=1)) == valid_until:
            return issued_on
        return years_after(valid_until + timedelta(days=1), -self.validity_years)


def read_renewal_rule(data: Mapping[str, Any]) -> RenewalRule:
    """The rule from the mapping of `config/policy/standards.yml`; raises KeyError on a gap."""
    rule = data["renewal"]
    return RenewalRule(
        opens_days=rule["opens"]["days"],
        closes_days=rule["closes"]["days"],
        validity_years=rule["validity"]["years"],
    )
