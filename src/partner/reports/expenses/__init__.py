"""The year's expenses: the statement, its rates and accruals, the final amount."""
