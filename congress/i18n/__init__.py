"""The words of the congress in English, Vietnamese and Urdu, and how they are written."""
