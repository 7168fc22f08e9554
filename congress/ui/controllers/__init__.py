"""Between pages and services: one controller a page, without widgets."""
