"""Finding support: schemes held against a situation, as people see it on a page, in the chat and on paper."""
