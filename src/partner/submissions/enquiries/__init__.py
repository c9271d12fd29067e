"""照会対応: any figure over any periods, split and narrowed, as table, chart, xlsx or csv; numbered, approved, asked again."""
