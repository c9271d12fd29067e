"""The report on one event (個別サービス), and the year's list of them."""
