"""合意事項・打合簿・変更契約: what is open between the Centre and JICA, what was decided, and from when it holds."""
